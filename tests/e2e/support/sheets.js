// Sheets that are made up for a spec.

/** A caseload of so many invented patients, as CSV. Those of another run are other patients. */
export function largeSheet(patients, run = 0) {
  const lines = ['MRN,Last Name,First Name,DOB,Status,Enrolled,Last PHQ9,PHQ9 Date'];
  for (let n = 0; n < patients; n += 1) {
    const mrn = 10_000_000 + 10_000 * (run + 10) + n;
    lines.push(`${mrn},Aspen${run}x${n},Wren,1980-02-03,Active,2026-09-01,12,2026-11-02`);
  }
  return `${lines.join('\r\n')}\r\n`;
}

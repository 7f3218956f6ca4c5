// What the biller gets and what comes back: the month's file goes out, its rows come back as sent and denied, the next file
// leaves out what went, and a payer's reading of G2214 is chosen on the page.
import { readFileSync } from 'node:fs';
import { decideAll, goTo, importSheets, makeRegistry } from './support/registry.js';
import { expect, expectAccessible, inEveryLook, test } from './support/test.js';

/** Rows of a CSV file as lists of cells; quoted cells may hold commas, quotes and line ends. */
function cells(text) {
  const rows = [[]];
  const one = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/g;
  for (const [, cell, end] of text.replace(/^\uFEFF/, '').matchAll(one)) {
    rows.at(-1).push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows.filter((row) => row.length > 1);
}

async function saved(page, name) {
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  return cells(readFileSync(await (await saving).path(), 'utf8'));
}

async function bringIn(page, text) {
  await page.locator('input[type=file]').setInputFiles({ name: 'back.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await expect(page.getByRole('heading', { name: 'Preview: nothing is written yet' })).toBeVisible();
}

test('claims come back by CSV, are previewed by row, and a month that went says so in the file', async ({ page }) => {
  test.setTimeout(120_000);
  await makeRegistry(page);
  await importSheets(page);
  await decideAll(page);
  await goTo(page, 'Month');
  await page.getByLabel('Show month').selectOption('2026-10');
  await expect(page.getByRole('heading', { level: 1, name: 'Month: October 2026' })).toBeVisible();

  await test.step('a file with two problems is previewed, each with its row and column', async () => {
    await page.getByRole('link', { name: 'Sent, claimed, denied' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Sent, claimed and denied' })).toBeVisible();
    await bringIn(
      page,
      'MRN,Month,Code,Status,Date,Reason\n200101,2026-10,99484,sent,2026-11-05,\nnobody,2026-10,99493,sent,2026-11-05,\n200101,2026-10,99493,lost,2026-11-05,\n',
    );
    await expect(page.getByText('2 problems')).toBeVisible();
    await expect(page.getByText('Row 3, MRN: No patient here has this chart number.')).toBeVisible();
    await expect(page.getByText('Row 4, Status: Say sent, claimed or denied.')).toBeVisible();
    await inEveryLook(page, 'claims', () => expectAccessible(page));
    await page.getByRole('button', { name: 'Take over 1 code' }).press('Enter');
    await expect(page.getByRole('status').filter({ hasText: /^1 code taken over\. The month/ })).toBeVisible();
  });

  await test.step('the same file again changes nothing, and a second sending is refused', async () => {
    await bringIn(page, 'MRN,Month,Code,Status,Date\n200101,2026-10,99484,sent,2026-11-05\n200101,2026-10,99484,sent,2026-11-09\n');
    await expect(page.getByText('1 code is on record already')).toBeVisible();
    await expect(page.getByText(/Row 3, Status: .*doesn.t go twice/)).toBeVisible();
    await expect(page.getByText('there is nothing to take over')).toBeVisible();
  });

  await test.step('the month\u2019s file reads back with what was sent', async () => {
    await page.getByRole('link', { name: 'Back to October 2026' }).click();
    const [head, ...lines] = await saved(page, 'Save as CSV');
    for (const line of lines) expect(line).toHaveLength(head.length);
    const marlowe = lines.find((line) => line[head.indexOf('MRN')] === '200101');
    expect(marlowe[head.indexOf('Sent, claimed or denied')]).toContain('99484 sent on 5 Nov 2026');
    expect(lines.flat().filter((cell) => /^[=+@]/.test(cell))).toEqual([]);
  });

  await test.step('sums have amounts only when a schedule is chosen, with year and place beside them', async () => {
    await page.getByRole('link', { name: 'Sums and amounts' }).click();
    await expect(page.getByRole('heading', { name: 'By care manager' })).toBeVisible();
    await expect(page.getByRole('columnheader', { name: /^Amount/ })).toHaveCount(0);
    await page.getByLabel('Amounts', { exact: true }).selectOption('2026-wi');
    await expect(page.getByRole('columnheader', { name: 'Amount (2026, Medicare, Wisconsin)' }).first()).toBeVisible();
    await inEveryLook(page, 'amounts', () => expectAccessible(page));
    const [head, ...lines] = await saved(page, 'Save every entry as CSV');
    expect(head).toContain('Not documented');
    for (const line of lines) expect(line).toHaveLength(head.length);
  });

  await test.step('a statement for the patient says what the month was and that it is no bill', async () => {
    await page.getByRole('link', { name: 'Back to October 2026' }).click();
    const row = page.getByRole('table', { name: /Patients of the month/ }).locator('tbody').filter({ hasText: 'Marlowe' });
    await row.getByRole('button', { name: /^Why: Marlowe/ }).click();
    await row.getByRole('link', { name: 'Statement for the patient' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Your care in October 2026' })).toBeVisible();
    await expect(page.getByText(/This is not a bill/)).toBeVisible();
    await inEveryLook(page, 'statement', () => expectAccessible(page));
  });
});

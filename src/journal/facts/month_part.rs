//! What a large clinic's month came to: more rows than one entry holds, in several.

use std::collections::BTreeMap;

use crate::journal::{ChartId, EntryId, Month, Seconds, ThingId};

use super::{MonthStood, SnapshotRow};

data! {
    /// Rows of a closed month, of which the lock's snapshot names the parts.
    pub struct MonthPart {
        /// Which part.
        pub part: ThingId,
        /// The month.
        pub month: Month,
        /// A line a patient, its fields parted by tabs: chart, seconds, number of time entries, codes (`99493+99494x2`), the
        /// last eight digits of the entries' ids one after another, payer profile (empty for the snapshot's). Then, but in
        /// parts of an earlier version, how it stood: kind of month, codes that the minutes supported by themselves, what was
        /// missing (parted by semicolons), and `?` where it waited for the clinic's choice.
        pub rows: String,
    }
}

/// A row of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartRow {
    /// Whose.
    pub chart: ChartId,
    /// Countable time.
    pub seconds: Seconds,
    /// Time entries looked at, counted or not.
    pub entries: u32,
    /// Codes ready to be billed, with their units.
    pub codes: BTreeMap<String, u32>,
    /// What tells those entries apart from later ones.
    pub marks: Vec<u32>,
    /// The payer profile, where it is not the snapshot's.
    pub profile: Option<String>,
    /// How it stood.
    pub stood: Option<MonthStood>,
}

/// By which a part tells a time entry apart: the last four bytes of its id, which are random or a digest's.
pub fn mark(entry: EntryId) -> u32 {
    let [.., a, b, c, d] = *entry.bytes();
    u32::from_be_bytes([a, b, c, d])
}

impl MonthPart {
    /// The most bytes of the rows of a part, as JSON has them. An entry holds 256 KB.
    pub const MOST_BYTES: usize = 200 * 1024;

    /// A row as a line. `profile` is the snapshot's.
    pub fn line(row: &SnapshotRow, profile: &str) -> String {
        let marks: String = row.ids.iter().map(|id| format!("{:08x}", mark(*id))).collect();
        // A name with a tab or a new line in it would be two fields.
        let other = Some(row.profile.as_str()).filter(|name| *name != profile);
        let one_line = |text: &str| text.replace(char::is_control, " ");
        let other = one_line(other.unwrap_or_default());
        let stood = row.stood.as_ref().map(|stood| {
            let (kind, missing) = (one_line(&stood.kind), one_line(&stood.missing.join(";")));
            let unsettled = if stood.unsettled { "?" } else { "" };
            format!("\t{kind}\t{}\t{missing}\t{unsettled}", written_codes(&stood.supports))
        });
        format!(
            "{}\t{}\t{}\t{}\t{marks}\t{other}{}\n",
            row.chart,
            row.seconds.0,
            row.entries,
            written_codes(&row.codes),
            stood.unwrap_or_default()
        )
    }
    /// Its rows; `None` where a line is none.
    pub fn read(&self) -> Option<Vec<PartRow>> {
        self.rows.lines().map(read_line).collect()
    }
}

fn read_line(line: &str) -> Option<PartRow> {
    let mut fields = line.split('\t');
    let row = PartRow {
        chart: fields.next()?.parse().ok()?,
        seconds: Seconds(fields.next()?.parse().ok()?),
        entries: fields.next()?.parse().ok()?,
        codes: read_codes(fields.next()?)?,
        marks: read_marks(fields.next()?)?,
        profile: fields.next().filter(|name| !name.is_empty()).map(str::to_owned),
        stood: match fields.next() {
            Some(kind) => Some(MonthStood {
                kind: kind.to_owned(),
                supports: read_codes(fields.next()?)?,
                missing: fields
                    .next()?
                    .split(';')
                    .filter(|one| !one.is_empty())
                    .map(str::to_owned)
                    .collect(),
                unsettled: match fields.next()? {
                    "" => false,
                    "?" => true,
                    _ => return None,
                },
            }),
            None => None,
        },
    };
    fields.next().is_none().then_some(row)
}

fn written_codes(codes: &BTreeMap<String, u32>) -> String {
    let code = |(code, units): (&String, &u32)| match units {
        1 => code.clone(),
        units => format!("{code}x{units}"),
    };
    codes.iter().map(code).collect::<Vec<_>>().join("+")
}

fn read_codes(text: &str) -> Option<BTreeMap<String, u32>> {
    let code = |one: &str| match one.split_once('x') {
        Some((code, units)) => Some((code.to_owned(), units.parse().ok()?)),
        None => Some((one.to_owned(), 1)),
    };
    text.split('+').filter(|one| !one.is_empty()).map(code).collect()
}

fn read_marks(text: &str) -> Option<Vec<u32>> {
    let digits = text.as_bytes().chunks(8);
    let mark = |digits: &[u8]| {
        let text = std::str::from_utf8(digits).ok().filter(|text| text.len() == 8)?;
        u32::from_str_radix(text, 16).ok()
    };
    digits.map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(profile: &str) -> SnapshotRow {
        SnapshotRow {
            chart: ChartId::from_random([3; 16]),
            profile: profile.to_owned(),
            seconds: Seconds(6180),
            entries: 2,
            codes: [("99493".to_owned(), 1), ("99494".to_owned(), 2)].into(),
            ids: vec![EntryId::from_random([0xab; 16]), EntryId::from_time(7, [9; 10])],
            stood: Some(MonthStood {
                kind: "Later month of care".to_owned(),
                supports: [("99493".to_owned(), 1), ("99494".to_owned(), 2)].into(),
                missing: vec!["consent".to_owned(), "NPI".to_owned()],
                unsettled: true,
            }),
        }
    }
    fn part(rows: String) -> MonthPart {
        MonthPart {
            part: ThingId::from_random([1; 16]),
            month: "2026-10".parse().unwrap(),
            rows,
        }
    }

    #[test]
    fn a_row_reads_back_as_it_was_written() {
        let mut bare = row("theirs\tand\n more");
        bare.codes.clear();
        bare.ids.clear();
        bare.stood = None;
        let lines = MonthPart::line(&row("ours"), "ours") + &MonthPart::line(&bare, "ours");
        let read = part(lines).read().unwrap();
        assert_eq!(read[0].codes, row("ours").codes);
        assert_eq!(read[0].marks, [0xabab_abab, 0x0909_0909]);
        assert_eq!(
            (read[0].seconds, read[0].entries, read[0].profile.clone()),
            (Seconds(6180), 2, None)
        );
        assert_eq!(read[1].profile.as_deref(), Some("theirs and  more"));
        assert!(read[1].codes.is_empty() && read[1].marks.is_empty());
        assert_eq!((&read[0].stood, &read[1].stood), (&row("ours").stood, &None));
        let mut calm = row("ours");
        calm.stood = Some(MonthStood {
            kind: "First month of care".to_owned(),
            supports: BTreeMap::new(),
            missing: Vec::new(),
            unsettled: false,
        });
        assert_eq!(
            part(MonthPart::line(&calm, "ours")).read().unwrap()[0].stood,
            calm.stood
        );
    }

    #[test]
    fn a_part_with_a_line_that_is_none_is_not_read_at_all() {
        let good = MonthPart::line(&row("ours"), "ours");
        for bad in [
            "x",
            "\t\t\t\t\t",
            &good.replace("6180", "-1"),
            &good.replace("abababab", "ababab"),
            &good.replace("99494x2", "99494xtwo"),
            &good.replace('\n', "\tmore\n"),
            &good.replace('?', "yes"),
            &good.replace("\t?", ""),
        ] {
            assert_eq!(part(format!("{good}{bad}")).read(), None, "{bad:?}");
        }
        assert_eq!(part(String::new()).read(), Some(Vec::new()));
    }
}

//! Which row of a sheet holds the headings, and what each of them is called.

use super::mapping::header_key;

/// Whether a heading, as its letters and digits in lower case, is known.
pub(in crate::exchange) type Known = fn(&str) -> bool;

/// The headings of another sheet that was put under this one: most of its filled cells are known headings.
pub(super) fn is_other_headings(cells: &[String], is_known: Known) -> bool {
    let filled = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let known = cells.iter().filter(|cell| is_known(&header_key(cell))).count();
    known >= 4 && known * 2 > filled
}

/// The row that looks most like headings.
pub(super) fn heading_of(top: &[Vec<String>], known: Known) -> usize {
    let best = top
        .iter()
        .enumerate()
        .max_by_key(|(i, row)| (heading_score(Some(row), known), std::cmp::Reverse(*i)));
    best.map_or(0, |(i, _)| i)
}

/// Known headings first, then filled cells.
pub(super) fn heading_score(row: Option<&Vec<String>>, is_known: Known) -> (usize, usize) {
    let Some(row) = row else { return (0, 0) };
    let known = row.iter().filter(|cell| is_known(&header_key(cell))).count();
    let filled = row.iter().filter(|cell| !cell.trim().is_empty()).count();
    (if known >= 2 { known } else { 0 }, filled)
}

/// Headings that stand under titles which span several columns, as a merged cell is written: its text first, then nothing.
/// Where "PHQ-9" stands above "Initial score" and the two together are a known heading, they are the heading.
pub(super) fn under_groups(above: &[String], cells: &[String], is_known: Known) -> Vec<String> {
    let mut group = "";
    let mut under = |(i, cell): (usize, &String)| {
        group = above
            .get(i)
            .map(|title| title.trim())
            .filter(|title| !title.is_empty())
            .unwrap_or(group);
        let both = format!("{group} {cell}");
        if !group.is_empty() && is_known(&header_key(&both)) {
            both
        } else {
            cell.clone()
        }
    };
    cells.iter().enumerate().map(&mut under).collect()
}

pub(super) fn name_headers(cells: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(cells.len());
    for (i, cell) in cells.iter().enumerate() {
        let text = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        let short: String = text.chars().take(80).collect();
        let base = if short.is_empty() {
            format!("column {}", i + 1)
        } else {
            short
        };
        let twice = names
            .iter()
            .filter(|n| **n == base || n.starts_with(&format!("{base} (")))
            .count();
        names.push(if twice == 0 {
            base
        } else {
            format!("{base} ({})", twice + 1)
        });
    }
    names
}

#[cfg(test)]
mod tests {
    use super::super::mapping::is_known_header;
    use super::*;

    fn cells(text: &str) -> Vec<String> {
        text.split('|').map(str::to_owned).collect()
    }

    #[test]
    fn a_title_over_several_columns_belongs_to_each_heading_that_it_makes_known() {
        let found = under_groups(
            &cells("||PHQ-9||||GAD-7"),
            &cells("MRN|Name|Initial score|Last available score|% change|Date of last score|Initial score"),
            is_known_header,
        );
        let expected = "MRN|Name|PHQ-9 Initial score|PHQ-9 Last available score|% change|PHQ-9 Date of last score|GAD-7 Initial score";
        assert_eq!(found, cells(expected));
    }

    #[test]
    fn a_title_of_the_whole_sheet_changes_no_heading() {
        let headings = cells("MRN|Last Name|PHQ-9 last");
        for title in ["Caseload, updated today", "", "Caseload||"] {
            assert_eq!(
                under_groups(&cells(title), &headings, is_known_header),
                headings,
                "{title}"
            );
        }
    }
}

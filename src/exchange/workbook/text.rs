//! Rows of cells as text with tabs, every row at its own number.

use std::collections::BTreeMap;

/// Rows and columns are counted from 0; what is missing is an empty line or cell.
pub(super) fn of_rows(rows: &BTreeMap<u32, BTreeMap<u32, String>>) -> String {
    // All rows are as wide as the widest: one with fewer cells than another would have fewer columns.
    let width = rows
        .values()
        .filter_map(|row| row.keys().next_back())
        .max()
        .map_or(0, |last| last + 1);
    let height = rows.keys().next_back().map_or(0, |last| last + 1);
    let mut text = String::new();
    for row in 0..height {
        if let Some(cells) = rows.get(&row) {
            for column in 0..width {
                if column > 0 {
                    text.push('\t');
                }
                put(&mut text, cells.get(&column).map_or("", String::as_str));
            }
        }
        text.push('\n');
    }
    text
}

fn put(text: &mut String, cell: &str) {
    // Control characters that text must not have were put there by a program, not by a person.
    let clean = |c: char| {
        if c.is_control() && !matches!(c, '\t' | '\n' | '\r') {
            ' '
        } else {
            c
        }
    };
    if cell.contains(['\t', '\n', '\r', '"']) {
        text.push('"');
        for c in cell.chars().map(clean) {
            if c == '"' {
                text.push('"');
            }
            text.push(c);
        }
        text.push('"');
    } else {
        text.extend(cell.chars().map(clean));
    }
}

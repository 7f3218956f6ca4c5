//! A row's trend in a few pixels, drawn by hand: plotters has nothing to add at this size.

use std::fmt::Write;

/// Width and height in pixels; half of the line's width is kept free at the edges.
const WIDTH: usize = 64;
const HEIGHT: usize = 20;
const EDGE: usize = 3;

/// A trend for a table row: evenly spaced scores, gaps where one is missing, a dot on the latest. It is hidden from
/// screen readers: who puts it on a page says its numbers. A score above `max` is drawn at the top.
pub fn sparkline(values: &[Option<u16>], max: u16) -> String {
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" class="g-spark" aria-hidden="true" focusable="false">"#
    );
    let runs = runs(values, max);
    for run in &runs {
        let path = path_of(run);
        match run.as_slice() {
            [(x, y)] => write!(svg, r#"<circle class="g-dot" cx="{x}" cy="{y}" r="1"/>"#).ok(),
            _ => write!(svg, r#"<path class="g-line" fill="none" d="{path}"/>"#).ok(),
        };
    }
    if let Some((x, y)) = runs.last().and_then(|run| run.last()) {
        write!(svg, r#"<circle class="g-dot" cx="{x}" cy="{y}" r="2"/>"#).ok();
    }
    svg.push_str("</svg>");
    svg
}

/// The same where no score is missing and there are two or more: the line's path, and where its last dot is, in the box of
/// 64 by 20 pixels. For who keeps the drawing's elements and changes only these.
pub fn spark_path(totals: &[u16], max: u16) -> Option<(String, (usize, usize))> {
    let known: Vec<Option<u16>> = totals.iter().copied().map(Some).collect();
    let runs = runs(&known, max);
    let run = runs.first().filter(|run| 1 < run.len())?;
    Some((path_of(run), *run.last()?))
}

fn path_of(run: &[(usize, usize)]) -> String {
    run.iter().enumerate().fold(String::new(), |mut path, (i, (x, y))| {
        let pen = if i == 0 { 'M' } else { 'L' };
        write!(path, "{pen}{x} {y}").ok();
        path
    })
}

/// Neighbouring scores as points, broken where one is missing.
fn runs(values: &[Option<u16>], max: u16) -> Vec<Vec<(usize, usize)>> {
    let steps = values.len().saturating_sub(1).max(1);
    let (max, width, height) = (usize::from(max.max(1)), WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE);
    let at = |(i, value): (usize, u16)| {
        let value = usize::from(value).min(max);
        (EDGE + i * width / steps, HEIGHT - EDGE - value * height / max)
    };
    let numbered: Vec<Option<(usize, u16)>> = values.iter().enumerate().map(|(i, v)| Some((i, (*v)?))).collect();
    let known = numbered.split(Option::is_none).filter(|run| !run.is_empty());
    known
        .map(|run| run.iter().copied().flatten().map(at).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_score_breaks_the_line_and_is_never_drawn_as_zero() {
        let svg = sparkline(&[Some(20), Some(15), None, Some(10), Some(8)], 27);
        assert_eq!(svg.matches("<path").count(), 2);
        let floor = HEIGHT - EDGE;
        assert!(
            !svg.contains(&format!(" {floor}L")) && !svg.contains(&format!(" {floor}\"")),
            "{svg}"
        );
    }

    #[test]
    fn the_parts_are_those_of_the_whole_drawing() {
        let (path, (x, y)) = spark_path(&[16, 9, 0], 27).unwrap();
        let whole = sparkline(&[Some(16), Some(9), Some(0)], 27);
        assert!(whole.contains(&format!("d=\"{path}\"")), "{whole}");
        assert!(whole.contains(&format!("cx=\"{x}\" cy=\"{y}\" r=\"2\"")), "{whole}");
        assert!(spark_path(&[16], 27).is_none(), "one score is no line");
    }

    #[test]
    fn a_score_of_zero_is_a_score() {
        assert!(sparkline(&[Some(16), Some(0)], 27).contains("L61 17"));
    }

    #[test]
    fn nothing_one_and_too_much_are_drawn_without_leaving_the_box() {
        assert!(!sparkline(&[], 27).contains("circle"));
        assert!(sparkline(&[Some(3)], 27).contains("cx=\"3\""));
        assert!(sparkline(&[Some(99), Some(0)], 0).contains("M3 3L61 17"));
        assert!(!sparkline(&[Some(1), Some(2)], 27).contains("style="));
    }
}

//! Dates along the axis.

use crate::journal::Day;

/// Dates for the axis: weeks where there are few, then the first of months, then the first of years; at most so many.
pub(super) fn dates(from: Day, to: Day, most: usize) -> Vec<(Day, String)> {
    let most = i64::try_from(most).unwrap_or(4).max(2);
    if to.since(from) <= 70 {
        let step = (to.since(from) / 7 / most + 1) * 7;
        let steps = 0..=to.since(from) / step;
        return steps
            .map(|n| from.plus(n * step))
            .map(|day| (day, day.date().format("%-d %b").to_string()))
            .collect();
    }
    let months = i64::from(to.month().since(from.month()));
    let step = usize::try_from(months / most + 1).unwrap_or(1);
    let all = std::iter::successors(Some(from.month().next()), |m| Some(m.next()));
    // Past a year a step is a whole number of years from January, so that every label is a year and none "May".
    if 12 <= step {
        let years = step.div_ceil(12);
        let januaries = all.take_while(|m| m.first() <= to).map(|m| m.first());
        let januaries = januaries.filter(|day| day.date().format("%m").to_string() == "01");
        let label = |day: Day| (day, day.date().format("%Y").to_string());
        return januaries.step_by(years).map(label).collect();
    }
    let shown = all.take_while(|m| m.first() <= to).step_by(step).map(|m| m.first());
    let mut year = None;
    let label = |day: Day| {
        let (own, earlier) = (day.date().format("%Y").to_string(), year.take());
        // A month beside two digits reads as a day: the year stands in full, and only where it begins.
        let format = if earlier.as_ref() == Some(&own) { "%b" } else { "%b %Y" };
        year = Some(own);
        (day, day.date().format(format).to_string())
    };
    shown.map(label).collect()
}

//! Hours of days as bars: one part of a bar for each group of activities, one above the other.

use std::fmt::Write;

use crate::journal::{Day, Seconds};

/// Size in pixels of the drawing's own space; it is scaled to the page.
const WIDTH: u32 = 720;
const HEIGHT: u32 = 240;
/// Left of the bars, above and below them.
const LEFT: u32 = 48;
const TOP: u32 = 28;
const BELOW: u32 = 28;
const HOUR: u32 = 3600;

/// Bars of hours by day. Each part has a class of its own, `g-hours-1` for the first group and so on, and the total stands
/// above its bar. The numbers stand in a table beside it, so that it is hidden from screen readers. Empty where there is
/// nothing to draw.
pub fn week_hours(days: &[(Day, Vec<Seconds>)]) -> String {
    let total = |parts: &[Seconds]| parts.iter().fold(0_u32, |sum, part| sum.saturating_add(part.0));
    let most = days.iter().map(|(_, parts)| total(parts)).max().unwrap_or(0);
    if most == 0 {
        return String::new();
    }
    // An even number of whole hours, so that the line in the middle is one too.
    let top = most.div_ceil(2 * HOUR).saturating_mul(2 * HOUR).max(2 * HOUR);
    let room = HEIGHT - TOP - BELOW;
    let tall = |seconds: u32| u32::try_from(u64::from(seconds) * u64::from(room) / u64::from(top)).unwrap_or(room);
    let bottom = HEIGHT - BELOW;
    let step = (WIDTH - LEFT) / u32::try_from(days.len()).unwrap_or(1).max(1);
    let wide = step * 3 / 5;
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" class="g-graph" aria-hidden="true" focusable="false">"#
    );
    for seconds in [0, top / 2, top] {
        let (y, hours) = (bottom - tall(seconds), seconds / HOUR);
        let (x, down) = (LEFT - 8, y + 4);
        write!(svg, r#"<path class="g-axis" fill="none" d="M{LEFT} {y}H{WIDTH}"/>"#).ok();
        write!(
            svg,
            r#"<text class="g-muted" x="{x}" y="{down}" text-anchor="end" font-size="12">{hours}</text>"#
        )
        .ok();
    }
    write!(svg, r#"<text class="g-muted" x="0" y="12" font-size="12">hours</text>"#).ok();
    for (place, (day, parts)) in days.iter().enumerate() {
        let x = LEFT + step * u32::try_from(place).unwrap_or(0) + (step - wide) / 2;
        let (mut sum, mut y) = (0_u32, bottom);
        for (group, part) in parts.iter().enumerate() {
            sum = sum.saturating_add(part.0);
            // Each edge is placed by all that is below it, so that parts that are cut to whole pixels add up to their bar.
            let above = bottom - tall(sum);
            let high = y - above;
            if 0 < high {
                let class = group + 1;
                write!(
                    svg,
                    r#"<rect class="g-hours-{class}" x="{x}" y="{above}" width="{wide}" height="{high}"/>"#
                )
                .ok();
            }
            y = above;
        }
        let (middle, over, under) = (x + wide / 2, y.saturating_sub(6), HEIGHT - 8);
        let name = day.date().format("%a %-d");
        if 0 < sum {
            let (hours, minutes) = (sum / HOUR, sum / 60 % 60);
            write!(
                svg,
                r#"<text class="g-text" x="{middle}" y="{over}" text-anchor="middle" font-size="12">{hours}:{minutes:02}</text>"#
            )
            .ok();
        }
        write!(
            svg,
            r#"<text class="g-muted" x="{middle}" y="{under}" text-anchor="middle" font-size="12">{name}</text>"#
        )
        .ok();
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn a_bar_has_a_part_for_each_group_and_is_as_tall_as_all_of_them() {
        let parts = vec![Seconds(3600), Seconds(0), Seconds(1800), Seconds(1800)];
        let svg = week_hours(&[(day("2026-11-16"), parts), (day("2026-11-17"), vec![Seconds(0); 4])]);
        assert_eq!(svg.matches("<rect").count(), 3);
        assert!(
            svg.contains(r#"class="g-hours-1" x="115" y="120" width="201" height="92""#),
            "{svg}"
        );
        assert!(
            svg.contains(r#"class="g-hours-4" x="115" y="28" width="201" height="46""#),
            "{svg}"
        );
        assert!(svg.contains(">2:00<") && svg.contains(">Mon 16<") && svg.contains(">Tue 17<"));
    }

    #[test]
    fn nothing_is_drawn_of_days_without_time_and_the_axis_holds_a_whole_day() {
        assert_eq!(week_hours(&[]), "");
        assert_eq!(week_hours(&[(day("2026-11-16"), vec![Seconds(0)])]), "");
        let long = week_hours(&[(day("2026-11-01"), vec![Seconds(25 * 3600)])]);
        assert!(long.contains(">26<") && long.contains(">13<"), "{long}");
    }
}

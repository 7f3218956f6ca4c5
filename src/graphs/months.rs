//! Minutes of months as bars: those that reached a code, and on top of them those that reached none.

use std::fmt::Write;

use crate::journal::Month;

/// Size in pixels of the drawing's own space; it is scaled to the page.
const WIDTH: u32 = 720;
const HEIGHT: u32 = 220;
/// Left of the bars, above and below them.
const LEFT: u32 = 56;
const TOP: u32 = 24;
const BELOW: u32 = 28;

/// Bars of minutes by month: reached a code (full), below every code (outlined). Its numbers stand in a table beside it,
/// so that it is hidden from screen readers. Empty where there is nothing to draw.
pub fn month_bars(months: &[(Month, u32, u32)]) -> String {
    let most = months
        .iter()
        .map(|(_, reached, short)| reached.saturating_add(*short))
        .max()
        .unwrap_or(0);
    if most == 0 {
        return String::new();
    }
    let top = rounded_up(most);
    let room = HEIGHT - TOP - BELOW;
    let tall = |minutes: u32| u32::try_from(u64::from(minutes) * u64::from(room) / u64::from(top)).unwrap_or(room);
    let bottom = HEIGHT - BELOW;
    let step = (WIDTH - LEFT) / u32::try_from(months.len()).unwrap_or(1).max(1);
    let wide = step * 3 / 5;
    let mut svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" class="g-graph" aria-hidden="true" focusable="false">"#
    );
    for minutes in [0, top / 2, top] {
        let y = bottom - tall(minutes);
        let (x, down) = (LEFT - 8, y + 4);
        write!(svg, r#"<path class="g-axis" fill="none" d="M{LEFT} {y}H{WIDTH}"/>"#).ok();
        write!(
            svg,
            r#"<text class="g-muted" x="{x}" y="{down}" text-anchor="end" font-size="12">{minutes}</text>"#
        )
        .ok();
    }
    write!(
        svg,
        r#"<text class="g-muted" x="{LEFT}" y="12" font-size="12">minutes</text>"#
    )
    .ok();
    for (place, (month, reached, short)) in months.iter().enumerate() {
        let x = LEFT + step * u32::try_from(place).unwrap_or(0) + (step - wide) / 2;
        let (full, open) = (tall(*reached), tall(*short));
        let y = bottom - full;
        write!(
            svg,
            r#"<rect class="g-dot" x="{x}" y="{y}" width="{wide}" height="{full}"/>"#
        )
        .ok();
        if open > 0 {
            let y = y.saturating_sub(open);
            write!(
                svg,
                r#"<rect class="g-early" fill="none" stroke-width="2" x="{x}" y="{y}" width="{wide}" height="{open}"/>"#
            )
            .ok();
        }
        let (middle, under) = (x + wide / 2, HEIGHT - 8);
        let name = month.first().date().format("%b");
        write!(
            svg,
            r#"<text class="g-muted" x="{middle}" y="{under}" text-anchor="middle" font-size="12">{name}</text>"#
        )
        .ok();
    }
    svg.push_str("</svg>");
    svg
}

/// The next number that begins with 1, 2 or 5 and has only zeros after it.
fn rounded_up(most: u32) -> u32 {
    let mut ten = 10_u32;
    loop {
        for times in [1, 2, 5] {
            match ten.checked_mul(times) {
                Some(top) if top >= most => return top,
                Some(_) => {}
                None => return most,
            }
        }
        ten = match ten.checked_mul(10) {
            Some(next) => next,
            None => return most,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_tall_as_their_minutes_and_nothing_is_drawn_for_none() {
        let month = |text: &str| text.parse::<Month>().unwrap();
        let bars = month_bars(&[(month("2026-09"), 100, 0), (month("2026-10"), 50, 50)]);
        assert_eq!(bars.matches("g-dot").count(), 2);
        assert_eq!(bars.matches("g-early").count(), 1);
        assert!(
            bars.contains(r#"height="168"/>"#) && bars.matches(r#"height="84""#).count() == 2,
            "{bars}"
        );
        assert!(bars.contains(">Sep<") && bars.contains(">Oct<"));
        assert_eq!(month_bars(&[(month("2026-10"), 0, 0)]), "");
        assert_eq!(month_bars(&[]), "");
    }

    #[test]
    fn the_axis_ends_at_a_round_number_that_holds_every_bar() {
        for (most, top) in [
            (1, 10),
            (10, 10),
            (11, 20),
            (21, 50),
            (2_001, 5_000),
            (u32::MAX, u32::MAX),
        ] {
            assert_eq!(rounded_up(most), top);
        }
    }
}

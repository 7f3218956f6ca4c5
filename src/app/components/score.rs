//! Scores in lists: value, age, safety mark, change and trend.

use leptos::prelude::*;

use super::{Icon, IconName};
use crate::app::format;
use crate::graphs::Better;
use crate::registry::{SafetyMark, ScoreCells};

/// The latest score: coloured by its band while it is fresh, with its age and without colour when it is stale; `S`
/// when its safety item is positive, `?` when that is not known.
#[component]
pub fn ScoreCell(
    /// The cells of one instrument.
    cells: ScoreCells,
) -> impl IntoView {
    let Some(last) = cells.last else {
        return view! { <span class="score none">"\u{2013}"<span class="visually-hidden">"no score"</span></span> }
            .into_any();
    };
    let class = score_class(&cells);
    let age = cells.stale.then_some(cells.age_days).flatten();
    view! {
        <span class=class title=score_told(&cells)>
            {(cells.open_questions > 0).then(|| view! {
                <span aria-hidden="true">"\u{2248}"</span><span class="visually-hidden">"about "</span>
            })}
            <span class="value">{last}</span>
            <SafetyLetter mark=cells.safety/>
            {age.map(|days| view! { <span class="age">{days}" d"</span> })}
        </span>
    }
    .into_any()
}

/// The classes of a score: its band's colour while it is fresh.
pub fn score_class(cells: &ScoreCells) -> String {
    if cells.stale {
        "score stale".to_owned()
    } else if cells.at_target {
        "score at-target".to_owned()
    } else {
        format!("score band-{}", fifth(cells.band, cells.bands))
    }
}

/// What a score says on hover: severity, day, age.
pub fn score_told(cells: &ScoreCells) -> String {
    let day = cells.day.map(format::full_day);
    let age = cells.age_days.map(|days| format!("{days} days old"));
    let target = cells.at_target.then(|| "at target".to_owned());
    let open = (cells.open_questions > 0).then(|| {
        let open = format::count(cells.open_questions.into(), "question", "questions");
        format!("{open} not answered")
    });
    let parts = [cells.severity.clone(), open, target, day, age];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A band's place among five shades.
fn fifth(band: u8, bands: u8) -> u8 {
    match bands {
        0 | 1 => 0,
        bands => (u16::from(band) * 4 / u16::from(bands - 1)).min(4) as u8,
    }
}

/// What the mark of a safety item says in full, its letter and its classes.
pub fn safety_letter(mark: SafetyMark) -> Option<(String, &'static str, &'static str)> {
    match mark {
        SafetyMark::None => None,
        SafetyMark::Positive(answer) => Some((format!("Safety item positive: {answer}"), "S", "mark positive")),
        SafetyMark::NotKnown => Some(("Safety item not known".to_owned(), "?", "mark unknown")),
        SafetyMark::Line => Some(("On its alarm line".to_owned(), "S", "mark positive")),
    }
}

#[component]
fn SafetyLetter(mark: SafetyMark) -> impl IntoView {
    safety_letter(mark).map(|(says, letter, class)| {
        view! {
            <span class=class title=says>
                <span aria-hidden="true">{letter}</span>
                <span class="visually-hidden">{says.clone()}</span>
            </span>
        }
    })
}

/// A change in points: `−3`, or `+2` with an arrow that rises.
#[component]
pub fn ChangeCell(
    /// The cells of one instrument.
    cells: ScoreCells,
) -> impl IntoView {
    let Some(change) = cells.change else {
        return view! { <span class="change none" title="There is one score only">"\u{2013}"</span> }.into_any();
    };
    let percent = cells.percent.map(|percent| format!("{} %", format::signed(percent)));
    let rises = change > 0;
    let worse = is_worse(change, cells.better);
    view! {
        <span class="change" class:rises=worse title=percent>
            {format::signed(change)}
            {rises.then(|| view! { <Icon name=IconName::Rise/><span class="visually-hidden">"up"</span> })}
            {(worse && !rises).then(|| view! { <span class="visually-hidden">"worse"</span> })}
        </span>
    }
    .into_any()
}

/// Whether a change in points is one for the worse.
pub fn is_worse(change: i32, better: Better) -> bool {
    match better {
        Better::Lower => change > 0,
        Better::Higher => change < 0,
    }
}

/// A drawing that our own core made. Never anything from a file or a form.
#[component]
pub fn Svg(
    /// The drawing's text.
    #[prop(into)]
    markup: String,
    /// What it says, in one sentence.
    #[prop(into)]
    summary: String,
) -> impl IntoView {
    view! { <div class="graph" role="img" aria-label=summary inner_html=markup></div> }
}

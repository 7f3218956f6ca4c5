//! The cells of one row.

use leptos::prelude::*;

use super::rows::Rows;
use crate::app::components::{ChangeCell, DayText, Icon, ScoreCell, Sparkline, StatusKind};
use crate::app::format;
use crate::app::route::Route;
use crate::journal::Day;
use crate::registry::{CaseloadRowView, CourseView, ItemKind, OutMark, SafetyMark, ScoreCells};

/// The cells of the row at a place, or of one that is still asked for.
#[component]
pub fn Cells(
    /// Its place, from 0.
    at: u32,
    /// The rows.
    rows: Rows,
) -> impl IntoView {
    let row = Memo::new(move |_| rows.at(at));
    move || match row.get() {
        Some(row) => view! { <Filled row/> }.into_any(),
        None => view! { <td class="hint" colspan="15">"\u{2026}"</td> }.into_any(),
    }
}

#[component]
fn Filled(row: CaseloadRowView) -> impl IntoView {
    let age = row.age.map(|age| format!(" {age}"));
    let next = next_words(&row);
    let late = row.late.is_some();
    let trend = view! { <Course course=row.course.clone()/> };
    let contact = row
        .contact_days
        .map_or_else(|| "never".to_owned(), |days| format!("{days} d"));
    let (why, whole) = (row.why.clone(), row.why.clone());
    let (chart, news) = (row.chart, expect_context::<super::NewsMarks>().0);
    view! {
        <td class="flag"><Flag kind=row.flag safety=row.phq9.safety watched=row.watched/></td>
        <td class="name">
            <a href=Route::Patient(row.chart).href() tabindex="-1" title=row.mrn.clone().map(|mrn| format!("MRN {mrn}"))>{row.name.clone()}</a>
            {age}
            {move || news.with(|news| news.get(&chart).cloned()).map(|(count, words)| view! {
                <span class="mark news" title=words.clone()>
                    <span aria-hidden="true">{count}" new"</span><span class="visually-hidden">{words.clone()}</span>
                </span>
            })}
        </td>
        <td class="standing">{row.out.clone().map(away)}{row.status.clone()}</td>
        <td class="num wk" data-label="week">{row.weeks}</td>
        <td class="num first"><First cells=row.phq9.clone()/></td>
        <td class="num last phq9" data-label="PHQ-9"><ScoreCell cells=row.phq9.clone()/><Beside cells=row.phq9.clone()/></td>
        <td class="num delta"><ChangeCell cells=row.phq9.clone()/></td>
        <td class="trend">{trend}</td>
        <td class="num first"><First cells=row.gad7.clone()/></td>
        <td class="num last gad7" data-label="GAD-7"><ScoreCell cells=row.gad7.clone()/><Beside cells=row.gad7.clone()/></td>
        <td class="num contact" data-label="contact">{contact}</td>
        <td class="date next" class:late=late data-label="next">{next}</td>
        <td class="date review" data-label="review">{row.review.map_or_else(
            || "never".into_any(),
            |day| view! { <DayText day/> }.into_any(),
        )}</td>
        <td class="num month" data-label="month">{format!("{} m", row.minutes)}</td>
        <td class="why" title=whole>{why}</td>
    }
}

/// The measure that the episode is judged by, over time. One without columns of its own says its name and latest total.
#[component]
fn Course(course: CourseView) -> impl IntoView {
    let CourseView { title, totals, most } = course;
    let has_columns = ["PHQ-9", "GAD-7"].contains(&title.as_str());
    let named = totals.last().filter(|_| !has_columns);
    let named = named.map(|last| view! { <span class="course-name">{title.clone()}" "{*last}</span> });
    let line = (totals.len() > 1).then(|| view! { <Sparkline title=title.clone() totals max=most/> });
    view! { {named}{line} }
}

/// On a narrow screen a score has no columns beside it: its change, and its age where the score itself doesn't say it.
#[component]
fn Beside(cells: ScoreCells) -> impl IntoView {
    cells.last?;
    let age = cells.age_days.filter(|_| !cells.stale);
    Some(view! {
        <span class="beside">
            <ChangeCell cells/>
            {age.map(|days| view! { <span class="age">{days}" d"</span> })}
        </span>
    })
}

/// The baseline; a dash where there is none. 0 is a score.
#[component]
fn First(cells: ScoreCells) -> impl IntoView {
    cells
        .first
        .map_or_else(|| "\u{2013}".to_owned(), |first| first.to_string())
}

/// The mark of the row: S for safety, ? for a safety item that is not known, the kind's drawing otherwise.
#[component]
fn Flag(kind: Option<ItemKind>, safety: SafetyMark, watched: Option<Day>) -> impl IntoView {
    if kind == Some(ItemKind::Safety) {
        return view! { <span class="mark positive" title="Safety: an open concern">"S"<span class="visually-hidden">"afety"</span></span> }
            .into_any();
    }
    if safety == SafetyMark::NotKnown {
        return view! {
            <span class="mark unknown" title="Safety item not answered: ask it">
                <span aria-hidden="true">"?"</span><span class="visually-hidden">"Safety item not answered"</span>
            </span>
        }
        .into_any();
    }
    if let Some(until) = watched {
        let title = format!("A closed concern is watched until {}", format::plain_day(until));
        let said = title.clone();
        return view! {
            <span class="mark watched" title=title>
                <span aria-hidden="true">"W"</span><span class="visually-hidden">{said}</span>
            </span>
        }
        .into_any();
    }
    let Some(kind) = kind.map(StatusKind::from) else {
        return ().into_any();
    };
    let class = format!("{} only-icon", kind.class());
    view! {
        <span class=class title=kind.word()><Icon name=kind.icon()/><span class="visually-hidden">{kind.word()}</span></span>
    }
    .into_any()
}

/// Where the record is while somebody stands in: short in the row, whole for who points at it, hears it or prints it.
fn away(out: OutMark) -> impl IntoView {
    let (class, short) = match out.late {
        true => ("away late", "late"),
        false => ("away", "out"),
    };
    let words = match out.late {
        true => format!("Coverage, late: {}", out.words),
        false => format!("Coverage: {}", out.words),
    };
    let title = words.clone();
    view! {
        <span class=class title=title>
            <span class="away-short" aria-hidden="true">{short}</span>
            <span class="away-whole">{words}</span>
        </span>
        " "
    }
}

/// When the next contact is due: how late, or on which day.
fn next_words(row: &CaseloadRowView) -> impl IntoView + use<> {
    match (row.late, row.next) {
        (Some(days), _) => {
            let whole = format!("{} late", format::count(days.into(), "day", "days"));
            view! { <span title=whole>{days}" d late"</span> }.into_any()
        }
        (None, Some(day)) => view! { <DayText day/> }.into_any(),
        (None, None) => "\u{2013}".into_any(),
    }
}

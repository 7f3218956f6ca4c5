//! Forms for paper, one page each: blank, to be filled in with a pen, and filled, as it was answered.

use std::sync::Arc;

use leptos::prelude::*;

use super::common::{Once, follow_patient};
use super::contact::form::scoring_context;
use super::contact::full_name;
use crate::app::browser;
use crate::app::components::{Button, ButtonKind, ButtonLink, Choice, CrisisLines, EmptyState, IconName};
use crate::app::format;
use crate::app::route::Route;
use crate::app::state::{Desk, use_desk};
use crate::app::typed::measure::{MeasureTyped, Way, choices, number_of};
use crate::instruments::{AnswerKind, AnswerOption, Context, Definition, Item};
use crate::journal::facts::{Answered, Assessment, Taken};
use crate::journal::{ChartId, EntryId};
use crate::registry::{PatientView, ScorePoint};

/// Languages in their own words; those who read them look for these.
const LANGUAGES: [(&str, &str); 2] = [("en", "English"), ("es", "Espa\u{f1}ol")];

/// Instruments whose questions may be printed, by short title.
fn printable(desk: Desk) -> Vec<&'static Definition> {
    let mut all = untrack(|| desk.offered());
    all.retain(|definition| is_printable(definition));
    all.sort_by_key(|definition| definition.short_title.clone());
    all
}

/// Whether every question of the form has its words.
fn is_printable(definition: &Definition) -> bool {
    let mut on_form = definition.items.iter().filter(|item| item.on_form).peekable();
    on_form.peek().is_some() && on_form.all(|item| !item.text.is_empty())
}

/// A blank form, or the list of them.
#[component]
pub fn FormPage(
    /// Whose form.
    instrument: Option<&'static str>,
) -> impl IntoView {
    let desk = use_desk();
    let definition = instrument.and_then(|id| untrack(|| desk.instrument(id)));
    match definition {
        Some(definition) if is_printable(definition) => view! { <Blank definition/> }.into_any(),
        Some(definition) => view! {
            <Bar back=Route::Form(None)/>
            <EmptyState title=format!("The questions of {} may not be printed from here: use your licensed form.", definition.short_title)>
                <ButtonLink href=Route::Form(None).href()>"Other forms"</ButtonLink>
            </EmptyState>
        }
        .into_any(),
        None => view! { <FormList/> }.into_any(),
    }
}

/// A blank form, in each language that has official words.
#[component]
fn Blank(definition: &'static Definition) -> impl IntoView {
    let chosen = RwSignal::new(Some(definition.language.clone()));
    let languages: Vec<(String, String)> = LANGUAGES
        .iter()
        .filter(|(code, _)| definition.languages().contains(code))
        .map(|(code, words)| ((*code).to_owned(), (*words).to_owned()))
        .collect();
    let several = languages.len() > 1;
    let switch = several.then(|| {
        view! { <div class="no-print"><Choice id="paper-language" legend="Language" options=languages value=chosen/></div> }
    });
    view! {
        <Bar back=Route::Form(None)/>
        {switch}
        {move || {
            let code = chosen.get().unwrap_or_default();
            let worded = definition.in_language(&code).filter(|_| code != definition.language).unwrap_or(definition);
            view! { <Paper definition=worded filled=None/> }
        }}
    }
}

#[component]
fn FormList() -> impl IntoView {
    let desk = use_desk();
    let line = |definition: &'static Definition| {
        let href = Route::Form(Some(definition.id.as_str())).href();
        view! { <li><a href=href>{definition.short_title.clone()}</a>", "{definition.title.clone()}</li> }
    };
    view! {
        <header class="page-head"><h1>"Print a form"</h1></header>
        <p class="hint">"A blank form on one page, with its notice. A filled one is printed from the patient\u{2019}s page, under Measures."</p>
        <ul class="form-list">{printable(desk).into_iter().map(line).collect_view()}</ul>
    }
}

/// An administration as a filled form.
#[component]
pub fn FilledPage(
    /// Whose.
    chart: ChartId,
    /// Which administration.
    entry: EntryId,
) -> impl IntoView {
    let desk = use_desk();
    let patient = follow_patient(desk, chart);
    view! {
        <Once answer=patient what="the patient" children=move |view| {
            let shown = move || view.with(|view| filled(desk, view, entry));
            view! {
                <Bar back=Route::Patient(chart)/>
                {move || match shown() {
                    Some((definition, filled)) => view! { <Paper definition filled=Some(filled)/> }.into_any(),
                    None => view! { <EmptyState title="This form is not in the record any more."><ButtonLink href=Route::Patient(chart).href()>"Open the patient"</ButtonLink></EmptyState> }.into_any(),
                }}
            }
        }/>
    }
}

#[component]
fn Bar(back: Route) -> impl IntoView {
    view! {
        <header class="page-head no-print">
            <h1>"Print a form"</h1>
            <div class="actions">
                <Button kind=ButtonKind::Primary icon=IconName::Print on_press=|()| browser::print()>"Print"</Button>
                <ButtonLink href=back.href()>"Back"</ButtonLink>
            </div>
        </header>
    }
}

/// What a filled form says beside its questions.
#[derive(Clone)]
struct Filled {
    name: String,
    birth: Option<String>,
    mrn: Option<String>,
    day: String,
    how: &'static str,
    score: String,
    assessment: Assessment,
}

fn filled(desk: Desk, view: &PatientView, entry: EntryId) -> Option<(&'static Definition, Filled)> {
    let mut points = view.measures.iter().flat_map(|measure| &measure.scores);
    let point = points.find(|point| point.entry == entry)?;
    let taken = desk.definition_taken(&point.assessment)?;
    // In the words that the clinic switched on, where they are of the version that was asked.
    let worded = desk.instrument(taken.id.as_str());
    let worded = worded.filter(|it| it.own.is_none() && it.version == taken.version);
    let definition = worded.unwrap_or(taken);
    Some((
        definition,
        Filled {
            name: full_name(view),
            birth: view.registration.birth.map(format::plain_day),
            mrn: view.registration.mrn.clone(),
            day: format::plain_day(point.day),
            how: how(point.assessment.taken),
            score: score_words(definition, point, &scoring_context(view)),
            assessment: point.assessment.clone(),
        },
    ))
}

fn how(taken: Taken) -> &'static str {
    match taken {
        Taken::Remotely => "asked by phone or video",
        Taken::InPerson => "asked in person",
        Taken::Device => "filled in on a device",
        Taken::Paper => "on paper",
        Taken::Imported => "imported",
    }
}

/// The score with its band; an instrument without one score says its result.
fn score_words(definition: &Definition, point: &ScorePoint, context: &Context) -> String {
    let most = definition
        .score_range
        .map(|(_, most)| format!(" of {most}"))
        .unwrap_or_default();
    match point.total {
        Some(total) => format!("{total}{most}, {}", point.label),
        None => {
            let answers = match &point.assessment.answers {
                Answered::Items(items) => items.clone(),
                Answered::Total { .. } => return point.label.clone(),
            };
            let typed = MeasureTyped {
                way: Way::Questions,
                answers,
                ..MeasureTyped::default()
            };
            typed
                .outcome(definition, context)
                .unwrap_or_else(|| point.label.clone())
        }
    }
}

/// The form itself: a page.
#[component]
fn Paper(definition: &'static Definition, filled: Option<Filled>) -> impl IntoView {
    let given = filled.as_ref().map(|filled| filled.assessment.answers.clone());
    let about = match &filled {
        Some(filled) => view! { <Known filled=filled.clone()/> }.into_any(),
        None => view! {
            <p class="paper-who"><span>"Name"</span><span>"Date of birth"</span><span>"Date"</span></p>
        }
        .into_any(),
    };
    let total = match (&filled, definition.total.is_some()) {
        (Some(filled), _) => Some(format!("Score: {}", filled.score)),
        (None, true) => Some("For staff. Total:".to_owned()),
        (None, false) => None,
    };
    let safety = !definition.safety_items.is_empty();
    view! {
        <article class="paper" class:long={15 < definition.items.len()} aria-label=definition.short_title.clone()>
            <h2>{definition.title.clone()}" ("{definition.short_title.clone()}")"</h2>
            {about}
            <Questions definition given/>
            {definition.closing.clone().map(|words| view! { <p class="paper-closing">{words}</p> })}
            {total.map(|words| view! { <p class="paper-total" class:blank=filled.is_none()>{words}</p> })}
            {safety.then(|| view! { <div class="paper-crisis"><CrisisLines/></div> })}
            <p class="instrument-notice">{definition.notice.clone()}</p>
        </article>
    }
}

#[component]
fn Known(filled: Filled) -> impl IntoView {
    let parts = [
        filled.birth.map(|birth| format!("born {birth}")),
        filled.mrn.map(|mrn| format!("MRN {mrn}")),
        Some(format!("{}, {}", filled.day, filled.how)),
    ];
    view! {
        <p class="paper-known"><strong>{filled.name}</strong>" "{parts.into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ")}</p>
    }
}

/// The questions that share the answers of the first stand in a grid; each other one has its own below it.
#[component]
fn Questions(definition: &'static Definition, given: Option<Answered>) -> impl IntoView {
    let shared: &'static [AnswerOption] = definition.items.first().map_or(&[], |item| definition.options(item));
    let in_grid = |item: &&'static Item| !shared.is_empty() && std::ptr::eq(definition.options(item), shared);
    let mark = move |item: &Item| -> Option<u8> {
        match given.as_ref()? {
            Answered::Items(items) | Answered::Total { known: items, .. } => items.get(item.id.as_str()).copied(),
        }
    };
    let mark = StoredValue::new_local(mark);
    let cell = move |item: &'static Item, option: &'static AnswerOption| {
        let chosen = mark
            .with_value(|mark| mark(item))
            .is_some_and(|value| i32::from(value) == option.value);
        view! { <td class="paper-answer" class:marked=chosen><Tick value=option.value.to_string() chosen/></td> }
    };
    let row = move |item: &'static Item| {
        view! {
            <tr>
                <th scope="row"><Words definition item/></th>
                {shared.iter().map(|option| cell(item, option)).collect_view()}
            </tr>
        }
    };
    let heads = shared
        .iter()
        .map(|option| view! { <th scope="col">{option.label.clone()}</th> });
    let rows: Vec<_> = definition.on_form().filter(in_grid).map(row).collect();
    let grid = (!rows.is_empty()).then(|| {
        view! {
            <table class="paper-grid">
                <caption>{on_paper(definition)}</caption>
                <thead><tr><td></td>{heads.collect_view()}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    let alone = grid
        .is_none()
        .then(|| view! { <p class="paper-instruction">{on_paper(definition)}</p> });
    let others = definition.on_form().filter(|item| !in_grid(item)).map(|item| {
        let value = mark.with_value(|mark| mark(item));
        view! { <Other definition item value/> }
    });
    view! { {alone}{grid}{others.collect_view()} }
}

/// A question with answers of its own.
#[component]
fn Other(definition: &'static Definition, item: &'static Item, value: Option<u8>) -> impl IntoView {
    let options = choices(definition, item);
    let range = match &item.answer {
        AnswerKind::FreeText => None,
        _ => definition.item_range(item),
    };
    let answers = if options.is_empty() {
        let told = value.map(|value| value.to_string());
        let hint = range.map(|(low, high)| format!(" ({low} to {high})"));
        view! { <span class="paper-line">{told}</span>{hint} }.into_any()
    } else {
        let one = move |choice: crate::app::typed::measure::ChoiceOf| {
            let chosen = value == Some(choice.value);
            view! { <span class="paper-option" class:marked=chosen><Tick value=choice.value.to_string() chosen/>{choice.label}</span> }
        };
        options.into_iter().map(one).collect_view().into_any()
    };
    view! { <div class="paper-other"><p><Words definition item/></p><p class="paper-options">{answers}</p></div> }
}

#[component]
fn Words(definition: &'static Definition, item: &'static Item) -> impl IntoView {
    view! {
        <span class="paper-number">{number_of(definition, &item.id)}"."</span>" "
        {item.stem.clone().map(|stem| format!("{stem} "))}{item.text.clone()}
        {item.help.clone().map(|help| view! { <span class="paper-help">" "{help}</span> })}
    }
}

/// A box to tick with the answer's number in it; a chosen one is filled, and says so.
#[component]
fn Tick(value: String, chosen: bool) -> impl IntoView {
    view! {
        <span class="paper-box">{value}</span>
        {chosen.then(|| view! { <span class="visually-hidden">" chosen"</span> })}
    }
}

/// The ways to paper on a patient's page: blank forms, and every administration as a filled one.
#[component]
pub fn PrintForms(
    /// Whose chart.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let desk = use_desk();
    let blank = |definition: &'static Definition| {
        let href = Route::Form(Some(definition.id.as_str())).href();
        view! { <li><a href=href>{definition.short_title.clone()}</a></li> }
    };
    let filled = move || {
        let mut points = view.with(|view| {
            let all = view
                .measures
                .iter()
                .flat_map(|m| m.scores.iter().map(|p| (m.title.clone(), p.day, p.entry)));
            all.collect::<Vec<_>>()
        });
        points.sort_by_key(|(_, day, _)| std::cmp::Reverse(*day));
        let line = |(title, day, entry): (String, crate::journal::Day, EntryId)| {
            let words = format!("{title} of {}", format::plain_day(day));
            view! { <li><a href=Route::Filled(chart, entry).href()>{words}</a></li> }
        };
        points.into_iter().map(line).collect_view()
    };
    view! {
        <details class="print-forms no-print">
            <summary>"Print a form"</summary>
            <p class="hint">"Blank:"</p>
            <ul>{printable(desk).into_iter().map(blank).collect_view()}</ul>
            <p class="hint">"Filled, with the answers as they were given:"</p>
            <ul>{filled}</ul>
        </details>
    }
}

/// The sentence above the questions, as the paper form has it: it may speak of marks on paper.
fn on_paper(definition: &Definition) -> String {
    definition
        .instruction_paper
        .as_ref()
        .unwrap_or(&definition.instruction)
        .clone()
}

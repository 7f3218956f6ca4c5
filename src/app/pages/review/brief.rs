//! What the consultant sees of one patient: story, scores, treatment, risk, gaps, questions, earlier advice.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{ChangeCell, DayText, Icon, IconName, Notice, ScoreCell, Tone};
use crate::app::pages::contact::full_name;
use crate::app::pages::patient::measures::{Graph, Picked};
use crate::app::typed::capital;
use crate::graphs::Shape;
use crate::registry::{BriefView, ConcernView, MeasureView, MedicineView, PatientView};

/// Recommendations that are shown: the last reviews'.
const ADVICE: usize = 6;

/// One patient, without a word about anybody else.
#[component]
pub fn Brief(
    /// The patient.
    view: Signal<Arc<BriefView>>,
) -> impl IntoView {
    let patient = Memo::new(move |_| view.with(|view| Arc::new(view.patient.clone())));
    view! {
        {move || view.with(|view| head(view))}
        {move || view.with(|view| risk(view))}
        <div class="brief-columns">
            <Scores patient=patient.into()/>
            <div class="brief-side">
                {move || view.with(|view| treatment(view))}
                {move || view.with(|view| earlier(view))}
                {move || view.with(|view| gaps(view))}
            </div>
        </div>
    }
}

fn lines<T: IntoView + 'static>(lines: impl Iterator<Item = T>) -> Vec<AnyView> {
    lines.map(|line| view! { <li>{line}</li> }.into_any()).collect()
}

/// Who, two lines of story, why, the questions.
fn head(view: &BriefView) -> AnyView {
    let name = full_name(&view.patient);
    let (who, gone) = view.story.clone();
    let why = view
        .why
        .clone()
        .map(|why| view! { <p class="reason"><strong>"Why: "</strong>{capital(&why)}</p> });
    let questions = lines(view.questions.iter().cloned());
    let asked = (!questions.is_empty()).then(|| {
        view! {
            <section class="brief-questions" aria-labelledby="brief-asked">
                <h2 id="brief-asked">"The question"</h2>
                <ul>{questions}</ul>
            </section>
        }
    });
    let skipped = view.skipped.clone().map(|(day, why)| {
        view! { <p class="hint">"Left out of the meeting of "<DayText day/>": "{why}</p> }
    });
    view! {
        <h1>{name}</h1>
        <p>{capital(&who)}"."</p>
        <p>{capital(&gone)}"."</p>
        {why}
        {skipped}
        {asked}
    }
    .into_any()
}

/// Open concerns, the last safety item, what is known from before, the plan.
fn risk(view: &BriefView) -> AnyView {
    let patient = &view.patient;
    let open: Vec<&ConcernView> = patient.concerns.iter().filter(|concern| concern.open).collect();
    let concerns = open.iter().map(|concern| {
        let found = concern.found.as_ref().map(|found| format!("; {found}"));
        format!(
            "Open: {}, {}{}",
            crate::care::concern_words(concern.kind),
            concern.because,
            found.unwrap_or_default()
        )
    });
    let watched = patient
        .concerns
        .iter()
        .filter(|concern| !concern.open && concern.watch.is_some());
    let watched = watched.map(|concern| format!("Watched after closing: {}", concern.because));
    let plan = match patient.safety_plan {
        Some(day) => view! { "Safety plan of "<DayText day/> }.into_any(),
        None => view! { "No safety plan" }.into_any(),
    };
    let (concerns, watched) = (lines(concerns), lines(watched));
    let before = lines(patient.assessed.safety.iter().cloned());
    let none = (open.is_empty()).then(|| view! { <li>"No open concern"</li> });
    view! {
        <section class="brief-risk" class:open=!open.is_empty() aria-labelledby="brief-risk">
            <h2 id="brief-risk"><Icon name=IconName::Alert/>"Risk"</h2>
            <ul>{concerns}{none}{watched}<li>{view.safety_item.clone()}</li>{before}<li>{plan}</li></ul>
        </section>
    }
    .into_any()
}

/// Each measure with its latest score and its change, and the graph of all.
#[component]
fn Scores(patient: Signal<Arc<PatientView>>) -> impl IntoView {
    let first = patient.with_untracked(|view| view.history.first_range(&view.history.together()));
    let range = RwSignal::new(first);
    let any = Memo::new(move |_| patient.with(|view| !view.history.together().is_empty()));
    let rows = move || patient.with(|view| view.measures.iter().map(score).collect::<Vec<_>>());
    view! {
        <section class="brief-scores" aria-labelledby="brief-scores">
            <h2 id="brief-scores">"Scores"</h2>
            <ul>{rows}</ul>
            <Show when=move || any.get() fallback=|| view! { <p class="hint">"No score to draw yet."</p> }>
                <Graph view=patient pick=Picked::Together range shape=Shape::Wide/>
            </Show>
        </section>
    }
}

fn score(measure: &MeasureView) -> AnyView {
    let cells = measure.cells.clone();
    let age = cells.day.map(|day| view! { <span class="hint"><DayText day/></span> });
    let changed = cells.change.is_some();
    view! {
        <li class="headline">
            <strong>{measure.title.clone()}</strong>
            <ScoreCell cells=cells.clone()/>
            {changed.then(|| view! { <span>"change since baseline "<ChangeCell cells/></span> })}
            {age}
            <span class="hint">{format!("baseline {}", measure.baseline)}</span>
        </li>
    }
    .into_any()
}

/// Medicines with weeks at the dose, its adequacy as the clinic's own minimum says, taking and side effects; changes.
fn treatment(view: &BriefView) -> AnyView {
    let medicine = |one: &MedicineView| {
        let said = one.checks.first().cloned();
        let check = match said {
            Some(check) => view! { <p class:severe=check.is_severe>{capital(&check.words)}</p> }.into_any(),
            None => view! { <p class="hint">"Adherence and side effects: not asked yet"</p> }.into_any(),
        };
        let minimum = one
            .minimum
            .clone()
            .map(|words| view! { <p class="hint">{capital(&words)}</p> });
        view! {
            <li>
                <p><strong>{crate::care::medicine_words(&one.medicine)}</strong>": "{one.dose_since.clone()}</p>
                {minimum}
                {check}
            </li>
        }
        .into_any()
    };
    let medicines: Vec<AnyView> = view.medicines.iter().map(medicine).collect();
    let none = medicines
        .is_empty()
        .then(|| view! { <p class="hint">"No medication is on record"</p> });
    let changes = lines(view.changes.iter().cloned());
    let changed = (!changes.is_empty()).then(|| {
        view! { <h3>"Changes and what they came to"</h3><ul>{changes}</ul> }
    });
    let mania = view.patient.assessed.mania.clone();
    view! {
        <section class="side-box" aria-labelledby="brief-treatment">
            <h2 id="brief-treatment">"Treatment"</h2>
            <ul>{medicines}</ul>
            {none}
            {mania.map(|line| view! { <Notice tone=Tone::Warning><p>{line}</p></Notice> })}
            {changed}
        </section>
    }
    .into_any()
}

/// What was recommended before, and what became of it.
fn earlier(view: &BriefView) -> AnyView {
    let advice = view.advice.iter().take(ADVICE).cloned().map(|advice| {
        view! { <DayText day=advice.day/>": "{advice.text}" "<span class="hint">{advice.state}</span> }
    });
    let advice = lines(advice);
    let none = advice
        .is_empty()
        .then(|| view! { <p class="hint">"Nothing was recommended yet"</p> });
    let last = view
        .last_review
        .map(|day| view! { <p class="hint">"Last reviewed "<DayText day/></p> });
    view! {
        <section class="side-box" aria-labelledby="brief-advice">
            <h2 id="brief-advice">"Recommended before"</h2>
            {last}
            <ul>{advice}</ul>
            {none}
        </section>
    }
    .into_any()
}

/// What nobody asked yet in the initial assessment.
fn gaps(view: &BriefView) -> AnyView {
    let gaps = lines(view.patient.assessed.gaps.iter().cloned());
    (!gaps.is_empty())
        .then(|| {
            let title = format!(
                "Not asked yet: {}",
                crate::app::format::count(gaps.len() as u64, "area", "areas")
            );
            view! {
                <section class="side-box" aria-labelledby="brief-gaps">
                    <h2 id="brief-gaps">"Gaps of the assessment"</h2>
                    <details><summary>{title}</summary><ul>{gaps}</ul></details>
                </section>
            }
        })
        .into_any()
}

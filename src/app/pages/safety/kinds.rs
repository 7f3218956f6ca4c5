//! The first step of concerns that have no structured second step: a report or a warning, or the questions of their kind.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::done::{DoneAt, DoneFields};
use super::steps::{facts_intent, step};
use crate::app::components::{Check, Choice, DateField, FormErrors, Sourced, TextArea, TextField, TimeField, Width};
use crate::app::format::dial;
use crate::app::pages::common::{IntentForm, Reading, time_text, today_text};
use crate::app::state::use_desk;
use crate::app::typed::read_when;
use crate::app::words::{FOUND, REPORTS_TO, options};
use crate::care::{KindRule, Question, kind_rule};
use crate::journal::facts::{ConcernKind, Found, ReportTo, Step};
use crate::journal::{ChartId, ThingId};

/// The rule of a kind, where it comes from, and the lines to call.
#[component]
pub fn RuleOfKind(
    /// Which kind.
    kind: ConcernKind,
) -> impl IntoView {
    let KindRule {
        rule, source, lines, ..
    } = kind_rule(kind);
    let line = |(whose, number): &(&'static str, &'static str)| {
        view! { <span class="crisis-line">{*whose}": "<a class="phone" href=dial(number)>{*number}</a></span> }
    };
    let lines = (!lines.is_empty()).then(|| view! { <p class="crisis">{lines.iter().map(line).collect_view()}</p> });
    view! {
        <div class="kind-rule">
            <p>{rule}</p>
            {lines}
            <div class="source"><Sourced text=format!("Source: {source}.")/></div>
        </div>
    }
}

/// To whom a report or a warning went and when, or why none is due.
#[component]
pub fn ReportForm(
    /// Whose chart.
    chart: ChartId,
    /// Which concern.
    concern: ThingId,
    /// What it is about.
    kind: ConcernKind,
    /// Closes the form.
    on_close: Callback<()>,
) -> impl IntoView {
    let desk = use_desk();
    let none_due = RwSignal::new(false);
    let to = RwSignal::new(None::<ReportTo>);
    let (by, reference, why) = (text_signal(), text_signal(), text_signal());
    let day = RwSignal::new(today_text(desk));
    let time = RwSignal::new(time_text(desk));
    let errors = FormErrors::new();
    let intent = Callback::new(move |()| {
        let mut reading = Reading::default();
        let day = reading.past(
            &day.get_untracked(),
            "report-day",
            "the day of the report",
            desk.today().get_untracked(),
        );
        let zone = untrack(|| desk.zone());
        let on = day.and_then(|day| reading.take(read_when("report-time", day, &time.get_untracked(), zone)));
        let done = if none_due.get_untracked() {
            let why = reading.text(&why.get_untracked(), "report-why", "Say why no report is due");
            why.map(|why| Step::NoReport { why })
        } else {
            let to = reading.chosen(to.get_untracked(), "report-to", "Choose to whom it was reported");
            let by = reading.text(&by.get_untracked(), "report-by", "Say who took it, and how");
            let reference = crate::app::typed::text(&reference.get_untracked());
            to.zip(by)
                .zip(on)
                .map(|((to, by), on)| Step::Reported { to, on, by, reference })
        };
        let facts = done.zip(on).map(|(done, on)| vec![step(on, concern, done, None)]);
        facts_intent(chart, errors, reading.finish(facts))
    });
    let name = kind_rule(kind).name;
    let today = today_text(desk);
    view! {
        <IntentForm title=name deed=format!("{name} recorded") save="Record it" errors intent on_close>
            <RuleOfKind kind/>
            <Show
                when=move || !none_due.get()
                fallback=move || view! { <TextArea id="report-why" label="Why no report is due" value=why rows=2/> }
            >
                <Choice id="report-to" legend="Made to" options=options(REPORTS_TO) value=to stacked=true/>
                <TextField id="report-reference" label="Its number there" value=reference width=Width::Short/>
                <TextField id="report-by" label="Who took it, and how" value=by width=Width::Full hint="such as: intake worker by phone; written report follows"/>
            </Show>
            <div class="fields">
                <DateField id="report-day" label="On" value=day max=today/>
                <TimeField id="report-time" label="At" value=time/>
            </div>
            <Check id="report-none" label="None is due, in my judgement" value=none_due/>
        </IntentForm>
    }
}

/// The questions of a kind, and what they showed.
#[component]
pub fn QuestionsForm(
    /// Whose chart.
    chart: ChartId,
    /// Which concern.
    concern: ThingId,
    /// What it is about.
    kind: ConcernKind,
    /// Its questions.
    questions: &'static [Question],
    /// Closes the form.
    on_close: Callback<()>,
) -> impl IntoView {
    let done = DoneAt::now();
    let answers: Vec<(&'static Question, RwSignal<Option<Found>>)> = questions
        .iter()
        .map(|question| (question, RwSignal::new(None)))
        .collect();
    let kept = StoredValue::new(answers.clone());
    let showed = text_signal();
    let errors = FormErrors::new();
    let intent = Callback::new(move |()| {
        let mut reading = Reading::default();
        let outcome = reading.text(
            &showed.get_untracked(),
            "questions-showed",
            "Say what it showed, in your words",
        );
        // A question that was passed over is not known: never a no.
        let answer = |(question, found): &(&Question, RwSignal<Option<Found>>)| {
            (question.id.to_owned(), found.get_untracked().unwrap_or(Found::NotKnown))
        };
        let answers: BTreeMap<String, Found> = kept.with_value(|answers| answers.iter().map(answer).collect());
        let at = done.read(&mut reading, "questions");
        let facts = outcome
            .zip(at)
            .map(|(outcome, at)| vec![step(at, concern, Step::Checked { answers, outcome }, None)]);
        facts_intent(chart, errors, reading.finish(facts))
    });
    let ask = |(question, found): (&'static Question, RwSignal<Option<Found>>)| {
        let urgent = move || found.get().is_some() && found.get() == question.urgent;
        view! {
            <Choice id=format!("ask-{}", question.id) legend=question.text options=options(FOUND) value=found/>
            {move || urgent().then(|| view! { <p class="urgent" role="alert">"Get help now: 911, or the line above."</p> })}
        }
    };
    view! {
        <IntentForm title="Questions" deed="Questions recorded" save="Record the answers" errors intent on_close>
            <RuleOfKind kind/>
            {answers.into_iter().map(ask).collect_view()}
            <TextArea id="questions-showed" label="What it showed, in your words" value=showed rows=2/>
            <DoneFields done id="questions"/>
        </IntentForm>
    }
}

fn text_signal() -> RwSignal<String> {
    RwSignal::new(String::new())
}

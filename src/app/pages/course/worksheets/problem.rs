//! Problem solving: problem, goal, options with what speaks for and against each, the one chosen, steps, how it went.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Open, Place};
use crate::app::components::{
    Button, ButtonKind, Check, DateField, DayText, FormGroup, Select, StatusKind, StatusTag, TextArea, TextField, Width,
};
use crate::app::pages::common::{QuickForm, Reading, Written, new_thing};
use crate::app::pages::course::boxes::{LineButton, OneForm, PlanBox};
use crate::app::pages::form_draft::{FormDraft, put, row};
use crate::app::state::use_desk;
use crate::app::typed::opened::{opened_of, opened_row};
use crate::app::typed::{Wrong, text};
use crate::care::{EarlierWords, gone_on};
use crate::journal::facts::{ProblemSheet, Solution, SolutionStep};
use crate::journal::{Fact, ThingId};
use crate::registry::{CarePlanView, ProblemSheetView};

/// The sheets, open ones first.
#[component]
pub fn Problems(place: Place) -> impl IntoView {
    let sheets = Memo::new(move |_| place.plan.with(|plan| plan.sheets.clone()));
    let add = (place.form.opens(Open::Problem(None)), "New problem");
    let form = move || match place.form.get() {
        Some(Open::Problem(which)) => Some(view! { <SheetForm place which/> }),
        _ => None,
    };
    view! {
        <PlanBox id="sheet-problems" title="Problem solving" add>
            {form}
            {move || {
                let sheets = sheets.get();
                match sheets.is_empty() {
                    true => view! { <p class="hint">"No sheet yet: one problem, small enough to be worked on, at a time."</p> }.into_any(),
                    false => view! { <ul class="plan-items">{sheets.into_iter().map(|view| line(place, view)).collect_view()}</ul> }.into_any(),
                }
            }}
        </PlanBox>
    }
}

fn line(place: Place, view: ProblemSheetView) -> impl IntoView {
    let sheet = view.sheet;
    let (id, about) = (sheet.sheet, sheet.problem.clone());
    let chosen = sheet
        .chosen
        .and_then(|at| sheet.options.get(usize::from(at)))
        .map(|option| option.what.clone());
    let today = place.plan.with_untracked(|plan| plan.today);
    let step = |step: SolutionStep| {
        let is_done = step.done.is_some();
        let has_passed = !is_done && step.dropped.is_none() && step.by.is_some_and(|by| by < today);
        view! {
            <li>
                {has_passed.then(|| view! { <StatusTag kind=StatusKind::Due words="Done?"/>" " })}
                {match (is_done, step.dropped) {
                    (true, _) => "Done",
                    (false, Some(_)) => "Given up",
                    (false, None) => "To do",
                }}": "{step.what}
                {(!step.was.is_empty()).then(|| view! { " "<span class="hint">{format!("(before: {})", step.was.join("; "))}</span> })}
                {match (step.done.or(step.dropped), step.by) {
                    (Some(day), _) => Some(view! { ", "<DayText day/> }.into_any()),
                    (None, Some(day)) => Some(view! { ", by "<DayText day/> }.into_any()),
                    (None, None) => None,
                }}
            </li>
        }
    };
    let steps = sheet.steps.clone();
    view! {
        <li class="plan-item">
            <p class="plan-line">
                <strong>{sheet.problem}</strong>
                " "<span class="hint">
                    {match sheet.finished {
                        Some(day) => view! { "finished "<DayText day/> }.into_any(),
                        None => view! { "of "<DayText day=sheet.day/> }.into_any(),
                    }}
                </span>
            </p>
            {sheet.goal.map(|goal| view! { <p>"Goal: "{goal}</p> })}
            {match chosen {
                Some(chosen) => view! { <p>"Chosen: "{chosen}</p> }.into_any(),
                None => view! { <p class="hint">{format!("{} options, none chosen yet", sheet.options.len())}</p> }.into_any(),
            }}
            {(!steps.is_empty()).then(|| view! { <ul class="steps">{steps.into_iter().map(step).collect_view()}</ul> })}
            {sheet.outcome.map(|outcome| view! { <p>"How it went: "{outcome}</p> })}
            <p class="line-actions"><LineButton words="Go on" about on_press=place.form.opens(Open::Problem(Some(id)))/></p>
        </li>
    }
}

/// An option as it is typed.
#[derive(Clone, Copy)]
struct OptionFields {
    what: RwSignal<String>,
    pros: RwSignal<String>,
    cons: RwSignal<String>,
    /// Its place on the sheet as the form was opened.
    was: Option<usize>,
}

/// A step as it is typed.
#[derive(Clone, Copy)]
struct StepFields {
    what: RwSignal<String>,
    by: RwSignal<String>,
    done: RwSignal<bool>,
    /// Its place on the sheet as the form was opened.
    was: Option<usize>,
}

/// How a draft's rows of options and of steps begin.
const OPTION: &str = "option";
const STEP: &str = "step";

/// A tick in a draft: any text.
fn tick(is_ticked: bool) -> String {
    if is_ticked { "yes".to_owned() } else { String::new() }
}

/// A place in a draft, from 0; empty for none.
fn place_text(place: Option<usize>) -> String {
    place.map(|place| place.to_string()).unwrap_or_default()
}

fn field(text: impl Into<String>) -> RwSignal<String> {
    RwSignal::new(text.into())
}

impl OptionFields {
    fn empty() -> Self {
        Self::new(None, None)
    }
    fn new(was: Option<usize>, option: Option<&Solution>) -> Self {
        let said = |pick: fn(&Solution) -> Option<&String>| field(option.and_then(pick).cloned().unwrap_or_default());
        Self {
            was,
            what: said(|option| Some(&option.what)),
            pros: said(|option| option.pros.as_ref()),
            cons: said(|option| option.cons.as_ref()),
        }
    }
    fn row(self) -> Vec<String> {
        let texts = [self.what, self.pros, self.cons].map(|field| field.get());
        let [what, pros, cons] = texts;
        vec![OPTION.to_owned(), what, pros, cons, place_text(self.was)]
    }
    fn of(row: &[String]) -> Option<Self> {
        let [kind, what, pros, cons, was @ ..] = row else {
            return None;
        };
        (kind == OPTION).then(|| Self {
            was: was.first().and_then(|was| was.parse().ok()),
            what: field(what),
            pros: field(pros),
            cons: field(cons),
        })
    }
    fn read(self) -> Option<Solution> {
        Some(Solution {
            what: text(&self.what.get_untracked())?,
            pros: text(&self.pros.get_untracked()),
            cons: text(&self.cons.get_untracked()),
            was: Vec::new(),
        })
    }
}

impl StepFields {
    fn empty() -> Self {
        Self::new(None, None)
    }
    fn new(was: Option<usize>, step: Option<&SolutionStep>) -> Self {
        let is_done = step.is_some_and(|step| step.done.is_some());
        Self {
            what: field(step.map(|step| step.what.clone()).unwrap_or_default()),
            by: field(
                step.and_then(|step| step.by)
                    .map(|day| day.to_string())
                    .unwrap_or_default(),
            ),
            done: RwSignal::new(is_done),
            was,
        }
    }
    fn row(self) -> Vec<String> {
        let [what, by] = [self.what, self.by].map(|field| field.get());
        vec![STEP.to_owned(), what, by, tick(self.done.get()), place_text(self.was)]
    }
    fn of(row: &[String]) -> Option<Self> {
        let [kind, what, by, done, was @ ..] = row else {
            return None;
        };
        (kind == STEP).then(|| Self {
            what: field(what),
            by: field(by),
            done: RwSignal::new(!done.is_empty()),
            was: was.first().and_then(|was| was.parse().ok()),
        })
    }
}

/// A sheet as it stands now.
fn known_sheet(plan: Signal<Arc<CarePlanView>>, which: Option<ThingId>) -> Option<ProblemSheet> {
    plan.with_untracked(|plan| {
        let known = plan.sheets.iter().find(|view| Some(view.sheet.sheet) == which);
        known.map(|view| view.sheet.clone())
    })
}

#[component]
fn SheetForm(place: Place, which: Option<ThingId>) -> impl IntoView {
    let desk = use_desk();
    let plan = place.plan;
    let before = known_sheet(plan, which);
    let opened = StoredValue::new(before.clone());
    let said =
        |pick: fn(&ProblemSheet) -> Option<&String>| field(before.as_ref().and_then(pick).cloned().unwrap_or_default());
    let problem = said(|sheet| Some(&sheet.problem));
    let goal = said(|sheet| sheet.goal.as_ref());
    let outcome = said(|sheet| sheet.outcome.as_ref());
    let finished = RwSignal::new(before.as_ref().is_some_and(|sheet| sheet.finished.is_some()));
    let chosen = field(
        before
            .as_ref()
            .and_then(|sheet| sheet.chosen)
            .map(|at| at.to_string())
            .unwrap_or_default(),
    );
    let known_options = before
        .iter()
        .flat_map(|sheet| sheet.options.iter().enumerate())
        .map(|(at, option)| OptionFields::new(Some(at), Some(option)));
    let mut options: Vec<OptionFields> = known_options.collect();
    while options.len() < 2 {
        options.push(OptionFields::empty());
    }
    let options = RwSignal::new(options);
    let known_steps = before
        .iter()
        .flat_map(|sheet| sheet.steps.iter().enumerate())
        .map(|(at, step)| StepFields::new(Some(at), Some(step)));
    let mut steps: Vec<StepFields> = known_steps.collect();
    if steps.is_empty() {
        steps.push(StepFields::empty());
    }
    let steps = RwSignal::new(steps);
    let is_new = before.is_none();
    let texts = [problem, goal, outcome, chosen];
    FormDraft::keep(
        format!(
            "problem-sheet/{}/{}",
            place.chart,
            which.map(|id| id.to_string()).unwrap_or_default()
        ),
        move || {
            let sheet = opened.with_value(|sheet| opened_row(sheet.as_ref()));
            let head = [row(&texts), vec![tick(finished.get())], sheet];
            let options = options.get().into_iter().map(OptionFields::row);
            head.into_iter()
                .chain(options)
                .chain(steps.get().into_iter().map(StepFields::row))
                .collect()
        },
        move |rows| {
            put(&texts, rows.first());
            finished.set(
                rows.get(1)
                    .and_then(|row| row.first())
                    .is_some_and(|ticked| !ticked.is_empty()),
            );
            let rows = || rows.iter().skip(2);
            options.set(rows().filter_map(|row| OptionFields::of(row)).collect());
            // One of before this was kept goes on from the sheet as it stands.
            if let Some(sheet) = rows().find_map(|row| opened_of(row)) {
                opened.set_value(Some(sheet));
            }
            steps.set(rows().filter_map(|row| StepFields::of(row)).collect());
        },
    );

    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let problem = reading.text(&problem.get_untracked(), "sheet-problem", "Say what the problem is");
        let typed = options.get_untracked();
        // The place of the chosen one among those that are filled in.
        let filled = typed
            .iter()
            .enumerate()
            .filter_map(|(at, option)| Some((at, option.read()?)));
        let filled: Vec<(usize, Solution)> = filled.collect();
        let before = opened.get_value();
        let option_words = |at: usize| before.as_ref()?.options.get(at).map(|option| option.what.clone());
        let mut earlier = EarlierWords {
            options: filled
                .iter()
                .map(|(at, _)| typed.get(*at)?.was.and_then(option_words))
                .collect(),
            steps: Vec::new(),
        };
        let wanted: Option<usize> = chosen.get_untracked().parse().ok();
        let place = wanted.map(|wanted| {
            filled
                .iter()
                .position(|(at, _)| *at == wanted)
                .ok_or_else(|| Wrong::new("sheet-chosen", "Choose an option that is filled in"))
        });
        let place = place.and_then(|place| reading.take(place));
        let mut all = Vec::new();
        for (at, step) in steps.get_untracked().into_iter().enumerate() {
            let by = reading.maybe_day(&step.by.get_untracked(), &format!("step-by-{at}"), "the day");
            let was = before.as_ref().and_then(|sheet| sheet.steps.get(step.was?));
            if let Some(what) = text(&step.what.get_untracked()) {
                let since = was.and_then(|was| was.done);
                let done = step.done.get_untracked().then(|| since.unwrap_or(today));
                let dropped = was.and_then(|was| was.dropped).filter(|_| done.is_none());
                earlier.steps.push(was.map(|was| was.what.clone()));
                all.push(SolutionStep {
                    what,
                    by,
                    done,
                    dropped,
                    was: was.map(|was| was.was.clone()).unwrap_or_default(),
                });
            }
        }
        let sheet = match which {
            Some(sheet) => sheet,
            None => new_thing()?,
        };
        let typed = problem.map(|problem| ProblemSheet {
            sheet,
            day: today,
            problem,
            goal: text(&goal.get_untracked()),
            options: filled.into_iter().map(|(_, option)| option).collect(),
            chosen: place.and_then(|place| u8::try_from(place).ok()),
            steps: all,
            outcome: text(&outcome.get_untracked()),
            finished: finished
                .get_untracked()
                .then(|| before.as_ref().and_then(|sheet| sheet.finished).unwrap_or(today)),
        });
        let now = known_sheet(plan, Some(sheet));
        let going_on = before.as_ref().zip(now);
        let fact = typed.map(|typed| match going_on {
            Some((before, now)) => gone_on(before, typed, &now, &earlier, today),
            None => typed,
        });
        reading.finish(fact.map(|sheet| vec![Fact::ProblemSheet(sheet)]))
    });
    let choices = Signal::derive(move || {
        let mut choices = vec![(String::new(), "None yet".to_owned())];
        for (at, option) in options.get().into_iter().enumerate() {
            let what = option.what.get();
            if !what.trim().is_empty() {
                choices.push((at.to_string(), what));
            }
        }
        choices
    });
    let option_row = |(at, option): (usize, OptionFields)| {
        let number = at + 1;
        view! {
            <div class="fields sheet-row">
                <TextField id=format!("option-{at}") label=format!("Option {number}") value=option.what/>
                <TextField id=format!("option-pros-{at}") label=format!("For option {number}") value=option.pros/>
                <TextField id=format!("option-cons-{at}") label=format!("Against option {number}") value=option.cons/>
            </div>
        }
    };
    let step_row = |(at, step): (usize, StepFields)| {
        let number = at + 1;
        view! {
            <div class="fields sheet-row">
                <TextField id=format!("step-{at}") label=format!("Step {number}") value=step.what/>
                <DateField id=format!("step-by-{at}") label=format!("Step {number} by") value=step.by/>
                <Check id=format!("step-done-{at}") label=format!("Step {number} is done") value=step.done/>
            </div>
        }
    };
    let title = if is_new {
        "Problem solving"
    } else {
        "Problem solving, going on"
    };
    view! {
        <QuickForm chart=place.chart title deed="Problem solving recorded" save="Save sheet" read on_close=place.form.closes()>
            <TextArea id="sheet-problem" label="The problem" value=problem rows=2 hint="what, where, when; small enough to be worked on"/>
            <TextField id="sheet-goal" label="What should be otherwise" value=goal width=Width::Full/>
            <FormGroup legend="Options">
                {move || options.get().into_iter().enumerate().map(option_row).collect_view()}
                <p><Button kind=ButtonKind::Quiet on_press=move |()| options.update(|all| all.push(OptionFields::empty()))>"Another option"</Button></p>
            </FormGroup>
            <Select id="sheet-chosen" label="Chosen by the patient" options=choices value=chosen/>
            <FormGroup legend="Steps" hint="A planned step that is emptied is kept as given up.">
                {move || steps.get().into_iter().enumerate().map(step_row).collect_view()}
                <p><Button kind=ButtonKind::Quiet on_press=move |()| steps.update(|all| all.push(StepFields::empty()))>"Another step"</Button></p>
            </FormGroup>
            <TextArea id="sheet-outcome" label="How it went" value=outcome rows=2/>
            <Check id="sheet-finished" label="This problem is done with" value=finished/>
        </QuickForm>
    }
}

//! How the episode is measured by one instrument: how often, against which baseline, and whether it is judged by it.

use leptos::prelude::*;

use super::{Place, empty};
use crate::app::components::{Check, Choice, NumberField, Select, TextField};
use crate::app::format::parse_whole;
use crate::app::pages::common::{QuickForm, Reading, Written};
use crate::app::state::{Desk, use_desk};
use crate::app::typed::Wrong;
use crate::journal::facts::{Episode, MeasurePlan};
use crate::journal::{Day, Days, EntryId, EpisodeId, Fact};
use crate::registry::{MeasurePlanView, PatientView, SinceBaseline};

/// Longest interval that a plan may have, in days, as the journal checks it.
const LONGEST: u32 = 182;

/// Whether the instrument is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    Regularly,
    NoMore,
}

const TAKEN: [(Taken, &str); 2] = [
    (Taken::Regularly, "Taken regularly"),
    (Taken::NoMore, "Not taken any more"),
];

#[derive(Clone, Copy)]
struct Fields {
    instrument: RwSignal<String>,
    taken: RwSignal<Option<Taken>>,
    every: RwSignal<String>,
    after: RwSignal<String>,
    judged: RwSignal<bool>,
    baseline: RwSignal<String>,
    reason: RwSignal<String>,
}

impl Fields {
    fn new(instrument: String) -> Self {
        Self {
            instrument: RwSignal::new(instrument),
            taken: RwSignal::new(Some(Taken::Regularly)),
            every: empty(),
            after: empty(),
            judged: RwSignal::new(false),
            baseline: empty(),
            reason: empty(),
        }
    }
    /// What is agreed for an instrument until now.
    fn show(self, plan: &MeasurePlanView) {
        let instrument = self.instrument.get_untracked();
        let line = plan.lines.iter().find(|line| line.instrument == instrument);
        let days = |days: Option<u32>| days.map(|days| days.to_string()).unwrap_or_default();
        self.every.set(days(line.and_then(|line| line.every)));
        self.after.set(days(line.and_then(|line| line.after_response)));
        self.judged.set(plan.judged_by == instrument);
        let stopped = line.is_some_and(|line| line.stopped.is_some());
        self.taken
            .set(Some(if stopped { Taken::NoMore } else { Taken::Regularly }));
        let chosen = line.filter(|line| line.by_rule.is_some() || line.reason.is_some());
        let baseline = chosen.and_then(|line| line.baseline.as_ref());
        self.baseline
            .set(baseline.map(|b| b.entry.to_string()).unwrap_or_default());
        self.reason
            .set(chosen.and_then(|line| line.reason.clone()).unwrap_or_default());
    }
}

#[component]
pub fn MeasurePlanForm(
    place: Place,
    /// The place of the plan's line that is changed; `None` for another instrument.
    line: Option<u8>,
) -> impl IntoView {
    let desk = use_desk();
    let (plan, episode) = place
        .view
        .with_untracked(|view| (view.measure_plan.clone(), view.episode));
    let Some((plan, episode)) = plan.zip(episode) else {
        return view! { <p class="hint">"There is no episode to plan for."</p> }.into_any();
    };
    let known = line.and_then(|line| plan.lines.get(usize::from(line)));
    let fields = Fields::new(known.map_or_else(|| first_unplanned(&plan), |line| line.instrument.clone()));
    let kept = StoredValue::new(plan.clone());
    // What is agreed for one instrument is not agreed for another.
    crate::app::effects::effect(move |_: Option<()>| {
        fields.instrument.track();
        kept.with_value(|plan| fields.show(plan));
    });
    let read = Callback::new(move |()| untrack(|| kept.with_value(|plan| read(fields, plan, episode, desk))));
    let view = place.view;
    let baselines = Signal::derive(move || view.with(|view| baselines(view, &fields.instrument.get())));
    let chosen = move || fields.baseline.with(|chosen| !chosen.is_empty());
    let [active, responded, _] = plan.protocol;
    let every_hint = format!("Empty: {active} until response, by the {}", plan.protocol_name);
    let after_hint = format!("Empty: as before, or {responded} where both are empty");
    let taken = TAKEN.map(|(taken, words)| (taken, words.to_owned())).to_vec();
    let hints = StoredValue::new((every_hint, after_hint));
    view! {
        <QuickForm chart=place.chart title="Measure plan" deed="Measure plan saved" save="Save plan" read on_close=place.close>
            <Select id="plan-instrument" label="Instrument" options=Signal::stored(instruments(&plan, desk)) value=fields.instrument/>
            <Choice id="plan-taken" legend="In this episode it is" options=taken value=fields.taken/>
            <Show when=move || fields.taken.get() == Some(Taken::Regularly)>
                <div class="fields">
                    <NumberField id="plan-every" label="Every" value=fields.every unit="days" hint=hints.with_value(|h| h.0.clone())/>
                    <NumberField id="plan-after" label="After response every" value=fields.after unit="days" hint=hints.with_value(|h| h.1.clone())/>
                </div>
                <Check id="plan-judged" label="The episode is judged by it" value=fields.judged/>
            </Show>
            <Select id="plan-baseline" label="Baseline" options=baselines value=fields.baseline
                hint="Later scores are compared with it. The rule takes the first complete one in the episode."/>
            <Show when=chosen>
                <TextField id="plan-reason" label="Why this one" value=fields.reason/>
            </Show>
        </QuickForm>
    }
    .into_any()
}

/// The first of the usual instruments that the plan doesn't have.
fn first_unplanned(plan: &MeasurePlanView) -> String {
    let planned = |id: &str| plan.lines.iter().any(|line| line.instrument == id);
    let usual = ["phq9", "gad7", "pcl5", "auditc"];
    let free = usual.into_iter().find(|id| !planned(id));
    free.unwrap_or("phq9").to_owned()
}

/// All instruments, those of the plan first.
fn instruments(plan: &MeasurePlanView, desk: Desk) -> Vec<(String, String)> {
    let planned = plan
        .lines
        .iter()
        .map(|line| (line.instrument.clone(), line.title.clone()));
    let mut others: Vec<(String, String)> = untrack(|| desk.offered())
        .into_iter()
        .filter(|definition| plan.lines.iter().all(|line| line.instrument != definition.id.as_str()))
        .map(|definition| (definition.id.as_str().to_owned(), definition.short_title.clone()))
        .collect();
    others.sort_by(|a, b| a.1.cmp(&b.1));
    planned.chain(others).collect()
}

/// What can be the baseline: the rule's choice, then every score that may be compared in the episode.
fn baselines(view: &PatientView, instrument: &str) -> Vec<(String, String)> {
    let line = view
        .measure_plan
        .as_ref()
        .and_then(|plan| plan.lines.iter().find(|l| l.instrument == instrument));
    let by_rule = line.and_then(|line| line.by_rule.as_ref().or(line.baseline.as_ref()));
    let rule = match by_rule {
        Some(rule) => format!("By the rule: {}", rule.words),
        None => "By the rule: the first complete one in the episode".to_owned(),
    };
    let measure = view.measures.iter().find(|measure| measure.instrument == instrument);
    let scores = measure.into_iter().flat_map(|measure| measure.scores.iter().rev());
    let comparable = scores.filter(|point| point.total.is_some() && point.since != SinceBaseline::Nothing);
    let others = comparable.map(|point| {
        let total = point.total.unwrap_or_default();
        let words = format!("{total}, {}", crate::app::format::full_day(point.day));
        (point.entry.to_string(), words)
    });
    [(String::new(), rule)].into_iter().chain(others).collect()
}

fn read(fields: Fields, plan: &MeasurePlanView, episode: EpisodeId, desk: Desk) -> Written {
    let mut reading = Reading::default();
    let instrument = fields.instrument.get();
    let taken = reading.chosen(fields.taken.get(), "plan-taken", "Choose whether it is taken");
    let every = days(&mut reading, "plan-every", &fields.every.get());
    let after = days(&mut reading, "plan-after", &fields.after.get());
    let baseline: Option<EntryId> = fields.baseline.get().parse().ok();
    let reason = match baseline {
        Some(_) => reading.text(&fields.reason.get(), "plan-reason", "Say why this one is the baseline"),
        None => None,
    };
    let today = desk.today().get();
    let line = plan.lines.iter().find(|line| line.instrument == instrument);
    let stopped = (taken == Some(Taken::NoMore)).then(|| line.and_then(|l| l.stopped).unwrap_or(today));
    let mut facts = vec![Fact::MeasurePlan(MeasurePlan {
        episode,
        instrument: instrument.clone(),
        baseline,
        every,
        after_response: after,
        baseline_reason: reason,
        stopped,
    })];
    facts.extend(target(fields, plan, episode, stopped, &instrument));
    reading.finish(Some(facts))
}

/// The episode with the instrument that it is judged by from now on, where that changes.
fn target(
    fields: Fields,
    plan: &MeasurePlanView,
    episode: EpisodeId,
    stopped: Option<Day>,
    instrument: &str,
) -> Option<Fact> {
    let judged = fields.judged.get() && stopped.is_none();
    let was = plan.judged_by == instrument;
    let target = match (judged, was) {
        (true, false) => Some(instrument.to_owned()),
        (false, true) if plan.target.is_some() => None,
        _ => return None,
    };
    Some(Fact::Episode(Episode {
        episode,
        opened: plan.opened,
        target,
    }))
}

/// Days as typed; nothing is nothing.
fn days(reading: &mut Reading, field: &str, typed: &str) -> Option<Days> {
    if typed.trim().is_empty() {
        return None;
    }
    let days = parse_whole(typed, "Days", 1..=LONGEST);
    reading.take(days.map(Days).map_err(|text| Wrong::new(field, text)))
}

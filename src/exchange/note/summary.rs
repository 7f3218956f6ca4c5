//! What a patient takes home: one page in plain words, at about a sixth-grade reading level.

use std::collections::BTreeSet;

use crate::care::{self, Progress, Scale};
use crate::instruments::{definition_of, title_of};
use crate::journal::facts::*;
use crate::journal::{Day, Fact, Slot};

use super::clinical;
use super::letter::written_in;
use super::release::untold;
use super::source::{Source, date};

/// The page: a heading each with its lines. Nothing in it is longer than the patient wrote or agreed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatientSummary {
    /// The name that the patient goes by.
    pub name: String,
    /// Headings with their lines, in reading order; none is empty.
    pub parts: Vec<(&'static str, Vec<String>)>,
    /// Whom to call, with the number where it is known.
    pub call: Vec<String>,
    /// That it is in English, where the patient speaks another language.
    pub language: Option<String>,
}

/// The patient's page as of the moment, without what is held back: others may see the page at home.
pub fn summary(source: &Source<'_>) -> PatientSummary {
    let held = untold(source.folded, &BTreeSet::new());
    let source = &Source { held: &held, ..*source };
    let today = source.at.today;
    let who = &source.sheet.who;
    let parts = [
        ("How you are doing", doing(source, today)),
        ("What we agreed", agreed(source)),
        ("Your goals", goals(source)),
        ("Your medicines", medicines(source, today)),
        ("What we talked about", topics(source)),
        ("Signs to watch for", signs(source)),
        ("Your next visit or call", vec![next(source, today)]),
    ];
    PatientSummary {
        name: who.preferred.clone().unwrap_or_else(|| who.given.clone()),
        parts: parts.into_iter().filter(|(_, lines)| !lines.is_empty()).collect(),
        call: call(source),
        language: written_in(source.folded),
    }
}

/// What an instrument asks about, in everyday words.
fn about(scale: &Scale) -> String {
    match scale {
        Scale::Phq9 => "Low mood".to_owned(),
        Scale::Gad7 => "Worry".to_owned(),
        Scale::Other(id) => title_of(id).into_owned(),
    }
}

fn doing(source: &Source<'_>, today: Day) -> Vec<String> {
    let Some(episode) = source.episode(today) else {
        return Vec::new();
    };
    let mut scales = vec![care::primary(source.sheet, episode, today)];
    scales.extend(
        Scale::NAMED
            .into_iter()
            .filter(|scale| !scales.contains(scale))
            .collect::<Vec<_>>(),
    );
    let line = |scale: &Scale| {
        let (latest, point, first) = match care::progress(source.sheet, episode, scale, today) {
            Progress::NoScore => return None,
            Progress::OneScore(score, point) => (score, point, None),
            Progress::Compared {
                baseline,
                latest,
                point,
            } => (latest, point, Some(baseline)),
        };
        if source.held.contains(&latest.entry) {
            return None;
        }
        // A change would tell the score that it is measured from.
        let first = first.filter(|first| !source.held.contains(&first.score.entry));
        let most = definition_of(scale.id())
            .ok()
            .and_then(|d| d.score_range)
            .map(|(_, most)| most);
        let of = most.map(|most| format!(" out of {most}")).unwrap_or_default();
        let how = band_words(scale, point.total);
        let mut said = format!(
            "{}: your score was {}{of} on {}{how}.",
            about(scale),
            point.total,
            date(point.day)
        );
        if let Some(first) = first {
            said.push_str(&format!(
                " When we began it was {}. {}",
                first.point.total,
                compared(scale, first.point.total, point.total)
            ));
        }
        Some(said)
    };
    scales.iter().filter_map(line).collect()
}

fn band_words(scale: &Scale, total: u16) -> String {
    let band = definition_of(scale.id()).ok().and_then(|d| d.band(i32::from(total)));
    let Some(band) = band else { return String::new() };
    let plain = match band.label.to_lowercase().as_str() {
        "minimal" | "none" | "none-minimal" | "minimal or none" => "few or no signs".to_owned(),
        "mild" => "mild".to_owned(),
        "moderate" => "medium".to_owned(),
        "moderately severe" => "strong".to_owned(),
        "severe" => "very strong".to_owned(),
        other => other.to_owned(),
    };
    format!(" ({plain})")
}

/// Better or not in words that don't promise more than the numbers hold. A higher score is worse for both.
fn compared(scale: &Scale, first: u16, last: u16) -> &'static str {
    let better_is_lower = !matches!(scale, Scale::Other(_));
    match (better_is_lower, last.cmp(&first)) {
        (false, _) => "",
        (true, std::cmp::Ordering::Less) if last < 5 => "That is much better.",
        (true, std::cmp::Ordering::Less) if u32::from(last) * 2 <= u32::from(first) => {
            "It is half or less of that now."
        }
        (true, std::cmp::Ordering::Less) => "It is lower now. Lower is better.",
        (true, std::cmp::Ordering::Equal) => "It is the same now.",
        (true, std::cmp::Ordering::Greater) => "It is higher now. We will look at what to change.",
    }
}

fn agreed(source: &Source<'_>) -> Vec<String> {
    let part = |part| match source.head(&Slot::PlanSection(part)) {
        Some(Fact::PlanSection(section)) if !section.text.trim().is_empty() => Some(section.text.clone()),
        _ => None,
    };
    part(PlanPart::Interventions).into_iter().collect()
}

fn goals(source: &Source<'_>) -> Vec<String> {
    clinical::goals(source)
}

fn medicines(source: &Source<'_>, today: Day) -> Vec<String> {
    let line = |fact: &Fact| match fact {
        Fact::Medication(m) if m.until.is_none_or(|until| today <= until) => Some(care::medicine_words(m)),
        _ => None,
    };
    let mut lines: Vec<String> = source.set().filter_map(|live| line(&live.fact)).collect();
    lines.sort();
    if !lines.is_empty() {
        lines.push("Do not stop a medicine on your own. Call us first.".to_owned());
    }
    lines
}

/// Most topics on the page.
const TOPICS: usize = 8;

/// What was explained to the patient, the latest first, each topic once, with the hand-out that went with it.
fn topics(source: &Source<'_>) -> Vec<String> {
    let mut given: Vec<&Education> = source
        .live()
        .filter_map(|live| match &live.fact {
            Fact::Education(given) if given.to.contains(&With::Patient) => Some(given),
            _ => None,
        })
        .collect();
    given.sort_by_key(|given| std::cmp::Reverse(source.day(given.at)));
    let mut lines: Vec<String> = Vec::new();
    for given in given {
        let handout = given.handout.as_ref();
        let handout = handout.map(|title| format!(". We gave you a page to keep: {title}"));
        let line = format!("{}{}", given.topic, handout.unwrap_or_default());
        if !lines.contains(&line) && lines.len() < TOPICS {
            lines.push(line);
        }
    }
    lines
}

/// The patient's own warning signs: from the safety plan and the relapse-prevention plan.
fn signs(source: &Source<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(Fact::RelapsePlan(plan)) = source.head(&Slot::RelapsePlan) {
        lines.push(plan.warning_signs.clone());
    }
    if let Some(Fact::SafetyPlan(plan)) = source.head(&Slot::SafetyPlan) {
        lines.extend(plan.parts.get(&SafetyPlanPart::WarningSigns).cloned());
    }
    lines.retain(|line| !line.trim().is_empty());
    lines.dedup();
    lines
}

fn next(source: &Source<'_>, today: Day) -> String {
    match clinical::next_contact(source, today) {
        none if none == clinical::NOT_AGREED => "We have not set a day yet. Call us to set one.".to_owned(),
        held if held == clinical::HELD_BACK => "Call us to ask for the day.".to_owned(),
        on => on,
    }
}

fn call(source: &Source<'_>) -> Vec<String> {
    let mut lines =
        vec!["988: call or text, day and night, if you think of harming yourself or need help now".to_owned()];
    lines.push("911: if you or someone else is in danger".to_owned());
    lines.extend(
        source
            .clinic
            .crisis_line
            .as_ref()
            .map(|line| format!("{}: {line}", source.clinic.name)),
    );
    let manager = source
        .sheet
        .care_manager_on(source.at.today)
        .and_then(|id| source.people.get(&id));
    lines.extend(manager.map(|person| match &person.phone {
        Some(phone) => format!("{}, your care manager: {phone}", person.name),
        None => format!("{}, your care manager", person.name),
    }));
    lines
}

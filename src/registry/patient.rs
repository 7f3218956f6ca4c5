//! One patient's page.

use chrono::{DateTime, FixedOffset};

use super::api::Failure;
use super::because::because_words;
use super::books::Books;
use super::queries::{decision_words, status_words};
use super::timeline::{answer_word, intervention_word, part_word, timeline, with_effects};
use super::views::*;
use crate::care::{self, AsOf, Needed};
use crate::flowsheet::{ConcernLine, Flowsheet};
use crate::journal::facts::*;
use crate::journal::{ChartId, Day, EntryId, Fact, Folded, Slot, ThingId, When, Zone};
use crate::store::Store;
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// One patient.
    pub async fn patient(&mut self, id: ChartId, at: DateTime<FixedOffset>) -> Result<PatientView, Failure> {
        self.sheet(id)?;
        let chart = self.read_again(id).await?;
        let folded = chart.fold();
        let sheet = self.sheet(id)?;
        let moment = self.as_of(at);
        let today = moment.today;
        let head = |slot: &Slot| folded.head(slot).map(|l| &l.fact);
        let registration = match head(&Slot::Registration) {
            Some(Fact::Registration(r)) => r.clone(),
            _ => unregistered(),
        };
        let episode = sheet.episode_on(today).map(|e| e.episode);
        let status = episode.and_then(|e| match head(&Slot::Status(e)) {
            Some(Fact::StatusChange(change)) => Some(change.status.clone()),
            _ => None,
        });
        let mut clocks = care::clocks(sheet, &moment);
        clocks.sort_by_key(|c| (!c.fires(), c.kind, std::cmp::Reverse(c.late_days())));
        let (firing, coming): (Vec<_>, Vec<_>) = clocks.iter().partition(|c| c.fires());
        // A telephone number is left out: families share one, and the header would name all of them.
        let somebody = care::Somebody {
            given: sheet.who.given.clone(),
            family: sheet.who.family.clone(),
            preferred: sheet.who.preferred.clone(),
            birth: sheet.who.birth,
            mrn: sheet.who.mrn.clone(),
            phone: None,
        };
        let measures = super::measures::measures(sheet, &folded, &moment);
        let rows = super::measures::with_changes(timeline(&folded, &self.office), &measures);
        let rows = with_effects(rows, |entry| super::medicines::effect_words(sheet, entry, &moment));
        Ok(PatientView {
            chart: id,
            today,
            age: registration.birth.and_then(|b| today.years_since(b)),
            registration_entry: folded.head(&Slot::Registration).map(|l| l.id),
            alike: self.alike_but(&somebody, Some(id), today),
            episode,
            status,
            status_line: self.status_line(sheet, today, &moment),
            clinician: registration.clinician.map(|p| self.office.name(p)),
            care_manager: self.care_manager_words(sheet, today),
            reasons: firing.into_iter().map(|c| self.sourced(sheet, c, &moment)).collect(),
            coming: coming.into_iter().filter_map(coming_words).collect(),
            concerns: self.concerns((sheet, &folded), &moment),
            safety_plan: sheet.safety_plan.map(|(day, _)| day),
            history: super::measures::history(sheet, &folded, &moment),
            measure_plan: super::measure_plan::plan(sheet, &folded, &moment),
            treatments: treatments(&rows, &folded, self.zone()),
            timeline: rows,
            measures,
            diagnoses: diagnoses(&folded, today),
            medicines: super::medicines::lines(&folded, &self.office, today),
            plan: plan(&folded),
            recommendations: self.recommendations(&folded, sheet),
            tasks: tasks(&folded, today),
            consent: consent(sheet, today),
            month: self.month_row(sheet, today.month(), at),
            forks: self.forks(&folded),
            unreadable: sheet.unreadable,
            may: self.may(sheet, &folded, today),
            assessed: super::learned::assessed(sheet, &folded),
            registration,
        })
    }

    /// An item with its rule's source: the patient's page has the room that Today has not.
    fn sourced(&self, sheet: &Flowsheet, clock: &care::Clock, at: &AsOf<'_>) -> TodayItem {
        let mut item = self.clock_item(sheet, clock, at);
        item.rule = format!("{}; {}", item.rule, clock.rule.source());
        item
    }

    fn status_line(&self, sheet: &Flowsheet, today: Day, at: &AsOf<'_>) -> String {
        let status = status_words(sheet.status_on(today));
        let row = care::caseload_row(sheet, at);
        match row.weeks {
            Some(weeks) => format!("{status}, week {weeks}"),
            None => status,
        }
    }

    fn concerns(&self, (sheet, folded): (&Flowsheet, &Folded), at: &AsOf<'_>) -> Vec<ConcernView> {
        let view = |line| self.concern((sheet, folded), line, at);
        let mut views: Vec<ConcernView> = sheet.concerns.iter().map(view).collect();
        views.sort_by_key(|c| (!c.open, std::cmp::Reverse(c.opened.day(at.office.zone))));
        views
    }

    fn concern(&self, (sheet, folded): (&Flowsheet, &Folded), line: &ConcernLine, at: &AsOf<'_>) -> ConcernView {
        let closed = line.closed.map(|(when, by)| {
            format!(
                "closed {} by {}",
                day_words(when.day(at.office.zone)),
                self.office.name(by)
            )
        });
        let state = line.is_open().then(|| care::concern_state(sheet, line, at));
        let found = state.as_ref().and_then(|state| state.found.as_ref());
        let acute = state.as_ref().filter(|state| state.is_acute());
        ConcernView {
            concern: line.concern,
            kind: line.kind,
            level: line.level,
            because: because_words(sheet, line, at.today),
            opened: line.opened,
            answers_since: care::answers_since(line),
            open: line.is_open(),
            closed,
            found: found.map(|found| found.words(at.today)),
            acute: acute.and(found).map(|found| found.worst.day),
            decided: decision_words(line, at).filter(|_| line.is_open()),
            second_step: line.second_step,
            clinician_told: line.clinician_told,
            next_contact: line.next_contact,
            due: state
                .as_ref()
                .map(|state| steps_due(state, at.today))
                .unwrap_or_default(),
            untriaged: line.untriaged,
            stood: care::stood_open(line, at),
            missed: care::missed(sheet, line, at)
                .iter()
                .map(super::alerts::missed_words)
                .collect(),
            watch: care::watch_of(sheet, line, at).map(|watch| watch.until),
            contact_by: at.today.plus(at.protocol.days(care::Number::SafetyContact)),
            watch_if_closed: at.today.plus(at.protocol.days(care::Number::SafetyWatch)),
            typed_in_error: line.is_open()
                && (care::was_typed_in_error(sheet, line) || care::was_asked_in_error(folded, sheet, line)),
        }
    }

    pub(super) fn recommendations(&self, folded: &Folded, sheet: &Flowsheet) -> Vec<RecommendationView> {
        let line = |r: &crate::flowsheet::RecommendationLine| {
            let Fact::Recommendation(fact) = &folded.head(&Slot::Recommendation(r.recommendation))?.fact else {
                return None;
            };
            let state = match (r.answer, r.asked) {
                (Some((day, answer)), _) => {
                    let again = r.again.map(|day| format!("; ask again {}", day_words(day)));
                    format!(
                        "{}, {}{}",
                        answer_word(answer),
                        day_words(day),
                        again.unwrap_or_default()
                    )
                }
                (None, Some(at)) => format!("sent {}, no answer yet", day_words(at.day(self.zone()))),
                (None, None) => "the treating clinician was not asked yet".to_owned(),
            };
            let carried = super::team_first::carried_lines(folded, r.recommendation);
            let is_accepted = matches!(r.answer, Some((_, AnswerKind::Accepted | AnswerKind::Done)));
            Some(RecommendationView {
                recommendation: r.recommendation,
                day: r.day,
                text: fact.text.clone(),
                is_to_write: is_accepted && carried.is_empty(),
                letter: letter_of(folded, r.recommendation).filter(|_| r.waits()),
                state: match carried.is_empty() {
                    true => state,
                    false => format!("{state}; carried out as {}", carried.join("; ")),
                },
            })
        };
        sheet.recommendations.iter().rev().filter_map(line).collect()
    }
}

/// The last letter to the treating clinician that asks about a recommendation, and when it went out.
fn letter_of(folded: &Folded, recommendation: ThingId) -> Option<(EntryId, When)> {
    folded.live().iter().rev().find_map(|live| match &live.fact {
        Fact::Communication(m) if m.to == Audience::Clinician => {
            let asks = m.about == Some(recommendation) || m.also.contains(&recommendation);
            asks.then_some((live.id, m.at))
        }
        _ => None,
    })
}

fn coming_words(clock: &care::Clock) -> Option<String> {
    let on = clock.next_fires()?;
    Some(format!("{}: {}", day_words(on), clock.rule.name()))
}

/// By when each step of an open concern is due.
fn steps_due(state: &care::ConcernState, today: Day) -> StepsDue {
    let by = |day: Day| match today.since(day) {
        1.. => format!("late, was due {}", day_words(day)),
        0 => "due today".to_owned(),
        _ => format!("by {}", day_words(day)),
    };
    let needed = |step: Needed| match step {
        Needed::By(day) => Some(by(day)),
        Needed::Done | Needed::NotNeeded => None,
    };
    StepsDue {
        triage: needed(state.triage),
        second_step: needed(state.second_step),
        clinician: needed(state.clinician),
        // The day agreed is shown as it is; what is said of it is that it has come, or has passed.
        next_contact: (!state.agreed || state.next_contact <= today).then(|| by(state.next_contact)),
    }
}

fn unregistered() -> Registration {
    Registration::named(String::new(), "Not registered here".to_owned())
}

fn set<'a>(folded: &'a Folded) -> impl Iterator<Item = &'a Fact> + 'a {
    folded.slots().filter_map(|slot| folded.head(slot)).map(|l| &l.fact)
}

pub(super) fn diagnoses(folded: &Folded, today: Day) -> Vec<String> {
    let line = |fact: &Fact| match fact {
        Fact::Diagnosis(d) if d.until.is_none_or(|until| until >= today) => {
            let provisional = if d.provisional { ", provisional" } else { "" };
            let label = care::diagnosis::diagnosis_words(&d.code, d.label.as_deref());
            let label = label.map(|l| format!(" {l}")).unwrap_or_default();
            Some(format!("{}{label}{provisional}, since {}", d.code, day_words(d.from)))
        }
        _ => None,
    };
    let mut lines: Vec<String> = set(folded).filter_map(line).collect();
    lines.sort();
    lines
}

pub(super) fn medicines(folded: &Folded, today: Day) -> Vec<String> {
    let line = |fact: &Fact| match fact {
        Fact::Medication(m) if m.until.is_none_or(|until| until >= today) => {
            let since = match m.from {
                Some(from) => format!(" since {} ({} wk)", day_words(from), today.since(from).max(0) / 7),
                None => ", start not known".to_owned(),
            };
            Some(format!("{}{since}", care::medicine_words(m)))
        }
        _ => None,
    };
    let mut lines: Vec<String> = set(folded).filter_map(line).collect();
    lines.sort();
    lines
}

/// Treatment changes as they stand, with the effect seen.
fn treatments(rows: &[TimelineRow], folded: &Folded, zone: Zone) -> Vec<String> {
    let is_current = |row: &&TimelineRow| match &row.fact {
        Fact::TreatmentChange(change) => change.change.is_none_or(|id| {
            let head = folded.head(&Slot::TreatmentChange(id));
            head.is_some_and(|head| head.id == row.entry)
        }),
        _ => false,
    };
    rows.iter()
        .filter(is_current)
        .map(|r| format!("{} {}", day_words(r.at.day(zone)), r.line))
        .collect()
}

fn plan(folded: &Folded) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = set(folded)
        .filter_map(|fact| match fact {
            Fact::PlanSection(p) => Some((part_word(p.part).to_owned(), p.text.clone())),
            Fact::Goal(g) if g.state == GoalState::Open => {
                let by = g.by.map(|d| format!(" (by {})", day_words(d))).unwrap_or_default();
                Some(("goal".to_owned(), format!("{}{by}", g.text)))
            }
            Fact::Barrier(b) if b.overcome.is_none() => Some(("barrier".to_owned(), b.text.clone())),
            Fact::PlannedIntervention(p) if p.until.is_none() => {
                let often = p
                    .how_often
                    .as_ref()
                    .map(|often| format!(", {often}"))
                    .unwrap_or_default();
                Some((
                    "intervention".to_owned(),
                    format!("{}{often}", intervention_word(p.kind)),
                ))
            }
            _ => None,
        })
        .collect();
    parts.sort();
    parts
}

fn tasks(folded: &Folded, today: Day) -> Vec<TaskView> {
    let open = set(folded).filter_map(|fact| match fact {
        Fact::Task(t) if t.done.is_none() && t.dropped.is_none() => Some(TaskView {
            task: t.task,
            text: t.text.clone(),
            due: t.due,
            late: t.due < today,
        }),
        _ => None,
    });
    let mut tasks: Vec<TaskView> = open.collect();
    tasks.sort_by_key(|t| (t.due, t.task));
    tasks
}

fn consent(sheet: &Flowsheet, today: Day) -> String {
    let until_now = || {
        let all = sheet.gates.consents.iter();
        all.filter(|(day, p, _)| *p == Programme::Cocm && *day <= today)
    };
    let of_programme = until_now().next_back();
    let was_given = until_now().any(|(.., how)| how.is_some());
    match of_programme {
        None => "not recorded".to_owned(),
        Some((day, _, Some(ConsentHow::Verbal))) => format!("given {}, verbal", day_words(*day)),
        Some((day, _, Some(ConsentHow::Written))) => format!("given {}, written", day_words(*day)),
        Some((_, _, Some(ConsentHow::OnFile))) => "on file; its date is to be checked".to_owned(),
        Some((day, _, None)) if was_given => {
            format!("withdrawn {}: minutes from then on don\u{2019}t count", day_words(*day))
        }
        Some((day, _, None)) => format!("refused {}", day_words(*day)),
    }
}

//! Relapse prevention and closing of one patient.

use chrono::{DateTime, FixedOffset};

use super::api::Failure;
use super::books::Books;
use super::timeline::closing::kept_words;
use super::timeline::{close_word, mode_word, title};
use super::views::*;
use super::{together, whom};
use crate::care::{self, AsOf, Number, OutcomeThen, Target};
use crate::exchange::letter::{Letterhead, OutcomeLine};
use crate::flowsheet::{Flowsheet, StatusLine};
use crate::journal::facts::*;
use crate::journal::{ChartId, Day, Fact, Folded, Live, Slot, ThingId, When};
use crate::store::Store;
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// Relapse prevention and closing of one patient.
    pub async fn closing(&mut self, id: ChartId, at: DateTime<FixedOffset>) -> Result<ClosingView, Failure> {
        self.sheet(id)?;
        let folded = self.read_again(id).await?.fold();
        let sheet = self.sheet(id)?;
        let moment = self.as_of(at);
        let today = moment.today;
        let episode = sheet.episode_on(today);
        let status = episode.and_then(|e| e.status_on(today));
        let plans = self.plans(&folded);
        let (known, known_from) = self.known(sheet, &folded, today);
        let mut tasks = together::tasks(&folded, &self.office, sheet, today);
        tasks.retain(|row| row.open);
        Ok(ClosingView {
            today,
            episode: episode.map(|e| e.episode),
            opened: episode.map(|e| e.opened),
            stage: stage(episode.is_some(), status),
            since: episode.and_then(|e| e.status_since(today)),
            readiness: Target::ALL
                .iter()
                .filter_map(|t| readiness(sheet, &moment, *t))
                .collect(),
            known,
            plans,
            intervals: intervals(sheet, &folded, &moment),
            relapsed: care::relapsed(sheet, &moment).iter().map(|r| r.words(today)).collect(),
            loose: care::loose_ends(sheet, self.zone())
                .into_iter()
                .map(|end| loose(&folded, end))
                .collect(),
            at_risk: care::needs_agreement(sheet, CloseReason::Unreachable).map(|risk| risk.words()),
            outcomes: episode
                .map(|e| care::outcomes_on(sheet, e, today))
                .unwrap_or_default()
                .iter()
                .map(outcome)
                .collect(),
            ended: episode.and_then(|e| self.ended(&folded, e.episode)),
            watched: watched(sheet, &moment),
            head: self.letterhead(sheet),
            medicines: medicines(told(&folded), today),
            held: super::closing_letters::held_lines(&folded),
            goals_doubted: care::goals_doubted(sheet, &moment, open_goals(&folded)),
            tasks,
            people: together::people(&self.office),
            known_from,
            left_out: crate::exchange::note::left_out(&folded, today),
        })
    }

    /// From whom letters are, and about whom.
    fn letterhead(&self, sheet: &Flowsheet) -> Letterhead {
        let who = &sheet.who;
        let given = who.preferred.clone().unwrap_or_else(|| who.given.clone());
        let patient = [who.given.as_str(), who.family.as_str()].join(" ").trim().to_owned();
        Letterhead {
            clinic: self.office.clinic.name.clone(),
            crisis_line: self.office.clinic.crisis_line.clone(),
            from: self.office.name(self.me),
            clinician: who.clinician.map(|person| self.office.name(person)),
            goes_by: if given.is_empty() { patient.clone() } else { given },
            patient,
            birth: who.birth,
            mrn: who.mrn.clone(),
        }
    }

    fn plans(&self, folded: &Folded) -> Vec<RelapsePlanView> {
        let mut found: Vec<(&Live, &RelapsePlan)> = folded
            .live()
            .iter()
            .filter_map(|live| match &live.fact {
                Fact::RelapsePlan(plan) => Some((live, plan)),
                _ => None,
            })
            .collect();
        found.sort_by_key(|(live, _)| std::cmp::Reverse(live.stamp));
        let view = |(live, plan): (&Live, &RelapsePlan)| RelapsePlanView {
            entry: live.id,
            plan: plan.clone(),
            by: self.office.name(live.author),
        };
        found.into_iter().map(view).collect()
    }

    /// What is known of each part, and where from: medicines, the safety plan, booked appointments here and elsewhere,
    /// the care team, the clinic's number. What is held back is for a person to type, for the plan isn't held back with
    /// it.
    fn known(&self, sheet: &Flowsheet, folded: &Folded, today: Day) -> (RelapsePlan, Vec<String>) {
        let safety = match folded.head(&Slot::SafetyPlan).map(|l| &l.fact) {
            Some(Fact::SafetyPlan(plan)) => Some(plan),
            _ => None,
        };
        let part = |part: SafetyPlanPart| safety.and_then(|plan| plan.parts.get(&part).cloned());
        let lines = |parts: Vec<Option<String>>| parts.into_iter().flatten().collect::<Vec<_>>().join("\n");
        let clinic = &self.office.clinic;
        let line = clinic
            .crisis_line
            .as_ref()
            .map(|line| format!("{}: {line}", clinic.name));
        let called = lines(vec![
            part(SafetyPlanPart::PeopleToAsk),
            part(SafetyPlanPart::Professionals),
        ]);
        // Whom the safety plan names already isn't named twice.
        let mut team = whom::professionals(sheet, folded, &self.office, today);
        let manager = whom::care_manager(sheet, &self.office, today);
        let is_other = |manager: &whom::Named| {
            team.iter()
                .all(|named| care::fold(&named.name) != care::fold(&manager.name))
        };
        let manager = manager.filter(is_other);
        team.extend(manager);
        team.retain(|named| !named.is_in(&called));
        let from_team = whom::sources(&team, None);
        let team: Vec<Option<String>> = team.iter().map(|named| Some(named.line())).collect();
        let plan = RelapsePlan {
            day: today,
            medications: medicines(told(folded), today).join("\n"),
            helps: lines(vec![
                part(SafetyPlanPart::OnMyOwn),
                part(SafetyPlanPart::PeopleAndPlaces),
            ]),
            warning_signs: lines(vec![part(SafetyPlanPart::WarningSigns)]),
            stress: String::new(),
            whom_to_call: {
                let first = (!called.is_empty()).then(|| called.clone());
                let last = [line, Some("In a crisis: 988, call or text; 911".to_owned())];
                lines(std::iter::once(first).chain(team.clone()).chain(last).collect())
            },
            appointments: self.ahead(folded, today).join("\n"),
        };
        let who = [
            (!called.is_empty()).then_some("the safety plan"),
            Some(from_team.as_str()).filter(|from| !from.is_empty()),
            Some("the crisis lines"),
        ];
        let who: Vec<&str> = who.into_iter().flatten().collect();
        let source = |part: care::RelapsePart| match part {
            care::RelapsePart::Medications => "the list of medicines".to_owned(),
            care::RelapsePart::Helps | care::RelapsePart::WarningSigns => "the safety plan".to_owned(),
            care::RelapsePart::Stress => String::new(),
            care::RelapsePart::WhomToCall => who.join(", "),
            care::RelapsePart::Appointments => "booked appointments, here and elsewhere".to_owned(),
        };
        let is_known = |part: &care::RelapsePart| !part.text(&plan).is_empty();
        let from = care::RelapsePart::ALL
            .into_iter()
            .map(|part| Some(part).filter(is_known).map(source).unwrap_or_default());
        let from = from.collect();
        (plan, from)
    }

    /// Appointments that lie ahead, by time: with us, and where a referral leads. With whom isn't in the record.
    fn ahead(&self, folded: &Folded, today: Day) -> Vec<String> {
        let zone = self.zone();
        let booked = told(folded).filter_map(|fact| match fact {
            Fact::Appointment(a) if a.state == AppointmentState::Booked => Some((a.at, appointment(a, zone))),
            Fact::OutgoingReferral(r) if r.state == ReferralState::Booked => {
                let at = r.at?;
                Some((at, format!("{}, {}: {}", at_words(at, zone), r.to, r.what)))
            }
            _ => None,
        });
        let mut booked: Vec<(When, String)> = booked.filter(|(at, _)| today <= at.day(zone)).collect();
        booked.sort_by_key(|(at, _)| at.instant(zone));
        booked.into_iter().map(|(_, words)| words).collect()
    }

    fn ended(&self, folded: &Folded, episode: crate::journal::EpisodeId) -> Option<EndedView> {
        let live = folded.head(&Slot::Status(episode))?;
        let Fact::StatusChange(change) = &live.fact else {
            return None;
        };
        let Status::Closed { reason, note, closure } = &change.status else {
            return None;
        };
        let closure = closure.as_deref().cloned().unwrap_or_default();
        let outcomes = care::outcomes_then(folded, &closure, self.zone());
        let agreed = |a: &Agreement| format!("{} agreed {}: {}", a.who, day_words(a.day), a.how);
        Some(EndedView {
            entry: live.id,
            last: change.from,
            reason: *reason,
            words: close_word(*reason).to_owned(),
            note: note.clone(),
            agreed: closure.agreement.as_ref().map(agreed),
            goes_on: closure.goes_on,
            followed_by: closure.followed_by,
            outcomes: outcomes.iter().map(outcome).collect(),
            tasks: closure.tasks.iter().map(|kept| kept_words(kept, folded)).collect(),
            by: self.office.name(live.author),
        })
    }
}

fn stage(has_episode: bool, status: Option<StatusLine>) -> ClosingStage {
    match status {
        None if has_episode => ClosingStage::Before,
        None => ClosingStage::NoEpisode,
        Some(StatusLine::Referred | StatusLine::Outreach) => ClosingStage::Before,
        Some(StatusLine::Enrolled | StatusLine::Active) => ClosingStage::Treatment,
        Some(StatusLine::RelapsePrevention) => ClosingStage::Prevention,
        Some(StatusLine::OnHold { .. }) => ClosingStage::OnHold,
        Some(StatusLine::Closed(_)) => ClosingStage::Closed,
    }
}

fn open_goals(folded: &Folded) -> usize {
    let heads = folded.slots().filter_map(|slot| folded.head(slot));
    let is_open = |live: &&Live| matches!(&live.fact, Fact::Goal(goal) if goal.state == GoalState::Open);
    heads.filter(is_open).count()
}

fn readiness(sheet: &Flowsheet, at: &AsOf<'_>, target: Target) -> Option<ReadinessView> {
    let found = care::readiness(sheet, at, target)?;
    let lines = found.lines.iter().map(|line| ReadyLineView {
        met: line.met,
        words: line.words.clone(),
        source: line.test.source().to_owned(),
    });
    Some(ReadinessView {
        name: target.name().to_owned(),
        source: target.source().to_owned(),
        ready: found.is_ready(),
        lines: lines.collect(),
    })
}

fn intervals(sheet: &Flowsheet, folded: &Folded, at: &AsOf<'_>) -> PhaseIntervals {
    let episode = sheet.episode_on(at.today);
    let scale = episode.map_or(care::Scale::Phq9, |e| care::primary(sheet, e, at.today));
    let slot = episode.map(|e| Slot::MeasurePlan(e.episode, scale.id().to_owned()));
    let plan = slot.and_then(|slot| match &folded.head(&slot)?.fact {
        Fact::MeasurePlan(plan) => Some(plan.clone()),
        _ => None,
    });
    PhaseIntervals {
        contact: at.protocol.get(Number::ContactRelapsePrevention),
        own_contact: episode.and_then(|e| e.contact_every).map(|days| days.0),
        next_contact: episode.and_then(|e| e.next_contact).filter(|day| at.today <= *day),
        measure: at.protocol.get(Number::MeasureRelapsePrevention),
        plan,
        instrument: scale.id().to_owned(),
        title: title(scale.id()),
    }
}

fn loose(folded: &Folded, end: care::LooseEnd) -> LooseView {
    let head = |slot: &Slot| folded.head(slot).map(|l| &l.fact);
    let text = match end.what {
        care::Loose::Concern(_) => None,
        care::Loose::Recommendation => match head(&Slot::Recommendation(end.about)) {
            Some(Fact::Recommendation(r)) => Some(r.text.clone()),
            _ => None,
        },
        care::Loose::Referral(_) => match head(&Slot::OutgoingReferral(end.about)) {
            Some(Fact::OutgoingReferral(r)) => Some(format!("{}: {}", r.to, r.what)),
            _ => None,
        },
    };
    LooseView {
        about: end.about,
        what: end.what.thing(),
        words: format!("{} of {}", end.what.words(), day_words(end.day)),
        text,
        handed: end.handed.map(|day| (handed_to(folded, end.about), day)),
    }
}

/// To whom something was handed last.
fn handed_to(folded: &Folded, about: ThingId) -> String {
    let of_it = folded.live().iter().filter_map(|l| match &l.fact {
        Fact::HandedOver(handed) if handed.about == about => Some((l.stamp, handed.to.clone())),
        _ => None,
    });
    of_it.max().map(|(_, to)| to).unwrap_or_default()
}

/// What scores came to, with the definitions' names.
fn outcome(kept: &OutcomeThen) -> OutcomeLine {
    let names = |held: bool| -> Vec<String> {
        let of = kept.holds.iter().filter(|(_, holds)| **holds == held);
        of.map(|(name, _)| name.name().to_owned()).collect()
    };
    OutcomeLine {
        title: title(&kept.instrument),
        first: (kept.baseline, kept.baseline_day),
        last: (kept.latest, kept.latest_day),
        holds: names(true),
        fails: names(false),
    }
}

/// What stays watched after the episode is closed: open concerns, watches, and that a referral opens care again.
fn watched(sheet: &Flowsheet, at: &AsOf<'_>) -> Vec<String> {
    let mut lines: Vec<String> = sheet
        .open_concerns()
        .map(|c| {
            let what = care::concern_words(c.kind);
            format!("The safety concern about {what} stays open, and on Today, until a named person closes it")
        })
        .collect();
    if let Some(watch) = care::watched(sheet, at) {
        let (what, until) = (care::concern_words(watch.kind), day_words(watch.until));
        lines.push(format!("The closed concern about {what} is watched until {until}"));
    }
    lines
}

/// What stands and isn't held back: what a form is filled in with goes out with what the form writes.
fn told(folded: &Folded) -> impl Iterator<Item = &Fact> {
    let held = care::privacy::held_back(folded);
    let heads = folded.slots().filter_map(|slot| folded.head(slot));
    heads
        .filter(move |live| !held.contains_key(&live.id))
        .map(|live| &live.fact)
}

/// Medicines as they stand, a line each: name, dose, how often, and until when where that is known.
fn medicines<'a>(told: impl Iterator<Item = &'a Fact>, today: Day) -> Vec<String> {
    let line = |fact: &Fact| match fact {
        Fact::Medication(m) if m.until.is_none_or(|until| today <= until) => {
            let until = m
                .until
                .map(|day| format!(", until {}", day_words(day)))
                .unwrap_or_default();
            Some(format!("{}{until}", care::medicine_words(m)))
        }
        _ => None,
    };
    let mut lines: Vec<String> = told.filter_map(line).collect();
    lines.sort();
    lines
}

fn at_words(at: When, zone: crate::journal::Zone) -> String {
    match at {
        When::At(at) => format!("{} {}", day_words(zone.day(at)), zone.local(at).format("%H:%M")),
        When::Day(day) => day_words(day),
    }
}

fn appointment(a: &Appointment, zone: crate::journal::Zone) -> String {
    let at = at_words(a.at, zone);
    let what = a.purpose.as_ref().map(|p| format!(", {p}")).unwrap_or_default();
    format!("{at}, {}{what}", mode_word(a.mode))
}

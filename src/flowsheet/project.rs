//! From a folded chart to its flowsheet.

use super::lines::*;
use super::reading::{acuity, waits_since};
use super::treatments::treatment;
use super::{after, coverage, documented};
use crate::instruments::{Context, MissingPolicy, SafetyAnswer, positive_safety_answer, score_assessment};
use crate::journal::facts::*;
use crate::journal::{Chart, ChartId, Day, EntryId, EpisodeId, Fact, Folded, Live, Slot, Stamp, When, Zone};

/// The flowsheet of a chart in the clinic's zone; incomplete forms have no score.
pub fn project(id: ChartId, chart: &Chart, folded: &Folded, zone: Zone) -> Flowsheet {
    project_with(id, chart, folded, zone, MissingPolicy::CompleteOnly)
}

/// The same, with incomplete forms scored as the clinic chose.
pub fn project_with(id: ChartId, chart: &Chart, folded: &Folded, zone: Zone, missing: MissingPolicy) -> Flowsheet {
    let mut sheet = project_folded(id, folded, zone, missing);
    sheet.entries = u32::try_from(chart.len()).unwrap_or(u32::MAX);
    sheet.digest = chart.digest();
    sheet.written = chart.entries().map(|e| e.stamp()).max();
    sheet.erasure_waits = chart.erasure_waits();
    sheet
}

/// The same of a state alone: without the number, the digest and the latest stamp of its entries.
pub fn project_folded(id: ChartId, folded: &Folded, zone: Zone, missing: MissingPolicy) -> Flowsheet {
    let mut sheet = Flowsheet::empty(id);
    sheet.erased = folded.is_erased();
    let (sound, unreadable): (Vec<&Live>, Vec<&Live>) = folded.live().iter().partition(|l| is_sound(&l.fact));
    sheet.unreadable = u32::try_from(unreadable.len()).unwrap_or(u32::MAX);

    let projection = Projection {
        folded,
        sound,
        zone,
        missing,
    };
    sheet.who = projection.who();
    sheet.episodes = projection.episodes();
    sheet.care_managers = projection.care_managers();
    projection.what_happened(&mut sheet);
    projection.what_is_set(&mut sheet);
    sheet.concerns = projection.concerns();
    sheet.recommendations = projection.recommendations();
    sheet.messages = projection.messages();
    sheet.gates = projection.gates();
    sheet.handed_over = after::handed_over(&projection.sound, zone);
    sheet.closings = after::closings(&projection.sound);
    sheet.concern_written = after::concern_written(&projection.sound);
    sheet.concern_raised = after::concern_raised(&projection.sound);
    sheet.forks = folded.forks().map(|(slot, heads)| fork(slot, &heads)).collect();
    sheet.ehr = super::ehr::pending(folded, zone);
    in_clinical_order(&mut sheet, zone);
    let (asked, skipped) = super::wishes::open(&projection.sound, &sheet, zone);
    (sheet.review_requests, sheet.review_skipped) = (asked, skipped);
    sheet.authors = after::authors(folded);
    sheet.supervision = after::open_points(&projection.sound);
    // Entries on which a mark is set stay out of tables that leave.
    sheet.held = folded.marks().into_keys().collect();
    sheet
}

fn is_sound(fact: &Fact) -> bool {
    !matches!(fact, Fact::Unknown) && fact.problems().is_empty()
}

fn fork(slot: &Slot, heads: &[&Live]) -> ForkLine {
    ForkLine {
        what: ForkKind::of(slot),
        heads: heads.iter().map(|l| l.id).collect(),
    }
}

pub(super) struct Projection<'a> {
    pub(super) folded: &'a Folded,
    pub(super) sound: Vec<&'a Live>,
    pub(super) zone: Zone,
    pub(super) missing: MissingPolicy,
}

impl Projection<'_> {
    fn who(&self) -> Who {
        let Some(Fact::Registration(r)) = self.folded.head(&Slot::Registration).map(|l| &l.fact) else {
            return Who::default();
        };
        Who {
            given: r.given.clone(),
            family: r.family.clone(),
            preferred: r.preferred.clone(),
            birth: r.birth,
            sex: r.sex,
            pronouns: r.pronouns.clone(),
            mrn: r.mrn.clone(),
            phone: r.phones.first().cloned(),
            prefers: r.prefers,
            hours: r.hours.clone(),
            clinician: r.clinician,
        }
    }

    fn episodes(&self) -> Vec<EpisodeLine> {
        let ids: Vec<EpisodeId> = self.folded.slots().filter_map(episode_of).collect();
        let mut episodes: Vec<EpisodeLine> = Vec::new();
        for id in ids {
            if episodes.iter().all(|e| e.episode != id)
                && let Some(line) = self.episode(id)
            {
                episodes.push(line);
            }
        }
        // Of two that opened on one day the one that was written first comes first.
        episodes.sort_by_cached_key(|e| (e.opened, self.first_written(e.episode), e.episode));
        episodes
    }

    fn first_written(&self, id: EpisodeId) -> Option<Stamp> {
        let of_it = |live: &&Live| live.fact.slot().as_ref().and_then(episode_of) == Some(id);
        self.folded.live().iter().filter(of_it).map(|live| live.stamp).min()
    }

    fn episode(&self, id: EpisodeId) -> Option<EpisodeLine> {
        let mut line = EpisodeLine {
            episode: id,
            opened: Day::new(1900, 1, 1)?,
            referred: None,
            target: None,
            statuses: Vec::new(),
            next_contact: None,
            contact_every: None,
            measures: Vec::new(),
            feedback: None,
        };
        if let Some(Fact::Referral(r)) = self.fact(&Slot::Referral(id)) {
            line.referred = Some(r.at);
            line.feedback = self.feedback(r);
        }
        if let Some(Fact::ContactPlan(p)) = self.fact(&Slot::ContactPlan(id)) {
            (line.next_contact, line.contact_every) = (p.next, p.every);
        }
        line.statuses = self.statuses(id);
        let named = match self.fact(&Slot::Episode(id)) {
            Some(Fact::Episode(e)) => {
                line.target.clone_from(&e.target);
                Some(e.opened)
            }
            _ => None,
        };
        let referred = line.referred.map(|at| at.day(self.zone));
        let first_status = line.statuses.first().map(|(day, _)| *day);
        line.opened = [named, referred, first_status].into_iter().flatten().min()?;
        for slot in self.folded.slots() {
            if let Slot::MeasurePlan(episode, instrument) = slot
                && *episode == id
                && let Some(Fact::MeasurePlan(p)) = self.fact(slot)
            {
                line.measures.push(MeasurePlanLine {
                    instrument: instrument.clone(),
                    baseline: p.baseline,
                    every: p.every,
                    after_response: p.after_response,
                    stopped: p.stopped,
                });
            }
        }
        Some(line)
    }

    /// Spans of status: what was written later holds from its day on, whatever day was written before.
    /// Of a forked status, the one that keeps the patient on the worklist holds until the fork is settled.
    fn statuses(&self, id: EpisodeId) -> Vec<(Day, StatusLine)> {
        let heads: Vec<EntryId> = self.folded.heads(&Slot::Status(id)).iter().map(|l| l.id).collect();
        let mut changes: Vec<(bool, u8, &StatusChange)> = Vec::new();
        for live in &self.sound {
            if let Fact::StatusChange(change) = &live.fact
                && change.episode == id
            {
                changes.push((heads.contains(&live.id), keeps_on_list(&change.status), change));
            }
        }
        // A stable sort: past statuses stay in the order in which they were written, before the current ones.
        // Of two pauses the one that is looked at sooner keeps the patient on the list.
        let review = |change: &StatusChange| match change.status {
            Status::OnHold { review } => Some(std::cmp::Reverse(review)),
            _ => None,
        };
        changes.sort_by_key(|(is_head, keeps, change)| {
            let current = is_head.then(|| (*keeps, review(change)));
            (*is_head, current)
        });
        spans(
            changes
                .into_iter()
                .map(|(_, _, change)| (change.from, status_line(&change.status))),
        )
    }

    fn care_managers(&self) -> Vec<(Day, Option<crate::journal::PersonId>)> {
        spans(self.sound.iter().filter_map(|l| match &l.fact {
            Fact::Assignment(a) => Some((a.from, a.care_manager)),
            _ => None,
        }))
    }

    pub(super) fn fact(&self, slot: &Slot) -> Option<&Fact> {
        self.folded.head(slot).map(|l| &l.fact).filter(|f| is_sound(f))
    }

    fn what_happened(&self, sheet: &mut Flowsheet) {
        let context = self.context(&sheet.who);
        for live in &self.sound {
            let (entry, stamp) = (live.id, live.stamp);
            match &live.fact {
                Fact::Contact(c) => sheet.contacts.push(ContactLine {
                    entry,
                    at: c.at,
                    day: c.at.day(self.zone),
                    mode: c.mode,
                    kind: c.kind,
                    with_patient: c.with.contains(&With::Patient),
                    stamp,
                }),
                Fact::Attempt(a) => sheet.attempts.push(AttemptLine {
                    entry,
                    at: a.at,
                    day: a.at.day(self.zone),
                    by: a.by,
                    outcome: a.outcome,
                    next: a.next,
                }),
                Fact::Assessment(a) => sheet.scores.push(score_line(live, a, &context, self.zone)),
                Fact::Declined(d) => sheet.declined.push((d.at.day(self.zone), d.instrument.clone())),
                // One that is set again counts as it stands: below.
                Fact::TreatmentChange(t) if t.change.is_none() => sheet.treatments.extend(treatment(live, t)),
                Fact::CaseReview(r) => {
                    sheet.reviews.push(ReviewLine {
                        entry,
                        at: r.at,
                        day: r.at.day(self.zone),
                    });
                }
                Fact::AcuteEvent(e) => sheet.acute.push((e.at, e.kind)),
                Fact::MedicationCheck(m) => {
                    let worst = m.side_effects.iter().map(|e| e.severity).max();
                    sheet
                        .side_effects
                        .extend(worst.map(|severity| (m.at.day(self.zone), severity)));
                }
                Fact::Snooze(s) => sheet.snoozes.push(SnoozeLine {
                    entry,
                    reason: s.reason.clone(),
                    clock: s.clock,
                    until: s.until,
                    stamp,
                    day: written_on(stamp, self.zone),
                }),
                Fact::Coverage(c) => coverage::sent(c, sheet),
                Fact::Time(t) => sheet.times.push(TimeLine {
                    entry,
                    start: t.start,
                    day: t.start.day(self.zone),
                    seconds: t.seconds,
                    activity: t.activity,
                    bucket: t.bucket,
                    by: t.by,
                    clocked: t.clocked,
                    mode: documented::mode(t, self.folded),
                    lacks: documented::lacks(t, self.folded),
                    own: t.own.as_ref().map(|own| own.name.clone()),
                }),
                _ => {}
            }
        }
        coverage::came_back(self, sheet);
    }

    fn context(&self, who: &Who) -> Context {
        let context = Context::new().with_missing(self.missing);
        match who.sex {
            Some(Sex::Female) => context.with("sex", "female"),
            Some(Sex::Male) => context.with("sex", "male"),
            Some(Sex::Other) | None => context,
        }
    }

    fn what_is_set(&self, sheet: &mut Flowsheet) {
        for slot in self.folded.slots() {
            match self.fact(slot) {
                Some(Fact::Appointment(a)) => sheet.appointments.push(AppointmentLine {
                    appointment: a.appointment,
                    at: a.at,
                    day: a.at.day(self.zone),
                    mode: a.mode,
                    state: a.state,
                }),
                Some(Fact::Medication(m)) => sheet.medicines.push((m.medication, m.from, m.until)),
                Some(Fact::Task(t)) => sheet.tasks.push(TaskLine {
                    task: t.task,
                    due: t.due,
                    owner: t.owner,
                    done: t.done.or(t.dropped),
                }),
                Some(Fact::OutgoingReferral(r)) => {
                    sheet
                        .referrals_out
                        .push((r.referral, r.state, waits_since(r, self.zone)));
                }
                Some(Fact::SafetyPlan(p)) => sheet.safety_plan = Some((p.day, p.review)),
                Some(Fact::RelapsePlan(p)) => sheet.relapse_plan = Some(p.day),
                Some(Fact::SamePerson(s)) if s.same => sheet.same_person.push(s.other),
                Some(Fact::PlanReview(r)) => sheet.plan_review = Some((r.day, r.next)),
                Some(Fact::TreatmentChange(t)) => {
                    let head = self.folded.head(slot);
                    sheet.treatments.extend(head.and_then(|live| treatment(live, t)));
                }
                _ => {}
            }
        }
    }

    fn recommendations(&self) -> Vec<RecommendationLine> {
        let mut lines = Vec::new();
        for slot in self.folded.slots() {
            let Some(Fact::Recommendation(r)) = self.fact(slot) else {
                continue;
            };
            let mut asked = self.sound.iter().filter_map(|l| match &l.fact {
                Fact::Communication(m) if m.to == Audience::Clinician => {
                    let asks = m.about == Some(r.recommendation) || m.also.contains(&r.recommendation);
                    asks.then_some(m.at)
                }
                _ => None,
            });
            let (answer, again) = match self.fact(&Slot::Answer(r.recommendation)) {
                Some(Fact::Answer(a)) => (Some((a.day, a.answer)), a.again),
                _ => (None, None),
            };
            let recommendation = r.recommendation;
            lines.push(RecommendationLine {
                recommendation,
                day: r.day,
                asked: asked.next_back(),
                answer,
                again,
                kind: r.kind,
                urgency: r.urgency,
            });
        }
        lines.sort_by_key(|l| (l.day, l.recommendation));
        lines
    }

    fn gates(&self) -> Gates {
        let mut gates = Gates::default();
        for live in &self.sound {
            match &live.fact {
                Fact::Consent(c) => {
                    // What is written later holds from its day on; but a later day's no stays a no, when only the
                    // day of an earlier yes was still missing.
                    gates.consents.retain(|(day, programme, how)| {
                        *programme != c.programme || *day < c.day || (c.day < *day && how.is_none())
                    });
                    let given = match &c.answer {
                        ConsentAnswer::Given { how, .. } => Some(*how),
                        ConsentAnswer::Refused | ConsentAnswer::Withdrawn => None,
                    };
                    gates.consents.push((c.day, c.programme, given));
                    let others = |(day, programme, _): &(Day, Programme, _)| *programme != c.programme || *day < c.day;
                    gates.unexplained.retain(others);
                    gates.unexplained.extend(documented::unexplained(c));
                }
                Fact::InitiatingVisit(v) => gates.initiating_visits.push(v.day),
                Fact::Payer(p) => {
                    gates.payers.retain(|(day, _, _)| *day < p.from);
                    gates.payers.push((p.from, p.name.clone(), p.profile.clone()));
                }
                Fact::Claim(c) => gates.claims.push(documented::claim(live.id, c)),
                _ => {}
            }
        }
        for slot in self.folded.slots() {
            if let Some(Fact::Diagnosis(d)) = self.fact(slot) {
                gates.diagnoses.push((d.code.clone(), d.from, d.until));
            }
        }
        gates.consents.sort_by_key(|(day, programme, _)| (*day, *programme));
        gates.diagnoses.sort();
        gates.initiating_visits.sort();
        gates.claims.sort_by_key(|claim| claim.day);
        gates
    }
}

fn episode_of(slot: &Slot) -> Option<EpisodeId> {
    match slot {
        Slot::Referral(id) | Slot::Episode(id) | Slot::Status(id) => Some(*id),
        _ => None,
    }
}

/// Values that hold from a day on: what comes later in the list holds from its day on.
fn spans<T>(changes: impl Iterator<Item = (Day, T)>) -> Vec<(Day, T)> {
    let mut spans: Vec<(Day, T)> = Vec::new();
    for (from, value) in changes {
        spans.retain(|(day, _)| *day < from);
        spans.push((from, value));
    }
    spans
}

/// How firmly a status keeps the patient on the worklist.
fn keeps_on_list(status: &Status) -> u8 {
    match status {
        Status::Closed { .. } => 0,
        Status::OnHold { .. } => 1,
        Status::RelapsePrevention => 2,
        Status::Referred | Status::Outreach => 3,
        Status::Enrolled => 4,
        Status::Active => 5,
    }
}

fn status_line(status: &Status) -> StatusLine {
    match status {
        Status::Referred => StatusLine::Referred,
        Status::Outreach => StatusLine::Outreach,
        Status::Enrolled => StatusLine::Enrolled,
        Status::Active => StatusLine::Active,
        Status::RelapsePrevention => StatusLine::RelapsePrevention,
        Status::OnHold { review } => StatusLine::OnHold { review: *review },
        Status::Closed { reason, .. } => StatusLine::Closed(*reason),
    }
}

fn score_line(live: &Live, a: &Assessment, context: &Context, zone: Zone) -> ScoreLine {
    let mut line = ScoreLine {
        entry: live.id,
        instrument: a.instrument.clone(),
        at: a.at,
        day: a.at.day(zone),
        total: None,
        missing: 0,
        total_only: matches!(a.answers, Answered::Total { .. }),
        safety: SafetyItem::NotKnown,
        acuity: None,
        stamp: live.stamp,
    };
    match score_assessment(a, context) {
        Ok(scored) => {
            line.total = scored.total.and_then(|t| u16::try_from(t.points()).ok());
            line.missing = u8::try_from(scored.missing.len()).unwrap_or(u8::MAX);
            line.acuity = acuity(&scored);
            line.safety = match (scored.safety_answer(), scored.concern) {
                (SafetyAnswer::Positive(_), Some(about)) => SafetyItem::Line { about, reached: true },
                (SafetyAnswer::Negative, Some(about)) => SafetyItem::Line { about, reached: false },
                (SafetyAnswer::Positive(value), None) => SafetyItem::Answered(u8::try_from(value).unwrap_or(u8::MAX)),
                (SafetyAnswer::Negative, None) => SafetyItem::Answered(0),
                (SafetyAnswer::NotAnswered, _) => SafetyItem::NotKnown,
                (SafetyAnswer::NotAsked, _) => SafetyItem::None,
            };
        }
        // An assessment that can't be scored keeps its place in the record. A positive safety answer in it is read
        // all the same; otherwise its safety item stays "not known".
        Err(_) => {
            if let Some(value) = positive_safety_answer(a) {
                line.safety = SafetyItem::Answered(value);
            }
        }
    }
    line
}

/// The clinic's day on which an entry was written.
pub(super) fn written_on(stamp: Stamp, zone: Zone) -> Day {
    let millis = i64::try_from(stamp.millis()).unwrap_or(i64::MAX);
    let at = zone.from_millis(millis).unwrap_or_default();
    zone.day(at)
}

/// Lists by day, then by time, then by stamp: the latest is by clinical date, not by entry order.
fn in_clinical_order(sheet: &mut Flowsheet, zone: Zone) {
    let at = |when: &When| when.instant(zone);
    sheet.scores.sort_by_key(|s| (s.day, at(&s.at), s.stamp));
    sheet.contacts.sort_by_key(|c| (c.day, at(&c.at), c.stamp));
    sheet.attempts.sort_by_key(|a| (a.day, at(&a.at), a.entry));
    sheet.appointments.sort_by_key(|a| (a.day, at(&a.at), a.appointment));
    sheet.treatments.sort_by_key(|t| (t.day, t.entry));
    sheet.reviews.sort_by_key(|r| (r.day, at(&r.at), r.entry));
    sheet.times.sort_by_key(|t| (t.day, at(&t.start), t.entry));
    sheet.concerns.sort_by_key(|c| (c.day, at(&c.opened), c.concern));
    sheet.tasks.sort_by_key(|t| (t.due, t.task));
    sheet
        .side_effects
        .sort_by_key(|(day, severity)| (*day, std::cmp::Reverse(*severity)));
    sheet.acute.sort_by_key(|(when, kind)| (at(when), *kind));
    sheet.declined.sort();
    sheet.referrals_out.sort_by_key(|(referral, _, day)| (*day, *referral));
    sheet.medicines.sort();
}

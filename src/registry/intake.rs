//! Who a patient is, how they came, who looks after them, who pays, and the episodes: one page's worth.

use chrono::{DateTime, FixedOffset};

use super::api::Failure;
use super::books::Books;
use super::queries::status_words;
use super::timeline::{assessment_line, close_word, intake::referral_line};
use super::views::*;
use crate::billing::{GAP_SOURCE, Gate, GateKind, GateState, Key, service_gap, service_month};
use crate::care::episodes::{EpisodeStep, check_episode};
use crate::care::outreach::{LetterParts, Outreach, Rung, letter, outreach_of};
use crate::care::{self, AsOf, Number, Rule};
use crate::flowsheet::{EpisodeLine, Flowsheet, StatusLine};
use crate::instruments::title_of;
use crate::journal::facts::*;
use crate::journal::{ChartId, Day, Fact, Folded, Month, Slot, When};
use crate::store::Store;
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// One patient's intake.
    pub async fn intake(&mut self, id: ChartId, at: DateTime<FixedOffset>) -> Result<IntakeView, Failure> {
        self.sheet(id)?;
        let chart = self.read_again(id).await?;
        let folded = chart.fold();
        let sheet = self.sheet(id)?;
        let moment = self.as_of(at);
        let today = moment.today;
        let registration = match folded.head(&Slot::Registration).map(|l| &l.fact) {
            Some(Fact::Registration(r)) => r.clone(),
            _ => Registration::named(String::new(), String::new()),
        };
        let episode = sheet.episode_on(today);
        let referral = episode.and_then(|e| referral_of(&folded, e));
        let outreach = outreach_of(sheet, &moment);
        let attempts_since = outreach.as_ref().map(|o| o.since);
        let clinician = registration.clinician.map(|p| self.office.name(p));
        let status = sheet.status_on(today);
        let mut team: Vec<CareTeamMember> = set(&folded, |fact| match fact {
            Fact::CareTeamMember(m) => Some(m.clone()),
            _ => None,
        });
        team.sort_by(|a, b| (a.until.is_some(), a.role, &a.name).cmp(&(b.until.is_some(), b.role, &b.name)));
        let mut diagnoses: Vec<Diagnosis> = set(&folded, |fact| match fact {
            Fact::Diagnosis(d) => Some(d.clone()),
            _ => None,
        });
        diagnoses.sort_by_key(|d| (d.until.is_some_and(|until| until < today), d.from, d.code.clone()));
        Ok(IntakeView {
            chart: id,
            today,
            clinician: clinician.clone(),
            care_manager: sheet.care_manager_on(today),
            care_managers: sheet
                .care_managers
                .iter()
                .rev()
                .map(|(from, person)| (*from, person.map(|p| self.office.name(p))))
                .collect(),
            coverage: sheet
                .coverage
                .iter()
                .rev()
                .map(|c| (self.office.name(c.by), c.from, c.until))
                .collect(),
            episode: episode.map(|e| e.episode),
            status_line: status_words(status),
            referred_by: referral
                .as_ref()
                .and_then(|r| r.by.map(|p| self.office.name(p)).or_else(|| r.from.clone())),
            came_with: referral.as_ref().map(|r| came_with(&folded, r)).unwrap_or_default(),
            referral,
            clock: contact_clock(sheet, &moment),
            attempts: attempts(sheet, &moment, attempts_since),
            letter: self.letter_to(&registration, clinician.as_deref(), !sheet.attempts.is_empty(), &moment),
            outreach: outreach.map(|o| outreach_view(&o, &moment)),
            visits: self.visits(&folded),
            needs: self.needs(sheet, today),
            enrolled: episode.and_then(EpisodeLine::enrolled).filter(|day| *day <= today),
            to_enrol: matches!(status, Some(StatusLine::Referred | StatusLine::Outreach)),
            payers: payers(&folded),
            clinic_profile: self.office.profiles.clinic().name().to_owned(),
            team,
            diagnoses,
            episodes: self.episode_rows(sheet, &folded, today),
            not_now: check_episode(sheet, EpisodeStep::Open(today), today)
                .err()
                .map(|problem| problem.to_string()),
            gap: (self.gap_words(sheet, today), GAP_SOURCE.to_owned()),
            registration,
        })
    }

    fn visits(&self, folded: &Folded) -> Vec<(InitiatingVisit, Option<String>)> {
        let named = |v: &InitiatingVisit| (v.clone(), v.practitioner.map(|p| self.office.name(p)));
        let mut visits: Vec<_> = folded
            .live()
            .iter()
            .filter_map(|live| match &live.fact {
                Fact::InitiatingVisit(v) => Some(named(v)),
                _ => None,
            })
            .collect();
        visits.sort_by_key(|(v, _)| std::cmp::Reverse(v.day));
        visits
    }

    /// The gates of today's month that concern intake.
    fn needs(&self, sheet: &Flowsheet, today: Day) -> Vec<NeedRow> {
        let profile = self.office.profiles.of(sheet, today);
        let month = service_month(sheet, today.month(), profile, &self.office.team, self.zone(), today);
        let ours = [
            GateKind::Consent,
            GateKind::InitiatingVisit,
            GateKind::Diagnosis,
            GateKind::Practitioner,
        ];
        let gates = month.gates.iter().filter(|gate| ours.contains(&gate.kind));
        // Before any time is counted the service begins today at the earliest: a visit up to today is in time.
        let earliest = today.plus(-i64::from(profile.number(Key::VisitWithinDays)));
        let visits = &sheet.gates.initiating_visits;
        let in_time = visits.iter().rfind(|day| earliest <= **day && **day <= today);
        let begins = service_gap(sheet, profile, &self.office.team, self.zone(), today).is_none();
        let row = |gate: &Gate| match in_time.filter(|_| begins && gate.kind == GateKind::InitiatingVisit) {
            Some(day) => NeedRow {
                what: gate.kind.words().to_owned(),
                is_there: true,
                why: format!("Initiating visit on {}; no care is counted yet.", day_words(*day)),
            },
            None => NeedRow {
                what: gate.kind.words().to_owned(),
                is_there: gate.state == GateState::Met,
                why: gate.why(),
            },
        };
        gates.map(row).collect()
    }

    fn letter_to(&self, r: &Registration, clinician: Option<&str>, tried: bool, at: &AsOf<'_>) -> String {
        let me = self.office.people.get(&self.me);
        let given = r.preferred.as_deref().unwrap_or(&r.given);
        let patient = format!("{given} {}", r.family);
        let author = self.office.name(self.me);
        letter(&LetterParts {
            patient: patient.trim(),
            clinician,
            author: &author,
            phone: me.and_then(|p| p.phone.as_deref()),
            clinic: &self.office.clinic.name,
            tried,
            by: at.today.plus(at.protocol.days(Number::OutreachClose)),
        })
    }

    fn episode_rows(&self, sheet: &Flowsheet, folded: &Folded, today: Day) -> Vec<EpisodeRow> {
        let rows = (1_u32..).zip(&sheet.episodes).map(|(number, e)| {
            let closed = e.closed();
            let until = closed.map_or(today, |day| day.min(today));
            let referral = referral_of(folded, e);
            let told = referral.map(|r| {
                let why = r.reason.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
                format!("{}{why}", referral_line(&r, &self.office))
            });
            let reason = match e.statuses.last() {
                Some((_, StatusLine::Closed(reason))) => close_word(*reason),
                _ => "",
            };
            let weeks = e.enrolled().filter(|day| *day <= until).map(|day| until.since(day) / 7);
            EpisodeRow {
                episode: e.episode,
                number,
                opened: e.opened,
                closed: closed.map(|day| (day, reason.to_owned())),
                status: status_words(e.status_on(today)),
                referral: told.unwrap_or_default(),
                scores: scores(sheet, e, until),
                weeks: weeks.and_then(|weeks| u32::try_from(weeks).ok()),
            }
        });
        let mut rows: Vec<EpisodeRow> = rows.collect();
        rows.reverse();
        rows
    }

    /// The rule of the empty months for this patient, with its dates.
    fn gap_words(&self, sheet: &Flowsheet, today: Day) -> String {
        let profile = self.office.profiles.of(sheet, today);
        let gap = service_gap(sheet, profile, &self.office.team, self.zone(), today);
        let Some(gap) = gap else {
            return "No collaborative care was counted yet: the first month with counted time is an initial month."
                .to_owned();
        };
        let (last, from) = (month_words(gap.last), month_words(gap.anew_from));
        let months = gap.empty_months;
        let empty = std::iter::successors(Some(today.month().previous()), |month| Some(month.previous()));
        let passed = empty.take_while(|month| gap.last < *month).count();
        match gap.anew_from <= today.month() {
            true => format!(
                "The last counted time was in {last}. {passed} full months have passed without any: the next month with \
                 counted time is an initial month again."
            ),
            false => format!(
                "The last counted time was in {last}. A new initial month needs {months} full months without any, so {from} \
                 at the earliest. Until then a new episode goes on with later months; closing and opening an episode \
                 doesn\u{2019}t change that."
            ),
        }
    }
}

fn month_words(month: Month) -> String {
    month.first().date().format("%B %Y").to_string()
}

fn set<T>(folded: &Folded, pick: impl Fn(&Fact) -> Option<T>) -> Vec<T> {
    folded
        .slots()
        .filter_map(|slot| folded.head(slot))
        .filter_map(|l| pick(&l.fact))
        .collect()
}

fn referral_of(folded: &Folded, episode: &EpisodeLine) -> Option<Referral> {
    match folded.head(&Slot::Referral(episode.episode)).map(|l| &l.fact) {
        Some(Fact::Referral(r)) => Some(r.clone()),
        _ => None,
    }
}

/// The scores that a referral names, as they stand now; one that was entered in error since is left out.
fn came_with(folded: &Folded, referral: &Referral) -> Vec<String> {
    let lines = folded.live().iter().filter(|live| referral.scores.contains(&live.id));
    lines
        .filter_map(|live| match &live.fact {
            Fact::Assessment(a) => Some(assessment_line(a)),
            _ => None,
        })
        .collect()
}

fn contact_clock(sheet: &Flowsheet, at: &AsOf<'_>) -> Option<ClockWords> {
    let clocks = care::clocks(sheet, at);
    let clock = clocks
        .iter()
        .find(|c| matches!(c.rule, Rule::FirstContact | Rule::Contact))?;
    Some(ClockWords {
        says: clock.sentence(),
        clears: clock.clears_sentence(),
        rule: format!(
            "{}, {}; {}",
            clock.rule.name(),
            at.protocol.label(),
            clock.rule.source()
        ),
        fires: clock.fires(),
    })
}

fn attempts(sheet: &Flowsheet, at: &AsOf<'_>, since: Option<Day>) -> Vec<AttemptRow> {
    let Some(since) = since else { return Vec::new() };
    let lines = sheet
        .attempts
        .iter()
        .rev()
        .filter(|a| since <= a.day && a.day <= at.today);
    lines
        .map(|a| AttemptRow {
            entry: a.entry,
            day: a.day,
            time: match a.at {
                When::At(instant) => Some(at.office.zone.local(instant).format("%H:%M").to_string()),
                When::Day(_) => None,
            },
            by: a.by,
            outcome: a.outcome,
        })
        .collect()
}

/// The whole ladder: what was climbed, what is next, what would come after.
fn outreach_view(outreach: &Outreach, at: &AsOf<'_>) -> OutreachView {
    let again = match outreach.next {
        next @ Rung::CallAgain(_) => next,
        _ => Rung::CallAgain(None),
    };
    let ladder = [
        Rung::Call,
        again,
        Rung::Message,
        Rung::Letter,
        Rung::AskClinician,
        Rung::Close,
    ];
    let same = |a: Rung, b: Rung| a == b || matches!((a, b), (Rung::CallAgain(_), Rung::CallAgain(_)));
    let rungs = ladder.map(|rung| RungRow {
        words: rung.words(),
        done: outreach
            .done
            .iter()
            .find(|(done, _)| same(*done, rung))
            .map(|(_, day)| *day),
        due: same(outreach.next, rung).then_some(outreach.on),
    });
    let numbers = [
        Number::OutreachEvery,
        Number::OutreachMessage,
        Number::OutreachTries,
        Number::OutreachAsk,
        Number::OutreachClose,
    ];
    let numbers = numbers.map(|number| {
        let info = number.info();
        (
            format!("{}: {}", info.label, at.protocol.get(number)),
            info.source.to_owned(),
        )
    });
    OutreachView {
        rungs: rungs.to_vec(),
        numbers: numbers.to_vec(),
        letter_sent: outreach.done.iter().any(|(rung, _)| *rung == Rung::Letter),
        may_close: outreach.next == Rung::Close,
    }
}

/// Payers by their first day, the latest first; of two of one day the one that was written later.
fn payers(folded: &Folded) -> Vec<Payer> {
    let mut payers: Vec<Payer> = Vec::new();
    for live in folded.live() {
        if let Fact::Payer(payer) = &live.fact {
            payers.retain(|other| other.from < payer.from);
            payers.push(payer.clone());
        }
    }
    payers.reverse();
    payers
}

/// First and last score of what the episode is judged by, up to its last day.
fn scores(sheet: &Flowsheet, episode: &EpisodeLine, until: Day) -> String {
    let scale = care::primary(sheet, episode, until);
    let title = title_of(scale.id()).into_owned();
    let first = care::baseline(sheet, episode, &scale, until).map(|b| b.point);
    let last = care::latest(sheet, Some(episode), &scale, until).map(|(_, point)| point);
    match (first, last) {
        (Some(first), Some(last)) if first != last => format!("{title} {} to {}", first.total, last.total),
        (Some(only), _) | (None, Some(only)) => format!("{title} {}, one score only", only.total),
        (None, None) => format!("no {title} in it"),
    }
}

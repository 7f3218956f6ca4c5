//! Tasks and referrals out of one patient, with what became of them.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};

use super::api::Failure;
use super::books::Books;
use super::office::Office;
use super::timeline::learned::scope_words;
use super::timeline::referral_step;
use super::views::*;
use crate::care::coordination::{BARRIER_KINDS, is_under_way, word_of};
use crate::care::{self, Reason, directory, fold};
use crate::flowsheet::Flowsheet;
use crate::journal::facts::{OutgoingReferral, Release, Role, Task};
use crate::journal::{ChartId, Day, Fact, Folded, Live, PersonId, Slot, ThingId};
use crate::store::Store;
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// Tasks and referrals out of one patient.
    pub async fn together(&mut self, id: ChartId, at: DateTime<FixedOffset>) -> Result<TogetherView, Failure> {
        self.sheet(id)?;
        let chart = self.read_again(id).await?;
        let folded = chart.fold();
        let moment = self.as_of(at);
        let sheet = self.sheet(id)?;
        let clocks = care::clocks(sheet, &moment);
        let waits = |referral: ThingId| {
            let of_it =
                |reason: &Reason| matches!(reason, Reason::Referral { referral: which, .. } if *which == referral);
            let clock = clocks.iter().find(|clock| of_it(&clock.reason))?;
            Some((clock.sentence(), clock.late_days() > 0))
        };
        Ok(TogetherView {
            today: moment.today,
            tasks: tasks(&folded, &self.office, sheet, moment.today),
            referrals: referrals(&folded, &self.office, moment.today, waits),
            people: people(&self.office),
            resources: directory::offered(&self.resources()).cloned().collect(),
        })
    }
}

/// People who can be given a task: all who have not left.
pub(super) fn people(office: &Office) -> Vec<(PersonId, String)> {
    let here = office
        .people
        .values()
        .filter(|person| !person.left && person.same_as.is_none() && person.role != Role::Import);
    let mut people: Vec<(PersonId, String)> = here.map(|person| (person.person, person.name.clone())).collect();
    people.sort_by_key(|(_, name)| fold(name));
    people
}

pub(super) fn tasks(folded: &Folded, office: &Office, sheet: &Flowsheet, today: Day) -> Vec<TaskRow> {
    let heads = folded.slots().filter(|slot| matches!(slot, Slot::Task(_)));
    let settled = settled_barriers(folded);
    let rows = heads.filter_map(|slot| {
        let live = folded.head(slot)?;
        let Fact::Task(task) = &live.fact else { return None };
        Some(task_row(task, live, &settled, office, (sheet, today)))
    });
    let mut rows: Vec<TaskRow> = rows.collect();
    let ended = |row: &TaskRow| row.task.done.or(row.task.dropped).unwrap_or(row.task.due);
    rows.sort_by_key(|row| {
        // Open ones by due day, then the others from the latest on.
        let open = row.open.then_some(row.task.due);
        (
            !row.open,
            open,
            std::cmp::Reverse((!row.open).then(|| ended(row))),
            row.task.task,
        )
    });
    rows
}

/// Tasks and referrals out that were made from a barrier which is settled since, each with that barrier in words.
fn settled_barriers(folded: &Folded) -> BTreeMap<ThingId, String> {
    let steps = folded.live().iter().filter_map(|live| match &live.fact {
        Fact::PlanStep(step) => Some((step.begun?, step.about)),
        _ => None,
    });
    let settled = steps.filter_map(|(begun, about)| match &folded.head(&Slot::Barrier(about))?.fact {
        Fact::Barrier(barrier) => {
            let kind = word_of(BARRIER_KINDS, barrier.kind);
            Some((begun, format!("{kind}, settled {}", day_words(barrier.overcome?))))
        }
        _ => None,
    });
    settled.collect()
}

fn task_row(
    task: &Task,
    live: &Live,
    settled: &BTreeMap<ThingId, String>,
    office: &Office,
    (sheet, today): (&Flowsheet, Day),
) -> TaskRow {
    let open = task.done.is_none() && task.dropped.is_none();
    let owner = task.owner.or_else(|| sheet.care_manager_on(today));
    let by = office.name(live.author);
    let ended = match (task.done, task.dropped) {
        (Some(day), _) => Some(format!("done {} by {by}", day_words(day))),
        (None, Some(day)) => Some(match &task.handed {
            Some(to) => format!("handed to {to} {} by {by}", day_words(day)),
            None => format!("dropped {} by {by}", day_words(day)),
        }),
        (None, None) => None,
    };
    TaskRow {
        owner: owner.map_or_else(|| "nobody yet".to_owned(), |person| office.name(person)),
        open,
        late: open && task.due < today,
        ended,
        settled: settled.get(&task.task).cloned(),
        task: task.clone(),
    }
}

fn referrals(
    folded: &Folded,
    office: &Office,
    today: Day,
    waits: impl Fn(ThingId) -> Option<(String, bool)>,
) -> Vec<ReferralRow> {
    let heads = folded.slots().filter_map(|slot| match &folded.head(slot)?.fact {
        Fact::OutgoingReferral(referral) => Some(referral),
        _ => None,
    });
    let settled = settled_barriers(folded);
    let row = |referral: &OutgoingReferral| {
        let clock = waits(referral.referral);
        ReferralRow {
            steps: steps(folded, office, referral.referral),
            late: clock.as_ref().is_some_and(|(_, late)| *late),
            waits: clock.map(|(words, _)| words),
            release: release_to(folded, &referral.to, today),
            settled: settled.get(&referral.referral).cloned(),
            referral: referral.clone(),
        }
    };
    let mut rows: Vec<ReferralRow> = heads.map(row).collect();
    rows.sort_by_key(|row| {
        let under_way = is_under_way(row.referral.state);
        let day = row.referral.day;
        let waiting = under_way.then_some(day);
        (!under_way, waiting, std::cmp::Reverse(day), row.referral.referral)
    });
    rows
}

/// The steps of one referral, in the order in which they were written down: each that stands beside the one before.
fn steps(folded: &Folded, office: &Office, referral: ThingId) -> Vec<ReferralStep> {
    let of_it = folded.live().iter().filter_map(|live| match &live.fact {
        Fact::OutgoingReferral(step) if step.referral == referral => Some((live, step)),
        _ => None,
    });
    let mut steps: Vec<(&Live, &OutgoingReferral)> = of_it.collect();
    steps.sort_by_key(|(live, step)| (step.day, live.stamp));
    let zone = office.clinic.zone;
    let step = |(live, step): (&Live, &OutgoingReferral)| ReferralStep {
        day: step.day,
        words: referral_step(step, zone),
        note: step.note.clone(),
        by: office.name(live.author),
    };
    steps.into_iter().map(step).collect()
}

/// The release to a recipient that holds on a day: whose name it is, whatever its capitals and marks.
fn release_to(folded: &Folded, to: &str, today: Day) -> Option<String> {
    let holds = |release: &&Release| {
        let until = release.until.is_none_or(|until| today <= until);
        let revoked = release.revoked.is_some_and(|revoked| revoked <= today);
        release.from <= today && until && !revoked && fold(&release.to) == fold(to)
    };
    let releases = folded.slots().filter_map(|slot| match &folded.head(slot)?.fact {
        Fact::Release(release) => Some(release),
        _ => None,
    });
    let release = releases.filter(holds).last()?;
    let until = release
        .until
        .map_or_else(|| "no end".to_owned(), |until| format!("until {}", day_words(until)));
    Some(format!("{} ({until})", scope_words(release)))
}

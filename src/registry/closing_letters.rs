//! Letters about the end of an episode, without what is held back.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};

use super::api::Failure;
use super::books::Books;
use super::notes::{may_be_told, plain_text};
use super::timeline::{assessment_line, title};
use super::views::*;
use crate::exchange::letter::{Ending, LatestScore, OutcomeLine, closing_to_clinician, closing_to_patient};
use crate::exchange::note::{
    Letter, held_back, held_words, may_tell_held, part2_notice, told_concerns, untold, written_in,
};
use crate::instruments::{Context, score_assessment};
use crate::journal::facts::Assessment;
use crate::journal::{ChartId, Day, EntryId, Fact, Folded, Live, Slot, ThingId, Zone};
use crate::store::Store;
use crate::vault::Aead;

impl<S: Store, A: Aead> Books<S, A> {
    /// A draft; empty before the episode ended, and to a patient who died. What is held back and not confirmed is not
    /// told, and the clinician's letter says how much that is.
    pub(super) async fn ending_text(
        &mut self,
        id: ChartId,
        to: EndingLetter,
        confirmed: &[EntryId],
        at: DateTime<FixedOffset>,
    ) -> Result<TextView, Failure> {
        let view = self.closing(id, at).await?;
        let folded = self.read_again(id).await?.fold();
        let clinician = self.clinician_of(&folded, self.sheet(id)?, "");
        let letter = match to {
            EndingLetter::Clinician => Letter::Clinician,
            EndingLetter::Patient => Letter::Patient,
        };
        let today = self.zone().day(at);
        let may = |entry| may_tell_held(&folded, letter, None, &clinician, entry, today);
        let (confirmed, refused) = may_be_told(confirmed, may);
        let untold = untold(&folded, &confirmed);
        let sheet = self.sheet(id)?;
        let source = self.source(&folded, sheet, self.as_of(at), &untold);
        let last = view.ended.as_ref().map_or(today, |ended| ended.last);
        let safety = match to {
            EndingLetter::Clinician => told_concerns(&source, last),
            EndingLetter::Patient => Vec::new(),
        };
        let mut text = draft(&view, (&folded, &untold), &safety, self.zone(), to).unwrap_or_default();
        if !text.is_empty() {
            let held = held_words(&folded, &untold).filter(|_| to == EndingLetter::Clinician);
            let notice = part2_notice(&folded, &untold).map(str::to_owned);
            let language = written_in(&folded).filter(|_| to == EndingLetter::Patient);
            for line in language.into_iter().chain(held).chain(notice) {
                text.push_str(&format!("\n\n{line}"));
            }
        }
        Ok(TextView {
            refused,
            ..plain_text(text)
        })
    }
}

/// What is held back of a chart, for a person to confirm what a letter may tell.
pub(super) fn held_lines(folded: &Folded) -> Vec<(EntryId, String)> {
    let held = held_back(folded).into_iter();
    held.map(|held| (held.entry, held.words)).collect()
}

fn draft(
    view: &ClosingView,
    (folded, untold): (&Folded, &BTreeSet<EntryId>),
    safety: &[String],
    zone: Zone,
    to: EndingLetter,
) -> Option<String> {
    let ended = view.ended.as_ref()?;
    let plan = view.plans.first().filter(|version| !untold.contains(&version.entry));
    let said = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
    let signs = plan.and_then(|version| said(&version.plan.warning_signs));
    let call = plan.and_then(|version| said(&version.plan.whom_to_call));
    let scores = untold_scores(folded, untold, zone);
    let outcomes: Vec<OutcomeLine> = ended
        .outcomes
        .iter()
        .filter(|line| {
            let is_told = |day: Day| !scores.contains(&(line.title.clone(), day));
            is_told(line.first.1) && is_told(line.last.1)
        })
        .cloned()
        .collect();
    let latest = latest(view, folded, untold, zone);
    let handed: Vec<(String, String)> = view
        .loose
        .iter()
        .filter(|end| !is_untold(folded, untold, end.about))
        .filter_map(|end| Some((end.words.clone(), end.handed.clone()?.0)))
        .collect();
    let ending = Ending {
        opened: view.opened?,
        last: ended.last,
        today: view.today,
        reason: ended.reason,
        note: ended.note.as_deref(),
        outcomes: &outcomes,
        latest: &latest,
        safety,
        goes_on: ended.goes_on.as_deref(),
        followed_by: ended.followed_by.as_deref(),
        handed: &handed,
        warning_signs: signs.as_deref(),
        whom_to_call: call.as_deref(),
    };
    match to {
        EndingLetter::Clinician => Some(closing_to_clinician(&view.head, &ending)),
        EndingLetter::Patient => closing_to_patient(&view.head, &ending),
    }
}

/// The latest of each instrument that is told: of those taken in the episode and those sent along with its referral. A
/// form that has no score stands back behind one that has.
fn latest(view: &ClosingView, folded: &Folded, untold: &BTreeSet<EntryId>, zone: Zone) -> Vec<LatestScore> {
    let last = view.ended.as_ref().map_or(view.today, |ended| ended.last);
    let in_episode = |day: Day| view.opened.is_some_and(|opened| opened <= day) && day <= last;
    let sent_along: BTreeSet<EntryId> = folded
        .live()
        .iter()
        .filter_map(|live| match &live.fact {
            Fact::Referral(referral) if Some(referral.episode) == view.episode => Some(referral.scores.clone()),
            _ => None,
        })
        .flatten()
        .collect();
    let place = |live: &Live, taken: &Assessment| {
        let is_scored = score_assessment(taken, &Context::new()).is_ok_and(|scored| scored.complete);
        (is_scored, taken.at.day(zone), taken.at.instant(zone), live.stamp)
    };
    let mut of_each: BTreeMap<&str, (&Live, &Assessment)> = BTreeMap::new();
    for live in folded.live().iter().filter(|live| !untold.contains(&live.id)) {
        let Fact::Assessment(taken) = &live.fact else { continue };
        if !in_episode(taken.at.day(zone)) && !sent_along.contains(&live.id) {
            continue;
        }
        let best = of_each.entry(&taken.instrument).or_insert((live, taken));
        if place(best.0, best.1) < place(live, taken) {
            *best = (live, taken);
        }
    }
    let said = of_each.into_values().map(|(live, taken)| LatestScore {
        said: match sent_along.contains(&live.id) {
            true => format!("{}, sent along with the referral", assessment_line(taken)),
            false => assessment_line(taken),
        },
        on: taken.at.day(zone),
    });
    said.collect()
}

/// Measures that aren't told, by their title and day.
fn untold_scores(folded: &Folded, untold: &BTreeSet<EntryId>, zone: Zone) -> BTreeSet<(String, Day)> {
    let scores = folded.live().iter().filter_map(|live| match &live.fact {
        Fact::Assessment(taken) if untold.contains(&live.id) => Some((title(&taken.instrument), taken.at.day(zone))),
        _ => None,
    });
    scores.collect()
}

/// Whether a recommendation or a referral out isn't told.
fn is_untold(folded: &Folded, untold: &BTreeSet<EntryId>, about: ThingId) -> bool {
    let slots = [Slot::Recommendation(about), Slot::OutgoingReferral(about)];
    let mut heads = slots.iter().filter_map(|slot| folded.head(slot));
    heads.any(|head| untold.contains(&head.id))
}

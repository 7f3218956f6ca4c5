//! What an episode must be: one open at a time, none before birth, none that ends before it starts.

use thiserror::Error;

use crate::flowsheet::{EpisodeLine, Flowsheet};
use crate::journal::facts::With;
use crate::journal::{Day, EpisodeId, Fact};

use super::sentence::day_words;

/// What is about to be written of an episode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EpisodeStep {
    /// A new one is opened on a day.
    Open(Day),
    /// The day on which a known one opened is set.
    Opened(EpisodeId, Day),
    /// It was referred, or in some status, from a day on. Whether it is open now is said elsewhere.
    Was(EpisodeId, Day),
    /// It is open in some status from a day on: changed, or opened again.
    Continue(EpisodeId, Day),
    /// A known one is closed on a day.
    Close(EpisodeId, Day),
}

/// Why that can't be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum EpisodeProblem {
    /// Another episode is open.
    #[error("An episode is open since {}: close it before another one is opened", words(*since))]
    AlreadyOpen {
        /// Since when.
        since: Day,
    },
    /// It would begin before the one before it ended.
    #[error("The episode before it was closed {}: a new one begins on that day or later", words(*closed))]
    BeforeTheLastEnded {
        /// When that one was closed.
        closed: Day,
    },
    /// It would begin before the patient was born.
    #[error("The patient was born {}: an episode can't begin before", words(*born))]
    BeforeBirth {
        /// The date of birth.
        born: Day,
    },
    /// It would begin in the future.
    #[error("{} lies in the future: an episode begins with a referral that has come", words(*day))]
    InFuture {
        /// The day given.
        day: Day,
    },
    /// It would end before it began.
    #[error("The episode was opened {}: it can't end before", words(*opened))]
    EndsBeforeItStarts {
        /// The day on which it opened.
        opened: Day,
    },
    /// It would end after the one that follows it began.
    #[error("Another episode follows it: it can't end after {}", words(*until))]
    EndsInTheNext {
        /// The last day on which it can end.
        until: Day,
    },
}

fn words(day: Day) -> String {
    day_words(day, Day::from(chrono::NaiveDate::MIN))
}

/// Whether a step in a patient's episodes can be taken. Two copies can leave episodes that overlap: a step is refused for
/// what it would add to that, never for what it leaves or mends.
///
/// # Errors
/// Why not, as a sentence without its full stop.
pub fn check_episode(sheet: &Flowsheet, step: EpisodeStep, today: Day) -> Result<(), EpisodeProblem> {
    match step {
        EpisodeStep::Open(day) => {
            begins(sheet, day, today)?;
            alone(sheet, None)?;
            after(&sheet.episodes, day)
        }
        EpisodeStep::Opened(id, day) => {
            begins(sheet, day, today)?;
            let closed = line(sheet, id).and_then(EpisodeLine::closed);
            match closed {
                Some(closed) if closed < day => Err(EpisodeProblem::EndsBeforeItStarts { opened: day }),
                _ => after_those_before(sheet, id, day),
            }
        }
        EpisodeStep::Was(id, day) => {
            // A status may be dated before the day on which the episode was opened here: it was in care before.
            begins(sheet, day, today.max(day))?;
            after_those_before(sheet, id, day)
        }
        EpisodeStep::Continue(id, day) => {
            if line(sheet, id).is_some_and(|episode| episode.closed().is_some()) {
                alone(sheet, Some(id))?;
                after(sheet.episodes.iter().filter(|e| e.episode != id), day)?;
            }
            check_episode(sheet, EpisodeStep::Was(id, day), today)
        }
        EpisodeStep::Close(id, day) => {
            starts_by(sheet, id, day)?;
            before_the_next(sheet, id, day)
        }
    }
}

/// Whether the patient was spoken with or assessed since an episode opened. What happened comes newest first, the episode
/// at the day on which it opened.
pub fn is_begun<'f>(episode: Option<EpisodeId>, newest_first: impl IntoIterator<Item = &'f Fact>) -> bool {
    let is_start = |fact: &Fact| matches!(fact, Fact::Episode(opened) if Some(opened.episode) == episode);
    let mut since = newest_first.into_iter().take_while(|fact| !is_start(fact));
    since.any(|fact| match fact {
        Fact::Contact(contact) => contact.with.contains(&With::Patient),
        Fact::AreaAnswers(_) => true,
        _ => false,
    })
}

fn line(sheet: &Flowsheet, id: EpisodeId) -> Option<&EpisodeLine> {
    sheet.episodes.iter().find(|e| e.episode == id)
}

fn begins(sheet: &Flowsheet, day: Day, today: Day) -> Result<(), EpisodeProblem> {
    if today < day {
        return Err(EpisodeProblem::InFuture { day });
    }
    match sheet.who.birth {
        Some(born) if day < born => Err(EpisodeProblem::BeforeBirth { born }),
        _ => Ok(()),
    }
}

/// Whether these episodes were closed by a day.
fn after<'e>(episodes: impl IntoIterator<Item = &'e EpisodeLine>, day: Day) -> Result<(), EpisodeProblem> {
    match episodes.into_iter().filter_map(EpisodeLine::closed).max() {
        Some(closed) if day < closed => Err(EpisodeProblem::BeforeTheLastEnded { closed }),
        _ => Ok(()),
    }
}

/// Whether an episode that reaches back to a day leaves those before it alone. Every one comes before an episode that
/// isn't here yet.
fn after_those_before(sheet: &Flowsheet, id: EpisodeId, day: Day) -> Result<(), EpisodeProblem> {
    match sheet.episodes.iter().position(|e| e.episode == id) {
        Some(place) if sheet.episodes[place].opened <= day => Ok(()),
        place => after(sheet.episodes.iter().take(place.unwrap_or(usize::MAX)), day),
    }
}

/// Whether a closed episode still ends by the day on which the one that follows it began.
fn before_the_next(sheet: &Flowsheet, id: EpisodeId, day: Day) -> Result<(), EpisodeProblem> {
    let Some(closed) = line(sheet, id).and_then(EpisodeLine::closed) else {
        return Ok(());
    };
    // Of two that opened on one day either may stand first: what follows begins when this one was over.
    let others = sheet.episodes.iter().filter(|e| e.episode != id);
    match others.map(|e| e.opened).filter(|opened| closed <= *opened).min() {
        Some(until) if until < day => Err(EpisodeProblem::EndsInTheNext { until }),
        _ => Ok(()),
    }
}

fn starts_by(sheet: &Flowsheet, id: EpisodeId, day: Day) -> Result<(), EpisodeProblem> {
    match line(sheet, id) {
        Some(episode) if day < episode.opened => Err(EpisodeProblem::EndsBeforeItStarts { opened: episode.opened }),
        _ => Ok(()),
    }
}

/// Whether no episode but this one is open.
fn alone(sheet: &Flowsheet, but: Option<EpisodeId>) -> Result<(), EpisodeProblem> {
    let mut open = sheet
        .episodes
        .iter()
        .filter(|e| Some(e.episode) != but && e.closed().is_none());
    match open.next() {
        Some(open) => Err(EpisodeProblem::AlreadyOpen { since: open.opened }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::facts::{Area, AreaAnswers, Contact, ContactKind, Episode, Mode, Talk};

    fn contact(with: With) -> Fact {
        Fact::Contact(Contact {
            at: "2026-09-03".parse().unwrap(),
            mode: Mode::Phone,
            kind: ContactKind::InitialAssessment,
            with: vec![with],
            inbound: false,
            did: Vec::new(),
            language: None,
            note: None,
            talk: Talk::default(),
        })
    }

    #[test]
    fn an_episode_is_begun_by_a_contact_with_the_patient_or_an_assessment_of_its_own() {
        let id = EpisodeId::from_random([1; 16]);
        let opened = |episode| {
            Fact::Episode(Episode {
                episode,
                opened: "2026-09-01".parse().unwrap(),
                target: None,
            })
        };
        let asked = Fact::AreaAnswers(AreaAnswers {
            area: Area::PastHarm,
            day: "2026-09-03".parse().unwrap(),
            replies: Default::default(),
            treatments: Vec::new(),
        });
        let (own, former) = (opened(id), opened(EpisodeId::from_random([2; 16])));
        let (spoken, about) = (contact(With::Patient), contact(With::Clinic));
        for (newest_first, begun) in [
            (vec![&own], false),
            (vec![&spoken, &own], true),
            (vec![&asked, &own], true),
            (vec![&about, &own], false),
            // Of the episode before.
            (vec![&own, &spoken, &former], false),
            (vec![&own, &asked, &former], false),
            (vec![&spoken, &own, &spoken, &former], true),
        ] {
            assert_eq!(is_begun(Some(id), newest_first.clone()), begun, "{newest_first:?}");
        }
    }
}

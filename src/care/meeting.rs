//! A case review meeting: who is discussed in which order, how many fit into it, and what an advice says.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::journal::facts::{AdviceKind, Urgency};
use crate::journal::{ChartId, Day, PersonId};

/// Minutes of a meeting until somebody says otherwise. New York asks for at least one hour of the consultant's time a
/// week (<https://aims.uw.edu/nyscc/programs/eligibility>).
pub const MEETING: u32 = 60;
/// Minutes for each patient until somebody says otherwise: no source names a number, meetings take 5 to 10.
pub const EACH: u32 = 8;

/// How many patients fit into a meeting. None is planned for no time at all.
pub fn fitting(minutes: u32, each: u32) -> usize {
    minutes.checked_div(each).unwrap_or_default() as usize
}

/// Where a patient is moved in the order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// One place earlier.
    Up,
    /// One place later.
    Down,
}

/// What a person made of the agenda of one day: another order, somebody added, somebody left out. It holds ids only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lineup {
    /// The day of the meeting. On another day only minutes and consultant are taken over.
    pub day: Day,
    /// Minutes of the meeting.
    pub minutes: u32,
    /// Minutes for each patient.
    pub each: u32,
    /// The consultant.
    pub consultant: Option<PersonId>,
    /// The order as it was changed; empty while it is the agenda's own.
    order: Vec<ChartId>,
    /// Patients who were added.
    added: Vec<ChartId>,
    /// Patients who were left out.
    left_out: BTreeSet<ChartId>,
}

impl Lineup {
    /// The agenda of a day as it is.
    pub fn new(day: Day) -> Self {
        Self {
            day,
            minutes: MEETING,
            each: EACH,
            consultant: None,
            order: Vec::new(),
            added: Vec::new(),
            left_out: BTreeSet::new(),
        }
    }
    /// The same on a day: of an earlier one only what holds for every meeting.
    pub fn on(self, day: Day) -> Self {
        match self.day == day {
            true => self,
            false => Self {
                minutes: self.minutes,
                each: self.each,
                consultant: self.consultant,
                ..Self::new(day)
            },
        }
    }
    /// Who is discussed, in order. Who came onto the agenda after the order was changed stands behind whom the agenda has
    /// before them, and first where that is nobody.
    pub fn of(&self, agenda: &[ChartId]) -> Vec<ChartId> {
        let wanted = |chart: &&ChartId| !self.left_out.contains(chart);
        let extra = self.added.iter().filter(|chart| !agenda.contains(chart));
        let all: Vec<ChartId> = agenda.iter().chain(extra).filter(wanted).copied().collect();
        let mut lineup: Vec<ChartId> = self.order.iter().filter(|chart| all.contains(chart)).copied().collect();
        for (place, chart) in all.iter().enumerate().filter(|(_, chart)| !self.order.contains(chart)) {
            let before = all.get(..place).unwrap_or_default();
            let behind = lineup.iter().rposition(|other| before.contains(other));
            lineup.insert(behind.map_or(0, |behind| behind + 1), *chart);
        }
        lineup
    }
    /// Patients who were added by hand.
    pub fn added(&self) -> &[ChartId] {
        &self.added
    }
    /// Whether a patient was left out by hand.
    pub fn leaves_out(&self, chart: ChartId) -> bool {
        self.left_out.contains(&chart)
    }
    /// Whether a patient was added by hand.
    pub fn has_added(&self, chart: ChartId) -> bool {
        self.added.contains(&chart)
    }
    /// Changes places with the one before or behind.
    pub fn shift(&mut self, agenda: &[ChartId], chart: ChartId, to: Move) {
        let mut order = self.of(agenda);
        let Some(place) = order.iter().position(|other| *other == chart) else {
            return;
        };
        let other = match to {
            Move::Up => place.checked_sub(1),
            Move::Down => Some(place + 1).filter(|other| *other < order.len()),
        };
        if let Some(other) = other {
            order.swap(place, other);
            self.order = order;
        }
    }
    /// Puts a patient on the list: last, or where the agenda has them.
    pub fn add(&mut self, chart: ChartId) {
        self.left_out.remove(&chart);
        if !self.added.contains(&chart) {
            self.added.push(chart);
        }
    }
    /// Takes back that a patient was added: whoever is skipped then is not added any more.
    pub fn forget_added(&mut self, chart: ChartId) {
        self.added.retain(|other| *other != chart);
    }
    /// Takes a patient off the list of this meeting.
    pub fn leave_out(&mut self, chart: ChartId) {
        self.forget_added(chart);
        self.order.retain(|other| *other != chart);
        self.left_out.insert(chart);
    }
}

/// An advice in words, whole: what is to be done with which medicine, what was typed, how soon. `None` when nothing is
/// said.
pub fn advice_text(
    kind: AdviceKind,
    medicine: Option<&str>,
    dose: Option<&str>,
    said: Option<&str>,
    urgency: Urgency,
) -> Option<String> {
    let what: Vec<&str> = [medicine, dose].into_iter().flatten().collect();
    let what = what.join(" ");
    let begun = match (kind, what.is_empty()) {
        (_, true) => None,
        (AdviceKind::StartMedicine, _) => Some(format!("Start {what}")),
        (AdviceKind::ChangeDose, _) => Some(match (medicine, dose) {
            (Some(medicine), Some(dose)) => format!("Change {medicine} to {dose}"),
            _ => format!("Change the dose: {what}"),
        }),
        (AdviceKind::SwitchMedicine, _) => Some(format!("Switch to {what}")),
        (AdviceKind::StopMedicine, _) => Some(format!("Stop {what}")),
        (AdviceKind::GoOn, _) => Some(format!("Go on with {what}")),
        _ => Some(what),
    };
    let words: Vec<String> = begun.into_iter().chain(said.map(str::to_owned)).collect();
    let soon = match urgency {
        Urgency::Routine => "",
        Urgency::ThisWeek => " (this week)",
        Urgency::Today => " (today)",
    };
    match (words.is_empty(), kind) {
        (true, AdviceKind::GoOn) => Some(format!("Go on as it is{soon}")),
        (true, _) => None,
        (false, _) => Some(format!("{}{soon}", words.join(": "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn charts(numbers: &[u8]) -> Vec<ChartId> {
        numbers.iter().map(|n| ChartId::from_random([*n; 16])).collect()
    }

    fn chart(number: u8) -> ChartId {
        ChartId::from_random([number; 16])
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn as_many_fit_as_whole_turns_fit_into_the_minutes() {
        for (minutes, each, fit) in [(60, 8, 7), (60, 10, 6), (60, 60, 1), (5, 8, 0), (0, 8, 0), (60, 0, 0)] {
            assert_eq!(fitting(minutes, each), fit, "{minutes} / {each}");
        }
    }

    #[test]
    fn an_untouched_lineup_is_the_agenda() {
        let lineup = Lineup::new(day("2026-11-20"));
        assert_eq!(lineup.of(&charts(&[3, 1, 2])), charts(&[3, 1, 2]));
    }

    #[test]
    fn a_patient_moves_one_place_and_not_past_the_ends() {
        let agenda = charts(&[1, 2, 3]);
        let table = [
            (2, Move::Up, [2, 1, 3]),
            (2, Move::Down, [1, 3, 2]),
            (1, Move::Up, [1, 2, 3]),
            (3, Move::Down, [1, 2, 3]),
            (9, Move::Up, [1, 2, 3]),
        ];
        for (who, to, order) in table {
            let mut lineup = Lineup::new(day("2026-11-20"));
            lineup.shift(&agenda, chart(who), to);
            assert_eq!(lineup.of(&agenda), charts(&order), "{who} {to:?}");
        }
    }

    #[test]
    fn who_comes_onto_the_agenda_later_stands_where_the_agenda_has_them() {
        let mut lineup = Lineup::new(day("2026-11-20"));
        lineup.shift(&charts(&[1, 2, 3]), chart(3), Move::Up);
        let table: [(&[u8], &[u8]); 4] = [
            (&[9, 1, 2, 3], &[9, 1, 3, 2]),
            (&[1, 9, 2, 3], &[1, 9, 3, 2]),
            (&[1, 2, 3, 9], &[1, 3, 2, 9]),
            // Who was reviewed, and isn't on the agenda any more, is gone.
            (&[2, 3], &[3, 2]),
        ];
        for (agenda, order) in table {
            assert_eq!(lineup.of(&charts(agenda)), charts(order), "{agenda:?}");
        }
    }

    #[test]
    fn patients_are_added_and_left_out_for_one_meeting() {
        let agenda = charts(&[1, 2]);
        let mut lineup = Lineup::new(day("2026-11-20"));
        lineup.add(chart(7));
        lineup.add(chart(7));
        lineup.leave_out(chart(1));
        assert_eq!(lineup.of(&agenda), charts(&[2, 7]));
        assert!(lineup.leaves_out(chart(1)) && lineup.has_added(chart(7)));
        lineup.add(chart(1));
        lineup.leave_out(chart(7));
        assert_eq!(lineup.of(&agenda), agenda);
    }

    #[test]
    fn another_day_begins_with_its_own_agenda_and_keeps_the_minutes() {
        let mut lineup = Lineup::new(day("2026-11-20"));
        lineup.minutes = 45;
        lineup.consultant = Some(PersonId::from_random([4; 16]));
        lineup.leave_out(chart(1));
        let next = lineup.clone().on(day("2026-11-27"));
        assert_eq!((next.minutes, next.consultant), (45, lineup.consultant));
        assert_eq!(next.of(&charts(&[1, 2])), charts(&[1, 2]));
        assert_eq!(lineup.clone().on(day("2026-11-20")), lineup);
    }

    #[test]
    fn an_advice_says_all_that_was_chosen_and_typed() {
        use AdviceKind::*;
        let table = [
            (
                StartMedicine,
                Some("sertraline"),
                Some("50 mg"),
                None,
                Urgency::Routine,
                Some("Start sertraline 50 mg"),
            ),
            (
                ChangeDose,
                Some("sertraline"),
                Some("100 mg"),
                Some("with food"),
                Urgency::ThisWeek,
                Some("Change sertraline to 100 mg: with food (this week)"),
            ),
            (
                ChangeDose,
                Some("sertraline"),
                None,
                None,
                Urgency::Routine,
                Some("Change the dose: sertraline"),
            ),
            (
                SwitchMedicine,
                Some("venlafaxine"),
                None,
                None,
                Urgency::Routine,
                Some("Switch to venlafaxine"),
            ),
            (
                StopMedicine,
                Some("bupropion"),
                None,
                None,
                Urgency::Today,
                Some("Stop bupropion (today)"),
            ),
            (Test, None, None, Some("TSH"), Urgency::Routine, Some("TSH")),
            (GoOn, None, None, None, Urgency::Routine, Some("Go on as it is")),
            (Other, None, None, None, Urgency::Today, None),
            (StartMedicine, None, None, None, Urgency::Routine, None),
        ];
        for (kind, medicine, dose, said, urgency, words) in table {
            assert_eq!(
                advice_text(kind, medicine, dose, said, urgency).as_deref(),
                words,
                "{kind:?}"
            );
        }
    }
}

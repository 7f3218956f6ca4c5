//! The import's safety rule: a patient whose latest item 9 is positive, or whom the sheet flags for safety, gets one
//! open concern that a named person has to decide on, whatever the status. Older positive answers are history.

use super::{Maker, Making, Safety};
use crate::exchange::sheets::caseload::PatientRow;
use crate::exchange::sheets::contacts::ContactRow;
use crate::exchange::sheets::history::{EarlierAnswer, PastPositive, earlier_answers};
use crate::exchange::sheets::item9::{Known9, Said9, said};
use crate::exchange::sheets::plan::{ImportError, TriageItem};
use crate::exchange::sheets::scribe::{Place, Said};
use crate::journal::facts::{Because, Concern, ConcernKind, Level};
use crate::journal::{Chart, ChartId, Day, Fact, Slot, When};

/// From this answer to item 9 on, a concern is high (SPiER adoption guide: 1 moderate, 2 or more high).
const HIGH_FROM: u8 = 2;

impl Maker<'_> {
    /// Opens the concern of a patient's row, where the rule asks for one.
    pub(super) fn triage(
        &mut self,
        row: &PatientRow,
        contacts: &[&ContactRow],
        row_day: Day,
        status: &str,
        making: &mut Making<'_>,
    ) -> Result<Safety, ImportError> {
        let chart = making.plan.chart;
        // The sheet calls it the latest: without a date of its own it is no older than the contacts.
        let undated = || contacts.iter().map(|c| c.day).fold(row_day, Day::max);
        let on = row.phq9.last_on.or(row.last_contact).unwrap_or_else(undated);
        let summary = said(row.phq9.last, row.phq9.item9, on);
        let latest = latest_item9(contacts, summary);
        let (positive, proven) = told(latest);
        let yes = latest_yes(contacts, latest);
        let flag = row.flag.clone().filter(|_| row.flags.safety);
        let flag = with_proof(flag.or_else(|| yes.map(yes_words)), proven);
        let flag = flag.as_deref();
        let earlier = earlier_answers(contacts, summary, latest, yes);
        let name = if row.given.is_empty() {
            row.family.clone()
        } else {
            format!("{}, {}", row.family, row.given)
        };
        let on = match (positive, yes.max(proven.map(|it| it.day)), flag) {
            (Some((_, day)), _, _) | (None, Some(day), _) => day,
            (None, None, Some(_)) => row_day,
            (None, None, None) => return Ok(past(chart, &row.mrn, name, earlier, latest)),
        };
        let concern = self.concern(chart, latest, flag, on);
        let item = TriageItem {
            chart,
            concern: concern.concern,
            mrn: row.mrn.clone(),
            name,
            value: positive.map(|(value, _)| value),
            flag: flag.map(str::to_owned),
            on,
            earlier,
            level: concern.level,
            status: status.to_owned(),
            is_known: false,
        };
        let said = self.say(making, place(chart, on), &[], concern)?;
        Ok(to_decide(item, &said))
    }

    /// The same for a patient who is here already and of whom only the contacts file speaks.
    pub fn triage_by_contacts(&mut self, mrn: &str, rows: &[&ContactRow]) -> Result<Safety, ImportError> {
        let chart = self.scribe.chart(mrn);
        if self.scribe.is_erased(chart) {
            return Ok(Safety::default());
        }
        let latest = latest_item9(rows, None);
        let (positive, proven) = told(latest);
        let yes = latest_yes(rows, latest);
        let flag = with_proof(yes.map(yes_words), proven);
        let earlier = earlier_answers(rows, None, latest, yes);
        let name = self.name_here(chart);
        let Some(on) = positive.map(|(_, day)| day).or(yes.max(proven.map(|it| it.day))) else {
            return Ok(past(chart, mrn, name, earlier, latest));
        };
        let concern = self.concern(chart, latest, flag.as_deref(), on);
        let item = TriageItem {
            chart,
            concern: concern.concern,
            mrn: mrn.to_owned(),
            name,
            value: positive.map(|(value, _)| value),
            flag: flag.clone(),
            on,
            earlier,
            level: concern.level,
            status: "As in the registry".to_owned(),
            is_known: false,
        };
        let said = self.scribe.say(place(chart, on), &[], concern)?;
        Ok(to_decide(item, &said))
    }

    /// The concern of an answer or a flag. Its id follows from what opened it, so that a later positive answer opens
    /// another one, and importing the same sheet again doesn't open a closed one.
    fn concern(&self, chart: ChartId, latest: Option<Said9>, flag: Option<&str>, on: Day) -> Concern {
        let (positive, proven) = told(latest);
        let name = match positive {
            Some((value, day)) => format!("{value} {day}"),
            None => flag.unwrap_or_default().to_owned(),
        };
        let value = positive.map(|(value, _)| value);
        let level = if value.or(proven.map(|it| it.value)).is_some_and(|v| v >= HIGH_FROM) {
            Level::High
        } else {
            Level::Positive
        };
        let because = Because::Imported {
            value,
            flag: flag.map(str::to_owned),
        };
        let concern = self.scribe.thing(chart, "concern", &name);
        Concern {
            concern,
            kind: ConcernKind::Suicide,
            because,
            level,
            at: When::Day(on),
        }
    }

    fn name_here(&self, chart: ChartId) -> String {
        let folded = self.context.existing.chart(chart).map(Chart::fold);
        match folded
            .as_ref()
            .and_then(|f| f.head(&Slot::Registration))
            .map(|l| &l.fact)
        {
            Some(Fact::Registration(r)) => format!("{}, {}", r.family, r.given),
            _ => String::new(),
        }
    }
}

fn place(chart: ChartId, day: Day) -> Place<'static> {
    Place {
        chart,
        key: "concern",
        day,
        order: 0,
    }
}

/// A concern that was written, or is here already.
fn to_decide(item: TriageItem, said: &Said) -> Safety {
    Safety {
        triage: Some(TriageItem {
            is_known: !matches!(said, Said::New(_)),
            ..item
        }),
        past: None,
    }
}

/// No concern is opened: what was positive once is history.
fn past(chart: ChartId, mrn: &str, name: String, earlier: Vec<EarlierAnswer>, latest: Option<Said9>) -> Safety {
    let past = latest.filter(|_| !earlier.is_empty()).map(|latest| PastPositive {
        chart,
        mrn: mrn.to_owned(),
        name,
        earlier,
        since: latest.day,
    });
    Safety { triage: None, past }
}

/// The latest word of item 9 as a positive answer with its day, or as what a total proves.
fn told(latest: Option<Said9>) -> (Option<(u8, Day)>, Option<Said9>) {
    match latest.filter(|it| it.value > 0) {
        None => (None, None),
        Some(it) if it.known == Known9::Answered => (Some((it.value, it.day)), None),
        Some(it) => (None, Some(it)),
    }
}

/// A flag, and what a total proves, in one sentence.
fn with_proof(flag: Option<String>, proven: Option<Said9>) -> Option<String> {
    let proof = proven.and_then(|it| match it.known {
        Known9::Proven(total) => Some(format!(
            "the total of {total} on {} can't be without a positive item 9",
            it.day
        )),
        Known9::Answered => None,
    });
    match (flag, proof) {
        (Some(flag), Some(proof)) => Some(format!("{flag}; {proof}")),
        (flag, proof) => flag.or(proof),
    }
}

/// The day of the latest contact whose item 9 says yes in words, unless a number was answered later.
fn latest_yes(contacts: &[&ContactRow], latest: Option<Said9>) -> Option<Day> {
    let day = contacts.iter().filter(|c| c.says_yes).map(|c| c.day).max()?;
    latest.is_none_or(|it| it.day <= day).then_some(day)
}

fn yes_words(day: Day) -> String {
    format!("item 9: yes on {day}")
}

/// What the sheets say last of item 9, by clinical date; of two on one day the higher.
fn latest_item9(contacts: &[&ContactRow], summary: Option<Said9>) -> Option<Said9> {
    let answers = contacts.iter().filter_map(|c| said(c.phq9, c.item9, c.day));
    answers.chain(summary).max_by_key(|it| (it.day, it.value, it.known))
}

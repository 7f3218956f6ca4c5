//! A row of the contacts file: the contact, attempt or review, its scores and its minutes.

use super::course::{assessment, total_only};
use super::{Maker, Making};
use crate::exchange::sheets::cells::{RowKind, channel};
use crate::exchange::sheets::contacts::ContactRow;
use crate::exchange::sheets::mapping::Field;
use crate::exchange::sheets::plan::{ImportError, Mapped, RowPlan};
use crate::exchange::sheets::problems::{Reason, RowProblem};
use crate::exchange::sheets::scribe::{Place, importer};
use crate::journal::facts::{
    Activity, Answered, Appointment, AppointmentState, Assessment, Attempt, AttemptOutcome, Bucket, CaseReview,
    Clocked, Contact, ContactKind, Note, Role, Sheet as SheetKind, Talk, Time, With,
};
use crate::journal::{EntryId, Fact, PersonId, Seconds, When};

impl Maker<'_> {
    /// The entries of a row; the column and the reason when it can't be taken.
    pub fn contact(
        &mut self,
        row: &ContactRow,
        sheet: Option<Mapped<'_>>,
        problems: &mut Vec<RowProblem>,
    ) -> Result<Result<RowPlan, (Field, Reason)>, ImportError> {
        let chart = self.scribe.chart(&row.mrn);
        if self.scribe.is_erased(chart) {
            return Ok(Err((Field::Mrn, Reason::ErasedHere)));
        }
        let (care_manager, birth) = self.patients.get(&row.mrn).copied().unwrap_or_default();
        if birth.is_some_and(|born| row.day < born) {
            return Ok(Err((Field::Date, Reason::BeforeBirth)));
        }
        let named = self.person(row.by.as_deref(), Role::CareManager)?;
        let by = named.or(care_manager).or_else(|| self.scribe.care_manager_here(chart));
        let by = by.unwrap_or(importer(self.context.registry));
        let mut making = Making::new(SheetKind::Contacts, row.number, chart, sheet, problems);
        let key = format!("contact {} {}", row.day, row.kind_cell.to_lowercase());
        let place = Place {
            chart,
            key: &key,
            day: row.day,
            order: 0,
        };
        let main = self.say(&mut making, place, &[], self.main_fact(row, place))?.id();
        for score in scores(row) {
            self.say(&mut making, place, &[], score)?;
        }
        if let Some(time) = time(row, by, main) {
            self.say(&mut making, place, &[], time)?;
        }
        Ok(Ok(making.plan))
    }

    fn main_fact(&self, row: &ContactRow, place: Place<'_>) -> Fact {
        let (at, note) = (When::Day(row.day), row.note.clone());
        match row.kind {
            RowKind::Contact(kind) => {
                let did = row.activity.and_then(|(_, did)| did).into_iter().collect();
                let (mode, with) = (row.mode, vec![With::Patient]);
                Contact {
                    at,
                    mode,
                    kind,
                    with,
                    inbound: false,
                    did,
                    language: None,
                    note,
                    talk: Talk::default(),
                }
                .into()
            }
            RowKind::Attempt => Attempt {
                at,
                by: channel(row.mode),
                outcome: AttemptOutcome::NotRecorded,
                note,
                left: None,
                next: None,
            }
            .into(),
            RowKind::NoShow => {
                let appointment = self.scribe.thing(place.chart, "appointment", place.key);
                Appointment {
                    appointment,
                    at,
                    mode: row.mode,
                    purpose: None,
                    state: AppointmentState::NoShow,
                }
                .into()
            }
            RowKind::Review => CaseReview {
                at,
                consultant: None,
                note,
            }
            .into(),
            RowKind::Unknown => {
                let said = note.map_or_else(String::new, |note| format!(": {note}"));
                let kind = if row.kind_cell.is_empty() {
                    "no kind given"
                } else {
                    &row.kind_cell
                };
                Note {
                    at,
                    text: format!("From the contacts file ({kind}){said}"),
                    discuss: false,
                }
                .into()
            }
        }
    }
}

fn scores(row: &ContactRow) -> Vec<Assessment> {
    let phq9 = match (row.phq9, row.item9) {
        (Some(total), item9) => Some(total_only("phq9", total, item9, row.day)),
        // The safety item counts also where the total is missing or was not taken.
        (None, Some(item9)) => {
            let answers = Answered::Items([("phq9_9".to_owned(), item9)].into());
            Some(assessment("phq9", answers, row.day))
        }
        (None, None) => None,
    };
    let gad7 = row.gad7.map(|total| total_only("gad7", total, None, row.day));
    phq9.into_iter().chain(gad7).collect()
}

fn time(row: &ContactRow, by: PersonId, of: Option<EntryId>) -> Option<Time> {
    Some(Time {
        start: When::Day(row.day),
        seconds: Seconds(row.minutes?.saturating_mul(60)),
        activity: activity(row),
        bucket: Bucket::Cocm,
        by,
        mode: (row.is_two_way() || row.kind == RowKind::Attempt).then_some(row.mode),
        clocked: Clocked::Imported,
        of,
        note: None,
        with: Vec::new(),
        beside: None,
        own: None,
    })
}

/// What the minutes were spent on: the kind of row decides, and within a follow-up the activity that it names.
fn activity(row: &ContactRow) -> Activity {
    let named = row.activity.map(|(activity, _)| activity);
    match row.kind {
        RowKind::Attempt => Activity::Outreach,
        RowKind::NoShow => Activity::NoShow,
        RowKind::Contact(ContactKind::InitialAssessment) => Activity::Assessment,
        RowKind::Contact(ContactKind::Crisis) => Activity::Crisis,
        RowKind::Contact(ContactKind::RelapsePrevention) => Activity::RelapsePlanning,
        RowKind::Contact(ContactKind::FollowUp | ContactKind::Advocacy) => named.unwrap_or(Activity::FollowUp),
        RowKind::Review if named == Some(Activity::CaseloadReview) => Activity::CaseloadReview,
        RowKind::Review => Activity::PsychiatricConsult,
        RowKind::Unknown => named.unwrap_or(Activity::Coordination),
    }
}

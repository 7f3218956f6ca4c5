//! A row of the caseload list: who the patient is, where the episode stands, and the scores of the summary.

use super::words::status_name;
use super::{Maker, Making, Safety, latest_two_way};
use crate::exchange::sheets::caseload::{ConsentCell, Next, PatientRow, Totals};
use crate::exchange::sheets::cells::{RowKind, StatusWord, plain};
use crate::exchange::sheets::contacts::ContactRow;
use crate::exchange::sheets::item9::fits;
use crate::exchange::sheets::mapping::Field;
use crate::exchange::sheets::plan::{ImportError, Mapped, RowPlan};
use crate::exchange::sheets::problems::{Reason, RowProblem, Severity};
use crate::exchange::sheets::scribe::Place;
use crate::journal::facts::{
    Answered, Assessment, Assignment, CaseReview, CloseReason, Consent, ConsentAnswer, ConsentHow, Contact,
    ContactKind, ContactPlan, Diagnosis, Episode, Medication, Mode, Note, Payer, Programme, Referral, Registration,
    ReviewRequest, Role, Sheet as SheetKind, Status, StatusChange, Taken, Talk, With,
};
use crate::journal::{ChartId, Day, EpisodeId, PersonId, When};

/// What is known of a patient's course before its entries are made.
struct Known<'a> {
    row: &'a PatientRow,
    contacts: &'a [&'a ContactRow],
    chart: ChartId,
    episode: EpisodeId,
    opened: Day,
    last_contact: Option<Day>,
    clinician: Option<PersonId>,
    care_manager: Option<PersonId>,
}

/// A total of the summary: which instrument, when, and the column that it comes from.
struct Summary {
    instrument: &'static str,
    total: u16,
    item9: Option<u8>,
    day: Day,
    order: u16,
    field: Field,
}

impl Maker<'_> {
    /// The entries of a patient's row; `None` when the patient's chart was erased.
    pub fn patient(
        &mut self,
        row: &PatientRow,
        contacts: &[&ContactRow],
        sheet: Option<Mapped<'_>>,
        problems: &mut Vec<RowProblem>,
    ) -> Result<Option<(RowPlan, Safety)>, ImportError> {
        let chart = self.scribe.chart(&row.mrn);
        if self.scribe.is_erased(chart) {
            return Ok(None);
        }
        let mut making = Making::new(SheetKind::Caseload, row.number, chart, sheet, problems);
        let known = Known {
            row,
            contacts,
            chart,
            episode: self.scribe.episode(chart),
            opened: self.opening(row, contacts, &mut making),
            last_contact: latest_two_way(contacts).max(row.last_contact),
            clinician: self.person(row.clinician.as_deref(), Role::Clinician)?,
            care_manager: self.person(row.care_manager.as_deref(), Role::CareManager)?,
        };
        self.patients.insert(row.mrn.clone(), (known.care_manager, row.birth));
        self.register(&known, &mut making)?;
        let status = self.episode_of(&known, &mut making)?;
        self.plans(&known, &mut making)?;
        self.scores(
            &known,
            "phq9",
            row.phq9,
            [Field::Phq9First, Field::Phq9Last],
            &mut making,
        )?;
        self.scores(
            &known,
            "gad7",
            row.gad7,
            [Field::Gad7First, Field::Gad7Last],
            &mut making,
        )?;
        self.summary_contacts(&known, &mut making)?;
        let safety = self.triage(row, contacts, known.row_day(), status_name(&status), &mut making)?;
        Ok(Some((making.plan, safety)))
    }

    /// The day on which the episode opened: enrolment, or the earliest day that the sheets name.
    fn opening(&self, row: &PatientRow, contacts: &[&ContactRow], making: &mut Making<'_>) -> Day {
        if let Some(day) = row.enrolled {
            return day;
        }
        let rows = contacts.iter().map(|c| c.day).min();
        let cells = [
            row.referred,
            row.last_contact,
            row.phq9.last_on,
            row.gad7.last_on,
            row.last_review,
        ];
        let used = rows.or(cells.into_iter().flatten().min()).unwrap_or(self.context.as_of);
        making.problem(Field::Enrolled, Reason::NoEnrolment { used }, Severity::Note);
        used
    }

    fn register(&mut self, known: &Known<'_>, making: &mut Making<'_>) -> Result<(), ImportError> {
        let row = known.row;
        let registration = Registration {
            birth: row.birth,
            mrn: Some(row.mrn.clone()),
            phones: row.phone.clone().into_iter().collect(),
            clinician: known.clinician,
            ..Registration::named(row.given.clone(), row.family.clone())
        };
        self.say(making, known.place("registration"), &[], registration)?;
        if let Some(name) = &row.payer {
            let payer = Payer {
                name: name.clone(),
                profile: None,
                member: None,
                from: known.opened,
            };
            self.say(making, known.place("payer"), &[], payer)?;
        }
        if let Some(consent) = row.consent {
            let day = match consent {
                ConsentCell::On(day) => day,
                ConsentCell::Yes => known.opened,
            };
            let answer = ConsentAnswer::Given {
                how: ConsentHow::OnFile,
                explained: None,
                points: Vec::new(),
            };
            let consent = Consent {
                programme: Programme::Cocm,
                answer,
                day,
                taken_by: None,
            };
            self.say(making, known.place("consent"), &[], consent)?;
        }
        Ok(())
    }

    /// Referral, episode, its statuses one after the other, and who manages it. Returns the last status.
    fn episode_of(&mut self, known: &Known<'_>, making: &mut Making<'_>) -> Result<Status, ImportError> {
        let episode = known.episode;
        let referred = known
            .row
            .referred
            .filter(|day| *day <= known.opened)
            .unwrap_or(known.opened);
        let by = known.clinician;
        let referral = Referral {
            episode,
            at: When::Day(referred),
            by,
            reason: None,
            warm: false,
            from: None,
            scores: Vec::new(),
            feedback: None,
        };
        self.say(making, known.place("referral"), &[], referral)?;
        self.say(
            making,
            known.place("episode"),
            &[],
            Episode {
                episode,
                opened: referred,
                target: None,
            },
        )?;
        let mut before = None;
        let mut last = Status::Referred;
        for (order, (status, from)) in (1_u16..).zip(known.statuses(referred)) {
            let place = Place {
                order,
                day: from,
                ..known.place("status")
            };
            let replaces: Vec<_> = before.into_iter().collect();
            last = status.clone();
            before = self
                .say(
                    making,
                    place,
                    &replaces,
                    StatusChange {
                        episode,
                        status,
                        from,
                        why: None,
                    },
                )?
                .id();
        }
        if let Some(care_manager) = known.care_manager {
            let assignment = Assignment {
                care_manager: Some(care_manager),
                from: referred,
                why: None,
            };
            self.say(making, known.place("assignment"), &[], assignment)?;
        }
        Ok(last)
    }

    /// Diagnoses, medicines, the next contact, a wish to discuss, the note.
    fn plans(&mut self, known: &Known<'_>, making: &mut Making<'_>) -> Result<(), ImportError> {
        let row = known.row;
        for code in &row.diagnoses {
            let diagnosis = self.scribe.thing(known.chart, "diagnosis", code);
            let (code, from) = (code.clone(), known.opened);
            let fact = Diagnosis {
                diagnosis,
                code,
                label: None,
                from,
                until: None,
                provisional: false,
            };
            self.say(making, known.place("diagnosis"), &[], fact)?;
        }
        for (name, dose) in &row.medicines {
            let medication = self.scribe.thing(known.chart, "medication", &plain(name));
            let (name, dose) = (name.clone(), dose.clone());
            let fact = Medication {
                dose,
                ..Medication::named(medication, name)
            };
            self.say(making, known.place("medication"), &[], fact)?;
        }
        if let Some(next) = row.next {
            let (next, every) = match next {
                Next::On(day) => (Some(day), None),
                Next::Every(days) => (None, Some(days)),
            };
            let plan = ContactPlan {
                episode: known.episode,
                next,
                every,
            };
            self.say(making, known.place("contact_plan"), &[], plan)?;
        }
        let day = known.row_day();
        if row.flags.discuss {
            let question = "The imported caseload list flags this patient for discussion.".to_owned();
            let request = ReviewRequest {
                at: When::Day(day),
                question,
                kind: None,
            };
            self.say(making, known.place_on("review_request", day), &[], request)?;
        }
        if let Some(text) = &row.note {
            let note = Note {
                at: When::Day(day),
                text: text.clone(),
                discuss: false,
            };
            self.say(making, known.place_on("note", day), &[], note)?;
        }
        Ok(())
    }

    /// First and latest total, unless the contacts file has them.
    fn scores(
        &mut self,
        known: &Known<'_>,
        instrument: &'static str,
        totals: Totals,
        [first_field, last_field]: [Field; 2],
        making: &mut Making<'_>,
    ) -> Result<(), ImportError> {
        let last_on = totals.last.and(totals.last_on.or(known.last_contact));
        if let Some(total) = totals.first {
            let is_the_latest = last_on == Some(known.opened) && totals.last == Some(total);
            // The first score that the contacts file has is the initial one, whatever day the patient was enrolled.
            let is_in_contacts = known.first_total(instrument) == Some(total);
            if !is_the_latest && !is_in_contacts {
                let day = known.opened;
                let summary = Summary {
                    instrument,
                    total,
                    item9: None,
                    day,
                    order: 0,
                    field: first_field,
                };
                self.score(known, summary, making)?;
            }
        }
        let Some(total) = totals.last else { return Ok(()) };
        let Some(day) = last_on else {
            making.problem(last_field, Reason::NoDateForScore, Severity::CellRejected);
            return Ok(());
        };
        if totals.last_on.is_none() {
            making.problem(last_field, Reason::ScoreDatedByContact, Severity::Note);
        }
        let summary = Summary {
            instrument,
            total,
            item9: totals.item9,
            day,
            order: 1,
            field: last_field,
        };
        self.score(known, summary, making)
    }

    fn score(&mut self, known: &Known<'_>, summary: Summary, making: &mut Making<'_>) -> Result<(), ImportError> {
        let Summary {
            instrument,
            total,
            item9,
            day,
            order,
            field,
        } = summary;
        let on_that_day = known.contacts.iter().filter(|c| c.day == day);
        let there: Vec<u16> = on_that_day.filter_map(|c| c.total(instrument)).collect();
        if there.contains(&total) {
            return Ok(());
        }
        if let Some(there) = there.first() {
            making.problem(
                field,
                Reason::ScoreDiffers { there: (*there).into() },
                Severity::CellRejected,
            );
            return Ok(());
        }
        let place = Place {
            order,
            day,
            ..known.place("summary score")
        };
        self.say(making, place, &[], total_only(instrument, total, item9, day))
            .map(|_| ())
    }

    /// The dates of the summary that no row of the contacts file has, and the number of sessions.
    fn summary_contacts(&mut self, known: &Known<'_>, making: &mut Making<'_>) -> Result<(), ImportError> {
        let row = known.row;
        let has = |day: Day, wanted: fn(&ContactRow) -> bool| known.contacts.iter().any(|c| c.day == day && wanted(c));
        if let Some(day) = row.last_contact.filter(|day| !has(*day, ContactRow::is_two_way)) {
            if !known.contacts.is_empty() {
                making.problem(Field::LastContact, Reason::ContactOnlyHere, Severity::Note);
            }
            let contact = Contact {
                at: When::Day(day),
                mode: Mode::Phone,
                kind: ContactKind::FollowUp,
                with: vec![With::Patient],
                inbound: false,
                did: Vec::new(),
                language: None,
                note: Some("From the caseload list, which doesn't say how the contact took place.".into()),
                talk: Talk::default(),
            };
            self.say(making, known.place_on("summary contact", day), &[], contact)?;
        }
        if let Some(day) = row.last_review.filter(|day| !has(*day, |c| c.kind == RowKind::Review)) {
            let review = CaseReview {
                at: When::Day(day),
                consultant: None,
                note: None,
            };
            self.say(making, known.place_on("summary review", day), &[], review)?;
        }
        let sessions = known.contacts.iter().filter(|c| c.is_two_way()).count();
        let sessions = u32::try_from(sessions).unwrap_or(u32::MAX);
        if !known.contacts.is_empty() && row.sessions.is_some_and(|n| n != sessions) {
            making.problem(
                Field::Sessions,
                Reason::SessionsDiffer { there: sessions },
                Severity::Note,
            );
        }
        Ok(())
    }
}

impl Known<'_> {
    fn place<'k>(&self, key: &'k str) -> Place<'k> {
        self.place_on(key, self.opened)
    }
    fn place_on<'k>(&self, key: &'k str, day: Day) -> Place<'k> {
        Place {
            chart: self.chart,
            key,
            day,
            order: 0,
        }
    }
    /// The day that the row speaks of: that of the most recent contact, else of the opening.
    fn row_day(&self) -> Day {
        self.last_contact.unwrap_or(self.opened).max(self.opened)
    }
    /// The total of the first row of the contacts file that has one.
    fn first_total(&self, instrument: &str) -> Option<u16> {
        let scored = self.contacts.iter().filter(|c| c.total(instrument).is_some());
        scored
            .min_by_key(|c| (c.day, c.number))
            .and_then(|c| c.total(instrument))
    }
    /// The statuses that the sheet's word stands for, one after the other. A closed or preventing patient was active
    /// first; the day of the change is not in the list, so it is that of the last contact.
    fn statuses(&self, referred: Day) -> Vec<(Status, Day)> {
        let closed = Status::Closed {
            reason: CloseReason::NotRecorded,
            note: None,
            closure: None,
        };
        let was_seen = self.last_contact.is_some();
        let word = self.row.status.unwrap_or(if was_seen {
            StatusWord::Active
        } else {
            StatusWord::Referred
        });
        let latest_row = self.contacts.iter().map(|c| c.day).max();
        let changed = self.last_contact.or(latest_row).unwrap_or(self.opened).max(self.opened);
        let mut statuses = match word {
            StatusWord::Referred => vec![(Status::Referred, referred)],
            StatusWord::Outreach => vec![(Status::Outreach, self.opened)],
            StatusWord::Enrolled => vec![(Status::Enrolled, self.opened)],
            StatusWord::Active => vec![(Status::Active, self.opened)],
            StatusWord::RelapsePrevention => {
                vec![(Status::Active, self.opened), (Status::RelapsePrevention, changed)]
            }
            StatusWord::Closed if was_seen => vec![(Status::Active, self.opened), (closed, changed)],
            StatusWord::Closed => vec![(Status::Referred, referred), (closed, changed)],
        };
        if referred < self.opened && !matches!(statuses.first(), Some((Status::Referred, _))) {
            statuses.insert(0, (Status::Referred, referred));
        }
        statuses
    }
}

/// A measure of which only the total is known, and perhaps the safety item.
pub(super) fn total_only(instrument: &str, total: u16, item9: Option<u8>, day: Day) -> Assessment {
    // An item 9 that the total can't have is no answer; what it means for safety is the concern's.
    let item9 = item9.filter(|value| fits(total, *value));
    let known = item9.map(|value| ("phq9_9".to_owned(), value)).into_iter().collect();
    assessment(instrument, Answered::Total { total, known }, day)
}

/// A measure that was taken over from a sheet.
pub(super) fn assessment(instrument: &str, answers: Answered, day: Day) -> Assessment {
    let (instrument, version) = (instrument.to_owned(), "1".to_owned());
    Assessment {
        instrument,
        version,
        at: When::Day(day),
        taken: Taken::Imported,
        answers,
        scale: None,
        respondent: None,
    }
}

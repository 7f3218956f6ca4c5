//! The case review: the meeting's agenda with its questions, one patient for the consultant, what came of the meeting.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};

use super::api::Failure;
use super::books::Books;
use super::queries::about;
use super::views::*;
use crate::care::{self, AgendaItem, AsOf};
use crate::exchange::handoff::RegistryKind;
use crate::flowsheet::{Flowsheet, RecommendationLine, SafetyItem, StatusLine};
use crate::journal::facts::{Activity, Recommendation, ReviewRequest, Role};
use crate::journal::{ChartId, Day, Fact, Folded, Slot, Zone};
use crate::store::Store;
use crate::vault::Aead;

/// Treatment changes that the consultant's screen shows: those of the present course.
const CHANGES: usize = 6;

impl<S: Store, A: Aead> Books<S, A> {
    /// The agenda of the case review, and what came of today's.
    pub async fn meeting(&mut self, query: &MeetingQuery, at: DateTime<FixedOffset>) -> Result<MeetingView, Failure> {
        let moment = self.as_of(at);
        let today = moment.today;
        let items = care::agenda(self.sheets.values(), &moment);
        let mine = |item: &&AgendaItem| match (query.care_manager, self.sheets.get(&item.chart)) {
            (Some(whose), Some(sheet)) => care::caseload_row(sheet, &moment).is_for(whose),
            (None, Some(_)) => true,
            (_, None) => false,
        };
        let mut items: Vec<AgendaItem> = items.iter().filter(mine).cloned().collect();
        // Whoever was handed over in a packet is to be discussed.
        let is_packet = self.kind() == RegistryKind::Packet;
        let newest = self.newest_packet().await?;
        // Whom an earlier packet was about is not of this week's.
        let is_of_now = |chart: ChartId| newest.as_ref().is_none_or(|newest| newest.charts.contains(&chart));
        items.retain(|item| is_of_now(item.chart));
        let of_now = |chart: &ChartId| is_packet && is_of_now(*chart);
        let handed: Vec<ChartId> = self.sheets.keys().copied().filter(of_now).collect();
        let earlier = self
            .sheets
            .values()
            .filter(|sheet| !sheet.erased && !is_of_now(sheet.chart));
        let mut earlier: Vec<EarlierRow> = earlier.map(|sheet| earlier_row(sheet, today)).collect();
        earlier.sort_by_cached_key(|row| (care::fold(&row.name), row.chart));
        let today_done = |sheet: &Flowsheet| is_packet && reviewed_on(sheet, today);
        for chart in query.added.iter().chain(&handed) {
            let sheet = self
                .sheets
                .get(chart)
                .filter(|sheet| !sheet.erased && !today_done(sheet));
            if let Some(sheet) = sheet.filter(|_| !items.iter().any(|item| item.chart == *chart)) {
                items.push(added(sheet, today));
            }
        }
        let wanted = self.to_read(&items, today);
        let charts = self.read_many(&wanted).await?;
        let folded: BTreeMap<ChartId, Folded> = charts.iter().map(|(id, chart)| (*id, chart.fold())).collect();
        let sheets = || self.sheets.values().filter(|sheet| !sheet.erased);
        // Who was added by hand after that is discussed all the same.
        let skipped_today = |item: &&AgendaItem| item.skipped == Some(today) && !query.added.contains(&item.chart);
        let row = |item: &AgendaItem| self.agenda_row(item, &folded, today);
        let mut unsent: Vec<UnsentRow> = sheets()
            .filter(|_| !is_packet)
            .flat_map(|sheet| unsent_of(sheet, folded.get(&sheet.chart), today))
            .collect();
        unsent.sort_by(|a, b| (a.day, &a.name, a.recommendation).cmp(&(b.day, &b.name, b.recommendation)));
        let reviewed = sheets().filter(|sheet| reviewed_on(sheet, today));
        let mut held: Vec<HeldRow> = reviewed
            .map(|sheet| held_row(sheet, folded.get(&sheet.chart), today))
            .collect();
        held.sort_by(|a, b| (&a.name, a.chart).cmp(&(&b.name, b.chart)));
        Ok(MeetingView {
            today,
            rows: items
                .iter()
                .filter(|item| !skipped_today(item))
                .filter_map(row)
                .collect(),
            held,
            skipped: items
                .iter()
                .filter(skipped_today)
                .filter_map(row)
                .map(skipped_row)
                .collect(),
            unsent,
            consultants: self.consultants(),
            packet: newest.map(|newest| newest.day),
            earlier,
        })
    }

    /// The records whose prose the meeting shows: questions, reasons, recommendations.
    fn to_read(&self, items: &[AgendaItem], today: Day) -> BTreeSet<ChartId> {
        let listed: BTreeSet<ChartId> = items.iter().map(|item| item.chart).collect();
        let sheets = self.sheets.values().filter(|sheet| !sheet.erased);
        let needed = |sheet: &&Flowsheet| {
            let says = !sheet.review_requests.is_empty() || sheet.review_skipped.is_some();
            let advises = sheet
                .recommendations
                .iter()
                .any(|line| waits_to_be_sent(sheet, line, today));
            (says && listed.contains(&sheet.chart)) || advises || reviewed_on(sheet, today)
        };
        sheets.filter(needed).map(|sheet| sheet.chart).collect()
    }

    fn agenda_row(&self, item: &AgendaItem, folded: &BTreeMap<ChartId, Folded>, today: Day) -> Option<AgendaRow> {
        let sheet = self.sheets.get(&item.chart)?;
        let folded = folded.get(&item.chart);
        Some(AgendaRow {
            chart: item.chart,
            name: sheet.list_name(),
            about: self.about_and_out(sheet, today),
            group: item.group.word().to_owned(),
            why: item.sentence(today),
            questions: folded.map_or_else(Vec::new, |folded| questions(folded, sheet, self.zone())),
            skipped: skipped(item.skipped, folded, self.zone()),
            last_review: item.last_review,
        })
    }

    /// Consultants on file who have not left, by name.
    fn consultants(&self) -> Vec<(crate::journal::PersonId, String)> {
        let here = self.office.people.values();
        let here = here.filter(|p| !p.left && p.same_as.is_none() && p.role == Role::Consultant);
        let mut all: Vec<_> = here.map(|person| (person.person, person.name.clone())).collect();
        all.sort_by_key(|(id, name)| (care::fold(name), *id));
        all
    }

    /// One patient for the consultant.
    pub async fn brief(&mut self, id: ChartId, at: DateTime<FixedOffset>) -> Result<BriefView, Failure> {
        let patient = self.patient(id, at).await?;
        let medicines = self.medicines(id, at).await?;
        let folded = self.read(id).await?.fold();
        let sheet = self.sheet(id)?;
        let moment = self.as_of(at);
        let today = moment.today;
        let item = care::agenda(std::iter::once(sheet), &moment).into_iter().next();
        let change = |change: &ChangeView| {
            let effect = change.effect.as_ref().map(|effect| format!("; {effect}"));
            let on = day_words(change.change.day);
            format!("{on}: {}{}", change.change.what, effect.unwrap_or_default())
        };
        Ok(BriefView {
            story: story(&patient, sheet, &folded, &moment),
            why: item.as_ref().map(|item| item.sentence(today)),
            questions: questions(&folded, sheet, self.zone()),
            skipped: skipped(item.as_ref().and_then(|item| item.skipped), Some(&folded), self.zone()),
            safety_item: safety_item(sheet, today),
            changes: medicines.changes.iter().take(CHANGES).map(change).collect(),
            medicines: medicines.current,
            advice: self.recommendations(&folded, sheet),
            last_review: sheet.reviews.iter().map(|review| review.day).max(),
            patient,
        })
    }
}

/// A patient whom somebody put on the list.
fn added(sheet: &Flowsheet, today: Day) -> AgendaItem {
    AgendaItem {
        chart: sheet.chart,
        group: care::Group::Routine,
        causes: Vec::new(),
        last_review: sheet.reviews.iter().map(|review| review.day).max(),
        by: today,
        skipped: None,
    }
}

/// A patient of an earlier packet.
fn earlier_row(sheet: &Flowsheet, today: Day) -> EarlierRow {
    EarlierRow {
        chart: sheet.chart,
        name: sheet.list_name(),
        about: about(sheet, today),
        last_review: sheet.reviews.iter().map(|review| review.day).max(),
    }
}

fn reviewed_on(sheet: &Flowsheet, day: Day) -> bool {
    sheet.reviews.iter().any(|review| review.day == day)
}

/// Whether time was spent on the case review.
fn is_of_review(activity: Activity) -> bool {
    matches!(activity, Activity::CaseloadReview | Activity::PsychiatricConsult)
}

fn whole_minutes(seconds: impl Iterator<Item = u32>) -> u32 {
    seconds.fold(0_u32, u32::saturating_add) / 60
}

/// Whether a recommendation waits for the message to the treating clinician.
fn waits_to_be_sent(sheet: &Flowsheet, line: &RecommendationLine, today: Day) -> bool {
    let is_handed_over = sheet.handed_over.iter().any(|(about, _)| *about == line.recommendation);
    let is_open = sheet.status_on(today).is_some_and(StatusLine::is_open);
    line.asked.is_none() && line.answer.is_none() && is_open && !is_handed_over
}

fn recommendation(folded: &Folded, line: &RecommendationLine) -> Option<Recommendation> {
    match &folded.head(&Slot::Recommendation(line.recommendation))?.fact {
        Fact::Recommendation(fact) => Some(fact.clone()),
        _ => None,
    }
}

fn unsent_of(sheet: &Flowsheet, folded: Option<&Folded>, today: Day) -> Vec<UnsentRow> {
    let lines = sheet.recommendations.iter();
    let row = |line: &RecommendationLine| {
        Some(UnsentRow {
            chart: sheet.chart,
            name: sheet.list_name(),
            recommendation: line.recommendation,
            day: line.day,
            text: recommendation(folded?, line)?.text,
        })
    };
    lines
        .filter(|line| waits_to_be_sent(sheet, line, today))
        .filter_map(row)
        .collect()
}

fn held_row(sheet: &Flowsheet, folded: Option<&Folded>, today: Day) -> HeldRow {
    let times = sheet
        .times
        .iter()
        .filter(|time| time.day == today && is_of_review(time.activity));
    let advice = sheet.recommendations.iter().filter(|line| line.day == today);
    HeldRow {
        chart: sheet.chart,
        name: sheet.list_name(),
        minutes: whole_minutes(times.map(|time| time.seconds.0)),
        advice: advice
            .filter_map(|line| Some(recommendation(folded?, line)?.text))
            .collect(),
    }
}

fn skipped_row(row: AgendaRow) -> SkippedRow {
    SkippedRow {
        chart: row.chart,
        name: row.name,
        why: row.skipped.map_or_else(String::new, |(_, why)| why),
    }
}

fn wishes(folded: &Folded) -> impl DoubleEndedIterator<Item = &ReviewRequest> {
    folded.live().iter().filter_map(|live| match &live.fact {
        Fact::ReviewRequest(request) => Some(request),
        _ => None,
    })
}

/// What was asked since the last review, the oldest first, each question once.
fn questions(folded: &Folded, sheet: &Flowsheet, zone: Zone) -> Vec<String> {
    let open = wishes(folded).filter(|wish| !wish.is_skip() && sheet.review_requests.contains(&wish.at));
    let mut open: Vec<&ReviewRequest> = open.collect();
    open.sort_by_key(|wish| wish.at.instant(zone));
    let mut questions: Vec<String> = Vec::new();
    for wish in open {
        if !questions.contains(&wish.question) {
            questions.push(wish.question.clone());
        }
    }
    questions
}

/// The meeting that left the patient out, and why.
fn skipped(day: Option<Day>, folded: Option<&Folded>, zone: Zone) -> Option<(Day, String)> {
    let day = day?;
    let mut of_day = folded
        .into_iter()
        .flat_map(wishes)
        .filter(|wish| wish.is_skip() && wish.at.day(zone) == day);
    Some((
        day,
        of_day
            .next_back()
            .map_or_else(String::new, |wish| wish.question.clone()),
    ))
}

/// The latest answer to a safety item, in words. None asked is not "no".
fn safety_item(sheet: &Flowsheet, today: Day) -> String {
    let Some(score) = care::latest_with_safety_item(sheet, today) else {
        return "No safety item was asked yet".to_owned();
    };
    let title = super::timeline::title(&score.instrument);
    let said = match score.safety {
        SafetyItem::Answered(value) => format!("answered {value}"),
        SafetyItem::Line { reached: true, .. } => "score at or over the clinic\u{2019}s line".to_owned(),
        SafetyItem::Line { reached: false, .. } => "score under the clinic\u{2019}s line".to_owned(),
        SafetyItem::NotKnown | SafetyItem::None => "not known".to_owned(),
    };
    format!("{title} safety item: {said}, {}", care::near_words(score.day, today))
}

/// Who, and how it has gone: two lines without a name.
fn story(patient: &PatientView, sheet: &Flowsheet, folded: &Folded, at: &AsOf<'_>) -> (String, String) {
    let age = patient
        .age
        .map_or_else(|| "age not known".to_owned(), |age| age.to_string());
    let diagnoses = match patient.diagnoses.is_empty() {
        true => "no diagnosis on record".to_owned(),
        false => patient.diagnoses.join("; "),
    };
    let referred = folded.slots().filter_map(|slot| match &folded.head(slot)?.fact {
        Fact::Referral(referral) => Some((referral.at.instant(at.office.zone), referral.reason.clone()?)),
        _ => None,
    });
    let reason = referred
        .max_by_key(|(at, _)| *at)
        .map(|(_, reason)| format!("referred for: {reason}"));
    let who = [
        Some(age),
        sheet.who.pronouns.clone(),
        Some(patient.status_line.clone()),
        Some(diagnoses),
        reason,
    ];
    let gone = patient
        .measures
        .iter()
        .take(2)
        .map(|measure| match (measure.cells.first, measure.cells.last) {
            (Some(first), Some(last)) if measure.cells.change.is_some() => {
                format!("{} {first} \u{2192} {last}", measure.title)
            }
            (_, Some(last)) => format!("{} {last}, no later score", measure.title),
            _ => format!("{}: no score", measure.title),
        });
    let contact = match sheet.last_contact(at.today) {
        Some(contact) => format!("last contact {}", care::near_words(contact.day, at.today)),
        None => "no contact with the patient yet".to_owned(),
    };
    let opened = sheet.episode_on(at.today).map(|episode| episode.opened);
    let contacts = sheet
        .contacts
        .iter()
        .filter(|contact| contact.with_patient && opened.is_none_or(|o| o <= contact.day));
    let contacts = match contacts.count() {
        1 => "1 contact in this episode".to_owned(),
        many => format!("{many} contacts in this episode"),
    };
    let gone: Vec<String> = gone.chain([contact, contacts]).collect();
    (
        who.into_iter().flatten().collect::<Vec<_>>().join(", "),
        gone.join("; "),
    )
}

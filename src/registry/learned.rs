//! What is learned of a patient and what may be told of it, as pages show it; and what is held back from a file.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};

use super::api::{Failure, Included};
use super::books::Books;
use super::timeline::{learned as words, timeline};
use super::views::*;
use crate::care::privacy::{self, HeldItem};
use crate::care::{self, UnderAge};
use crate::flowsheet::Flowsheet;
use crate::journal::facts::*;
use crate::journal::{Chart, ChartId, Day, EntryId, Fact, Folded, Slot, is_at_target};
use crate::store::Store;
use crate::vault::Aead;

/// Values of one kind that a table shows.
const LISTED: usize = 5;

impl<S: Store, A: Aead> Books<S, A> {
    /// What is learned of one patient.
    pub async fn learned(&mut self, id: ChartId, at: DateTime<FixedOffset>) -> Result<LearnedView, Failure> {
        self.sheet(id)?;
        let chart = self.read_again(id).await?;
        let folded = chart.fold();
        let sheet = self.sheet(id)?;
        let today = self.as_of(at).today;
        let (areas, saved) = self.areas(&folded);
        let consents = consents(&folded);
        let people = self.office.people.values().filter(|p| !p.left && p.same_as.is_none());
        Ok(LearnedView {
            asked_anew: care::asked_anew(&areas, sheet, today),
            areas,
            saved,
            gaps: care::gap_words(&folded, sheet.who.sex),
            mania: care::mania_screen(&folded).line(),
            known: known(sheet, &folded, today),
            conditions: conditions(&folded, today),
            allergies: allergies(&folded, today),
            values: values(&folded, self.zone(), today),
            consent_lines: consents.iter().map(|consent| self.consent_words(consent)).collect(),
            consents,
            incomplete: incomplete(sheet, &folded),
            releases: releases(&folded, today),
            held: self.held(id, sheet, &chart, &folded, today),
            permissions: permissions(&folded),
            minor_care: minor_care(&folded),
            minor: self.minor_words(sheet, today),
            people: people.map(|p| (p.person, p.name.clone())).collect(),
            team: self.team_contacts(&folded, sheet, today),
            guardian: registration(&folded).and_then(|registration| registration.guardian.clone()),
        })
    }

    /// The treating clinician and the care team on a day, by name, each once.
    fn team_contacts(&self, folded: &Folded, sheet: &Flowsheet, today: Day) -> Vec<TeamContact> {
        let members = folded.slots().filter_map(|slot| match &folded.head(slot)?.fact {
            Fact::CareTeamMember(member) if member.until.is_none_or(|until| today <= until) => Some(member),
            _ => None,
        });
        let mut team: Vec<TeamContact> = members
            .map(|member| {
                let fax = member.fax.as_ref().map(|fax| format!("fax {fax}"));
                let ways = [member.phone.clone(), fax, member.email.clone()];
                let ways: Vec<String> = ways.into_iter().flatten().collect();
                TeamContact {
                    name: member.name.clone(),
                    contact: (!ways.is_empty()).then(|| ways.join(", ")),
                    kind: match member.role {
                        TeamRole::Family => RecipientKind::Family,
                        TeamRole::Agency => RecipientKind::Service,
                        TeamRole::CaseManager | TeamRole::Other => RecipientKind::Other,
                        _ => RecipientKind::Provider,
                    },
                }
            })
            .collect();
        let clinician = sheet.who.clinician.and_then(|person| self.office.people.get(&person));
        team.extend(clinician.map(|person| TeamContact {
            name: person.name.clone(),
            contact: person.phone.clone(),
            kind: RecipientKind::Provider,
        }));
        team.sort_by(|a, b| (&a.name, a.contact.is_none()).cmp(&(&b.name, b.contact.is_none())));
        team.dedup_by(|a, b| a.name == b.name);
        team
    }

    /// What is held back of some patients, for a person to confirm item by item.
    pub async fn held_back(&mut self, ids: &[ChartId], at: DateTime<FixedOffset>) -> Result<Vec<HeldView>, Failure> {
        let today = self.as_of(at).today;
        let charts = self.read_many(&ids.iter().copied().collect()).await?;
        let mut held = Vec::new();
        for id in ids {
            if let Some(chart) = charts.get(id) {
                held.extend(self.held(*id, self.sheet(*id)?, chart, &chart.fold(), today));
            }
        }
        Ok(held)
    }

    fn held(&self, id: ChartId, sheet: &Flowsheet, chart: &Chart, folded: &Folded, today: Day) -> Vec<HeldView> {
        let items = privacy::held_items(chart, folded);
        if items.is_empty() {
            return Vec::new();
        }
        let rows: BTreeMap<EntryId, TimelineRow> = timeline(folded, &self.office)
            .into_iter()
            .map(|row| (row.entry, row))
            .collect();
        let view = |item: HeldItem| {
            let row = rows.get(&item.entry);
            let protections: BTreeSet<_> = item.why.iter().map(|why| why.protection).collect();
            let (mut by, mut not_by) = (Vec::new(), Vec::new());
            for release in privacy::releases(folded) {
                match privacy::may_tell(folded, release.release, today, &item.why) {
                    Ok(()) => by.push((release.release, release.to.clone())),
                    Err(why) => not_by.push(format!("{}: {why}", release.to)),
                }
            }
            HeldView {
                chart: id,
                name: sheet.list_name(),
                entry: item.entry,
                at: row.map(|row| row.at),
                line: row.map_or_else(|| "An entry made in error".to_owned(), |row| row.line.clone()),
                why: protections.into_iter().collect(),
                by,
                not_by,
            }
        };
        items.into_iter().map(view).collect()
    }

    /// What a caller has to know before calling.
    pub(super) fn may(&self, sheet: &Flowsheet, folded: &Folded, today: Day) -> MayView {
        let minor = self.minor_words(sheet, today).map(|minor| match minor_care(folded) {
            Some(care) => format!("{minor}. {}", words::minor_words(&care)),
            None => format!("{minor}. Who consented, and what stays confidential, is not written down"),
        });
        let lines = match (permissions(folded), registered_ways(folded)) {
            (Some(permissions), _) => words::may_words(&permissions),
            (None, Some(ways)) => vec![ways],
            (None, None) => Vec::new(),
        };
        MayView { lines, minor }
    }

    /// That a patient is a minor, and from which age a minor consents alone, by the clinic's settings.
    fn minor_words(&self, sheet: &Flowsheet, today: Day) -> Option<String> {
        let under = UnderAge {
            birth: sheet.who.birth,
            of_age: self.office.clinic.of_age,
        };
        let age = under.age_on(today)?;
        let alone = match self.office.clinic.consents_from {
            Some(from) if u32::from(from) <= age => {
                format!("may consent to outpatient care alone from {from}, by the clinic\u{2019}s settings")
            }
            Some(from) => format!("may not yet consent alone (from {from}, by the clinic\u{2019}s settings)"),
            None => "the age from which a minor consents alone is not set in Settings".to_owned(),
        };
        Some(format!("A minor, {age} years old; {alone}"))
    }

    /// The areas that were saved, and by whom.
    fn areas(&self, folded: &Folded) -> (Vec<AreaAnswers>, Vec<String>) {
        let heads = care::AREAS
            .iter()
            .filter_map(|info| folded.head(&Slot::Area(info.area)));
        let saved = heads.filter_map(|live| match &live.fact {
            Fact::AreaAnswers(answers) => Some((
                answers.clone(),
                format!("{}, {}", day_words(answers.day), self.office.name(live.author)),
            )),
            _ => None,
        });
        saved.unzip()
    }

    fn consent_words(&self, consent: &Consent) -> String {
        let line = words::consent_line(consent);
        let by = consent
            .taken_by
            .map(|by| format!(", asked by {}", self.office.name(by)))
            .unwrap_or_default();
        let more = words::consent_more(consent)
            .map(|more| format!(". {more}"))
            .unwrap_or_default();
        format!("{line}, {}{by}{more}", day_words(consent.day))
    }
}

/// Where the initial assessment stands.
pub(super) fn assessed(sheet: &Flowsheet, folded: &Folded) -> AssessedView {
    let days = care::AREAS
        .iter()
        .filter_map(|info| care::answers(folded, info.area))
        .map(|answers| answers.day);
    AssessedView {
        latest: days.max(),
        gaps: care::gap_words(folded, sheet.who.sex),
        mania: care::mania_screen(folded).line(),
        safety: care::known_of_safety(folded).into_iter().map(safety_words).collect(),
    }
}

/// `Past attempts: yes, in 2019 (asked Fri 20 Nov)`.
fn safety_words((day, title, said): (Day, &str, Option<&str>)) -> String {
    let said = said.map(|words| format!(", {words}")).unwrap_or_default();
    let mut title = title.to_owned();
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    format!("{title}: yes{said} (asked {})", day_words(day))
}

/// The entries that stay behind: all that is held back but what a person included under a release.
///
/// # Errors
/// When a release doesn't permit what was included under it.
pub(super) fn left_out(chart: &Chart, included: &[Included], today: Day) -> Result<BTreeSet<EntryId>, Failure> {
    let folded = chart.fold();
    let mut stay = BTreeSet::new();
    for item in privacy::held_items(chart, &folded) {
        match included.iter().find(|included| included.entry == item.entry) {
            None => stay.extend(item.entries),
            Some(included) => privacy::may_tell(&folded, included.release, today, &item.why).map_err(|why| {
                Failure::File(format!(
                    "Something that is held back can\u{2019}t be included: {why}. No file was made."
                ))
            })?,
        }
    }
    Ok(stay)
}

fn consents(folded: &Folded) -> Vec<Consent> {
    let mut all: Vec<Consent> = folded
        .live()
        .iter()
        .filter_map(|live| match &live.fact {
            Fact::Consent(consent) => Some(consent.clone()),
            _ => None,
        })
        .collect();
    all.reverse();
    all.sort_by_key(|consent| std::cmp::Reverse(consent.day));
    all
}

/// The consents that a sheet's gates call unexplained, as they stand on record.
fn incomplete(sheet: &Flowsheet, folded: &Folded) -> Vec<IncompleteConsent> {
    let found = sheet.gates.unexplained.iter().filter_map(|(day, programme, lacks)| {
        let mut live = folded.live().iter().rev();
        live.find_map(|live| match &live.fact {
            Fact::Consent(consent) if consent.day == *day && consent.programme == *programme => {
                Some(IncompleteConsent {
                    entry: live.id,
                    consent: consent.clone(),
                    lacks: format!(
                        "Not ticked as explained in the consent of {}: {}.",
                        day_words(*day),
                        lacks.words()
                    ),
                })
            }
            _ => None,
        })
    });
    let mut all: Vec<IncompleteConsent> = found.collect();
    all.sort_by_key(|incomplete| std::cmp::Reverse(incomplete.consent.day));
    all
}

fn releases(folded: &Folded, today: Day) -> Vec<StandingRelease> {
    let view = |release: &Release| StandingRelease {
        release: release.clone(),
        covers: words::scope_words(release),
        not: privacy::in_force(folded, release.release, today)
            .err()
            .map(|why| why.to_string()),
    };
    privacy::releases(folded).into_iter().map(view).collect()
}

fn permissions(folded: &Folded) -> Option<Permissions> {
    match &folded.head(&Slot::Permissions)?.fact {
        Fact::Permissions(permissions) => Some(permissions.clone()),
        _ => None,
    }
}

fn minor_care(folded: &Folded) -> Option<MinorCare> {
    match &folded.head(&Slot::MinorCare)?.fact {
        Fact::MinorCare(minor) => Some(minor.clone()),
        _ => None,
    }
}

fn registration(folded: &Folded) -> Option<&Registration> {
    match &folded.head(&Slot::Registration)?.fact {
        Fact::Registration(registration) => Some(registration),
        _ => None,
    }
}

/// What a registration says of messages, where nobody asked way by way.
fn registered_ways(folded: &Folded) -> Option<String> {
    let registration = registration(folded)?;
    let ways: Vec<&str> = registration.messages_by.iter().map(|way| channel_word(*way)).collect();
    (!ways.is_empty()).then(|| format!("messages may be left by {}", ways.join(", ")))
}

fn conditions(folded: &Folded, today: Day) -> Vec<Condition> {
    let heads = folded.slots().filter_map(|slot| folded.head(slot));
    let mut all: Vec<Condition> = heads
        .filter_map(|live| match &live.fact {
            Fact::Condition(condition) => Some(condition.clone()),
            _ => None,
        })
        .collect();
    all.sort_by_key(|c| {
        (
            c.until.is_some_and(|until| until < today),
            c.label.to_lowercase(),
            c.condition,
        )
    });
    all
}

/// What the patient is allergic to or can't take: the allergies on record, else what was named when asked.
pub(super) fn allergic_to(folded: &Folded, today: Day) -> Vec<String> {
    let named = named_allergies(folded, today);
    match care::reply(folded, Question::Allergies) {
        Some(Said::Yes { words: Some(words) }) if named.is_empty() => vec![words.clone()],
        _ => named,
    }
}

fn named_allergies(folded: &Folded, today: Day) -> Vec<String> {
    conditions(folded, today)
        .into_iter()
        .filter(|c| c.what == Some(ConditionKind::Allergy) && c.until.is_none_or(|until| today <= until))
        .map(|c| c.note.map_or(c.label.clone(), |note| format!("{} ({note})", c.label)))
        .collect()
}

/// Allergies on record, else what was said when asked; "not asked" is never "none".
pub(super) fn allergies(folded: &Folded, today: Day) -> String {
    let named = named_allergies(folded, today);
    if !named.is_empty() {
        return named.join("; ");
    }
    match care::reply(folded, Question::Allergies) {
        None => "not asked".to_owned(),
        Some(Said::No) => "no known allergies".to_owned(),
        Some(Said::Yes { words: Some(words) }) => words.clone(),
        Some(Said::Yes { words: None }) => "yes, not named yet".to_owned(),
        Some(Said::RatherNot) => "asked; the patient would rather not say".to_owned(),
    }
}

fn values(folded: &Folded, zone: crate::journal::Zone, today: Day) -> Vec<ValueTable> {
    let mut tables: BTreeMap<String, Vec<DatedValue>> = BTreeMap::new();
    for live in folded.live() {
        if let Fact::DatedValue(value) = &live.fact {
            tables.entry(value.name.clone()).or_default().push(value.clone());
        }
    }
    let table = |(name, mut rows): (String, Vec<DatedValue>)| {
        rows.reverse();
        rows.sort_by_key(|value| std::cmp::Reverse((value.at.day(zone), value.at.instant(zone))));
        let all = super::open::count(rows.len());
        rows.truncate(LISTED);
        let age = rows
            .first()
            .map_or_else(String::new, |value| age_words(today.since(value.at.day(zone))));
        let at_target = rows.iter().map(is_at_target).collect();
        ValueTable {
            name,
            age,
            rows,
            at_target,
            all,
        }
    };
    tables.into_iter().map(table).collect()
}

fn age_words(days: i64) -> String {
    match days {
        ..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        2..=60 => format!("{days} days ago"),
        61..=730 => format!("{} months ago", days / 30),
        _ => format!("{} years ago", days / 365),
    }
}

fn said_words(said: &Said) -> String {
    match said {
        Said::No => "no".to_owned(),
        Said::RatherNot => "would rather not say".to_owned(),
        Said::Yes { words: None } => "yes".to_owned(),
        Said::Yes { words: Some(words) } => format!("yes, {words}"),
    }
}

/// What other pages know already, and what was asked on another day, beside the area that would ask for it again.
fn known(sheet: &Flowsheet, folded: &Folded, today: Day) -> Vec<(String, Vec<String>)> {
    let mut known: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let title = |area: Area| care::area_info(area).map_or("", |info| info.title);
    let mut add = |area: Area, line: String| known.entry(title(area)).or_default().push(line);
    for line in super::patient::medicines(folded, today) {
        add(Area::PastTreatment, format!("Taken now: {line}"));
    }
    for line in super::patient::diagnoses(folded, today) {
        add(Area::Diagnosis, format!("On record: {line}"));
    }
    for info in care::AREAS {
        for (asked, day, said) in care::asked_before(folded, info.area) {
            add(
                info.area,
                format!("Asked {}, {}: {}", day_words(day), asked.title, said_words(said)),
            );
        }
    }
    if let Some((day, _)) = sheet.safety_plan {
        add(Area::PastHarm, format!("Safety plan of {}", day_words(day)));
    }
    for concern in sheet.open_concerns() {
        add(
            Area::PastHarm,
            format!("Open concern: {}", care::concern_words(concern.kind)),
        );
    }
    for condition in conditions(folded, today) {
        let what = if condition.what == Some(ConditionKind::Allergy) {
            "Allergy"
        } else {
            "Illness"
        };
        add(Area::Medical, format!("{what}: {}", condition.label));
    }
    let of_area = [
        ("mdq", Area::Mania),
        ("audit", Area::Substances),
        ("audit_c", Area::Substances),
        ("dast10", Area::Substances),
        ("pcl5", Area::Trauma),
        ("pc_ptsd_5", Area::Trauma),
        ("phq9", Area::Diagnosis),
        ("gad7", Area::Diagnosis),
        ("wsas", Area::Function),
    ];
    for (instrument, area) in of_area {
        let latest = sheet
            .scores
            .iter()
            .rev()
            .find(|s| s.instrument == instrument && s.day <= today);
        if let Some(score) = latest {
            let title = super::timeline::title(instrument);
            let total = score
                .total
                .map_or_else(|| "taken".to_owned(), |total| total.to_string());
            add(area, format!("{title} {total}, {}", day_words(score.day)));
        }
    }
    known
        .into_iter()
        .map(|(title, lines)| (title.to_owned(), lines))
        .collect()
}

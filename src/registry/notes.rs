//! Notes for the EHR, letters and messages: the queue, the texts, the templates.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset};

use super::api::Failure;
use super::books::Books;
use super::notes_team::{invented, member_name, months, team};
use super::open::count;
use super::queries::about;
use super::timeline::supervised;
use super::views::*;
use crate::care::AsOf;
use crate::care::intent::{Intent, Refusal};
use crate::care::privacy::{self, Ground};
use crate::exchange::note::{self, Addressee, Letter, Paper, Recipient, Source};
use crate::flowsheet::{EhrItem, EhrState, Flowsheet, ehr_items, project};
use crate::journal::facts::{CareTeamMember, Communication, EhrCopy, FeedbackAfter, NoteKind};
use crate::journal::{ChartId, Day, EntryId, Fact, Folded, Journal, Slot, When};
use crate::store::Store;
use crate::training::{self, Recipe};
use crate::vault::Aead;

/// Days for which notes wait where the clinic named no first day: what is older was written before anybody kept the
/// queue, and is counted, never hidden.
const WAITS: i64 = 30;

/// The caseload that templates are tried on.
const TRIED: (u64, u32, u32) = (7, 40, 8);

impl<S: Store, A: Aead> Books<S, A> {
    /// What of all patients is not in the EHR yet, oldest first.
    pub fn ehr(&self, query: &EhrQuery, at: DateTime<FixedOffset>) -> EhrView {
        let today = self.zone().day(at);
        let (since, is_chosen) = self.ehr_since(today);
        let mine = |sheet: &&Flowsheet| {
            let whose = query.care_manager;
            !sheet.erased && whose.is_none_or(|whose| sheet.care_manager_on(today) == Some(whose))
        };
        let sheets = || self.sheets.values().filter(mine);
        let waits = |day: Day, state: EhrState| since <= day || state != EhrState::New;
        let all = || sheets().flat_map(|sheet| sheet.ehr.iter().map(move |line| (sheet, line)));
        let total = all().filter(|(_, line)| waits(line.day, line.state)).count();
        let older = all().count() - total;
        let mut wanted: Vec<_> = all()
            .filter(|(_, line)| query.with_older || waits(line.day, line.state))
            .collect();
        wanted.sort_by(|(a, x), (b, y)| {
            (x.day, &a.who.family, a.chart, x.anchor).cmp(&(y.day, &b.who.family, b.chart, y.anchor))
        });
        wanted.truncate(query.most as usize);
        let row = |(sheet, line): (&Flowsheet, &crate::flowsheet::EhrLine)| {
            row(sheet, line.anchor, line.kind, line.day, line.state, today)
        };
        let crew = crate::care::cosign::Crew::of(&self.office.folded);
        EhrView {
            in_supervision: crew.supervises(self.me) || crew.is_trainee(self.me),
            since,
            is_chosen,
            total: count(total),
            older: count(older),
            rows: wanted.into_iter().map(row).collect(),
        }
    }

    /// The first day of the queue, and whether the clinic chose it.
    fn ehr_since(&self, today: Day) -> (Day, bool) {
        match self.office.folded.head(&Slot::EhrStart).map(|live| &live.fact) {
            Some(Fact::EhrStart(start)) => (start.since, true),
            _ => (today.plus(-WAITS), false),
        }
    }

    /// Notes, letters and messages of one patient.
    pub async fn notes(&mut self, id: ChartId, at: DateTime<FixedOffset>) -> Result<NotesView, Failure> {
        self.sheet(id)?;
        let folded = self.read_again(id).await?.fold();
        let sheet = self.sheet(id)?;
        let moment = self.as_of(at);
        let today = moment.today;
        let none = BTreeSet::new();
        let source = self.source(&folded, sheet, moment, &none);
        let (since, _) = self.ehr_since(today);
        let items = ehr_items(&folded, self.zone());
        let waits = items.iter().filter(|item| item.state != EhrState::Copied);
        let rows: Vec<EhrRow> = waits
            .map(|item| row(sheet, item.anchor, item.kind, item.day, item.state, today))
            .collect();
        let older = rows
            .iter()
            .filter(|row| row.state == EhrState::New && row.day < since)
            .count();
        let released = note::releases(&folded, today);
        let release = |release| released.iter().find(|line| Some(line.release) == release);
        let mut copies = Vec::new();
        let mut sent = Vec::new();
        for live in folded.live().iter().rev() {
            match &live.fact {
                Fact::EhrCopy(copy) => copies.push(CopyView {
                    entry: live.id,
                    label: Paper::Note(copy.kind).label().to_owned(),
                    at: copy.at,
                    by: self.office.name(live.author),
                    text: copy.text.clone(),
                }),
                Fact::Communication(m) => sent.push(SentView {
                    entry: live.id,
                    to: m
                        .member
                        .and_then(|member| member_name(&folded, member))
                        .unwrap_or_else(|| self.recipient(m)),
                    at: m.at,
                    by: channel_word(m.by).to_owned(),
                    release: m
                        .release
                        .map(|id| release(Some(id)).map_or_else(String::new, |line| line.to.clone())),
                    text: m.text.clone(),
                }),
                _ => {}
            }
        }
        let summary = note::summary(&source);
        Ok(NotesView {
            today,
            older: count(older),
            rows,
            copies,
            sent,
            releases: released
                .iter()
                .map(|line| ReleaseLine {
                    release: line.release,
                    to: line.to.clone(),
                    words: line.words.clone(),
                    ended: line.ended.clone(),
                })
                .collect(),
            held: note::held_back(&folded)
                .into_iter()
                .map(|held| (held.entry, held.words))
                .collect(),
            open_advice: sheet
                .recommendations
                .iter()
                .filter(|line| line.waits())
                .map(|line| line.recommendation)
                .collect(),
            concerns: sheet
                .open_concerns()
                .map(|line| (line.concern, note::concern_title(line)))
                .collect(),
            advice: advice(&folded),
            clinician: sheet.who.clinician.map(|id| (id, self.office.name(id))),
            team: team(&folded, today),
            months: months(&folded, sheet, self.zone(), today),
            summary: SummaryView {
                name: summary.name,
                parts: summary
                    .parts
                    .into_iter()
                    .map(|(title, lines)| (title.to_owned(), lines))
                    .collect(),
                call: summary.call,
                language: summary.language,
                left_out: note::left_out(&folded, today),
            },
        })
    }

    fn recipient(&self, m: &Communication) -> String {
        let known = m.person.map(|person| self.office.name(person));
        let named = known.or_else(|| m.name.clone());
        let whom = super::concern_lines::audience_word(m.to);
        named.map_or_else(|| whom.to_owned(), |name| format!("{name} ({whom})"))
    }

    /// A text about one patient.
    pub async fn text(&mut self, id: ChartId, ask: &TextAsk, at: DateTime<FixedOffset>) -> Result<TextView, Failure> {
        self.sheet(id)?;
        if let TextAsk::Ending { to, confirmed } = ask {
            return self.ending_text(id, *to, confirmed, at).await;
        }
        let folded = self.read_again(id).await?.fold();
        let sheet = self.sheet(id)?;
        let none = BTreeSet::new();
        let moment = self.as_of(at);
        let confirmed: BTreeSet<EntryId> = ask.confirmed().iter().copied().collect();
        let source = Source {
            confirmed: &confirmed,
            ..self.source(&folded, sheet, moment, &none)
        };
        match ask {
            TextAsk::Ending { .. } => Err(Failure::Refused(Refusal::Nothing)),
            TextAsk::Note(anchor) => {
                let items = ehr_items(&folded, self.zone());
                let item = items.into_iter().find(|item| item.anchor == *anchor);
                Ok(self.note(&source, &item.ok_or(Refusal::NoSuchEntry)?))
            }
            TextAsk::Plan { .. } => Ok(self.note(&source, &plan_now(&source))),
            TextAsk::Month { month, .. } => {
                let reckoned = self.reckon(sheet, *month, at);
                let template = self.template(Paper::Note(NoteKind::Month));
                let of = reckoned.counted.iter().map(|line| line.entry);
                Ok(TextView {
                    of: of.collect::<BTreeSet<_>>().into_iter().collect(),
                    kind: Some(NoteKind::Month),
                    ..plain_text(note::month_note(&source, &reckoned, &template))
                })
            }
            TextAsk::Log { from, until, .. } => {
                let template = self.template(Paper::Note(NoteKind::Log));
                Ok(TextView {
                    kind: Some(NoteKind::Log),
                    ..plain_text(note::log_note(&source, *from, *until, &template))
                })
            }
            // To somebody, or it would be told without a ground.
            TextAsk::Letter {
                letter: Letter::Member | Letter::Referrer,
                ..
            } => Err(Refusal::NoSuchEntry.into()),
            TextAsk::Member { member, confirmed } => self.member_text(&source, *member, confirmed),
            TextAsk::Letter {
                letter,
                name,
                confirmed,
                release,
            } => {
                let template = self.template(Paper::Letter(*letter));
                let today = source.at.today;
                let clinician = self.clinician_of(&folded, sheet, name);
                let may = |entry| note::may_tell_held(&folded, *letter, *release, &clinician, entry, today);
                let (confirmed, refused) = may_be_told(confirmed, may);
                let to = Recipient { letter: *letter, name };
                Ok(TextView {
                    refused,
                    ..plain_text(note::letter(&source, to, &confirmed, &template))
                })
            }
        }
    }

    fn note(&self, source: &Source<'_>, item: &EhrItem) -> TextView {
        let mut text = note::note(source, item, &self.template(Paper::Note(item.kind)));
        // Who reads the note elsewhere sees that a trainee wrote it, whatever the template says.
        let said = supervised::signatures(source.folded, &self.office);
        let said: BTreeSet<&String> = item.told.iter().filter_map(|entry| said.get(entry)).collect();
        for words in said {
            text.push_str(&format!("\n{}", super::open::sentence(words)));
        }
        TextView {
            of: item.told.clone(),
            kind: Some(item.kind),
            ..plain_text(text)
        }
    }

    /// The clinician of a letter: the one who is named, else the one on record.
    pub(super) fn clinician_of(&self, folded: &Folded, sheet: &Flowsheet, name: &str) -> CareTeamMember {
        let on_record = sheet.who.clinician;
        match (name.trim(), on_record) {
            ("", Some(person)) => privacy::clinician(folded, Some(person), &self.office.name(person)),
            (name, _) => privacy::clinician(folded, None, name),
        }
    }

    pub(super) fn source<'a>(
        &'a self,
        folded: &'a Folded,
        sheet: &'a Flowsheet,
        at: AsOf<'a>,
        none: &'a BTreeSet<EntryId>,
    ) -> Source<'a> {
        Source {
            folded,
            sheet,
            at,
            people: &self.office.people,
            clinic: &self.office.clinic,
            me: self.me,
            held: none,
            confirmed: none,
        }
    }

    /// The template in force: the clinic's own, unless it is empty or names a field that there isn't any more.
    pub(super) fn template(&self, paper: Paper) -> String {
        self.own_template(paper).unwrap_or_else(|| paper.ours().to_owned())
    }

    pub(super) fn own_template(&self, paper: Paper) -> Option<String> {
        match self
            .office
            .folded
            .head(&Slot::Template(paper.template_id()))
            .map(|live| &live.fact)
        {
            Some(Fact::Template(own)) if !own.text.trim().is_empty() => {
                note::check_template(paper, &own.text).is_ok().then(|| own.text.clone())
            }
            _ => None,
        }
    }

    /// All templates, with the fields that each may name.
    pub fn templates(&self) -> Vec<TemplateView> {
        let view = |paper: Paper| {
            let own = self.own_template(paper);
            TemplateView {
                paper,
                label: paper.label().to_owned(),
                is_own: own.is_some(),
                text: own.unwrap_or_else(|| paper.ours().to_owned()),
                ours: paper.ours().to_owned(),
                fields: note::vocabulary(paper)
                    .into_iter()
                    .map(|field| (field.name.to_owned(), field.about.to_owned()))
                    .collect(),
            }
        };
        Paper::all().map(view).collect()
    }

    /// What a template makes of an invented patient.
    pub fn try_template(&self, paper: Paper, text: &str, at: DateTime<FixedOffset>) -> Result<TextView, Failure> {
        note::check_template(paper, text).map_err(refused)?;
        let (seed, patients, months) = TRIED;
        let zone = self.zone();
        let recipe = Recipe::new(seed, patients, months, zone.day(at), zone);
        let entries = training::generate(&recipe)
            .map_err(|_error: crate::journal::EntryError| Failure::File("No patient could be invented.".to_owned()))?;
        let journal = Journal::of(entries);
        let own = recipe.registry.own_chart();
        let people = journal
            .charts()
            .find(|(id, _)| *id == own)
            .map(|(_, chart)| chart.clone());
        let office = super::office::Office::of(own, people.unwrap_or_default(), zone);
        let none = BTreeSet::new();
        let mut fallback = None;
        for (id, chart) in journal.charts().filter(|(id, _)| *id != own) {
            let folded = chart.fold();
            let sheet = project(id, chart, &folded, zone);
            let source = Source {
                people: &office.people,
                me: training::author(&recipe),
                ..self.source(&folded, &sheet, self.as_of(at), &none)
            };
            if let Some(made) = tried(&source, paper, text, &office) {
                return Ok(made);
            }
            if fallback.is_none() {
                fallback = Some(note::note(&source, &plan_now(&source), text));
            }
        }
        Ok(plain_text(fallback.unwrap_or_default()))
    }

    /// Refuses a template with a field that there isn't.
    pub(super) fn check_templates(intent: &Intent) -> Result<(), Failure> {
        let Intent::Office(facts) = intent else {
            return Ok(());
        };
        for fact in facts {
            let Fact::Template(template) = fact else { continue };
            let paper = Paper::all().find(|paper| paper.template_id() == template.template);
            if let Some(paper) = paper {
                note::check_template(paper, &template.text).map_err(refused)?;
            }
        }
        Ok(())
    }
}

/// Of what is confirmed, what may be told, and why the rest may not.
pub(super) fn may_be_told(
    confirmed: &[EntryId],
    may: impl Fn(EntryId) -> Result<(), String>,
) -> (BTreeSet<EntryId>, Vec<(EntryId, String)>) {
    let (mut told, mut refused) = (BTreeSet::new(), Vec::new());
    for entry in confirmed {
        match may(*entry) {
            Ok(()) => {
                told.insert(*entry);
            }
            Err(why) => refused.push((*entry, why)),
        }
    }
    (told, refused)
}

fn refused(why: note::TemplateError) -> Failure {
    Failure::Refused(Refusal::Field(why.to_string()))
}

/// What a template makes of this patient, when the patient has something of its kind.
fn tried(source: &Source<'_>, paper: Paper, text: &str, office: &super::office::Office) -> Option<TextView> {
    let today = source.at.today;
    let kind = match paper {
        Paper::Letter(letter) => {
            source.episode(today).filter(|_| !source.sheet.scores.is_empty())?;
            let to = Recipient { letter, name: "" };
            let none = BTreeSet::new();
            return Some(plain_text(match letter {
                Letter::Member => {
                    let (member, ground) = (&invented(), Ground::Treatment);
                    note::member_letter(source, Addressee { member, ground }, &none, text)
                }
                Letter::Referrer => {
                    let (member, ground) = (&invented(), Ground::Treatment);
                    let episode = source.episode(today)?.episode;
                    let after = FeedbackAfter::Enrolled;
                    note::feedback_letter(source, Addressee { member, ground }, episode, after, text)
                }
                _ => note::letter(source, to, &none, text),
            }));
        }
        Paper::Script(_) => return Some(plain_text(office.script(text, source.me))),
        Paper::Note(kind) => kind,
    };
    match kind {
        NoteKind::Month => {
            let month = source.sheet.times.last()?.day.month();
            let profile = office.profiles.of(source.sheet, month.last());
            let zone = source.at.office.zone;
            let reckoned = crate::billing::service_month(source.sheet, month, profile, &office.team, zone, today);
            Some(plain_text(note::month_note(source, &reckoned, text)))
        }
        NoteKind::Log => {
            let from = source.sheet.contacts.last()?.day.plus(-60);
            Some(plain_text(note::log_note(source, from, today, text)))
        }
        kind => {
            let items = ehr_items(source.folded, source.at.office.zone);
            let item = items.into_iter().rfind(|item| item.kind == kind)?;
            Some(plain_text(note::note(source, &item, text)))
        }
    }
}

pub(super) fn plain_text(text: String) -> TextView {
    TextView {
        text,
        of: Vec::new(),
        kind: None,
        refused: Vec::new(),
    }
}

/// The treatment plan as it stands, as a note that tells of no entry in particular.
fn plan_now(source: &Source<'_>) -> EhrItem {
    EhrItem {
        kind: NoteKind::Plan,
        anchor: EntryId::derived([0; 16]),
        told: Vec::new(),
        at: When::At(source.at.now),
        day: source.at.today,
        by: source.me,
        state: EhrState::New,
    }
}

/// Recommendations, the latest first.
fn advice(folded: &Folded) -> Vec<(crate::journal::ThingId, String)> {
    let heads = folded.slots().filter_map(|slot| folded.head(slot));
    let mut all: Vec<_> = heads
        .filter_map(|live| match &live.fact {
            Fact::Recommendation(r) => Some((r.day, r.recommendation, r.text.clone())),
            _ => None,
        })
        .collect();
    all.sort_by_key(|(day, id, _)| std::cmp::Reverse((*day, *id)));
    all.into_iter().map(|(_, id, text)| (id, text)).collect()
}

fn row(sheet: &Flowsheet, anchor: EntryId, kind: NoteKind, day: Day, state: EhrState, today: Day) -> EhrRow {
    EhrRow {
        chart: sheet.chart,
        name: sheet.list_name(),
        about: about(sheet, today),
        anchor,
        kind,
        label: Paper::Note(kind).label().to_owned(),
        day,
        state,
    }
}

/// Whether a fact says that a note was copied.
pub(super) fn copy_line(copy: &EhrCopy) -> String {
    format!("In the EHR: {}", Paper::Note(copy.kind).label().to_lowercase())
}

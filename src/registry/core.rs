//! The queue: one request at a time, from the window to the books and back.

use std::collections::BTreeMap;

use super::answer_files::{CALENDAR, CSV, JSON, file, name, sheet_word};
use super::api::*;
use super::books::Books;
use super::handoffs;
use super::imports::{Chosen, Planned};
use super::inbox;
use super::machine::Machine;
use super::open::{self, count};
use super::receive::Source;
use super::tabs::Tab;
use super::views::FALLBACK_ZONE;
use crate::exchange::handoff::{Handoff, RegistryKind};
use crate::journal::{Fact, RegistryId, Zone};
use crate::training::{self, Recipe};
use crate::vault::wait_after;

/// The core: at most one open registry, and what waits to be published into it.
pub struct Core<M: Machine> {
    machine: M,
    pub(super) books: Option<Books<M::Store, M::Aead>>,
    waiting: Waiting,
    wrong: BTreeMap<RegistryId, u32>,
    pub(super) tab: Tab,
}

/// What was read and previewed, and is not published yet.
enum Waiting {
    Nothing,
    Import(Box<Planned>),
    Handoff(Box<Handoff>),
}

/// An answer, with a file's bytes beside it.
pub(super) type Answered = Result<(Response, Option<Vec<u8>>), Failure>;

fn plain(response: Response) -> Answered {
    Ok((response, None))
}

/// What a core is made of: its machine, the open registry, and its tab among the others.
pub(super) type Parts<'c, M> = (
    &'c M,
    Option<&'c mut Books<<M as Machine>::Store, <M as Machine>::Aead>>,
    &'c mut Tab,
);

impl<M: Machine> Core<M> {
    /// A core with nothing open.
    pub fn new(machine: M) -> Self {
        Self {
            machine,
            books: None,
            waiting: Waiting::Nothing,
            wrong: BTreeMap::new(),
            tab: Tab::default(),
        }
    }

    /// Answers one request.
    pub async fn answer(&mut self, envelope: Envelope, files: Vec<Vec<u8>>) -> (Reply, Option<Vec<u8>>) {
        let (id, now) = (envelope.id, envelope.now);
        let progress = self.machine.progress();
        if let Some(response) = progress.answer(id, &envelope.request) {
            let result = Ok(response);
            return (
                Reply {
                    id,
                    result,
                    canary: None,
                },
                None,
            );
        }
        let before = self.books.as_mut().and_then(|b| b.hear(&envelope.canaries));
        progress.begin(id);
        let answered = self.respond(envelope, files).await;
        progress.end();
        let (result, file) = match answered {
            Ok((response, file)) => (Ok(response), file),
            Err(failure) => (Err(failure), None),
        };
        let canary = self.books.as_mut().and_then(|b| b.remember(before.as_ref(), now));
        (Reply { id, result, canary }, file)
    }

    async fn respond(&mut self, envelope: Envelope, files: Vec<Vec<u8>>) -> Answered {
        let Envelope {
            now,
            zone,
            canaries,
            request,
            ..
        } = envelope;
        let zone: Zone = zone.parse().unwrap_or(FALLBACK_ZONE);
        let canaries = open::canaries(&canaries);
        if let Some(books) = &mut self.books {
            if !matches!(request, Request::Lock | Request::Stand(_)) {
                self.tab.catch_up(books, now).await;
            }
            self.tab.admit(&request, books).await?;
        }
        match request {
            Request::Registries => plain(Response::Registries(open::known(&self.machine, &canaries, zone).await)),
            Request::Slots(registry) => plain(Response::Slots(
                open::slots(&self.machine, registry, self.wait(registry)).await?,
            )),
            Request::Create(new) => self.create(&new, now).await,
            Request::Join(new) => self.join(&new, &files, now).await,
            Request::Unlock { registry, slot, key } => {
                let opened = open::unlock(&self.machine, registry, &slot, &key, zone).await;
                self.opened(registry, opened, canaries.get(&registry)).await
            }
            Request::UnlockWithSheet { registry, sheet } => {
                let opened = open::unlock_with_sheet(&self.machine, registry, &sheet, zone).await;
                self.opened(registry, opened, canaries.get(&registry)).await
            }
            Request::Lock => {
                (self.books, self.waiting, self.tab) = (None, Waiting::Nothing, Tab::default());
                plain(Response::Done)
            }
            Request::ChangePassphrase { slot, old, new } => {
                let (books, aead, store) = self.with_keys().await?;
                books.change_passphrase(&aead, &store, &slot, &old, &new).await?;
                plain(Response::Done)
            }
            Request::ResetPassphrase { slot, sheet, new } => {
                let (books, aead, store) = self.with_keys().await?;
                books.reset_passphrase(&aead, &store, &slot, &sheet, &new).await?;
                plain(Response::Done)
            }
            Request::RenewSheet { slot, key } => {
                let (books, aead, store) = self.with_keys().await?;
                let sheet = books.renew_sheet(&aead, &store, &slot, &key).await?;
                plain(Response::Opened(Box::new(books.opened(Some(sheet)).await?)))
            }
            Request::KeepAnswer(answer) => {
                inbox::keep(&self.machine, &answer, now, zone).await?;
                plain(Response::Done)
            }
            Request::RunPlace { registry, run } => {
                plain(Response::RunPlace(inbox::place(&self.machine, registry, run).await?))
            }
            other => self.with_books(other, files, now).await,
        }
    }

    pub(super) fn machine(&self) -> &M {
        &self.machine
    }

    /// The machine, the open registry, and this tab among the others.
    pub(super) fn parts(&mut self) -> Parts<'_, M> {
        (&self.machine, self.books.as_mut(), &mut self.tab)
    }

    /// The open registry, with what its keys are read by.
    async fn with_keys(&mut self) -> Result<(&mut Books<M::Store, M::Aead>, M::Aead, M::Store), Failure> {
        let books = self.books.as_mut().ok_or(Failure::Locked)?;
        let store = self.machine.open(books.registry()).await?;
        Ok((books, self.machine.aead(), store))
    }

    pub(super) fn wait(&self, registry: RegistryId) -> u32 {
        let wrong = self.wrong.get(&registry).copied().unwrap_or_default();
        u32::try_from(wait_after(wrong).as_secs()).unwrap_or(u32::MAX)
    }

    pub(super) async fn opened(
        &mut self,
        registry: RegistryId,
        opened: Result<Books<M::Store, M::Aead>, Failure>,
        known: Option<&crate::store::canary::Known>,
    ) -> Answered {
        let mut books = match opened {
            Err(Failure::WrongKey { .. }) => {
                *self.wrong.entry(registry).or_default() += 1;
                return Err(Failure::WrongKey {
                    wait: self.wait(registry),
                });
            }
            other => other?,
        };
        self.wrong.remove(&registry);
        books.compare(known)?;
        let opened = books.opened(None).await?;
        (self.books, self.tab) = (Some(books), Tab::default());
        plain(Response::Opened(Box::new(opened)))
    }

    async fn create(&mut self, new: &NewRegistry, now: u64) -> Answered {
        let (mut books, sheet) = open::create(&self.machine, new, None, now).await?;
        if new.kind == Kind::Training {
            let at = books
                .zone()
                .from_millis(i64::try_from(now).unwrap_or(i64::MAX))
                .unwrap_or_default();
            let recipe = Recipe {
                registry: books.registry(),
                ..Recipe::new(
                    TRAINING_SEED,
                    training::FIRST_RUN_PATIENTS,
                    training::FIRST_RUN_MONTHS,
                    books.zone().day(at),
                    books.zone(),
                )
            };
            let invented = training::generate(&recipe).map_err(|_error: crate::journal::EntryError| {
                Failure::File("The invented caseload could not be made.".to_owned())
            })?;
            // The person's own clinic stays: of the invented office only the people are taken.
            let own = books.office.chart;
            let wanted = |e: &crate::journal::Entry| e.chart() != own || matches!(e.fact(), Fact::Person(_));
            let invented = invented.into_iter().filter(wanted).collect();
            books = self.begin_with(books, invented, now).await?;
        }
        let opened = books.opened(Some(sheet)).await?;
        self.books = Some(books);
        plain(Response::Opened(Box::new(opened)))
    }

    /// Joins the registry of a handoff: its entries, under keys of this copy's own.
    async fn join(&mut self, new: &NewRegistry, files: &[Vec<u8>], now: u64) -> Answered {
        let handoff = handoffs::read(files.first().ok_or(Failure::Nothing)?, &self.machine.progress()).await?;
        let (registry, kind) = handoffs::joinable(&handoff)?;
        let kind = match kind {
            RegistryKind::Training => Kind::Training,
            RegistryKind::Real => Kind::Real,
            RegistryKind::Packet => Kind::Packet,
        };
        let (clinic, new) = (handoffs::clinic_of(&handoff), NewRegistry { kind, ..new.clone() });
        let is_named = |person: &_| handoff.header.people.iter().any(|named| named.person == *person);
        let new = NewRegistry {
            clinic: clinic.unwrap_or(new.clinic.clone()),
            person: new.person.filter(is_named),
            ..new
        };
        let (books, sheet) = open::create(&self.machine, &new, Some(registry), now).await?;
        let entries = handoff.entries().cloned().collect();
        let mut books = self.begin_with(books, entries, now).await?;
        books.note_packet(&handoff).await?;
        let opened = books.opened(Some(sheet)).await?;
        self.books = Some(books);
        plain(Response::Opened(Box::new(opened)))
    }

    /// Fills a registry that was just made. One of which nothing came in is none: its database goes, so that it can
    /// be begun anew.
    async fn begin_with(
        &self,
        mut books: Books<M::Store, M::Aead>,
        entries: Vec<crate::journal::Entry>,
        now: u64,
    ) -> Result<Books<M::Store, M::Aead>, Failure> {
        let registry = books.registry();
        if let Err(failure) = books.receive(entries, Source::Beginning, now).await {
            drop(books);
            self.machine.delete(registry).await.ok();
            return Err(failure);
        }
        Ok(books)
    }

    async fn with_books(&mut self, request: Request, files: Vec<Vec<u8>>, now: u64) -> Answered {
        let books = self.books.as_mut().ok_or(Failure::Locked)?;
        let zone = books.zone();
        let at = zone
            .from_millis(i64::try_from(now).unwrap_or(i64::MAX))
            .unwrap_or_default();
        match request {
            Request::Stand(standing) => plain(Response::Opened(Box::new(self.tab.stand(standing, books, now).await?))),
            Request::Refresh => {
                books.follow().await?;
                plain(Response::Opened(Box::new(books.opened(None).await?)))
            }
            Request::Today(query) => plain(Response::Today(Box::new(books.today(&query, at)))),
            Request::Caseload(query) => plain(Response::Caseload(Box::new(books.caseload(&query, at)))),
            Request::Patient(chart) => plain(Response::Patient(Box::new(books.patient(chart, at).await?))),
            Request::Find(text) => plain(Response::Found(books.find(&text, at))),
            Request::Alike(somebody) => plain(Response::Found(books.alike(&somebody, at))),
            Request::Do(intent) => plain(Response::Saved(books.carry_out(&intent, now).await?)),
            Request::Month(month) => plain(Response::Month(Box::new(books.month(month, at)))),
            Request::MonthDetail(chart, month) => plain(Response::MonthDetail(Box::new(
                books.month_detail(chart, month, at).await?,
            ))),
            Request::Claims(ask) => books.claims(*ask, &files, at),
            Request::Time(ask) => plain(Response::Time(Box::new(books.time(*ask, at).await?))),
            Request::MonthCsv(month) => file(format!("caseload-month-{month}.csv"), CSV, books.month_csv(month, at)),
            Request::CaseloadCsv(query) => file(
                format!("caseload-{}.csv", zone.day(at)),
                CSV,
                books.caseload_csv(&query, at),
            ),
            Request::Settings => plain(Response::Settings(Box::new(books.settings(zone.day(at))))),
            Request::Triage => plain(Response::Triage(books.triage(at))),
            Request::Export(scope) => {
                let bytes = books.export(&scope, at).await?;
                Ok((
                    name(format!("caseload-{}-{}.json", scope.word(), zone.day(at)), JSON),
                    Some(bytes),
                ))
            }
            Request::BackedUp => {
                books.backed_up(now);
                plain(Response::Done)
            }
            Request::PutDraft { key, json } => {
                self.tab.put_draft(&key, &json, books).await?;
                plain(Response::Done)
            }
            Request::Draft(key) => plain(Response::Draft(self.tab.draft(&key, books).await?)),
            Request::DropDraft(key) => {
                self.tab.drop_draft(&key, books).await?;
                plain(Response::Done)
            }
            Request::Storage => {
                let (persistent, used, quota) = self.machine.storage().await;
                plain(Response::Storage(books.storage(persistent, used, quota, zone)))
            }
            Request::PlanImport {
                sheets,
                names,
                mappings,
                people,
            } => {
                self.waiting = Waiting::Nothing;
                let chosen = Chosen {
                    sheets: &sheets,
                    names: &names,
                    mappings: &mappings,
                    people: &people,
                };
                let planned = books.plan_import(&files, chosen, at).await?;
                let view = planned.view(books);
                self.waiting = Waiting::Import(Box::new(planned));
                plain(Response::Plan(Box::new(view)))
            }
            Request::OpenHandoff => {
                self.waiting = Waiting::Nothing;
                let handoff = handoffs::read(files.first().ok_or(Failure::Nothing)?, &books.progress).await?;
                let view = books.preview(&handoff).await?;
                self.waiting = Waiting::Handoff(Box::new(handoff));
                plain(Response::Preview(Box::new(view)))
            }
            Request::Worksheets => plain(Response::Worksheets(self.worksheets(&files, zone.day(at)).await?)),
            Request::RejectedRows(sheet) => match &self.waiting {
                Waiting::Import(planned) => {
                    let rows = planned.rejected_rows(sheet).ok_or(Failure::Nothing)?;
                    file(format!("{}-rejected-rows.csv", sheet_word(sheet)), CSV, rows)
                }
                _ => Err(Failure::Nothing),
            },
            Request::PublishImport | Request::PublishHandoff => self.publish(Vec::new(), now).await,
            Request::PublishChosen(choices) => self.publish(choices, now).await,
            Request::Forget => {
                self.waiting = Waiting::Nothing;
                plain(Response::Done)
            }
            Request::UndoImport => {
                books.undo_last_import().await?;
                plain(Response::Done)
            }
            Request::Findings => plain(Response::Findings(books.findings().await?)),
            Request::CheckAll => plain(Response::Findings(books.check_all().await?)),
            Request::Unreadable => file(
                format!("caseload-unreadable-{}.json", zone.day(at)),
                JSON,
                books.unreadable(at).await?,
            ),
            Request::Alerts(query) => plain(Response::Alerts(Box::new(books.alerts(&query, at)))),
            Request::Closing(chart) => plain(Response::Closing(Box::new(books.closing(chart, at).await?))),
            Request::LastImport => plain(Response::LastImport(books.last_import_view().await?)),
            Request::Registries
            | Request::Slots(_)
            | Request::Create(_)
            | Request::Join(_)
            | Request::Unlock { .. }
            | Request::UnlockWithSheet { .. }
            | Request::ChangePassphrase { .. }
            | Request::ResetPassphrase { .. }
            | Request::RenewSheet { .. }
            | Request::Lock
            | Request::Progress
            | Request::Cancel
            | Request::KeepAnswer(_)
            | Request::RunPlace { .. } => Err(Failure::Locked),
            Request::HandOver { chart, instruments } => {
                plain(Response::HandedOver(books.hand_over(chart, &instruments, at).await?))
            }
            Request::Intake(chart) => plain(Response::Intake(Box::new(books.intake(chart, at).await?))),
            Request::Ehr(query) => plain(Response::Ehr(Box::new(books.ehr(&query, at)))),
            Request::Notes(chart) => plain(Response::Notes(Box::new(books.notes(chart, at).await?))),
            Request::Text(chart, ask) => plain(Response::Text(Box::new(books.text(chart, &ask, at).await?))),
            Request::Templates => plain(Response::Templates(books.templates())),
            Request::Scripts => plain(Response::Scripts(Box::new(books.scripts()))),
            Request::TryTemplate(paper, text) => plain(Response::Text(Box::new(books.try_template(paper, &text, at)?))),
            Request::Learned(chart) => plain(Response::Learned(Box::new(books.learned(chart, at).await?))),
            Request::HeldBack(charts) => plain(Response::HeldBack(books.held_back(&charts, at).await?)),
            Request::Together(chart) => plain(Response::Together(Box::new(books.together(chart, at).await?))),
            Request::Directory => plain(Response::Directory(Box::new(books.directory(zone.day(at))))),
            Request::CarePlan(chart) => plain(Response::CarePlan(Box::new(books.care_plan(chart, at).await?))),
            Request::Medicines(chart) => plain(Response::Medicines(Box::new(books.medicines(chart, at).await?))),
            Request::Evening(query) => plain(Response::Evening(Box::new(books.evening(&query, at).await?))),
            Request::Diary(query) => plain(Response::Diary(Box::new(books.diary(&query, at).await?))),
            Request::Calendar(query, names) => file(
                format!("caseload-days-{}.ics", query.from),
                CALENDAR,
                books.calendar(&query, names, at).await?,
            ),
            Request::TryNow(query) => plain(Response::TryNow(Box::new(books.whom_to_try(&query, at)))),
            Request::Overlaps(intent) => plain(Response::Overlaps(books.overlaps(&intent).await?)),
            Request::Huddle => plain(Response::Huddle(Box::new(books.huddle(at)))),
            Request::Coverage(query) => plain(Response::Coverage(Box::new(books.coverage(&query, at)))),
            Request::Shares => plain(Response::Shares(Box::new(books.shares(at)))),
            Request::Supervision => plain(Response::Supervision(Box::new(books.supervision(at).await?))),
            Request::SupervisionCsv(query) => {
                let name = format!("caseload-supervision-{}.csv", zone.day(at));
                file(name, CSV, books.supervision_csv(&query))
            }
            Request::Draw(query) => plain(Response::Draw(Box::new(books.draw(&query, at)))),
            Request::SafetyKnown(chart) => plain(Response::SafetyKnown(Box::new(books.safety_known(chart, at).await?))),
            Request::Ledger(ask) => {
                if ask.writes() {
                    // A file that was opened may hold what is about to be gone.
                    self.waiting = Waiting::Nothing;
                }
                books.ledger(*ask, at, now).await
            }
            Request::News(ask) => books.answer_news(*ask, at, now).await,
            Request::Meeting(query) => plain(Response::Meeting(Box::new(books.meeting(&query, at).await?))),
            Request::Brief(chart) => plain(Response::Brief(Box::new(books.brief(chart, at).await?))),
        }
    }

    /// Publishes what was previewed, by one transaction.
    async fn publish(&mut self, choices: Vec<super::views::OfficeChoice>, now: u64) -> Answered {
        let books = self.books.as_mut().ok_or(Failure::Locked)?;
        let mut theirs = Vec::new();
        let (entries, mappings, source) = match std::mem::replace(&mut self.waiting, Waiting::Nothing) {
            Waiting::Nothing => return Err(Failure::Nothing),
            Waiting::Import(planned) => {
                let (entries, mappings) = planned.into_entries();
                let files = count(mappings.len());
                (entries, mappings, Source::Sheets { files })
            }
            Waiting::Handoff(handoff) => {
                let from = books.sender_words(&handoff);
                books.note_packet(&handoff).await?;
                theirs = books.taken(&handoff, &choices);
                let entries =
                    super::office_parts::without_declined(books.entries_of(&handoff)?, books.office.chart, &choices);
                (entries, Vec::new(), Source::Handoff { from })
            }
        };
        let received = books.receive(entries, source, now).await?;
        if !mappings.is_empty() {
            // The import is in whether or not its columns are remembered: then they are guessed again.
            let intent = crate::care::intent::Intent::Office(mappings);
            books.carry_out(&intent, now).await.ok();
        }
        books.settle_office(theirs, now).await?;
        let untriaged = books
            .sheets
            .values()
            .flat_map(|s| s.open_concerns())
            .filter(|c| c.untriaged)
            .count();
        plain(Response::Published(Published {
            new_patients: received.new_patients,
            known_patients: received.known_patients,
            entries: received.entries,
            untriaged: count(untriaged),
            generation: books.store.totals().generation.0,
        }))
    }
}

/// The seed of the caseload that a first run offers.
const TRAINING_SEED: u64 = 2026;

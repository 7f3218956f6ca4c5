//! Letters and messages: written from a template, edited, printed or copied, and kept with the release they went under.

use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Sheet;
use super::letters_about::{About, Knows, asks_about, told_of};
use crate::app::browser;
use crate::app::components::{
    Button, ButtonKind, Checks, Form, FormErrors, IconName, Notice, Select, Submit, TextArea, TextField, Tone,
};
use crate::app::format;
use crate::app::pages::common::{Reading, to_errors};
use crate::app::pages::edited::{Beside, Edited};
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::app::words::CHANNELS;
use crate::care::intent::Intent;
use crate::exchange::note::Letter;
use crate::journal::facts::{Channel, Communication};
use crate::journal::{ChartId, EntryId, Fact, ThingId, When};
use crate::registry::{NotesView, Request, Response, TeamLetter, TextAsk};

/// The id of the letter's field.
const FIELD: &str = "letter-text";

/// What to do before a text goes out from which something was taken back.
pub const TAKEN_BACK: &str =
    "What may be told was changed, and this text may still tell it. Write it again, or tick what was ticked";

/// To whom it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum To {
    /// By the kind of letter.
    Kind(Letter),
    /// Somebody of the care team, under a release of their own where there is one: under another it is another text.
    Member(ThingId, Option<ThingId>),
}

impl To {
    fn letter(self) -> Letter {
        match self {
            Self::Kind(letter) => letter,
            Self::Member(..) => Letter::Member,
        }
    }
    fn key(self) -> String {
        match self {
            Self::Kind(letter) => word(letter),
            Self::Member(member, Some(release)) => format!("{member}/{release}"),
            Self::Member(member, None) => member.to_string(),
        }
    }
}

/// Letters and messages.
#[component]
pub fn Letters(
    /// Whose record.
    chart: ChartId,
    /// Notes and letters.
    view: Signal<Arc<NotesView>>,
    /// What is printed.
    sheet: RwSignal<Option<Sheet>>,
) -> impl IntoView {
    let desk = use_desk();
    let kind = RwSignal::new(word(Letter::Clinician));
    let to = Memo::new(move |_| {
        let chosen = kind.get();
        match chosen.parse::<ThingId>() {
            Ok(member) => To::Member(
                member,
                view.with(|view| of_team(view, member).and_then(|line| line.release)),
            ),
            Err(_) => To::Kind(from_word(&chosen).unwrap_or(Letter::Clinician)),
        }
    });
    let letter = Memo::new(move |_| to.get().letter());
    let member = Memo::new(move |_| match to.get() {
        To::Member(member, _) => view.with(|view| of_team(view, member).cloned()),
        To::Kind(_) => None,
    });
    let no_release = Memo::new(move |_| member.get().is_some_and(|line| line.release.is_none()));
    let name = RwSignal::new(String::new());
    let release = RwSignal::new(String::new());
    let about = RwSignal::new(String::new());
    let knows = RwSignal::new(Vec::<ThingId>::new());
    let channel = RwSignal::new(word(Channel::Letter));
    let confirmed = RwSignal::new(Vec::<EntryId>::new());
    let refusal = RwSignal::new(None::<String>);
    let text = RwSignal::new(String::new());
    let told = RwSignal::new(None::<&'static str>);
    let (busy, errors) = (RwSignal::new(false), FormErrors::new());
    let edited = RwSignal::new(None::<Edited>);
    let again = move |()| {
        if let Some(edited) = edited.get_untracked() {
            edited.again();
        }
    };
    // What every way out asks for: the text as it may be told, and the release where there must be one.
    let outgoing = move |reading: &mut Reading| {
        let may_go = edited.get_untracked().is_none_or(|edited| untrack(|| edited.may_go()));
        let words = match may_go {
            true => reading.text(&text.get_untracked(), FIELD, "Write the letter"),
            false => reading.chosen(None, FIELD, TAKEN_BACK),
        };
        let of_member = member.get_untracked();
        let release = match (of_member, letter.get_untracked().needs_release()) {
            (Some(TeamLetter { not: Some(why), .. }), _) => {
                reading.chosen(None, FIELD, &format!("Nothing may be told to them: {why}"))
            }
            (Some(line), _) => Some(line.release),
            (None, true) => reading
                .chosen(
                    view.with_untracked(|view| holding(view, &release.get_untracked())),
                    "letter-release",
                    "Choose the release under which this goes out",
                )
                .map(Some),
            (None, false) => Some(None),
        };
        words.zip(release)
    };
    let may_leave = move || {
        let mut reading = Reading::default();
        let out = outgoing(&mut reading);
        let read = reading.finish(out);
        errors.set(read.as_ref().err().cloned().map(to_errors).unwrap_or_default());
        read.is_ok()
    };
    let copy = move |()| {
        if !may_leave() {
            return;
        }
        let words = text.get_untracked();
        spawn_local(async move {
            if browser::copy_text(&words).await {
                told.try_set(Some("Copied."));
            } else {
                browser::select_all(FIELD);
                told.try_set(Some("The browser refused to copy. The text is selected: press Ctrl+C."));
            }
        });
    };
    let print = move |()| {
        if !may_leave() {
            return;
        }
        sheet.set(Some(Sheet::Letter));
        request_animation_frame(browser::print);
    };
    let record = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        let letter = letter.get_untracked();
        let mut reading = Reading::default();
        let out = outgoing(&mut reading);
        let by = reading.chosen(
            from_word(&channel.get_untracked()),
            "letter-channel",
            "Choose how it was sent",
        );
        let (asked, concerns) = view.with_untracked(|view| match letter {
            Letter::Clinician => (
                asks_about(view, &about.get_untracked()),
                told_of(&mut reading, view, &text.get_untracked(), &knows.get_untracked(), by),
            ),
            _ => Default::default(),
        });
        let fact = out.zip(by).map(|((text, release), by)| {
            let of_team = member.get_untracked();
            let typed = crate::app::typed::text(&name.get_untracked());
            let named = of_team.as_ref().map(|line| line.name.clone()).or(typed);
            let clinician = view.with_untracked(|view| view.clinician.as_ref().map(|(id, _)| *id));
            let clinician = clinician.filter(|_| letter == Letter::Clinician && named.is_none());
            let person = of_team.as_ref().map_or(clinician, |line| line.person);
            Fact::Communication(Communication {
                at: When::At(desk.instant()),
                to: letter.audience(),
                person,
                by,
                about: asked.first().copied(),
                text,
                release,
                name: named,
                held: confirmed.get_untracked(),
                member: of_team.map(|line| line.member),
                closing: None,
                feedback: None,
                also: asked.iter().skip(1).chain(&concerns).copied().collect(),
            })
        });
        match reading.finish(fact) {
            Ok(fact) => {
                busy.set(true);
                let kept = edited.get_untracked().map(Edited::on_sent);
                let words = text.get_untracked();
                let facts = vec![fact];
                desk.submit(Intent::Record { chart, facts }, "Letter kept as sent", move |result| {
                    let _shown = busy.try_set(false);
                    match result {
                        Ok(_) => {
                            if let Some(kept) = &kept {
                                kept(words.clone());
                            }
                            told.try_set(Some("Kept as sent."));
                        }
                        Err(failure) => errors.set_whole(failure.to_string()),
                    }
                });
            }
            Err(wrong) => errors.set(to_errors(wrong)),
        }
    });
    let kinds = Signal::derive(move || {
        let kinds = Letter::ALL.iter().filter(|letter| **letter != Letter::Member);
        let mut kinds: Vec<(String, String)> = kinds.map(|letter| (word(*letter), letter.label().to_owned())).collect();
        let team = |line: &TeamLetter| (line.member.to_string(), format!("Care team: {}", line.words));
        view.with(|view| kinds.extend(view.team.iter().map(team)));
        kinds
    });
    let channels = CHANNELS
        .iter()
        .map(|(channel, words)| (word(*channel), (*words).to_owned()));
    let channels: Vec<(String, String)> = channels.collect();
    view! {
        <section class="letters no-print" aria-labelledby="letters">
            <h2 id="letters">"Letters and messages"</h2>
            <Form errors on_submit=record label="Letter or message">
                <div class="fields">
                    <Select id="letter-kind" label="Letter" options=kinds value=kind/>
                    <Show when=move || letter.get() != Letter::Member>
                        <TextField id="letter-name" label="To (name)" value=name hint="Empty for the PCP and the patient on record"/>
                    </Show>
                </div>
                {move || member.get().map(|line| view! { <Member line/> })}
                <Show when=move || letter.get().needs_release()><Releases view release/></Show>
                <Show when=move || letter.get() == Letter::Clinician><About view about/></Show>
                {move || match no_release.get() {
                    true => view! { <Untold view/> }.into_any(),
                    false => view! { <HeldBack held=Signal::derive(move || view.with(|view| view.held.clone())) confirmed refusal/> }.into_any(),
                }}
                {move || {
                    let to = to.get();
                    // Another letter goes to somebody else, by another release.
                    told.set(None);
                    errors.clear();
                    name.set(String::new());
                    release.set(String::new());
                    confirmed.set(Vec::new());
                    knows.set(Vec::new());
                    refusal.set(None);
                    view! { <LetterText chart to name confirmed refusal release text edited/> }
                }}
                <Show when=move || letter.get() == Letter::Clinician><Knows view text knows/></Show>
                <div class="actions">
                    <Button icon=IconName::Note on_press=copy>"Copy the letter"</Button>
                    <Button icon=IconName::Print on_press=print>"Print the letter"</Button>
                    <Button kind=ButtonKind::Quiet on_press=again>"Write it again from the template"</Button>
                </div>
                <div class="fields">
                    <Select id="letter-channel" label="Sent by" options=Signal::stored(channels) value=channel/>
                    <Submit busy>"Keep as sent"</Submit>
                </div>
                <p class="ehr-told" role="status">{move || told.get()}</p>
            </Form>
        </section>
        <article class="letter-sheet only-print">{move || text.get()}</article>
    }
}

/// The text of one kind of letter: another kind is another text, with a draft of its own.
#[component]
fn LetterText(
    chart: ChartId,
    to: To,
    name: RwSignal<String>,
    confirmed: RwSignal<Vec<EntryId>>,
    refusal: RwSignal<Option<String>>,
    release: RwSignal<String>,
    text: RwSignal<String>,
    /// Is set to what keeps the text.
    edited: RwSignal<Option<Edited>>,
) -> impl IntoView {
    let desk = use_desk();
    let answer = desk.follow(
        move || {
            let confirmed = confirmed.get();
            let ask = match to {
                To::Member(member, _) => TextAsk::Member { member, confirmed },
                To::Kind(letter) => TextAsk::Letter {
                    letter,
                    name: name.get(),
                    confirmed,
                    release: release.get().parse().ok(),
                },
            };
            Request::Text(chart, ask)
        },
        |response| match response {
            Response::Text(view) => Some(*view),
            _ => None,
        },
    );
    refusals(
        confirmed,
        move || {
            let view = answer.value().get();
            view.map(|view| view.refused.clone()).unwrap_or_default()
        },
        refusal,
    );
    let written = move || answer.value().get().map(|view| view.text.clone());
    let key = format!("letter/{chart}/{}", to.key());
    let beside = Beside {
        name: Some(name),
        release: Some(release),
        confirmed: Some(confirmed),
    };
    let this = Edited::follow(desk, key, text, beside, written);
    edited.set(Some(this));
    view! {
        <TextArea id=FIELD label="Text; edit it before it goes out" value=text rows=18/>
        <p class="hint edited" role="status">{move || this.words()}</p>
    }
}

/// Somebody of the care team to whom a message can be written.
fn of_team(view: &NotesView, member: ThingId) -> Option<&TeamLetter> {
    view.team.iter().find(|line| line.member == member)
}

/// How somebody of the care team is reached, and on what ground they are told.
#[component]
fn Member(line: TeamLetter) -> impl IntoView {
    let contact = match line.contact.is_empty() {
        true => "No number or address on record: add one under Intake.".to_owned(),
        false => line.contact.join(" \u{b7} "),
    };
    let ground = match line.not {
        Some(why) => view! {
            <Notice tone=Tone::Warning title=format!("Nothing may be told to {}: {why}", line.name)>
                <p>"Ask the patient for a release that names them, and record it under Intake."</p>
            </Notice>
        }
        .into_any(),
        None => view! { <p class="hint">{line.ground}</p> }.into_any(),
    };
    view! {
        <p class="hint">{contact}</p>
        {ground}
    }
}

/// That nothing of what is held back goes to somebody without a release: ticking it would change nothing.
#[component]
fn Untold(view: Signal<Arc<NotesView>>) -> impl IntoView {
    let count = move || view.with(|view| view.held.len());
    move || {
        let words = format!(
            "{} held back, and not told to them: that needs a release that names them and covers it.",
            format::count(count() as u64, "entry is", "entries are")
        );
        (0 < count()).then(|| view! { <p class="hint">{words}</p> })
    }
}

/// A release that was chosen, if it holds: one that came back with a draft may have ended.
fn holding(view: &NotesView, chosen: &str) -> Option<ThingId> {
    let chosen: ThingId = chosen.parse().ok()?;
    let mut lines = view.releases.iter();
    lines
        .any(|line| line.release == chosen && line.ended.is_none())
        .then_some(chosen)
}

/// The releases that hold, to choose from; those that don't, each with why.
#[component]
fn Releases(view: Signal<Arc<NotesView>>, release: RwSignal<String>) -> impl IntoView {
    let options = Signal::derive(move || {
        let mut options = vec![(String::new(), "Choose a release".to_owned())];
        view.with(|view| {
            let hold = view.releases.iter().filter(|line| line.ended.is_none());
            options.extend(hold.map(|line| (line.release.to_string(), format!("{}: {}", line.to, line.words))));
        });
        options
    });
    let ended = move || {
        let lines = view.with(|view| view.releases.clone()).into_iter();
        let ended = lines.filter_map(|line| Some(format!("{}: {}", line.to, line.ended?)));
        ended.map(|words| view! { <li>{words}</li> }).collect_view()
    };
    let none = move || view.with(|view| view.releases.iter().all(|line| line.ended.is_some()));
    view! {
        <Select id="letter-release" label="Release under which it goes out" options value=release/>
        <Show when=none>
            <Notice tone=Tone::Warning title="No release holds">
                <p>"Outside the treating team nothing may be told without one. Record it under Intake."</p>
                <ul>{ended}</ul>
            </Notice>
        </Show>
    }
}

/// Takes back the ticks that are refused, and keeps the sentence that says what is missing until another tick stands.
pub fn refusals(
    confirmed: RwSignal<Vec<EntryId>>,
    refused: impl Fn() -> Vec<(EntryId, String)> + 'static,
    refusal: RwSignal<Option<String>>,
) {
    crate::app::effects::effect(move |_| {
        let refused = refused();
        if !refused.is_empty() {
            let why: BTreeSet<String> = refused.iter().map(|(_, why)| why.clone()).collect();
            refusal.set(Some(why.into_iter().collect::<Vec<_>>().join(". ")));
            confirmed.update(|told| told.retain(|entry| !refused.iter().any(|(refused, _)| refused == entry)));
        } else if confirmed.with(|told| !told.is_empty()) {
            refusal.set(None);
        }
    });
}

/// Entries that are held back until each is confirmed.
#[component]
pub fn HeldBack(
    /// The id of its boxes, unique on the page.
    #[prop(default = "letter-held")]
    id: &'static str,
    /// The entries, each with what it is.
    #[prop(into)]
    held: Signal<Vec<(EntryId, String)>>,
    /// Those that may be told.
    confirmed: RwSignal<Vec<EntryId>>,
    /// Why a tick was refused.
    #[prop(optional)]
    refusal: Option<RwSignal<Option<String>>>,
) -> impl IntoView {
    let held = Memo::new(move |_| held.get());
    let count = move || {
        let open: BTreeSet<EntryId> = held.with(|held| held.iter().map(|(entry, _)| *entry).collect());
        let told = confirmed.with(|told| told.iter().filter(|entry| open.contains(entry)).count());
        let left = open.len() - told;
        format!(
            "{} held back: confirm each that may be told",
            format::count(left as u64, "entry is", "entries are")
        )
    };
    move || {
        let options = held.get();
        (!options.is_empty()).then(|| {
            view! {
                <Notice tone=Tone::Warning title=count()>
                    <Checks id legend="May be told" options value=confirmed/>
                    <p class="field-error" role="alert">{move || refusal.and_then(|refusal| refusal.get())}</p>
                </Notice>
            }
        })
    }
}

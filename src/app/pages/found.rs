//! Making a registry: a new one, a copy of one from a file, or one for training.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::browser;
use crate::app::components::{
    Button, ButtonKind, CrisisLines, FieldError, Form, FormErrors, FormGroup, IconName, InputKind, LongWork,
    NewPassphrase, Select, Submit, TextField, Width, new_passphrase_errors,
};
use crate::app::core::Core;
use crate::app::format::zone_choices;
use crate::app::gate::{Gate, use_gate};
use crate::app::kdf::{Cancel, DeriveError, new_key};
use crate::app::pages::{JoinPanel, Joined};
use crate::billing::DEFAULT_PROFILE;
use crate::exchange::handoff::NamedPerson;
use crate::journal::Zone;
use crate::journal::facts::{Clinic, Weekday};
use crate::registry::{FALLBACK_ZONE, Failure, Kind, NewRegistry, Request, Response};
use crate::vault::Label;

/// Which kind of registry is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A new one.
    New(Kind),
    /// A copy of the one in a file.
    Join,
}

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    name: RwSignal<String>,
    credential: RwSignal<String>,
    label: RwSignal<String>,
    clinic: RwSignal<String>,
    zone: RwSignal<String>,
    crisis_line: RwSignal<String>,
    passphrase: RwSignal<String>,
    again: RwSignal<String>,
    file: RwSignal<Joined>,
    /// The people whom the file names, and which of them it is; empty for somebody else.
    people: RwSignal<Vec<NamedPerson>>,
    person: RwSignal<String>,
}

impl Typed {
    fn new(what: Found) -> Self {
        let training = what == Found::New(Kind::Training);
        let start = |text: &str| RwSignal::new(if training { text.to_owned() } else { String::new() });
        let zone: Zone = browser::zone_name().parse().unwrap_or(FALLBACK_ZONE);
        Self {
            name: start("Trainee"),
            credential: start(""),
            label: start("Training"),
            clinic: start("Invented Clinic"),
            zone: RwSignal::new(zone.name().to_owned()),
            crisis_line: start(""),
            passphrase: RwSignal::new(String::new()),
            again: RwSignal::new(String::new()),
            file: RwSignal::new(Joined::Nothing),
            people: RwSignal::new(Vec::new()),
            person: RwSignal::new(String::new()),
        }
    }

    /// What is wrong, field by field.
    fn check(&self, what: Found) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let mut wrong = |field: &str, text: &str| {
            errors.push(FieldError {
                field: field.to_owned(),
                text: text.to_owned(),
            });
        };
        if what == Found::Join {
            self.file.with_untracked(|file| match file {
                Joined::Nothing => wrong(
                    "file",
                    "Choose the file that Caseload made; a sealed one opens with its passphrase first",
                ),
                Joined::Reading => wrong("file", "The file is still being read. Wait until it says what it holds"),
                Joined::File(..) => {}
            });
        }
        if is_blank(self.name) {
            wrong("name", "Enter your name");
        }
        if let Err(problem) = Label::parse(&self.label.get_untracked()) {
            wrong("label", &capitalised(&problem.to_string()));
        }
        if what != Found::Join && is_blank(self.clinic) {
            wrong("clinic", "Enter the name of your clinic");
        }
        errors.extend(new_passphrase_errors(
            "passphrase",
            self.passphrase,
            self.again,
            &self.context(),
        ));
        errors
    }

    fn context(&self) -> Vec<String> {
        [self.label, self.clinic, self.name].map(|field| field.get()).to_vec()
    }

    fn clinic(&self) -> Clinic {
        Clinic {
            name: trimmed(self.clinic).unwrap_or_else(|| "Clinic".to_owned()),
            zone: self.zone.get_untracked().parse().unwrap_or(FALLBACK_ZONE),
            crisis_line: trimmed(self.crisis_line),
            working_days: vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri],
            payer_profile: DEFAULT_PROFILE.to_owned(),
            of_age: None,
            consents_from: None,
        }
    }
}

fn is_blank(field: RwSignal<String>) -> bool {
    field.with_untracked(|text| text.trim().is_empty())
}

fn trimmed(field: RwSignal<String>) -> Option<String> {
    let text = field.with_untracked(|text| text.trim().to_owned());
    (!text.is_empty()).then_some(text)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// The form that makes a registry.
#[component]
pub fn FoundForm(
    /// The core.
    core: Core,
    /// Which kind.
    what: Found,
    /// Goes back to the choice.
    #[prop(into)]
    on_back: Callback<()>,
) -> impl IntoView {
    let typed = Typed::new(what);
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let cancel = StoredValue::new_local(Cancel::default());
    let gate = use_gate();
    let send = move |()| {
        if busy.get_untracked() {
            return;
        }
        let wrong = typed.check(what);
        errors.set(wrong.clone());
        if !wrong.is_empty() {
            return;
        }
        busy.set(true);
        spawn_local(async move {
            if let Err(sentence) = found(core, what, typed, &cancel.get_value(), gate).await {
                busy.set(false);
                errors.set_whole(sentence);
            }
        });
    };
    let (title, words) = match what {
        Found::New(Kind::Real | Kind::Packet) => ("New registry", "Making the registry\u{2026}"),
        Found::New(Kind::Training) => ("Practise with invented patients", "Inventing a caseload\u{2026}"),
        Found::Join => ("Open a file", "Reading the file\u{2026}"),
    };
    view! {
        <main class="alone">
            <p><Button kind=ButtonKind::Quiet icon=IconName::Back on_press=on_back>"Back"</Button></p>
            <h1>{title}</h1>
            <Form errors on_submit=send label=title>
                {(what == Found::Join).then(|| view! { <FileToJoin typed/> })}
                <You typed/>
                {(what != Found::Join).then(|| view! { <YourClinic typed/> })}
                <FormGroup
                    legend="Your passphrase"
                    hint="It encrypts everything that is stored here. It never leaves this computer."
                >
                    <NewPassphrase
                        id="passphrase"
                        value=typed.passphrase
                        again=typed.again
                        context=Signal::derive(move || typed.context())
                    />
                </FormGroup>
                <div class="actions">
                    <Submit busy busy_words=words>{title_of_button(what)}</Submit>
                </div>
                <Show when=move || busy.get()>
                    <LongWork core words on_cancel=move |()| cancel.with_value(Cancel::cancel)/>
                </Show>
            </Form>
            <CrisisLines/>
        </main>
    }
}

fn title_of_button(what: Found) -> &'static str {
    match what {
        Found::New(Kind::Real | Kind::Packet) => "Make the registry",
        Found::New(Kind::Training) => "Make the training registry",
        Found::Join => "Open it here",
    }
}

#[component]
fn You(typed: Typed) -> impl IntoView {
    view! {
        <FormGroup legend="You">
            <div class="fields">
                <TextField id="name" label="Your name" value=typed.name hint="As colleagues should read it beside what you record"/>
                <TextField id="credential" label="Credential (optional)" value=typed.credential width=Width::Short hint="For example LCSW, RN"/>
            </div>
            <TextField
                id="label"
                label="Label of your key"
                value=typed.label
                width=Width::Short
                hint="Shown on the unlock page, not encrypted: your initials are enough"
            />
        </FormGroup>
    }
}

#[component]
fn YourClinic(typed: Typed) -> impl IntoView {
    let zones = typed.zone.with_untracked(|zone| zone_choices(zone));
    view! {
        <FormGroup legend="Your clinic">
            <TextField id="clinic" label="Name of the clinic" value=typed.clinic/>
            <Select
                id="zone"
                label="Time zone"
                options=zones
                value=typed.zone
                hint="Days, months and deadlines are counted in it"
            />
            <TextField
                id="crisis-line"
                label="Your crisis line (optional)"
                value=typed.crisis_line
                kind=InputKind::Telephone
                width=Width::Short
                hint="Shown beside 988 and 911"
            />
        </FormGroup>
    }
}

#[component]
fn FileToJoin(typed: Typed) -> impl IntoView {
    let take = move |joined: Joined| {
        typed.person.set(String::new());
        typed.people.set(match &joined {
            Joined::File(_, people) => people.clone(),
            Joined::Nothing | Joined::Reading => Vec::new(),
        });
        typed.file.set(joined);
    };
    view! {
        <FormGroup
            legend="Your file"
            hint="A backup, or the file that a colleague sent. This computer becomes another copy of that registry, with a passphrase \
            and a recovery sheet of its own."
        >
            <JoinPanel id="file" on_file=take/>
            <WhoJoins typed/>
        </FormGroup>
    }
}

/// Asks whether the person is one of those whom the file names: then they go on as themselves, with their patients.
#[component]
fn WhoJoins(typed: Typed) -> impl IntoView {
    let options = Signal::derive(move || {
        let mut options = vec![(String::new(), "No, I am somebody else".to_owned())];
        typed.people.with(|people| {
            options.extend(
                people
                    .iter()
                    .map(|person| (person.person.to_string(), person.name.clone())),
            );
        });
        options
    });
    crate::app::effects::effect(move |_| {
        let chosen = typed.person.get();
        let name = typed.people.with_untracked(|people| {
            let of = people.iter().find(|person| person.person.to_string() == chosen);
            of.map(|person| person.name.clone())
        });
        if let Some(name) = name {
            typed.name.set(name);
        }
    });
    view! {
        <Show when=move || typed.people.with(|people| !people.is_empty())>
            <Select
                id="joins-as"
                label="Are you one of these people?"
                options
                value=typed.person
                hint="Then the patients of that name are yours here too"
            />
        </Show>
    }
}

/// Derives the key and makes the registry. The error is a sentence.
async fn found(core: Core, what: Found, typed: Typed, cancel: &Cancel, gate: Gate) -> Result<(), String> {
    let passphrase = zeroize::Zeroizing::new(typed.passphrase.get_untracked());
    let key = new_key(&passphrase, cancel)
        .await
        .map_err(|error: DeriveError| error.to_string())?;
    let new = NewRegistry {
        kind: if what == Found::New(Kind::Training) {
            Kind::Training
        } else {
            Kind::Real
        },
        person: typed
            .person
            .get_untracked()
            .parse()
            .ok()
            .filter(|_| what == Found::Join),
        name: trimmed(typed.name).unwrap_or_default(),
        credential: trimmed(typed.credential),
        label: trimmed(typed.label).unwrap_or_default(),
        clinic: typed.clinic(),
        key,
    };
    // Asked in the same breath as the registry is made, while the browser still counts it as the person's wish.
    let _promised = browser::ask_to_persist().await;
    let result = match (what, typed.file.get_untracked()) {
        (Found::Join, Joined::File(file, _)) => core.ask_with_files(Request::Join(new), vec![file.bytes]).await,
        _ => core.ask(Request::Create(new)).await,
    };
    typed.passphrase.set(String::new());
    typed.again.set(String::new());
    match result {
        Ok(Response::Opened(opened)) => {
            gate.open(core, *opened);
            Ok(())
        }
        Ok(_) => Err(Failure::Nothing.to_string()),
        Err(failure) => Err(failure.to_string()),
    }
}

//! What the pages about patients share: following an answer without losing a half-filled form, saving what a form
//! says, new ids.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::form_draft::{DraftLine, FormDraft};
use super::set_aside::SetAside;
use crate::app::browser;
use crate::app::components::{Button, ButtonKind, FailureNotice, FieldError, Form, FormErrors, Loading, Submit};
use crate::app::state::{Answer, Desk, use_desk};
use crate::app::typed::Wrong;
use crate::care::intent::{Asked, Intent, Refusal};
use crate::journal::facts::{Person, Role};
use crate::journal::{ChartId, Day, EntryId, EpisodeId, Fact, ThingId};
use crate::registry::{Failure, PatientView, Request, Response, Saved};

/// Makes what is shown once, when the first answer has come; later answers only change the signal. A form on the
/// page keeps what was typed into it.
#[component]
pub fn Once<T, V>(
    /// The answer.
    answer: Answer<T>,
    /// What is asked for: `your worklist`.
    #[prop(into)]
    what: String,
    /// Makes what is shown.
    children: impl Fn(Signal<Arc<T>>) -> V + Send + Sync + 'static,
) -> impl IntoView
where
    T: Send + Sync + 'static,
    V: IntoView + 'static,
{
    let value = answer.value();
    let here = Memo::new(move |_| value.with(Option::is_some));
    let waits = format!("Reading {what}\u{2026}");
    let latest = move || {
        let first = value.get_untracked()?;
        let kept = StoredValue::new(first);
        let signal = Signal::derive(move || value.get().unwrap_or_else(|| kept.get_value()));
        Some(children(signal))
    };
    view! {
        {move || answer.failure().get().map(|failure| view! { <FailureNotice failure/> })}
        {move || match here.get() {
            true => latest().into_any(),
            false if answer.failure().with(Option::is_some) => ().into_any(),
            false => view! { <Loading words=waits.clone()/> }.into_any(),
        }}
    }
}

/// One patient, asked for again after every save.
pub fn follow_patient(desk: Desk, chart: ChartId) -> Answer<PatientView> {
    desk.follow(
        move || Request::Patient(chart),
        |response| match response {
            Response::Patient(view) => Some(*view),
            _ => None,
        },
    )
}

/// The people of the registry who have not left.
pub fn follow_people(desk: Desk) -> Signal<Vec<Person>> {
    let settings = desk.follow(
        || Request::Settings,
        |response| match response {
            Response::Settings(view) => Some(view.people),
            _ => None,
        },
    );
    Signal::derive(move || {
        let people = settings.value().get();
        let here = people.iter().flat_map(|people| people.iter());
        here.filter(|person| !person.left && person.same_as.is_none())
            .cloned()
            .collect()
    })
}

/// People of a role, as a list to choose from; nobody first.
pub fn people_options(people: Signal<Vec<Person>>, role: Role, nobody: &'static str) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        let mut options = vec![(String::new(), nobody.to_owned())];
        people.with(|people| {
            let of_role = people.iter().filter(|person| person.role == role);
            options.extend(of_role.map(|person| (person.person.to_string(), person.name.clone())));
        });
        options
    })
}

/// A form's errors from what reading it found.
pub fn to_errors(wrong: Vec<Wrong>) -> Vec<FieldError> {
    let error = |wrong: Wrong| FieldError {
        field: wrong.field,
        text: wrong.text,
    };
    wrong.into_iter().map(error).collect()
}

/// A new id of a goal, a medicine, a task, a concern; `None` where the browser has no randomness.
pub fn new_thing() -> Result<ThingId, Vec<Wrong>> {
    Ok(ThingId::from_random(random()?))
}

/// A new episode's id.
pub fn new_episode() -> Result<EpisodeId, Vec<Wrong>> {
    Ok(EpisodeId::from_random(random()?))
}

/// The id of an entry that is made before it is saved.
///
/// # Errors
/// When the browser has no randomness.
pub fn new_entry() -> Result<EntryId, Vec<Wrong>> {
    let mut tail = [0; 10];
    tail.copy_from_slice(&random()?[..10]);
    Ok(EntryId::from_time(browser::now_millis(), tail))
}

fn random() -> Result<[u8; 16], Vec<Wrong>> {
    let mut bytes = [0; 16];
    if browser::fill_random(&mut bytes) {
        return Ok(bytes);
    }
    let text = "This browser gives no random numbers, so nothing new can be recorded in it";
    Err(vec![Wrong::new("", text)])
}

/// Today, as a date field has it.
pub fn today_text(desk: Desk) -> String {
    desk.today().get_untracked().to_string()
}

/// The time of day now, as a time field has it.
pub fn time_text(desk: Desk) -> String {
    desk.instant().format("%H:%M").to_string()
}

/// Checks: collects what is wrong and goes on, so that a form names all of it at once.
#[derive(Default)]
pub struct Reading(Vec<Wrong>);

impl Reading {
    /// Takes a value, or notes what is wrong with it.
    pub fn take<T>(&mut self, read: Result<T, Wrong>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(wrong) => {
                self.0.push(wrong);
                None
            }
        }
    }
    /// Takes what was chosen, or notes that nothing was.
    pub fn chosen<T>(&mut self, value: Option<T>, field: &str, text: &str) -> Option<T> {
        self.take(value.ok_or_else(|| Wrong::new(field, text)))
    }
    /// Takes text that must not be empty.
    pub fn text(&mut self, typed: &str, field: &str, text: &str) -> Option<String> {
        self.chosen(crate::app::typed::text(typed), field, text)
    }
    /// Takes a day that may not lie in the future.
    pub fn past(&mut self, typed: &str, field: &str, what: &str, today: Day) -> Option<Day> {
        self.take(crate::app::typed::read_day(field, what, typed, Some(today)))
    }
    /// Takes a day that may be left out.
    pub fn maybe_day(&mut self, typed: &str, field: &str, what: &str) -> Option<Day> {
        if typed.trim().is_empty() {
            return None;
        }
        self.take(crate::app::typed::read_day(field, what, typed, None))
    }
    /// The same for one that can only lie in the past.
    pub fn maybe_past(&mut self, typed: &str, field: &str, what: &str, today: Day) -> Option<Day> {
        if typed.trim().is_empty() {
            return None;
        }
        self.past(typed, field, what, today)
    }
    /// What came of it: the value, when nothing was wrong.
    ///
    /// # Errors
    /// All that was noted.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, Vec<Wrong>> {
        match value {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(self.0),
        }
    }
}

/// Asks once before something unusual is saved: the second try with the same questions goes through.
#[derive(Clone, Copy)]
pub struct AskOnce(StoredValue<Vec<String>>);

impl Default for AskOnce {
    fn default() -> Self {
        Self::new()
    }
}

impl AskOnce {
    /// Nothing was asked yet.
    pub fn new() -> Self {
        Self(StoredValue::new(Vec::new()))
    }
    /// Whether the form may be saved; otherwise the questions stand among its errors.
    pub fn may_save(self, errors: FormErrors, questions: Vec<String>) -> bool {
        let known = self.0.try_with_value(|asked| *asked == questions).unwrap_or(true);
        if questions.is_empty() || known {
            return true;
        }
        let again = "Answer what is open, or save again to save it so";
        let error = |text: String| FieldError {
            field: String::new(),
            text,
        };
        let lines = questions.iter().cloned().chain([again.to_owned()]);
        errors.set(lines.map(error).collect());
        self.0.set_value(questions);
        false
    }
}

/// What a quick form writes down.
pub type Written = Result<Vec<Fact>, Vec<Wrong>>;

/// A short form about one patient: it reads its fields, saves, and closes once the browser has confirmed it.
#[component]
pub fn QuickForm(
    /// Whose chart.
    chart: ChartId,
    /// What it is for: `Note`.
    #[prop(into)]
    title: String,
    /// The deed, as the frame names it: `Note recorded`.
    #[prop(into)]
    deed: String,
    /// The words of its button: `Save note`.
    #[prop(into)]
    save: String,
    /// Reads the fields.
    #[prop(into)]
    read: Callback<(), Written>,
    /// Closes the form.
    #[prop(into)]
    on_close: Callback<()>,
    /// Is run when it was saved and has closed.
    #[prop(optional, into)]
    on_saved: Option<Callback<Saved>>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let errors = FormErrors::new();
    let facts = move || -> Option<Intent> {
        match read.run(()) {
            Ok(facts) => Some(Intent::Record { chart, facts }),
            Err(wrong) => {
                errors.set(to_errors(wrong));
                None
            }
        }
    };
    view! {
        <IntentForm title deed save errors intent=Callback::new(move |()| facts()) on_close on_saved>
            {children()}
        </IntentForm>
    }
}

/// A short form that carries out an intent of any kind. Its errors are the caller's.
#[component]
pub fn IntentForm(
    /// What it is for.
    #[prop(into)]
    title: String,
    /// The deed, as the frame names it.
    #[prop(into)]
    deed: String,
    /// The words of its button.
    #[prop(into)]
    save: String,
    /// Its errors; reading the fields sets them.
    errors: FormErrors,
    /// Reads the fields; `None` when something is wrong with them, said in the errors.
    #[prop(into)]
    intent: Callback<(), Option<Intent>>,
    /// Closes the form.
    #[prop(into)]
    on_close: Callback<()>,
    /// Is run when it was saved and has closed.
    #[prop(optional_no_strip, into)]
    on_saved: Option<Callback<Saved>>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let desk = use_desk();
    let busy = RwSignal::new(false);
    // What a trainee was refused, and may ask a supervisor for.
    let refused = RwSignal::new(None::<Asked>);
    // Goes with this form: another one may have been opened in its place while it was being saved.
    let alive = StoredValue::new(());
    let draft = use_context::<FormDraft>();
    let place = NodeRef::<leptos::html::Section>::new();
    // A form with a draft of its own keeps more than this does.
    let aside = StoredValue::new_local(draft.is_none().then(SetAside::keep));
    let is_back = RwSignal::new(false);
    crate::app::effects::effect(move |_| {
        if let Some(place) = place.get() {
            focus_first_field(&place);
            if let Some(aside) = aside.get_value() {
                aside.begin(&place, is_back);
            }
        }
    });
    let end = move || {
        if let Some(aside) = aside.try_get_value().flatten() {
            aside.end();
        }
    };
    let on_close = Callback::new(move |()| {
        end();
        on_close.run(());
    });
    let submit = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        refused.set(None);
        let Some(intent) = intent.run(()) else { return };
        busy.set(true);
        let intent = Asked::from(intent);
        let (what, kept) = (deed.clone(), intent.clone());
        let ending = draft.map(FormDraft::ending);
        let aside = aside.get_value();
        desk.submit_asked(intent, deed.clone(), move |result| {
            let _gone = busy.try_set(false);
            match result {
                Ok(saved) => {
                    if let Some(over) = &ending {
                        over();
                    }
                    if let Some(aside) = &aside {
                        aside.end();
                    }
                    // What closes it would close, and empty, the form that stands in its place.
                    if alive.try_get_value().is_some() {
                        let _gone = on_close.try_run(());
                    }
                    if let Some(on_saved) = on_saved {
                        let _gone = on_saved.try_run(saved);
                    }
                }
                // The frame shows the others itself.
                Err(failure) if alive.try_get_value().is_none() => {
                    if !matches!(failure, Failure::NotSaved { .. } | Failure::Browser(_)) {
                        // Trying again saves it too: its draft must not stand in the form once more.
                        let over = ending.clone();
                        let done = move |again: Result<Saved, Failure>| {
                            if let (Ok(_), Some(over)) = (again, &over) {
                                over();
                            }
                        };
                        desk.show_unsaved(&failure, kept.clone(), what.clone(), Rc::new(done));
                    }
                }
                Err(failure) => {
                    if matches!(failure, Failure::Refused(Refusal::Trainee(_))) {
                        let _gone = refused.try_set(Some(kept.clone()));
                    }
                    errors.set_whole(failure.to_string());
                }
            }
        });
    });
    let leave = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            on_close.run(());
        }
    };
    let heading = title.clone();
    view! {
        <section class="quick-form" aria-label=format!("{title}, form") node_ref=place on:keydown=leave>
            <h2>{heading}</h2>
            <Form errors on_submit=submit>
                {draft.map(|draft| view! { <DraftLine draft/> })}
                {move || is_back.get().then(|| view! { <p class="hint" role="status">"As you left it. Cancel empties it."</p> })}
                {children()}
                {move || refused.get().and_then(ask_intent).map(|ask| view! { <AskSupervisor ask errors on_close/> })}
                <div class="actions">
                    <Submit busy>{save.clone()}</Submit>
                    <Button kind=ButtonKind::Quiet on_press=on_close>"Cancel"</Button>
                    <span class="hint">"Ctrl+Enter saves, Esc closes"</span>
                </div>
            </Form>
        </section>
    }
}

/// The request for what was refused to a trainee; `None` where it can't be asked for.
fn ask_intent(closing: Asked) -> Option<Intent> {
    let chart = match &*closing {
        Intent::CloseConcern { chart, .. } | Intent::CloseTypedInError { chart, .. } => *chart,
        Intent::Record { chart, .. } => *chart,
        _ => return None,
    };
    Some(Intent::AskToClose { chart, closing })
}

/// Asks a supervisor for what a trainee can't do alone: what was typed goes along.
#[component]
fn AskSupervisor(#[prop(into)] ask: Asked, errors: FormErrors, on_close: Callback<()>) -> impl IntoView {
    let desk = use_desk();
    let draft = use_context::<FormDraft>();
    let send = move |()| {
        let ending = draft.map(FormDraft::ending);
        desk.submit_asked(ask.clone(), "Asked the supervisor", move |result| match result {
            Ok(_) => {
                if let Some(over) = &ending {
                    over();
                }
                let _gone = on_close.try_run(());
            }
            Err(failure) => errors.set_whole(failure.to_string()),
        });
    };
    view! {
        <div class="actions"><Button kind=ButtonKind::Primary on_press=send>"Ask your supervisor to close it"</Button></div>
    }
}

/// Puts the focus into the first field of a form that was just opened: at once, for the letters typed next are meant for it
/// and would otherwise be read as keys of the page. Not where somebody is in a field of it already.
fn focus_first_field(place: &web_sys::Element) {
    if enter_first_field(place) {
        return;
    }
    let place = place.clone();
    request_animation_frame(move || {
        let _entered = enter_first_field(&place);
    });
}

/// Whether the focus is in the form now.
fn enter_first_field(place: &web_sys::Element) -> bool {
    use wasm_bindgen::JsCast as _;
    let is_inside = || document().active_element().is_some_and(|at| place.contains(Some(&at)));
    if !is_inside() {
        let fields = "input:not([disabled]), select, textarea";
        let field = place.query_selector(fields).ok().flatten();
        if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _focused = field.focus();
        }
    }
    is_inside()
}

//! Who it is, where the episode stands, how to reach them, and the forms.

use std::sync::Arc;

use leptos::prelude::*;

use super::QuickFormKind;
use crate::app::components::{Button, ButtonKind, ButtonLink, Icon, IconName, Notice, Tone};
use crate::app::format;
use crate::app::pages::contact::{full_name, prefers};
use crate::app::pages::course::boxes::OneForm as _;
use crate::app::pages::course::privacy::wish_for_consent;
use crate::app::route::{CaseloadRoute, Route, Section};
use crate::app::timer::use_timers;
use crate::app::typed::capital;
use crate::journal::ChartId;
use crate::registry::{FoundPatient, PatientView};

/// The forms of the menu.
const MORE: &[(QuickFormKind, &str)] = &[
    (QuickFormKind::Status, "Status"),
    (QuickFormKind::Ask, "Ask for a case review (r)"),
    (QuickFormKind::Review, "Case review, recommendation"),
    (QuickFormKind::Answer, "PCP\u{2019}s answer"),
    (QuickFormKind::Appointment(None), "Appointment"),
    (QuickFormKind::Concern, "Open a safety concern (s)"),
    (QuickFormKind::MeasurePlan(Some(0)), "Measure plan"),
    (QuickFormKind::Supervision, "Discuss in supervision"),
];

#[component]
pub fn Header(
    /// Whose page.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
    /// The form that is open.
    form: RwSignal<Option<QuickFormKind>>,
) -> impl IntoView {
    let name = move || view.with(|view| full_name(view));
    let about = move || view.with(|view| about(view));
    let reach = move || view.with(|view| reach(view));
    let standing = move || view.with(|view| standing(view));
    let unread = move || view.with(|view| view.unreadable);
    view! {
        <header class="patient-head">
            <p class="back">
                <a href=Route::Caseload(CaseloadRoute::PLAIN).href()><Icon name=IconName::Back/>"Caseload"</a>
            </p>
            <div class="identity">
                <h1>{name}</h1>
                <p class="about">{about}</p>
                <p class="standing">{standing}</p>
                <p class="reach">{reach}</p>
                <MayLines view/>
            </div>
            <Actions chart form/>
        </header>
        <p class="only-print print-foot" aria-hidden="true">{move || view.with(|view| on_paper(view))}</p>
        <LikeNames view/>
        {move || (unread() > 0).then(|| view! {
            <Notice tone=Tone::Warning>
                <p>{format!(
                    "{} of this record can\u{2019}t be read by this version of the app. Nothing is lost: they are kept as they are.",
                    format::count(unread().into(), "entry", "entries"),
                )}</p>
            </Notice>
        })}
    }
}

/// Contact, measure, time, note, timer, and the rest in a menu.
#[component]
fn Actions(chart: ChartId, form: RwSignal<Option<QuickFormKind>>) -> impl IntoView {
    let timers = use_timers();
    let runs = Memo::new(move |_| timers.running().is_some_and(|timer| timer.chart == chart));
    let menu = NodeRef::<leptos::html::Details>::new();
    let open = move |kind: QuickFormKind| {
        form.open(kind);
        if let Some(menu) = menu.get_untracked() {
            let _closed = menu.remove_attribute("open");
        }
    };
    let items = MORE
        .iter()
        .map(|&(kind, words)| {
            view! { <li><button type="button" class="menu-item" on:click=move |_| open(kind)>{words}</button></li> }
        })
        .collect_view();
    view! {
        <div class="doing" role="group" aria-label="Record">
            <ButtonLink kind=ButtonKind::Primary href=Route::Contact(chart).href() says="Contact">
                "Contact "<kbd aria-hidden="true">"c"</kbd>
            </ButtonLink>
            <Button on_press=move |()| open(QuickFormKind::Measure) says="Measure">"Measure "<kbd>"m"</kbd></Button>
            <Button on_press=move |()| open(QuickFormKind::Time) says="Time">"Time "<kbd>"t"</kbd></Button>
            <Button on_press=move |()| open(QuickFormKind::Note) says="Note">"Note "<kbd>"n"</kbd></Button>
            {move || if runs.get() {
                view! { <Button icon=IconName::Pause on_press=move |()| timers.pause()>"Pause timer"</Button> }.into_any()
            } else {
                view! { <Button icon=IconName::Play on_press=move |()| timers.start(chart)>"Start timer"</Button> }.into_any()
            }}
            <ButtonLink href=Route::SafetyPlan(chart).href()>"Safety plan"</ButtonLink>
            <details class="menu" node_ref=menu>
                <summary class="button">"More"</summary>
                <ul>
                    {items}
                    <li><a class="menu-item" href=Route::Section(chart, Section::Intake).href()>"Details, team, diagnosis, payer, episodes"</a></li>
                    <li><a class="menu-item" href=Route::Section(chart, Section::Closing).href()>"Relapse prevention, closing"</a></li>
                    <li><a class="menu-item" href=Route::Section(chart, Section::Intake).href() on:click=move |_| wish_for_consent(chart)>"Consent"</a></li>
                    <li><a class="menu-item" href=Route::Section(chart, Section::Assessment).href()>"Acute event, allergies, blood pressure"</a></li>
                    <li><a class="menu-item" href=Route::Section(chart, Section::Together).href()>"Tasks and referrals out"</a></li>
                    <li><a class="menu-item" href=Route::Section(chart, Section::CarePlan).href()>"Care plan, goals, barriers"</a></li>
                    <li><a class="menu-item" href=Route::Section(chart, Section::Medicines).href()>"Medications, treatment changes"</a></li>
                    <li><a class="menu-item" href=Route::HandOver(chart).href()>"Hand over the tablet"</a></li>
                </ul>
            </details>
        </div>
    }
}

/// What a caller has to know before calling: how a message may be left, with whom we may speak, and that this is a minor.
#[component]
pub fn MayLines(
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let minor = Memo::new(move |_| view.with(|view| view.may.minor.clone()));
    let lines = Memo::new(move |_| view.with(|view| view.may.lines.join("; ")));
    view! {
        {move || minor.get().map(|minor| view! { <p class="reach minor">{minor}</p> })}
        {move || Some(lines.get()).filter(|lines| !lines.is_empty()).map(|lines| view! { <p class="reach">{capital(&lines)}</p> })}
    }
}

/// Patients whose name is like this one's: their birth dates tell them apart.
#[component]
pub fn LikeNames(
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let own = move || {
        let birth = view.with(|view| view.registration.birth);
        birth.map_or_else(
            || "no birth date on record".to_owned(),
            |day| format!("born {}", format::plain_day(day)),
        )
    };
    let line = |found: FoundPatient| {
        let birth = found.birth.map_or_else(
            || "no birth date".to_owned(),
            |day| format!("born {}", format::plain_day(day)),
        );
        let mrn = found.mrn.map(|mrn| format!(", MRN {mrn}"));
        view! { <li><a href=Route::Patient(found.chart).href()>{found.name}</a>", "{birth}{mrn}</li> }
    };
    move || {
        let alike = view.with(|view| view.alike.clone());
        (!alike.is_empty()).then(|| {
            view! {
                <Notice tone=Tone::Warning title=format!("A like name is on file. This patient: {}.", own())>
                    <ul>{alike.into_iter().map(line).collect_view()}</ul>
                </Notice>
            }
        })
    }
}

/// Whose pages these are, for the foot of each.
fn on_paper(view: &PatientView) -> String {
    let mrn = view.registration.mrn.as_ref().map(|mrn| format!("MRN {mrn}"));
    let parts = [Some(full_name(view)), mrn];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ")
}

/// Age, birth date, pronouns, record number.
fn about(view: &PatientView) -> String {
    let registration = &view.registration;
    let parts = [
        view.age.map(|age| format!("{age} years")),
        registration.birth.map(|day| format!("born {}", format::plain_day(day))),
        registration.pronouns.clone(),
        registration.mrn.as_ref().map(|mrn| format!("MRN {mrn}")),
        crate::care::spoken(registration),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ")
}

/// Status and week, clinician, care manager.
fn standing(view: &PatientView) -> String {
    let care_manager = match &view.care_manager {
        Some(name) => format!("care manager {name}"),
        None => "no care manager".to_owned(),
    };
    let parts = [
        Some(view.status_line.clone()),
        view.clinician.as_ref().map(|name| format!("PCP {name}")),
        Some(care_manager),
    ];
    capital(&parts.into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} "))
}

/// Telephone numbers, and how and when the patient prefers to be reached.
fn reach(view: &PatientView) -> String {
    let phones = view.registration.phones.join(", ");
    let phones = if phones.is_empty() {
        "no phone on record".to_owned()
    } else {
        phones
    };
    let parts = [Some(phones), prefers(view)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ")
}

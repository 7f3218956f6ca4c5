//! What stands around every page of an open registry: search, timer, lock, navigation, what was saved.

use std::time::Duration;

use leptos::prelude::*;

use super::browser;
use super::effects::effect;

use super::components::{Button, ButtonKind, CrisisLines, Icon, IconName, Notice, Tone};
use super::finder::Finder;
use super::gate::use_lock;
use super::keys::{Keys, use_key};
use super::pages::places::help;
use super::pages::questions::questions;
use super::pages::{EnteredNotice, PageOf};
use super::parked::Parked;
use super::route::{CaseloadRoute, Route, SupervisionTab, TimeSpan};
use super::router::{Router, use_router};
use super::seen::Seen;
use super::state::{Desk, use_desk};
use super::timer::Stopwatch;
use crate::registry::{EhrQuery, Kind, Request, Response};

mod backup;
mod crisis;
mod fresh;
mod last_save;
mod left;
mod palette;
mod tabs_line;
mod timer_bar;

pub use backup::{Outcome, follow_storage, save_backup};
pub use crisis::{Crises, Wanted, use_crises};
pub use left::LeftDraft;

/// The places of the rail: route, words, drawing, keys.
const PLACES: [(Route, &str, IconName, &str); 9] = [
    (Route::Today, "Today", IconName::Today, "g t"),
    (Route::Caseload(CaseloadRoute::PLAIN), "Caseload", IconName::List, "g c"),
    (Route::Review(None), "Case review", IconName::Answer, "g r"),
    (Route::Ehr, "EHR notes", IconName::Note, "g n"),
    (Route::Directory, "Directory", IconName::Book, "g d"),
    (Route::Month(None), "Month", IconName::Calendar, "g m"),
    (Route::Send, "Send / receive", IconName::Exchange, "g s"),
    (Route::Import, "Import", IconName::Import, "g i"),
    (Route::Settings, "Settings", IconName::Settings, "g e"),
];

/// The pages of the day, beside Today: keys, words, route.
const DAY: [(&str, &str, Route); 5] = [
    ("g h", "Go to the huddle sheet", Route::Huddle),
    ("g y", "Go to the list of the day", Route::Day(None)),
    ("g w", "Go to the list of the week", Route::Week(None)),
    ("g v", "Go to the evening", Route::Evening),
    ("g l", "Go to your time", Route::Time(TimeSpan::Day, None)),
];
/// The place of those who supervise, and of trainees.
const SUPERVISION: Route = Route::Supervision(SupervisionTab::Work);

/// The frame with the page in it.
#[component]
pub fn Frame() -> impl IntoView {
    let _keys = Keys::provide();
    let _timers = Stopwatch::provide();
    Parked::provide();
    Seen::provide();
    let _left = LeftDraft::provide();
    let _crises = Crises::provide();
    let router = use_router();
    for (route, words, _, keys) in PLACES {
        use_key(keys, format!("Go to {words}"), move || router.go(route));
    }
    // A packet has none of these pages.
    if !use_desk().is_packet() {
        follow_keys(router);
    }
    let main = NodeRef::<leptos::html::Main>::new();
    follow_pages(main);
    let helping = RwSignal::new(false);
    use_key("?", "Help with this page, and its keys", move || {
        helping.update(|open| *open = !*open)
    });
    let close_help = Callback::new(move |()| {
        helping.set(false);
        browser::focus("help-button");
    });
    view! {
        <TopBar main helping/>
        <div class="body">
            <Rail/>
            <main id="main" tabindex="-1" node_ref=main>
                <Banners/>
                <PageOf/>
            </main>
            {move || helping.get().then(|| help(close_help))}
        </div>
        <palette::Palette/>
        <backup::BackupGate/>
        {questions()}
    }
}

/// Keys of pages that the rail doesn't name.
fn follow_keys(router: Router) {
    use_key("g k", "Enter a stack of forms", move || router.go(Route::Stack));
    use_key("g p", "Print a form", move || router.go(Route::Form(None)));
    for (keys, words, route) in DAY {
        use_key(keys, words, move || router.go(route));
    }
    use_key("n p", "New patient", move || router.go(Route::NewPatient));
    use_key("g a", "Go to the history of safety alerts", move || {
        router.go(Route::Alerts)
    });
    use_key("g u", "Go to supervision", move || router.go(SUPERVISION));
}

/// Names the page in the title, and moves the focus to it, as a browser does when a page loads.
fn follow_pages(main: NodeRef<leptos::html::Main>) {
    let router = use_router();
    let desk = use_desk();
    let kind = Memo::new(move |_| {
        let route = router.get();
        let title = route.map_or("Not found", |route| route.title());
        (title, route.and_then(|route| route.chart()))
    });
    effect(move |before: Option<()>| {
        let (title, _) = kind.get();
        let training = if desk.is_training() { " (training)" } else { "" };
        document().set_title(&format!("{title} \u{b7} Caseload{training}"));
        if before.is_none() {
            return;
        }
        if let Some(main) = main.get_untracked() {
            window().scroll_to_with_x_and_y(0.0, 0.0);
            let _focused = main.focus();
        }
    });
}

#[component]
fn TopBar(main: NodeRef<leptos::html::Main>, helping: RwSignal<bool>) -> impl IntoView {
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if let Some(main) = main.get_untracked() {
            let _focused = main.focus();
        }
    };
    let lock = use_lock();
    use_key("l l", "Lock", move || lock.run(()));
    view! {
        <header class="top">
            <a class="skip" href="#main" on:click=skip>"Skip to the page"</a>
            <a class="brand" href=Route::Today.href()>"Caseload"</a>
            <Finder id="search" keys="/"/>
            <span class="grow"></span>
            <timer_bar::TimerBar/>
            <crisis::CrisisButton/>
            <button
                id="help-button"
                type="button"
                class="button quiet"
                aria-expanded=move || helping.get().to_string()
                on:click=move |_| helping.update(|open| *open = !*open)
            >
                <Icon name=IconName::Info/><span>"Help"</span>
            </button>
            <Button kind=ButtonKind::Quiet icon=IconName::Lock on_press=lock>"Lock"</Button>
        </header>
    }
}

#[component]
fn Rail() -> impl IntoView {
    let router = use_router();
    let desk = use_desk();
    let (waiting, supervision) = waiting_notes(desk);
    let link = move |(route, words, icon, _): (Route, &'static str, IconName, &'static str)| {
        let here = move || {
            let now = router.get()?;
            (place_of(now) == Some(route)).then_some("page")
        };
        let waits = move || (route == Route::Ehr).then(|| waiting.get()).filter(|count| *count > 0);
        view! {
            <li>
                <a href=route.href() aria-current=here>
                    <Icon name=icon/><span>{words}</span>
                    {move || waits().map(|count| view! {
                        <span class="rail-count">" "{count}<span class="visually-hidden">" wait"</span></span>
                    })}
                </a>
            </li>
        }
    };
    let name = desk.opened().name.clone();
    view! {
        <nav class="rail" aria-label="Pages">
            <ul>
                {PLACES.into_iter().filter(|(route, ..)| is_here(desk, *route)).map(link).collect_view()}
                <Show when=move || supervision.get()>{link((SUPERVISION, "Supervision", IconName::Book, ""))}</Show>
            </ul>
            <p class="rail-foot">{name}</p>
        </nav>
    }
}

impl Desk {
    /// Whether the registry is what a consultant was handed: a review and its reply, and no caseload.
    pub fn is_packet(&self) -> bool {
        self.opened().kind == Kind::Packet
    }
}

/// Whether a page is one of this registry: a packet has the review and its reply.
fn is_here(desk: Desk, route: Route) -> bool {
    !desk.is_packet() || matches!(route, Route::Review(_) | Route::Send)
}

/// How long the page that was opened has before the rail asks for its counts.
const AFTER_THE_PAGE: Duration = Duration::from_millis(700);

/// How many notes are not in the EHR yet, and whether there is a page of supervision for who is working.
fn waiting_notes(desk: Desk) -> (Memo<u32>, Memo<bool>) {
    // The first request that takes more than a start does: the page that was opened comes first.
    let time = RwSignal::new(false);
    set_timeout(
        move || {
            let _gone = time.try_set(true);
        },
        AFTER_THE_PAGE,
    );
    let answer = desk.follow_once(
        time.into(),
        || Request::Ehr(EhrQuery::default()),
        |response| match response {
            Response::Ehr(view) => Some((view.total, view.in_supervision)),
            _ => None,
        },
    );
    let value = move || answer.value().get().map_or((0, false), |known| *known);
    (Memo::new(move |_| value().0), Memo::new(move |_| value().1))
}

/// The place of the rail under which a page stands.
fn place_of(route: Route) -> Option<Route> {
    match route {
        Route::Today | Route::Triage | Route::Crisis => Some(Route::Today),
        Route::Caseload(_)
        | Route::NewPatient
        | Route::Patient(_)
        | Route::Contact(_)
        | Route::Safety(..)
        | Route::Alerts
        | Route::ChartAudit(_)
        | Route::Erase(_)
        | Route::Assign
        | Route::SafetyPlan(_) => Some(Route::Caseload(CaseloadRoute::PLAIN)),
        Route::Month(_) | Route::MonthPart(..) | Route::Time(..) => Some(Route::Month(None)),
        Route::Send => Some(Route::Send),
        Route::Import => Some(Route::Import),
        Route::Settings | Route::Credits | Route::Privacy | Route::Audit(_) | Route::Erased => Some(Route::Settings),
        Route::HandOver(_)
        | Route::Stack
        | Route::Form(_)
        | Route::Filled(..)
        | Route::Section(..)
        | Route::CarryOut(..) => Some(Route::Caseload(CaseloadRoute::PLAIN)),
        Route::Directory => Some(Route::Directory),
        Route::Ehr => Some(Route::Ehr),
        Route::Evening | Route::Huddle | Route::Day(_) | Route::Week(_) => Some(Route::Today),
        Route::Supervision(_) => Some(SUPERVISION),
        Route::Review(_) => Some(Route::Review(None)),
    }
}

/// What must be seen whatever the page: a save that failed, damage, training, the backup, the last save.
#[component]
fn Banners() -> impl IntoView {
    let desk = use_desk();
    let training = desk.is_training().then(|| {
        view! { <p class="training">"Training: every patient here is invented. Real patients can't be entered."</p> }
    });
    let damaged = |sentence: String| {
        view! {
            <Notice tone=Tone::Error title="Some stored data is damaged">
                <p>{sentence}" Nothing was deleted. Restore from a backup, or receive a colleague\u{2019}s file."</p>
            </Notice>
        }
    };
    let damage = move || desk.damage().get().into_iter().map(damaged).collect_view();
    view! {
        {training}
        {damage}
        <tabs_line::Behind/>
        <tabs_line::TabsLine/>
        <backup::BackupBanner/>
        <Unsaved/>
        <EnteredNotice/>
        <fresh::FreshBanner/>
        <left::LeftNotice/>
        <crisis::CrisisBanner/>
        <last_save::LastSave/>
    }
}

/// A save that failed: red, and there until it works or is sent away.
#[component]
fn Unsaved() -> impl IntoView {
    let desk = use_desk();
    let unsaved = desk.unsaved();
    move || {
        unsaved.get().map(|failed| {
            let retry = failed.retry.clone();
            let retry = StoredValue::new_local(retry);
            view! {
                <div class="not-saved" role="alert">
                    <Icon name=IconName::Alert/>
                    <div class="notice-body">
                        <p class="notice-title">{failed.sentence}</p>
                        <div class="actions">
                            <Button kind=ButtonKind::Primary on_press=move |()| retry.get_value()()>"Try again"</Button>
                            <Button on_press=move |()| desk.export_all()>"Export all data"</Button>
                            <Button kind=ButtonKind::Quiet on_press=move |()| unsaved.set(None)>"Close this message"</Button>
                        </div>
                        <CrisisLines/>
                    </div>
                </div>
            }
        })
    }
}

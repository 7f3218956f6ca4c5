//! How a message may be left, and with whom we may speak. Nobody asked is not "no".

use std::sync::Arc;

use leptos::prelude::*;

use super::lines;
use crate::app::components::{Button, ButtonKind, Choice, DateField, TextField};
use crate::app::pages::common::{QuickForm, Reading, Written, today_text};
use crate::app::pages::course::boxes::{PlanBox, shows};
use crate::app::state::use_desk;
use crate::app::typed::text;
use crate::journal::facts::{MessageWay, Permission, Permissions, SpeakWith};
use crate::journal::{ChartId, Fact};
use crate::registry::LearnedView;

const WAYS: [(MessageWay, &str); 4] = [
    (MessageWay::Voicemail, "May we leave a voicemail?"),
    (MessageWay::Text, "May we send a text?"),
    (MessageWay::Post, "May we write by post?"),
    (MessageWay::Email, "May we send e-mail?"),
];

/// What was chosen for a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Not,
    Yes,
    No,
}

/// Permissions as they stand, and the form.
#[component]
pub fn PermissionsBox(
    /// Whose record.
    chart: ChartId,
    /// What is known.
    known: Signal<Arc<LearnedView>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let all = move || known.with(|known| known.permissions.as_ref().map(permission_lines).unwrap_or_default());
    view! {
        <PlanBox id="permissions" title="Messages, and with whom we may speak" add=(shows(open), "Change")>
            <Show when=move || open.get()><PermissionsForm chart known on_close=move |()| open.set(false)/></Show>
            {move || lines(all(), "Nobody has asked yet.")}
        </PlanBox>
    }
}

fn permission_lines(permissions: &Permissions) -> Vec<String> {
    let answer = |way| match permissions.ways.get(&way) {
        Some(Permission::Yes) => "yes",
        Some(Permission::No) => "no",
        None => "not asked",
    };
    let mut all: Vec<String> = WAYS
        .iter()
        .map(|(way, question)| format!("{question} {}", answer(*way)))
        .collect();
    all.extend(permissions.speak_with.iter().map(|person| {
        let relation = person
            .relation
            .as_ref()
            .map(|relation| format!(", {relation}"))
            .unwrap_or_default();
        let about = person
            .about
            .as_ref()
            .map(|about| format!(", about {about}"))
            .unwrap_or_default();
        format!("We may speak with {}{relation}{about}", person.name)
    }));
    all
}

/// The fields of one person.
#[derive(Clone, Copy)]
struct Row {
    key: u32,
    name: RwSignal<String>,
    relation: RwSignal<String>,
    about: RwSignal<String>,
}

impl Row {
    fn of(key: u32, person: Option<&SpeakWith>) -> Self {
        let words = |text: Option<&String>| RwSignal::new(text.cloned().unwrap_or_default());
        Self {
            key,
            name: words(person.map(|p| &p.name)),
            relation: words(person.and_then(|p| p.relation.as_ref())),
            about: words(person.and_then(|p| p.about.as_ref())),
        }
    }
    fn read(self) -> Option<SpeakWith> {
        Some(SpeakWith {
            name: text(&self.name.get_untracked())?,
            relation: text(&self.relation.get_untracked()),
            about: text(&self.about.get_untracked()),
        })
    }
}

#[component]
fn PermissionsForm(
    chart: ChartId,
    known: Signal<Arc<LearnedView>>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let desk = use_desk();
    let before = known.with_untracked(|known| known.permissions.clone());
    let was = |way| match before.as_ref().and_then(|before| before.ways.get(&way)) {
        Some(Permission::Yes) => Asked::Yes,
        Some(Permission::No) => Asked::No,
        None => Asked::Not,
    };
    let ways = WAYS.map(|(way, question)| (way, question, RwSignal::new(Some(was(way)))));
    let people = before.iter().flat_map(|before| &before.speak_with).zip(0..);
    let mut rows: Vec<Row> = people.map(|(person, key)| Row::of(key, Some(person))).collect();
    if rows.is_empty() {
        rows.push(Row::of(0, None));
    }
    let rows = RwSignal::new(rows);
    let day = RwSignal::new(today_text(desk));
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let day = reading.past(&day.get_untracked(), "permissions-day", "the day", today);
        let answer = |(way, _, chosen): (MessageWay, &str, RwSignal<Option<Asked>>)| match chosen.get_untracked() {
            Some(Asked::Yes) => Some((way, Permission::Yes)),
            Some(Asked::No) => Some((way, Permission::No)),
            Some(Asked::Not) | None => None,
        };
        let ways = ways.into_iter().filter_map(answer).collect();
        let speak_with = rows.get_untracked().into_iter().filter_map(Row::read).collect();
        reading.finish(day.map(|day| vec![Fact::Permissions(Permissions { day, ways, speak_with })]))
    });
    let add = move |()| {
        rows.update(|rows| {
            let key = rows.iter().map(|row| row.key + 1).max().unwrap_or_default();
            rows.push(Row::of(key, None));
        });
    };
    let row = move |row: Row| {
        let key = row.key;
        view! {
            <div class="fields" role="group" aria-label="Somebody with whom we may speak">
                <TextField id=format!("speak-name-{key}") label="We may speak with" value=row.name/>
                <TextField id=format!("speak-relation-{key}") label="Relation" value=row.relation/>
                <TextField id=format!("speak-about-{key}") label="About what" value=row.about/>
            </div>
        }
    };
    let choices = ways
        .into_iter()
        .zip(0..)
        .map(|((_, question, value), at)| {
            let options = vec![
                (Asked::Not, "Not asked".to_owned()),
                (Asked::Yes, "Yes".to_owned()),
                (Asked::No, "No".to_owned()),
            ];
            view! { <Choice id=format!("way-{at}") legend=question options value/> }
        })
        .collect_view();
    view! {
        <QuickForm chart title="Permissions" deed="Permissions saved" save="Save permissions" read on_close>
            {choices}
            <For each=move || rows.get() key=|row| row.key children=row/>
            <Button kind=ButtonKind::Quiet on_press=add>"Add somebody"</Button>
            <DateField id="permissions-day" label="Asked on" value=day max=today_text(desk)/>
        </QuickForm>
    }
}

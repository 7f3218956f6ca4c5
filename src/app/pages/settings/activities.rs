//! Activities of the clinic's own: what time can be spent on besides the app's list.

use leptos::prelude::*;

use super::Section;
use crate::app::components::{
    Button, ButtonKind, Check, Dialog, FailureNotice, FieldError, Form, FormErrors, Select, Submit, TextField, Width,
};
use crate::app::pages::activities::follow_own_activities;
use crate::app::pages::common::{Reading, new_thing, to_errors};
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::app::typed::Wrong;
use crate::app::words::ACTIVITIES;
use crate::care::intent::Intent;
use crate::journal::Fact;
use crate::journal::facts::{ActivityGroup, OwnActivity};
use crate::registry::Failure;

/// The list, and the form that adds to it or changes one.
#[component]
pub fn ActivitiesSection() -> impl IntoView {
    let desk = use_desk();
    let own = follow_own_activities(desk);
    let open = RwSignal::new(false);
    let editing = RwSignal::new(None::<OwnActivity>);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let edit = move |activity: Option<OwnActivity>| {
        editing.set(activity);
        open.set(true);
    };
    let keep = move |activity: OwnActivity, deed: &'static str| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        desk.submit(Intent::Office(vec![Fact::OwnActivity(activity)]), deed, move |result| {
            let _free = busy.try_set(false);
            let _said = failure.try_set(result.err());
        });
    };
    let row = move |activity: OwnActivity| {
        let group = activity.group.words();
        let counts = match activity.counts {
            true => "Counts, unless a payer profile says otherwise",
            false => "Doesn\u{2019}t count, unless a payer profile says so",
        };
        let retired = activity.retired.then_some(" (retired)");
        let (deed, said) = match activity.retired {
            true => ("Bring back", "Activity brought back"),
            false => ("Retire", "Activity retired"),
        };
        let turned = OwnActivity {
            retired: !activity.retired,
            ..activity.clone()
        };
        let (change_says, turn_says) = (format!("Change {}", activity.name), format!("{deed} {}", activity.name));
        let changed = activity.clone();
        view! {
            <tr>
                <th scope="row">{activity.name.clone()}{retired}</th>
                <td data-label="Group">{group}</td>
                <td data-label="Counts">{counts}</td>
                <td>
                    <Button kind=ButtonKind::Quiet says=change_says on_press=move |()| edit(Some(changed.clone()))>"Change"</Button>
                    <Button kind=ButtonKind::Quiet says=turn_says on_press=move |()| keep(turned.clone(), said)>{deed}</Button>
                </td>
            </tr>
        }
    };
    let table = move || {
        let own = own.get();
        if own.is_empty() {
            return view! { <p class="hint">"None yet: time is spent on the activities of the app\u{2019}s list."</p> }
                .into_any();
        }
        view! {
            <table class="data list">
                <caption class="visually-hidden">"Activities of your own"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Name"</th>
                        <th scope="col">"Group"</th>
                        <th scope="col">"Whether it counts"</th>
                        <th scope="col"><span class="visually-hidden">"Change"</span></th>
                    </tr>
                </thead>
                <tbody>{own.into_iter().map(row).collect_view()}</tbody>
            </table>
        }
        .into_any()
    };
    let title = Signal::derive(move || match editing.with(Option::is_some) {
        true => "Change an activity".to_owned(),
        false => "Add an activity".to_owned(),
    });
    view! {
        <Section id="activities-section">
            <p>
                "What your clinic spends time on and the app\u{2019}s list doesn\u{2019}t have. It can be chosen wherever time is written down. A \
                 new name is shown with old entries too; one that isn\u{2019}t used any more is retired, and its entries stay."
            </p>
            {table}
            {move || failure.get().map(|failure| view! { <FailureNotice failure/> })}
            <div class="actions"><Button on_press=move |()| edit(None)>"Add an activity"</Button></div>
            <Dialog open title>
                {move || view! { <ActivityForm before=editing.get() open/> }}
            </Dialog>
        </Section>
    }
}

#[component]
fn ActivityForm(before: Option<OwnActivity>, open: RwSignal<bool>) -> impl IntoView {
    let desk = use_desk();
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let name = RwSignal::new(before.as_ref().map(|own| own.name.clone()).unwrap_or_default());
    let group = before.as_ref().map_or(ActivityGroup::CareCoordination, |own| own.group);
    let group = RwSignal::new(word(group));
    let counts = RwSignal::new(before.as_ref().is_some_and(|own| own.counts));
    let deed = match before.is_some() {
        true => "Activity changed",
        false => "Activity added",
    };
    let before = StoredValue::new(before);
    let read = move || -> Result<OwnActivity, Vec<FieldError>> {
        let mut reading = Reading::default();
        let before = before.get_value();
        let known = before.as_ref().map(|own| own.activity);
        let id = known.map_or_else(new_thing, Ok).map_err(to_errors)?;
        let typed = name.get_untracked();
        let said = reading.text(&typed, "activity-name", "Enter what the activity is called");
        let is_ours = |said: &String| {
            ACTIVITIES
                .iter()
                .any(|(_, words)| words.eq_ignore_ascii_case(said.trim()))
        };
        if said.as_ref().is_some_and(is_ours) {
            let text = "The app\u{2019}s own list has an activity of this name: choose that one, or take another name";
            let _noted: Option<()> = reading.take(Err(Wrong::new("activity-name", text)));
        }
        let whole = said.map(|name| OwnActivity {
            activity: id,
            name: name.trim().to_owned(),
            group: from_word(&group.get_untracked()).unwrap_or(ActivityGroup::CareCoordination),
            counts: counts.get_untracked(),
            retired: before.is_some_and(|own| own.retired),
        });
        reading.finish(whole).map_err(to_errors)
    };
    let save = move |()| {
        let activity = match read() {
            Ok(activity) => activity,
            Err(wrong) => return errors.set(wrong),
        };
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        busy.set(true);
        desk.submit(Intent::Office(vec![Fact::OwnActivity(activity)]), deed, move |result| {
            let _free = busy.try_set(false);
            match result {
                Ok(_) => {
                    let _closed = open.try_set(false);
                }
                Err(failure) => errors.set_whole(failure.to_string()),
            }
        });
    };
    let groups = Signal::stored(
        ActivityGroup::ALL
            .map(|group| (word(group), group.words().to_owned()))
            .to_vec(),
    );
    view! {
        <Form errors on_submit=save label="Activity of your own">
            <TextField id="activity-name" label="Name of the activity" value=name width=Width::Full/>
            <Select id="activity-group" label="Group" options=groups value=group/>
            <Check id="activity-counts" label="Time on it counts toward a month" value=counts/>
            <p class="hint">
                "What counts is the payer\u{2019}s to say. A payer profile of your own can count it, or not, whatever is chosen here."
            </p>
            <div class="actions">
                <Submit busy>"Save activity"</Submit>
                <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            </div>
        </Form>
    }
}

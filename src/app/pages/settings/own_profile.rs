//! A payer profile of the clinic's own: a copy of another with changed values, each with its source.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::app::components::{Button, Dialog, FieldError, Form, FormErrors, Select, Sourced, Submit, TextField};
use crate::app::pages::activities::{activity_options, follow_own_activities};
use crate::app::state::use_desk;
use crate::billing::{DEFAULT_PROFILE, Key, Kind, Profile, ProfileError, Standing, Value, minutes_of, minutes_text};
use crate::care::intent::Intent;
use crate::journal::Fact;
use crate::journal::facts::{Activity, OwnActivity, PayerProfileChange};

/// The clinic's own profiles, and a form to make or change one.
#[component]
pub fn OwnProfiles(
    /// As they are.
    own: Memo<Vec<PayerProfileChange>>,
) -> impl IntoView {
    let activities = follow_own_activities(use_desk());
    let open = RwSignal::new(false);
    let editing = RwSignal::new(None::<PayerProfileChange>);
    let edit = move |change: Option<PayerProfileChange>| {
        editing.set(change);
        open.set(true);
    };
    let line = move |change: PayerProfileChange| {
        let says = format!("Change {}", change.name);
        let about = format!("{}, from {} ", change.name, change.base);
        view! { <li>{about}<Button says=says on_press=move |()| edit(Some(change.clone()))>"Change"</Button></li> }
    };
    view! {
        <ul>{move || own.get().into_iter().map(line).collect_view()}</ul>
        <div class="actions"><Button on_press=move |()| edit(None)>"Copy and edit a payer profile"</Button></div>
        <Dialog open title="A payer profile of your own" class="wide">
            {move || view! { <ProfileForm before=editing.get() activities=activities.get_untracked() open/> }}
        </Dialog>
    }
}

/// One value as it is typed.
#[derive(Clone)]
struct Typed {
    key: Key,
    value: RwSignal<String>,
    before: String,
    source: String,
}

/// A value as a field has it.
fn text_of(value: &Value) -> String {
    match value.key.label().1 {
        Kind::Time => minutes_text(value.number),
        Kind::Count | Kind::Choice(_) => value.number.to_string(),
    }
}

#[component]
fn ProfileForm(
    before: Option<PayerProfileChange>,
    activities: Vec<OwnActivity>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let desk = use_desk();
    let errors = FormErrors::new();
    let busy = RwSignal::new(false);
    let known = before.is_some();
    let name = RwSignal::new(before.as_ref().map(|change| change.name.clone()).unwrap_or_default());
    let base = RwSignal::new(
        before
            .as_ref()
            .map_or_else(|| DEFAULT_PROFILE.to_owned(), |change| change.base.clone()),
    );
    let started = StoredValue::new(before);
    let offered = activity_options(&activities, None);
    let own = StoredValue::new(activities);
    let bases: Vec<(String, String)> = Profile::names()
        .filter_map(|name| Profile::shipped(name).ok())
        .map(|profile| {
            (
                profile.name().to_owned(),
                format!("{}: {}", profile.name(), profile.about()),
            )
        })
        .collect();
    // The values begin as those of the base; those of a profile that is changed come with their changes.
    let form = Memo::new(move |_| {
        let base = base.get();
        let changed = started
            .with_value(|started| started.clone())
            .filter(|change| change.base == base);
        let profile = match changed {
            Some(change) => Profile::changed(&change),
            None => Profile::shipped(&base),
        };
        own.with_value(|own| profile.unwrap_or_default().with_own_activities(own))
    });
    let typed = Memo::new_with_compare(
        move |_| {
            let typed = |value: Value| Typed {
                key: value.key,
                value: RwSignal::new(text_of(&value)),
                before: text_of(&value),
                source: match value.standing {
                    Standing::Unverified => format!("unverified: {}", value.source),
                    standing => format!("{}: {}", standing.word(), value.source),
                },
            };
            form.get().values().into_iter().map(typed).collect::<Vec<Typed>>()
        },
        |_, _| true,
    );
    let counts = Memo::new_with_compare(
        move |_| {
            let form = form.get();
            let count = |(code, words): &(String, String)| {
                let activity = Activity::of_code(code)?;
                Some((activity, words.clone(), RwSignal::new(form.counts(activity))))
            };
            offered.iter().filter_map(count).collect::<Vec<_>>()
        },
        |_, _| true,
    );
    let save = move |()| {
        let shipped = Profile::shipped(&base.get_untracked()).unwrap_or_default();
        let shipped = own.with_value(|own| shipped.with_own_activities(own));
        let change = match typed.with_untracked(|typed| read(typed, &shipped)) {
            Ok(mut values) => {
                for (activity, _, counted) in counts.get_untracked() {
                    if counted.get_untracked() != shipped.counts(activity) {
                        let name = format!("count_{}", activity.code());
                        values.insert(name, u32::from(counted.get_untracked()));
                    }
                }
                PayerProfileChange {
                    name: name.with_untracked(|name| name.trim().to_owned()),
                    base: base.get_untracked(),
                    values,
                }
            }
            Err(wrong) => return errors.set(wrong),
        };
        if change.name.is_empty() {
            return errors.set(vec![FieldError {
                field: "own-profile-name".to_owned(),
                text: "Enter a name for your profile".to_owned(),
            }]);
        }
        match Profile::changed(&change) {
            Err(ref error @ ProfileError::OutOfRange { ref name, .. }) => {
                return errors.set(vec![FieldError {
                    field: format!("own-profile-{name}"),
                    text: format!("{error}."),
                }]);
            }
            Err(error) => return errors.set_whole(format!("{error}.")),
            Ok(_) => {}
        }
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let intent = Intent::Office(vec![Fact::PayerProfileChange(change)]);
        desk.submit(intent, "Payer profile saved", move |result| {
            let _shown = busy.try_set(false);
            match result {
                Ok(_) => {
                    let _closed = open.try_set(false);
                }
                Err(failure) => errors.set_whole(failure.to_string()),
            }
        });
    };
    let activities = move || counts.get().into_iter().map(activity_line).collect_view();
    view! {
        <Form errors on_submit=save label="Payer profile of your own">
            {(!known).then(|| view! { <TextField id="own-profile-name" label="Its name" value=name/> })}
            {(!known).then(|| view! {
                <Select id="own-profile-base" label="Copied from" options=bases.clone() value=base
                    hint="What is shipped is what was read, and no payer\u{2019}s own word"/>
            })}
            <table class="data list numbers">
                <caption class="visually-hidden">"Values of the payer profile"</caption>
                <thead>
                    <tr>
                        <th scope="col">"What it means"</th>
                        <th scope="col">"Yours"</th>
                        <th scope="col">"Where the value comes from"</th>
                    </tr>
                </thead>
                <tbody>{move || typed.get().into_iter().map(row).collect_view()}</tbody>
            </table>
            <fieldset class="field">
                <legend>"Time counts when it was spent on"</legend>
                {activities}
            </fieldset>
            <div class="actions">
                <Submit busy>"Save payer profile"</Submit>
                <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            </div>
        </Form>
    }
}

fn activity_line((_, words, counted): (Activity, String, RwSignal<bool>)) -> impl IntoView {
    view! {
        <label class="choice">
            <input
                type="checkbox"
                prop:checked=counted
                on:change:target=move |event| counted.set(event.target().checked())
            />
            <span>{words}</span>
        </label>
    }
}

fn field_id(key: Key) -> String {
    format!("own-profile-{}", key.name())
}

/// One value: a field or a choice, with its source; what was changed here has none until the payer says so.
fn row(typed: Typed) -> impl IntoView {
    let Typed {
        key,
        value,
        before,
        source,
    } = typed;
    let (label, kind) = key.label();
    let id = field_id(key);
    let unit = matches!(kind, Kind::Time).then_some(" minutes");
    let field = match kind {
        Kind::Choice(words) => {
            let option = |(number, words): (usize, &&'static str)| {
                let number = number.to_string();
                let held = number.clone();
                view! { <option value=number selected=move || value.with(|now| *now == held)>{*words}</option> }
            };
            let options = words.iter().enumerate().map(option).collect_view();
            view! {
                <select id=id.clone() on:change:target=move |event| value.set(event.target().value())>{options}</select>
            }
            .into_any()
        }
        Kind::Time | Kind::Count => view! {
            <input
                id=id.clone()
                type="text"
                autocomplete="off"
                prop:value=value
                on:input:target=move |event| value.set(event.target().value())
            />
        }
        .into_any(),
    };
    let is_changed = Memo::new(move |_| value.with(|now| now.trim() != before));
    let from = move || match is_changed.get() {
        true => view! { "unverified: changed by your clinic" }.into_any(),
        false => view! { <Sourced text=source.clone()/> }.into_any(),
    };
    view! {
        <tr class:changed=is_changed>
            <th scope="row"><label for=id>{label}{unit}</label></th>
            <td data-label="Yours"><span class="field narrow in-table">{field}</span></td>
            <td class="quiet-text source">{from}</td>
        </tr>
    }
}

/// The values that differ from the base, or what is wrong with those typed. An empty field is a hole.
fn read(typed: &[Typed], base: &Profile) -> Result<BTreeMap<String, u32>, Vec<FieldError>> {
    let mut values = BTreeMap::new();
    let mut wrong = Vec::new();
    for Typed { key, value, .. } in typed {
        let (label, kind) = key.label();
        let text = value.get_untracked();
        let number = match kind {
            Kind::Time => minutes_of(&text),
            Kind::Count | Kind::Choice(_) => text.trim().parse().ok(),
        };
        match number {
            None => wrong.push(FieldError {
                field: field_id(*key),
                text: match (text.trim(), kind) {
                    ("", _) => format!("{label}: enter a number; a profile has no empty values"),
                    (_, Kind::Time) => format!("{label}: enter minutes as 36, or as 36:30 with seconds"),
                    _ => format!("{label}: enter a whole number, 0 or more"),
                },
            }),
            Some(number) if number != base.number(*key) => {
                values.insert(key.name().to_owned(), number);
            }
            Some(_) => {}
        }
    }
    if wrong.is_empty() { Ok(values) } else { Err(wrong) }
}

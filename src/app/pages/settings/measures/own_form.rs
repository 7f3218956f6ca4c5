//! The form of a measure of the clinic's own.

use leptos::prelude::*;

use super::save;
use crate::app::components::{Button, Choice, Form, FormErrors, NumberField, Select, Submit, TextArea, TextField};
use crate::app::pages::common::to_errors;
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::app::typed::own::OwnTyped;
use crate::app::words::{CONCERNS, options};
use crate::instruments::catalog;
use crate::journal::Fact;
use crate::journal::facts::{ConcernKind, OwnInstrument, Worse};

/// Adds a measure, or changes one.
#[component]
pub fn OwnForm(
    /// The one that is changed.
    own: Option<OwnInstrument>,
    /// Closes the form.
    open: RwSignal<bool>,
) -> impl IntoView {
    let desk = use_desk();
    let (errors, busy) = (FormErrors::new(), RwSignal::new(false));
    let typed = own.as_ref().map_or_else(OwnTyped::default, OwnTyped::of);
    let name = RwSignal::new(typed.name);
    let (low, high) = (RwSignal::new(typed.low), RwSignal::new(typed.high));
    let worse = RwSignal::new(typed.worse);
    let (bands, alarm) = (RwSignal::new(typed.bands), RwSignal::new(typed.alarm));
    let concern = RwSignal::new(word(typed.concern));
    let heading = own.as_ref().map(|own| {
        let next = own.version.saturating_add(1);
        format!(
            "{}. Another scale is version {next}: scores taken before keep theirs.",
            own.name
        )
    });
    let is_new = own.is_none();
    let before = StoredValue::new(own);
    let submit = move |()| {
        let typed = OwnTyped {
            name: name.get_untracked(),
            low: low.get_untracked(),
            high: high.get_untracked(),
            worse: worse.get_untracked(),
            bands: bands.get_untracked(),
            alarm: alarm.get_untracked(),
            concern: from_word(&concern.get_untracked()).unwrap_or(ConcernKind::Suicide),
        };
        let own = desk
            .measures()
            .with_untracked(|measures| measures.own.iter().map(|own| own.name.clone()).collect::<Vec<_>>());
        let shipped = catalog().iter().map(|it| it.short_title.clone());
        let names: Vec<String> = own.into_iter().chain(shipped).collect();
        match before.with_value(|before| typed.read(before.as_ref(), &names)) {
            Ok(own) => {
                let what = if is_new { "Measure added" } else { "Measure changed" };
                save(desk, Fact::OwnInstrument(own), what, busy, errors, move || {
                    let _closed = open.try_set(false);
                });
            }
            Err(wrong) => errors.set(to_errors(wrong)),
        }
    };
    let ways = vec![
        (Worse::Higher, "A higher score is worse".to_owned()),
        (Worse::Lower, "A lower score is worse".to_owned()),
    ];
    let concerns = options(CONCERNS)
        .into_iter()
        .map(|(kind, words)| (word(kind), words))
        .collect::<Vec<_>>();
    view! {
        <Form errors on_submit=submit label="Measure of your own">
            {match heading {
                Some(words) => view! { <p>{words}</p> }.into_any(),
                None => view! {
                    <TextField id="own-name" label="Name" value=name hint="It can\u{2019}t be changed later: another name is another measure"/>
                }
                .into_any(),
            }}
            <div class="fields">
                <NumberField id="own-low" label="Lowest score" value=low/>
                <NumberField id="own-high" label="Highest score" value=high/>
            </div>
            <Choice id="own-worse" legend="Direction" options=ways value=worse/>
            <TextArea
                id="own-bands"
                label="Bands (optional)"
                value=bands
                rows=4
                hint="One a line, from the lowest score up: the first score, then the name, such as \u{201c}0 Low\u{201d}"
            />
            <div class="fields">
                <NumberField
                    id="own-alarm"
                    label="Alarm line (optional)"
                    value=alarm
                    hint="A score on it, or beyond it in the worse direction, opens a safety concern"
                />
                <Select id="own-concern" label="The concern is about" options=concerns value=concern/>
            </div>
            <div class="actions">
                <Submit busy>"Save measure"</Submit>
                <Button on_press=move |()| open.set(false)>"Cancel"</Button>
            </div>
        </Form>
    }
}

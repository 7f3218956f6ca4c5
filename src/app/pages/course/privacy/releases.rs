//! Releases, one for each recipient: scope, first and last day, Part 2, revoked.

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::components::{
    Button, ButtonKind, Check, Checks, DateField, DayText, Select, StatusKind, StatusTag, TextField, Width,
};
use crate::app::pages::common::{QuickForm, Reading, Written, new_thing, today_text};
use crate::app::pages::course::boxes::PlanBox;
use crate::app::route::{from_word, word};
use crate::app::state::use_desk;
use crate::app::typed::{Wrong, text};
use crate::app::words::options;
use crate::journal::facts::{Covers, Protection, RecipientKind, Release};
use crate::journal::{ChartId, Fact};
use crate::registry::{LearnedView, StandingRelease, TeamContact};

const COVERS: [(Covers, &str); 8] = [
    (Covers::Progress, "Contacts and notes"),
    (Covers::Measures, "Measures and scores"),
    (Covers::Diagnoses, "Diagnoses and medical values"),
    (Covers::Medicines, "Medications"),
    (Covers::Assessment, "Initial assessment"),
    (Covers::Plan, "Plan"),
    (Covers::Safety, "Safety"),
    (Covers::Course, "Appointments, referrals, reviews"),
];
const KINDS: [(RecipientKind, &str); 8] = [
    (RecipientKind::Provider, "Practice, hospital, therapist"),
    (RecipientKind::Family, "Family or friend"),
    (RecipientKind::School, "School"),
    (RecipientKind::Employer, "Employer"),
    (RecipientKind::Insurer, "Insurer"),
    (RecipientKind::Authority, "Court or authority"),
    (RecipientKind::Service, "Community service"),
    (RecipientKind::Other, "Somebody else"),
];

/// The releases, in force or not, and the form.
#[component]
pub fn ReleasesBox(
    /// Whose record.
    chart: ChartId,
    /// What is known.
    known: Signal<Arc<LearnedView>>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let editing = RwSignal::new(None::<Release>);
    let all = move || known.with(|known| known.releases.clone());
    // A form that is open already keeps what is typed into it.
    let another = move |release: Option<Release>| {
        if editing.with_untracked(|now| *now != release) {
            open.set(false);
            editing.set(release);
        }
    };
    let change = move |release: Release| {
        another(Some(release));
        open.set(true);
    };
    let add = Callback::new(move |()| {
        another(None);
        open.set(true);
    });
    let line = move |release: StandingRelease| {
        let StandingRelease { release, covers, not } = release;
        let standing = match not {
            None => view! { <StatusTag kind=StatusKind::AtTarget words="In force"/> }.into_any(),
            Some(why) => {
                view! { <StatusTag kind=StatusKind::Overdue words=format!("Permits nothing: {why}")/> }.into_any()
            }
        };
        let says = format!("Change the release to {}", release.to);
        let contact = release.contact.clone().map(|contact| format!(", {contact}"));
        let name = release.to.clone();
        let until = match release.until {
            Some(day) => view! { "until "<DayText day/> }.into_any(),
            None => "no end".into_any(),
        };
        view! {
            <li>
                <strong>{name}</strong>{contact}" "{standing}" "<span class="hint">{until}"; "{covers}</span>" "
                <Button kind=ButtonKind::Quiet says on_press=move |()| change(release.clone())>"Change, revoke"</Button>
            </li>
        }
    };
    let shown = Memo::new(move |_| open.get().then(|| editing.get()));
    let close = move |()| {
        open.set(false);
        editing.set(None);
    };
    view! {
        <PlanBox id="releases" title="Releases" add=(add, "Add a release")>
            {move || shown.get().map(|before| view! { <ReleaseForm chart known before on_close=close/> })}
            {move || {
                let all = all();
                match all.is_empty() {
                    true => view! { <p class="hint">"No release on record: what is held back stays here."</p> }.into_any(),
                    false => view! { <ul>{all.into_iter().map(line).collect_view()}</ul> }.into_any(),
                }
            }}
        </PlanBox>
    }
}

#[component]
fn ReleaseForm(
    chart: ChartId,
    known: Signal<Arc<LearnedView>>,
    before: Option<Release>,
    #[prop(into)] on_close: Callback<()>,
) -> impl IntoView {
    let desk = use_desk();
    let before = before.as_ref();
    let words = |text: Option<String>| RwSignal::new(text.unwrap_or_default());
    let (to, contact) = (
        words(before.map(|r| r.to.clone())),
        words(before.and_then(|r| r.contact.clone())),
    );
    let kind = words(before.and_then(|r| r.kind).map(word));
    // Whoever is chosen from the care team brings what is on record; what was typed stays.
    let filled = StoredValue::new([const { String::new() }; 2]);
    let is_new = before.is_none();
    crate::app::effects::effect(move |_| {
        let named =
            to.with(|to| known.with_untracked(|known| known.team.iter().find(|one| one.name == to.trim()).cloned()));
        let Some(named) = named.filter(|_| is_new) else { return };
        let new = [word(named.kind), named.contact.unwrap_or_default()];
        for ((field, before), new) in [kind, contact].into_iter().zip(filled.get_value()).zip(&new) {
            if field.get_untracked() == before {
                field.set(new.clone());
            }
        }
        filled.set_value(new);
    });
    let team = move || {
        let team = known.with(|known| known.team.clone());
        let option = |one: TeamContact| view! { <option value=one.name>{one.contact}</option> };
        team.into_iter().map(option).collect_view()
    };
    let covers = RwSignal::new(before.map(|r| r.covers.clone()).unwrap_or_default());
    let scope = words(before.map(|r| r.scope.clone()));
    let from = words(Some(before.map_or_else(|| today_text(desk), |r| r.from.to_string())));
    let until = words(before.and_then(|r| r.until).map(|day| day.to_string()));
    let part2 = RwSignal::new(before.is_some_and(|r| r.part2));
    let minor = RwSignal::new(before.is_some_and(|r| r.minor));
    let by_minor = known.with_untracked(|known| may_be_a_minors(known)) || minor.get_untracked();
    // Given by a minor, or by an adult for what they alone consented to as one.
    let by_whom = match known.with_untracked(|known| known.minor.is_some()) {
        true => "The minor gave it: it covers care that the minor alone consented to",
        false => "The patient gave it: it covers care that the patient alone consented to as a minor",
    };
    let revoked = words(before.and_then(|r| r.revoked).map(|day| day.to_string()));
    let id = before.map(|r| r.release);
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let today = desk.today().get_untracked();
        let to = reading.text(&to.get_untracked(), "release-to", "Enter who may be told");
        let from = reading.take(crate::app::typed::read_day(
            "release-from",
            "the first day",
            &from.get_untracked(),
            None,
        ));
        let until = reading.maybe_day(&until.get_untracked(), "release-until", "the last day");
        let typed = revoked.get_untracked();
        let revoked = match text(&typed) {
            Some(typed) => reading.past(&typed, "release-revoked", "the day", today),
            None => None,
        };
        let (covers, scope) = (covers.get_untracked(), scope.get_untracked().trim().to_owned());
        if covers.is_empty() {
            let _missing: Option<()> = reading.take(Err(Wrong::new("release-covers", "Choose what may be told")));
        }
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            let text = "The last day lies before the first";
            let _wrong: Option<()> = reading.take(Err(Wrong::new("release-until", text)));
        }
        let release = match id {
            Some(id) => id,
            None => new_thing()?,
        };
        let (part2, minor) = (part2.get_untracked(), minor.get_untracked());
        let (kind, contact) = (from_word(&kind.get_untracked()), text(&contact.get_untracked()));
        let fact = to.zip(from).map(|(to, from)| {
            Fact::Release(Release {
                release,
                to,
                scope,
                from,
                until,
                part2,
                revoked,
                covers,
                minor,
                kind,
                contact,
            })
        });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    let kinds: Vec<(String, String)> = std::iter::once((String::new(), "Not said".to_owned()))
        .chain(KINDS.iter().map(|(kind, words)| (word(*kind), (*words).to_owned())))
        .collect();
    let taking_back = id.map(|_| {
        view! { <DateField id="release-revoked" label="Revoked on" value=revoked max=today_text(desk) hint="From that day on it permits nothing"/> }
    });
    view! {
        <QuickForm chart title="Release" deed="Release saved" save="Save release" read on_close>
            <div class="fields">
                <TextField id="release-to" label="Who may be told" value=to list="release-team" hint="Somebody of the care team, or any name"/>
                <Select id="release-kind" label="What they are" options=Signal::stored(kinds) value=kind/>
                <TextField id="release-contact" label="Telephone or address" value=contact/>
            </div>
            <datalist id="release-team">{team}</datalist>
            <Checks id="release-covers" legend="What may be told" options=options(&COVERS) value=covers/>
            <TextField id="release-scope" label="In the words of the release" value=scope width=Width::Full/>
            <div class="fields">
                <DateField id="release-from" label="First day" value=from/>
                <DateField id="release-until" label="Last day" value=until hint="Empty: until it is revoked"/>
                {taking_back}
            </div>
            <Check id="release-part2" label="It covers records under 42 CFR Part 2 (substance use treatment)" value=part2/>
            {by_minor.then(|| view! {
                <Check id="release-minor" label=by_whom value=minor/>
            })}
        </QuickForm>
    }
}

/// Whether a minor may give a release: the patient is one, or was one as long as something was written down for them.
fn may_be_a_minors(known: &LearnedView) -> bool {
    let of_minor = |why: &Vec<Protection>| why.contains(&Protection::MinorConsented);
    known.minor.is_some() || known.minor_care.is_some() || known.held.iter().any(|held| of_minor(&held.why))
}

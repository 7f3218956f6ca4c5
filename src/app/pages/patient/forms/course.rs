//! Where the episode stands, appointments.

use leptos::prelude::*;

use super::super::facts::booked;
use super::{Place, empty};
use crate::app::components::{Choice, DateField, TextField, TimeField};
use crate::app::pages::common::{QuickForm, Reading, Written, new_episode, new_thing, today_text};
use crate::app::pages::course::intake::wish_for_episode;
use crate::app::route::{Route, Section};
use crate::app::state::{Desk, use_desk};
use crate::app::typed::{read_day, read_when, text};
use crate::app::words::{APPOINTMENT_STATES, MODES, options};
use crate::journal::facts::{Appointment, AppointmentState, Episode, Mode, Referral, Status, StatusChange};
use crate::journal::{Day, EpisodeId, Fact, ThingId, When};

/// Where an episode can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Referred,
    Outreach,
    Enrolled,
    Active,
    RelapsePrevention,
    OnHold,
}

const STANDINGS: &[(Standing, &str)] = &[
    (Standing::Referred, "Referred"),
    (Standing::Outreach, "Outreach"),
    (Standing::Enrolled, "Enrolled"),
    (Standing::Active, "Active"),
    (Standing::RelapsePrevention, "Relapse prevention"),
    (Standing::OnHold, "On hold"),
];

#[derive(Clone, Copy)]
struct StatusFields {
    standing: RwSignal<Option<Standing>>,
    from: RwSignal<String>,
    review: RwSignal<String>,
}

#[component]
pub fn StatusForm(place: Place) -> impl IntoView {
    let desk = use_desk();
    let (status, episode, line) = place
        .view
        .with_untracked(|view| (view.status.clone(), view.episode, view.status_line.clone()));
    let closed = matches!(status, None | Some(Status::Closed { .. }));
    let fields = StatusFields {
        standing: RwSignal::new(None),
        from: RwSignal::new(today_text(desk)),
        review: empty(),
    };
    let read = Callback::new(move |()| untrack(|| read_status(fields, episode, desk)));
    let held = move || fields.standing.get() == Some(Standing::OnHold);
    let closing = Route::Section(place.chart, Section::Closing).href();
    let intake = Route::Section(place.chart, Section::Intake).href();
    let chart = place.chart;
    view! {
        <QuickForm chart=place.chart title="Status" deed="Status changed" save="Change status" read on_close=place.close>
            <p>"Now: "<strong>{line}</strong></p>
            <Choice id="standing" legend="From now on" options=options(STANDINGS) value=fields.standing/>
            <DateField id="status-from" label="First day of it" value=fields.from max=today_text(desk)/>
            <Show when=held>
                <DateField id="hold-review" label="Look at it again on" value=fields.review min=today_text(desk)/>
            </Show>
            {closed.then(|| view! {
                <p class="hint">"A new referral? "<a href=intake on:click=move |_| wish_for_episode(chart)>"Open a new episode"</a>", with who referred and why."</p>
            })}
            {(!closed).then(|| view! {
                <p class="hint">"To end the episode: "<a href=closing>"Relapse and closing"</a>". It asks what is open, and keeps the outcome."</p>
            })}
        </QuickForm>
    }
}

fn read_status(fields: StatusFields, episode: Option<EpisodeId>, desk: Desk) -> Written {
    let mut reading = Reading::default();
    let today = desk.today().get();
    let from = reading.past(&fields.from.get(), "status-from", "the first day", today);
    let standing = reading.chosen(fields.standing.get(), "standing", "Choose where the episode stands");
    let status = standing.and_then(|standing| read_standing(&mut reading, fields, standing));
    let facts = match (from, status) {
        (Some(from), Some(status)) => Some(status_facts(episode, from, status, desk)?),
        _ => None,
    };
    reading.finish(facts)
}

fn read_standing(reading: &mut Reading, fields: StatusFields, standing: Standing) -> Option<Status> {
    Some(match standing {
        Standing::Referred => Status::Referred,
        Standing::Outreach => Status::Outreach,
        Standing::Enrolled => Status::Enrolled,
        Standing::Active => Status::Active,
        Standing::RelapsePrevention => Status::RelapsePrevention,
        Standing::OnHold => {
            let what = "the day on which it is looked at again";
            let review = reading.take(read_day("hold-review", what, &fields.review.get(), None))?;
            Status::OnHold { review }
        }
    })
}

/// The change, in the episode that is there or, where there never was one, in a new one.
fn status_facts(episode: Option<EpisodeId>, from: Day, status: Status, desk: Desk) -> Written {
    if let Some(episode) = episode {
        return Ok(vec![Fact::StatusChange(StatusChange {
            episode,
            status,
            from,
            why: None,
        })]);
    }
    let episode = new_episode()?;
    let at = if from == desk.today().get_untracked() {
        When::At(desk.instant())
    } else {
        When::Day(from)
    };
    Ok(vec![
        Fact::Episode(Episode {
            episode,
            opened: from,
            target: None,
        }),
        Fact::Referral(Referral {
            episode,
            at,
            by: None,
            reason: None,
            warm: false,
            from: None,
            scores: Vec::new(),
            feedback: None,
        }),
        Fact::StatusChange(StatusChange {
            episode,
            status,
            from,
            why: None,
        }),
    ])
}

#[component]
pub fn AppointmentForm(place: Place, which: Option<ThingId>) -> impl IntoView {
    let desk = use_desk();
    let zone = untrack(|| desk.zone());
    let known = place.view.with_untracked(|view| {
        booked(view)
            .into_iter()
            .find(|appointment| Some(appointment.appointment) == which)
    });
    let (day, time) = match known.as_ref().map(|appointment| appointment.at) {
        Some(When::At(at)) => (zone.day(at).to_string(), zone.local(at).format("%H:%M").to_string()),
        Some(When::Day(day)) => (day.to_string(), String::new()),
        None => (String::new(), String::new()),
    };
    let (day, time) = (RwSignal::new(day), RwSignal::new(time));
    let mode = RwSignal::new(Some(known.as_ref().map_or(Mode::Phone, |known| known.mode)));
    let purpose = RwSignal::new(
        known
            .as_ref()
            .and_then(|known| known.purpose.clone())
            .unwrap_or_default(),
    );
    let state = RwSignal::new(Some(AppointmentState::Booked));
    let read = Callback::new(move |()| -> Written {
        let mut reading = Reading::default();
        let on = reading.take(read_day("appointment-day", "the day", &day.get_untracked(), None));
        let at = on.and_then(|day| reading.take(read_when("appointment-time", day, &time.get_untracked(), zone)));
        let mode = reading.chosen(mode.get_untracked(), "appointment-mode", "Choose how it takes place");
        let state = reading.chosen(state.get_untracked(), "appointment-state", "Choose what became of it");
        let appointment = match which {
            Some(id) => id,
            None => new_thing()?,
        };
        let purpose = text(&purpose.get_untracked());
        let fact = at.zip(mode).zip(state).map(|((at, mode), state)| {
            Fact::Appointment(Appointment {
                appointment,
                at,
                mode,
                purpose,
                state,
            })
        });
        reading.finish(fact.map(|fact| vec![fact]))
    });
    let title = if which.is_some() {
        "Appointment"
    } else {
        "Book an appointment"
    };
    let states = which.map(|_| {
        view! {
            <Choice id="appointment-state" legend="What became of it" options=options(APPOINTMENT_STATES) value=state/>
        }
    });
    view! {
        <QuickForm chart=place.chart title=title deed="Appointment saved" save="Save appointment" read on_close=place.close>
            {states}
            <div class="fields">
                <DateField id="appointment-day" label="Day" value=day/>
                <TimeField id="appointment-time" label="Time" value=time/>
                <TextField id="appointment-purpose" label="What for" value=purpose/>
            </div>
            <Choice id="appointment-mode" legend="How" options=options(MODES) value=mode/>
        </QuickForm>
    }
}

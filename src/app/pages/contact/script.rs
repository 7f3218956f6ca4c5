//! Which call scripts fit a contact, by where the episode stands and by what the form says so far.

use std::sync::Arc;

use leptos::prelude::*;

use super::early::Early;
use super::fields::Fields;
use crate::app::pages::scripts::CallScripts;
use crate::exchange::note::Script;
use crate::journal::facts::{AttemptOutcome, Intervention, Status};
use crate::registry::PatientView;

/// The scripts beside the form.
#[component]
pub fn Scripts(
    /// What the form holds.
    fields: Fields,
    /// The patient.
    view: Signal<Arc<PatientView>>,
    /// Positive answers that were committed.
    early: Early,
) -> impl IntoView {
    let committed = early.committed();
    let fitting = Memo::new(move |_| {
        let situation = view.with(|view| Situation {
            status: view.status.clone(),
            has_consent: view
                .timeline
                .iter()
                .any(|row| matches!(row.fact, crate::journal::Fact::Consent(_))),
            takes_medicine: !view.medicines.is_empty(),
            is_alarming: committed.with(Option::is_some) || view.concerns.iter().any(|concern| concern.open),
            is_reached: fields.was_reached(),
            outcome: fields.outcome.get(),
            asks_phq9: fields
                .measures
                .with(|measures| measures.iter().any(|(id, _)| id == "phq9")),
            activates: fields
                .did
                .with(|did| did.contains(&Intervention::BehaviouralActivation)),
        });
        situation.scripts()
    });
    view! { <CallScripts fitting/> }
}

/// What decides.
struct Situation {
    status: Option<Status>,
    has_consent: bool,
    takes_medicine: bool,
    is_alarming: bool,
    is_reached: bool,
    outcome: Option<AttemptOutcome>,
    asks_phq9: bool,
    activates: bool,
}

impl Situation {
    fn scripts(&self) -> Vec<Script> {
        let mut found = Vec::new();
        if self.is_alarming {
            found.push(Script::Suicide);
        }
        if !self.is_reached {
            match self.outcome {
                Some(AttemptOutcome::Voicemail) => found.push(Script::Voicemail),
                _ => found.extend([Script::Outreach, Script::Voicemail]),
            }
            return found;
        }
        match self.status {
            None | Some(Status::Referred | Status::Outreach) => found.extend([Script::Outreach, Script::Introduce]),
            Some(Status::Enrolled) => found.push(Script::Introduce),
            Some(Status::RelapsePrevention) => found.extend([Script::Relapse, Script::Closing]),
            Some(_) => found.push(Script::Activation),
        }
        if !self.has_consent {
            found.push(Script::Consent);
        }
        if self.asks_phq9 {
            found.push(Script::Phq9Phone);
        }
        if self.activates && !found.contains(&Script::Activation) {
            found.push(Script::Activation);
        }
        if self.takes_medicine {
            found.push(Script::Medication);
        }
        found
    }
}

//! Who, referral, consent, releases, team, diagnoses and episodes.

use std::sync::Arc;

use leptos::prelude::*;

use crate::journal::ChartId;
use crate::registry::PatientView;

/// The section.
#[component]
pub fn Intake(
    /// Whose record.
    chart: ChartId,
    /// The patient.
    view: Signal<Arc<PatientView>>,
) -> impl IntoView {
    let _ = (chart, view);
}

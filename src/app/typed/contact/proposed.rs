//! Which measures a contact asks for: what the measure plan says, and whether that is due.

use super::ASKED;
use crate::journal::facts::{ClockKind, Status};
use crate::registry::PatientView;

/// A measure of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// Instrument id.
    pub instrument: String,
    /// Whether it is asked for today: it is late or due, or there is none yet.
    pub asked: bool,
}

/// The measures of the form, in its order: PHQ-9 and GAD-7, which every contact offers, then the others of the plan. What
/// is due by the plan is asked for.
pub fn proposed(view: &PatientView) -> Vec<Proposed> {
    let in_care = !matches!(view.status, None | Some(Status::Closed { .. } | Status::OnHold { .. }));
    let none = |instrument: &str| !view.measures.iter().any(|measure| measure.instrument == instrument);
    let due: Vec<&str> = view
        .reasons
        .iter()
        .filter(|reason| reason.clock == ClockKind::Measure)
        .map(|reason| reason.reason.as_str())
        .collect();
    let lines = view.measure_plan.iter().flat_map(|plan| &plan.lines);
    let lines: Vec<_> = lines.filter(|line| line.stopped.is_none()).collect();
    let is_of_line = |sentence: &&str| {
        let mut of_lines = lines.iter().filter_map(|line| line.due.as_ref());
        of_lines.any(|(words, _)| words.as_str() == *sentence)
    };
    // A safety item that was left open is asked for with the form that has it.
    let item_open = due.iter().any(|sentence| !is_of_line(sentence));
    let planned = |instrument: &str| lines.iter().find(|line| line.instrument == instrument);
    let is_asked = |instrument: &str| {
        let by_plan = planned(instrument).is_some_and(|line| {
            let late = line
                .due
                .as_ref()
                .is_some_and(|(words, _)| due.contains(&words.as_str()));
            late || none(instrument)
        });
        let first = instrument == ASKED[0] && (item_open || (lines.is_empty() && none(instrument)));
        in_care && (by_plan || first)
    };
    let others = lines.iter().map(|line| line.instrument.as_str());
    let others = others.filter(|instrument| !ASKED.contains(instrument));
    let all = ASKED.into_iter().chain(others);
    all.map(|instrument| Proposed {
        instrument: instrument.to_owned(),
        asked: is_asked(instrument),
    })
    .collect()
}

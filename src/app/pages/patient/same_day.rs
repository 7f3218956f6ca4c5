//! Two administrations of one day: both are kept, and one rule says which counts as the latest.

use crate::app::format;
use crate::app::typed::contact::shipped;
use crate::journal::{Day, EntryId};
use crate::registry::PatientView;

/// What is said beside a second administration of one day; `None` where there is none. `own` is the one being written.
pub fn same_day(view: &PatientView, instrument: &str, day: Day, own: Option<EntryId>) -> Option<String> {
    let measure = view.measures.iter().find(|measure| measure.instrument == instrument)?;
    let there = measure
        .scores
        .iter()
        .filter(|point| point.day == day && Some(point.entry) != own);
    let totals: Vec<String> = there
        .map(|point| {
            point
                .total
                .map_or_else(|| "incomplete".to_owned(), |total| total.to_string())
        })
        .collect();
    if totals.is_empty() {
        return None;
    }
    let title = shipped(instrument).map_or(instrument, |definition| &definition.short_title);
    let day = format::short_day(day, view.today);
    Some(format!("There is a {title} of {day}: {}. {TIE}", totals.join(", ")))
}

/// Which of two on one day is the latest: the order of a flowsheet's scores.
pub const TIE: &str = "Both are kept. The later time of day counts as the latest; one without a time counts before those with one; \
     of two at the same time, the one written down later counts.";

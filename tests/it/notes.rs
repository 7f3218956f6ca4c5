//! Notes for the EHR, letters and the patient's page, from an invented chart.

mod closed;
mod closing;
mod earlier;
mod kept;
mod patient;
mod plain;
mod rules;
mod steps;
mod story;
mod team;
mod texts;
mod told;

//! Where a value should be, as it is typed.

use leptos::prelude::*;

use crate::app::components::{Choice, TextField, Width};
use crate::app::pages::common::Reading;
use crate::journal::facts::{ValueKind, ValueTarget};
use crate::journal::read_value;

/// What kind of target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// No target.
    None,
    /// Below a line.
    Below,
    /// Above a line.
    Above,
    /// Between two.
    Between,
}

/// The fields of a target.
#[derive(Clone, Copy)]
pub struct TargetFields {
    kind: RwSignal<Option<Kind>>,
    low: RwSignal<String>,
    high: RwSignal<String>,
}

impl TargetFields {
    /// No target yet.
    pub fn new() -> Self {
        Self {
            kind: RwSignal::new(Some(Kind::None)),
            low: RwSignal::new(String::new()),
            high: RwSignal::new(String::new()),
        }
    }
    /// Takes over the target of an earlier value.
    pub fn set(self, target: Option<&ValueTarget>) {
        let (kind, low, high) = match target {
            None => (Kind::None, "", ""),
            Some(ValueTarget::Below { value }) => (Kind::Below, value.as_str(), ""),
            Some(ValueTarget::Above { value }) => (Kind::Above, value.as_str(), ""),
            Some(ValueTarget::Between { low, high }) => (Kind::Between, low.as_str(), high.as_str()),
        };
        self.kind.set(Some(kind));
        self.low.set(low.to_owned());
        self.high.set(high.to_owned());
    }
    /// Reads it in the shape of the value; what is wrong is noted.
    pub fn read(self, reading: &mut Reading, kind: ValueKind) -> Option<ValueTarget> {
        let mut line = |typed: RwSignal<String>, field: &str| -> Option<String> {
            let typed = typed.get_untracked().trim().to_owned();
            let shaped = read_value(kind, &typed).map(|_| typed);
            let wrong =
                |error: crate::journal::ShapeError| crate::app::typed::Wrong::new(field, format!("The target {error}"));
            reading.take(shaped.map_err(wrong))
        };
        match self.kind.get_untracked().unwrap_or(Kind::None) {
            Kind::None => None,
            Kind::Below => Some(ValueTarget::Below {
                value: line(self.low, "target-low")?,
            }),
            Kind::Above => Some(ValueTarget::Above {
                value: line(self.low, "target-low")?,
            }),
            Kind::Between => {
                let (low, high) = (line(self.low, "target-low"), line(self.high, "target-high"));
                Some(ValueTarget::Between { low: low?, high: high? })
            }
        }
    }
}

/// The fields.
#[component]
pub fn TargetView(
    /// Them.
    fields: TargetFields,
) -> impl IntoView {
    let options = vec![
        (Kind::None, "No target".to_owned()),
        (Kind::Below, "Below".to_owned()),
        (Kind::Above, "Above".to_owned()),
        (Kind::Between, "Between".to_owned()),
    ];
    let shows = move || fields.kind.get() != Some(Kind::None);
    let two = move || fields.kind.get() == Some(Kind::Between);
    view! {
        <Choice id="target-kind" legend="Target" options value=fields.kind/>
        <Show when=shows>
            <div class="fields">
                <TextField id="target-low" label="Target value" value=fields.low width=Width::Short/>
                <Show when=two><TextField id="target-high" label="and" value=fields.high width=Width::Short/></Show>
            </div>
        </Show>
    }
}

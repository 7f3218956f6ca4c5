//! Which kinds of fact a reading knows: all, or those of the registry's own chart.
//!
//! A start folds the registry's own chart and reads flowsheets for the others. Its part of the module has the reader of
//! the own chart's kinds and no other (docs/decisions/0024), so what reads and folds takes the reader with it.

use serde::Deserialize;

use super::facts::*;
use super::{Chart, Entry, Fact};

/// A reader of facts. A function and not a choice of two: whoever holds it holds the code of no other.
#[derive(Clone, Copy)]
pub struct Kinds(fn(kind: &str, json: &str) -> Fact);

impl Kinds {
    /// Every kind that this version knows.
    pub fn all() -> Self {
        Self(Fact::read)
    }
    /// The kinds that stand in the registry's own chart. Every other is read as [`Fact::Unknown`]; whether a chart has
    /// such a one, [`Chart::is_of_own_kinds`] tells.
    pub fn own() -> Self {
        Self(read_own)
    }
    /// Reads a fact. One of a kind that this reading doesn't know, or that can't be read, is [`Fact::Unknown`].
    pub fn read(self, kind: &str, json: &str) -> Fact {
        (self.0)(kind, json)
    }
}

/// Writes the reader of some kinds, and their names.
macro_rules! reader {
    ($read:ident, $names:ident: $($name:ident = $kind:literal,)*) => {
        const $names: &[&str] = &[$($kind),*];

        fn $read(kind: &str, json: &str) -> Fact {
            match kind {
                $($kind => serde_json::from_str::<$name>(json).map_or(Fact::Unknown, Fact::$name),)*
                _ => Fact::Unknown,
            }
        }
    };
}

reader! { read_own, OWN:
    SamePerson = "same_person",
    Person = "person",
    Clinic = "clinic",
    ProtocolChange = "protocol",
    PayerProfileChange = "payer_profile",
    DirectoryEntry = "directory_entry",
    Template = "template",
    MonthLock = "month_lock",
    ColumnMapping = "column_mapping",
    Corrected = "corrected",
    EnteredInError = "entered_in_error",
    MovedHere = "moved_here",
    Erased = "erased",
    OwnInstrument = "own_instrument",
    MeasureSettings = "measure_settings",
    PatientMode = "patient_mode",
    EhrStart = "ehr_start",
    MinimumDoses = "minimum_doses",
    SupervisionPoint = "supervision_point",
    SupervisionSession = "supervision_session",
    RecordAudit = "record_audit",
    FeeSchedule = "fee_schedule",
    PayerChoice = "payer_choice",
    OwnActivity = "own_activity",
    MonthPart = "month_part",
}

impl Chart {
    /// Whether the reading of [`Kinds::own`] leaves out nothing of this chart that [`Kinds::all`] reads.
    pub fn is_of_own_kinds(&self) -> bool {
        self.entries().all(is_of_own_kinds)
    }
}

/// By the kind as written: what was left out is unknown here. A kind that this version doesn't know is left out by both.
fn is_of_own_kinds(entry: &Entry) -> bool {
    match entry.fact() {
        Fact::Unknown => kind_written(entry.text()).is_some_and(|kind| is_read_alike(&kind)),
        Fact::Corrected(corrected) => is_read_alike(&corrected.kind),
        Fact::MovedHere(moved) => is_read_alike(&moved.kind),
        _ => true,
    }
}

fn is_read_alike(kind: &str) -> bool {
    OWN.contains(&kind) || !Fact::KINDS.contains(&kind)
}

fn kind_written(text: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Written {
        kind: String,
    }
    serde_json::from_str(text).ok().map(|written: Written| written.kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{ChartId, EntryId, PersonId, Slot, Stamp};
    use serde_json::{Value, json};
    use uuid::Uuid;

    /// A fact of each kind of the own chart, as it is written.
    fn written() -> Vec<(&'static str, Value)> {
        let person = PersonId::from_random([1; 16]);
        let thing = Uuid::from_u128(7);
        let entry = EntryId::from_time(5, [1; 10]);
        let facts = [
            (
                "same_person",
                json!({"other": ChartId::from_random([2; 16]), "same": false}),
            ),
            (
                "person",
                json!({"person": person, "name": "Rosa Lund", "role": "care_manager", "credential": "LCSW"}),
            ),
            (
                "clinic",
                json!({"name": "A clinic", "zone": "America/Chicago", "crisis_line": null,
                "working_days": ["mon"], "payer_profile": "medicare"}),
            ),
            ("protocol", json!({"name": "ours", "numbers": {"worse_phq9": 6}})),
            (
                "payer_profile",
                json!({"name": "ours", "base": "medicare", "values": {}}),
            ),
            (
                "directory_entry",
                json!({"resource": thing, "name": "Food bank", "what": "food"}),
            ),
            (
                "template",
                json!({"template": thing, "name": "Visit", "text": "Seen today."}),
            ),
            (
                "month_lock",
                json!({"month": "2026-03", "closed": true, "reason": "sent"}),
            ),
            (
                "column_mapping",
                json!({"sheet": "caseload", "columns": {"name": "Patient"}}),
            ),
            (
                "corrected",
                json!({"entry": entry, "kind": "clinic", "fact": {}, "reason": "a slip"}),
            ),
            ("entered_in_error", json!({"entry": entry, "reason": "a slip"})),
            (
                "moved_here",
                json!({"from": ChartId::from_random([3; 16]), "entry": entry, "kind": "template", "fact": {}}),
            ),
            ("erased", json!({"reason": "asked for"})),
            (
                "own_instrument",
                json!({"instrument": "own:Sleep", "version": 2, "name": "Sleep", "scale": {"low": 0, "high": 9, "worse": "higher"}}),
            ),
            ("measure_settings", json!({"packs": [], "prorating": true})),
            (
                "patient_mode",
                json!({"same_day_review": {"by": person, "on": "2026-02-01", "who": "Rosa"}}),
            ),
            ("ehr_start", json!({"since": "2026-01-01"})),
            ("minimum_doses", json!({"doses": []})),
            (
                "supervision_point",
                json!({"point": thing, "by": person, "day": "2026-03-01", "text": "dose"}),
            ),
            (
                "supervision_session",
                json!({"session": thing, "day": "2026-03-01", "seconds": 3600, "kind": "individual", "supervisor": person, "with": [person], "topics": "doses"}),
            ),
            (
                "record_audit",
                json!({"audit": thing, "day": "2026-03-01", "seed": 4, "pool": 9, "checklist": "ours", "records": []}),
            ),
            (
                "fee_schedule",
                json!({"year": 2026, "locality": "national", "cents": {"99492": 14_000}}),
            ),
            (
                "payer_choice",
                json!({"payer": "Acme", "g2214_minutes": 30, "day": "2026-03-01"}),
            ),
            (
                "own_activity",
                json!({"activity": thing, "name": "Housing clinic", "group": "care_coordination", "counts": true}),
            ),
            ("month_part", json!({"part": thing, "month": "2026-03", "rows": ""})),
        ];
        facts.into()
    }

    fn entry(number: u64, kind: &str, fact: &Value, kinds: Kinds) -> Entry {
        let text = json!({
            "id": EntryId::from_time(number, [9; 10]),
            "chart": ChartId::from_random([4; 16]),
            "stamp": Stamp::new(number, 0, 1).to_string(),
            "author": PersonId::from_random([1; 16]),
            "replaces": [],
            "kind": kind,
            "fact": fact,
        });
        Entry::read_kinds(text.to_string(), kinds).unwrap()
    }

    fn chart(facts: &[(&str, Value)], kinds: Kinds) -> Chart {
        let mut chart = Chart::default();
        for (number, (kind, fact)) in (1..).zip(facts) {
            chart.insert(entry(number, kind, fact, kinds));
        }
        chart
    }

    #[test]
    fn the_short_reader_reads_every_kind_of_the_own_chart_as_the_long_one_does() {
        let written = written();
        let kinds: Vec<&str> = written.iter().map(|(kind, _)| *kind).collect();
        assert_eq!(kinds, OWN);
        for (kind, fact) in &written {
            assert!(Fact::KINDS.contains(kind), "{kind}");
            let json = fact.to_string();
            let (short, long) = (Kinds::own().read(kind, &json), Kinds::all().read(kind, &json));
            assert_eq!(short, long, "{kind}");
            assert_eq!(short.kind(), *kind, "{kind} isn't read from {json}");
            for bad in ["{}", "null", "[1]", "\"\""] {
                assert_eq!(
                    Kinds::own().read(kind, bad),
                    Kinds::all().read(kind, bad),
                    "{kind} {bad}"
                );
            }
        }
    }

    #[test]
    fn a_chart_of_such_kinds_folds_alike_by_both() {
        // Without what erases it, and with a correction that answers the clinic.
        let mut facts = written();
        facts.retain(|(kind, _)| *kind != "erased" && *kind != "entered_in_error" && *kind != "corrected");
        let number = 1 + facts.iter().position(|(kind, _)| *kind == "clinic").unwrap() as u64;
        let put_right = json!({"entry": EntryId::from_time(number, [9; 10]), "kind": "clinic", "reason": "a slip",
            "fact": {"name": "Another", "zone": "America/Denver", "crisis_line": null, "working_days": ["tue"],
            "payer_profile": "medicare"}});
        facts.push(("corrected", put_right));
        let (short, long) = (chart(&facts, Kinds::own()), chart(&facts, Kinds::all()));
        assert!(short.is_of_own_kinds());
        let (folded, whole) = (short.fold_kinds(Kinds::own()), long.fold());
        assert_eq!(folded, whole);
        let clinic = folded.head(&Slot::Clinic).map(|live| live.fact.clone());
        assert!(matches!(clinic, Some(Fact::Clinic(clinic)) if clinic.name == "Another"));
    }

    #[test]
    fn a_kind_that_the_short_reader_leaves_out_is_noticed_wherever_it_stands() {
        let id = EntryId::from_time(5, [1; 10]);
        let from = ChartId::from_random([3; 16]);
        let within = |kind: &str| {
            [
                (kind.to_owned(), json!({"text": "x"})),
                (
                    "corrected".to_owned(),
                    json!({"entry": id, "kind": kind, "fact": {}, "reason": "a slip"}),
                ),
                (
                    "moved_here".to_owned(),
                    json!({"from": from, "entry": id, "kind": kind, "fact": {}}),
                ),
            ]
        };
        for kind in Fact::KINDS {
            for (outer, fact) in within(kind) {
                let chart = chart(&[(&outer, fact)], Kinds::own());
                assert_eq!(chart.is_of_own_kinds(), OWN.contains(kind), "{kind} in {outer}");
            }
        }
        // Of what a newer version wrote neither reader knows anything.
        for (outer, fact) in within("of_a_newer_version") {
            assert!(chart(&[(&outer, fact)], Kinds::own()).is_of_own_kinds(), "{outer}");
        }
    }
}

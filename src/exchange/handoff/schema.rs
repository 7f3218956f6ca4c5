//! The JSON Schema of the file, made from the types, and compared with the committed one.

use chrono::{DateTime, FixedOffset};
use schemars::JsonSchema;
use serde_json::{Value, json};

use super::{Cover, EndMark, FORMAT, NamedPerson, RegistryKind, Scope, VERSION};
use crate::journal::{ChartId, EntryId, Fact, PersonId, RegistryId, Stamp};

/// The document, as described in docs/format.md.
#[derive(JsonSchema)]
#[schemars(title = "Caseload handoff")]
#[expect(
    dead_code,
    reason = "describes the file; the reader and the writer work piece by piece"
)]
struct HandoffFile {
    /// Always `caseload-handoff`.
    format: String,
    /// Version of the format.
    version: u64,
    /// Which registry the entries come from.
    registry: RegistryId,
    /// What kind of registry that is.
    kind: RegistryKind,
    /// When the file was written.
    created: DateTime<FixedOffset>,
    /// Who wrote it. In a plain file this is claimed, not proven.
    author: PersonId,
    /// What it holds.
    scope: Scope,
    /// The people whom its entries name.
    people: Vec<NamedPerson>,
    /// What whoever stands in has to know; only in a file for them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    cover: Option<Cover>,
    /// The charts.
    charts: Vec<ChartLine>,
    /// What was written, for a check.
    digest: EndMark,
}

/// One patient's chart, or the registry's own, whose id is the registry's.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "describes the file")]
struct ChartLine {
    /// Whose.
    chart: ChartId,
    /// Its entries, in any order.
    entries: Vec<EntryFile>,
}

/// One thing that was written down: who, when, about whom, and what.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "describes the file")]
struct EntryFile {
    /// The entry's id.
    id: EntryId,
    /// The chart that it is in.
    chart: ChartId,
    /// When it was written.
    stamp: Stamp,
    /// Who wrote it.
    author: PersonId,
    /// The entries of its slot that it replaces.
    #[serde(default)]
    replaces: Vec<EntryId>,
    /// What kind of fact, and the fact.
    #[serde(flatten)]
    content: Fact,
}

const COMMITTED: &str = include_str!("../../../public/schema/handoff.schema.json");

fn schema() -> String {
    let mut schema = serde_json::to_value(schemars::schema_for!(HandoffFile)).unwrap();
    schema["properties"]["format"] = json!({"const": FORMAT});
    schema["properties"]["version"] = json!({"const": VERSION});
    let entry = &mut schema["$defs"]["EntryFile"];
    // Kinds of newer versions pass through untouched, so a file that holds them is valid.
    let known = entry.as_object_mut().unwrap().remove("oneOf").unwrap();
    let mut kinds = known.as_array().unwrap().clone();
    kinds.push(json!({
        "description": "A kind that this version doesn't know.",
        "type": "object",
        "properties": {"kind": {"type": "string", "not": {"enum": Fact::KINDS}}, "fact": true},
        "required": ["kind", "fact"],
    }));
    entry["oneOf"] = Value::Array(kinds);
    format!("{}\n", serde_json::to_string_pretty(&schema).unwrap())
}

#[test]
fn the_committed_schema_is_the_one_that_the_types_make() {
    let made = schema();
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/public/schema/handoff.schema.json");
        std::fs::write(path, &made).unwrap();
        return;
    }
    assert!(
        shape(&made) == shape(COMMITTED),
        "The handoff's format changed: add a line to CHANGELOG.md, then run \
         UPDATE_SCHEMA=1 cargo test --lib the_committed_schema and commit the result."
    );
}

/// The schema without its descriptions: rewording a comment changes no format.
fn shape(schema: &str) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(members) => {
                members.retain(|key, member| key != "description" || !member.is_string());
                members.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut shape = serde_json::from_str(schema).unwrap_or_default();
    strip(&mut shape);
    shape
}

#[test]
fn the_schema_names_every_kind() {
    for kind in Fact::KINDS {
        assert!(COMMITTED.contains(&format!("\"const\": \"{kind}\"")), "{kind}");
    }
}

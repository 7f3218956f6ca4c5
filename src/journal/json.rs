//! Compact JSON: white space outside strings removed, everything else kept as it was spelled.

use serde_json::value::RawValue;
use thiserror::Error;

/// Why a text could not be made compact.
#[derive(Debug, Error)]
pub enum CompactError {
    /// It is not JSON.
    #[error("not JSON: line {line}, column {column}")]
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
}

/// For fields of messages between the window and the core (`#[serde(with = "crate::journal::as_json")]`): what is written
/// into entries leaves out empty fields, which the messages' own compact format has no way to say. It travels as JSON.
pub mod as_json {
    use serde::Deserialize as _;
    use serde::de::{DeserializeOwned, Deserializer, Error as _};
    use serde::ser::{Error as _, Serialize, Serializer};

    /// Writes the value's JSON as one text.
    ///
    /// # Errors
    /// What the serializer refuses.
    pub fn serialize<T: Serialize, S: Serializer>(value: &T, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&serde_json::to_string(value).map_err(S::Error::custom)?)
    }

    /// Reads it back.
    ///
    /// # Errors
    /// A text that is not the value's JSON.
    pub fn deserialize<'de, T: DeserializeOwned, D: Deserializer<'de>>(d: D) -> Result<T, D::Error> {
        serde_json::from_str(&String::deserialize(d)?).map_err(D::Error::custom)
    }
}

/// The same JSON without white space outside strings; key order, escapes and number spelling stay.
pub fn compact(json: &str) -> Result<String, CompactError> {
    let checked: Result<&RawValue, _> = serde_json::from_str(json);
    checked.map_err(|e| CompactError::NotJson {
        line: e.line(),
        column: e.column(),
    })?;
    let mut out = String::with_capacity(json.len());
    let (mut in_string, mut escaped) = (false, false);
    for c in json.chars() {
        if in_string {
            out.push(c);
            in_string = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if !c.is_ascii_whitespace() {
            out.push(c);
            in_string = c == '"';
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_white_space_outside_strings_goes() {
        let spaced = "{ \"a\" : [ 1.50 , 1e3 ],\n \"b\\\" c\" : \"x \\\\\" , \"z\":\"\\u00e9 é\" }";
        assert_eq!(
            compact(spaced).unwrap(),
            "{\"a\":[1.50,1e3],\"b\\\" c\":\"x \\\\\",\"z\":\"\\u00e9 é\"}"
        );
    }

    #[test]
    fn text_that_is_not_json_is_named_by_place() {
        assert!(matches!(compact("{\n 1}"), Err(CompactError::NotJson { line: 2, .. })));
        assert!(compact("{} {}").is_err());
    }
}

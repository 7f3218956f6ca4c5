//! Two small encodings: length-prefixed fields for what is authenticated, hex for bytes inside JSON.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Joins fields so that no two different lists of fields give the same bytes: each is preceded by its length as eight bytes, most
/// significant first.
pub(super) fn frame(fields: &[&[u8]]) -> Vec<u8> {
    let length = fields.iter().map(|field| 8 + field.len()).sum();
    let mut framed = Vec::with_capacity(length);
    for field in fields {
        framed.extend_from_slice(&(field.len() as u64).to_be_bytes());
        framed.extend_from_slice(field);
    }
    framed
}

/// Bytes that JSON shows as lower-case hex. `Debug` shows the length only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(super) struct HexBytes(pub(super) Vec<u8>);

impl From<HexBytes> for String {
    fn from(bytes: HexBytes) -> Self {
        hex(&bytes.0)
    }
}

impl TryFrom<String> for HexBytes {
    type Error = NotHex;

    fn try_from(text: String) -> Result<Self, NotHex> {
        parse_hex(&text).map(Self).ok_or(NotHex)
    }
}

impl fmt::Debug for HexBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HexBytes({} bytes)", self.0.len())
    }
}

/// The text isn't pairs of lower-case hexadecimal digits.
#[derive(Debug, thiserror::Error)]
#[error("not lower-case hexadecimal")]
pub(super) struct NotHex;

/// Lower-case hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}

/// Reads lower-case hex only, so that one value has one spelling (the key file is hashed as it is written).
pub(super) fn parse_hex(text: &str) -> Option<Vec<u8>> {
    let nibble = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs
        .iter()
        .map(|[high, low]| Some(nibble(*high)? << 4 | nibble(*low)?))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moving_a_byte_between_fields_changes_the_frame() {
        assert_ne!(frame(&[b"ab", b"c"]), frame(&[b"a", b"bc"]));
        assert_ne!(frame(&[b"abc"]), frame(&[b"abc", b""]));
        assert_eq!(frame(&[b"ab"]), [0, 0, 0, 0, 0, 0, 0, 2, b'a', b'b']);
    }

    #[test]
    fn hex_reads_back_what_it_wrote() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(parse_hex(&hex(&all)), Some(all));
    }

    #[test]
    fn hex_with_another_spelling_is_refused() {
        for text in ["0", "0g", "AB", " 00", "é0"] {
            assert_eq!(parse_hex(text), None, "{text}");
        }
    }
}

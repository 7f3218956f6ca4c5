//! A person's key pair, in the encoding of the `age` program.
//!
//! X25519; public key as Bech32 `age1…`, secret as Bech32 `AGE-SECRET-KEY-1…` (<https://c2sp.org/age>), so that the stock program
//! reads what leaves here.

use std::fmt;

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32, Hrp};
use serde::{Deserialize, Serialize};
use x25519_dalek::StaticSecret;
use zeroize::Zeroizing;

use super::entropy::{Entropy, EntropyError, make_bytes};
use super::secret::Secret32;

const PUBLIC_PREFIX: Hrp = Hrp::parse_unchecked("age");
const SECRET_PREFIX: Hrp = Hrp::parse_unchecked("age-secret-key-");

/// A key pair: a person's, the recovery sheet's, or the registry's own. Only the secret is held; overwritten when dropped.
pub struct Identity(Secret32);

impl Identity {
    /// A new random identity.
    pub fn make(entropy: &mut dyn Entropy) -> Result<Self, EntropyError> {
        Ok(Self(Secret32::new(make_bytes(entropy)?)))
    }

    pub(super) fn from_secret(secret: Secret32) -> Self {
        Self(secret)
    }

    pub(super) fn secret(&self) -> &Secret32 {
        &self.0
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(x25519_dalek::PublicKey::from(&StaticSecret::from(*self.0.expose())).to_bytes())
    }

    /// The secret as age writes it, `AGE-SECRET-KEY-1…`. For the recovery sheet and a passphrase-encrypted file only.
    pub fn to_age(&self) -> Zeroizing<String> {
        Zeroizing::new(bech32::encode_upper::<Bech32>(SECRET_PREFIX, self.0.expose()).unwrap_or_default())
    }

    /// Reads exactly what [`Identity::to_age`] writes, in either case. For what a person types see
    /// [`parse_sheet`](super::sheet::parse_sheet).
    pub fn parse_age(text: &str) -> Result<Self, IdentityError> {
        let bytes = Zeroizing::new(decode(text, SECRET_PREFIX)?);
        Ok(Self(Secret32::new(*bytes)))
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({})", self.public())
    }
}

/// A public key, shown as `age1…`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::str::FromStr for PublicKey {
    type Err = IdentityError;

    fn from_str(text: &str) -> Result<Self, IdentityError> {
        Ok(Self(decode(text, PUBLIC_PREFIX)?))
    }
}

impl TryFrom<String> for PublicKey {
    type Error = IdentityError;

    fn try_from(text: String) -> Result<Self, IdentityError> {
        text.parse()
    }
}

impl From<PublicKey> for String {
    fn from(key: PublicKey) -> Self {
        key.to_string()
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&bech32::encode_lower::<Bech32>(PUBLIC_PREFIX, &self.0).unwrap_or_default())
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({self})")
    }
}

/// Why a text isn't a key. Never repeats the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// Not Bech32, or its checksum doesn't match.
    #[error("the key is mistyped: its checksum doesn't match")]
    Checksum,
    /// Bech32, but of another kind: a public key for a secret one, or something of another program.
    #[error("this is a key of another kind")]
    WrongKind,
    /// Not 32 bytes.
    #[error("the key has the wrong length")]
    WrongLength,
}

fn decode(text: &str, prefix: Hrp) -> Result<[u8; 32], IdentityError> {
    let checked = CheckedHrpstring::new::<Bech32>(text).map_err(|_source| IdentityError::Checksum)?;
    if checked.hrp() != prefix {
        return Err(IdentityError::WrongKind);
    }
    let mut bytes = [0; 32];
    let mut read = 0;
    for byte in checked.byte_iter() {
        *bytes.get_mut(read).ok_or(IdentityError::WrongLength)? = byte;
        read += 1;
    }
    // 52 letters carry 260 bits: the last four must be zero, or one key would have sixteen spellings.
    let padding = checked.fe32_iter().last().map_or(0, |letter| letter.to_u8() & 0x0F);
    if read != bytes.len() || checked.fe32_iter().count() != 52 || padding != 0 {
        return Err(IdentityError::WrongLength);
    }
    Ok(bytes)
}

/// What a person picks to recognise their own key slot by on the unlock page, such as initials. It is stored in the clear: not a place
/// for more than that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Label(String);

impl Label {
    /// The most characters.
    pub const MOST_CHARACTERS: usize = 24;

    /// Trims the text; 1 to 24 characters, none of them a control character.
    pub fn parse(text: &str) -> Result<Self, LabelError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(LabelError::Empty);
        }
        if text.chars().count() > Self::MOST_CHARACTERS {
            return Err(LabelError::TooLong);
        }
        if text.chars().any(char::is_control) {
            return Err(LabelError::ControlCharacter);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Label {
    type Error = LabelError;

    fn try_from(text: String) -> Result<Self, LabelError> {
        let label = Self::parse(&text)?;
        if label.0 == text {
            Ok(label)
        } else {
            Err(LabelError::Untrimmed)
        }
    }
}

impl From<Label> for String {
    fn from(label: Label) -> Self {
        label.0
    }
}

/// Why a text can't be a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LabelError {
    /// Nothing but white space.
    #[error("enter your initials or another short name")]
    Empty,
    /// Over 24 characters.
    #[error("use at most {} characters", Label::MOST_CHARACTERS)]
    TooLong,
    /// A line break or another invisible character.
    #[error("use letters and digits only")]
    ControlCharacter,
    /// A stored label with white space around it: nothing here writes that.
    #[error("the label has white space around it")]
    Untrimmed,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::testing::counting;

    // The pair that the Rust implementation of age tests with (str4d/rage, age/src/x25519.rs).
    const SECRET: &str = "AGE-SECRET-KEY-1GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33";
    const PUBLIC: &str = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa";

    #[test]
    fn ages_own_pair_reads_and_prints_alike() {
        let identity = Identity::parse_age(SECRET).unwrap();
        assert_eq!(identity.public().to_string(), PUBLIC);
        assert_eq!(identity.to_age().as_str(), SECRET);
        assert_eq!(PUBLIC.parse::<PublicKey>().unwrap(), identity.public());
        assert_eq!(
            Identity::parse_age(&SECRET.to_lowercase()).unwrap().public(),
            identity.public()
        );
    }

    #[test]
    fn every_single_wrong_letter_is_noticed() {
        for at in 16..SECRET.len() {
            let mut text = SECRET.as_bytes().to_vec();
            text[at] = if text[at] == b'Q' { b'P' } else { b'Q' };
            let refused = Identity::parse_age(std::str::from_utf8(&text).unwrap());
            assert_eq!(refused.unwrap_err(), IdentityError::Checksum, "letter {at}");
        }
    }

    #[test]
    fn keys_of_another_kind_are_refused() {
        let short = bech32::encode_upper::<Bech32>(SECRET_PREFIX, &[1; 31]).unwrap();
        let long = bech32::encode_upper::<Bech32>(SECRET_PREFIX, &[1; 33]).unwrap();
        let other_checksum = bech32::encode_upper::<bech32::Bech32m>(SECRET_PREFIX, &[1; 32]).unwrap();
        let foreign = bech32::encode_lower::<Bech32>(Hrp::parse("ssh").unwrap(), &[1; 32]).unwrap();
        for (text, expected) in [
            (PUBLIC, IdentityError::WrongKind),
            (foreign.as_str(), IdentityError::WrongKind),
            (&short, IdentityError::WrongLength),
            (&long, IdentityError::WrongLength),
            (&other_checksum, IdentityError::Checksum),
            ("", IdentityError::Checksum),
            ("AGE-SECRET-KEY-1", IdentityError::Checksum),
        ] {
            assert_eq!(Identity::parse_age(text).unwrap_err(), expected, "{text}");
        }
        assert_eq!(SECRET.parse::<PublicKey>().unwrap_err(), IdentityError::WrongKind);
    }

    #[test]
    fn a_second_spelling_of_a_key_is_refused() {
        use bech32::{ByteIterExt, Fe32, Fe32IterExt};
        // The last of 52 letters carries one bit of the key and four of padding; set the padding and make the checksum fit.
        let mut letters: Vec<Fe32> = [0xFF_u8; 32].into_iter().bytes_to_fes().collect();
        letters[51] = Fe32::try_from(letters[51].to_u8() | 1).unwrap();
        let text: String = letters
            .into_iter()
            .with_checksum::<Bech32>(&PUBLIC_PREFIX)
            .chars()
            .collect();
        assert_eq!(text.parse::<PublicKey>(), Err(IdentityError::WrongLength));
    }

    #[test]
    fn an_identity_prints_only_its_public_half() {
        let identity = Identity::make(&mut counting(1)).unwrap();
        let shown = format!("{identity:?}");
        assert!(shown.starts_with("Identity(age1"), "{shown}");
        assert!(!shown.to_uppercase().contains("SECRET"), "{shown}");
    }

    #[test]
    fn labels_are_short_and_plain() {
        assert_eq!(Label::parse(" MK ").unwrap().as_str(), "MK");
        assert_eq!(Label::parse(" \t "), Err(LabelError::Empty));
        assert_eq!(
            Label::parse(&"ß".repeat(24)).map(|label| label.as_str().chars().count()),
            Ok(24)
        );
        assert_eq!(Label::parse(&"x".repeat(25)), Err(LabelError::TooLong));
        assert_eq!(Label::parse("a\nb"), Err(LabelError::ControlCharacter));
        assert!(serde_json::from_str::<Label>("\" MK\"").is_err());
    }
}

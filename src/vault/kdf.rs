//! From a passphrase to a key: Argon2id.
//!
//! A derivation takes a quarter to half a second and 64 MiB, so it runs in a worker that is thrown away afterwards, its memory with it.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::encoding::{frame, hex, parse_hex};
use super::entropy::{Entropy, EntropyError, make_bytes};
use super::secret::{PassphraseKey, Secret32};

/// The least that is accepted: the OWASP Password Storage Cheat Sheet's Argon2id settings, (passes, memory in KiB), lanes 1. Between
/// rows the row of fewer passes counts.
/// <https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html>
const LEAST: [(u32, u32); 5] = [
    (1, 46 * 1024),
    (2, 19 * 1024),
    (3, 12 * 1024),
    (4, 9 * 1024),
    (5, 7 * 1024),
];
/// The most memory that is accepted, in KiB: 1 GiB. A file that asks for more would only stop the tab.
const MOST_MEMORY_KIB: u32 = 1024 * 1024;
/// The most passes that are accepted. At 64 MiB that is some ten seconds: more is a trap, not a setting.
const MOST_PASSES: u32 = 64;
/// The most lanes that are accepted. A tab works them off one after the other.
const MOST_LANES: u32 = 16;

/// What a derivation costs. Stored with the slot and authenticated by it; checked whenever it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KdfParams {
    algorithm: Algorithm,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// The one algorithm: Argon2id, version 0x13 (RFC 9106).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Algorithm {
    Argon2id,
}

impl KdfParams {
    /// What new slots get: 64 MiB, 3 passes, 1 lane (RFC 9106's second recommended setting, with the one lane that a tab has).
    pub const STANDARD: Self = Self {
        algorithm: Algorithm::Argon2id,
        memory_kib: 64 * 1024,
        passes: 3,
        lanes: 1,
    };

    /// Memory in KiB.
    pub fn memory_kib(&self) -> u32 {
        self.memory_kib
    }

    /// Passes over the memory.
    pub fn passes(&self) -> u32 {
        self.passes
    }

    /// Lanes.
    pub fn lanes(&self) -> u32 {
        self.lanes
    }

    /// Refuses settings weaker than the OWASP minimum and settings that would exhaust the machine.
    pub fn check(&self) -> Result<(), KdfError> {
        let least_memory_kib = LEAST
            .iter()
            .rev()
            .find(|(passes, _)| *passes <= self.passes)
            .map_or(u32::MAX, |(_, memory_kib)| *memory_kib);
        if self.memory_kib < least_memory_kib || self.lanes < 1 {
            return Err(KdfError::TooWeak {
                memory_kib: self.memory_kib,
                passes: self.passes,
            });
        }
        if self.memory_kib > MOST_MEMORY_KIB || self.passes > MOST_PASSES || self.lanes > MOST_LANES {
            return Err(KdfError::TooCostly {
                memory_kib: self.memory_kib,
                passes: self.passes,
                lanes: self.lanes,
            });
        }
        Ok(())
    }

    /// Weak on purpose, for tests of this module; [`derive_key`] refuses it.
    #[cfg(test)]
    fn for_tests() -> Self {
        Self {
            memory_kib: 64,
            passes: 1,
            ..Self::STANDARD
        }
    }
}

/// Sixteen random bytes that make equal passphrases give different keys. Not secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Salt([u8; 16]);

impl Salt {
    /// A salt of given bytes: for reading one back, or for a worker's message.
    pub fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl From<Salt> for String {
    fn from(salt: Salt) -> Self {
        hex(&salt.0)
    }
}

impl TryFrom<String> for Salt {
    type Error = KdfError;

    fn try_from(text: String) -> Result<Self, KdfError> {
        let bytes = parse_hex(&text).ok_or(KdfError::BadSalt)?;
        bytes.try_into().map(Self).map_err(|_bytes| KdfError::BadSalt)
    }
}

/// All that is needed besides the passphrase: what a slot stores, and what the derivation worker is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KdfRecipe {
    /// What it costs.
    pub params: KdfParams,
    /// The slot's salt. Made anew with every passphrase.
    pub salt: Salt,
}

impl KdfRecipe {
    /// A recipe for a new passphrase: today's standard cost and a fresh salt.
    pub fn make(entropy: &mut dyn Entropy) -> Result<Self, EntropyError> {
        Ok(Self {
            params: KdfParams::STANDARD,
            salt: Salt(make_bytes(entropy)?),
        })
    }

    /// [`derive_key`] with this recipe.
    pub fn derive(&self, passphrase: &str) -> Result<PassphraseKey, KdfError> {
        derive_key(passphrase, &self.salt, &self.params)
    }

    /// The recipe as authenticated bytes.
    pub(super) fn framed(&self) -> Vec<u8> {
        let KdfParams {
            algorithm: Algorithm::Argon2id,
            memory_kib,
            passes,
            lanes,
        } = self.params;
        frame(&[
            b"argon2id",
            &memory_kib.to_be_bytes(),
            &passes.to_be_bytes(),
            &lanes.to_be_bytes(),
            &self.salt.0,
        ])
    }
}

/// Why no key was derived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KdfError {
    /// Weaker than the OWASP minimum: the file was altered so that guessing gets cheap.
    #[error("the key derivation is weaker than the accepted minimum ({memory_kib} KiB, {passes} passes)")]
    TooWeak {
        /// Memory asked for, in KiB.
        memory_kib: u32,
        /// Passes asked for.
        passes: u32,
    },
    /// More than 1 GiB, or more passes or lanes than make sense: the file was altered so that unlocking stops the tab.
    #[error("the key derivation asks for too much ({memory_kib} KiB, {passes} passes, {lanes} lanes)")]
    TooCostly {
        /// Memory asked for, in KiB.
        memory_kib: u32,
        /// Passes asked for.
        passes: u32,
        /// Lanes asked for.
        lanes: u32,
    },
    /// The salt isn't 16 bytes in hex.
    #[error("the salt is not 16 bytes in hexadecimal")]
    BadSalt,
    /// The machine has not enough free memory for this derivation.
    #[error("there is not enough free memory to check the passphrase")]
    OutOfMemory,
}

/// Derives the key of a slot from a passphrase. Slow on purpose; run it in a throwaway worker.
///
/// The passphrase counts as its exact UTF-8 bytes: not trimmed, no case folding, no Unicode normalisation. The form that reads it
/// should normalise to NFC (`String.prototype.normalize`) in the one place where both setting and unlocking go through, because
/// keyboards differ in how they compose accents.
pub fn derive_key(passphrase: &str, salt: &Salt, params: &KdfParams) -> Result<PassphraseKey, KdfError> {
    params.check()?;
    let bytes = argon2id(passphrase.as_bytes(), &salt.0, params)?;
    Ok(PassphraseKey(Secret32::new(*bytes)))
}

fn argon2id(passphrase: &[u8], salt: &[u8], params: &KdfParams) -> Result<Zeroizing<[u8; 32]>, KdfError> {
    let KdfParams {
        algorithm: Algorithm::Argon2id,
        memory_kib,
        passes,
        lanes,
    } = *params;
    let too_costly = |_error| KdfError::TooCostly {
        memory_kib,
        passes,
        lanes,
    };
    let settings = argon2::Params::new(memory_kib, passes, lanes, Some(32)).map_err(too_costly)?;
    let mut key = Zeroizing::new([0; 32]);
    argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, settings)
        .hash_password_into(passphrase, salt, key.as_mut())
        .map_err(|error| match error {
            argon2::Error::OutOfMemory => KdfError::OutOfMemory,
            _ => KdfError::TooCostly {
                memory_kib,
                passes,
                lanes,
            },
        })?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(memory_kib: u32, passes: u32, lanes: u32) -> KdfParams {
        KdfParams {
            memory_kib,
            passes,
            lanes,
            ..KdfParams::STANDARD
        }
    }

    #[test]
    fn the_reference_implementations_vector_holds() {
        // phc-winner-argon2, src/test.c, Argon2id v0x13: t = 2, m = 2^16 KiB, p = 1.
        let key = argon2id(b"password", b"somesalt", &params(1 << 16, 2, 1)).unwrap();
        assert_eq!(
            hex(key.as_ref()),
            "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"
        );
    }

    #[test]
    fn settings_below_the_owasp_minimum_are_refused() {
        for (memory_kib, passes, lanes) in [
            (47103, 1, 1),
            (19455, 2, 1),
            (12287, 3, 1),
            (9215, 4, 1),
            (7167, 5, 1),
            (7167, 64, 1),
            (65536, 0, 1),
            (65536, 3, 0),
            (0, 3, 1),
        ] {
            let refused = params(memory_kib, passes, lanes).check();
            assert_eq!(
                refused,
                Err(KdfError::TooWeak { memory_kib, passes }),
                "{memory_kib} {passes} {lanes}"
            );
        }
    }

    #[test]
    fn settings_that_would_stop_the_tab_are_refused() {
        for (memory_kib, passes, lanes) in [
            (1024 * 1024 + 1, 3, 1),
            (u32::MAX, u32::MAX, 1),
            (65536, 65, 1),
            (65536, 3, 17),
        ] {
            let refused = params(memory_kib, passes, lanes).check();
            assert_eq!(
                refused,
                Err(KdfError::TooCostly {
                    memory_kib,
                    passes,
                    lanes
                }),
                "{memory_kib} {passes} {lanes}"
            );
        }
    }

    #[test]
    fn the_standard_the_minimum_and_one_gibibyte_are_accepted() {
        for (memory_kib, passes, lanes) in [
            (65536, 3, 1),
            (47104, 1, 1),
            (19456, 2, 1),
            (7168, 5, 1),
            (1024 * 1024, 1, 4),
        ] {
            assert_eq!(
                params(memory_kib, passes, lanes).check(),
                Ok(()),
                "{memory_kib} {passes} {lanes}"
            );
        }
    }

    #[test]
    fn weak_settings_never_reach_the_derivation() {
        let weak = derive_key("correct horse", &Salt([1; 16]), &KdfParams::for_tests());
        assert_eq!(
            weak.unwrap_err(),
            KdfError::TooWeak {
                memory_kib: 64,
                passes: 1
            }
        );
    }

    #[test]
    fn passphrase_salt_and_cost_each_change_the_key() {
        let base = argon2id(b"one", &[1; 16], &KdfParams::for_tests()).unwrap();
        let same = argon2id(b"one", &[1; 16], &KdfParams::for_tests()).unwrap();
        assert_eq!(base, same);
        for (passphrase, salt, settings) in [
            (&b"One"[..], [1; 16], KdfParams::for_tests()),
            (b"one ", [1; 16], KdfParams::for_tests()),
            (b"one", [2; 16], KdfParams::for_tests()),
            (b"one", [1; 16], params(64, 2, 1)),
            (b"one", [1; 16], params(128, 1, 1)),
        ] {
            assert_ne!(base, argon2id(passphrase, &salt, &settings).unwrap());
        }
    }

    #[test]
    fn a_recipe_reads_back_and_a_foreign_algorithm_does_not() {
        let recipe = KdfRecipe {
            params: KdfParams::STANDARD,
            salt: Salt([0xAB; 16]),
        };
        let json = serde_json::to_string(&recipe).unwrap();
        assert_eq!(serde_json::from_str::<KdfRecipe>(&json).unwrap(), recipe);
        assert!(serde_json::from_str::<KdfRecipe>(&json.replace("argon2id", "pbkdf2")).is_err());
        assert!(serde_json::from_str::<KdfRecipe>(&json.replace("abab", "ab")).is_err());
    }
}

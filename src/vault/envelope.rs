//! Sealed records: the envelope, and the open vault that seals and opens them.
//!
//! | bytes | what |
//! |---|---|
//! | 0 | version of the envelope, 1 |
//! | 1..5 | key id: the epoch of the data key, most significant byte first; 0 for a key without epochs |
//! | 5..17 | nonce, random |
//! | 17.. | AES-256-GCM ciphertext, then its tag of 16 bytes |
//!
//! The header and the record's [`Place`] are authenticated with the content, so an envelope opens in the one place it was sealed for.
//! Random nonces of 96 bits hold for 2^32 messages a key (NIST SP 800-38D, 8.3); a registry stays far below.

use uuid::Uuid;

use super::aead::{Aead, AeadError};
use super::encoding::frame;
use super::entropy::{Entropy, EntropyError, make_bytes};
use super::keyfile::Epoch;

/// The envelope's version that this code writes and reads.
pub const ENVELOPE_VERSION: u8 = 1;
/// Bytes before the ciphertext.
pub const HEADER_LENGTH: usize = 1 + 4 + NONCE_LENGTH;
const NONCE_LENGTH: usize = 12;
const TAG_LENGTH: usize = 16;
/// Names this use in what is authenticated.
const CONTEXT: &[u8] = b"caseload envelope";

/// Where a record belongs. What is sealed for one place opens nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The store's name, such as `segments`.
    pub store: &'a str,
    /// The record's key in that store, as bytes.
    pub record: &'a [u8],
    /// Counts up whenever this record is written again; 0 for what is written once. The reader must know which it expects, so an
    /// older copy that is put back doesn't open.
    pub generation: u64,
}

/// Why nothing could be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// No random bytes, hence no nonce or key.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// The cipher failed.
    #[error(transparent)]
    Aead(#[from] AeadError),
    /// A recipient's public key is not usable (a point of small order).
    #[error("a recipient's public key is not usable")]
    BadRecipient,
}

/// Why an envelope doesn't open. The bytes are to be kept, named and skipped, never deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Cut off: shorter than any envelope.
    #[error("the record is cut off: {found} bytes, at least {least} expected")]
    TooShort {
        /// Bytes found.
        found: usize,
        /// Bytes of the shortest envelope.
        least: usize,
    },
    /// Written by a newer Caseload, or not an envelope.
    #[error("the record has envelope version {found}; this version reads {supported}")]
    UnknownVersion {
        /// Version found.
        found: u8,
        /// Version that this code reads.
        supported: u8,
    },
    /// Sealed under a data key of another epoch.
    #[error("the record is sealed under key {}, the open one is {}", found.0, have.0)]
    WrongKey {
        /// The record's epoch.
        found: Epoch,
        /// The epoch of the key at hand.
        have: Epoch,
    },
    /// Altered, swapped with another record, rolled back to an older one, or sealed under a key of another registry.
    #[error("the record was altered or doesn't belong here")]
    Tampered,
    /// The cipher isn't available; this says nothing about the record.
    #[error("the browser's cipher is not available")]
    Unavailable,
}

impl From<AeadError> for OpenError {
    fn from(error: AeadError) -> Self {
        match error {
            AeadError::Refused => Self::Tampered,
            AeadError::Unavailable => Self::Unavailable,
        }
    }
}

/// One registry's data key, imported into the cipher: seals and opens that registry's records. Dropping it locks.
pub struct Vault<A: Aead> {
    aead: A,
    key: A::Key,
    registry: Uuid,
    epoch: Epoch,
}

impl<A: Aead> Vault<A> {
    pub(super) fn new(aead: &A, key: A::Key, registry: Uuid, epoch: Epoch) -> Self {
        Self {
            aead: aead.clone(),
            key,
            registry,
            epoch,
        }
    }

    /// The registry whose records it opens.
    pub fn registry(&self) -> Uuid {
        self.registry
    }

    /// The epoch of its data key.
    pub fn epoch(&self) -> Epoch {
        self.epoch
    }

    /// Seals `plain` for its place under a fresh random nonce.
    pub async fn seal(&self, place: Place<'_>, plain: &[u8], entropy: &mut dyn Entropy) -> Result<Vec<u8>, SealError> {
        seal_envelope(&self.aead, &self.key, self.epoch, self.registry, place, plain, entropy).await
    }

    /// The same under a nonce that was drawn before, so that several can be sealed at once.
    pub async fn seal_under(&self, nonce: Nonce, place: Place<'_>, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        seal_under(&self.aead, &self.key, self.epoch, self.registry, nonce, place, plain).await
    }

    /// Opens what was sealed for this very place.
    pub async fn open(&self, place: Place<'_>, envelope: &[u8]) -> Result<Vec<u8>, OpenError> {
        open_envelope(&self.aead, &self.key, self.epoch, self.registry, place, envelope).await
    }
}

impl<A: Aead> std::fmt::Debug for Vault<A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault")
            .field("registry", &self.registry)
            .field("epoch", &self.epoch)
            .finish_non_exhaustive()
    }
}

/// A fresh random nonce. It can't be copied: it seals one envelope.
#[derive(Debug)]
pub struct Nonce([u8; NONCE_LENGTH]);

impl Nonce {
    /// Draws one.
    ///
    /// # Errors
    /// [`SealError::Entropy`]: no random bytes.
    pub fn draw(entropy: &mut dyn Entropy) -> Result<Self, SealError> {
        Ok(Self(make_bytes(entropy)?))
    }
}

/// Seals one envelope under any key; [`Vault::seal`] is the usual way.
pub(super) async fn seal_envelope<A: Aead>(
    aead: &A,
    key: &A::Key,
    epoch: Epoch,
    registry: Uuid,
    place: Place<'_>,
    plain: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<Vec<u8>, SealError> {
    let nonce = Nonce::draw(entropy)?;
    seal_under(aead, key, epoch, registry, nonce, place, plain).await
}

async fn seal_under<A: Aead>(
    aead: &A,
    key: &A::Key,
    epoch: Epoch,
    registry: Uuid,
    Nonce(nonce): Nonce,
    place: Place<'_>,
    plain: &[u8],
) -> Result<Vec<u8>, SealError> {
    let aad = associated_data(ENVELOPE_VERSION, epoch, registry, place);
    let sealed = aead.seal(key, &nonce, &aad, plain).await?;
    let mut envelope = Vec::with_capacity(HEADER_LENGTH + sealed.len());
    envelope.push(ENVELOPE_VERSION);
    envelope.extend_from_slice(&epoch.0.to_be_bytes());
    envelope.extend_from_slice(&nonce);
    envelope.extend_from_slice(&sealed);
    Ok(envelope)
}

/// Opens one envelope under any key; [`Vault::open`] is the usual way.
pub(super) async fn open_envelope<A: Aead>(
    aead: &A,
    key: &A::Key,
    have: Epoch,
    registry: Uuid,
    place: Place<'_>,
    envelope: &[u8],
) -> Result<Vec<u8>, OpenError> {
    let parts = parse_envelope(envelope)?;
    if parts.epoch != have {
        return Err(OpenError::WrongKey {
            found: parts.epoch,
            have,
        });
    }
    let aad = associated_data(ENVELOPE_VERSION, parts.epoch, registry, place);
    Ok(aead.open(key, parts.nonce, &aad, parts.sealed).await?)
}

/// The epoch of the key that an envelope asks for, without opening it.
pub fn envelope_epoch(envelope: &[u8]) -> Result<Epoch, OpenError> {
    Ok(parse_envelope(envelope)?.epoch)
}

struct Parts<'a> {
    epoch: Epoch,
    nonce: &'a [u8; NONCE_LENGTH],
    sealed: &'a [u8],
}

fn parse_envelope(envelope: &[u8]) -> Result<Parts<'_>, OpenError> {
    let too_short = OpenError::TooShort {
        found: envelope.len(),
        least: HEADER_LENGTH + TAG_LENGTH,
    };
    let (&version, rest) = envelope.split_first().ok_or(too_short)?;
    if version != ENVELOPE_VERSION {
        return Err(OpenError::UnknownVersion {
            found: version,
            supported: ENVELOPE_VERSION,
        });
    }
    let (epoch, rest) = rest.split_first_chunk::<4>().ok_or(too_short)?;
    let (nonce, sealed) = rest.split_first_chunk::<NONCE_LENGTH>().ok_or(too_short)?;
    if sealed.len() < TAG_LENGTH {
        return Err(too_short);
    }
    Ok(Parts {
        epoch: Epoch(u32::from_be_bytes(*epoch)),
        nonce,
        sealed,
    })
}

fn associated_data(version: u8, epoch: Epoch, registry: Uuid, place: Place<'_>) -> Vec<u8> {
    frame(&[
        CONTEXT,
        &[version],
        &epoch.0.to_be_bytes(),
        registry.as_bytes(),
        place.store.as_bytes(),
        place.record,
        &place.generation.to_be_bytes(),
    ])
}

#[cfg(test)]
mod tests {
    use pollster::block_on;

    use super::*;
    use crate::vault::testing::{NativeAes, counting};

    const REGISTRY: Uuid = Uuid::from_u128(0x11);
    const PLACE: Place<'static> = Place {
        store: "segments",
        record: b"r1",
        generation: 3,
    };

    fn vault(key: u8, registry: Uuid, epoch: u32) -> Vault<NativeAes> {
        let imported = block_on(NativeAes.import(&[key; 32])).unwrap();
        Vault::new(&NativeAes, imported, registry, Epoch(epoch))
    }

    fn sealed(plain: &[u8]) -> Vec<u8> {
        block_on(vault(1, REGISTRY, 1).seal(PLACE, plain, &mut counting(1))).unwrap()
    }

    #[test]
    fn an_envelope_opens_in_its_own_place() {
        for plain in [&b""[..], b"x", &[0; 5000]] {
            assert_eq!(
                block_on(vault(1, REGISTRY, 1).open(PLACE, &sealed(plain))).unwrap(),
                plain
            );
        }
    }

    #[test]
    fn flipping_any_bit_of_any_byte_is_refused() {
        let good = sealed(&[0x5A; 300]);
        let vault = vault(1, REGISTRY, 1);
        for at in 0..good.len() {
            for bit in 0..8 {
                let mut bad = good.clone();
                bad[at] ^= 1 << bit;
                let error = block_on(vault.open(PLACE, &bad)).unwrap_err();
                let expected = match at {
                    0 => OpenError::UnknownVersion {
                        found: bad[0],
                        supported: 1,
                    },
                    1..5 => OpenError::WrongKey {
                        found: envelope_epoch(&bad).unwrap(),
                        have: Epoch(1),
                    },
                    _ => OpenError::Tampered,
                };
                assert_eq!(error, expected, "byte {at}, bit {bit}");
            }
        }
    }

    #[test]
    fn cutting_an_envelope_anywhere_is_refused() {
        let good = sealed(b"content");
        let vault = vault(1, REGISTRY, 1);
        for length in 0..good.len() {
            let error = block_on(vault.open(PLACE, &good[..length])).unwrap_err();
            let expected = if length < 33 {
                OpenError::TooShort {
                    found: length,
                    least: 33,
                }
            } else {
                OpenError::Tampered
            };
            assert_eq!(error, expected, "{length} bytes");
        }
    }

    #[test]
    fn an_envelope_opens_nowhere_else() {
        let good = sealed(b"content");
        let elsewhere = [
            ("another record", REGISTRY, Place { record: b"r2", ..PLACE }),
            (
                "another store",
                REGISTRY,
                Place {
                    store: "drafts",
                    ..PLACE
                },
            ),
            ("an older generation", REGISTRY, Place { generation: 2, ..PLACE }),
            ("a newer generation", REGISTRY, Place { generation: 4, ..PLACE }),
            (
                "a byte moved from record to store",
                REGISTRY,
                Place {
                    store: "segmentsr",
                    record: b"1",
                    ..PLACE
                },
            ),
            ("another registry", Uuid::from_u128(0x12), PLACE),
        ];
        for (what, registry, place) in elsewhere {
            assert_eq!(
                block_on(vault(1, registry, 1).open(place, &good)),
                Err(OpenError::Tampered),
                "{what}"
            );
        }
        assert_eq!(
            block_on(vault(2, REGISTRY, 1).open(PLACE, &good)),
            Err(OpenError::Tampered)
        );
        let wrong_key = OpenError::WrongKey {
            found: Epoch(1),
            have: Epoch(2),
        };
        assert_eq!(block_on(vault(1, REGISTRY, 2).open(PLACE, &good)), Err(wrong_key));
    }

    #[test]
    fn the_same_content_is_never_sealed_alike() {
        let vault = vault(1, REGISTRY, 1);
        let mut entropy = counting(1);
        let first = block_on(vault.seal(PLACE, b"same", &mut entropy)).unwrap();
        let second = block_on(vault.seal(PLACE, b"same", &mut entropy)).unwrap();
        assert_ne!(first[5..17], second[5..17]);
        assert_ne!(first[17..], second[17..]);
    }

    #[test]
    fn nothing_is_sealed_without_random_bytes() {
        let mut silent = |_: &mut [u8]| Ok(());
        let refused = block_on(vault(1, REGISTRY, 1).seal(PLACE, b"content", &mut silent));
        assert_eq!(refused, Err(SealError::Entropy(EntropyError)));
    }
}

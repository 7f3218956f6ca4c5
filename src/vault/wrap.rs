//! Sealing to a public key: HPKE (RFC 9180), base mode, X25519 with HKDF-SHA256, ChaCha20-Poly1305. A data key is sealed so to each
//! recipient, and what is written while locked to the registry itself (`super::inbox`).

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::{Kem, X25519HkdfSha256};
use hpke::{Deserializable, OpModeR, OpModeS, Serializable};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::encoding::{HexBytes, frame};
use super::entropy::{Entropy, Generator};
use super::envelope::SealError;
use super::identity::{Identity, PublicKey};
use super::keyfile::{Epoch, RecipientId, WrappedKey};
use super::secret::{DataKey, Secret32};

/// What the sealed key is bound to: it opens for this registry, purpose, epoch and recipient only.
pub(super) struct WrapContext {
    pub(super) registry: Uuid,
    pub(super) epoch: Epoch,
    pub(super) recipient: RecipientId,
}

impl WrapContext {
    fn info(&self, key: &PublicKey) -> Vec<u8> {
        frame(&[
            b"caseload hpke 1",
            b"data key",
            self.registry.as_bytes(),
            &self.epoch.0.to_be_bytes(),
            self.recipient.0.as_bytes(),
            key.as_bytes(),
        ])
    }
}

/// What HPKE makes of a message: its share of the key agreement, and the ciphertext with its tag.
pub(super) struct ToOne {
    pub(super) encapsulated: Vec<u8>,
    pub(super) sealed: Vec<u8>,
}

/// Seals a message to a public key. `info` and `about` are authenticated with it and must be the same to open it.
pub(super) fn seal_to(
    to: &PublicKey,
    info: &[u8],
    about: &[u8],
    plain: &[u8],
    entropy: &mut dyn Entropy,
) -> Result<ToOne, SealError> {
    let recipient =
        <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(to.as_bytes()).map_err(|_source| SealError::BadRecipient)?;
    let mut generator = Generator::new(entropy);
    let made = hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &recipient,
        info,
        plain,
        about,
        &mut generator,
    );
    generator.outcome()?;
    let (encapsulated, sealed) = made.map_err(|_source| SealError::BadRecipient)?;
    Ok(ToOne {
        encapsulated: encapsulated.to_bytes().to_vec(),
        sealed,
    })
}

/// Opens a message; `None` if it isn't for this identity, info and `about`, or was altered.
pub(super) fn open_as(
    identity: &Identity,
    info: &[u8],
    about: &[u8],
    encapsulated: &[u8],
    sealed: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let secret = <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(identity.secret().expose()).ok()?;
    let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated).ok()?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &secret,
        &encapsulated,
        info,
        sealed,
        about,
    )
    .ok()
    .map(Zeroizing::new)
}

/// Seals the data key to one recipient's public key.
pub(super) fn wrap_key(
    data_key: &DataKey,
    to: &PublicKey,
    context: &WrapContext,
    entropy: &mut dyn Entropy,
) -> Result<WrappedKey, SealError> {
    let made = seal_to(to, &context.info(to), &[], data_key.0.expose(), entropy)?;
    Ok(WrappedKey {
        recipient: context.recipient,
        epoch: context.epoch,
        encapsulated: HexBytes(made.encapsulated),
        sealed: HexBytes(made.sealed),
    })
}

/// Opens a wrapped key; `None` if it isn't for this identity and context, or was altered.
pub(super) fn unwrap_key(wrapped: &WrappedKey, identity: &Identity, context: &WrapContext) -> Option<DataKey> {
    let info = context.info(&identity.public());
    let raw = open_as(identity, &info, &[], &wrapped.encapsulated.0, &wrapped.sealed.0)?;
    Secret32::from_slice(&raw).map(DataKey)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::entropy::EntropyError;
    use crate::vault::testing::counting;

    fn context() -> WrapContext {
        WrapContext {
            registry: Uuid::from_u128(1),
            epoch: Epoch(1),
            recipient: RecipientId(Uuid::from_u128(2)),
        }
    }

    fn wrapped(identity: &Identity) -> WrappedKey {
        let data_key = DataKey(Secret32::new([9; 32]));
        wrap_key(&data_key, &identity.public(), &context(), &mut counting(50)).unwrap()
    }

    #[test]
    fn a_wrapped_key_opens_for_its_recipient_in_its_context_only() {
        let identity = Identity::make(&mut counting(1)).unwrap();
        let wrapped = wrapped(&identity);
        let opened = |identity: &Identity, context: WrapContext| {
            unwrap_key(&wrapped, identity, &context).map(|key| *key.0.expose())
        };
        assert_eq!(opened(&identity, context()), Some([9; 32]));
        assert_eq!(opened(&Identity::make(&mut counting(2)).unwrap(), context()), None);
        assert_eq!(
            opened(
                &identity,
                WrapContext {
                    registry: Uuid::from_u128(3),
                    ..context()
                }
            ),
            None
        );
        assert_eq!(
            opened(
                &identity,
                WrapContext {
                    epoch: Epoch(2),
                    ..context()
                }
            ),
            None
        );
        assert_eq!(
            opened(
                &identity,
                WrapContext {
                    recipient: RecipientId(Uuid::from_u128(3)),
                    ..context()
                }
            ),
            None
        );
    }

    #[test]
    fn flipping_any_byte_of_a_wrapped_key_is_refused() {
        let identity = Identity::make(&mut counting(1)).unwrap();
        let good = wrapped(&identity);
        assert_eq!((good.encapsulated.0.len(), good.sealed.0.len()), (32, 48));
        // The top bit of an X25519 point is ignored by the curve (RFC 7748, section 5) but not by HPKE, which hashes the bytes.
        for at in 0..80 {
            let mut bad = good.clone();
            let byte = if at < 32 {
                &mut bad.encapsulated.0[at]
            } else {
                &mut bad.sealed.0[at - 32]
            };
            *byte ^= 0x80;
            assert!(unwrap_key(&bad, &identity, &context()).is_none(), "byte {at}");
        }
        for (encapsulated, sealed) in [(31, 48), (32, 47), (0, 0)] {
            let mut cut = good.clone();
            cut.encapsulated.0.truncate(encapsulated);
            cut.sealed.0.truncate(sealed);
            assert!(unwrap_key(&cut, &identity, &context()).is_none());
        }
    }

    #[test]
    fn a_public_key_of_small_order_is_refused() {
        let prefix = bech32::Hrp::parse_unchecked("age");
        let zero: PublicKey = bech32::encode_lower::<bech32::Bech32>(prefix, &[0; 32])
            .unwrap()
            .parse()
            .unwrap();
        let data_key = DataKey(Secret32::new([9; 32]));
        let refused = wrap_key(&data_key, &zero, &context(), &mut counting(1));
        assert_eq!(refused.unwrap_err(), SealError::BadRecipient);
    }

    #[test]
    fn nothing_is_wrapped_without_random_bytes() {
        let identity = Identity::make(&mut counting(1)).unwrap();
        let data_key = DataKey(Secret32::new([9; 32]));
        let mut failing = |_: &mut [u8]| Err(EntropyError);
        let refused = wrap_key(&data_key, &identity.public(), &context(), &mut failing);
        assert_eq!(refused.unwrap_err(), SealError::Entropy(EntropyError));
    }
}

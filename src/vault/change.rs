//! Changing a registry's keys: each takes the raw data key for a moment from an unlock of its own, and gives a new key file.

use super::aead::Aead;
use super::entropy::{Entropy, make_uuid};
use super::identity::Identity;
use super::keyfile::{KeyFile, Keys, Recipient, RecipientId, Role, SlotId};
use super::keyring::{ChangeError, NewLock, Part, UnlockError, Unlocked, seal_file, seal_slot, wrap_for_all};
use super::secret::PassphraseKey;
use super::sheet::RecoverySheet;
use super::unlock::{Opened, open_as_person, open_identity, open_with_sheet, open_with_slot};

/// Seals a person's secret under a new passphrase. The data isn't sealed anew, and what is open stays open. Nothing takes the old
/// passphrase away from someone who kept a copy of the old key file.
pub async fn change_passphrase<A: Aead>(
    aead: &A,
    file: &KeyFile,
    slot: SlotId,
    old: &PassphraseKey,
    new: NewLock<'_>,
    entropy: &mut dyn Entropy,
) -> Result<KeyFile, ChangeError> {
    let identity = open_identity(aead, file, slot, old).await?;
    let Opened { unlocked, .. } = open_as_person(aead, file, slot, &identity).await?;
    let mut keys = next_generation(file);
    let place = keys
        .slots
        .iter_mut()
        .find(|candidate| candidate.id == slot)
        .ok_or(UnlockError::NoSuchSlot)?;
    let about = (slot, place.recipient, place.label.clone());
    *place = seal_slot(aead, file.registry(), about, &identity, new, entropy).await?;
    Ok(seal_file(&unlocked.vault, keys, &unlocked.recipients, entropy).await?)
}

/// Gives the owner of a slot a new passphrase by means of the recovery sheet. Their old key pair is lost with the old passphrase, so
/// they get a new one; slot, label and person stay. The sheet stays valid.
pub async fn reset_with_sheet<A: Aead>(
    aead: &A,
    file: &KeyFile,
    sheet: &RecoverySheet,
    slot: SlotId,
    new: NewLock<'_>,
    entropy: &mut dyn Entropy,
) -> Result<(KeyFile, Unlocked<A>), ChangeError> {
    let Opened {
        unlocked: Unlocked {
            vault, mut recipients, ..
        },
        data_key,
    } = open_with_sheet(aead, file, sheet).await?;
    let identity = Identity::make(entropy)?;
    let mut keys = next_generation(file);
    let place = keys
        .slots
        .iter_mut()
        .find(|candidate| candidate.id == slot)
        .ok_or(UnlockError::NoSuchSlot)?;
    let about = (slot, place.recipient, place.label.clone());
    let id = place.recipient;
    *place = seal_slot(aead, file.registry(), about, &identity, new, entropy).await?;
    let person = recipients
        .iter_mut()
        .find(|one| one.id == id)
        .ok_or(UnlockError::Damaged(Part::Recipients))?;
    person.key = identity.public();
    let opened_by = person.clone();
    wrap_for_all(&mut keys, &data_key, &recipients, entropy)?;
    let file = seal_file(&vault, keys, &recipients, entropy).await?;
    Ok((
        file,
        Unlocked {
            vault,
            recipients,
            opened_by,
        },
    ))
}

/// Makes a new recovery sheet; the old one no longer opens the new key file. (With a copy of the old file it still would: a sheet in
/// wrong hands asks for a new data key.)
pub async fn renew_sheet<A: Aead>(
    aead: &A,
    file: &KeyFile,
    slot: SlotId,
    key: &PassphraseKey,
    entropy: &mut dyn Entropy,
) -> Result<(KeyFile, RecoverySheet), ChangeError> {
    let Opened { unlocked, data_key } = open_with_slot(aead, file, slot, key).await?;
    let sheet = RecoverySheet::new(Identity::make(entropy)?);
    let mut recipients = unlocked.recipients;
    recipients.retain(|one| one.role != Role::Sheet);
    recipients.push(Recipient {
        id: RecipientId(make_uuid(entropy)?),
        key: sheet.public(),
        role: Role::Sheet,
    });
    let mut keys = next_generation(file);
    wrap_for_all(&mut keys, &data_key, &recipients, entropy)?;
    Ok((seal_file(&unlocked.vault, keys, &recipients, entropy).await?, sheet))
}

fn next_generation(file: &KeyFile) -> Keys {
    Keys {
        generation: file.generation() + 1,
        ..file.keys.clone()
    }
}

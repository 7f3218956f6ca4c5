//! Changing how a registry is opened: the passphrase, by the old one or by the recovery sheet, and the sheet itself.
//! The data is not sealed anew; what is open stays open.

use std::str::FromStr;

use super::api::{Failure, NewKey, Secret};
use super::books::Books;
use super::open::{key_file, sentence, unhex};
use crate::store::Store;
use crate::vault::{self, Aead, KdfParams, KdfRecipe, KeyFile, NewLock, PassphraseKey, Salt, Secret32, SlotId};

impl<S: Store, A: Aead> Books<S, A> {
    /// Seals a person's secret under a new passphrase; the old one is asked for.
    pub async fn change_passphrase(
        &mut self,
        aead: &A,
        store: &S,
        slot: &str,
        old: &Secret,
        new: &NewKey,
    ) -> Result<(), Failure> {
        let file = key_file(store).await?;
        let (old, key) = (key_of(old)?, key_of(&new.key)?);
        let lock = NewLock {
            kdf: recipe(new)?,
            key: &key,
        };
        let changed = vault::change_passphrase(aead, &file, slot_id(slot)?, &old, lock, &mut *self.entropy).await?;
        self.keep_keys(&changed).await
    }

    /// Gives the owner of a slot a new passphrase by means of the recovery sheet, which stays valid.
    pub async fn reset_passphrase(
        &mut self,
        aead: &A,
        store: &S,
        slot: &str,
        sheet: &Secret,
        new: &NewKey,
    ) -> Result<(), Failure> {
        let file = key_file(store).await?;
        let sheet = vault::parse_sheet(&sheet.0).map_err(|problem| Failure::File(sentence(&problem.to_string())))?;
        let key = key_of(&new.key)?;
        let lock = NewLock {
            kdf: recipe(new)?,
            key: &key,
        };
        let (changed, _unlocked) =
            vault::reset_with_sheet(aead, &file, &sheet, slot_id(slot)?, lock, &mut *self.entropy).await?;
        self.keep_keys(&changed).await
    }

    /// Makes a new recovery sheet and gives its text; the old sheet opens nothing here any more.
    pub async fn renew_sheet(&mut self, aead: &A, store: &S, slot: &str, key: &Secret) -> Result<String, Failure> {
        let file = key_file(store).await?;
        let (changed, sheet) =
            vault::renew_sheet(aead, &file, slot_id(slot)?, &key_of(key)?, &mut *self.entropy).await?;
        self.keep_keys(&changed).await?;
        Ok(sheet.sheet_text().to_string())
    }

    async fn keep_keys(&mut self, file: &KeyFile) -> Result<(), Failure> {
        self.store.write_keys(file).await?;
        Ok(())
    }
}

fn slot_id(slot: &str) -> Result<SlotId, Failure> {
    uuid::Uuid::from_str(slot)
        .map(SlotId)
        .map_err(|_error: uuid::Error| Failure::WrongKey { wait: 0 })
}

fn key_of(key: &Secret) -> Result<PassphraseKey, Failure> {
    Ok(PassphraseKey(Secret32::new(unhex(key)?)))
}

fn recipe(new: &NewKey) -> Result<KdfRecipe, Failure> {
    Ok(KdfRecipe {
        params: KdfParams::STANDARD,
        salt: Salt::new(unhex(&new.salt)?),
    })
}

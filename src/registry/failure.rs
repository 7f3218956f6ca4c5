//! From what went wrong below to the sentence that people read.

use super::api::Failure;
use crate::store::canary::Alarm;
use crate::store::{SealedError, StoreError};
use crate::vault::{ChangeError, SealError, UnlockError};

impl From<SealedError> for Failure {
    fn from(error: SealedError) -> Self {
        match error {
            SealedError::Store(StoreError::HeadMoved) => Failure::Moved,
            SealedError::Store(error) => error.into(),
            SealedError::Emptied => Failure::Damage(alarm(Alarm::Emptied)),
            SealedError::Damaged(_) => Failure::Damage(alarm(Alarm::Damaged)),
            SealedError::ReadOnly => not_saved("This registry is damaged and can only be read and exported."),
            SealedError::Seal(_) | SealedError::CipherUnavailable => {
                not_saved("The browser's encryption is not available on this page.")
            }
            SealedError::Unwritable => not_saved("This is too large to be kept as one entry."),
            SealedError::NoSuchBatch => Failure::Nothing,
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::HeadMoved => Failure::Moved,
            StoreError::Quota => not_saved("The browser gives this page no more storage."),
            StoreError::Closed => not_saved("The connection to the browser's storage was lost."),
            StoreError::Missing => Failure::Damage(alarm(Alarm::Lost)),
            StoreError::Newer { .. } => Failure::Browser(
                "This registry was last opened by a newer version of Caseload. Nothing was read or changed. \
                 Reload the page to get that version."
                    .to_owned(),
            ),
            StoreError::Blocked => {
                Failure::Browser("Another tab holds this registry open. Close it, then try again.".to_owned())
            }
            StoreError::Unavailable => Failure::Browser(
                "This browser gives this page no storage, so nothing can be kept here. Leave the private window, or \
                 try another browser."
                    .to_owned(),
            ),
            StoreError::Exists => {
                Failure::Browser("A registry with this id is here already. It was not touched.".to_owned())
            }
            _ => not_saved("The browser refused to write."),
        }
    }
}

impl From<SealError> for Failure {
    fn from(_: SealError) -> Self {
        not_saved("The browser's encryption is not available on this page.")
    }
}

impl From<UnlockError> for Failure {
    fn from(error: UnlockError) -> Self {
        match error {
            UnlockError::WrongPassphrase | UnlockError::NoSuchSlot | UnlockError::WrongSheet => {
                Failure::WrongKey { wait: 0 }
            }
            UnlockError::Damaged(_) => Failure::Damage(
                "The keys of this registry are damaged. Nothing was changed. Restore from a backup, or open it with \
                 another copy of its files."
                    .to_owned(),
            ),
            UnlockError::Kdf(_) => Failure::Damage(
                "The stored passphrase settings of this registry are not safe to use, so nothing was opened. Restore \
                 from a backup."
                    .to_owned(),
            ),
            UnlockError::Unavailable => {
                Failure::Browser("The browser's encryption is not available on this page.".to_owned())
            }
        }
    }
}

impl From<ChangeError> for Failure {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Unlock(error) => error.into(),
            ChangeError::Seal(error) => error.into(),
        }
    }
}

fn not_saved(reason: &str) -> Failure {
    Failure::NotSaved {
        reason: reason.to_owned(),
    }
}

/// What is said when a registry that was here is not as it was.
pub(super) fn alarm(alarm: Alarm) -> String {
    let what = match alarm {
        Alarm::Lost => "Your data should be here, and this browser no longer has it.",
        Alarm::Emptied => "Your data should be here, and the browser handed out an empty database.",
        Alarm::Damaged => "Your data is here, and a part that is needed to open it is damaged.",
        Alarm::RolledBack { .. } => "Your data is here, and it is older than what was last saved.",
        Alarm::Altered => "Your data is here, and it is not what was last saved.",
    };
    format!("{what} Nothing was overwritten. Restore from a backup or a handoff file.")
}

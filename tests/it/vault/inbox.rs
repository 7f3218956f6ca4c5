//! What is written while locked: sealed to the registry, opened after an unlock, in its one place only.

use caseload::vault::{Epoch, Identity, KeyFile, OpenError};
use pollster::block_on;

use super::testing::counting;
use super::{create, create_seeded};

const PLACE: &[u8] = b"run/0001\n{\"position\":8}";
const ANSWER: &[u8] = b"an answer";

fn registry_identity(created: &caseload::vault::Created<super::testing::NativeAes>) -> Identity {
    block_on(created.unlocked.vault.open_registry_identity(&created.file)).unwrap()
}

fn open(file: &KeyFile, identity: &Identity, place: &[u8], item: &[u8]) -> Result<Vec<u8>, OpenError> {
    file.open_from_inbox(identity, place, item).map(|plain| plain.to_vec())
}

#[test]
fn an_item_sealed_without_an_unlock_opens_after_it_in_its_place_only() {
    let created = create();
    // What a locked page has: the key file as stored.
    let file = KeyFile::from_json(&created.file.to_json()).unwrap();
    let item = file.seal_for_inbox(PLACE, ANSWER, &mut counting(9)).unwrap();
    assert!(!item.windows(ANSWER.len()).any(|window| window == ANSWER));
    let identity = registry_identity(&created);
    assert_eq!(open(&file, &identity, PLACE, &item), Ok(ANSWER.to_vec()));
    let elsewhere = open(&file, &identity, b"run/0002\n{\"position\":8}", &item);
    assert_eq!(elsewhere, Err(OpenError::Tampered));
}

#[test]
fn an_item_for_another_copy_of_the_registry_doesnt_open() {
    let (created, joined) = (create(), create_seeded(77));
    let item = joined.file.seal_for_inbox(PLACE, ANSWER, &mut counting(9)).unwrap();
    let identity = registry_identity(&created);
    assert_eq!(open(&created.file, &identity, PLACE, &item), Err(OpenError::Tampered));
}

#[test]
fn every_altered_byte_of_an_item_is_noticed() {
    let created = create();
    let identity = registry_identity(&created);
    let item = created.file.seal_for_inbox(PLACE, ANSWER, &mut counting(9)).unwrap();
    for at in 0..item.len() {
        let mut altered = item.clone();
        altered[at] ^= 1;
        let refused = open(&created.file, &identity, PLACE, &altered).unwrap_err();
        let expected = match at {
            0 => OpenError::UnknownVersion { found: 0, supported: 1 },
            1..=4 => OpenError::WrongKey {
                found: Epoch(1 ^ (1 << (8 * (4 - at)))),
                have: Epoch(1),
            },
            _ => OpenError::Tampered,
        };
        assert_eq!(refused, expected, "byte {at}");
    }
    for length in 0..item.len() {
        assert!(
            open(&created.file, &identity, PLACE, &item[..length]).is_err(),
            "{length} bytes"
        );
    }
}

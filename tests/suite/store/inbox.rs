//! The inbox: written without a key, opened with it.

use caseload::store::{InboxItem, line_of, put_item, read_run, seal_item};

use super::*;

const RUN: &str = "7d0c5a52-3b1e-4c6e-9a51-0c2f6f5d3f10";

/// Seals an item as a locked page does: with the key file as stored.
async fn put_sealed<S: Store>(store: &S, number: &str, plain: &[u8]) {
    let file = get(store, Area::Meta, &Key::key_file()).await;
    let file = KeyFile::from_json(&file).unwrap();
    let key = Key::of_run(RUN, number);
    let bytes = seal_item(&file, &key, "in the clear", plain, &mut *entropy()).unwrap();
    put_item(store, key, bytes).await.unwrap();
}

pub async fn what_is_written_while_locked_opens_after_the_unlock_and_goes_with_its_entries<S: Store, A: Aead>(
    store: S,
    aead: A,
) {
    let mut sealed = create(&store, &aead).await.unwrap();
    sealed.begin_run(Key::new(RUN), b"Aspen Fable").await.unwrap();
    drop(sealed);
    for (number, plain) in [("0001", b"one"), ("0002", b"two"), ("0003", b"six")] {
        put_sealed(&store, number, plain).await;
    }
    let run = read_run(&store, RUN).await.unwrap();
    assert_eq!(run.len(), 4);
    for (_, bytes) in &run {
        assert!(
            !bytes
                .windows(3)
                .any(|window| [b"one", b"two", b"Asp"].contains(&<&[u8; 3]>::try_from(window).unwrap()))
        );
    }
    assert_eq!(line_of(&run[1].1), Some("in the clear"));
    assert!(read_run(&store, "another").await.unwrap().is_empty());
    // One is altered.
    let (key, mut bytes) = run[2].clone();
    *bytes.last_mut().unwrap() ^= 1;
    put(&store, Area::Inbox, &key, bytes.clone()).await;

    let mut sealed = open(&store, &aead).await.unwrap();
    let inbox = sealed.open_inbox().await.unwrap();
    assert_eq!(inbox.runs, [(Key::new(RUN), b"Aspen Fable".to_vec())]);
    let plain = |item: &InboxItem| item.plain.to_vec();
    assert_eq!(inbox.items.iter().map(plain).collect::<Vec<_>>(), [b"one", b"six"]);
    assert_eq!(
        inbox.damage.iter().map(|damage| &damage.key).collect::<Vec<_>>(),
        [&key]
    );
    let save = Save {
        entries: &[entry(1, 1)],
        drained: inbox.items.into_iter().map(|item| item.key).collect(),
        ..Save::default()
    };
    sealed.save(save).await.unwrap();
    let left = read_run(&store, RUN).await.unwrap();
    assert_eq!(
        left.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>(),
        [Key::new(RUN), key.clone()]
    );
    assert_eq!(left[1].1, bytes, "what doesn't open is kept as it is");
}

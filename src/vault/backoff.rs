//! How long to wait after a wrong passphrase.

use std::time::Duration;

/// The longest wait.
const LONGEST: Duration = Duration::from_secs(30);

/// How long the unlock form waits after so many wrong tries in a row: none, then 1, 2, 4, 8, 16 seconds, then 30 at most.
///
/// It slows down a hand at the keyboard. Against a copy of the files only Argon2id and the passphrase itself help. Nothing is ever
/// wiped: a stranger must not be able to destroy a caseload by typing.
pub fn wait_after(wrong_tries: u32) -> Duration {
    match wrong_tries {
        0 => Duration::ZERO,
        tries => Duration::from_secs(1 << (tries - 1).min(5)).min(LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_from_one_second_to_at_most_thirty() {
        let seconds: Vec<u64> = [0, 1, 2, 3, 4, 5, 6, 7, 100, u32::MAX]
            .map(|tries| wait_after(tries).as_secs())
            .to_vec();
        assert_eq!(seconds, [0, 1, 2, 4, 8, 16, 30, 30, 30, 30]);
    }
}

//! The word list, and passphrases made of it.

use std::sync::OnceLock;

use zeroize::Zeroizing;

use super::entropy::{Entropy, EntropyError, make_bytes};
use super::strength::{Verdict, estimate_strength};

/// 2,048 common English words of three to eight letters, sorted, one a line; pairs that sound alike were left out.
static WORDS: &str = include_str!("words.txt");

/// How many words a generated passphrase has.
pub const WORDS_IN_A_PASSPHRASE: u32 = 5;

/// The word list, sorted.
pub fn words() -> &'static [&'static str] {
    static LIST: OnceLock<Vec<&'static str>> = OnceLock::new();
    LIST.get_or_init(|| WORDS.lines().collect())
}

/// A generated passphrase, and how hard it is to guess by someone who knows this list.
pub struct GeneratedPassphrase {
    /// The words, joined by hyphens.
    pub text: Zeroizing<String>,
    /// Bits of entropy: the words' number times log2 of the list's length, rounded down.
    pub bits: u32,
}

impl std::fmt::Debug for GeneratedPassphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("GeneratedPassphrase")
            .field("bits", &self.bits)
            .finish_non_exhaustive()
    }
}

/// Five words, drawn evenly: 55 bits. Words that happen to make a pattern (one comes twice, beginnings that repeat) are
/// drawn again, all five, so that what is suggested is never said to be less than strong; that is one draw in hundreds.
pub fn make_passphrase(entropy: &mut dyn Entropy) -> Result<GeneratedPassphrase, EntropyError> {
    for _ in 0..128 {
        let text = draw_words(entropy)?;
        if estimate_strength(&text, &[]).verdict == Verdict::Strong {
            return Ok(GeneratedPassphrase {
                text,
                bits: WORDS_IN_A_PASSPHRASE * words().len().max(1).ilog2(),
            });
        }
    }
    // A working source never gets here: a stuck one draws one word five times.
    Err(EntropyError)
}

fn draw_words(entropy: &mut dyn Entropy) -> Result<Zeroizing<String>, EntropyError> {
    let list = words();
    let mut text = Zeroizing::new(String::with_capacity(64));
    for position in 0..WORDS_IN_A_PASSPHRASE {
        if position > 0 {
            text.push('-');
        }
        text.push_str(list.get(draw_below(list.len(), entropy)?).ok_or(EntropyError)?);
    }
    Ok(text)
}

/// An even draw from 0 up to, not including, `limit` (at most 65,536): values of the last, incomplete round are drawn again.
fn draw_below(limit: usize, entropy: &mut dyn Entropy) -> Result<usize, EntropyError> {
    const RANGE: usize = 1 << 16;
    if limit == 0 || limit > RANGE {
        return Err(EntropyError);
    }
    let even = RANGE - RANGE % limit;
    // Each round succeeds with at least even odds: a working source never gets near the end of this.
    for _ in 0..128 {
        // Eight bytes for two: an all-zero pair is a fair draw, which `make_bytes` would take for a silent source.
        let [first, second, ..] = make_bytes::<8>(entropy)?;
        let value = usize::from(u16::from_be_bytes([first, second]));
        if value < even {
            return Ok(value % limit);
        }
    }
    Err(EntropyError)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::vault::strength::Pattern;
    use crate::vault::testing::counting;

    #[test]
    fn the_list_is_2048_plain_words_sorted_and_different() {
        let list = words();
        assert_eq!(list.len(), 2048);
        assert!(
            list.iter()
                .all(|word| (3..=8).contains(&word.len()) && word.bytes().all(|letter| letter.is_ascii_lowercase()))
        );
        assert!(list.is_sorted());
        assert_eq!(list.iter().collect::<BTreeSet<_>>().len(), 2048);
    }

    #[test]
    fn a_passphrase_is_five_words_of_the_list_worth_55_bits() {
        let made = make_passphrase(&mut counting(1)).unwrap();
        let parts: Vec<&str> = made.text.split('-').collect();
        assert_eq!(parts.len(), 5);
        assert!(
            parts.iter().all(|part| words().binary_search(part).is_ok()),
            "{parts:?}"
        );
        assert_eq!(made.bits, 55);
        assert!(made.text.chars().count() >= 15);
        assert_eq!(format!("{made:?}"), "GeneratedPassphrase { bits: 55, .. }");
    }

    #[test]
    fn no_word_of_the_list_is_one_that_everybody_tries_so_every_drawn_passphrase_is_strong() {
        for word in words() {
            let strength = estimate_strength(word, &[]);
            assert!(!strength.patterns.contains(&Pattern::Common), "{word}");
        }
        for start in 0..=255 {
            let made = make_passphrase(&mut counting(start)).unwrap();
            let strength = estimate_strength(&made.text, &[]);
            assert_eq!(strength.verdict, Verdict::Strong, "{}", *made.text);
        }
    }

    #[test]
    fn draws_are_even_and_reach_the_whole_list() {
        // All 65,536 values of the two bytes once each: with an even draw every index comes up equally often.
        for limit in [2048_usize, 1296] {
            let mut counts = vec![0_u32; limit];
            let mut value = 0_u32;
            let mut entropy = |bytes: &mut [u8]| {
                bytes.fill(1);
                bytes[..2].copy_from_slice(&(value as u16).to_be_bytes());
                value += 1;
                Ok(())
            };
            for _ in 0..65_536 / limit * limit {
                counts[draw_below(limit, &mut entropy).unwrap()] += 1;
            }
            assert!(counts.iter().all(|count| *count as usize == 65_536 / limit), "{limit}");
        }
    }

    #[test]
    fn a_source_stuck_outside_the_even_range_ends_in_an_error() {
        let mut stuck = |bytes: &mut [u8]| {
            bytes.fill(0xFF);
            Ok(())
        };
        assert_eq!(draw_below(1296, &mut stuck), Err(EntropyError));
    }
}

//! Randomness as an argument.

use hpke::rand_core::{Infallible, TryCryptoRng, TryRng};

/// A source of cryptographically secure random bytes.
///
/// Implemented for closures: `&mut |bytes: &mut [u8]| getrandom::fill(bytes).map_err(|_source| EntropyError)`.
pub trait Entropy {
    /// Fills all of `bytes`, or fails; never partly.
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), EntropyError>;
}

impl<F: FnMut(&mut [u8]) -> Result<(), EntropyError>> Entropy for F {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        self(bytes)
    }
}

/// The machine gave no random bytes. Nothing may be sealed without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no random bytes are available")]
pub struct EntropyError;

/// `N` random bytes. Refuses a source that says it filled them and left them all zero: a nonce or key of zeros would be silent and fatal.
pub(super) fn make_bytes<const N: usize>(entropy: &mut dyn Entropy) -> Result<[u8; N], EntropyError> {
    let mut bytes = [0; N];
    entropy.fill(&mut bytes)?;
    if bytes.iter().all(|byte| *byte == 0) {
        return Err(EntropyError);
    }
    Ok(bytes)
}

/// A random (version 4) id.
pub(super) fn make_uuid(entropy: &mut dyn Entropy) -> Result<uuid::Uuid, EntropyError> {
    Ok(uuid::Builder::from_random_bytes(make_bytes(entropy)?).into_uuid())
}

/// [`Entropy`] as the generator that the `hpke` crate asks for. That interface can't fail, so a failure is kept and must be asked for
/// with [`Generator::outcome`] before anything made with it is used.
pub(super) struct Generator<'a> {
    entropy: &'a mut dyn Entropy,
    outcome: Result<(), EntropyError>,
}

impl<'a> Generator<'a> {
    pub(super) fn new(entropy: &'a mut dyn Entropy) -> Self {
        Self {
            entropy,
            outcome: Ok(()),
        }
    }

    pub(super) fn outcome(&self) -> Result<(), EntropyError> {
        self.outcome
    }
}

impl TryRng for Generator<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        let filled = self.entropy.fill(bytes);
        let silent = bytes.len() >= 16 && bytes.iter().all(|byte| *byte == 0);
        if filled.is_err() || silent {
            self.outcome = Err(EntropyError);
        }
        Ok(())
    }
}

impl TryCryptoRng for Generator<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_that_fails_gives_no_bytes() {
        assert_eq!(
            make_bytes::<12>(&mut |_: &mut [u8]| Err(EntropyError)),
            Err(EntropyError)
        );
    }

    #[test]
    fn a_source_that_writes_nothing_is_refused() {
        assert_eq!(make_bytes::<12>(&mut |_: &mut [u8]| Ok(())), Err(EntropyError));
        let mut idle = |_: &mut [u8]| Ok(());
        let mut generator = Generator::new(&mut idle);
        let Ok(()) = generator.try_fill_bytes(&mut [0; 32]);
        assert_eq!(generator.outcome(), Err(EntropyError));
    }

    #[test]
    fn ids_are_version_four() {
        let id = make_uuid(&mut |bytes: &mut [u8]| {
            bytes.fill(0xFF);
            Ok(())
        });
        assert_eq!(id.unwrap().to_string(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }
}

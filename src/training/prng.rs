//! A small generator of pseudo-random numbers: SplitMix64 (<https://prng.di.unimi.it/splitmix64.c>). For inventing
//! patients only; nothing secret may come from it.

/// The generator.
#[derive(Clone, Debug)]
pub(super) struct Prng(u64);

impl Prng {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }
    /// A generator of its own for a part of the work, so that one part's draws don't shift another's.
    pub fn fork(&self, part: u64) -> Self {
        let mut mixed = Self(self.0 ^ part.wrapping_mul(0xd134_2543_de82_ef95));
        Self(mixed.next())
    }
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    /// A number below `limit`; 0 when that is 0. The slight unevenness of a remainder doesn't matter here.
    pub fn below(&mut self, limit: u32) -> u32 {
        u32::try_from(self.next() % u64::from(limit.max(1))).unwrap_or(0)
    }
    /// A number from `least` to `most`.
    pub fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = u32::try_from((most - least).max(0)).unwrap_or(0);
        least + i64::from(self.below(span.saturating_add(1)))
    }
    /// Whether something happens that happens `percent` times in a hundred.
    pub fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }
    /// One of some things; the default where there are none.
    pub fn pick<T: Clone + Default>(&mut self, from: &[T]) -> T {
        let count = u32::try_from(from.len()).unwrap_or(u32::MAX);
        from.get(self.below(count) as usize).cloned().unwrap_or_default()
    }
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        for chunk in bytes.chunks_mut(8) {
            let next = self.next().to_le_bytes();
            chunk.iter_mut().zip(next).for_each(|(to, from)| *to = from);
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_gives_the_published_numbers() {
        // The first outputs for seed 1234567, as in the Rosetta Code task "Pseudo-random numbers/Splitmix64".
        let mut rng = Prng::new(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| rng.next()).collect();
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423
            ]
        );
    }

    #[test]
    fn numbers_stay_within_their_limits() {
        let mut rng = Prng::new(3);
        for _ in 0..1_000 {
            assert!((-2..=5).contains(&rng.between(-2, 5)));
            assert!(rng.below(7) < 7);
        }
        assert_eq!((rng.below(0), rng.between(4, 4)), (0, 4));
    }
}

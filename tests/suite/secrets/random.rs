//! Random numbers with a fixed seed.

/// A pseudo-random generator (xorshift).
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        let mut random = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        random.below(1);
        random
    }

    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % end.max(1)
    }

    pub(super) fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub(super) fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }

    /// A secret of 24 letters.
    pub(super) fn secret(&mut self) -> String {
        let letters = (b'a'..=b'z').chain(b'A'..=b'Z').map(char::from).collect::<Vec<_>>();
        (0..24).map(|_| letters[self.below(letters.len())]).collect()
    }
}

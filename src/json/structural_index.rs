//! Where the texts of a document may end: looked for before anything is read, sixty-four bytes at a time. A reader that
//! has to find the end of one text before it can look for the next one waits most of its time.

use super::escape::marks;

/// For each byte a bit: set for quotes, backslashes and control characters, and behind the end.
#[derive(Debug, Default)]
pub(super) struct StructuralIndex(Vec<u8>);

impl StructuralIndex {
    /// Looks at all bytes of a text.
    pub(super) fn fill(&mut self, bytes: &[u8]) {
        let (blocks, rest) = bytes.as_chunks::<64>();
        let mut last = [b'"'; 64];
        last[..rest.len()].copy_from_slice(rest);
        self.0.clear();
        self.0.reserve(8 * (blocks.len() + 2));
        for block in blocks.iter().chain([&last]) {
            self.0.extend_from_slice(&bits(block).to_le_bytes());
        }
        // Eight bytes are looked at together, whatever the place.
        self.0.extend_from_slice(&[0xFF; 8]);
    }

    /// The first marked place from a place on that is not behind the end.
    #[inline]
    pub(super) fn next(&self, from: usize) -> usize {
        match self.from(from) {
            0 => self.far(from),
            bits => from + bits.trailing_zeros() as usize,
        }
    }

    /// The bits of a place and of the 56 places behind it, and some more.
    #[inline]
    fn from(&self, place: usize) -> u64 {
        let bits = self.0.get(place / 8..place / 8 + 8).and_then(<[u8]>::first_chunk);
        bits.map_or(1, |bits| u64::from_le_bytes(*bits) >> (place % 8))
    }

    #[cold]
    fn far(&self, mut place: usize) -> usize {
        while self.from(place) == 0 {
            place += 57;
        }
        place + self.from(place).trailing_zeros() as usize
    }
}

fn bits(block: &[u8; 64]) -> u64 {
    let (chunks, _) = block.as_chunks::<16>();
    chunks.iter().rev().fold(0, |bits, chunk| bits << 16 | u64::from(marks(*chunk)))
}

//! An index of the bytes that can end a string, built for the whole document before it is scanned, 64 bytes at a time.
//! Searching for the end of each string during the scan would be slower: every search would have to wait for the last.

use super::escape::special_bits;

/// One bit for each byte: set for quotes, backslashes and control characters, and for positions after the end.
#[derive(Debug, Default)]
pub(super) struct StructuralIndex(Vec<u8>);

impl StructuralIndex {
    /// Builds the index of `bytes`, replacing its contents.
    pub(super) fn build(&mut self, bytes: &[u8]) {
        let (blocks, rest) = bytes.as_chunks::<64>();
        let mut last = [b'"'; 64];
        last[..rest.len()].copy_from_slice(rest);
        self.0.clear();
        self.0.reserve(8 * (blocks.len() + 2));
        for block in blocks.iter().chain([&last]) {
            self.0.extend_from_slice(&block_bits(block).to_le_bytes());
        }
        // Padding: `bits_from` always reads eight bytes.
        self.0.extend_from_slice(&[0xFF; 8]);
    }

    /// The offset of the first set bit at or after `offset`, or the length of the text if there is none.
    #[inline]
    pub(super) fn next(&self, offset: usize) -> usize {
        match self.bits_from(offset) {
            0 => self.next_distant(offset),
            bits => offset + bits.trailing_zeros() as usize,
        }
    }

    /// The bits from `offset` on, the lowest first: at least 57 of them.
    #[inline]
    fn bits_from(&self, offset: usize) -> u64 {
        let bits = self.0.get(offset / 8..offset / 8 + 8).and_then(<[u8]>::first_chunk);
        bits.map_or(1, |bits| u64::from_le_bytes(*bits) >> (offset % 8))
    }

    #[cold]
    fn next_distant(&self, mut offset: usize) -> usize {
        while self.bits_from(offset) == 0 {
            offset += 57;
        }
        offset + self.bits_from(offset).trailing_zeros() as usize
    }
}

fn block_bits(block: &[u8; 64]) -> u64 {
    let (chunks, _) = block.as_chunks::<16>();
    chunks.iter().rev().fold(0, |bits, chunk| bits << 16 | u64::from(special_bits(*chunk)))
}

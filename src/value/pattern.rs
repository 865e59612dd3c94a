//! Regular expressions with what they cost.

use regex::{Error, Regex, RegexBuilder};

use super::BYTES_PER_STEP;
use crate::limits::PATTERN_BYTES;

/// A compiled regular expression.
#[derive(Clone, Debug)]
pub struct Pattern {
    regex: Regex,
    /// How many times as long as a simple one it takes at most.
    weight: usize,
}

/// Sizes of compiled patterns with counted repetitions, in bytes, and their weights. Matching takes time in proportion to
/// the length of the text times the number of states, if the states that follow each other are not in the cache.
const WEIGHTS: [(usize, usize); 5] =
    [(4 << 10, 4), (16 << 10, 64), (64 << 10, 1 << 10), (256 << 10, 1 << 12), (PATTERN_BYTES, 1 << 14)];

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// If it is invalid or too large.
    pub fn new(text: &str) -> Result<Self, Error> {
        let build = |limit| RegexBuilder::new(text).size_limit(limit).build();
        if !text.contains('{') {
            return Ok(Self { regex: build(PATTERN_BYTES)?, weight: 1 });
        }
        let mut too_large = None;
        for (limit, weight) in WEIGHTS {
            match build(limit) {
                Ok(regex) => return Ok(Self { regex, weight }),
                Err(error @ Error::CompiledTooBig(_)) => too_large = Some(error),
                Err(error) => return Err(error),
            }
        }
        Err(too_large.unwrap_or(Error::CompiledTooBig(PATTERN_BYTES)))
    }

    /// The steps that it takes to search a text, at most.
    #[must_use]
    pub fn steps(&self, text: &str) -> usize {
        text.len() * self.weight / BYTES_PER_STEP
    }
}

impl std::ops::Deref for Pattern {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        &self.regex
    }
}

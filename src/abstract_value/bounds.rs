//! Bounds on numbers and on the lengths of texts.

/// The range of a number. A bound is `None` if unknown; its flag says whether it is inclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Range {
    /// The lower bound.
    pub low: Option<(f64, bool)>,
    /// The upper bound.
    pub high: Option<(f64, bool)>,
}

impl Range {
    /// The range from one number to another, both inclusive.
    pub fn between(low: f64, high: f64) -> Self {
        Self { low: Some((low, true)), high: Some((high, true)) }
    }

    /// Whether the range contains a number.
    pub fn contains(&self, number: f64) -> bool {
        self.low.is_none_or(|(low, inclusive)| number > low || inclusive && number >= low)
            && self.high.is_none_or(|(high, inclusive)| number < high || inclusive && number <= high)
    }

    /// Whether either bound is known.
    pub fn is_limited(&self) -> bool {
        self.low.is_some() || self.high.is_some()
    }

    /// Whether the range contains no number.
    pub fn is_empty(&self) -> bool {
        matches!((self.low, self.high), (Some((low, low_inclusive)), Some((high, high_inclusive)))
            if low > high || low >= high && !(low_inclusive && high_inclusive))
    }

    /// The intersection of both ranges.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let tighter = |left: Option<(f64, bool)>, right: Option<(f64, bool)>, sign: f64| match (left, right) {
            (Some(left), Some(right)) => {
                let left_wins = left.0 * sign > right.0 * sign || equal(left.0, right.0) && !left.1;
                Some(if left_wins { left } else { right })
            }
            (left, right) => left.or(right),
        };
        Self { low: tighter(self.low, other.low, 1.0), high: tighter(self.high, other.high, -1.0) }
    }

    /// The smallest range that contains both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let wider = |left: Option<(f64, bool)>, right: Option<(f64, bool)>, sign: f64| {
            let (left, right) = (left?, right?);
            let left_wins = left.0 * sign < right.0 * sign || equal(left.0, right.0) && left.1;
            Some(if left_wins { left } else { right })
        };
        Self { low: wider(self.low, other.low, 1.0), high: wider(self.high, other.high, -1.0) }
    }

    /// The range extended to whole numbers: the possible results of rounding a number in it.
    #[must_use]
    pub fn rounded(self) -> Self {
        Self {
            low: self.low.map(|(low, _)| (low.floor(), true)),
            high: self.high.map(|(high, _)| (high.ceil(), true)),
        }
    }
}

/// Whether two bounds are the same number.
fn equal(left: f64, right: f64) -> bool {
    left.partial_cmp(&right).is_some_and(std::cmp::Ordering::is_eq)
}

/// The length of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Length {
    /// The minimum number of bytes.
    pub min_bytes: usize,
    /// The maximum number of bytes, if known.
    pub max_bytes: Option<usize>,
    /// The maximum number of characters, if known.
    pub max_chars: Option<usize>,
}

impl Length {
    /// The length of this text.
    pub fn of(text: &str) -> Self {
        Self { min_bytes: text.len(), max_bytes: Some(text.len()), max_chars: Some(text.chars().count()) }
    }

    /// At most `max` bytes.
    pub fn bytes(max: usize) -> Self {
        Self { min_bytes: 0, max_bytes: Some(max), max_chars: None }
    }

    /// At most `max` characters.
    pub fn chars(max: usize) -> Self {
        Self { min_bytes: 0, max_bytes: Some(max.saturating_mul(4)), max_chars: Some(max) }
    }

    /// The maximum number of characters, taken from the bytes if only those are known: a character has at least one
    /// byte.
    pub fn char_limit(&self) -> Option<usize> {
        known_min(self.max_chars, self.max_bytes)
    }

    /// The length of a part of the text that is no longer than `limit`.
    #[must_use]
    pub fn cut(self, limit: Self) -> Self {
        Self {
            min_bytes: 0,
            max_bytes: known_min(self.max_bytes, limit.max_bytes),
            max_chars: known_min(self.max_chars, limit.max_chars),
        }
    }

    /// The length of a text that has one of both lengths.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let max = |left: Option<usize>, right: Option<usize>| left.zip(right).map(|(l, r)| l.max(r));
        Self {
            min_bytes: self.min_bytes.min(other.min_bytes),
            max_bytes: max(self.max_bytes, other.max_bytes),
            max_chars: max(self.max_chars, other.max_chars),
        }
    }
}

fn known_min(left: Option<usize>, right: Option<usize>) -> Option<usize> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.min(right)),
        (left, right) => left.or(right),
    }
}

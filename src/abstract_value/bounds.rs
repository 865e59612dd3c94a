//! How large numbers and texts can be.

/// The range of a number; `None` where nothing is known. An end belongs to the range if its flag says so.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Range {
    /// The lower end.
    pub low: Option<(f64, bool)>,
    /// The upper end.
    pub high: Option<(f64, bool)>,
}

impl Range {
    /// From one number to another, both included.
    pub fn between(low: f64, high: f64) -> Self {
        Self { low: Some((low, true)), high: Some((high, true)) }
    }

    /// Whether a number is in it.
    pub fn contains(&self, number: f64) -> bool {
        self.low.is_none_or(|(low, also)| number > low || also && number >= low)
            && self.high.is_none_or(|(high, also)| number < high || also && number <= high)
    }

    /// Whether it says anything.
    pub fn is_limited(&self) -> bool {
        self.low.is_some() || self.high.is_some()
    }

    /// Whether no number is in it.
    pub fn is_empty(&self) -> bool {
        matches!((self.low, self.high), (Some((low, low_too)), Some((high, high_too)))
            if low > high || low >= high && !(low_too && high_too))
    }

    /// The numbers that are in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let tighter = |left: Option<(f64, bool)>, right: Option<(f64, bool)>, sign: f64| match (left, right) {
            (Some(left), Some(right)) => {
                let first =
                    left.0 * sign > right.0 * sign || (left.0 - right.0).abs() < f64::EPSILON && !left.1;
                Some(if first { left } else { right })
            }
            (left, right) => left.or(right),
        };
        Self { low: tighter(self.low, other.low, 1.0), high: tighter(self.high, other.high, -1.0) }
    }

    /// The numbers from the lower of both lower ends to the higher of both higher ends.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let wider = |left: Option<(f64, bool)>, right: Option<(f64, bool)>, sign: f64| {
            let (left, right) = (left?, right?);
            let first = left.0 * sign < right.0 * sign || (left.0 - right.0).abs() < f64::EPSILON && left.1;
            Some(if first { left } else { right })
        };
        Self { low: wider(self.low, other.low, 1.0), high: wider(self.high, other.high, -1.0) }
    }

    /// The whole numbers around it: what rounding to whole numbers can give.
    #[must_use]
    pub fn rounded(self) -> Self {
        Self {
            low: self.low.map(|(low, _)| (low.floor(), true)),
            high: self.high.map(|(high, _)| (high.ceil(), true)),
        }
    }
}

/// The length of a value where it is text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Length {
    /// The fewest bytes.
    pub min_bytes: usize,
    /// The most bytes, if that is known.
    pub max_bytes: Option<usize>,
    /// The most characters, if that is known.
    pub max_chars: Option<usize>,
}

impl Length {
    /// Of this text.
    pub fn of(text: &str) -> Self {
        Self { min_bytes: text.len(), max_bytes: Some(text.len()), max_chars: Some(text.chars().count()) }
    }

    /// At most so many bytes.
    pub fn bytes(most: usize) -> Self {
        Self { min_bytes: 0, max_bytes: Some(most), max_chars: None }
    }

    /// At most so many characters.
    pub fn chars(most: usize) -> Self {
        Self { min_bytes: 0, max_bytes: Some(most.saturating_mul(4)), max_chars: Some(most) }
    }

    /// The most characters: each is at least a byte long.
    pub fn most_chars(&self) -> Option<usize> {
        least(self.max_chars, self.max_bytes)
    }

    /// A part of the text: no longer than the text, and no longer than `part`.
    #[must_use]
    pub fn cut(self, part: Self) -> Self {
        Self {
            min_bytes: 0,
            max_bytes: least(self.max_bytes, part.max_bytes),
            max_chars: least(self.max_chars, part.max_chars),
        }
    }

    /// Of a text of one of both lengths.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let most = |left: Option<usize>, right: Option<usize>| left.zip(right).map(|(l, r)| l.max(r));
        Self {
            min_bytes: self.min_bytes.min(other.min_bytes),
            max_bytes: most(self.max_bytes, other.max_bytes),
            max_chars: most(self.max_chars, other.max_chars),
        }
    }
}

fn least(left: Option<usize>, right: Option<usize>) -> Option<usize> {
    match (left, right) {
        (Some(left), Some(right)) => Some(left.min(right)),
        (left, right) => left.or(right),
    }
}

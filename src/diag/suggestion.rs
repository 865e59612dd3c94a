//! "Did you mean": the known name that is most similar to a misspelt one.

/// Maximum number of known names that are compared with one misspelt name. A mapping may contain thousands of both.
const MAX_CANDIDATES: usize = crate::limits::SUGGESTED_NAMES;
/// Maximum size of all matrices that are computed for one misspelt name: the product of the two lengths, in characters.
const MAX_CELLS: usize = 1 << 14;

/// The entry of `known` that is most similar to a misspelt `name`, if one is similar enough to be a plausible correction.
/// Only the first thousand entries are considered.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let length = name.chars().count();
    let limit = (length / 3).max(1);
    let letters = Letters::of(&name);
    let (mut cells, mut best) = (MAX_CELLS, None);
    for candidate in known.into_iter().take(MAX_CANDIDATES).filter(|known| known.len() <= MAX_CELLS) {
        // Cheap tests exclude most candidates: too much of their length or of their letters differs.
        let candidate_length = candidate.chars().count();
        if candidate_length.abs_diff(length) > limit || letters.differences(Letters::of(candidate)) > limit {
            continue;
        }
        let lowercase = candidate.to_lowercase();
        if lowercase == name {
            return Some(candidate);
        }
        // Nothing else is better than a single edit.
        if matches!(best, Some((..=1, _))) {
            continue;
        }
        let Some(left) = cells.checked_sub(length.saturating_mul(candidate_length)) else { continue };
        cells = left;
        let distance = strsim::damerau_levenshtein(&name, &lowercase);
        if distance <= limit && best.is_none_or(|(smallest, _)| distance < smallest) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// ``; did you mean `x`?`` or nothing.
#[must_use]
pub fn did_you_mean<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    nearest(name, known).map_or_else(String::new, |candidate| format!("; did you mean `{candidate}`?"))
}

/// The set of letters in a name, one bit for each, without case. `None` for a name that is not ASCII.
#[derive(Clone, Copy)]
struct Letters(Option<u64>);

impl Letters {
    fn of(name: &str) -> Self {
        let bits = name.bytes().fold(0, |bits, byte| bits | 1 << (byte.to_ascii_lowercase() & 63));
        Self(name.is_ascii().then_some(bits))
    }

    /// A lower bound of the edit distance: an edit replaces at most one letter.
    fn differences(self, other: Self) -> usize {
        let (Some(own), Some(other)) = (self.0, other.0) else { return 0 };
        (own & !other).count_ones().max((other & !own).count_ones()) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_similar_name_is_suggested() {
        for (name, known, expected) in [
            ("emial", &["name", "email", "mail"][..], Some("email")),
            ("EMAIL", &["email"], Some("email")),
            ("x", &["email"], None),
            ("größe", &["grösse", "größen"], Some("größen")),
            ("ab", &["ba"], Some("ba")),
            ("", &[""], Some("")),
        ] {
            assert_eq!(nearest(name, known.iter().copied()), expected, "{name}");
        }
    }

    /// The filters exclude only names that the distance would exclude, too.
    #[test]
    fn no_filter_excludes_a_similar_name() {
        let mut seed = 7_u32;
        let mut name = || {
            let mut text = String::new();
            for _ in 0..9 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.extend("abcABCé-_.1".chars().nth((seed >> 16) as usize % 16));
            }
            text
        };
        for _ in 0..20_000 {
            let (name, known) = (name(), name());
            let distance = strsim::damerau_levenshtein(&name.to_lowercase(), &known.to_lowercase());
            let similar = distance <= (name.chars().count() / 3).max(1);
            assert_eq!(nearest(&name, [known.as_str()]).is_some(), similar, "{name} {known}");
        }
    }

    #[test]
    fn long_and_many_names_cost_no_more_than_the_limit() {
        let long = "x".repeat(300_000);
        assert_eq!(nearest(&long, [long.as_str()]), None);
        let mut taken = 0;
        let many = std::iter::repeat_n("name", 1_000_000).inspect(|_| taken += 1);
        assert_eq!(nearest("nmae", many), Some("name"));
        assert_eq!(taken, MAX_CANDIDATES);
    }
}

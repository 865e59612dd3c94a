//! The lines in which two texts differ.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A line of two texts laid side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// In both: its number in the first, from 0.
    Same(usize),
    /// Only in the first.
    Gone(usize),
    /// Only in the second.
    Added(usize),
}

/// The lines of both texts in one order: as many as possible are the same.
pub(super) fn compared(before: &[&str], after: &[&str]) -> Vec<Line> {
    let operations = capture_diff_slices(Algorithm::Myers, before, after);
    operations
        .into_iter()
        .flat_map(|operation| {
            let same = matches!(operation, DiffOp::Equal { .. });
            let (old, new) = (operation.old_range(), operation.new_range());
            let first = old.map(if same { Line::Same } else { Line::Gone });
            first.chain(if same { 0..0 } else { new }.map(Line::Added))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> String {
        let (one, other): (Vec<_>, Vec<_>) = (before.split(' ').collect(), after.split(' ').collect());
        let words = compared(&one, &other).into_iter().map(|line| match line {
            Line::Same(at) => one[at].to_owned(),
            Line::Gone(at) => format!("-{}", one[at]),
            Line::Added(at) => format!("+{}", other[at]),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn as_many_lines_as_possible_are_the_same() {
        assert_eq!(told("a b c", "a b c"), "a b c");
        assert_eq!(told("a b c", "a x c"), "a -b +x c");
        assert_eq!(told("a b", "a b c"), "a b +c");
        assert_eq!(told("a b c d", "b x d"), "-a b -c +x d");
        assert_eq!(told("a a", "a a a"), "a a +a");
    }

    #[test]
    fn long_texts_are_compared_as_well() {
        let lines: Vec<String> = (0..20_000).map(|number| (number * 7919 % 20_011).to_string()).collect();
        let before: Vec<&str> = lines.iter().map(String::as_str).collect();
        let mut after = before.clone();
        after[10_000] = "changed";
        let changed = compared(&before, &after);
        let changed: Vec<_> = changed.iter().filter(|line| !matches!(line, Line::Same(_))).collect();
        assert_eq!(changed, [&Line::Gone(10_000), &Line::Added(10_000)]);
    }
}

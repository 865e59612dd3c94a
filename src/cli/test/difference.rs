//! Comparing two texts line by line.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A line of a diff. The lines of each text are numbered from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DiffLine {
    /// A line of both texts, by its number in the first.
    Same(usize),
    /// A line of the first text only.
    Removed(usize),
    /// A line of the second text only.
    Added(usize),
}

/// The diff of two texts, with as many common lines as possible.
pub(super) fn diff_lines(before: &[&str], after: &[&str]) -> Vec<DiffLine> {
    let operations = capture_diff_slices(Algorithm::Myers, before, after);
    operations
        .into_iter()
        .flat_map(|operation| {
            let same = matches!(operation, DiffOp::Equal { .. });
            let (old, new) = (operation.old_range(), operation.new_range());
            let first = old.map(if same { DiffLine::Same } else { DiffLine::Removed });
            first.chain(if same { 0..0 } else { new }.map(DiffLine::Added))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The diff of two texts whose lines are words, in one line.
    fn diff(before: &str, after: &str) -> String {
        let (before, after): (Vec<_>, Vec<_>) = (before.split(' ').collect(), after.split(' ').collect());
        let words = diff_lines(&before, &after).into_iter().map(|line| match line {
            DiffLine::Same(line) => before[line].to_owned(),
            DiffLine::Removed(line) => format!("-{}", before[line]),
            DiffLine::Added(line) => format!("+{}", after[line]),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn as_many_lines_as_possible_are_the_same() {
        assert_eq!(diff("a b c", "a b c"), "a b c");
        assert_eq!(diff("a b c", "a x c"), "a -b +x c");
        assert_eq!(diff("a b", "a b c"), "a b +c");
        assert_eq!(diff("a b c d", "b x d"), "-a b -c +x d");
        assert_eq!(diff("a a", "a a a"), "a a +a");
    }

    #[test]
    fn long_texts_are_compared_as_well() {
        let lines: Vec<String> = (0..20_000).map(|number| (number * 7919 % 20_011).to_string()).collect();
        let before: Vec<&str> = lines.iter().map(String::as_str).collect();
        let mut after = before.clone();
        after[10_000] = "changed";
        let changed = diff_lines(&before, &after);
        let changed: Vec<_> = changed.iter().filter(|line| !matches!(line, DiffLine::Same(_))).collect();
        assert_eq!(changed, [&DiffLine::Removed(10_000), &DiffLine::Added(10_000)]);
    }
}

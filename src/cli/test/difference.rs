//! The lines in which two texts differ.

/// A line of two texts laid side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// In both: its numbers, from 0.
    Same(usize),
    /// Only in the first.
    Gone(usize),
    /// Only in the second.
    Added(usize),
}

/// Longer texts than this (lines times lines) are not compared line by line.
const LARGEST: usize = 4 << 20;

/// The lines of both texts in one order: as many as possible are the same.
pub(super) fn compared(before: &[&str], after: &[&str]) -> Vec<Line> {
    let head = before.iter().zip(after).take_while(|(one, other)| one == other).count();
    let (rest_before, rest_after) = (&before[head..], &after[head..]);
    let pairs = rest_before.iter().rev().zip(rest_after.iter().rev());
    let tail = pairs.take_while(|(one, other)| one == other).count();
    let (one, other) = (&rest_before[..rest_before.len() - tail], &rest_after[..rest_after.len() - tail]);
    let mut lines: Vec<Line> = (0..head).map(Line::Same).collect();
    if one.len().saturating_mul(other.len()) > LARGEST {
        lines.extend((0..one.len()).map(|at| Line::Gone(head + at)));
        lines.extend((0..other.len()).map(|at| Line::Added(head + at)));
    } else {
        middle(one, other, head, &mut lines);
    }
    lines.extend((before.len() - tail..before.len()).map(Line::Same));
    lines
}

fn middle(one: &[&str], other: &[&str], head: usize, lines: &mut Vec<Line>) {
    // The longest common subsequence of what follows each pair of lines.
    let width = other.len() + 1;
    let mut longest = vec![0_u32; (one.len() + 1) * width];
    for (row, left) in one.iter().enumerate().rev() {
        for (column, right) in other.iter().enumerate().rev() {
            longest[row * width + column] = if left == right {
                longest[(row + 1) * width + column + 1] + 1
            } else {
                longest[(row + 1) * width + column].max(longest[row * width + column + 1])
            };
        }
    }
    let (mut row, mut column) = (0, 0);
    while row < one.len() || column < other.len() {
        let (down, right) = (row < one.len(), column < other.len());
        if down && right && one[row] == other[column] {
            lines.push(Line::Same(head + row));
            (row, column) = (row + 1, column + 1);
        } else if down && (!right || longest[(row + 1) * width + column] >= longest[row * width + column + 1])
        {
            lines.push(Line::Gone(head + row));
            row += 1;
        } else {
            lines.push(Line::Added(head + column));
            column += 1;
        }
    }
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
}

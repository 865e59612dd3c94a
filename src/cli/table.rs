//! Tables for people: columns of equal width, the last one wrapped.

/// How a column is set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Words.
    Left,
    /// Figures.
    Right,
}

/// Sets rows in columns, two blanks apart and indented by two; the last column is wrapped at `width`.
pub(super) fn table(rows: &[Vec<String>], sides: &[Side], width: usize) -> String {
    let widths: Vec<usize> = (0..sides.len())
        .map(|column| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| count(cell)).max().unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::from(" ");
        for (column, (cell, side)) in row.iter().zip(sides).enumerate() {
            line.push(' ');
            let blanks = " ".repeat(widths[column].saturating_sub(count(cell)));
            if column + 1 == sides.len() && *side == Side::Left {
                let indent = count(&line);
                line.push_str(&wrap(cell, width.saturating_sub(indent), indent));
            } else if *side == Side::Right {
                line.push_str(&blanks);
                line.push_str(cell);
                line.push(' ');
            } else {
                line.push_str(cell);
                line.push_str(&blanks);
                line.push(' ');
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Tables under headings: rows that follow each other under the same heading are one table.
pub(super) fn headed(
    rows: impl IntoIterator<Item = (String, Vec<String>)>,
    sides: &[Side],
    width: usize,
) -> String {
    let mut groups: Vec<(String, Vec<Vec<String>>)> = Vec::new();
    for (heading, row) in rows {
        match groups.last_mut() {
            Some((last, group)) if *last == heading => group.push(row),
            _ => groups.push((heading, vec![row])),
        }
    }
    let tables = groups.iter().map(|(heading, rows)| format!("{heading}\n{}", table(rows, sides, width)));
    tables.collect::<Vec<_>>().join("\n")
}

fn count(text: &str) -> usize {
    text.chars().count()
}

/// Breaks text at blanks so that no line is wider than `width`; further lines are indented.
pub(super) fn wrap(text: &str, width: usize, indent: usize) -> String {
    let width = width.max(20);
    let (mut wrapped, mut used) = (String::new(), 0);
    for word in text.split_whitespace() {
        if used > 0 && used + 1 + count(word) > width {
            wrapped.push('\n');
            wrapped.push_str(&" ".repeat(indent));
            used = 0;
        } else if used > 0 {
            wrapped.push(' ');
            used += 1;
        }
        wrapped.push_str(word);
        used += count(word);
    }
    wrapped
}

/// Every line of a text, indented.
pub(super) fn indent(text: &str, blanks: usize) -> String {
    let blanks = " ".repeat(blanks);
    text.lines().flat_map(|line| [if line.is_empty() { "" } else { &blanks }, line, "\n"]).collect()
}

/// Text that may come from events, with everything that could steer a terminal written out.
pub(super) fn harmless(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { c.escape_default().to_string() } else { c.to_string() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_the_last_one_wraps() {
        let rows = [
            vec!["a".to_owned(), "1".to_owned(), "one two three four five".to_owned()],
            vec!["long".to_owned(), "1,000".to_owned(), "é".to_owned()],
        ];
        let text = table(&rows, &[Side::Left, Side::Right, Side::Left], 37);
        assert_eq!(text, "  a         1  one two three four\n               five\n  long  1,000  é\n");
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(harmless("a\u{1b}[2Jb\nc\u{9b}"), "a\\u{1b}[2Jb\\nc\\u{9b}");
    }
}

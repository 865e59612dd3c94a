//! Text tables: aligned columns, the last one wrapped.

use mapwright::internal::diag::text::columns;

use super::wrap::wrap;

/// The alignment of a column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// For words.
    Left,
    /// For numbers.
    Right,
}

/// Lays out rows in columns, indented by two spaces and two spaces apart. The last column, if aligned to the left, is
/// wrapped so that no line is wider than `width`.
pub(super) fn table(rows: &[Vec<String>], alignments: &[Align], width: usize) -> String {
    let widths: Vec<usize> = (0..alignments.len())
        .map(|column| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| columns(cell)).max().unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::from(" ");
        for (column, (cell, align)) in row.iter().zip(alignments).enumerate() {
            line.push(' ');
            let padding = " ".repeat(widths[column].saturating_sub(columns(cell)));
            if column + 1 == alignments.len() && *align == Align::Left {
                let indent = columns(&line);
                line.push_str(&wrap(cell, width.saturating_sub(indent), indent));
            } else if *align == Align::Right {
                line.push_str(&padding);
                line.push_str(cell);
                line.push(' ');
            } else {
                line.push_str(cell);
                line.push_str(&padding);
                line.push(' ');
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Tables under headings. Consecutive rows with the same heading form one table.
pub(super) fn grouped_table(
    rows: impl IntoIterator<Item = (String, Vec<String>)>,
    alignments: &[Align],
    width: usize,
) -> String {
    let mut groups: Vec<(String, Vec<Vec<String>>)> = Vec::new();
    for (heading, row) in rows {
        match groups.last_mut() {
            Some((last, group)) if *last == heading => group.push(row),
            _ => groups.push((heading, vec![row])),
        }
    }
    let tables =
        groups.iter().map(|(heading, rows)| format!("{heading}\n{}", table(rows, alignments, width)));
    tables.collect::<Vec<_>>().join("\n")
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
        let text = table(&rows, &[Align::Left, Align::Right, Align::Left], 37);
        assert_eq!(text, "  a         1  one two three four\n               five\n  long  1,000  é\n");
    }

    #[test]
    fn wide_characters_line_up() {
        let rows = [
            vec!["名前".to_owned(), "1".to_owned(), "x".to_owned()],
            vec!["🎉".to_owned(), "22".to_owned(), "y".to_owned()],
            vec!["abc".to_owned(), "3".to_owned(), "z".to_owned()],
        ];
        let text = table(&rows, &[Align::Left, Align::Right, Align::Left], 80);
        assert_eq!(text, "  名前   1  x\n  🎉    22  y\n  abc    3  z\n");
    }
}

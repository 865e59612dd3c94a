//! Tables for people: columns of equal width, the last one wrapped.

use mapwright::internal::diag::text::columns;
use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter};

/// Text is not wrapped more narrowly than this.
const NARROWEST: usize = 20;

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
            rows.iter().filter_map(|row| row.get(column)).map(|cell| columns(cell)).max().unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::from(" ");
        for (column, (cell, side)) in row.iter().zip(sides).enumerate() {
            line.push(' ');
            let blanks = " ".repeat(widths[column].saturating_sub(columns(cell)));
            if column + 1 == sides.len() && *side == Side::Left {
                let indent = columns(&line);
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

/// Breaks text at blanks, and between characters as wide as those of Chinese and Japanese, so that no line is wider than
/// `width`; further lines are indented.
pub(super) fn wrap(text: &str, width: usize, indent: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let separator = WordSeparator::Custom(|line| Box::new(pieces(line).map(Word::from)));
    let options = Options::new(width.max(NARROWEST)).word_separator(separator).break_words(false);
    let options = options.word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(&words.join(" "), options).join(&format!("\n{}", " ".repeat(indent)))
}

/// The pieces of a line that stay whole.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let mut ends = rest.char_indices().zip(rest.chars().skip(1));
        let end = ends.find(|((at, one), next)| {
            *one == ' ' && *next != ' '
                || is_wide(*one) && is_wide(*next) && !closes(*next) && {
                    // What is joined to the character before is no beginning.
                    columns(&rest[*at..at + one.len_utf8() + next.len_utf8()]) > 2
                }
        });
        let end = end.map_or(rest.len(), |((at, one), _)| at + one.len_utf8());
        let (piece, after) = rest.split_at(end);
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

fn is_wide(c: char) -> bool {
    columns(c.encode_utf8(&mut [0; 4])) == 2
}

/// Whether a character never begins a line.
fn closes(c: char) -> bool {
    "、。，．：；！？）」』】〉》〕］｝".contains(c)
}

/// Every line of a text, indented.
pub(super) fn indent(text: &str, blanks: usize) -> String {
    let blanks = " ".repeat(blanks);
    text.lines().flat_map(|line| [if line.is_empty() { "" } else { &blanks }, line, "\n"]).collect()
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
    fn wide_characters_line_up() {
        let rows = [
            vec!["名前".to_owned(), "1".to_owned(), "x".to_owned()],
            vec!["🎉".to_owned(), "22".to_owned(), "y".to_owned()],
            vec!["abc".to_owned(), "3".to_owned(), "z".to_owned()],
        ];
        let text = table(&rows, &[Side::Left, Side::Right, Side::Left], 80);
        assert_eq!(text, "  名前   1  x\n  🎉    22  y\n  abc    3  z\n");
    }

    #[test]
    fn text_is_wrapped_where_it_may_be() {
        for (text, expected) in [
            ("one two three four five six", "one two three four\n  five six"),
            ("a-very-long-name/without-any-blank is kept", "a-very-long-name/without-any-blank\n  is kept"),
            (
                "名前は必ず指定してください。空の名前は使えません。",
                "名前は必ず指定してく\n  ださい。空の名前は使\n  えません。",
            ),
            ("一二三四五六七八九十。一", "一二三四五六七八九\n  十。一"),
            (
                "👩\u{200d}💻👩\u{200d}💻👩\u{200d}💻👩\u{200d}💻👩\u{200d}💻 one two three",
                "👩\u{200d}💻👩\u{200d}💻👩\u{200d}💻👩\u{200d}💻👩\u{200d}💻\n  one two three",
            ),
        ] {
            assert_eq!(wrap(text, 20, 2), expected);
        }
    }
}

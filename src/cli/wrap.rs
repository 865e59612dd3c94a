//! Wrapping and indenting text.

use mapwright::internal::diag::text::columns;
use textwrap::core::Word;
use textwrap::{Options, WordSeparator, WordSplitter};

/// The narrowest width to wrap at. On a narrower terminal, lines are wider than the terminal.
const MIN_WRAP_WIDTH: usize = 20;

/// Wraps text at `width` columns, breaking it at spaces and between wide (East Asian) characters. A longer word stays
/// whole. All lines but the first are indented by `indent` spaces.
pub(super) fn wrap(text: &str, width: usize, indent: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let separator = WordSeparator::Custom(|line| Box::new(pieces(line).map(Word::from)));
    let options = Options::new(width.max(MIN_WRAP_WIDTH)).word_separator(separator).break_words(false);
    let options = options.word_splitter(WordSplitter::NoHyphenation);
    textwrap::wrap(&words.join(" "), options).join(&format!("\n{}", " ".repeat(indent)))
}

/// Splits a line into the pieces that must not be broken.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let mut ends = rest.char_indices().zip(rest.chars().skip(1));
        let end = ends.find(|((offset, current), next)| {
            *current == ' ' && *next != ' '
                || is_wide(*current) && is_wide(*next) && !is_closing(*next) && {
                    // Two characters that are displayed as one, such as a joined emoji, are not separated.
                    columns(&rest[*offset..offset + current.len_utf8() + next.len_utf8()]) > 2
                }
        });
        let end = end.map_or(rest.len(), |((offset, current), _)| offset + current.len_utf8());
        let (piece, after) = rest.split_at(end);
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

fn is_wide(c: char) -> bool {
    columns(c.encode_utf8(&mut [0; 4])) == 2
}

/// Whether a character must not start a line.
fn is_closing(c: char) -> bool {
    "、。，．：；！？）」』】〉》〕］｝".contains(c)
}

/// Indents every line that is not empty by `indent` spaces.
pub(super) fn indent(text: &str, indent: usize) -> String {
    let spaces = " ".repeat(indent);
    text.lines().flat_map(|line| [if line.is_empty() { "" } else { &spaces }, line, "\n"]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_wrapped_at_spaces_and_wide_characters() {
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

//! Text on a terminal: what may be shown, and how many columns it takes.

use unicode_width::UnicodeWidthStr;

/// Text with everything that could steer a terminal, or show text in another order than it has, written out as an escape.
#[must_use]
pub fn harmless(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() || turns(c) { safe.extend(c.escape_default()) } else { safe.push(c) }
    }
    safe
}

/// Whether a character changes the direction of the text around it.
fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The columns that a text takes on a terminal: two for most characters of Chinese, Japanese and Korean and for emoji.
#[must_use]
pub fn columns(text: &str) -> usize {
    text.width()
}

/// The text, or where it is wider than `limit` columns, its beginning with `…`.
#[must_use]
pub fn shortened(text: &str, limit: usize) -> String {
    let mut kept = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        // A character can join those before it, so the beginning is measured as a whole. It is short.
        let width = columns(&text[..end]);
        if width > limit {
            return format!("{}…", &text[..kept]);
        }
        if width < limit {
            kept = end;
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(harmless("a\u{1b}[2Jb\nc\u{9b}"), "a\\u{1b}[2Jb\\nc\\u{9b}");
        assert_eq!(harmless("user\u{202e}nimda"), "user\\u{202e}nimda");
        assert_eq!(harmless("👩\u{200d}💻 é 名前"), "👩\u{200d}💻 é 名前");
    }

    #[test]
    fn wide_characters_take_two_columns() {
        for (text, expected) in
            [("name", 4), ("名前", 4), ("né", 2), ("e\u{301}", 1), ("🎉", 2), ("👩\u{200d}💻", 2)]
        {
            assert_eq!(columns(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_too_wide_is_cut_at_its_columns() {
        for (text, limit, expected) in [
            ("abcdef", 6, "abcdef"),
            ("abcdefg", 6, "abcde…"),
            ("名前名前", 8, "名前名前"),
            ("名前名前", 7, "名前名…"),
            ("名前名前", 6, "名前…"),
            ("🎉🎉🎉", 5, "🎉🎉…"),
            ("", 3, ""),
        ] {
            let short = shortened(text, limit);
            assert_eq!(short, expected, "{text} in {limit}");
            assert!(columns(&short) <= limit, "{text} in {limit}");
        }
    }
}

//! Text for a terminal: removing control characters, and measuring its width.

use unicode_width::UnicodeWidthStr;

/// Text in which control characters, and characters that change the direction of text, are escaped.
#[must_use]
pub fn harmless(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() || changes_direction(c) { safe.extend(c.escape_default()) } else { safe.push(c) }
    }
    safe
}

/// Whether a character changes the direction of the text around it.
fn changes_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The width of a text in terminal columns. Most Chinese, Japanese and Korean characters and emoji take two columns.
#[must_use]
pub fn columns(text: &str) -> usize {
    text.width()
}

/// The text, truncated with `…` if it is wider than `limit` columns.
#[must_use]
pub fn shortened(text: &str, limit: usize) -> String {
    let mut last_fit = 0;
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        // Characters can combine with those before them, so each prefix is measured as a whole. Prefixes are short.
        let width = columns(&text[..end]);
        if width > limit {
            return format!("{}…", &text[..last_fit]);
        }
        if width < limit {
            last_fit = end;
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped() {
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
    fn wide_text_is_truncated_to_its_limit() {
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

//! Words of a shell command.

use std::fmt::Write;

use crate::diag::text::harmless;

/// A text as one word of a POSIX shell, which gives exactly its bytes. Characters that a terminal would act on are written
/// with `printf`. A NUL character cannot be part of a word and is left out, as shells do.
#[must_use]
pub fn shell_quoted(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:=,@%+".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) {
        return text.to_owned();
    }
    let in_quotes = |text: &str| format!("'{}'", text.replace('\'', r"'\''"));
    // A line break does no harm, and `$(…)` would remove it from the end.
    if text.split('\n').all(|line| harmless(line) == line) {
        return in_quotes(text);
    }
    let kept = text.trim_end_matches('\n');
    let mut format = String::new();
    for c in kept.chars().filter(|&c| c != '\0') {
        match c {
            '\\' => format.push_str(r"\\"),
            '%' => format.push_str("%%"),
            '\n' => format.push_str(r"\n"),
            c if harmless(c.encode_utf8(&mut [0; 4])).chars().eq([c]) => format.push(c),
            c => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = write!(format, "\\{byte:03o}");
                }
            }
        }
    }
    let breaks = &text[kept.len()..];
    let breaks = if breaks.is_empty() { String::new() } else { in_quotes(breaks) };
    // `--` because the format may begin with a hyphen.
    format!("\"$(printf -- {})\"{breaks}", in_quotes(&format))
}

#[cfg(test)]
mod tests {
    use super::shell_quoted;

    #[test]
    fn words_are_quoted_where_they_must_be() {
        for (text, expected) in [
            ("https://a.b/c-d_e", "https://a.b/c-d_e"),
            ("", "''"),
            ("a b", "'a b'"),
            ("it's $HOME `x` \\ \"", "'it'\\''s $HOME `x` \\ \"'"),
            ("a\nb\n", "'a\nb\n'"),
            ("é 🎉", "'é 🎉'"),
            ("50%\u{1b}[2J'\\\n\n", "\"$(printf -- '50%%\\033[2J'\\''\\\\')\"'\n\n'"),
        ] {
            assert_eq!(shell_quoted(text), expected, "{text:?}");
        }
    }
}

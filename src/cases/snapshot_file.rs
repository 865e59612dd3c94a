//! Snapshot files in the format of the crate insta: a header between two lines `---`, then the content.

/// The content of a snapshot file, without its header.
#[must_use]
pub fn content(file: &str) -> &str {
    split(file).1
}

/// The line of the file, from 1, on which the content begins.
#[must_use]
pub fn first_line(file: &str) -> usize {
    1 + split(file).0.bytes().filter(|&byte| byte == b'\n').count()
}

/// Whether two contents are the same apart from line endings and surrounding blank lines, which insta ignores, too.
#[must_use]
pub fn same(first: &str, second: &str) -> bool {
    let lines = |text: &str| text.trim_end().trim_start_matches(['\r', '\n']).replace("\r\n", "\n");
    lines(first) == lines(second)
}

/// The text of a snapshot file. `about` describes the case, `file` is the name of the event's file. The header of the
/// previous version, `before`, is kept, so that a review shows only what changed.
#[must_use]
pub fn written(about: &str, file: &str, before: Option<&str>, content: &str) -> String {
    let content = content.trim_end();
    match before.map(|before| split(before).0).filter(|header| !header.is_empty()) {
        Some(header) => format!("{header}{content}\n"),
        None => {
            format!("---\ndescription: {}\ninput_file: {}\n---\n{content}\n", scalar(about), scalar(file))
        }
    }
}

/// Text as a YAML scalar, quoted unless it is safe without.
fn scalar(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || " -_./()".contains(c);
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(plain) && text.trim() == text {
        return text.to_owned();
    }
    crate::value::quoted(text)
}

/// The header, both lines `---` included, and the content.
fn split(file: &str) -> (&str, &str) {
    let Some(start) = file.strip_prefix("---").filter(|rest| rest.starts_with(['\n', '\r'])) else {
        return ("", file);
    };
    for (offset, _) in start.match_indices("\n---") {
        let end = 3 + offset + 4;
        let after = file.get(end..).unwrap_or_default();
        let blank = after.find('\n').map_or(after, |line| &after[..line]);
        if blank.trim().is_empty() {
            return file.split_at((end + blank.len() + 1).min(file.len()));
        }
    }
    ("", file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_content_is_read_back() {
        let file = written("a \"case\"", "x/y.json", None, "one\n---\ntwo\n");
        assert_eq!(content(&file), "one\n---\ntwo\n");
        assert_eq!(first_line(&file), 5);
        assert_eq!(file.lines().nth(first_line(&file) - 1), Some("one"));
        assert!(file.contains("description: \"a \\\"case\\\"\"\ninput_file: x/y.json\n"), "{file}");
    }

    #[test]
    fn an_existing_header_is_kept() {
        let before = "---\nsource: a\nexpression: b\n---\nold\n";
        assert_eq!(
            written("about", "file", Some(before), "new\n"),
            "---\nsource: a\nexpression: b\n---\nnew\n"
        );
        assert!(written("about", "file", Some("old"), "new").starts_with("---\ndescription: about\n"));
    }

    #[test]
    fn headers_of_insta_are_skipped() {
        assert_eq!(content("---\nsource: a\ninfo:\n  b: ---\n---\ntext\n"), "text\n");
        assert_eq!(content("---\r\nsource: a\r\n---\r\ntext\r\n"), "text\r\n");
        assert_eq!(content("no header\n"), "no header\n");
        assert_eq!(content("---\nnever closed\n"), "---\nnever closed\n");
        assert!(same("a\r\nb\r\n\r\n", "\na\nb") && !same("a\n b", "a\nb"));
    }
}

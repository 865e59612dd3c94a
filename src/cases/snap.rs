//! Snapshot files as the crate insta writes them: a header between two lines `---`, then the content.

use crate::event::{Document, Limits, Slots};

/// The content of a snapshot file, without its header.
#[must_use]
pub fn content(file: &str) -> &str {
    split(file).1
}

/// On which line of the file (from 1) the content begins.
#[must_use]
pub fn first_line(file: &str) -> usize {
    1 + split(file).0.bytes().filter(|&byte| byte == b'\n').count()
}

/// Whether two contents are the same; line ends and blank lines around them do not count, as they do not for insta.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    let lines = |text: &str| text.trim_end().trim_start_matches(['\r', '\n']).replace("\r\n", "\n");
    lines(one) == lines(other)
}

/// A snapshot file. `about` says what the case shows, `event` is the text of its file, `file` the file's name.
#[must_use]
pub fn written(about: &str, event: &str, file: &str, content: &str) -> String {
    let quoted = |text: &str| {
        let mut out = Vec::new();
        crate::value::json(crate::value::Value::Text(text), &mut out);
        String::from_utf8_lossy(&out).into_owned()
    };
    let (mut slots, limits) = (Slots::default(), Limits::default());
    let mut info = Vec::new();
    if let Ok(document) = Document::read(event.trim(), &mut slots, &limits) {
        // JSON on one line is YAML, too.
        info.extend_from_slice(b"info: ");
        crate::value::json(crate::value::Value::Node(document.root()), &mut info);
        info.push(b'\n');
    }
    let info = String::from_utf8_lossy(&info);
    let content = content.trim_end();
    format!(
        "---\nsource: tests/events.rs\ndescription: {}\n{info}input_file: {}\n---\n{content}\n",
        quoted(about),
        quoted(file)
    )
}

/// The header with both of its lines, and the rest.
fn split(file: &str) -> (&str, &str) {
    let Some(start) = file.strip_prefix("---").filter(|rest| rest.starts_with(['\n', '\r'])) else {
        return ("", file);
    };
    for (at, _) in start.match_indices("\n---") {
        let end = 3 + at + 4;
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
    fn what_is_written_is_read_again() {
        let file = written("a \"case\"", "{\"a\":\n 1}", "x/y.json", "one\n---\ntwo\n");
        assert_eq!(content(&file), "one\n---\ntwo\n");
        assert_eq!(first_line(&file), 7);
        assert_eq!(file.lines().nth(first_line(&file) - 1), Some("one"));
        assert!(file.contains("\ninfo: {\"a\":1}\n"), "{file}");
        assert!(file.contains("description: \"a \\\"case\\\"\"\n"), "{file}");
    }

    #[test]
    fn headers_of_insta_are_passed_over() {
        assert_eq!(content("---\nsource: a\ninfo:\n  b: ---\n---\ntext\n"), "text\n");
        assert_eq!(content("---\r\nsource: a\r\n---\r\ntext\r\n"), "text\r\n");
        assert_eq!(content("no header\n"), "no header\n");
        assert_eq!(content("---\nnever closed\n"), "---\nnever closed\n");
        assert!(same("a\r\nb\r\n\r\n", "\na\nb") && !same("a\n b", "a\nb"));
    }
}

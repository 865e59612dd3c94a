//! Maps each line of a snapshot to the value that it shows.

use crate::json::{Document, Limits, Tape};
use crate::wire::PARTS;

/// The value that a line of a snapshot shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SnapshotLine {
    /// The number of the answer, from 1.
    pub answer: usize,
    /// The path of the value, as for `explain --path`: `endpoint`, `body.traits.email`. `None` for a line that is not about
    /// a part of a request, such as an error.
    pub path: Option<String>,
}

/// The value of each line of a snapshot made by [`super::Case::snapshot`]; `None` for blank lines and closing brackets.
#[must_use]
pub fn snapshot_lines(snapshot: &str) -> Vec<Option<SnapshotLine>> {
    let mut reader = LineReader { answer: 1, is_first: true, steps: Vec::new(), counts: Vec::new() };
    snapshot.lines().map(|line| reader.line(line)).collect()
}

struct LineReader {
    answer: usize,
    /// Whether the next line is the first one of an answer.
    is_first: bool,
    /// The path of the last line.
    steps: Vec<String>,
    /// The number of list elements so far, at each depth of the path.
    counts: Vec<usize>,
}

impl LineReader {
    fn line(&mut self, line: &str) -> Option<SnapshotLine> {
        let text = line.trim_start_matches(' ');
        let depth = (line.len() - text.len()) / 2;
        if text.is_empty() {
            self.answer += 1;
            self.is_first = true;
            return None;
        }
        let is_first = std::mem::take(&mut self.is_first);
        if text.starts_with(['}', ']']) {
            return None;
        }
        let answer = self.answer;
        if depth == 0 {
            self.steps.clear();
            self.counts.clear();
            let name = text.split_once(": ").map_or(text, |(name, _)| name);
            let part = match name {
                _ if is_first && text.split(' ').next().is_some_and(is_method) => "endpoint",
                body if body.starts_with("body.") => "body",
                name if PARTS.iter().any(|(_, part)| *part == name) => name,
                _ => return Some(SnapshotLine { answer, path: None }),
            };
            self.steps.push(part.to_owned());
            return Some(SnapshotLine { answer, path: Some(part.to_owned()) });
        }
        self.steps.truncate(depth);
        self.counts.truncate(depth + 1);
        self.counts.resize(depth + 1, 0);
        let step = key(text).unwrap_or_else(|| {
            let count = self.counts.last_mut().map_or(0, |count| std::mem::replace(count, *count + 1));
            format!("[{count}]")
        });
        self.steps.push(step);
        Some(SnapshotLine { answer, path: Some(self.steps.join(".")) })
    }
}

fn is_method(word: &str) -> bool {
    matches!(word, "GET" | "POST" | "PUT" | "PATCH" | "DELETE")
}

/// The key of a line `"key": value`; `None` for an element of a list.
fn key(text: &str) -> Option<String> {
    let mut ends = text.match_indices("\": ").map(|(quote, _)| quote + 1);
    ends.find_map(|end| {
        let (mut tape, limits) = (Tape::default(), Limits::default());
        let document = Document::read(text.get(..end)?, &mut tape, &limits).ok()?;
        document.root().text().map(std::borrow::Cow::into_owned)
    })
}

#[cfg(test)]
mod tests {
    use super::snapshot_lines;

    #[test]
    fn each_line_is_mapped_to_its_value() {
        let snapshot = "PUT https://example.com/a\nheaders: {\n  \"A\": \"x\"\n}\nbody.JSON: {\n  \"to\": [\n    {\n      \
                        \"id\": 1\n    },\n    \"\\\": x\"\n  ],\n  \"a\\\"b\": {\n    \"c\": 2\n  }\n}\n\nerror: \"no\"\nrule: \"r\"\n";
        let lines: Vec<String> = snapshot_lines(snapshot)
            .into_iter()
            .flatten()
            .map(|line| format!("{} {}", line.answer, line.path.unwrap_or_default()))
            .collect();
        assert_eq!(
            lines,
            [
                "1 endpoint",
                "1 headers",
                "1 headers.A",
                "1 body",
                "1 body.to",
                "1 body.to.[0]",
                "1 body.to.[0].id",
                "1 body.to.[1]",
                "1 body.a\"b",
                "1 body.a\"b.c",
                "2 ",
                "2 ",
            ]
        );
    }
}

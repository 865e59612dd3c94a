//! Which value of which request each line of a snapshot shows.

use crate::json::{Document, Limits, Tape};
use crate::wire::PARTS;

/// What a line of a snapshot shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SnapshotLine {
    /// The answer, from 1.
    pub answer: usize,
    /// The value, as `explain --path` takes it: `endpoint`, `body.traits.email`. `None`: what became of the event.
    pub path: Option<String>,
}

/// The places of the lines of a snapshot made by [`super::Case::snapshot`]; `None` for lines that only close something.
#[must_use]
pub fn snapshot_lines(snapshot: &str) -> Vec<Option<SnapshotLine>> {
    let mut walk = Walk { answer: 1, fresh: true, steps: Vec::new(), counts: Vec::new() };
    snapshot.lines().map(|line| walk.line(line)).collect()
}

struct Walk {
    answer: usize,
    /// The next line is the first one of an answer.
    fresh: bool,
    /// The way to the last line.
    steps: Vec<String>,
    /// How many elements of the list at that depth there were.
    counts: Vec<usize>,
}

impl Walk {
    fn line(&mut self, line: &str) -> Option<SnapshotLine> {
        let text = line.trim_start_matches(' ');
        let depth = (line.len() - text.len()) / 2;
        if text.is_empty() {
            self.answer += 1;
            self.fresh = true;
            return None;
        }
        let fresh = std::mem::take(&mut self.fresh);
        if text.starts_with(['}', ']']) {
            return None;
        }
        let answer = self.answer;
        if depth == 0 {
            self.steps.clear();
            self.counts.clear();
            let name = text.split_once(": ").map_or(text, |(name, _)| name);
            let part = match name {
                _ if fresh && text.split(' ').next().is_some_and(is_method) => "endpoint",
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

/// The key at the beginning of a line `"key": value`.
fn key(text: &str) -> Option<String> {
    let mut ends = text.match_indices("\": ").map(|(at, _)| at + 1);
    ends.find_map(|end| {
        let (mut slots, limits) = (Tape::default(), Limits::default());
        let document = Document::read(text.get(..end)?, &mut slots, &limits).ok()?;
        document.root().text().map(std::borrow::Cow::into_owned)
    })
}

#[cfg(test)]
mod tests {
    use super::snapshot_lines;

    #[test]
    fn each_line_knows_its_value() {
        let snapshot = "PUT https://example.com/a\nheaders: {\n  \"A\": \"x\"\n}\nbody.JSON: {\n  \"to\": [\n    {\n      \
                        \"id\": 1\n    },\n    \"\\\": x\"\n  ],\n  \"a\\\"b\": {\n    \"c\": 2\n  }\n}\n\nerror: \"no\"\nrule: \"r\"\n";
        let found: Vec<String> = snapshot_lines(snapshot)
            .into_iter()
            .flatten()
            .map(|place| format!("{} {}", place.answer, place.path.unwrap_or_default()))
            .collect();
        assert_eq!(
            found,
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

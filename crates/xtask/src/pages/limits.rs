//! `docs/limits.md`: the limits by subject.

use super::GENERATED;
use crate::markdown::{code, table};
use mapwright::internal::limits::{LIMITS, Limit, Subject};

const HEAD: &str = "# Limits

What a line, an event, settings, a mapping and a contract can cost has a limit. A refused line or event gets an error line;
the lines around it get their answers. The options are those of `mapwright transform`, the methods those of the library.
";

const SUBJECTS: [(Subject, &str); 5] = [
    (Subject::Line, "A line of input"),
    (Subject::Event, "What a mapping makes of one event"),
    (Subject::Settings, "Settings"),
    (Subject::Mapping, "A mapping"),
    (Subject::Contract, "A contract"),
];

/// The page of limits.
#[must_use]
pub fn limits() -> String {
    let mut text = format!("{GENERATED}{HEAD}");
    for (subject, title) in SUBJECTS {
        let rows = LIMITS.iter().filter(|limit| limit.of == subject).map(|limit| {
            [limit.what.to_owned(), limit.default.to_string(), setting(limit), limit.beyond.to_owned()]
        });
        let rows = table(["limit on", "default", "set by", "beyond it"], rows);
        text.extend(["\n## ", title, "\n\n", &rows]);
    }
    text
}

/// What changes a limit.
fn setting(limit: &Limit) -> String {
    let names: Vec<String> = [limit.option, limit.method].into_iter().flatten().map(code).collect();
    if names.is_empty() { "–".to_owned() } else { names.join(", ") }
}

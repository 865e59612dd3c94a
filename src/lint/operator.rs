//! Steps that probably do not do what was meant.

use crate::analysis::{Symbol, Symbols};
use crate::diag::{Code, Diagnostic, Warnings};
use crate::ops::operator;
use crate::path::Segment;
use crate::source::Span;
use crate::syntax::{ValueKind, ValueRule, ValueSource};

/// Identifiers in every event, which may look like numbers but are text.
const IDENTIFIERS: [&str; 5] = ["userId", "anonymousId", "groupId", "previousId", "messageId"];

/// Reports encoded text that is encoded again.
pub(super) fn encoded_twice(span: Span, previous: Option<Span>, kind: &str, warnings: &mut Warnings) {
    let message = "this is encoded a second time: `%2F` becomes `%252F`";
    let diagnostic = Diagnostic::new(Code::EncodedTwice, span, message);
    warnings.push(match previous {
        Some(previous) => diagnostic.related(previous, format!("this returns {kind}")),
        None => diagnostic,
    });
}

/// Reports seconds that are converted again.
pub(super) fn seconds_as_millis(name: &str, span: Span, previous: Option<Span>, warnings: &mut Warnings) {
    let message = format!(
        "`{name}` reads a number as milliseconds, and this is a number of seconds already: the result is a time in January 1970; \
         leave this step out, or add `numbers: auto` where it can"
    );
    let diagnostic = Diagnostic::new(Code::SecondsAsMilliseconds, span, message);
    warnings.push(match previous {
        Some(previous) => diagnostic.related(previous, "this returns seconds"),
        None => diagnostic,
    });
}

/// Reports an identifier that is converted to a number.
pub(super) fn identifier(rule: &ValueRule, symbols: &Symbols<'_>, warnings: &mut Warnings) {
    let ValueSource::From(entries) = &rule.source else { return };
    let reads_numbers = |name: &str| operator(name).is_some_and(|row| row.meaning.reads_numbers);
    let Some(step) = rule.transform.iter().find(|step| reads_numbers(&step.name.node)) else { return };
    let identifier = entries.iter().find_map(|entry| {
        let ValueKind::Path(path) = &entry.kind else { return None };
        let resolved = symbols.peek(path)?;
        match resolved.steps.last() {
            Some(Segment::Name(name)) if resolved.root == Symbol::Event && IDENTIFIERS.contains(&&**name) => {
                Some(&path.text)
            }
            _ => None,
        }
    });
    if let Some(path) = identifier {
        let message =
            format!("`{path}` is an identifier: a number loses its leading zeros and its last digits");
        warnings.push(Diagnostic::new(Code::IdentifierAsNumber, step.name.span, message));
    }
}

//! Fallback lists and defaults.

use crate::abstract_value::AbstractValue;
use crate::diag::{Code, Diagnostic, Warnings};
use crate::source::Span;
use crate::syntax::{Member, Text, ValueKind, ValueNode, ValueRule, ValueSource};
use crate::value::Kinds;

/// Reports a path that is repeated in a fallback list.
pub(super) fn same_path(path: &Text, span: Span, first: Span, warnings: &mut Warnings) {
    let found = Diagnostic::new(Code::SamePathTwice, span, format!("`{}` is listed twice", path.text));
    warnings.push(found.related(first, "first listed here"));
}

/// Reports a fallback, and `more` entries after it, that follow a value that is always present.
pub(super) fn never_used(span: Span, more: usize, winner: Span, warnings: &mut Warnings) {
    let more = if more > 0 { format!(", nor are the {more} after it") } else { String::new() };
    let message = format!("this is never used{more}: the value before it is always present");
    warnings.push(Diagnostic::new(Code::NeverUsed, span, message).related(winner, "always present"));
}

/// Reports a default of a different kind from the value.
pub(super) fn other_kind(
    default: &ValueNode,
    known: &AbstractValue,
    other: &AbstractValue,
    warnings: &mut Warnings,
) {
    if known.kinds.and(other.kinds).is_empty() && !known.kinds.is_empty() && other.kinds != Kinds::NULL {
        let (other, known) = (other.kinds.words(), known.kinds.words());
        let message = format!("the default is {other}, and the value that it replaces is {known}");
        warnings.push(Diagnostic::new(Code::DefaultOfAnotherKind, default.span, message));
    }
}

/// Reports `required:` on a value whose default is never missing.
pub(super) fn required(rule: &ValueRule, key: Span, other: &AbstractValue, warnings: &mut Warnings) {
    if let Some((required, _)) = &rule.required
        && !other.missing
        && !other.guarded
    {
        let message = "`required` has no effect: with this `default`, the value is never missing";
        let found = Diagnostic::new(Code::RequiredWithDefault, key, message);
        warnings.push(found.related(*required, "never used"));
    }
}

/// Reports a JSON list of paths where a fallback list was probably meant.
pub(super) fn list_of_paths(written: &ValueNode, warnings: &mut Warnings) {
    let (members, deeper): (&[Member], &[ValueNode]) = match &written.kind {
        ValueKind::Map(members, _) => (members, &[]),
        ValueKind::Rule(rule) => match &rule.source {
            ValueSource::Object(members) => (members, &[]),
            ValueSource::Merge(layers) => (&[], layers),
            _ => return,
        },
        _ => return,
    };
    for member in members {
        match &member.value.kind {
            ValueKind::List(items)
                if items.len() > 1 && items.iter().all(|item| matches!(item.kind, ValueKind::Path(_))) =>
            {
                let message = format!("`{}` is sent as a list of {} values", member.key.node, items.len());
                let found = Diagnostic::new(Code::ListOfPaths, member.value.span, message);
                warnings.push(found.help("write `{ from: […] }` to send the first one that is present"));
            }
            _ => list_of_paths(&member.value, warnings),
        }
    }
    for layer in deeper {
        list_of_paths(layer, warnings);
    }
}

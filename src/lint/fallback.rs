//! Fallback lists and defaults.

use crate::abstract_value::AbstractValue;
use crate::diag::{Code, Diagnostic, Warnings};
use crate::source::Span;
use crate::syntax::{Member, Text, ValueKind, ValueNode, ValueRule, ValueSource};
use crate::value::Kinds;

/// Reports a path that is repeated in a fallback list.
pub(super) fn repeated_path(path: &Text, span: Span, first: Span, warnings: &mut Warnings) {
    let diagnostic = Diagnostic::new(Code::SamePathTwice, span, format!("`{}` is listed twice", path.text));
    warnings.push(diagnostic.related(first, "first listed here"));
}

/// Reports a fallback, and `more` entries after it, that follow a value that is always present.
pub(super) fn never_used(span: Span, more: usize, always_present: Span, warnings: &mut Warnings) {
    let more = if more > 0 { format!(", nor are the {more} after it") } else { String::new() };
    let message = format!("this is never used{more}: the value before it is always present");
    warnings.push(Diagnostic::new(Code::NeverUsed, span, message).related(always_present, "always present"));
}

/// Reports a default of a different kind from the value.
pub(super) fn other_kind(
    default: &ValueNode,
    known: &AbstractValue,
    default_known: &AbstractValue,
    warnings: &mut Warnings,
) {
    if known.kinds.and(default_known.kinds).is_empty()
        && !known.kinds.is_empty()
        && default_known.kinds != Kinds::NULL
    {
        let (default_known, known) = (default_known.kinds.words(), known.kinds.words());
        let message = format!("the default is {default_known}, and the value that it replaces is {known}");
        warnings.push(Diagnostic::new(Code::DefaultOfAnotherKind, default.span, message));
    }
}

/// Reports `required:` on a value whose default is never missing.
pub(super) fn required(rule: &ValueRule, key: Span, default_known: &AbstractValue, warnings: &mut Warnings) {
    if let Some((required, _)) = &rule.required
        && !default_known.missing
        && !default_known.guarded
    {
        let message = "`required` has no effect: with this `default`, the value is never missing";
        let diagnostic = Diagnostic::new(Code::RequiredWithDefault, key, message);
        warnings.push(diagnostic.related(*required, "never used"));
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
                let diagnostic = Diagnostic::new(Code::ListOfPaths, member.value.span, message);
                warnings.push(diagnostic.help("write `{ from: […] }` to send the first one that is present"));
            }
            _ => list_of_paths(&member.value, warnings),
        }
    }
    for layer in deeper {
        list_of_paths(layer, warnings);
    }
}

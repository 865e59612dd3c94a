//! Conditions that always hold, and tests that are probably not what was meant.

use foldhash::HashMap;

use crate::abstract_value::AbstractValue;
use crate::analysis::{Compared, ResolvedPath, Symbol, Symbols, describe_values, scalar};
use crate::diag::{Code, Diagnostic, Warnings, nearest};
use crate::source::Span;
use crate::syntax::{Mapping, Text, ValueKind, ValueNode};

/// Checks a presence test.
pub(super) fn presence(
    path: &Text,
    resolved: &ResolvedPath,
    known: &AbstractValue,
    mapping: &Mapping,
    warnings: &mut Warnings,
) {
    let setting = match resolved.root {
        Symbol::Setting(Some(index)) if resolved.steps.is_empty() => mapping.config.get(index),
        _ => None,
    };
    if setting.is_some_and(|setting| setting.kind.as_ref().is_some_and(|kind| kind.node == "boolean")) {
        let message =
            format!("`{}` also holds when the setting is `false`, which counts as present", path.text);
        let diagnostic = Diagnostic::new(Code::FalseIsPresent, path.span, message);
        warnings.push(diagnostic.help(format!("write `{{ {}: {{ is: filled }} }}`", path.text)));
    } else if !known.missing && !known.guarded && path.span.file == mapping.file {
        let message = format!("`{}` is never missing, so this always holds", path.text);
        warnings.push(Diagnostic::new(Code::AlwaysTrue, path.span, message));
    }
}

/// Reports a test that every possible value passes.
pub(super) fn always(path: &Text, known: &AbstractValue, span: Span, warnings: &mut Warnings) {
    let actual = describe_values(known.values.as_deref().unwrap_or_default());
    let message = format!("this always holds: `{}` is {actual}", path.text);
    warnings.push(Diagnostic::new(Code::AlwaysTrue, span, message));
}

/// Reports a misspelt event type.
pub(super) fn event_type(compared: &Compared<'_>, warnings: &mut Warnings) {
    let (text, Some(types)) = (compared.text, compared.types) else { return };
    // The wrong case is an error, which `check` reports.
    if compared.expected != text || types.contains(&text) {
        return;
    }
    if let Some(suggestion) = nearest(text, types.iter().copied()) {
        let message = format!("there is no event type `{text}`; did you mean `{suggestion}`?");
        warnings.push(Diagnostic::new(Code::UnknownEventType, compared.span, message));
    }
}

/// Reports a value that is listed twice.
pub(super) fn repeated_values(values: &[ValueNode], symbols: &Symbols<'_>, warnings: &mut Warnings) {
    let mut seen: HashMap<String, Span> = HashMap::default();
    for value in values {
        let (key, text) = match &value.kind {
            ValueKind::Path(path) => match symbols.peek(path) {
                Some(resolved) => (format!("${}", resolved.key), path.text.clone()),
                None => continue,
            },
            ValueKind::Constant(yaml) => match (scalar(yaml), yaml.scalar()) {
                (Some(scalar_value), Some(text)) => (format!("{scalar_value:?}"), text.text),
                _ => continue,
            },
            _ => continue,
        };
        if let Some(first) = seen.get(&key) {
            let message = format!("`{text}` is listed twice");
            let diagnostic = Diagnostic::new(Code::ListedTwice, value.span, message);
            warnings.push(diagnostic.related(*first, "first listed here"));
        } else {
            seen.insert(key, value.span);
        }
    }
}

//! Findings about a contract itself.

use crate::diag::{Code, Diagnostic, Findings, did_you_mean};
use crate::source::Span;
use crate::syntax::Entry;

/// Reports an invalid contract.
pub(super) fn report(span: Span, message: impl Into<String>, findings: &mut Findings) {
    findings.push(Diagnostic::new(Code::BadContract, span, message));
}

/// Reports unknown keys in the map described by `what`.
pub(super) fn unknown_keys<'k, K: Iterator<Item = &'k str>>(
    entries: &[Entry],
    what: &str,
    keys: impl Fn() -> K,
    findings: &mut Findings,
) {
    for entry in entries {
        let key = entry.key.node.as_str();
        if keys().all(|known| known != key) {
            let suggestion = did_you_mean(key, keys());
            report(entry.key.span, format!("unknown key `{key}` in {what}{suggestion}"), findings);
        }
    }
}

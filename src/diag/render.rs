//! For now: one line a finding.
use super::Diagnostic;
use crate::source::Sources;

/// Findings as lines of text.
pub fn human(found: &[Diagnostic], sources: &Sources, _: bool, _: usize) -> String {
    found.iter().fold(String::new(), |text, d| {
        format!("{text}{}: {:?} {} {} {}\n", sources.place(d.span), d.severity, d.code.id, d.message, d.help.as_deref().unwrap_or(""))
    })
}
/// Findings as JSON.
pub fn json(_: &[(&[Diagnostic], &Sources)]) -> String {
    String::new()
}
/// Findings as SARIF.
pub fn sarif(_: &[(&[Diagnostic], &Sources)]) -> String {
    String::new()
}
/// Findings as workflow commands.
pub fn github(_: &[(&[Diagnostic], &Sources)]) -> String {
    String::new()
}

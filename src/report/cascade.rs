//! Findings that only say again what another one says.

use foldhash::HashSet;

use crate::diag::{Code, Diagnostic, Family, Severity};
use crate::source::{FileId, Sources, Span};
use crate::syntax::Gaps;

/// Errors by place, to ask whether one is in a stretch of a file.
struct Errors {
    /// Where each begins, and the furthest end so far.
    starts: Vec<(FileId, u32, u32)>,
}

impl Errors {
    /// Of findings that are sorted by their places.
    fn new<'d>(errors: impl Iterator<Item = &'d Diagnostic>) -> Self {
        let mut starts: Vec<(FileId, u32, u32)> = Vec::new();
        for found in errors {
            let Span { file, start, end } = found.span;
            let before = starts.last().filter(|last| last.0 == file).map_or(0, |last| last.2);
            starts.push((file, start, end.max(before)));
        }
        Self { starts }
    }

    fn touch(&self, span: Span) -> bool {
        let end = span.end.max(span.start + 1);
        let at = self.starts.partition_point(|&(file, start, _)| (file, start) < (span.file, end));
        self.starts[..at]
            .last()
            .is_some_and(|&(file, start, end)| file == span.file && (end > span.start || start >= span.start))
    }
}

/// Takes out echoes: what a contract says of a value that is wrong by itself, what is less grave at the very place of an
/// error, and what a broken condition or a rule of a name that is taken leaves open.
pub(super) fn without_cascades(mut findings: Vec<Diagnostic>, sources: &Sources) -> Vec<Diagnostic> {
    for found in &mut findings {
        found.span = whole(found.span, sources);
        found.related.iter_mut().for_each(|(span, _)| *span = whole(*span, sources));
    }
    let is_error = |found: &&Diagnostic| found.severity == Severity::Error;
    let errors = Errors::new(findings.iter().filter(is_error));
    let own =
        Errors::new(findings.iter().filter(is_error).filter(|found| found.code.family() != Family::Contract));
    let places: HashSet<Span> = findings.iter().filter(is_error).map(|found| found.span).collect();
    let twice = findings.iter().any(|found| found.code == Code::DuplicateRule);
    findings.retain(|found| match found.code {
        Code::AddressPartMissing => found
            .related
            .first()
            .is_none_or(|(rule, _)| !errors.touch(Span { start: rule.end, end: found.span.start, ..*rule })),
        Code::NoLastRule => !twice,
        _ if found.code.family() == Family::Contract => !own.touch(found.span),
        _ => found.severity == Severity::Error || !places.contains(&found.span),
    });
    findings
}

/// Whether a finding may come only from what a syntax error keeps from being read.
pub(super) fn comes_from_gap(found: &Diagnostic, gaps: &Gaps) -> bool {
    match found.code {
        Code::UnknownField | Code::UnknownNameInTemplate => gaps.may_hold("fields"),
        Code::UnknownCondition => gaps.may_hold("conditions"),
        Code::UnknownOperator => gaps.may_hold("transforms"),
        Code::UnknownSetting => gaps.may_hold("config"),
        // Where a rule stands may depend on those that are missing.
        Code::UnknownRule | Code::NoLastRule | Code::RuleWithoutPlace | Code::UnreachableRule => {
            gaps.may_hold("rules")
        }
        Code::NoEndpoint => gaps.may_hold("request"),
        // The method, the endpoint and members of the body may stand there.
        _ if found.code.family() == Family::Contract => gaps.may_hold("request") || gaps.may_hold("fields"),
        _ => false,
    }
}

/// The span with all of the characters that it begins and ends in.
fn whole(span: Span, sources: &Sources) -> Span {
    let text = sources.text(span.file);
    let between = |at: u32| !text.is_char_boundary((at as usize).min(text.len()));
    let Span { mut start, mut end, .. } = span;
    while between(start) {
        start -= 1;
    }
    while between(end) {
        end += 1;
    }
    Span { start, end, ..span }
}

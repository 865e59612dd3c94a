//! Removal of findings that only follow from other findings.

use foldhash::HashSet;

use crate::diag::{Code, Diagnostic, Family, Severity};
use crate::source::{FileId, Sources, Span};
use crate::syntax::Gaps;

/// The spans of errors, indexed to find out whether one overlaps a given span.
struct Errors {
    /// The start of each error, and the largest end so far in its file.
    starts: Vec<(FileId, u32, u32)>,
}

impl Errors {
    /// The errors must be sorted by position.
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

/// Removes findings that follow from others: contract violations of a value that has an error of its own, lower-severity
/// findings with the same span as an error, and consequences of an invalid condition or of a duplicate rule name.
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

/// Whether a finding may be caused only by sections that could not be parsed.
pub(super) fn comes_from_gap(found: &Diagnostic, gaps: &Gaps) -> bool {
    match found.code {
        Code::UnknownField | Code::UnknownNameInTemplate => gaps.may_hold("fields"),
        Code::UnknownCondition => gaps.may_hold("conditions"),
        Code::UnknownOperator => gaps.may_hold("transforms"),
        Code::UnknownSetting => gaps.may_hold("config"),
        // The position of a rule may depend on rules that could not be parsed.
        Code::UnknownRule | Code::NoLastRule | Code::RuleWithoutPlace | Code::UnreachableRule => {
            gaps.may_hold("rules")
        }
        Code::NoEndpoint => gaps.may_hold("request"),
        // The method, the endpoint and keys of the body may be in those sections.
        _ if found.code.family() == Family::Contract => gaps.may_hold("request") || gaps.may_hold("fields"),
        _ => false,
    }
}

/// Extends a span to character boundaries.
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

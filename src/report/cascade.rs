//! Removal of findings that only follow from other findings.

use foldhash::HashSet;

use crate::diag::{Code, Diagnostic, Family, Severity};
use crate::source::{FileId, Sources, Span};
use crate::syntax::Gaps;

/// The spans of errors, indexed to find out whether one overlaps a given span.
struct ErrorSpans {
    /// The start of each error, and the largest end so far in its file.
    starts: Vec<(FileId, u32, u32)>,
}

impl ErrorSpans {
    /// The errors must be sorted by position.
    fn new<'d>(errors: impl Iterator<Item = &'d Diagnostic>) -> Self {
        let mut starts: Vec<(FileId, u32, u32)> = Vec::new();
        for diagnostic in errors {
            let Span { file, start, end } = diagnostic.span;
            let previous_end = starts.last().filter(|last| last.0 == file).map_or(0, |last| last.2);
            starts.push((file, start, end.max(previous_end)));
        }
        Self { starts }
    }

    fn overlaps(&self, span: Span) -> bool {
        let end = span.end.max(span.start + 1);
        let count = self.starts.partition_point(|&(file, start, _)| (file, start) < (span.file, end));
        self.starts[..count]
            .last()
            .is_some_and(|&(file, start, end)| file == span.file && (end > span.start || start >= span.start))
    }
}

/// Removes findings that follow from others: contract violations of a value that has an error of its own, lower-severity
/// findings with the same span as an error, and consequences of an invalid condition or of a duplicate rule name.
pub(super) fn without_cascades(mut findings: Vec<Diagnostic>, sources: &Sources) -> Vec<Diagnostic> {
    for diagnostic in &mut findings {
        diagnostic.span = extend_to_chars(diagnostic.span, sources);
        diagnostic.related.iter_mut().for_each(|(span, _)| *span = extend_to_chars(*span, sources));
    }
    let is_error = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error;
    let errors = ErrorSpans::new(findings.iter().filter(is_error));
    let own_errors = ErrorSpans::new(
        findings.iter().filter(is_error).filter(|diagnostic| diagnostic.code.family() != Family::Contract),
    );
    let error_spans: HashSet<Span> =
        findings.iter().filter(is_error).map(|diagnostic| diagnostic.span).collect();
    let has_duplicate_rules = findings.iter().any(|diagnostic| diagnostic.code == Code::DuplicateRule);
    findings.retain(|diagnostic| match diagnostic.code {
        Code::AddressPartMissing => diagnostic.related.first().is_none_or(|(rule, _)| {
            !errors.overlaps(Span { start: rule.end, end: diagnostic.span.start, ..*rule })
        }),
        Code::NoLastRule => !has_duplicate_rules,
        _ if diagnostic.code.family() == Family::Contract => !own_errors.overlaps(diagnostic.span),
        _ => diagnostic.severity == Severity::Error || !error_spans.contains(&diagnostic.span),
    });
    findings
}

/// Whether a finding may be caused only by sections that could not be parsed.
pub(super) fn comes_from_gap(diagnostic: &Diagnostic, gaps: &Gaps) -> bool {
    match diagnostic.code {
        Code::UnknownField | Code::UnknownNameInTemplate => gaps.may_hold("fields"),
        Code::UnknownCondition => gaps.may_hold("conditions"),
        Code::UnknownOperator => gaps.may_hold("transforms"),
        Code::UnknownSetting => gaps.may_hold("config"),
        // The position of a rule may depend on rules that could not be parsed.
        Code::UnknownRule | Code::NoLastRule | Code::RuleWithoutPlace | Code::UnreachableRule => {
            gaps.may_hold("rules")
        }
        // The value may be the text that could not be parsed.
        Code::EmptyValue => gaps.may_be_anywhere(),
        Code::NoEndpoint => gaps.may_hold("request"),
        // Whether a value is always present depends on defaults and conditions.
        Code::NeverUsed => {
            ["fields", "conditions", "transforms"].iter().any(|section| gaps.may_hold(section))
        }
        Code::AddressPartMissing => {
            ["config", "fields", "conditions", "transforms"].iter().any(|section| gaps.may_hold(section))
        }
        // The method, the endpoint and keys of the body may be in those sections.
        _ if diagnostic.code.family() == Family::Contract => {
            gaps.may_hold("request") || gaps.may_hold("fields")
        }
        _ => false,
    }
}

/// Extends a span to character boundaries.
fn extend_to_chars(span: Span, sources: &Sources) -> Span {
    let text = sources.text(span.file);
    let inside_char = |offset: u32| !text.is_char_boundary((offset as usize).min(text.len()));
    let Span { mut start, mut end, .. } = span;
    while inside_char(start) {
        start -= 1;
    }
    while inside_char(end) {
        end += 1;
    }
    Span { start, end, ..span }
}

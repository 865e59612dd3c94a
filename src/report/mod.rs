//! Selects the findings to report: without those that only follow from others, and without those that comments allow.

mod cascade;
mod suppress;
#[cfg(test)]
mod tests;

pub(crate) use suppress::without_allowed;

use crate::diag::Diagnostic;
use crate::source::Sources;
use crate::syntax::Gaps;

/// The findings to report, sorted by position. `gaps` are the sections that could not be parsed because of a syntax error;
/// `None` if nothing could be parsed.
pub(crate) fn told(mut findings: Vec<Diagnostic>, sources: &Sources, gaps: Option<&Gaps>) -> Vec<Diagnostic> {
    if let Some(gaps) = gaps.filter(|gaps| !gaps.is_empty()) {
        findings.retain(|found| !cascade::comes_from_gap(found, gaps));
    }
    findings.sort_by_key(|found| (found.span.file, found.span.start, std::cmp::Reverse(found.severity)));
    let unread = gaps.is_none_or(|gaps| !gaps.is_empty());
    suppress::apply(cascade::without_cascades(findings, sources), sources, unread)
}

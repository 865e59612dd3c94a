//! Parses YAML text into a tree with spans. The only file that uses the YAML crate.

mod bracket;
mod build;
mod keys;
mod recover;
mod scalar;
mod syntax;
mod tree;
mod value;

pub(crate) use recover::{Gaps, parse_with_recovery};
pub(super) use scalar::quote;
pub use tree::{Entry, Style, Yaml, YamlValue};

use crate::diag::{Code, Diagnostic, Findings};
use crate::source::{FileId, Span};
use build::{Builder, YamlEvent};
use serde_yaml::granit_parser::{self as granit, ErrorKind, Event, ScalarStyle, StructureStyle};
use std::ops::Range;
use syntax::FailureCause;

/// Maximum size of a file in bytes, checked before parsing; far more than real mappings have.
pub(super) const MAX_BYTES: usize = crate::limits::FILE_BYTES;

/// The outcome of parsing a text once.
enum ParseOutcome {
    /// The text was read to its end. `None` if it is empty, which has been reported.
    Tree(Option<Yaml>),
    /// A syntax error; the text after it may be readable.
    SyntaxError(Diagnostic),
    /// An error that cannot be skipped; `None` if it has already been reported.
    Fatal(Option<Diagnostic>),
}

/// Parses a file without recovery. `None` if it cannot be parsed or is empty; the reason is in `findings`.
pub(crate) fn parse(file: FileId, text: &str, findings: &mut Findings) -> Option<Yaml> {
    match parse_once(file, text, findings, false) {
        ParseOutcome::Tree(tree) => tree,
        ParseOutcome::SyntaxError(error) => {
            findings.push(error);
            None
        }
        ParseOutcome::Fatal(error) => {
            findings.extend(error);
            None
        }
    }
}

/// Parses a text once. `has_gaps`: parts of it were blanked out, so what they may define is not reported as missing.
fn parse_once(file: FileId, text: &str, findings: &mut Findings, has_gaps: bool) -> ParseOutcome {
    let mut options = granit::Options::default();
    options.emit_unresolved_aliases = true;
    options.set_emit_comments(false);
    let mut builder = Builder::new(file, text);
    let mut documents = 0;
    for next in granit::Parser::new_from_str_with_options(text, options) {
        let (event, span) = match next {
            Ok(event) => event,
            Err(error) => {
                let offset = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
                let cause = failure_cause(error.kind());
                let fatal = matches!(cause, FailureCause::Document | FailureCause::TooDeep);
                let error = builder.into_syntax_error(&cause, offset, findings);
                return if fatal {
                    ParseOutcome::Fatal(Some(error))
                } else {
                    ParseOutcome::SyntaxError(error)
                };
            }
        };
        let range = span.byte_range().unwrap_or(0..0);
        if let Event::DocumentStart(..) = event {
            documents += 1;
            if documents > 1 {
                let message = "a second document begins here; a file contains one mapping";
                builder.findings.push(Diagnostic::new(
                    Code::SeveralDocuments,
                    builder.span(range.start, range.end),
                    message,
                ));
                break;
            }
        }
        let tag = span.tag_span().and_then(|tag| tag.byte_range());
        if let Some(tag) = tag {
            builder.tag(tag);
        }
        let Some(event) = tree_event(event) else { continue };
        if !builder.push(event, range) {
            findings.extend(builder.findings);
            return ParseOutcome::Fatal(None);
        }
    }
    findings.extend(
        builder.findings.into_iter().filter(|finding| !(has_gaps && finding.code == Code::UnknownAlias)),
    );
    if builder.structure_unreliable {
        return ParseOutcome::Fatal(None);
    }
    let empty = |root: &Yaml| root.node == YamlValue::Null && root.inner.range().is_empty();
    let root = builder.root.filter(|root| !empty(root));
    if root.is_none() && !has_gaps {
        let start = Span { file, start: 0, end: 0 };
        findings.push(Diagnostic::new(
            Code::EmptyFile,
            start,
            "the file is empty: a mapping needs `destination:`, `language:` and `rules:`",
        ));
    }
    ParseOutcome::Tree(root)
}

/// The byte ranges of the comments of a file, in order, each from its `#` to the end of its line. Comments after the
/// first syntax error are not included, because there they cannot be told from other text.
pub(crate) fn comments(text: &str) -> Vec<Range<usize>> {
    let mut options = granit::Options::default();
    options.emit_unresolved_aliases = true;
    options.max_buffered_comment_events = usize::MAX;
    let events = granit::Parser::new_from_str_with_options(text, options).map_while(Result::ok);
    let comments = events.filter(|(event, _)| matches!(event, Event::Comment(..)));
    let mut ranges: Vec<_> = comments.filter_map(|(_, span)| span.byte_range()).collect();
    ranges.sort_by_key(|range| range.start);
    ranges
}

/// The part of a parser event that the tree needs; `None` for events that do not change it.
fn tree_event(event: Event<'_>) -> Option<YamlEvent<'_>> {
    let flow = |style, flow, block| if style == StructureStyle::Flow { flow } else { block };
    Some(match event {
        Event::Scalar(text, style, anchor, _) => {
            let style = match style {
                ScalarStyle::Plain => Style::Plain,
                ScalarStyle::SingleQuoted => Style::Single,
                ScalarStyle::DoubleQuoted => Style::Double,
                ScalarStyle::Literal => Style::Literal,
                ScalarStyle::Folded => Style::Folded,
            };
            YamlEvent::Scalar(text, style, anchor)
        }
        Event::SequenceStart(style, anchor, _) => {
            YamlEvent::Open(flow(style, Style::FlowList, Style::BlockList), anchor)
        }
        Event::MappingStart(style, anchor, _) => {
            YamlEvent::Open(flow(style, Style::FlowMap, Style::BlockMap), anchor)
        }
        Event::SequenceEnd | Event::MappingEnd => YamlEvent::Close,
        Event::Alias(anchor) => YamlEvent::Alias(anchor),
        Event::UnresolvedAlias(name) => YamlEvent::UnknownAlias(name),
        _ => return None,
    })
}

fn failure_cause(kind: &ErrorKind) -> FailureCause {
    use ErrorKind as E;
    match kind {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabInPlainScalar
        | E::TabAtBlockScalarStart => FailureCause::Tab,
        E::MappingValueNotAllowed => FailureCause::Colon,
        E::UnexpectedCharacter { character } => FailureCause::Character(*character),
        E::BomInsideDocument => FailureCause::Character('\u{feff}'),
        E::UnclosedQuotedScalar => FailureCause::OpenQuote,
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => {
            FailureCause::AfterQuote
        }
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidUnicodeEscape
        | E::InvalidLowSurrogate
        | E::InvalidLowSurrogateHexEscape
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate => FailureCause::Escape,
        E::ExpectedFlowSequenceSeparator
        | E::ExpectedFlowMappingSeparator
        | E::InvalidColonPlacement
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping
        | E::UnclosedFlowCollection { .. }
        | E::MismatchedFlowCollectionEnd { .. }
        | E::MisplacedFlowCollectionEnd
        | E::FlowMappingValueAdjacentCollection
        | E::InvalidFlowScalarIndent
        | E::BlockEntryInFlowCollection => FailureCause::Bracket,
        E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::InvalidIndentation
        | E::InvalidQuotedScalarIndent
        | E::InvalidBlockScalarIndent => FailureCause::Indentation,
        E::SimpleKeyExpected | E::InvalidSimpleKey => FailureCause::NoColon,
        E::BlockSequenceEntryNotAllowed => FailureCause::Dash,
        E::RecursionLimitExceeded => FailureCause::TooDeep,
        E::InvalidDocumentEnd | E::MissingDocumentEndBeforeDirective => FailureCause::Document,
        E::MissingAnchorOrAliasName => FailureCause::Anchor,
        E::MappingKeyNotAllowed | E::UnexpectedEofBlockMapping | E::UnexpectedEofBlockSequence => {
            FailureCause::Start
        }
        E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => FailureCause::BlockHeader,
        other => FailureCause::Other(other.to_string()),
    }
}

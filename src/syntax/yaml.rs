//! YAML text → a tree with places. The only file that names the YAML crate.

mod bracket;
mod build;
mod keys;
mod recover;
mod scalar;
mod syntax;
mod tree;
mod value;

pub(crate) use recover::{Gaps, parse as parse_on};
pub(super) use scalar::quote;
pub use tree::{Entry, Style, Yaml, YamlValue};

use crate::diag::{Code, Diagnostic, Findings};
use crate::source::{FileId, Span};
use build::{Builder, YamlEvent};
use serde_yaml::granit_parser::{self as granit, ErrorKind, Event, ScalarStyle, StructureStyle};
use std::ops::Range;
use syntax::FailureCause;

/// Larger files are refused before they are read.
pub(super) const MAX_BYTES: usize = 8 * 1024 * 1024;

/// What came of a pass over a text.
enum Pass {
    /// It was read to its end; there is no tree where there is nothing, which is then a finding.
    Tree(Option<Yaml>),
    /// A syntax error, behind which it may be possible to read on.
    Stopped(Diagnostic),
    /// No tree can be made, whatever is left out.
    Over(Option<Diagnostic>),
}

/// The tree of a file without syntax errors; `None` when there is none to work with, which is then a finding.
pub(crate) fn parse(file: FileId, text: &str, findings: &mut Findings) -> Option<Yaml> {
    match pass(file, text, findings, false) {
        Pass::Tree(tree) => tree,
        Pass::Stopped(error) => {
            findings.push(error);
            None
        }
        Pass::Over(error) => {
            findings.extend(error);
            None
        }
    }
}

/// Reads a text once. `holed`: parts of it were left out, and what they held is not missed.
fn pass(file: FileId, text: &str, findings: &mut Findings, holed: bool) -> Pass {
    let mut options = granit::Options::default();
    options.emit_unresolved_aliases = true;
    options.set_emit_comments(false);
    let mut builder = Builder::new(file, text);
    let mut documents = 0;
    for next in granit::Parser::new_from_str_with_options(text, options) {
        let (event, place) = match next {
            Ok(event) => event,
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
                let cause = trouble(error.kind());
                let over = matches!(cause, FailureCause::Document | FailureCause::Deep);
                let error = builder.give_up(&cause, at, findings);
                return if over { Pass::Over(Some(error)) } else { Pass::Stopped(error) };
            }
        };
        let at = place.byte_range().unwrap_or(0..0);
        if let Event::DocumentStart(..) = event {
            documents += 1;
            if documents > 1 {
                let message = "a second document begins here; a file holds one mapping";
                builder.found.push(Diagnostic::new(
                    Code::SeveralDocuments,
                    builder.span(at.start, at.end),
                    message,
                ));
                break;
            }
        }
        let tag = place.tag_span().and_then(|tag| tag.byte_range());
        if let Some(tag) = tag {
            builder.tag(tag);
        }
        let Some(piece) = piece(event) else { continue };
        if !builder.take(piece, at) {
            findings.extend(builder.found);
            return Pass::Over(None);
        }
    }
    findings.extend(builder.found.into_iter().filter(|found| !(holed && found.code == Code::UnknownAlias)));
    if builder.lost {
        return Pass::Over(None);
    }
    let empty = |root: &Yaml| root.node == YamlValue::Null && root.inner.range().is_empty();
    let root = builder.root.filter(|root| !empty(root));
    if root.is_none() && !holed {
        let start = Span { file, start: 0, end: 0 };
        findings.push(Diagnostic::new(
            Code::EmptyFile,
            start,
            "the file is empty: a mapping needs `destination:`, `language:` and `rules:`",
        ));
    }
    Pass::Tree(root)
}

/// Where the comments of a file are, in bytes and in order, each from its `#` to the end of its line. Where the text
/// is no YAML any more, nobody can say what is a comment: those behind the first mistake are not among them.
pub(crate) fn comments(text: &str) -> Vec<Range<usize>> {
    let mut options = granit::Options::default();
    options.emit_unresolved_aliases = true;
    options.max_buffered_comment_events = usize::MAX;
    let events = granit::Parser::new_from_str_with_options(text, options).map_while(Result::ok);
    let comments = events.filter(|(event, _)| matches!(event, Event::Comment(..)));
    let mut places: Vec<_> = comments.filter_map(|(_, place)| place.byte_range()).collect();
    places.sort_by_key(|place| place.start);
    places
}

/// What an event adds to the tree.
fn piece(event: Event<'_>) -> Option<YamlEvent<'_>> {
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
        Event::Alias(anchor) => YamlEvent::Copy(anchor),
        Event::UnresolvedAlias(name) => YamlEvent::Unknown(name),
        _ => return None,
    })
}

fn trouble(kind: &ErrorKind) -> FailureCause {
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
        E::RecursionLimitExceeded => FailureCause::Deep,
        E::InvalidDocumentEnd | E::MissingDocumentEndBeforeDirective => FailureCause::Document,
        E::MissingAnchorOrAliasName => FailureCause::Anchor,
        E::MappingKeyNotAllowed | E::UnexpectedEofBlockMapping | E::UnexpectedEofBlockSequence => {
            FailureCause::Start
        }
        E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => FailureCause::BlockHeader,
        other => FailureCause::Other(other.to_string()),
    }
}

//! YAML text → a tree with places. The only file that names the YAML crate.

mod bracket;
mod build;
mod keys;
mod scalar;
mod syntax;
mod tree;
mod value;

pub(super) use scalar::quote;
pub use tree::{Entry, Style, Yaml, YamlValue};

use crate::diag::{Code, Diagnostic, Findings};
use crate::source::{FileId, Span};
use build::{Builder, YamlEvent};
use serde_yaml::granit_parser::{self as granit, ErrorKind, Event, ScalarStyle, StructureStyle};
use syntax::FailureCause;

/// Larger files are refused before they are read.
pub(super) const MAX_BYTES: usize = 8 * 1024 * 1024;

/// The tree of a file; `None` when there is none to work with, which is then a finding.
pub(crate) fn parse(file: FileId, text: &str, findings: &mut Findings) -> Option<Yaml> {
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
                builder.give_up(&trouble(error.kind()), at, findings);
                return None;
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
            return None;
        }
    }
    findings.extend(builder.found);
    if builder.lost {
        return None;
    }
    let empty = |root: &Yaml| root.node == YamlValue::Null && root.inner.range().is_empty();
    let root = builder.root.filter(|root| !empty(root));
    if root.is_none() {
        let start = Span { file, start: 0, end: 0 };
        findings.push(Diagnostic::new(
            Code::EmptyFile,
            start,
            "the file is empty: a mapping needs `destination:`, `language:` and `rules:`",
        ));
    }
    root
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

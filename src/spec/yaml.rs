//! YAML text → a tree with places. The only file that names the YAML crate.

mod flaws;
mod scalar;
mod syntax;
mod tree;

pub(super) use scalar::quote;
pub use tree::{Entry, Node, Style, Yaml};

use crate::diag::{Diagnostic, Findings, Severity};
use crate::source::{FileId, Span, Spanned};
use serde_yaml::granit_parser::{self as granit, ErrorKind, Event, ScalarStyle, StructureStyle};
use std::collections::HashMap;
use syntax::{Trouble, Wreck};

/// Larger files are refused before they are read.
pub(super) const MAX_BYTES: usize = 8 * 1024 * 1024;
const MAX_DEPTH: usize = 64;
/// How much aliases may add, in nodes; long texts count as several.
const MAX_COPIES: usize = 100_000;

/// The tree of a file; `None` when there is none to work with, which is then a finding.
pub(super) fn parse(file: FileId, text: &str, findings: &mut Findings) -> Option<Yaml> {
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
                builder.found.push(Diagnostic::new("Y019", builder.span(at.start, at.end), message));
                break;
            }
        }
        let tag = place.tag_span().and_then(|tag| tag.byte_range());
        if !builder.take(event, at, tag) {
            findings.extend(builder.found);
            return None;
        }
    }
    findings.extend(builder.found);
    if builder.lost {
        return None;
    }
    let empty = |root: &Yaml| root.node == Node::Null && root.inner.range().is_empty();
    let root = builder.root.filter(|root| !empty(root));
    if root.is_none() {
        let start = Span { file, start: 0, end: 0 };
        findings.push(Diagnostic::new(
            "Y025",
            start,
            "the file is empty: a mapping needs `destination:`, `language:` and `rules:`",
        ));
    }
    root
}

enum Open {
    List(Vec<Yaml>),
    Map { entries: Vec<Entry>, seen: HashMap<String, Span>, key: Option<Key> },
}

/// A key that waits for its value.
enum Key {
    Good(Spanned<String>),
    /// Its value is read and dropped: the key is already a finding.
    Bad,
}

struct Frame {
    open: Open,
    style: Style,
    start: usize,
    anchor: usize,
    /// What the nodes inside cost to copy.
    cost: usize,
    height: usize,
    /// Findings before it began.
    found: usize,
    /// `{{ … }}` without quotes.
    template: bool,
}

struct Copied {
    value: Yaml,
    cost: usize,
    height: usize,
}

struct Builder<'a> {
    file: FileId,
    text: &'a str,
    stack: Vec<Frame>,
    root: Option<Yaml>,
    anchors: HashMap<usize, Copied>,
    copied: usize,
    /// Where the last event ended.
    end: usize,
    /// Where the last value ended.
    tail: usize,
    found: Vec<Diagnostic>,
    /// Whether the tree is not the one that the author sees.
    lost: bool,
}

impl<'a> Builder<'a> {
    fn new(file: FileId, text: &'a str) -> Self {
        let (stack, anchors, found) = (Vec::new(), HashMap::new(), Vec::new());
        Self { file, text, stack, root: None, anchors, copied: 0, end: 0, tail: 0, found, lost: false }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let at = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span { file: self.file, start: at(start), end: at(end) }
    }

    /// Takes the next event; `false` when it is no use to go on.
    fn take(
        &mut self,
        event: Event<'_>,
        at: std::ops::Range<usize>,
        tag: Option<std::ops::Range<usize>>,
    ) -> bool {
        if let Some(tag) = tag {
            let word = self.text.get(tag.clone()).unwrap_or("");
            let message = format!("the tag `{word}` is not used here");
            let help = "remove it; quotes make text, and numbers, true and false need none";
            self.found.push(Diagnostic::new("Y017", self.span(tag.start, tag.end), message).help(help));
        }
        let end = at.end;
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let value = self.scalar(&text, style, at);
                let cost = 1 + text.len() / 64;
                self.remember(anchor, &value, cost, 0);
                self.put(value, cost, 0);
            }
            Event::SequenceStart(style, anchor, _) => {
                let style = if style == StructureStyle::Flow { Style::FlowList } else { Style::BlockList };
                return self.open(Open::List(Vec::new()), style, at, anchor);
            }
            Event::MappingStart(style, anchor, _) => {
                let style = if style == StructureStyle::Flow { Style::FlowMap } else { Style::BlockMap };
                let open = Open::Map { entries: Vec::new(), seen: HashMap::new(), key: None };
                return self.open(open, style, at, anchor);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(end),
            Event::Alias(anchor) => return self.alias(anchor, at),
            Event::UnresolvedAlias(name) => {
                let span = self.span(at.start, at.end);
                let message =
                    format!("`*{name}` repeats a part of the file named `&{name}`, and there is none above");
                self.found.push(
                    Diagnostic::new("Y004", span, message)
                        .label("quote it if it is text")
                        .fix(span, quote(&format!("*{name}"))),
                );
                self.put_text(at);
            }
            _ => {}
        }
        self.end = self.end.max(end);
        true
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, at: std::ops::Range<usize>) -> Yaml {
        let (mut outer, mut inner) = (at.clone(), at.clone());
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::Single,
            ScalarStyle::DoubleQuoted => Style::Double,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        };
        match style {
            Style::Single | Style::Double => inner = at.start + 1..at.end.saturating_sub(1).max(at.start + 1),
            Style::Literal | Style::Folded => {
                let content = self.text.get(at.clone()).unwrap_or("").trim_end().len();
                inner = at.start..at.start + content;
                let before = self.text.get(self.end..at.start).unwrap_or("");
                outer = self.end + before.find(['|', '>']).unwrap_or(before.len())..inner.end;
            }
            _ => {}
        }
        let (span, inner) = (self.span(outer.start, outer.end), self.span(inner.start, inner.end));
        let exact = self.text.get(inner.range()) == Some(text);
        let key = matches!(self.stack.last(), Some(Frame { open: Open::Map { key: None, .. }, .. }));
        let mut seen = std::borrow::Cow::Borrowed(text);
        if (key || style == Style::Plain)
            && let Some(flaw) = flaws::invisible(self.text, inner)
        {
            // A space that is none, before a key, is indentation for its author: the structure is another one.
            self.lost |= key && flaw.span.start == inner.start && flaws::is_space(self.text, flaw.span);
            self.found.push(flaw);
            seen = flaws::without_invisible(text).into();
        }
        let text = seen.as_ref();
        let node = if style == Style::Plain {
            let empty = at.is_empty();
            scalar::resolve(if empty { "" } else { text }).unwrap_or_else(|| {
                let message = format!("`{text}` cannot be sent: JSON has no such number");
                self.found.push(Diagnostic::new("Y018", span, message).label("quote it if it is text"));
                Node::Text(text.to_owned())
            })
        } else {
            Node::Text(text.to_owned())
        };
        self.tail = self.tail.max(outer.end);
        Yaml { span, node, style, inner, exact }
    }

    fn remember(&mut self, anchor: usize, value: &Yaml, cost: usize, height: usize) {
        if anchor > 0 {
            // What is too large to be copied is not kept: its first alias is the finding.
            let value =
                if cost > MAX_COPIES { Yaml { node: Node::Null, ..value.clone() } } else { value.clone() };
            self.anchors.insert(anchor, Copied { value, cost, height });
        }
    }

    fn open(&mut self, open: Open, style: Style, at: std::ops::Range<usize>, anchor: usize) -> bool {
        if self.stack.len() >= MAX_DEPTH {
            self.too_deep(self.span(at.start, at.end));
            return false;
        }
        let found = self.found.len();
        if let Some(outer) = self.stack.last_mut()
            && outer.style == Style::FlowMap
            && style == Style::FlowMap
            && outer.start + 1 == at.start
        {
            outer.template = true;
        }
        let frame =
            Frame { open, style, start: at.start, anchor, cost: 1, height: 1, found, template: false };
        self.stack.push(frame);
        self.end = self.end.max(at.end);
        true
    }

    fn too_deep(&mut self, span: Span) {
        let message = format!("values are nested deeper than {MAX_DEPTH} levels");
        self.found.push(Diagnostic::new("Y027", span, message).label("the first one too deep"));
    }

    fn close(&mut self, end: usize) {
        let Some(frame) = self.stack.pop() else { return };
        let flow = matches!(frame.style, Style::FlowList | Style::FlowMap);
        let span = self.span(frame.start, if flow { end } else { self.tail.max(frame.start) });
        self.tail = self.tail.max(span.range().end);
        if frame.template {
            self.found.truncate(frame.found);
            self.found.push(syntax::unquoted_template(span, self.text));
            self.put_text(span.range());
            return;
        }
        let node = match frame.open {
            Open::List(items) => Node::List(items),
            Open::Map { entries, .. } => Node::Map(entries),
        };
        let value = Yaml { span, node, style: frame.style, inner: span, exact: false };
        self.remember(frame.anchor, &value, frame.cost, frame.height);
        self.put(value, frame.cost, frame.height);
    }

    /// Reads on with the source itself as text.
    fn put_text(&mut self, at: std::ops::Range<usize>) {
        let span = self.span(at.start, at.end);
        let node = Node::Text(self.text.get(at).unwrap_or("").to_owned());
        self.put(Yaml { span, node, style: Style::Plain, inner: span, exact: true }, 1, 0);
    }

    fn alias(&mut self, anchor: usize, at: std::ops::Range<usize>) -> bool {
        let span = self.span(at.start, at.end);
        let name = self.text.get(at.start + 1..at.end).unwrap_or("");
        self.end = self.end.max(at.end);
        self.tail = self.tail.max(at.end);
        let Some(copy) = self.anchors.get(&anchor) else {
            let begin =
                self.stack.iter().find(|frame| frame.anchor == anchor).map_or(at.start, |frame| frame.start);
            let begin = self.span(begin, begin);
            let message = format!("the part named `{name}` contains itself");
            self.found.push(Diagnostic::new("Y022", span, message).related(begin, "it begins here"));
            self.put_text(at);
            return true;
        };
        self.copied += copy.cost;
        if self.copied > MAX_COPIES {
            let message = format!("repeated parts make more than {MAX_COPIES} values");
            self.found.push(Diagnostic::new("Y021", span, message).label("this one is too many"));
            return false;
        }
        if self.stack.len() + copy.height > MAX_DEPTH {
            self.too_deep(span);
            return false;
        }
        let (value, cost, height) = (copy.value.clone(), copy.cost, copy.height);
        self.put(value, cost, height);
        true
    }

    /// Puts a finished value where it belongs.
    fn put(&mut self, value: Yaml, cost: usize, height: usize) {
        let Some(frame) = self.stack.last_mut() else {
            scalar::warn(&value, None, self.text, &mut self.found);
            self.root = Some(value);
            return;
        };
        frame.cost += cost;
        frame.height = frame.height.max(height + 1);
        match &mut frame.open {
            Open::List(items) => {
                scalar::warn(&value, None, self.text, &mut self.found);
                items.push(value);
            }
            Open::Map { key, seen, .. } if key.is_none() => {
                let taken = if frame.template { Key::Bad } else { flaws::key(value, seen, &mut self.found) };
                *key = Some(taken);
            }
            Open::Map { entries, key, .. } => match key.take() {
                Some(Key::Good(key)) => {
                    let mut value = value;
                    if value.is_absent() {
                        value.span = key.span;
                    }
                    scalar::warn(&value, Some(&key.node), self.text, &mut self.found);
                    entries.push(Entry { key, value });
                }
                Some(Key::Bad) | None => {}
            },
        }
    }

    /// The parser cannot go on: one finding, and those made before on other lines.
    fn give_up(mut self, trouble: &Trouble, at: usize, findings: &mut Findings) {
        let open =
            self.stack.iter().rev().find(|frame| matches!(frame.style, Style::FlowList | Style::FlowMap));
        let wreck = Wreck {
            file: self.file,
            text: self.text,
            at,
            end: self.end,
            open: open.map(|frame| frame.start),
        };
        let error = wreck.explain(trouble);
        let other_line = |found: &Diagnostic| {
            let (a, b) = (found.span.start as usize, error.span.start as usize);
            memchr::memchr(b'\n', &self.text.as_bytes()[a.min(b)..a.max(b)]).is_some()
        };
        self.found.retain(|found| found.severity == Severity::Error && other_line(found));
        findings.extend(self.found);
        findings.push(error);
    }
}

fn trouble(kind: &ErrorKind) -> Trouble {
    use ErrorKind as E;
    match kind {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabInPlainScalar
        | E::TabAtBlockScalarStart => Trouble::Tab,
        E::MappingValueNotAllowed => Trouble::Colon,
        E::UnexpectedCharacter { character } => Trouble::Character(*character),
        E::BomInsideDocument => Trouble::Character('\u{feff}'),
        E::UnclosedQuotedScalar => Trouble::OpenQuote,
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => Trouble::AfterQuote,
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidUnicodeEscape
        | E::InvalidLowSurrogate
        | E::InvalidLowSurrogateHexEscape
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate => Trouble::Escape,
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
        | E::BlockEntryInFlowCollection => Trouble::Bracket,
        E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::InvalidIndentation
        | E::InvalidQuotedScalarIndent
        | E::InvalidBlockScalarIndent => Trouble::Indentation,
        E::SimpleKeyExpected | E::InvalidSimpleKey => Trouble::NoColon,
        E::BlockSequenceEntryNotAllowed => Trouble::Dash,
        E::RecursionLimitExceeded => Trouble::Deep,
        E::InvalidDocumentEnd | E::MissingDocumentEndBeforeDirective => Trouble::Document,
        E::MissingAnchorOrAliasName => Trouble::Anchor,
        other => Trouble::Other(other.to_string()),
    }
}

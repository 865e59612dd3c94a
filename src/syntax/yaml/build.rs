//! Builds the tree from parser events.

use super::keys::Key;
use super::syntax::{self, FailureCause, ParseFailure};
use super::{Entry, Style, Yaml, YamlValue, keys, quote, scalar};
use crate::diag::{Code, Diagnostic, Findings, Severity};
use crate::source::{FileId, Span, offset};
use foldhash::HashMap;
use std::borrow::Cow;
use std::ops::Range;

/// Maximum nesting depth; far more than real mappings have, and safe for recursive functions.
const MAX_DEPTH: usize = crate::limits::YAML_DEPTH;
/// Maximum number of nodes that aliases may add, against exponential expansion; long texts count as several nodes.
const MAX_COPIES: usize = crate::limits::YAML_COPIES;

/// An event of the parser. The numbers are anchor ids, 0 for none.
pub(super) enum YamlEvent<'a> {
    Scalar(Cow<'a, str>, Style, usize),
    Open(Style, usize),
    Close,
    /// `*name`.
    Alias(usize),
    /// `*name` without a `&name` before it.
    UnknownAlias(Cow<'a, str>),
}

enum Open {
    List(Vec<Yaml>),
    Map { entries: Vec<Entry>, seen: keys::SeenKeys, key: Option<Key> },
}

struct Frame {
    open: Open,
    style: Style,
    start: usize,
    anchor: usize,
    /// The cost of copying the nodes inside, in nodes.
    cost: usize,
    height: usize,
    /// The number of findings before it began.
    findings_before: usize,
    /// Whether it is an unquoted `{{ … }}`.
    template: bool,
}

struct AliasCopies {
    value: Yaml,
    cost: usize,
    height: usize,
}

pub(super) struct Builder<'a> {
    file: FileId,
    text: &'a str,
    stack: Vec<Frame>,
    pub(super) root: Option<Yaml>,
    anchors: HashMap<usize, AliasCopies>,
    copied: usize,
    /// The end of the last event.
    last_event_end: usize,
    /// The end of the last value.
    last_value_end: usize,
    pub(super) findings: Vec<Diagnostic>,
    /// Whether the tree may differ from what the author sees, so that further findings would mislead.
    pub(super) structure_unreliable: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(file: FileId, text: &'a str) -> Self {
        Self {
            file,
            text,
            stack: Vec::new(),
            root: None,
            anchors: HashMap::default(),
            copied: 0,
            last_event_end: 0,
            last_value_end: 0,
            findings: Vec::new(),
            structure_unreliable: false,
        }
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span { file: self.file, start: offset(start), end: offset(end) }
    }

    /// Reports a tag such as `!!str`.
    pub(super) fn tag(&mut self, range: Range<usize>) {
        let tag = self.text.get(range.clone()).unwrap_or("");
        let message = format!("the tag `{tag}` is not supported");
        let help =
            "remove it; quote a value to make it text, and write numbers, true and false without quotes";
        self.findings.push(Diagnostic::new(Code::Tag, self.span(range.start, range.end), message).help(help));
    }

    /// Processes the next event at a byte range. Returns `false` if parsing must stop.
    pub(super) fn push(&mut self, event: YamlEvent<'_>, range: Range<usize>) -> bool {
        let end = range.end;
        match event {
            YamlEvent::Scalar(text, style, anchor) => {
                let value = self.scalar(&text, style, range);
                let cost = 1 + text.len() / 64;
                self.store_anchor(anchor, &value, cost, 0);
                self.put(value, cost, 0);
            }
            YamlEvent::Open(style, anchor) => return self.open(style, range, anchor),
            YamlEvent::Close => self.close(end),
            YamlEvent::Alias(anchor) => return self.alias(anchor, range),
            YamlEvent::UnknownAlias(name) => {
                let span = self.span(range.start, range.end);
                let message = format!("`*{name}` is an alias, but no anchor `&{name}` is defined above it");
                let finding =
                    Diagnostic::new(Code::UnknownAlias, span, message).label("quote it if it is text");
                self.findings.push(finding.fix(span, quote(&format!("*{name}"))));
                self.put_text(range);
            }
        }
        self.last_event_end = self.last_event_end.max(end);
        true
    }

    fn scalar(&mut self, text: &str, style: Style, range: Range<usize>) -> Yaml {
        let (mut outer, mut inner) = (range.clone(), range.clone());
        match style {
            Style::Single | Style::Double => {
                inner = range.start + 1..range.end.saturating_sub(1).max(range.start + 1);
            }
            Style::Literal | Style::Folded => {
                let content = self.text.get(range.clone()).unwrap_or("").trim_end().len();
                inner = range.start..range.start + content;
                let before = self.text.get(self.last_event_end..range.start).unwrap_or("");
                outer = self.last_event_end + before.find(['|', '>']).unwrap_or(before.len())..inner.end;
            }
            _ => {}
        }
        let (span, inner) = (self.span(outer.start, outer.end), self.span(inner.start, inner.end));
        let exact = self.text.get(inner.range()) == Some(text);
        let key = matches!(self.stack.last(), Some(Frame { open: Open::Map { key: None, .. }, .. }));
        let mut visible = Cow::Borrowed(text);
        if (key || style == Style::Plain)
            && let Some(invisible) = keys::find_invisible(self.text, inner)
        {
            // Before a key, the author takes such a space for indentation, so the structure differs from what they see.
            self.structure_unreliable |= key
                && invisible.span.start == inner.start
                && keys::is_non_yaml_space(self.text, invisible.span);
            self.findings.push(invisible);
            visible = keys::without_invisible(text).into();
        }
        let text = visible.as_ref();
        let node = if style == Style::Plain {
            let empty = range.is_empty();
            scalar::resolve(if empty { "" } else { text }).unwrap_or_else(|| {
                let message = format!("`{text}` cannot be sent: JSON cannot represent it");
                self.findings
                    .push(Diagnostic::new(Code::NoSuchNumber, span, message).label("quote it if it is text"));
                YamlValue::Text(text.to_owned())
            })
        } else {
            YamlValue::Text(text.to_owned())
        };
        self.last_value_end = self.last_value_end.max(outer.end);
        Yaml { span, node, style, inner, exact }
    }

    fn store_anchor(&mut self, anchor: usize, value: &Yaml, cost: usize, height: usize) {
        if anchor > 0 {
            // A value that is too large to copy is not stored: its first alias is reported.
            let value = if cost > MAX_COPIES {
                Yaml { node: YamlValue::Null, ..value.clone() }
            } else {
                value.clone()
            };
            self.anchors.insert(anchor, AliasCopies { value, cost, height });
        }
    }

    fn open(&mut self, style: Style, range: Range<usize>, anchor: usize) -> bool {
        if self.stack.len() >= MAX_DEPTH {
            self.too_deep(self.span(range.start, range.end));
            return false;
        }
        let findings_before = self.findings.len();
        let open = match style {
            Style::FlowMap | Style::BlockMap => {
                Open::Map { entries: Vec::new(), seen: keys::SeenKeys::default(), key: None }
            }
            _ => Open::List(Vec::new()),
        };
        if let Some(outer) = self.stack.last_mut()
            && outer.style == Style::FlowMap
            && style == Style::FlowMap
            && outer.start + 1 == range.start
        {
            outer.template = true;
        }
        let frame = Frame {
            open,
            style,
            start: range.start,
            anchor,
            cost: 1,
            height: 1,
            findings_before,
            template: false,
        };
        self.stack.push(frame);
        self.last_event_end = self.last_event_end.max(range.end);
        true
    }

    fn too_deep(&mut self, span: Span) {
        let message = format!("values are nested deeper than {MAX_DEPTH} levels");
        self.findings
            .push(Diagnostic::new(Code::TooDeep, span, message).label("the first value that is too deep"));
    }

    fn close(&mut self, end: usize) {
        let Some(frame) = self.stack.pop() else { return };
        let flow = matches!(frame.style, Style::FlowList | Style::FlowMap);
        let span = self.span(frame.start, if flow { end } else { self.last_value_end.max(frame.start) });
        self.last_value_end = self.last_value_end.max(span.range().end);
        if frame.template {
            self.findings.truncate(frame.findings_before);
            self.findings.push(syntax::unquoted_template(span, self.text));
            self.put_text(span.range());
            return;
        }
        let node = match frame.open {
            Open::List(items) => YamlValue::List(items),
            Open::Map { entries, .. } => YamlValue::Map(entries),
        };
        let value = Yaml { span, node, style: frame.style, inner: span, exact: false };
        self.store_anchor(frame.anchor, &value, frame.cost, frame.height);
        self.put(value, frame.cost, frame.height);
    }

    /// Continues with the source text itself as the value.
    fn put_text(&mut self, range: Range<usize>) {
        let span = self.span(range.start, range.end);
        let node = YamlValue::Text(self.text.get(range).unwrap_or("").to_owned());
        self.put(Yaml { span, node, style: Style::Plain, inner: span, exact: true }, 1, 0);
    }

    fn alias(&mut self, anchor: usize, range: Range<usize>) -> bool {
        let span = self.span(range.start, range.end);
        let name = self.text.get(range.start + 1..range.end).unwrap_or("");
        self.last_event_end = self.last_event_end.max(range.end);
        self.last_value_end = self.last_value_end.max(range.end);
        let Some(copy) = self.anchors.get(&anchor) else {
            let begin = self
                .stack
                .iter()
                .find(|frame| frame.anchor == anchor)
                .map_or(range.start, |frame| frame.start);
            let begin = self.span(begin, begin);
            let message = format!("the part with the anchor `&{name}` contains itself");
            self.findings
                .push(Diagnostic::new(Code::EndlessAnchor, span, message).related(begin, "it begins here"));
            self.put_text(range);
            return true;
        };
        self.copied += copy.cost;
        if self.copied > MAX_COPIES {
            let message = format!("aliases expand to more than {MAX_COPIES} values");
            self.findings
                .push(Diagnostic::new(Code::AliasBomb, span, message).label("this alias exceeds the limit"));
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

    /// Adds a finished value to the innermost open list or map.
    fn put(&mut self, value: Yaml, cost: usize, height: usize) {
        let Some(frame) = self.stack.last_mut() else {
            scalar::warn(&value, None, self.text, &mut self.findings);
            self.root = Some(value);
            return;
        };
        frame.cost += cost;
        frame.height = frame.height.max(height + 1);
        match &mut frame.open {
            Open::List(items) => {
                scalar::warn(&value, None, self.text, &mut self.findings);
                items.push(value);
            }
            Open::Map { entries, key, seen } if key.is_none() => {
                let invalid = frame.template;
                *key = Some(if invalid {
                    Key::Invalid
                } else {
                    keys::read_key(value, entries, seen, &mut self.findings)
                });
            }
            Open::Map { entries, key, .. } => match key.take() {
                Some(Key::Valid(key)) => {
                    let mut value = value;
                    if value.is_absent() {
                        value.span = key.span;
                    }
                    scalar::warn(&value, Some(&key.node), self.text, &mut self.findings);
                    entries.push(Entry { key, value });
                }
                Some(Key::Invalid) | None => {}
            },
        }
    }

    /// Ends parsing at a syntax error and returns it. Errors found before on other lines are added to `findings`.
    pub(super) fn into_syntax_error(
        mut self,
        cause: &FailureCause,
        offset: usize,
        findings: &mut Findings,
    ) -> Diagnostic {
        let open =
            self.stack.iter().rev().find(|frame| matches!(frame.style, Style::FlowList | Style::FlowMap));
        let failure = ParseFailure {
            file: self.file,
            text: self.text,
            offset,
            end: self.last_event_end,
            open: open.map(|frame| frame.start),
        };
        let error = failure.explain(cause);
        let on_other_line = |finding: &Diagnostic| {
            let (a, b) = (finding.span.start as usize, error.span.start as usize);
            memchr::memchr(b'\n', &self.text.as_bytes()[a.min(b)..a.max(b)]).is_some()
        };
        self.findings.retain(|finding| finding.severity == Severity::Error && on_other_line(finding));
        findings.extend(self.findings);
        error
    }
}

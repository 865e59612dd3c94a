//! The tree, built from the pieces that the parser finds.

use super::keys::Key;
use super::syntax::{self, FailureCause, ParseFailure};
use super::{Entry, Style, Yaml, YamlValue, keys, quote, scalar};
use crate::diag::{Code, Diagnostic, Findings, Severity};
use crate::source::{FileId, Span, offset};
use foldhash::HashMap;
use std::borrow::Cow;
use std::ops::Range;

const MAX_DEPTH: usize = 64;
/// How much aliases may add, in nodes; long texts count as several.
const MAX_COPIES: usize = 100_000;

/// What the parser finds. Numbers are anchors, 0 for none.
pub(super) enum YamlEvent<'a> {
    Scalar(Cow<'a, str>, Style, usize),
    Open(Style, usize),
    Close,
    /// `*name`.
    Copy(usize),
    /// `*name` without a `&name` before it.
    Unknown(Cow<'a, str>),
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
    /// What the nodes inside cost to copy.
    cost: usize,
    height: usize,
    /// Findings before it began.
    found: usize,
    /// `{{ … }}` without quotes.
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
    /// Where the last event ended.
    end: usize,
    /// Where the last value ended.
    tail: usize,
    pub(super) found: Vec<Diagnostic>,
    /// Whether the tree is not the one that the author sees.
    pub(super) lost: bool,
}

impl<'a> Builder<'a> {
    pub(super) fn new(file: FileId, text: &'a str) -> Self {
        let (stack, anchors, found) = (Vec::new(), HashMap::default(), Vec::new());
        Self { file, text, stack, root: None, anchors, copied: 0, end: 0, tail: 0, found, lost: false }
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span { file: self.file, start: offset(start), end: offset(end) }
    }

    /// A tag such as `!!str`.
    pub(super) fn tag(&mut self, at: Range<usize>) {
        let word = self.text.get(at.clone()).unwrap_or("");
        let message = format!("the tag `{word}` is not used here");
        let help = "remove it; quotes make text, and numbers, true and false need none";
        self.found.push(Diagnostic::new(Code::Tag, self.span(at.start, at.end), message).help(help));
    }

    /// Takes the next piece; `false` when it is no use to go on.
    pub(super) fn take(&mut self, piece: YamlEvent<'_>, at: Range<usize>) -> bool {
        let end = at.end;
        match piece {
            YamlEvent::Scalar(text, style, anchor) => {
                let value = self.scalar(&text, style, at);
                let cost = 1 + text.len() / 64;
                self.remember(anchor, &value, cost, 0);
                self.put(value, cost, 0);
            }
            YamlEvent::Open(style, anchor) => return self.open(style, at, anchor),
            YamlEvent::Close => self.close(end),
            YamlEvent::Copy(anchor) => return self.alias(anchor, at),
            YamlEvent::Unknown(name) => {
                let span = self.span(at.start, at.end);
                let message =
                    format!("`*{name}` repeats a part of the file named `&{name}`, and there is none above");
                let found =
                    Diagnostic::new(Code::UnknownAlias, span, message).label("quote it if it is text");
                self.found.push(found.fix(span, quote(&format!("*{name}"))));
                self.put_text(at);
            }
        }
        self.end = self.end.max(end);
        true
    }

    fn scalar(&mut self, text: &str, style: Style, at: Range<usize>) -> Yaml {
        let (mut outer, mut inner) = (at.clone(), at.clone());
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
        let mut seen = Cow::Borrowed(text);
        if (key || style == Style::Plain)
            && let Some(flaw) = keys::invisible(self.text, inner)
        {
            // A space that is none, before a key, is indentation for its author: the structure is another one.
            self.lost |= key && flaw.span.start == inner.start && keys::is_space(self.text, flaw.span);
            self.found.push(flaw);
            seen = keys::without_invisible(text).into();
        }
        let text = seen.as_ref();
        let node = if style == Style::Plain {
            let empty = at.is_empty();
            scalar::resolve(if empty { "" } else { text }).unwrap_or_else(|| {
                let message = format!("`{text}` cannot be sent: JSON has no such number");
                self.found
                    .push(Diagnostic::new(Code::NoSuchNumber, span, message).label("quote it if it is text"));
                YamlValue::Text(text.to_owned())
            })
        } else {
            YamlValue::Text(text.to_owned())
        };
        self.tail = self.tail.max(outer.end);
        Yaml { span, node, style, inner, exact }
    }

    fn remember(&mut self, anchor: usize, value: &Yaml, cost: usize, height: usize) {
        if anchor > 0 {
            // What is too large to be copied is not kept: its first alias is the finding.
            let value = if cost > MAX_COPIES {
                Yaml { node: YamlValue::Null, ..value.clone() }
            } else {
                value.clone()
            };
            self.anchors.insert(anchor, AliasCopies { value, cost, height });
        }
    }

    fn open(&mut self, style: Style, at: Range<usize>, anchor: usize) -> bool {
        if self.stack.len() >= MAX_DEPTH {
            self.too_deep(self.span(at.start, at.end));
            return false;
        }
        let found = self.found.len();
        let open = match style {
            Style::FlowMap | Style::BlockMap => {
                Open::Map { entries: Vec::new(), seen: keys::SeenKeys::default(), key: None }
            }
            _ => Open::List(Vec::new()),
        };
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
        self.found.push(Diagnostic::new(Code::TooDeep, span, message).label("the first one too deep"));
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
            Open::List(items) => YamlValue::List(items),
            Open::Map { entries, .. } => YamlValue::Map(entries),
        };
        let value = Yaml { span, node, style: frame.style, inner: span, exact: false };
        self.remember(frame.anchor, &value, frame.cost, frame.height);
        self.put(value, frame.cost, frame.height);
    }

    /// Reads on with the source itself as text.
    fn put_text(&mut self, at: Range<usize>) {
        let span = self.span(at.start, at.end);
        let node = YamlValue::Text(self.text.get(at).unwrap_or("").to_owned());
        self.put(Yaml { span, node, style: Style::Plain, inner: span, exact: true }, 1, 0);
    }

    fn alias(&mut self, anchor: usize, at: Range<usize>) -> bool {
        let span = self.span(at.start, at.end);
        let name = self.text.get(at.start + 1..at.end).unwrap_or("");
        self.end = self.end.max(at.end);
        self.tail = self.tail.max(at.end);
        let Some(copy) = self.anchors.get(&anchor) else {
            let begin =
                self.stack.iter().find(|frame| frame.anchor == anchor).map_or(at.start, |frame| frame.start);
            let begin = self.span(begin, begin);
            let message = format!("the part named `{name}` contains itself");
            self.found
                .push(Diagnostic::new(Code::EndlessAnchor, span, message).related(begin, "it begins here"));
            self.put_text(at);
            return true;
        };
        self.copied += copy.cost;
        if self.copied > MAX_COPIES {
            let message = format!("repeated parts make more than {MAX_COPIES} values");
            self.found.push(Diagnostic::new(Code::AliasBomb, span, message).label("this one is too many"));
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
            Open::Map { entries, key, seen } if key.is_none() => {
                let bad = frame.template;
                *key = Some(if bad { Key::Bad } else { keys::key(value, entries, seen, &mut self.found) });
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

    /// The parser cannot go on: what it stopped at, after the findings made before on other lines.
    pub(super) fn give_up(
        mut self,
        trouble: &FailureCause,
        at: usize,
        findings: &mut Findings,
    ) -> Diagnostic {
        let open =
            self.stack.iter().rev().find(|frame| matches!(frame.style, Style::FlowList | Style::FlowMap));
        let wreck = ParseFailure {
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
        error
    }
}

//! Endpoints: decides which part of the URL each value becomes, and reports what cannot be decided.

mod encoders;
mod encoding;
mod keys;
mod origin;

use crate::diag::{Code, Diagnostic};
use crate::ops::{UrlEncoding, has_whole_percents, is_component, is_dot_segment};
use crate::plan::{
    ComponentEncoding, ElementId, EmptyValues, EndpointLayout, Expr, ExprKind, HostClaim, Step, Template,
    TemplateKind, TemplatePart, UrlComponent, ValueRule, is_delimiter,
};
use crate::source::Span;
use encoding::{Encoded, encoded};
pub(super) use keys::KeyOrigin;
pub(super) use origin::CompiledDefinitions;
use origin::{LocalOrigins, ValueOrigin};

/// Maximum depth to which an endpoint is followed through fields; deeper than any chain of names that compiles.
const MAX_DEPTH: usize = 64;

/// What is known about an endpoint after it has been laid out.
pub(super) struct LaidOut {
    pub(super) layout: EndpointLayout,
    pub(super) claims: Vec<HostClaim>,
    pub(super) findings: Vec<Diagnostic>,
}

/// Lays out an endpoint. `items` is the list of `for_each`, with the element that has a name.
pub(super) fn lay_out(
    endpoint: &Expr,
    definitions: CompiledDefinitions<'_, '_>,
    items: Option<(&Expr, Option<ElementId>)>,
) -> LaidOut {
    let unknown = LocalOrigins::UNKNOWN;
    let locals = items.map_or(unknown, |(items, element)| {
        unknown.with_element(element, definitions.origin(items, unknown))
    });
    let mut builder = Builder {
        definitions,
        locals,
        position: Position::Start,
        constant_segment: Some(String::new()),
        uses: Vec::new(),
        claims: Vec::new(),
        findings: Vec::new(),
    };
    let layout = builder.expr(endpoint);
    builder.end_segment(endpoint.origin.span);
    LaidOut { layout, claims: builder.claims, findings: builder.findings }
}

/// The position in a URL that has been reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Position {
    Start,
    /// Behind a value that the URL begins with and that may contain more than a host.
    AfterBase,
    Authority,
    Path,
    Query,
}

struct Builder<'c, 'm> {
    definitions: CompiledDefinitions<'c, 'm>,
    locals: LocalOrigins,
    position: Position,
    /// The current segment of the path as far as it is constant; `None` if it is not.
    constant_segment: Option<String>,
    /// The places that lead to the current expression.
    uses: Vec<Span>,
    claims: Vec<HostClaim>,
    findings: Vec<Diagnostic>,
}

impl Builder<'_, '_> {
    fn expr(&mut self, expr: &Expr) -> EndpointLayout {
        self.uses.push(expr.origin.span);
        let layout = if self.uses.len() > MAX_DEPTH { self.leaf_expr(expr) } else { self.followed(expr) };
        self.uses.pop();
        layout
    }

    fn followed(&mut self, expr: &Expr) -> EndpointLayout {
        if let ExprKind::Constant(constant) = &expr.kind {
            return self.text(constant.text().unwrap_or(""), expr.origin.span);
        }
        if !self.must_follow(expr) {
            return self.leaf_expr(expr);
        }
        match &expr.kind {
            ExprKind::Template(template) => self.template(template, expr.origin.span),
            ExprKind::Rule(rule) => self.first(rule.source.entries(), rule.default.as_ref()),
            _ => match self.definitions.definition(expr) {
                Some(definition) => {
                    // A field does not see the local variables of the expression that uses it.
                    let locals = std::mem::replace(&mut self.locals, LocalOrigins::UNKNOWN);
                    let layout = self.expr(definition);
                    self.locals = locals;
                    EndpointLayout::Definition(Box::new(layout))
                }
                None => self.leaf_expr(expr),
            },
        }
    }

    /// Whether an expression is a part of a URL whose own parts have different positions: it contains constant text that
    /// may divide the URL.
    fn must_follow(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Constant(constant) => {
                self.position != Position::Start && constant.text().is_some_and(|text| !is_component(text))
            }
            ExprKind::Template(Template { kind: TemplateKind::Parts(parts) }) => {
                let values = parts.iter().any(|part| !matches!(part, TemplatePart::Text(_)));
                match self.position {
                    Position::Start => {
                        values && parts.len() > 1 || parts.iter().any(|part| self.followed_part(part))
                    }
                    _ => parts.len() > 1 || !values,
                }
            }
            ExprKind::Rule(rule) if is_bare(rule) => {
                let entries = rule.source.entries();
                !entries.is_empty()
                    && entries.iter().chain(&rule.default).any(|entry| self.must_follow(entry))
            }
            _ => self.definitions.definition(expr).is_some_and(|definition| self.must_follow(definition)),
        }
    }

    fn followed_part(&self, part: &TemplatePart) -> bool {
        matches!(part, TemplatePart::Value(expr, steps, _) if steps.is_empty() && self.must_follow(expr))
    }

    fn template(&mut self, template: &Template, span: Span) -> EndpointLayout {
        match &template.kind {
            TemplateKind::Parts(parts) => {
                EndpointLayout::Template(parts.iter().map(|part| self.part(part, span)).collect())
            }
            TemplateKind::Logic(..) => EndpointLayout::Base,
        }
    }

    fn part(&mut self, part: &TemplatePart, span: Span) -> EndpointLayout {
        match part {
            TemplatePart::Text(text) => self.text(text.text(), span),
            TemplatePart::Value(expr, steps, None) if steps.is_empty() => self.expr(expr),
            TemplatePart::Value(expr, steps, otherwise) => {
                let before = (self.position, self.constant_segment.clone());
                let value = if steps.is_empty() { self.expr(expr) } else { self.leaf(expr, steps) };
                let Some(otherwise) = otherwise else { return value };
                let after = std::mem::replace(&mut self.position, before.0);
                self.constant_segment = before.1;
                let otherwise = self.part(otherwise, span);
                self.join(after);
                EndpointLayout::Or(Box::new(value), Box::new(otherwise))
            }
        }
    }

    fn first(&mut self, entries: &[Expr], default: Option<&Expr>) -> EndpointLayout {
        let before = (self.position, self.constant_segment.clone());
        let mut after = None;
        let mut alternative = |inner: &mut Self, entry: &Expr| {
            inner.position = before.0;
            inner.constant_segment.clone_from(&before.1);
            let layout = inner.expr(entry);
            if let Some(after) = after {
                inner.join(after);
            }
            after = Some(inner.position);
            layout
        };
        let entries = entries.iter().map(|entry| alternative(self, entry)).collect();
        let default = default.map(|default| Box::new(alternative(self, default)));
        EndpointLayout::First(entries, default)
    }

    /// Continues behind two alternatives, of which the other ended at `after`.
    fn join(&mut self, after: Position) {
        self.constant_segment = None;
        if self.position != after {
            self.position = Position::AfterBase;
        }
    }

    fn leaf_expr(&mut self, expr: &Expr) -> EndpointLayout {
        self.leaf(expr, &[])
    }

    /// A value that is one part of the URL.
    fn leaf(&mut self, expr: &Expr, steps: &[Step]) -> EndpointLayout {
        let origin = self.definitions.value_origin(expr, steps, self.locals);
        let from_event = origin == ValueOrigin::Event;
        let span = expr.origin.span;
        self.constant_segment = None;
        match self.position {
            Position::Start => {
                self.claim(from_event, expr);
                self.position = Position::AfterBase;
                match self.definitions.precomputed_index(expr).filter(|_| steps.is_empty()) {
                    Some(index) => EndpointLayout::PrecomputedBase(index),
                    None => EndpointLayout::Base,
                }
            }
            Position::Authority => {
                self.claim(from_event, expr);
                EndpointLayout::Host
            }
            Position::AfterBase => {
                let message = "two values stand side by side at the beginning of the address, so the second could change the host";
                let finding = Diagnostic::new(Code::HostFromEvent, span, message);
                self.findings.push(finding.help("put a `/` between them"));
                EndpointLayout::Host
            }
            Position::Path | Position::Query => {
                let encoding = match encoded(expr, steps, self.definitions) {
                    // Constants are sent as they are written.
                    Encoded::As(ComponentEncoding::ByPosition) if origin == ValueOrigin::Constant => {
                        ComponentEncoding::AsWritten
                    }
                    Encoded::As(encoding) => encoding,
                    Encoded::Partly => {
                        self.findings.push(encoding::partly_encoded(span));
                        ComponentEncoding::ByPosition
                    }
                };
                let in_query = self.position == Position::Query;
                let last_step_encodes = steps
                    .last()
                    .is_some_and(|last| last.operator.meaning.url_encoding == Some(UrlEncoding::Component));
                EndpointLayout::Component(UrlComponent { encoding, in_query, from_event, last_step_encodes })
            }
        }
    }

    fn claim(&mut self, from_event: bool, expr: &Expr) {
        if from_event {
            let span = expr.origin.span;
            let plain =
                matches!(expr.kind, ExprKind::Event(_) | ExprKind::EventQuery(..) | ExprKind::Named(..));
            let mut spans = vec![span];
            spans.extend(self.uses.iter().rev().filter(|used| **used != span));
            self.claims.push(HostClaim { spans, plain });
        }
    }

    fn text(&mut self, text: &str, span: Span) -> EndpointLayout {
        self.check_characters(text, span);
        let mut rest = text;
        if matches!(self.position, Position::Start | Position::AfterBase) && !rest.is_empty() {
            self.position = match (rest.find("://"), self.position) {
                (Some(at), _) => {
                    rest = &rest[at + 3..];
                    Position::Authority
                }
                (None, Position::AfterBase) => Position::Authority,
                // The analysis reports that this is no address.
                (None, _) => Position::Path,
            };
        }
        if self.position == Position::Authority {
            match rest.find(['/', '?', '#', '\\']) {
                Some(at) => {
                    rest = &rest[at..];
                    self.position = Position::Path;
                    self.constant_segment = None;
                }
                None => rest = "",
            }
        }
        if matches!(self.position, Position::Path | Position::Query) {
            self.path_text(rest, span);
        }
        EndpointLayout::Text(text.bytes().filter(|&byte| is_delimiter(byte)).count())
    }

    fn check_characters(&mut self, text: &str, span: Span) {
        let text = text.trim_end_matches('\n');
        let unusual = |c: &char| matches!(c, '#' | '\\' | '"') || c.is_control() || c.is_whitespace();
        let what = match text.chars().find(unusual) {
            Some(c) if c.is_control() => "a control character".to_owned(),
            Some(c) if c.is_whitespace() => "a space".to_owned(),
            Some(c) => format!("`{c}`"),
            None if !has_whole_percents(text) => "a `%` without two hexadecimal digits".to_owned(),
            None => return,
        };
        let message =
            format!("{what} in an address never arrives as it is written: clients cut or change it");
        let help = "remove it, or write it percent-encoded";
        self.findings.push(Diagnostic::new(Code::ChangedByClients, span, message).help(help));
    }

    fn path_text(&mut self, text: &str, span: Span) {
        for c in text.chars() {
            match c {
                '/' if self.position == Position::Path => {
                    self.end_segment(span);
                    self.constant_segment = Some(String::new());
                }
                '?' if self.position == Position::Path => {
                    self.end_segment(span);
                    self.constant_segment = None;
                    self.position = Position::Query;
                }
                c => {
                    if let Some(segment) = &mut self.constant_segment {
                        segment.push(c);
                    }
                }
            }
        }
    }

    /// Reports a constant segment that clients resolve.
    fn end_segment(&mut self, span: Span) {
        let Some(segment) = self.constant_segment.take().filter(|_| self.position == Position::Path) else {
            return;
        };
        if is_dot_segment(&segment) {
            let message =
                format!("clients resolve the segment `{segment}`, so the request would arrive elsewhere");
            let help = "write the address as it is after that";
            self.findings.push(Diagnostic::new(Code::ChangedByClients, span, message).help(help));
        }
    }
}

/// Whether the value of a rule is that of one of its entries, unchanged.
fn is_bare(rule: &ValueRule) -> bool {
    rule.is_bare() && rule.empty == EmptyValues::Default && rule.invalid.is_none()
}

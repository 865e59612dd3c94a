//! How a mapping encodes a value for a URL, as far as its last operators show.

use super::CompiledDefinitions;
use crate::diag::{Code, Diagnostic};
use crate::ops::{UrlEncoding, is_component};
use crate::plan::{ComponentEncoding, Expr, ExprKind, Source, Step, Template, TemplateKind, TemplatePart};
use crate::source::Span;

/// How a value is encoded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoded {
    As(ComponentEncoding),
    /// In some cases, or in part: neither encoding it nor leaving it would be right.
    Partly,
}

impl Encoded {
    /// How a value is encoded that is encoded in one of two ways.
    fn or(self, other: Self) -> Self {
        if self == other { self } else { Self::Partly }
    }
}

const NOT: Encoded = Encoded::As(ComponentEncoding::ByPosition);

pub(super) fn partly_encoded(span: Span) -> Diagnostic {
    let message = "this value is encoded only in part or only in some cases, so encoding it here would encode some of it twice";
    Diagnostic::new(Code::PartlyEncoded, span, message)
        .help(
            "do not encode it where it is defined: what stands in an address is encoded by its position; `url_path` \
             keeps the slashes of a text, and joins a list with them",
        )
}

/// How the result of steps is encoded.
pub(super) fn encoded(expr: &Expr, steps: &[Step], definitions: CompiledDefinitions<'_, '_>) -> Encoded {
    after(steps, || of_expr(expr, definitions), definitions)
}

fn after(
    steps: &[Step],
    source: impl FnOnce() -> Encoded,
    definitions: CompiledDefinitions<'_, '_>,
) -> Encoded {
    let Some((last, before)) = steps.split_last() else { return source() };
    match last.operator.meaning.url_encoding {
        Some(UrlEncoding::Component) => Encoded::As(ComponentEncoding::Component),
        Some(UrlEncoding::Path) => Encoded::As(ComponentEncoding::Path),
        None if last.operator.meaning.keeps_url_encoding => after(before, source, definitions),
        // What was encoded and then changed is not encoded any more.
        None if after(before, source, definitions) == NOT && !definitions.step_encodes(last) => NOT,
        None => Encoded::Partly,
    }
}

fn of_expr(expr: &Expr, definitions: CompiledDefinitions<'_, '_>) -> Encoded {
    if let Some(definition) = definitions.definition(expr) {
        return of_expr(definition, definitions);
    }
    match &expr.kind {
        ExprKind::Template(template) => of_template(template, definitions),
        ExprKind::Rule(rule) => {
            let source = || match &rule.source {
                Source::First(entries) => of_all(entries, definitions),
                Source::Just(entry) => of_expr(entry, definitions),
                Source::Merge(_) | Source::Concat(_) | Source::ForEach(..) => of_parts(expr, definitions),
            };
            let mut value = after(&rule.steps, source, definitions);
            if let Some(template) = &rule.template {
                let text = of_template(template, definitions);
                value = if value == NOT { text } else { Encoded::Partly };
            }
            let default = rule.default.iter().filter_map(|default| of_alternative(default, definitions));
            default.fold(value, Encoded::or)
        }
        _ => of_parts(expr, definitions),
    }
}

/// How a value is encoded that is made of parts: not at all, or nobody knows.
fn of_parts(expr: &Expr, definitions: CompiledDefinitions<'_, '_>) -> Encoded {
    if definitions.encodes(expr) { Encoded::Partly } else { NOT }
}

/// How all of several alternatives are encoded.
fn of_all(entries: &[Expr], definitions: CompiledDefinitions<'_, '_>) -> Encoded {
    let all = entries.iter().filter_map(|entry| of_alternative(entry, definitions));
    all.reduce(Encoded::or).unwrap_or(NOT)
}

/// How an alternative is encoded; `None` for a constant that is the same encoded or not.
fn of_alternative(expr: &Expr, definitions: CompiledDefinitions<'_, '_>) -> Option<Encoded> {
    match &expr.kind {
        ExprKind::Constant(constant) => of_constant(constant.text().unwrap_or_else(|| constant.json())),
        _ => Some(of_expr(expr, definitions)),
    }
}

/// A constant is not encoded; `None` if encoding would not change it.
fn of_constant(text: &str) -> Option<Encoded> {
    (!is_component(text) || text.contains('%')).then_some(NOT)
}

fn of_template(template: &Template, definitions: CompiledDefinitions<'_, '_>) -> Encoded {
    match &template.kind {
        TemplateKind::Parts(parts) => {
            let all = parts.iter().filter_map(|part| of_template_part(part, definitions));
            all.reduce(Encoded::or).unwrap_or(NOT)
        }
        TemplateKind::Logic(logic, _) if logic.encodes() => Encoded::Partly,
        TemplateKind::Logic(..) => NOT,
    }
}

/// How a part of a template is encoded; `None` for a constant that is the same encoded or not.
fn of_template_part(part: &TemplatePart, definitions: CompiledDefinitions<'_, '_>) -> Option<Encoded> {
    match part {
        TemplatePart::Text(text) => of_constant(text.text()),
        TemplatePart::Value(expr, steps, otherwise) => {
            let otherwise = otherwise.iter().filter_map(|part| of_template_part(part, definitions));
            Some(otherwise.fold(encoded(expr, steps, definitions), Encoded::or))
        }
    }
}

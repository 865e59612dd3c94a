//! How a mapping encodes a value for a URL, as far as its last operators show.

use super::CompiledDefinitions;
use crate::diag::{Code, Diagnostic};
use crate::ops::UrlEncoding;
use crate::plan::{ComponentEncoding, Expr, ExprKind, Source, Step, Template, TemplateKind, TemplatePart};
use crate::source::Span;

/// How a value is encoded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoded {
    As(ComponentEncoding),
    /// In some cases, or in part: neither encoding it nor leaving it would be right.
    Partly,
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
            match &rule.default {
                Some(default) => both(value, default, definitions),
                None => value,
            }
        }
        _ => of_parts(expr, definitions),
    }
}

/// How a value is encoded that is made of parts: not at all, or nobody knows.
fn of_parts(expr: &Expr, definitions: CompiledDefinitions<'_, '_>) -> Encoded {
    if definitions.encodes(expr) { Encoded::Partly } else { NOT }
}

/// How all of several alternatives are encoded. Constants are written by the author as they should be sent.
fn of_all(entries: &[Expr], definitions: CompiledDefinitions<'_, '_>) -> Encoded {
    let mut all =
        entries.iter().filter(|entry| !is_component(entry)).map(|entry| of_expr(entry, definitions));
    let Some(first) = all.next() else { return NOT };
    if all.all(|other| other == first) { first } else { Encoded::Partly }
}

fn both(value: Encoded, other: &Expr, definitions: CompiledDefinitions<'_, '_>) -> Encoded {
    if is_component(other) || of_expr(other, definitions) == value { value } else { Encoded::Partly }
}

/// Whether an expression is a constant that encoding would not change.
fn is_component(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Constant(constant) => {
            let text = constant.text().unwrap_or_else(|| constant.json());
            crate::ops::is_component(text) && !text.contains('%')
        }
        _ => false,
    }
}

fn of_template(template: &Template, definitions: CompiledDefinitions<'_, '_>) -> Encoded {
    let TemplateKind::Parts(parts) = &template.kind else {
        let TemplateKind::Logic(logic, _) = &template.kind else { return NOT };
        return if logic.encodes() { Encoded::Partly } else { NOT };
    };
    let mut all = None;
    for part in parts {
        let TemplatePart::Value(expr, steps, otherwise) = part else {
            let TemplatePart::Text(text) = part else { continue };
            if crate::ops::is_component(text.text()) && !text.text().contains('%') {
                continue;
            }
            all = Some(all.map_or(NOT, |all| if all == NOT { NOT } else { Encoded::Partly }));
            continue;
        };
        let mut value = encoded(expr, steps, definitions);
        if let Some(otherwise) = otherwise {
            let other = of_template_part(otherwise, definitions);
            value = if other.is_none_or(|other| other == value) { value } else { Encoded::Partly };
        }
        all = Some(all.map_or(value, |all| if all == value { all } else { Encoded::Partly }));
    }
    all.unwrap_or(NOT)
}

/// How the alternative of a placeholder is encoded; `None` for a constant that encoding would not change.
fn of_template_part(part: &TemplatePart, definitions: CompiledDefinitions<'_, '_>) -> Option<Encoded> {
    match part {
        TemplatePart::Text(text) => {
            (!crate::ops::is_component(text.text()) || text.text().contains('%')).then_some(NOT)
        }
        TemplatePart::Value(expr, steps, None) => Some(encoded(expr, steps, definitions)),
        TemplatePart::Value(expr, steps, Some(otherwise)) => {
            let value = encoded(expr, steps, definitions);
            match of_template_part(otherwise, definitions) {
                Some(other) if other != value => Some(Encoded::Partly),
                _ => Some(value),
            }
        }
    }
}

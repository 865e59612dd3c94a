//! The parts of a template that its pieces and its program have in common: references, constants, filters.

use std::ops::Range;

use minijinja::machinery::{Span, ast};

use super::program::Expression;
use super::{FilterUse, Reference};
use crate::path::Segment;
use crate::value::Number;

fn range(span: Span) -> Range<usize> {
    span.start_offset as usize..span.end_offset as usize
}

/// An expression that consists only of a name and constant members or indexes.
pub(super) fn reference(expr: &ast::Expr<'_>) -> Option<Reference> {
    let span = range(expr.span());
    match expr {
        ast::Expr::Var(name) => {
            Some(Reference { name: name.id.to_owned(), steps: Vec::new(), range: span, optional: false })
        }
        ast::Expr::GetAttr(get) => {
            let mut inner = reference(&get.expr)?;
            inner.steps.push(Segment::Name(get.name.into()));
            inner.range.end = span.end;
            Some(inner)
        }
        ast::Expr::GetItem(get) => {
            let mut inner = reference(&get.expr)?;
            let ast::Expr::Const(index) = &get.subscript_expr else { return None };
            inner.steps.push(match (index.value.as_str(), i64::try_from(index.value.clone())) {
                (Some(name), _) => Segment::Name(name.into()),
                (None, Ok(index)) => Segment::Index(index),
                _ => return None,
            });
            inner.range.end = span.end;
            Some(inner)
        }
        _ => None,
    }
}

/// A constant of a template.
pub(super) fn constant_expression(constant: &ast::Spanned<ast::Const>, text: &str) -> Expression {
    use minijinja::value::ValueKind;
    match constant.value.kind() {
        ValueKind::Bool => Expression::Bool(constant.value.is_true()),
        ValueKind::Number => number_text(constant, text).map_or(Expression::Null, Expression::Number),
        ValueKind::String => Expression::Text(constant.value.to_string()),
        _ => Expression::Null,
    }
}

/// A filter with its constant arguments.
pub(super) fn filter_use(filter: &ast::Spanned<ast::Filter<'_>>, text: &str) -> FilterUse {
    let (mut positional, mut named, mut constant) = (Vec::new(), serde_json::Map::new(), true);
    for arg in &filter.args {
        match arg {
            ast::CallArg::Pos(expr) => match json(expr, text) {
                Some(value) => positional.push(value),
                None => constant = false,
            },
            ast::CallArg::Kwarg(name, expr) => match json(expr, text) {
                Some(value) => drop(named.insert((*name).to_owned(), value)),
                None => constant = false,
            },
            ast::CallArg::PosSplat(_) | ast::CallArg::KwargSplat(_) => constant = false,
        }
    }
    let argument = match (constant, positional.len(), named.is_empty()) {
        (false, ..) | (true, 0, true) => None,
        (true, 1, true) => positional.pop(),
        (true, _, true) => Some(serde_json::Value::Array(positional)),
        (true, _, false) => Some(serde_json::Value::Object(named)),
    };
    let keys = filter.args.iter().map(|arg| match arg {
        ast::CallArg::Kwarg(name, _) => Some((*name).to_owned()),
        _ => None,
    });
    let (name, keys) = (filter.name.to_owned(), keys.collect());
    FilterUse { name, argument, keys, constant, range: name_range(filter, text) }
}

/// The byte range of the filter's name, which is searched for after the filtered expression.
fn name_range(filter: &ast::Spanned<ast::Filter<'_>>, text: &str) -> Range<usize> {
    let whole = range(filter.span());
    let from = filter.expr.as_ref().map_or(whole.start, |inner| inner.span().end_offset as usize);
    let position = text.get(from..).and_then(|rest| rest.find(filter.name));
    position.map_or(whole, |offset| from + offset..from + offset + filter.name.len())
}

/// A constant as JSON; `None` for values that `serde_json` does not represent exactly, which are computed when the template
/// is rendered.
fn json(expr: &ast::Expr<'_>, text: &str) -> Option<serde_json::Value> {
    match expr {
        ast::Expr::Const(constant) => match constant_expression(constant, text) {
            Expression::Bool(truth) => Some(truth.into()),
            Expression::Text(text) => Some(text.into()),
            Expression::Number(number) => json_number(&number),
            _ => Some(serde_json::Value::Null),
        },
        ast::Expr::UnaryOp(unary) => match (&unary.op, &unary.expr) {
            (ast::UnaryOpKind::Neg, ast::Expr::Const(constant)) => {
                json_number(&format!("-{}", number_text(constant, text)?))
            }
            _ => None,
        },
        ast::Expr::List(list) => list.items.iter().map(|item| json(item, text)).collect(),
        ast::Expr::Tuple(tuple) => tuple.items.iter().map(|item| json(item, text)).collect(),
        ast::Expr::Map(map) => {
            let members = map.keys.iter().zip(&map.values).map(|(key, value)| {
                let ast::Expr::Const(key) = key else { return None };
                Some((key.value.as_str()?.to_owned(), json(value, text)?))
            });
            members.collect::<Option<serde_json::Map<_, _>>>().map(Into::into)
        }
        _ => None,
    }
}

fn json_number(number: &str) -> Option<serde_json::Value> {
    let exact = Number::Literal(number);
    let whole = number.parse::<i64>().map(Into::into).or_else(|_| number.parse::<u64>().map(Into::into));
    whole.ok().or_else(|| {
        let double = exact.fits_a_double().then(|| exact.as_f64())?;
        serde_json::Number::from_f64(double).map(Into::into)
    })
}

/// The JSON number for a constant number, with the digits that the template has.
pub(super) fn number_text(constant: &ast::Spanned<ast::Const>, text: &str) -> Option<String> {
    let written: String = text.get(range(constant.span()))?.chars().filter(|digit| *digit != '_').collect();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = written.split_once(['e', 'E']).unwrap_or((&written, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    if digits(whole) && digits(fraction) && digits(exponent) && !leading_zero {
        return Some(written);
    }
    // Another notation, such as `0x1f`.
    let value = &constant.value;
    if value.is_integer() {
        Some(value.to_string())
    } else {
        Some(f64::try_from(value.clone()).ok()?.to_string())
    }
}

//! Parses a template: into pieces if it has no logic, and otherwise into a program.

use std::sync::Arc;

use minijinja::machinery::ast;

use super::leaf::{constant_expression, filter_use, reference};
use super::lower::{Lowered, lower};
use super::program::Expression;
use super::{BadTemplate, Body, Parsed, Piece, nesting};
use crate::value::{Arena, Number};

/// Parses a template.
///
/// # Errors
/// If its syntax is invalid, it is nested too deeply, or it uses a construct that mappings do not support.
pub fn parse(text: &str) -> Result<Parsed, BadTemplate> {
    nesting::check(text)?;
    // A template ends where its text ends: Jinja would drop one line break there.
    let syntax = minijinja::syntax::SyntaxConfig::builder().keep_trailing_newline(true).build();
    let tree = syntax
        .and_then(|syntax| minijinja::machinery::parse(text, "template", syntax))
        .map_err(|error| syntax_error(text, &error))?;
    let Lowered { program, references, filters } = lower(&tree, text)?;
    let body = match pieces(&tree, text) {
        Some(pieces) => Body::Pieces(pieces),
        None => Body::Logic(Arc::new(program)),
    };
    Ok(Parsed { body, references, filters })
}

fn syntax_error(text: &str, error: &minijinja::Error) -> BadTemplate {
    let detail = error.detail().unwrap_or("the template is invalid");
    let forbidden = detail.contains("unknown statement");
    let message = if forbidden {
        format!("{detail}: templates support only `if`, `for`, `set` and filters")
    } else {
        format!("the template has a syntax error: {detail}")
    };
    let range = error.range().filter(|range| range.end <= text.len()).unwrap_or(0..text.len());
    BadTemplate { message, range, forbidden }
}

/// The template as pieces; `None` if it has logic.
fn pieces(statement: &ast::Stmt<'_>, text: &str) -> Option<Vec<Piece>> {
    let ast::Stmt::Template(template) = statement else { return None };
    let piece = |statement: &ast::Stmt<'_>| match statement {
        ast::Stmt::EmitRaw(raw) => Some(Piece::Text(raw.raw.to_owned())),
        ast::Stmt::EmitExpr(emit) => piece(&emit.expr, text),
        _ => None,
    };
    template.children.iter().map(piece).collect()
}

/// The expression as a piece, if it is only a constant, or a reference with filters and `or`.
fn piece(expr: &ast::Expr<'_>, text: &str) -> Option<Piece> {
    match expr {
        ast::Expr::Const(constant) => Some(Piece::Text(match constant_expression(constant, text) {
            Expression::Bool(truth) => truth.to_string(),
            Expression::Text(text) => text,
            Expression::Number(number) => Number::Literal(&number).to_text(&Arena::new()).to_owned(),
            _ => String::new(),
        })),
        ast::Expr::BinOp(binary) if matches!(binary.op, ast::BinOpKind::ScOr) => {
            let mut left = piece(&binary.left, text)?;
            let mut last = &mut left;
            while let Piece::Value { otherwise: Some(next), .. } = last {
                last = next;
            }
            let Piece::Value { otherwise, .. } = last else { return None };
            *otherwise = Some(Box::new(piece(&binary.right, text)?));
            Some(left)
        }
        ast::Expr::Filter(filter) => {
            let Piece::Value { value, mut filters, otherwise: None } = piece(filter.expr.as_ref()?, text)?
            else {
                return None;
            };
            let used = filter_use(filter, text);
            if !used.constant {
                return None;
            }
            filters.push(used);
            Some(Piece::Value { value, filters, otherwise: None })
        }
        _ => reference(expr).map(|value| Piece::Value { value, filters: Vec::new(), otherwise: None }),
    }
}

//! `prepare:`.

use super::expr::ExprCompiler;
use crate::diag::{Code, Diagnostic};
use crate::path;
use crate::plan::{Assignment, Constant, Expr, ExprKind, Preparation};
use crate::syntax::{self, Mapping, Text};

pub(super) fn preparations(mapping: &Mapping, compiler: &mut ExprCompiler<'_>) -> Box<[Preparation]> {
    let preparations = mapping.prepare.iter().enumerate().map(|(index, written)| {
        compiler.within(format_args!("/prepare[{index}]"), |inner| {
            let (when, _) = inner.optional_condition(written.when.as_ref());
            let set = written.set.iter().map(|written| assignment(written, inner)).collect();
            Preparation { when, set }
        })
    });
    preparations.collect()
}

fn assignment(written: &syntax::Assignment, compiler: &mut ExprCompiler<'_>) -> Assignment {
    Assignment {
        target: target(&written.target, compiler),
        key: compiler.within(format_args!(".key"), |inner| inner.value(&written.key)).expr,
        to: compiler.within(format_args!(".to"), |inner| inner.value(&written.to)).expr,
    }
}

/// The map to change: a part of the event, given by a path or by a field that returns one.
fn target(text: &Text, compiler: &mut ExprCompiler<'_>) -> Expr {
    let outside = match &*compiler.parse_path(text) {
        Ok(path) => match &path.root {
            path::Root::Named(name) => {
                name == "config" || name == "connection" || name == "metadata" || path.query.is_some()
            }
            path::Root::Event => path.query.is_some(),
        },
        Err(_) => false,
    };
    if outside {
        let message = format!("`{}` is not a map in the event, so it cannot be changed", text.text);
        compiler.report(Diagnostic::new(Code::TargetOutsideTheEvent, text.span, message));
    }
    let (kind, _) = compiler.path(text);
    let kind = if outside { ExprKind::Constant(Constant::null()) } else { kind };
    Expr { kind, origin: compiler.origin(text.span) }
}

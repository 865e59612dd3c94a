//! Filters of templates: operators with constant arguments.

use super::ExprCompiler;
use crate::compile::constant::{json_value, to_constant};
use crate::compile::operator::equivalent;
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::ops::{ArgKind, Args, OPS, Operator, operator};
use crate::plan::{Expr, ExprKind, Step};
use crate::source::Span;
use crate::syntax::Text;
use crate::template::FilterUse;
use crate::value::Arena;

impl ExprCompiler<'_> {
    /// A filter as a step; `None`, with a finding, when it is invalid, or when its arguments are not constant.
    pub(super) fn filter(&mut self, written: &FilterUse, text: &Text) -> Option<Step> {
        let span = text.at(written.range.clone());
        match operator(&written.name) {
            None => {
                self.report(unknown_filter(&written.name, span));
                None
            }
            Some(row) if matches!(row.argument, ArgKind::Pipeline(_) | ArgKind::Test(_)) => {
                let message = format!("`{}` cannot be a filter; use it in a `transform:`", row.name);
                self.report(Diagnostic::new(Code::UnknownFilter, span, message));
                None
            }
            Some(row) if written.constant => self.filter_step(row, written.argument.clone(), span),
            Some(row) => {
                let names = written.keys.as_deref();
                if let Some(pattern) = row.meaning.pattern
                    && names.is_none_or(|names| names.iter().any(|name| name == pattern))
                {
                    let message = format!(
                        "`{}` with `{pattern}` needs constant arguments in a template, since patterns are compiled \
                         when the mapping is loaded; use it in a `transform:`",
                        row.name
                    );
                    self.report(Diagnostic::new(Code::BadArgument, span, message));
                }
                None
            }
        }
    }

    fn filter_step(
        &mut self,
        row: &'static Operator,
        mut argument: Option<serde_json::Value>,
        span: Span,
    ) -> Option<Step> {
        let mut named = Vec::new();
        if let Some(serde_json::Value::Object(members)) = &mut argument {
            for key in row.with {
                named.extend(members.remove(key.name).map(|value| (key.name, value)));
            }
            if members.is_empty() {
                argument = None;
            }
        }
        let problem = match row.argument {
            ArgKind::Constant(description) | ArgKind::Value(description) if argument.is_none() => {
                Some(format!("needs {description}"))
            }
            ArgKind::None if argument.is_some() => Some("takes no argument".to_owned()),
            _ => None,
        };
        if let Some(problem) = problem {
            let message = format!("`{}` {problem}", row.name);
            self.report(Diagnostic::new(Code::ArgumentCount, span, message));
            return None;
        }
        let arena = Arena::new();
        let argument = argument.as_ref().map(|argument| json_value(argument, &arena));
        let with: Vec<_> = named.iter().map(|(key, value)| (*key, json_value(value, &arena))).collect();
        let (constant, value) =
            if matches!(row.argument, ArgKind::Value(_)) { (None, argument) } else { (argument, None) };
        let operation = match (row.build)(&Args {
            argument: constant,
            with: &with,
            destination: Some(self.address.destination()),
            arena: &arena,
        }) {
            Ok(operation) => operation,
            Err(error) => {
                self.report(Diagnostic::new(Code::BadArgument, span, error.message));
                return None;
            }
        };
        let argument = value.map(|value| {
            let kind = ExprKind::Constant(to_constant(value, span, self.findings));
            Expr { kind, origin: self.origin(span) }
        });
        let origin = self.origin(span);
        Some(Step { operator: row, operation, argument, pipeline: Box::default(), test: None, origin })
    }
}

fn unknown_filter(name: &str, span: Span) -> Diagnostic {
    let near = if name == "default" {
        "; write `a or b`".to_owned()
    } else {
        match (did_you_mean(name, OPS.iter().map(|row| row.name)), equivalent(name)) {
            (near, Some((name, why))) if near.is_empty() => format!("; did you mean `{name}`?{why}"),
            (near, _) => near,
        }
    };
    Diagnostic::new(Code::UnknownFilter, span, format!("there is no filter called `{name}`{near}"))
        .help("every operator is a filter; `mapwright ops` lists them")
}

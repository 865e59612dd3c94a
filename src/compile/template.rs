//! Templates.

use super::constant::of_json;
use super::{Compiler, pipeline};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::ops::{ArgKind, Args, OPS, operator};
use crate::plan::{
    Constant, ConstantText, Dependencies, Expr, ExprKind, Step, Template, TemplateKind, TemplatePart,
};
use crate::syntax::Text;
use crate::template::{Body, FilterUse, Logic, Piece, Reference};
use crate::value::Arena;

impl Compiler<'_> {
    pub(super) fn template(&mut self, text: &Text) -> (Template, Dependencies) {
        let read = self.parse_cache.template(&text.text);
        let parsed = match &*read {
            Ok(parsed) => parsed,
            Err(bad) => {
                let code = if bad.forbidden { Code::TemplateNotAllowed } else { Code::TemplateSyntax };
                let dollar = text.text.get(bad.range.clone()).is_some_and(|at| at.starts_with('$'));
                let found = Diagnostic::new(code, text.at(bad.range.clone()), bad.message.as_str());
                self.found(if dollar {
                    found.help("names in a template have no `$`: `{{ event.traits.email }}`, `{{ field }}`")
                } else {
                    found
                });
                return (Template::text(""), Dependencies::default());
            }
        };
        let mut deps = Dependencies::default();
        let kind = match &parsed.body {
            Body::Pieces(pieces) => {
                let parts = pieces.iter().map(|piece| self.piece(piece, text, &mut deps)).collect();
                TemplateKind::Parts(parts)
            }
            Body::Logic => {
                parsed.filters.iter().for_each(|used| drop(self.filter(used, text)));
                let values = parsed
                    .references
                    .iter()
                    .map(|reference| (reference.clone(), self.reference(reference, text, &mut deps)))
                    .collect();
                deps.refuses = true;
                match Logic::new(&text.text) {
                    Ok(logic) => TemplateKind::Logic(Box::new(logic), values),
                    Err(failed) => {
                        self.found(Diagnostic::new(
                            Code::TemplateSyntax,
                            text.span,
                            format!("the template has a syntax error: {failed}"),
                        ));
                        TemplateKind::Parts(Box::default())
                    }
                }
            }
        };
        (Template { kind }, deps)
    }

    fn piece(&mut self, piece: &Piece, text: &Text, deps: &mut Dependencies) -> TemplatePart {
        match piece {
            Piece::Text(words) => TemplatePart::Text(ConstantText::new(words)),
            Piece::Value { value, filters, otherwise } => {
                let mut expr = self.reference(value, text, deps);
                let mut steps = Vec::new();
                for used in filters {
                    steps.extend(self.filter(used, text));
                }
                let otherwise = otherwise.as_ref().map(|piece| Box::new(self.piece(piece, text, deps)));
                let settings_only = matches!(expr.kind, ExprKind::Named(crate::plan::Variable::Config, ..));
                if settings_only && otherwise.is_none() {
                    // The whole part can be computed for the settings.
                    let origin = expr.origin.clone();
                    let part = TemplatePart::Value(expr, steps.into(), None);
                    let kind = ExprKind::Template(Template { kind: TemplateKind::Parts(Box::new([part])) });
                    self.precomputed.push(Expr { kind, origin: origin.clone() });
                    expr = Expr { kind: ExprKind::Precomputed(self.precomputed.len() - 1), origin };
                    return TemplatePart::Value(expr, Box::default(), None);
                }
                TemplatePart::Value(expr, steps.into(), otherwise)
            }
        }
    }

    fn reference(&mut self, reference: &Reference, text: &Text, deps: &mut Dependencies) -> Expr {
        let span = text.at(reference.range.clone());
        let origin = self.origin(span);
        if reference.name == "event" {
            deps.event = true;
            return Expr { kind: ExprKind::Event(self.paths.add(&reference.steps)), origin };
        }
        let name_span = text.at(reference.range.start..reference.range.start + reference.name.len());
        let kind = match self.root(&reference.name, &reference.steps, name_span, Code::UnknownNameInTemplate)
        {
            Some((root, read)) => {
                *deps = deps.or(read);
                ExprKind::Named(root, self.way(root, &reference.steps), None)
            }
            None => ExprKind::Constant(Constant::null()),
        };
        Expr { kind, origin }
    }

    /// An operator as a filter.
    fn filter(&mut self, used: &FilterUse, text: &Text) -> Option<Step> {
        let span = text.at(used.range.clone());
        let Some(row) = operator(&used.name) else {
            let near = did_you_mean(&used.name, OPS.iter().map(|row| row.name));
            let near = match pipeline::elsewhere(&used.name) {
                Some((name, why)) if near.is_empty() => format!("; did you mean `{name}`?{why}"),
                _ => near,
            };
            let near = if used.name == "default" { "; write `a or b`".to_owned() } else { near };
            let message = format!("there is no filter called `{}`{near}", used.name);
            self.found(
                Diagnostic::new(Code::UnknownFilter, span, message)
                    .help("every operator is a filter; `mapwright ops` lists them"),
            );
            return None;
        };
        if matches!(row.argument, ArgKind::Pipeline(_) | ArgKind::Test(_)) {
            let message = format!("`{}` cannot be a filter; use it in a `transform:`", row.name);
            self.found(Diagnostic::new(Code::UnknownFilter, span, message));
            return None;
        }
        if !used.constant {
            return None;
        }
        let arena = Arena::new();
        let (mut named, mut argument) = (Vec::new(), used.argument.clone());
        if let Some(serde_json::Value::Object(members)) = &mut argument {
            for key in row.with {
                named.extend(members.remove(key.name).map(|value| (key.name, value)));
            }
            if members.is_empty() {
                argument = None;
            }
        }
        let missing = matches!(row.argument, ArgKind::Constant(_) | ArgKind::Value(_)) && argument.is_none();
        let unwanted = row.argument == ArgKind::None && argument.is_some();
        if missing || unwanted {
            let words = match row.argument {
                ArgKind::Constant(words) | ArgKind::Value(words) => format!("needs {words}"),
                _ => "takes no argument".to_owned(),
            };
            self.found(Diagnostic::new(Code::ArgumentCount, span, format!("`{}` {words}", row.name)));
            return None;
        }
        let argument = argument.as_ref().map(|argument| of_json(argument, &arena));
        let is_value = matches!(row.argument, ArgKind::Value(_));
        let with: Vec<_> = named.iter().map(|(key, value)| (*key, of_json(value, &arena))).collect();
        let given = argument.filter(|_| !is_value);
        let operation = match (row.build)(&Args { argument: given, with: &with, arena: &arena }) {
            Ok(operation) => operation,
            Err(wrong) => {
                self.found(Diagnostic::new(Code::BadArgument, span, wrong.message));
                return None;
            }
        };
        let argument = argument.filter(|_| is_value).map(|argument| {
            let kind = ExprKind::Constant(self.kept(argument, span));
            Expr { kind, origin: self.origin(span) }
        });
        Some(Step {
            operator: row,
            operation,
            argument,
            pipeline: Box::default(),
            test: None,
            origin: self.origin(span),
        })
    }
}

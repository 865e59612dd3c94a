//! Templates.

use std::sync::Arc;

use super::{ExprCompiler, null};
use crate::compile::Compiled;
use crate::diag::{Code, Diagnostic};
use crate::ops::operator;
use crate::plan::{
    ConstantText, Dependencies, Expr, ExprKind, Template, TemplateKind, TemplatePart, Variable,
};
use crate::syntax::Text;
use crate::template::{BadTemplate, Body, Logic, Parsed, Piece, Program, Reference};

impl ExprCompiler<'_> {
    pub(super) fn template(&mut self, text: &Text) -> (Template, Dependencies) {
        let parsed = self.parse_cache.template(&text.text);
        let parsed = match &*parsed {
            Ok(parsed) => parsed,
            Err(error) => {
                self.report(syntax_error(error, text));
                return (Template::text(""), Dependencies::default());
            }
        };
        let mut deps = Dependencies::default();
        let kind = match &parsed.body {
            Body::Pieces(pieces) => {
                let parts = pieces.iter().map(|piece| self.piece(piece, text, &mut deps)).collect();
                TemplateKind::Parts(parts)
            }
            Body::Logic(program) => self.logic(program, parsed, text, &mut deps),
        };
        (Template { kind }, deps)
    }

    /// A template with logic.
    fn logic(
        &mut self,
        program: &Arc<Program>,
        parsed: &Parsed,
        text: &Text,
        deps: &mut Dependencies,
    ) -> TemplateKind {
        for filter in &parsed.filters {
            self.filter(filter, text); // only for its findings
        }
        let values = parsed
            .references
            .iter()
            .map(|reference| (reference.clone(), self.reference(reference, text, deps)))
            .collect();
        deps.refuses = true;
        TemplateKind::Logic(Box::new(Logic::new(program, &parsed.filters)), values)
    }

    fn piece(&mut self, piece: &Piece, text: &Text, deps: &mut Dependencies) -> TemplatePart {
        match piece {
            Piece::Text(text) => TemplatePart::Text(ConstantText::new(text)),
            Piece::Value { value, filters, otherwise } => {
                let expr = self.reference(value, text, deps);
                let mut steps = Vec::new();
                for filter in filters {
                    deps.refuses |= operator(&filter.name).is_some_and(|row| row.meaning.refuses.is_some());
                    steps.extend(self.filter(filter, text));
                }
                let otherwise = otherwise.as_ref().map(|piece| Box::new(self.piece(piece, text, deps)));
                let settings_only = matches!(expr.kind, ExprKind::Named(Variable::Config, ..));
                if settings_only && otherwise.is_none() {
                    return self.precomputed_piece(expr, steps.into());
                }
                TemplatePart::Value(expr, steps.into(), otherwise)
            }
        }
    }

    fn precomputed_piece(&mut self, expr: Expr, steps: Box<[crate::plan::Step]>) -> TemplatePart {
        let origin = expr.origin.clone();
        let part = TemplatePart::Value(expr, steps, None);
        let kind = ExprKind::Template(Template { kind: TemplateKind::Parts(Box::new([part])) });
        let whole = Compiled { expr: Expr { kind, origin }, deps: Dependencies::default() };
        TemplatePart::Value(self.precomputed.add(whole).expr, Box::default(), None)
    }

    fn reference(&mut self, reference: &Reference, text: &Text, deps: &mut Dependencies) -> Expr {
        let origin = self.origin(text.at(reference.range.clone()));
        if reference.name == "event" {
            deps.event = true;
            return Expr { kind: ExprKind::Event(self.paths.add(&reference.steps)), origin };
        }
        let start = reference.range.start;
        let name_span = text.at(start..start + reference.name.len());
        let code = Code::UnknownNameInTemplate;
        if reference.optional && !self.is_defined(&reference.name) {
            return Expr { kind: null().0, origin };
        }
        let kind = match self.variable(&reference.name, &reference.steps, name_span, code) {
            Some((variable, variable_deps)) => {
                *deps = deps.or(variable_deps);
                ExprKind::Named(variable, self.subpath(variable, &reference.steps), None)
            }
            None => null().0,
        };
        Expr { kind, origin }
    }
}

fn syntax_error(error: &BadTemplate, text: &Text) -> Diagnostic {
    let code = if error.forbidden { Code::TemplateNotAllowed } else { Code::TemplateSyntax };
    let finding = Diagnostic::new(code, text.at(error.range.clone()), error.message.as_str());
    if text.text.get(error.range.clone()).is_some_and(|source| source.starts_with('$')) {
        finding.help("names in a template have no `$`: `{{ event.traits.email }}`, `{{ field }}`")
    } else {
        finding
    }
}

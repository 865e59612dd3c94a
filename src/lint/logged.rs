//! Secrets in parts of a request that servers and proxies log: the endpoint, query parameters and labels.

use crate::diag::{Code, Diagnostic, Warnings};
use crate::plan::{
    Action, Expr, ExprKind, LocalTaints, Plan, Source, Taint, TemplateKind, TemplatePart, Variable,
};
use crate::source::Span;

/// Words in the names of settings that are probably secret, though the mapping does not declare them.
const SECRET_WORDS: [&str; 4] = ["key", "token", "secret", "password"];

/// Reports them. A mapping with errors has no plan, and its warnings can wait.
pub(super) fn secrets(plan: &Plan, warnings: &mut Warnings) {
    let requests = plan.rules.iter().filter_map(|rule| match &rule.action {
        Action::Request(requests) => Some(requests),
        Action::Fail(_) | Action::Drop(_) => None,
    });
    for request in requests.flatten() {
        let mut locals = LocalTaints::default();
        if let Some(items) = &request.for_each {
            locals = locals.with_element(request.element, plan.taints().of(items, locals));
        }
        let mut search = Search { plan, locals, warnings };
        search.part("endpoint", &request.endpoint);
        request.label.iter().for_each(|label| search.part("label", label));
        request.params.iter().for_each(|params| search.part("params", params));
    }
}

struct Search<'s> {
    plan: &'s Plan,
    locals: LocalTaints,
    warnings: &'s mut Warnings,
}

impl Search<'_> {
    fn part(&mut self, part: &str, expr: &Expr) {
        let plan = self.plan;
        match &expr.kind {
            ExprKind::Precomputed(number) => {
                plan.precomputed.get(*number).into_iter().for_each(|inner| self.part(part, inner));
            }
            // The part of `request:` that all rules share.
            ExprKind::Named(Variable::Field(number), ..)
                if plan.fields.get(*number).is_some_and(|field| field.name.contains('.')) =>
            {
                self.part(part, &plan.fields[*number].expr);
            }
            ExprKind::Map(_, members) => members.iter().for_each(|member| self.part(part, &member.value)),
            ExprKind::Rule(rule) if rule.is_bare() => {
                match &rule.source {
                    Source::First(exprs) | Source::Merge(exprs) | Source::Concat(exprs) => {
                        exprs.iter().for_each(|inner| self.part(part, inner));
                    }
                    Source::Just(inner) => self.part(part, inner),
                    Source::ForEach(..) => self.report(part, expr.origin.span, self.taint(expr)),
                }
                rule.default.iter().for_each(|default| self.part(part, default));
            }
            ExprKind::Template(template) => match &template.kind {
                TemplateKind::Parts(parts) => parts.iter().for_each(|piece| self.piece(part, piece)),
                TemplateKind::Logic(..) => self.report(part, expr.origin.span, self.taint(expr)),
            },
            _ => self.report(part, expr.origin.span, self.taint(expr)),
        }
    }

    fn piece(&mut self, part: &str, piece: &TemplatePart) {
        if let TemplatePart::Value(expr, steps, alternative) = piece {
            let taint = self.plan.taints().placeholder(expr, steps, self.locals);
            self.report(part, expr.origin.span, taint);
            if let Some(alternative) = alternative {
                self.piece(part, alternative);
            }
        }
    }

    fn taint(&self, expr: &Expr) -> Taint {
        self.plan.taints().of(expr, self.locals)
    }

    fn report(&mut self, part: &str, span: Span, taint: Taint) {
        if taint.is_public() {
            return;
        }
        let names = self.plan.taints().names().list(taint.settings);
        let name = names.split([',', '.']).next().unwrap_or_default();
        let declared = self.plan.settings.iter().any(|setting| *setting.name == *name);
        if !declared && !SECRET_WORDS.iter().any(|word| name.to_lowercase().contains(word)) {
            return;
        }
        let message = format!("the secret setting `{name}` is used in `{part}`, which appears in logs");
        let help = format!(
            "send it in a header, or set `secret: false` for `{name}` under `config:` if it is not a secret"
        );
        self.warnings.push(Diagnostic::new(Code::SecretInAddress, span, message).help(help));
    }
}

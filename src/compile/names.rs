//! Names: what `$name` and a bare word stand for, and which names nobody uses.

use super::{Compiled, Compiler, Scope, State};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::path::Segment;
use crate::plan::{Condition, Dependencies, Expr, ExprKind, Field, Paths, Source, Variable};
use crate::source::Span;

/// Names that the language gives; no field may have one.
pub(super) const RESERVED_NAMES: &[&str] =
    &["event", "config", "connection", "metadata", "item", "value", "body", "items", "response"];

/// What every event has.
const EVENT_KEYS: [&str; 10] = [
    "type",
    "event",
    "name",
    "userId",
    "anonymousId",
    "traits",
    "properties",
    "context",
    "timestamp",
    "messageId",
];

/// How much of the compiled parts was in use when the rules were done.
pub(super) struct InUse {
    fields: usize,
    conditions: usize,
    precomputed: usize,
    paths: Paths,
}

type Finished = (Box<[Field]>, Box<[Condition]>, Box<[Expr]>, Paths);

impl Compiler<'_> {
    /// What a name after `$` (or in a template) stands for.
    pub(super) fn root(
        &mut self,
        name: &str,
        steps: &[Segment],
        span: Span,
        code: Code,
    ) -> Option<(Variable, Dependencies)> {
        let event = Dependencies { event: true, ..Dependencies::default() };
        let local = Dependencies { local: true, event: true, ..Dependencies::default() };
        let here = |allowed: bool, root| allowed.then_some((root, local));
        let (found, place) = match name {
            "config" => {
                let secret = self.is_secret(steps, span);
                return Some((
                    Variable::Config,
                    Dependencies { config: true, secret, ..Dependencies::default() },
                ));
            }
            "connection" => return Some((Variable::Connection, event)),
            "metadata" => return Some((Variable::Metadata, event)),
            "item" => (
                here(self.scope.item, Variable::Item).or(here(self.scope.later, Variable::Later)),
                "inside `make:` of a `for_each:`",
            ),
            "value" => (
                here(self.scope.value, Variable::Value).or(here(self.scope.later, Variable::Later)),
                "in a `template:` beside another verb",
            ),
            "body" | "items" => (here(self.scope.later, Variable::Later), "under `batch:`"),
            "response" => (here(self.scope.later, Variable::Later), "under `response:`"),
            _ => {
                if let Some(&(at, state)) = self.field_names.get(name) {
                    return self.field(at, state, span);
                }
                if self.again(name, span) {
                    return None;
                }
                let message = if self.condition_names.contains_key(name) {
                    format!("`{name}` is a condition, not a value; write it without `$` under `when:`")
                } else {
                    let known = self.field_names.keys().copied().chain(RESERVED_NAMES.iter().copied());
                    let near = match did_you_mean(name, known) {
                        near if near.is_empty() && EVENT_KEYS.contains(&name) => {
                            let path = if code == Code::UnknownNameInTemplate { "event." } else { "$." };
                            format!("; write `{path}{name}` for what the event has")
                        }
                        near => near,
                    };
                    format!("there is no field called `{name}`{near}")
                };
                let found = Diagnostic::new(code, span, message);
                let elsewhere = "text that another tool is to fill in is written with `{{ '{{' }}` for `{{`";
                let found = if code == Code::UnknownNameInTemplate { found.help(elsewhere) } else { found };
                self.unknown.insert(name.to_owned(), found);
                return None;
            }
        };
        if found.is_none() {
            self.found(Diagnostic::new(Code::NameNotHere, span, format!("`{name}` is known only {place}")));
        }
        found
    }

    /// Whether a name that nothing has was met before: it is one mistake, told once with all its places.
    fn again(&mut self, name: &str, span: Span) -> bool {
        let Some(first) = self.unknown.get_mut(name) else { return false };
        if first.span != span && !first.related.iter().any(|(place, _)| *place == span) {
            first.related.push((span, "and here".to_owned()));
        }
        true
    }

    /// Whether what is read of the settings may not be shown.
    fn is_secret(&mut self, steps: &[Segment], span: Span) -> bool {
        let Some(Segment::Name(name)) = steps.first() else { return true };
        let declared = self.mapping.config.iter().find(|setting| *setting.name.node == **name);
        if declared.is_none() {
            let known = self.mapping.config.iter().map(|setting| setting.name.node.as_str());
            if let Some(near) = crate::diag::nearest(name, known) {
                let message = format!("there is no setting called `{name}`; did you mean `{near}`?");
                self.found(Diagnostic::new(Code::UnknownSetting, span, message));
            }
        }
        declared.and_then(|setting| setting.secret.as_ref()).is_none_or(|secret| secret.node)
    }

    fn field(&mut self, at: usize, state: State, span: Span) -> Option<(Variable, Dependencies)> {
        let named = &self.mapping.fields[at];
        let name = named.name.node.as_str();
        match state {
            State::Done(slot) => {
                self.nesting.uses_field(slot);
                Some((Variable::Field(slot), self.field_deps[slot]))
            }
            State::InProgress => {
                let message = format!("the field `{name}` needs itself to be computed");
                self.found(
                    Diagnostic::new(Code::FieldCycle, span, message).related(named.name.span, "the field"),
                );
                None
            }
            State::Untouched => {
                self.field_names.insert(name, (at, State::InProgress));
                let address = [self.mapping.destination.node.as_str(), "/fields.", name].concat();
                let made = self.linked(name, span, |compiler| {
                    compiler.elsewhere(address, Scope::default(), |compiler| {
                        let made = compiler.value(&named.node);
                        compiler.precompute(made)
                    })
                });
                let Some((made, needs)) = made else {
                    self.field_names.insert(name, (at, State::Untouched));
                    return None;
                };
                let slot = self.add_field(name, made);
                self.nesting.keep_field(slot, needs);
                self.field_names.insert(name, (at, State::Done(slot)));
                Some((Variable::Field(slot), self.field_deps[slot]))
            }
        }
    }

    pub(super) fn add_field(&mut self, name: &str, made: Compiled) -> usize {
        let inline = match &made.expr.kind {
            ExprKind::Map(..) | ExprKind::Template(_) | ExprKind::Precomputed(_) => true,
            ExprKind::Rule(rule) => matches!(rule.source, Source::Merge(_)) && rule.steps.is_empty(),
            _ => false,
        };
        self.fields.push(Field { name: name.into(), expr: made.expr, inline });
        self.field_deps.push(made.deps);
        self.fields.len() - 1
    }

    /// A named condition.
    pub(super) fn named_condition(&mut self, name: &str, span: Span) -> Option<(Condition, Dependencies)> {
        let Some(&(at, state)) = self.condition_names.get(name) else {
            if self.again(name, span) {
                return None;
            }
            let message = if self.field_names.contains_key(name) {
                format!("`{name}` is a field; write `${name}` to ask whether it is present")
            } else {
                format!(
                    "there is no condition called `{name}`{}",
                    did_you_mean(name, self.condition_names.keys().copied())
                )
            };
            self.unknown.insert(name.to_owned(), Diagnostic::new(Code::UnknownCondition, span, message));
            return None;
        };
        let named = &self.mapping.conditions[at];
        let number = match state {
            State::Done(number) => {
                self.nesting.uses_condition(number);
                number
            }
            State::InProgress => {
                let message = format!("the condition `{name}` needs itself");
                self.found(
                    Diagnostic::new(Code::FieldCycle, span, message)
                        .related(named.name.span, "the condition"),
                );
                return None;
            }
            State::Untouched => {
                let name = named.name.node.as_str();
                self.condition_names.insert(name, (at, State::InProgress));
                let address = format!("{}/conditions.{name}", self.mapping.destination.node);
                let made = self.linked(name, span, |compiler| {
                    compiler.elsewhere(address, Scope::default(), |compiler| compiler.condition(&named.node))
                });
                let Some(((condition, deps), needs)) = made else {
                    self.condition_names.insert(name, (at, State::Untouched));
                    return None;
                };
                self.conditions.push(condition);
                self.condition_deps.push(deps);
                let number = self.conditions.len() - 1;
                self.nesting.keep_condition(number, needs);
                self.condition_names.insert(name, (at, State::Done(number)));
                number
            }
        };
        Some((Condition::Named(number), self.condition_deps[number]))
    }

    /// Fixes what the rules use; what is compiled later is only checked.
    pub(super) fn parts_in_use(&mut self) -> InUse {
        InUse {
            fields: self.fields.len(),
            conditions: self.conditions.len(),
            precomputed: self.precomputed.len(),
            paths: std::mem::take(&mut self.paths),
        }
    }

    /// Compiles what no rule uses, so that its mistakes are found too.
    pub(super) fn unused(&mut self) {
        for at in 0..self.mapping.fields.len() {
            let name = &self.mapping.fields[at].name;
            if let Some(&(place, State::Untouched)) = self.field_names.get(name.node.as_str())
                && place == at
            {
                self.field(at, State::Untouched, name.span);
            }
        }
        for condition in &self.mapping.conditions {
            self.named_condition(&condition.name.node, condition.name.span);
        }
        for pipeline in &self.mapping.transforms {
            self.named_pipeline(&pipeline.name.node);
        }
    }

    /// The names of the conditions by their numbers.
    pub(super) fn names_of_conditions(&self) -> Box<[Box<str>]> {
        let mut names = vec![Box::<str>::default(); self.conditions.len()];
        for (name, (_, state)) in &self.condition_names {
            if let State::Done(number) = state {
                names[*number] = (*name).into();
            }
        }
        names.into()
    }

    pub(super) fn finish(mut self, used: InUse) -> Finished {
        self.fields.truncate(used.fields);
        self.conditions.truncate(used.conditions);
        self.precomputed.truncate(used.precomputed);
        let mut paths = used.paths;
        paths.index();
        (self.fields.into(), self.conditions.into(), self.precomputed.into(), paths)
    }
}

//! References: what `$name`, a name in a template and a bare word under `when:` stand for.

use super::super::{definitions::Lookup, scope::Scope};
use super::ExprCompiler;
use crate::compile::names::new_field;
use crate::diag::{Code, Diagnostic};
use crate::path::Segment;
use crate::plan::{Condition, Dependencies, ElementId, MAX_ELEMENTS, Variable};
use crate::source::Span;
use crate::syntax::Name;

impl ExprCompiler<'_> {
    /// The variable called `name`, of which a value reads the path `steps`. An undefined name is reported with `code`.
    pub(super) fn variable(
        &mut self,
        name: &str,
        steps: &[Segment],
        span: Span,
        code: Code,
    ) -> Option<(Variable, Dependencies)> {
        let event = Dependencies { event: true, ..Dependencies::default() };
        match name {
            "config" => {
                self.settings.read(steps, span, self.findings);
                let deps = Dependencies { config: true, ..Dependencies::default() };
                return Some((Variable::Config, deps));
            }
            "connection" => return Some((Variable::Connection, event)),
            "metadata" => return Some((Variable::Metadata, event)),
            _ => {}
        }
        match self.scope.lookup(name) {
            Some(Ok(variable)) => Some((variable, Dependencies { local: true, ..event })),
            Some(Err(place)) => {
                let message = format!("`{name}` is defined only {place}");
                self.report(Diagnostic::new(Code::NameNotHere, span, message));
                None
            }
            None if self.names.fields.contains(name) => self.field(name, span),
            None => {
                self.names.undefined_field(name, span, code);
                None
            }
        }
    }

    /// The scope inside a `for_each:` whose elements have the name `written`, and that element.
    pub(in crate::compile) fn scope_of_elements(
        &mut self,
        written: Option<&Name>,
    ) -> (Scope, Option<ElementId>) {
        let outer = self.scope.clone();
        let Some(name) = written else { return (outer.with_item(None), None) };
        let text = name.node.as_str();
        let element = outer.elements().len();
        let problem = if self.names.fields.contains(text) {
            format!("`{text}` is a field, so an element cannot have this name")
        } else if outer.elements().iter().any(|known| **known == *text) {
            format!("`{text}` is the element of an enclosing `for_each`, which this name would hide")
        } else if element >= MAX_ELEMENTS {
            format!("elements of at most {MAX_ELEMENTS} nested `for_each` can have a name")
        } else {
            return (outer.with_item(Some(text)), Some(element));
        };
        self.report(Diagnostic::new(Code::BadName, name.span, problem).help("choose another name"));
        (outer.with_item(None), None)
    }

    /// Whether a name in a template stands for something here.
    pub(super) fn is_defined(&self, name: &str) -> bool {
        matches!(name, "config" | "connection" | "metadata" | "event")
            || matches!(self.scope.lookup(name), Some(Ok(_)))
            || self.names.fields.contains(name)
    }

    /// The field called `name`, compiled at its first use; `None`, with a finding, when it depends on itself.
    pub(super) fn field(&mut self, name: &str, span: Span) -> Option<(Variable, Dependencies)> {
        let index = match self.names.fields.lookup(name)? {
            Lookup::Compiled(index) => {
                self.names.nesting.reference(self.names.fields.cost(index));
                index
            }
            Lookup::InProgress(field) => {
                let message = format!("the field `{name}` depends on itself");
                let finding = Diagnostic::new(Code::FieldCycle, span, message);
                self.report(finding.related(field.name.span, "the field"));
                return None;
            }
            Lookup::New(field) => {
                let outer = self.names.nesting.enter(name, span, self.findings)?;
                self.names.fields.start(field);
                let value = self.in_section(format_args!("/fields.{name}"), Scope::default(), |inner| {
                    inner.value(&field.node)
                });
                let compiled = self.precomputed.precompute(value);
                let cost = self.names.nesting.leave(outer, name, span, self.findings);
                let deps = compiled.deps;
                self.names.fields.finish(field, new_field(name, compiled), deps, cost)
            }
        };
        Some((Variable::Field(index), self.names.fields.dependencies(index)))
    }

    /// The condition called `name`, compiled at its first use; `None`, with a finding, when it is not defined or depends
    /// on itself.
    pub(super) fn named_condition(&mut self, name: &str, span: Span) -> Option<(Condition, Dependencies)> {
        let Some(lookup) = self.names.conditions.lookup(name) else {
            self.names.undefined_condition(name, span);
            return None;
        };
        let index = match lookup {
            Lookup::Compiled(index) => {
                self.names.nesting.reference(self.names.conditions.cost(index));
                index
            }
            Lookup::InProgress(condition) => {
                let message = format!("the condition `{name}` depends on itself");
                let finding = Diagnostic::new(Code::FieldCycle, span, message);
                self.report(finding.related(condition.name.span, "the condition"));
                return None;
            }
            Lookup::New(condition) => {
                let outer = self.names.nesting.enter(name, span, self.findings)?;
                self.names.conditions.start(condition);
                let (compiled, deps) =
                    self.in_section(format_args!("/conditions.{name}"), Scope::default(), |inner| {
                        inner.condition(&condition.node)
                    });
                let cost = self.names.nesting.leave(outer, name, span, self.findings);
                self.names.conditions.finish(condition, compiled, deps, cost)
            }
        };
        Some((Condition::Named(index), self.names.conditions.dependencies(index)))
    }
}

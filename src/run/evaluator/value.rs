//! The value of an expression.

use super::Evaluator;
use crate::path::{self, Query};
use crate::plan::{Expr, ExprKind, Member, Subpath, Variable};
use crate::run::observer::{Observation, Observer, Subject};
use crate::run::refusal::RunResult;
use crate::value::{Arena, BoundedVec, List, Value, View};

impl<'a, O: Observer> Evaluator<'a, O> {
    /// The value of an expression, if it is present: null and `""` count as missing, except from an expression that
    /// handles them itself (see [`Self::handles_empty`]).
    pub(in crate::run) fn value(&mut self, expr: &'a Expr) -> RunResult<'a, Option<Value<'a>>> {
        if let (ExprKind::Event(path), false) = (&expr.kind, O::ENABLED) {
            return Ok(self.paths.value(*path).filter(|value| value.is_present()));
        }
        self.observe(Observation::Enter(Subject::Value(expr)));
        let value = self.present(expr)?;
        self.leave(expr, value);
        Ok(value)
    }

    /// Like [`Self::value`], without telling the observer of this expression.
    pub(super) fn present(&mut self, expr: &'a Expr) -> RunResult<'a, Option<Value<'a>>> {
        let value = self.raw(expr)?;
        Ok(if self.handles_empty(expr) { value } else { value.filter(|value| value.is_present()) })
    }

    /// Whether null and `""` from this expression are intended: a constant, say, or a rule with `keep_empty`.
    fn handles_empty(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Constant(_)
            | ExprKind::Map(..)
            | ExprKind::List(_)
            | ExprKind::Rule(_)
            | ExprKind::Precomputed(_) => true,
            ExprKind::Named(Variable::Field(number), steps, None) if steps.is_empty() => {
                self.handles_empty(&self.plan.fields[*number].expr)
            }
            _ => false,
        }
    }

    /// The value of an expression, null and `""` included.
    #[inline]
    pub(in crate::run) fn raw(&mut self, expr: &'a Expr) -> RunResult<'a, Option<Value<'a>>> {
        match &expr.kind {
            // The most frequent kinds, without a call of the large function.
            ExprKind::Event(path) => Ok(self.paths.value(*path)),
            ExprKind::Named(Variable::Field(number), steps, None) if steps.is_empty() => self.field(*number),
            _ => self.composite(expr),
        }
    }

    #[inline(never)]
    fn composite(&mut self, expr: &'a Expr) -> RunResult<'a, Option<Value<'a>>> {
        self.step(&expr.origin)?;
        match &expr.kind {
            ExprKind::Constant(constant) => Ok(Some(constant.value(self.arena))),
            ExprKind::Event(path) => Ok(self.paths.value(*path)),
            ExprKind::EventQuery(path, query) => {
                let matches = self.paths.value(*path).and_then(|value| query.select(value, self.arena));
                self.within_limits(&expr.origin)?;
                Ok(matches)
            }
            ExprKind::Named(variable, steps, query) => {
                let value = self.variable(*variable, steps, query.as_deref())?;
                if query.is_some() {
                    self.within_limits(&expr.origin)?;
                }
                Ok(value)
            }
            ExprKind::Template(template) => {
                let text = self.text(template, &expr.origin)?;
                Ok(Some(Value::Text(text)))
            }
            ExprKind::Map(when, members) => match when {
                Some(when) if !self.holds(when)? => Ok(None),
                _ => self.map(members),
            },
            ExprKind::List(items) => self.list(items).map(|items| Some(Value::List(items))),
            ExprKind::Rule(rule) => self.value_rule(rule),
            // Evaluated again for an observer, so that it sees how the settings lead to the value.
            ExprKind::Precomputed(number) if O::ENABLED => self.present(&self.plan.precomputed[*number]),
            ExprKind::Precomputed(number) => self.inputs.settings.precomputed(*number, self.arena),
        }
    }

    /// The value of a field, evaluated at most once per event.
    #[inline]
    pub(in crate::run) fn field(&mut self, number: usize) -> RunResult<'a, Option<Value<'a>>> {
        match self.fields.get(number) {
            Some(value) => Ok(value),
            None => self.new_field(number),
        }
    }

    #[inline(never)]
    fn new_field(&mut self, number: usize) -> RunResult<'a, Option<Value<'a>>> {
        // A field does not see the `$item` and `$value` of the expression that uses it.
        let locals = std::mem::take(&mut self.locals);
        self.observe(Observation::Enter(Subject::Field(number)));
        let expr = &self.plan.fields[number].expr;
        let value = self.raw(expr)?;
        self.leave(expr, value);
        self.locals = locals;
        self.fields.set(number, value);
        Ok(value)
    }

    /// The expression of a field whose value is not in the cache and would cost more to build than to write again.
    pub(super) fn inlined_field(&self, number: usize) -> Option<&'a Expr> {
        let field = &self.plan.fields[number];
        (field.inline && self.fields.get(number).is_none()).then_some(&field.expr)
    }

    /// The value of a path or query below a variable.
    fn variable(
        &mut self,
        variable: Variable,
        subpath: &'a Subpath,
        query: Option<&'a Query>,
    ) -> RunResult<'a, Option<Value<'a>>> {
        let base = match variable {
            Variable::Field(field) => self.field(field)?,
            Variable::Config => Some(self.inputs.settings.config(self.arena)),
            Variable::Connection => self.inputs.connection.map(Value::Node),
            Variable::Metadata => self.inputs.metadata.map(Value::Node),
            Variable::Item => self.locals.item,
            Variable::Element(element) => self.element(Some(element)).item,
            Variable::Value => self.locals.value,
            Variable::Later => None,
        };
        let value = match (variable, subpath.path, base) {
            (Variable::Field(field), Some(path), Some(Value::Node(node))) if self.paths.contains(node) => {
                self.paths.value_below_field(field, node, path)
            }
            _ => base.and_then(|base| path::walk(base, subpath, self.arena)),
        };
        Ok(match query {
            Some(query) => value.and_then(|value| query.select(value, self.arena)),
            None => value,
        })
    }

    fn map(&mut self, members: &'a [Member]) -> RunResult<'a, Option<Value<'a>>> {
        let mut map = BoundedVec::with_capacity(members.len(), self.arena);
        for member in members {
            if let Some(value) = self.value(&member.value)? {
                // If it does not fit, the loop or the answer that needs it finds out.
                let _added = map.push((&*member.key, value));
            }
        }
        let missing = map.is_empty() && !members.is_empty();
        Ok((!missing).then(|| Value::Map(map.finish())))
    }

    fn list(&mut self, items: &'a [Expr]) -> RunResult<'a, &'a [Value<'a>]> {
        let mut list = BoundedVec::with_capacity(items.len(), self.arena);
        for item in items {
            if let Some(value) = self.value(item)? {
                // If it does not fit, the loop or the answer that needs it finds out.
                let _added = list.push(value);
            }
        }
        Ok(list.finish())
    }

    /// The elements that `for_each` goes through: those of a list, the pairs of a map, or a single value.
    pub(in crate::run) fn elements(&mut self, expr: &'a Expr) -> RunResult<'a, Option<List<'a>>> {
        Ok(self.value(expr)?.and_then(|value| match value.view(self.arena) {
            View::List(list) => Some(list),
            _ => elements_of(value, self.arena),
        }))
    }
}

/// The elements of a value that is not a list.
#[inline(never)]
fn elements_of<'a>(value: Value<'a>, arena: &'a Arena) -> Option<List<'a>> {
    match value.view(arena) {
        View::Null => None,
        View::Map(map) => Some(List::Computed(map.pairs(["key", "value"], arena))),
        _ => Some(List::Computed(arena.alloc_slice_copy(&[value]))),
    }
}

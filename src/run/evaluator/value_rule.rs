//! Values with a source verb (`from`, `merge`, `for_each` …) and modifiers.

use super::Evaluator;
use super::masking::ItemMasks;
use crate::plan::{ElementId, EmptyValues, Expr, ExprKind, Origin, Source, ValueRule};
use crate::run::observer::{Observation, Observer, Subject};
use crate::run::refusal::RunResult;
use crate::value::{Arena, BoundedVec, Value, View};

impl<'a, O: Observer> Evaluator<'a, O> {
    /// Applies `when`, the source, `only`/`except`, `transform`, `template`, `invalid`, `default` and `required`, in
    /// that order.
    pub(super) fn value_rule(&mut self, rule: &'a ValueRule) -> RunResult<'a, Option<Value<'a>>> {
        if let Some(when) = &rule.when
            && !self.holds(when)?
        {
            return Ok(None);
        }
        let mut value = self.source(rule)?;
        let source_has_value = value.is_some();
        if let Some(keys) = &rule.only {
            value = self.only_keys("only", value, rule, |value, arena| keys.only(value, arena))?;
        }
        if let Some(keys) = &rule.except {
            value = self.only_keys("except", value, rule, |value, arena| Some(keys.except(value, arena)))?;
        }
        if !rule.steps.is_empty()
            && let Some(input) = value
        {
            let mask = if self.observes() { self.source_mask(rule, input) } else { None };
            value = self.pipeline(&rule.steps, input, mask)?;
        }
        if let Some(template) = &rule.template
            && let Some(input) = value
        {
            let outer = self.locals;
            self.set_value(rule, input);
            let text = self.text(template, self.origin_of(rule));
            if let Ok(text) = &text {
                self.text_made(template, input, text);
            }
            self.locals = outer;
            value = Some(Value::Text(text?));
        }
        value = self.not_empty(rule, value);
        if value.is_none() {
            if let Some(invalid) = rule.invalid.as_ref().filter(|_| source_has_value) {
                return Err(self.refuse(invalid));
            }
            if let Some(default) = &rule.default {
                value = self.value(default)?;
            }
            if let Some(required) = rule.required.as_ref().filter(|_| value.is_none()) {
                return Err(self.refuse(required));
            }
        }
        Ok(value)
    }

    /// The value, unless it counts as missing.
    #[inline]
    pub(super) fn not_empty(&self, rule: &ValueRule, value: Option<Value<'a>>) -> Option<Value<'a>> {
        match rule.empty {
            EmptyValues::Default if !matches!(rule.source, Source::Just(_)) => {
                value.filter(|value| value.is_present())
            }
            EmptyValues::Default | EmptyValues::Kept => value,
            EmptyValues::Missing => value.filter(|value| match value.view(self.arena) {
                View::List(list) => !list.is_empty(),
                View::Map(map) => !map.is_empty(),
                _ => value.is_present(),
            }),
        }
    }

    fn only_keys(
        &mut self,
        verb: &'static str,
        value: Option<Value<'a>>,
        rule: &'a ValueRule,
        change: impl FnOnce(Value<'a>, &'a Arena) -> Option<Value<'a>>,
    ) -> RunResult<'a, Option<Value<'a>>> {
        let Some(before) = value else { return Ok(None) };
        let origin = self.origin_of(rule);
        self.work_on(before, origin)?;
        let after = change(before, self.arena);
        self.within_limits(origin)?;
        Ok(self.changed(verb, rule, value, after))
    }

    pub(super) fn source(&mut self, rule: &'a ValueRule) -> RunResult<'a, Option<Value<'a>>> {
        match &rule.source {
            Source::First(entries) => self.first(entries, rule.empty == EmptyValues::Kept),
            Source::Just(expr) => self.value(expr),
            Source::Merge(layers) => self.merge(layers),
            Source::Concat(parts) => self.concat(parts),
            Source::ForEach(items, element, make) => self.for_each(items, *element, make),
        }
    }

    /// The first entry that is present. If none is: with `keep_empty` the value of the last entry, null and `""`
    /// included.
    fn first(&mut self, entries: &'a [Expr], keep_empty: bool) -> RunResult<'a, Option<Value<'a>>> {
        let mut last = None;
        for entry in entries {
            let value = match entry.kind {
                ExprKind::Event(path) if !O::ENABLED => self.paths.value(path),
                _ => {
                    self.observe(Observation::Enter(Subject::Value(entry)));
                    let value = self.raw(entry)?;
                    self.leave(entry, value);
                    value
                }
            };
            if let Some(present) = value.filter(|value| value.is_present()) {
                return Ok(Some(present));
            }
            last = value;
        }
        Ok(last.filter(|_| keep_empty))
    }

    fn concat(&mut self, parts: &'a [Expr]) -> RunResult<'a, Option<Value<'a>>> {
        let mut joined = BoundedVec::new(self.arena);
        for part in parts {
            let added = match self.value(part)?.map(|value| (value, value.view(self.arena))) {
                Some((_, View::List(list))) => joined.extend(list.iter()),
                Some((value, _)) => joined.push(value),
                None => Some(()),
            };
            if added.is_none() {
                self.within_limits(&part.origin)?;
            }
        }
        Ok((!joined.is_empty()).then(|| Value::List(joined.finish())))
    }

    fn for_each(
        &mut self,
        items: &'a Expr,
        element: Option<ElementId>,
        make: &'a Expr,
    ) -> RunResult<'a, Option<Value<'a>>> {
        let Some(list) = self.elements(items)? else { return Ok(None) };
        let masks = if self.observes() { self.item_masks(items) } else { ItemMasks::default() };
        let mut results = BoundedVec::new(self.arena);
        let outer = (self.locals, self.element(element));
        for (number, item) in list.iter().enumerate() {
            self.set_item(number, item, element, &masks);
            let added = match self.value(make)? {
                Some(value) => results.push(value),
                None => Some(()),
            };
            self.next_element(&make.origin)?;
            debug_assert!(added.is_some(), "a limit that is exceeded refuses the event");
        }
        self.locals = outer.0;
        self.set_element(element, outer.1);
        Ok(Some(Value::List(results.finish())))
    }

    pub(super) fn origin_of(&self, rule: &'a ValueRule) -> &'a Origin {
        match &rule.source {
            Source::Just(expr) => &expr.origin,
            Source::ForEach(expr, ..) => &expr.origin,
            Source::First(list) | Source::Merge(list) | Source::Concat(list) => {
                list.first().map_or(&self.plan.file_origin, |expr| &expr.origin)
            }
        }
    }
}

//! What may be shown of a value: its public parts as they are, its secret parts masked.
//!
//! A value is composed of the same parts as the real one: for that its expression is evaluated again, without telling the
//! observer. So conditions, keys and steps work on real values, and only what is shown is masked.

use super::Evaluator;
use crate::path;
use crate::plan::{
    Expr, ExprKind, PathId, Source, Step, Subpath, Taint, TaintLevel, Template, TemplateKind, TemplatePart,
    ValueRule, Variable,
};
use crate::run::cache::Cache;
use crate::run::observer::Observer;
use crate::run::refusal::RunResult;
use crate::value::{Assembly, Value, View, plain, truthy};

/// `None` if nothing of the value may be shown.
pub(super) type Shown<'a> = RunResult<'a, Option<Value<'a>>>;

impl<'a, O: Observer> Evaluator<'a, O> {
    /// What may be shown of the value of an expression.
    pub(in crate::run) fn shown(&mut self, expr: &'a Expr, value: Option<Value<'a>>) -> Option<Value<'a>> {
        let value = value?;
        let taint = self.taint(expr);
        if taint.is_public() {
            return Some(value);
        }
        let shown = self.silently(|inner| inner.composed(expr, value));
        Some(shown.unwrap_or_else(|| self.mask(taint)))
    }

    /// Evaluates without telling the observer. The local variables are restored, even if the evaluation fails.
    pub(super) fn silently(&mut self, evaluate: impl FnOnce(&mut Self) -> Shown<'a>) -> Option<Value<'a>> {
        let (silent, locals) = (std::mem::replace(&mut self.masking.silent, true), self.locals);
        let elements = self.elements.clone();
        let shown = evaluate(self).ok().flatten();
        (self.masking.silent, self.locals, self.elements) = (silent, locals, elements);
        shown
    }

    /// A value of this taint: masked unless it is public.
    pub(super) fn masked(&self, value: Value<'a>, taint: Taint) -> Value<'a> {
        if taint.is_public() { value } else { self.mask(taint) }
    }

    /// What is shown instead of a secret.
    pub(super) fn mask(&self, taint: Taint) -> Value<'a> {
        Value::Text(self.mask_text(taint))
    }

    pub(super) fn mask_text(&self, taint: Taint) -> &'a str {
        let names = || self.plan.taints().names().list(taint.settings);
        self.named_mask(names)
    }

    fn named_mask(&self, name: impl FnOnce() -> String) -> &'a str {
        O::MASK.unwrap_or_else(|| self.arena.alloc_str(&format!("‹{}›", name())))
    }

    /// The value of an expression that is not public, put together from what may be shown of its parts.
    fn composed(&mut self, expr: &'a Expr, value: Value<'a>) -> Shown<'a> {
        match &expr.kind {
            ExprKind::Constant(_) => Ok(Some(value)),
            // Without a change that put a secret into the event, all of it is the sender's.
            ExprKind::Event(_) | ExprKind::EventQuery(..) if self.masking.event.is_none() => Ok(Some(value)),
            ExprKind::Event(path) => Ok(self.shown_path(*path)),
            ExprKind::EventQuery(..) | ExprKind::Named(_, _, Some(_)) => Ok(None),
            ExprKind::Named(variable, steps, None) => self.shown_variable(*variable, steps),
            ExprKind::Template(template) => self.shown_text(template),
            ExprKind::Map(_, members) => {
                let mut map = Assembly::new(self.arena);
                for member in members {
                    let value = self.value(&member.value)?;
                    if let Some(shown) = self.shown(&member.value, value) {
                        map.put(&member.key, shown);
                    }
                }
                Ok(Some(map.value()))
            }
            ExprKind::List(items) => {
                let mut list = bumpalo::collections::Vec::new_in(self.arena);
                for item in items {
                    let value = self.value(item)?;
                    list.extend(self.shown(item, value));
                }
                Ok(Some(Value::List(list.into_bump_slice())))
            }
            ExprKind::Rule(rule) => self.shown_rule(rule),
            ExprKind::Precomputed(number) => {
                let plan = self.plan;
                Ok(self.shown(&plan.precomputed[*number], Some(value)))
            }
        }
    }

    fn shown_path(&mut self, path: PathId) -> Option<Value<'a>> {
        let (taints, event) = (self.plan.taints(), self.masking.event?);
        let shown = taints.event(path).level != TaintLevel::Secret;
        let steps = shown.then(|| taints.steps_of(path))?;
        path::walk(Value::Node(event.root()), &steps, self.arena)
    }

    fn shown_variable(&mut self, variable: Variable, steps: &'a Subpath) -> Shown<'a> {
        let whole = match variable {
            Variable::Config if steps.is_empty() => self.shown_settings(),
            Variable::Field(number) => self.shown_field(number)?,
            Variable::Item => self.locals.item_mask.map(|mask| mask.shown),
            Variable::Element(element) => self.element(Some(element)).mask.map(|mask| mask.shown),
            Variable::Value => self.locals.value_mask.map(|mask| mask.shown),
            Variable::Connection => self.inputs.connection.map(Value::Node),
            Variable::Metadata => self.inputs.metadata.map(Value::Node),
            Variable::Config | Variable::Later => None,
        };
        Ok(whole.and_then(|whole| path::walk(whole, steps, self.arena)))
    }

    fn shown_settings(&mut self) -> Option<Value<'a>> {
        let (arena, names) = (self.arena, self.plan.taints().names());
        let View::Map(settings) = self.inputs.settings.config(arena).view(arena) else { return None };
        let mut map = Assembly::new(arena);
        for (name, value) in settings.iter(arena) {
            let masked = || Value::Text(self.named_mask(|| name.to_owned()));
            map.put(name, if names.is_public(name) { value } else { masked() });
        }
        Some(map.value())
    }

    fn shown_field(&mut self, number: usize) -> Shown<'a> {
        let (plan, arena) = (self.plan, self.arena);
        let fields = self.masking.fields.get_or_insert_with(|| Cache::new(plan.fields.len(), arena));
        if let Some(shown) = fields.get(number) {
            return Ok(shown);
        }
        let value = self.field(number)?;
        let locals = std::mem::take(&mut self.locals);
        let shown = self.shown(&plan.fields[number].expr, value);
        self.locals = locals;
        if let Some(fields) = &mut self.masking.fields {
            fields.set(number, shown);
        }
        Ok(shown)
    }

    fn shown_rule(&mut self, rule: &'a ValueRule) -> Shown<'a> {
        let arena = self.arena;
        let mut value = self.source(rule)?;
        if let Some(keys) = &rule.only {
            value = value.and_then(|value| keys.only(value, arena));
        }
        if let Some(keys) = &rule.except {
            value = value.map(|value| keys.except(value, arena));
        }
        let mut mask = value.and_then(|value| self.source_mask(rule, value));
        if let Some(input) = value {
            value = self.pipeline(&rule.steps, input, None)?;
            mask = rule.steps.iter().fold(mask, |mask, step| self.mask_after(step, mask));
        }
        let mut shown = value.map(|value| mask.map_or(value, |mask| mask.shown));
        if let Some(template) = &rule.template
            && let Some(input) = value
        {
            let outer = self.locals;
            (self.locals.value, self.locals.value_mask) = (Some(input), mask);
            value = Some(Value::Text(self.text(template, self.origin_of(rule))?));
            let taint = self.plan.taints().template(template, self.local_taints());
            shown = if taint.is_public() { value } else { self.shown_text(template)? };
            self.locals = outer;
        }
        value = self.not_empty(rule, value);
        match &rule.default {
            Some(default) if value.is_none() => {
                let value = self.value(default)?;
                Ok(self.shown(default, value))
            }
            _ => Ok(shown),
        }
    }

    /// What may be shown of the value of a source.
    pub(super) fn shown_source(&mut self, source: &'a Source, value: Value<'a>) -> Shown<'a> {
        let arena = self.arena;
        match source {
            Source::First(entries) => {
                let mut last = None;
                for entry in entries {
                    let value = self.raw(entry)?;
                    last = self.shown(entry, value);
                    if value.is_some_and(Value::is_present) {
                        break;
                    }
                }
                Ok(last)
            }
            Source::Just(expr) => Ok(self.shown(expr, Some(value))),
            Source::Merge(layers) => {
                let mut map = Assembly::new(arena);
                for layer in layers {
                    let value = self.value(layer)?;
                    if !matches!(value.map(|value| value.view(arena)), Some(View::Map(_))) {
                        continue;
                    }
                    match self.shown(layer, value).map(|shown| shown.view(arena)) {
                        Some(View::Map(members)) => map.put_all(members),
                        // The keys are secret as well, so nobody may see which ones it replaces.
                        _ => return Ok(None),
                    }
                }
                Ok(Some(map.value()))
            }
            Source::Concat(parts) => {
                let mut list = bumpalo::collections::Vec::new_in(arena);
                for part in parts {
                    let value = self.value(part)?;
                    let is_list = matches!(value.map(|value| value.view(arena)), Some(View::List(_)));
                    match self.shown(part, value).map(|shown| (shown, shown.view(arena))) {
                        Some((_, View::List(items))) if is_list => list.extend(items.iter()),
                        Some((shown, _)) => list.push(shown),
                        None => {}
                    }
                }
                Ok(Some(Value::List(list.into_bump_slice())))
            }
            Source::ForEach(items, element, make) => {
                let Some(list) = self.elements(items)? else { return Ok(None) };
                let masks = self.item_masks(items);
                let mut results = bumpalo::collections::Vec::new_in(arena);
                let outer = (self.locals, self.element(*element));
                for (number, item) in list.iter().enumerate() {
                    self.set_item(number, item, *element, &masks);
                    let value = self.value(make)?;
                    results.extend(self.shown(make, value));
                }
                self.locals = outer.0;
                self.set_element(*element, outer.1);
                Ok(Some(Value::List(results.into_bump_slice())))
            }
        }
    }

    /// A template's text with the placeholders masked that hold a secret.
    pub(super) fn shown_text(&mut self, template: &'a Template) -> Shown<'a> {
        let TemplateKind::Parts(parts) = &template.kind else { return Ok(None) };
        let mut text = bumpalo::collections::String::new_in(self.arena);
        for part in parts {
            text.push_str(self.shown_part(part)?);
        }
        Ok(Some(Value::Text(text.into_bump_str())))
    }

    /// What may be shown of the text of a part.
    pub(super) fn shown_part(&mut self, part: &'a TemplatePart) -> RunResult<'a, &'a str> {
        let (expr, steps, alternative) = match part {
            TemplatePart::Text(text) => return Ok(text.text()),
            TemplatePart::Value(expr, steps, alternative) => (expr, steps, alternative),
        };
        let silent = std::mem::replace(&mut self.masking.silent, true);
        let value = self.part_value(expr, steps);
        self.masking.silent = silent;
        let value = value?;
        match alternative {
            Some(alternative) if !value.is_some_and(|value| truthy(value, self.arena)) => {
                self.shown_part(alternative)
            }
            _ => Ok(value.map_or("", |value| {
                let shown = self.shown_placeholder(expr, steps, value);
                plain(shown, self.arena)
            })),
        }
    }

    /// What may be shown of the value of `{{ expr | steps }}`.
    pub(super) fn shown_placeholder(
        &mut self,
        expr: &'a Expr,
        steps: &'a [Step],
        value: Value<'a>,
    ) -> Value<'a> {
        let taint = self.plan.taints().placeholder(expr, steps, self.local_taints());
        if taint.is_public() {
            return value;
        }
        let input = match steps {
            [] => Some(value),
            _ => self.silently(|inner| inner.value(expr)),
        };
        let mask = input.and_then(|input| self.expr_mask(expr, input));
        let mask = steps.iter().fold(mask, |mask, step| self.mask_after(step, mask));
        mask.map_or_else(|| self.mask(taint), |mask| mask.shown)
    }
}

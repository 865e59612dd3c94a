//! What an observer is told: values with their secrets masked. The values themselves are evaluated as without an observer.

use super::Evaluator;
use crate::json::Document;
use crate::plan::{ElementId, Expr, LocalTaints, Step, Taint, Template, ValueRule};
use crate::run::cache::Cache;
use crate::run::inputs::{Element, Masked};
use crate::run::observer::{Observation, Observer, Subject};
use crate::value::{Arena, Value, View};

/// What only an observed run has.
#[derive(Default)]
pub(super) struct Masking<'a> {
    /// Whether values are evaluated a second time, of which the observer is not told.
    pub(super) silent: bool,
    /// The event after `prepare`, with the secrets that were put into it masked; `None` if there are none.
    pub(super) event: Option<&'a Document<'a>>,
    /// The fields as they are shown.
    pub(super) fields: Option<Cache<'a, Option<Value<'a>>>>,
}

impl Masking<'_> {
    /// Forgets what was evaluated for the event as it was before a change.
    pub(super) fn restart(&mut self) {
        self.fields = None;
    }
}

/// What is shown of the elements of a list.
#[derive(Default)]
pub(in crate::run) struct ItemMasks<'a> {
    taint: Taint,
    /// By number; an element that is not listed is masked as a whole.
    shown: Vec<Value<'a>>,
}

impl<'a, O: Observer> Evaluator<'a, O> {
    /// How much of an expression's value is secret. Without an observer, nobody needs to know.
    pub(super) fn taint(&self, expr: &Expr) -> Taint {
        if O::ENABLED { self.plan.taints().of(expr, self.local_taints()) } else { Taint::PUBLIC }
    }

    /// The taint of the source of a rule.
    pub(super) fn source_taint(&self, rule: &ValueRule) -> Taint {
        if O::ENABLED { self.plan.taints().source(&rule.source, self.local_taints()) } else { Taint::PUBLIC }
    }

    /// Whether the observer is told of what is evaluated now.
    pub(super) fn observes(&self) -> bool {
        O::ENABLED && !self.masking.silent
    }

    /// Tells the observer the value of the expression that it entered.
    pub(in crate::run) fn leave(&mut self, expr: &'a Expr, value: Option<Value<'a>>) {
        if self.observes() {
            let shown = self.shown(expr, value);
            self.observe(Observation::Leave(shown));
        }
    }

    /// Tells the observer the value of the placeholder that it entered.
    pub(super) fn leave_placeholder(&mut self, expr: &'a Expr, steps: &'a [Step], value: Option<Value<'a>>) {
        if self.observes() {
            let shown = value.map(|value| self.shown_placeholder(expr, steps, value));
            self.observe(Observation::Leave(shown));
        }
    }

    /// Tells the observer the value that a condition tests.
    pub(super) fn tested(&mut self, expr: &'a Expr, value: Option<Value<'a>>) {
        if self.observes() {
            let shown = self.shown(expr, value);
            self.observe(Observation::Tested(shown));
        }
    }

    /// Tells the observer of a change by `verb`. Returns the value after it.
    pub(super) fn changed(
        &mut self,
        verb: &'static str,
        rule: &'a ValueRule,
        before: Option<Value<'a>>,
        after: Option<Value<'a>>,
    ) -> Option<Value<'a>> {
        if let Some(before) = before.filter(|_| self.observes()) {
            let taint = self.source_taint(rule);
            let (shown, after) = (self.masked(before, taint), after.map(|after| self.masked(after, taint)));
            self.observe(Observation::Changed(verb, shown, after));
        }
        after
    }

    /// Tells the observer of the text that the template of a rule makes of `{{ value }}`.
    pub(super) fn text_made(&mut self, template: &'a Template, value: Value<'a>, text: &'a str) {
        if !self.observes() {
            return;
        }
        let taint = self.plan.taints().template(template, self.local_taints());
        let shown = if taint.is_public() {
            Value::Text(text)
        } else {
            self.silently(|inner| inner.shown_text(template)).unwrap_or_else(|| self.mask(taint))
        };
        let value = self.locals.value_mask.map_or(value, |mask| mask.shown);
        self.observe(Observation::Changed("template", value, Some(shown)));
    }

    /// Tells the observer of a step and its input.
    pub(super) fn enter_step(&mut self, step: &'a Step, input: Value<'a>, mask: Option<&'a Masked<'a>>) {
        let input = mask.map_or(input, |mask| mask.shown);
        self.observe(Observation::Enter(Subject::Step(step, input)));
    }

    /// Tells the observer the output of a step. Returns what it sees of it.
    pub(super) fn leave_step(
        &mut self,
        step: &'a Step,
        output: Option<Value<'a>>,
        input: Option<&'a Masked<'a>>,
    ) -> Option<&'a Masked<'a>> {
        if !self.observes() {
            return None;
        }
        let mask = self.mask_after(step, input);
        self.observe(Observation::Leave(output.map(|output| mask.map_or(output, |mask| mask.shown))));
        mask
    }

    /// What an observer sees of the output of a step; `None` if it is public.
    pub(super) fn mask_after(&self, step: &'a Step, input: Option<&'a Masked<'a>>) -> Option<&'a Masked<'a>> {
        let before = input.map_or(Taint::PUBLIC, |input| input.taint);
        let taint = self.plan.taints().after_step(step, before, self.local_taints());
        let mask = self.whole_mask(taint)?;
        if O::MASK.is_some() {
            return Some(mask);
        }
        // A reviewer sees which operators were applied: `base64(‹user›:‹password›)`.
        let input = input.map_or(mask.shown, |input| input.shown);
        let input = input.text(self.arena).or_else(|| mask.shown.text(self.arena)).unwrap_or_default();
        let shown = self.arena.alloc_str(&format!("{}({input})", step.operator.name));
        Some(self.arena.alloc(Masked { taint, shown: Value::Text(shown) }))
    }

    /// The mask of a value that is secret as a whole; `None` if it is public.
    pub(super) fn whole_mask(&self, taint: Taint) -> Option<&'a Masked<'a>> {
        (!taint.is_public()).then(|| &*self.arena.alloc(Masked { taint, shown: self.mask(taint) }))
    }

    /// What an observer sees of the value of an expression; `None` if it is public.
    pub(super) fn expr_mask(&mut self, expr: &'a Expr, value: Value<'a>) -> Option<&'a Masked<'a>> {
        let taint = self.taint(expr);
        if taint.is_public() {
            return None;
        }
        let shown = self.shown(expr, Some(value)).unwrap_or_else(|| self.mask(taint));
        Some(self.arena.alloc(Masked { taint, shown }))
    }

    /// What an observer sees of the input of a rule's steps; `None` if it is public.
    pub(super) fn source_mask(&mut self, rule: &'a ValueRule, value: Value<'a>) -> Option<&'a Masked<'a>> {
        let taint = self.source_taint(rule);
        if taint.is_public() {
            return None;
        }
        let shown = self.silently(|inner| {
            let arena = inner.arena;
            let mut shown = inner.shown_source(&rule.source, value)?;
            if let Some(keys) = &rule.only {
                shown = shown.and_then(|shown| keys.only(shown, arena));
            }
            if let Some(keys) = &rule.except {
                shown = shown.map(|shown| keys.except(shown, arena));
            }
            Ok(shown)
        });
        let shown = shown.unwrap_or_else(|| self.mask(taint));
        Some(self.arena.alloc(Masked { taint, shown }))
    }

    /// Tells the observer what may be shown of the part of the request that `expr` gives, unless that is all of it.
    pub(in crate::run) fn show_part(&mut self, expr: &'a Expr) {
        let taint = self.taint(expr);
        if !self.observes() || taint.is_public() {
            return;
        }
        let shown = self.silently(|inner| {
            let value = inner.value(expr)?;
            Ok(inner.shown(expr, value))
        });
        let shown = shown.unwrap_or_else(|| self.mask(taint));
        self.observe(Observation::SecretPart(shown));
    }

    /// What is shown of the elements of the list that `items` gives.
    pub(in crate::run) fn item_masks(&mut self, items: &'a Expr) -> ItemMasks<'a> {
        let taint = self.taint(items);
        let mut masks = ItemMasks { taint, shown: Vec::new() };
        if !taint.is_public() {
            let (arena, mask) = (self.arena, self.mask(taint));
            self.silently(|inner| {
                let Some(value) = inner.value(items)? else { return Ok(None) };
                let shown = inner.shown(items, Some(value));
                masks.shown = shown_elements(value, shown, mask, arena);
                Ok(shown)
            });
        }
        masks
    }

    /// The taints of the local variables.
    pub(super) fn local_taints(&self) -> LocalTaints {
        self.locals.taints(&self.elements)
    }

    /// What has the name `element` now.
    pub(super) fn element(&self, element: Option<ElementId>) -> Element<'a> {
        element.and_then(|element| self.elements.get(element)).copied().unwrap_or_default()
    }

    /// Gives something the name `element`.
    pub(super) fn set_element(&mut self, element: Option<ElementId>, value: Element<'a>) {
        let Some(element) = element else { return };
        if self.elements.len() <= element {
            self.elements.resize(element + 1, Element::default());
        }
        self.elements[element] = value;
    }

    /// Sets `$item`, and what `as:` names, to an element, by its number in the list.
    pub(in crate::run) fn set_item(
        &mut self,
        number: usize,
        item: Value<'a>,
        element: Option<ElementId>,
        masks: &ItemMasks<'a>,
    ) {
        self.locals.item = Some(item);
        if O::ENABLED {
            self.locals.item_mask = (!masks.taint.is_public()).then(|| {
                let shown = masks.shown.get(number).copied().unwrap_or_else(|| self.mask(masks.taint));
                &*self.arena.alloc(Masked { taint: masks.taint, shown })
            });
        }
        self.set_element(element, Element { item: Some(item), mask: self.locals.item_mask });
    }

    /// There is no `$item` any more.
    pub(in crate::run) fn clear_item(&mut self) {
        (self.locals.item, self.locals.item_mask) = (None, None);
    }

    /// Sets `{{ value }}` to what a rule has before its template.
    pub(super) fn set_value(&mut self, rule: &'a ValueRule, value: Value<'a>) {
        let source = if self.observes() { self.source_mask(rule, value) } else { None };
        let steps = if self.observes() { &*rule.steps } else { &[] };
        let mask = steps.iter().fold(source, |mask, step| self.mask_after(step, mask));
        (self.locals.value, self.locals.value_mask) = (Some(value), mask);
    }

    /// The event after `prepare` with the secrets masked that were put into it; `None` if there are none.
    pub(in crate::run) fn shown_event(&self) -> Option<&'a Document<'a>> {
        self.masking.event
    }

    /// Sets what [`Self::shown_event`] returns.
    pub(in crate::run) fn set_shown_event(&mut self, event: &'a Document<'a>) {
        self.masking.event = Some(event);
    }

    /// Whether the observer sees all of an expression's value.
    pub(in crate::run) fn is_public(&self, expr: &Expr) -> bool {
        self.taint(expr).is_public()
    }
}

/// What is shown of the elements that `for_each` goes through, given what is shown of the whole.
fn shown_elements<'a>(
    whole: Value<'a>,
    shown: Option<Value<'a>>,
    mask: Value<'a>,
    arena: &'a Arena,
) -> Vec<Value<'a>> {
    match (whole.view(arena), shown.map(|shown| (shown, shown.view(arena)))) {
        (View::List(_), Some((_, View::List(shown)))) => shown.iter().collect(),
        (View::Map(map), Some((_, View::Map(shown)))) => {
            // A member that is not shown at all is masked. That keys are the same is known, not that their places are.
            let pair = |key: &'a str| {
                Value::Map(arena.alloc_slice_copy(&[
                    ("key", Value::Text(key)),
                    ("value", shown.get(key).unwrap_or(mask)),
                ]))
            };
            map.members(arena).iter().map(|(key, _)| pair(key)).collect()
        }
        (View::List(_) | View::Map(_), _) | (_, None) => Vec::new(),
        (_, Some((shown, _))) => vec![shown],
    }
}

//! Values: what an expression of the plan gives for one event.

use bumpalo::collections::Vec;

use super::locate::UNRESOLVED;
use super::observer::{Observation, Observer, Subject};
use super::refusal::{RefusalKind, Refused, RunResult};
use super::settings::PreparedSettings;
use crate::json::{Document, Node};
use crate::plan::{Expr, ExprKind, Member, Plan, RefusalTemplate, Source, ValueRule, Variable};
use crate::value::{Arena, List, Value, View};

/// What is known of a field.
#[derive(Clone, Copy)]
enum Cached<'a> {
    Nothing,
    Value(Option<Value<'a>>),
}

/// The evaluation of one event.
pub(crate) struct Run<'a, W> {
    pub(super) plan: &'a Plan,
    pub(super) arena: &'a Arena,
    pub(super) settings: &'a PreparedSettings,
    pub(super) document: &'a Document<'a>,
    /// The event inside the document.
    pub(super) event: Node<'a>,
    pub(crate) metadata: Option<Node<'a>>,
    pub(crate) connection: Option<Node<'a>>,
    pub(super) paths: &'a mut [u32],
    fields: &'a mut [Cached<'a>],
    /// What is known of the named conditions: each is asked once for an event.
    pub(super) conditions: &'a mut [Option<bool>],
    pub(super) item: Option<Value<'a>>,
    pub(super) value: Option<Value<'a>>,
    pub(super) observer: W,
}

impl<'a, W: Observer> Run<'a, W> {
    pub(crate) fn new(
        plan: &'a Plan,
        settings: &'a PreparedSettings,
        arena: &'a Arena,
        document: &'a Document<'a>,
        event: Node<'a>,
        observer: W,
    ) -> Self {
        let run = Self {
            plan,
            arena,
            settings,
            document,
            event,
            metadata: None,
            connection: None,
            paths: arena.alloc_slice_fill_copy(plan.paths.len(), UNRESOLVED),
            fields: arena.alloc_slice_fill_copy(plan.fields.len(), Cached::Nothing),
            conditions: arena.alloc_slice_fill_copy(plan.conditions.len(), None),
            item: None,
            value: None,
            observer,
        };
        run.paths[0] = event.index();
        run
    }

    /// Goes on with another event text (after `prepare:`): nothing that was known holds.
    pub(super) fn restart(&mut self, document: &'a Document<'a>) {
        self.document = document;
        self.event = document.root();
        self.paths.fill(UNRESOLVED);
        self.paths[0] = self.event.index();
        self.fields.fill(Cached::Nothing);
        self.conditions.fill(None);
    }

    pub(super) fn observe(&mut self, seen: Observation<'_>) {
        if W::ENABLED {
            self.observer.observe(self.plan, seen);
        }
    }

    /// The value if it is present; constants, maps, lists and rules decide for themselves.
    pub(super) fn value(&mut self, expr: &'a Expr) -> RunResult<'a, Option<Value<'a>>> {
        if let (ExprKind::Event(path), false) = (&expr.kind, W::ENABLED) {
            return Ok(self.at(*path).filter(|value| value.is_present()));
        }
        self.observe(Observation::Enter(Subject::Value(expr)));
        let value = self.unwatched_value(expr)?;
        self.observe(Observation::Leave(value));
        Ok(value)
    }

    fn unwatched_value(&mut self, expr: &'a Expr) -> RunResult<'a, Option<Value<'a>>> {
        let value = self.raw(expr)?;
        Ok(if self.decides(expr) { value } else { value.filter(|value| value.is_present()) })
    }

    /// Whether the expression itself has decided that null or `""` may pass.
    fn decides(&self, expr: &Expr) -> bool {
        match &expr.kind {
            ExprKind::Constant(_)
            | ExprKind::Map(..)
            | ExprKind::List(_)
            | ExprKind::Rule(_)
            | ExprKind::Precomputed(_) => true,
            ExprKind::Named(Variable::Field(number), steps, None) if steps.is_empty() => {
                self.decides(&self.plan.fields[*number].expr)
            }
            _ => false,
        }
    }

    /// The value as it is found, null and `""` included.
    #[inline]
    pub(super) fn raw(&mut self, expr: &'a Expr) -> RunResult<'a, Option<Value<'a>>> {
        match &expr.kind {
            // Most are one of these; the rest is a step away.
            ExprKind::Event(path) => Ok(self.at(*path)),
            ExprKind::Named(Variable::Field(number), steps, None) if steps.is_empty() => self.field(*number),
            _ => self.composite(expr),
        }
    }

    fn composite(&mut self, expr: &'a Expr) -> RunResult<'a, Option<Value<'a>>> {
        match &expr.kind {
            ExprKind::Constant(constant) => Ok(Some(constant.value(self.arena))),
            ExprKind::Event(path) => Ok(self.at(*path)),
            ExprKind::EventQuery(path, query) => {
                Ok(self.at(*path).and_then(|value| query.select(value, self.arena)))
            }
            ExprKind::Named(root, steps, query) => self.named(*root, steps, query.as_deref()),
            ExprKind::Template(template) => {
                let text = self.filled(template, &expr.origin)?;
                Ok(Some(Value::Text(text)))
            }
            ExprKind::Map(when, members) => match when {
                Some(when) if !self.holds(when)? => Ok(None),
                _ => self.map(members),
            },
            ExprKind::List(items) => self.list(items).map(|items| Some(Value::List(items))),
            ExprKind::Rule(rule) => self.rule(rule),
            // A listener is shown how the settings gave it.
            ExprKind::Precomputed(number) if W::ENABLED => {
                self.unwatched_value(&self.plan.precomputed[*number])
            }
            ExprKind::Precomputed(number) => self.settings.precomputed(*number, self.arena),
        }
    }

    /// A field, computed at most once for an event.
    #[inline]
    pub(super) fn field(&mut self, number: usize) -> RunResult<'a, Option<Value<'a>>> {
        match self.fields[number] {
            Cached::Value(value) => Ok(value),
            Cached::Nothing => self.new_field(number),
        }
    }

    fn new_field(&mut self, number: usize) -> RunResult<'a, Option<Value<'a>>> {
        // A field is computed outside of the place that asks for it.
        let (item, value) = (self.item.take(), self.value.take());
        self.observe(Observation::Enter(Subject::Field(number)));
        let found = self.raw(&self.plan.fields[number].expr)?;
        self.observe(Observation::Leave(found));
        (self.item, self.value) = (item, value);
        self.fields[number] = Cached::Value(found);
        Ok(found)
    }

    /// Whether a field has been computed already.
    pub(super) fn is_known(&self, number: usize) -> bool {
        matches!(self.fields[number], Cached::Value(_))
    }

    fn map(&mut self, members: &'a [Member]) -> RunResult<'a, Option<Value<'a>>> {
        let mut made = Vec::with_capacity_in(members.len(), self.arena);
        for member in members {
            if let Some(value) = self.value(&member.value)? {
                made.push((&*member.key, value));
            }
        }
        let missing = made.is_empty() && !members.is_empty();
        Ok((!missing).then(|| Value::Map(made.into_bump_slice())))
    }

    fn list(&mut self, items: &'a [Expr]) -> RunResult<'a, &'a [Value<'a>]> {
        let mut made = Vec::with_capacity_in(items.len(), self.arena);
        for item in items {
            made.extend(self.value(item)?);
        }
        Ok(made.into_bump_slice())
    }

    /// A source verb with its modifiers: when, source, only/except, transform, template, invalid, default, required.
    fn rule(&mut self, rule: &'a ValueRule) -> RunResult<'a, Option<Value<'a>>> {
        if let Some(when) = &rule.when
            && !self.holds(when)?
        {
            return Ok(None);
        }
        let mut value = self.source(rule)?;
        let found = value.is_some();
        if let Some(keys) = &rule.only {
            value = self.changed("only", value, |value, arena| keys.only(value, arena));
        }
        if let Some(keys) = &rule.except {
            value = self.changed("except", value, |value, arena| Some(keys.except(value, arena)));
        }
        if !rule.steps.is_empty()
            && let Some(input) = value
        {
            value = self.pipeline(&rule.steps, input)?;
        }
        if let Some(template) = &rule.template
            && let Some(input) = value
        {
            let before = self.value.replace(input);
            let text = self.filled(template, self.origin_of(rule));
            self.value = before;
            value = Some(Value::Text(text?));
            self.observe(Observation::Changed("template", input, value));
        }
        if !rule.keep_empty && !matches!(rule.source, Source::Just(_)) {
            value = value.filter(|value| value.is_present());
        }
        if value.is_none() {
            if let Some(failure) = rule.invalid.as_ref().filter(|_| found) {
                return Err(self.refuse(failure));
            }
            if let Some(default) = &rule.default {
                value = self.value(default)?;
            }
            if let Some(failure) = rule.required.as_ref().filter(|_| value.is_none()) {
                return Err(self.refuse(failure));
            }
        }
        Ok(value)
    }

    fn changed(
        &mut self,
        verb: &'static str,
        value: Option<Value<'a>>,
        change: impl FnOnce(Value<'a>, &'a Arena) -> Option<Value<'a>>,
    ) -> Option<Value<'a>> {
        let before = value?;
        let after = change(before, self.arena);
        self.observe(Observation::Changed(verb, before, after));
        after
    }

    fn source(&mut self, rule: &'a ValueRule) -> RunResult<'a, Option<Value<'a>>> {
        match &rule.source {
            Source::First(entries) => self.first(entries, rule.keep_empty),
            Source::Just(expr) => self.value(expr),
            Source::Merge(layers) => self.merged(layers),
            Source::Concat(parts) => self.joined(parts),
            Source::ForEach(items, make) => self.each(items, make),
        }
    }

    /// The first present entry; with `keep_empty` the last one as it is when none is present.
    pub(super) fn first(
        &mut self,
        entries: &'a [Expr],
        keep_empty: bool,
    ) -> RunResult<'a, Option<Value<'a>>> {
        let mut last = None;
        for entry in entries {
            let value = match entry.kind {
                ExprKind::Event(path) if !W::ENABLED => self.at(path),
                _ => {
                    self.observe(Observation::Enter(Subject::Value(entry)));
                    let value = self.raw(entry)?;
                    self.observe(Observation::Leave(value));
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

    fn joined(&mut self, parts: &'a [Expr]) -> RunResult<'a, Option<Value<'a>>> {
        let mut made = Vec::new_in(self.arena);
        for part in parts {
            match self.value(part)?.map(|value| (value, value.view(self.arena))) {
                Some((_, View::List(list))) => made.extend(list.iter()),
                Some((value, _)) => made.push(value),
                None => {}
            }
        }
        Ok((!made.is_empty()).then(|| Value::List(made.into_bump_slice())))
    }

    fn each(&mut self, items: &'a Expr, make: &'a Expr) -> RunResult<'a, Option<Value<'a>>> {
        let Some(list) = self.elements(items)? else { return Ok(None) };
        let mut results = Vec::new_in(self.arena);
        let outer = self.item;
        for element in list.iter() {
            self.item = Some(element);
            results.extend(self.value(make)?);
        }
        self.item = outer;
        Ok(Some(Value::List(results.into_bump_slice())))
    }

    /// The list that an expression gives; anything else is missing.
    pub(super) fn elements(&mut self, expr: &'a Expr) -> RunResult<'a, Option<List<'a>>> {
        Ok(self.value(expr)?.and_then(|value| match value.view(self.arena) {
            View::List(list) => Some(list),
            _ => None,
        }))
    }

    fn origin_of(&self, rule: &'a ValueRule) -> &'a crate::plan::Origin {
        match &rule.source {
            Source::Just(expr) => &expr.origin,
            Source::ForEach(expr, _) => &expr.origin,
            Source::First(list) | Source::Merge(list) | Source::Concat(list) => {
                list.first().map_or(&self.plan.file_origin, |expr| &expr.origin)
            }
        }
    }

    /// The refusal that a failure of the plan stands for.
    #[expect(
        clippy::unnecessary_box_returns,
        reason = "errors travel boxed, so that the way without them stays narrow"
    )]
    pub(super) fn refuse(&mut self, failure: &'a RefusalTemplate) -> Box<Refused<'a>> {
        match self.filled(&failure.words, &failure.origin) {
            Ok(text) => Box::new(Refused {
                message: text.to_owned(),
                kind: failure.kind,
                origin: Some(&failure.origin),
            }),
            // The words of an error could not be made: that is the mapping's fault, and the error to tell.
            Err(refused) => refused,
        }
    }

    #[expect(
        clippy::unnecessary_box_returns,
        reason = "errors travel boxed, so that the way without them stays narrow"
    )]
    pub(super) fn broken(origin: &'a crate::plan::Origin, message: String) -> Box<Refused<'a>> {
        Box::new(Refused { message, kind: RefusalKind::Configuration, origin: Some(origin) })
    }
}

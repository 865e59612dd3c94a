//! The abstract value of each expression.

use std::rc::Rc;

use super::constant::{known, scalar};
use super::fact::ValuePosition;
use super::symbols::{ResolvedPath, Symbol};
use super::{Analysis, Visitor};
use crate::abstract_value::AbstractValue;
use crate::path::Segment;
use crate::source::Span;
use crate::syntax::{Member, Preparation, Text, ValueKind, ValueNode, ValueRule, ValueSource, Visit};
use crate::value::{Kinds, setting_kind};

impl<V: Visitor> Analysis<'_, V> {
    /// Analyses an expression and everything in it, and returns what its value can be.
    pub(super) fn value(&mut self, written: &ValueNode) -> AbstractValue {
        match &written.kind {
            ValueKind::Constant(yaml) => {
                self.visitor.constant(yaml);
                known(yaml)
            }
            ValueKind::Path(path) => {
                let (resolved, known) = self.path(path);
                match resolved {
                    Some(resolved) => self.narrowed(&resolved, known),
                    None => known,
                }
            }
            ValueKind::Template(text) => self.template(text),
            ValueKind::Map(members, when) => {
                let known = self.under_condition(when.as_ref(), |inner| inner.members(members));
                AbstractValue { missing: known.missing || when.is_some(), ..known }
            }
            ValueKind::List(items) => {
                for item in items {
                    self.value(item);
                }
                AbstractValue::made(Kinds::LIST)
            }
            ValueKind::Rule(rule) => self.under_condition(rule.when.as_ref(), |inner| inner.value_rule(rule)),
        }
    }

    fn members(&mut self, members: &[Member]) -> AbstractValue {
        let mut missing = !members.is_empty();
        for member in members {
            missing &= self.value(&member.value).missing;
        }
        AbstractValue { missing, ..AbstractValue::made(Kinds::MAP) }
    }

    /// What a path can yield, without the current assumptions.
    pub(super) fn path(&mut self, path: &Text) -> (Option<Rc<ResolvedPath>>, AbstractValue) {
        let Some(resolved) = self.symbols.path(path) else { return (None, AbstractValue::default()) };
        let known = self.evaluate(&resolved, path.span);
        (Some(resolved), known)
    }

    pub(super) fn evaluate(&mut self, resolved: &ResolvedPath, span: Span) -> AbstractValue {
        let whole = match resolved.root {
            Symbol::Event if resolved.steps.is_empty() => {
                AbstractValue { missing: false, guarded: true, ..AbstractValue::event() }
                    .into_kinds(Kinds::MAP)
            }
            Symbol::Event | Symbol::Local => AbstractValue::event(),
            Symbol::Value => self.piped.clone().unwrap_or_else(AbstractValue::event),
            Symbol::Setting(Some(index)) => self.setting(index),
            Symbol::Setting(None) => {
                if resolved.key.split(['\u{1}', '\u{2}']).nth(1).is_none() {
                    return AbstractValue::default();
                }
                AbstractValue { missing: true, ..AbstractValue::made(Kinds::ANY) }
            }
            Symbol::Field(index) => self.field(index),
            Symbol::Unknown => return AbstractValue::default(),
        };
        if resolved.query {
            return AbstractValue { missing: true, ..whole.into_kinds(Kinds::LIST) };
        }
        let Some(step) = resolved.steps.first().filter(|_| resolved.root != Symbol::Event) else {
            return if resolved.root == Symbol::Event && !resolved.steps.is_empty() {
                AbstractValue::event()
            } else {
                whole
            };
        };
        let holder = if matches!(step, Segment::Name(_)) { Kinds::MAP } else { Kinds::LIST };
        self.visitor.inside(&whole, holder, span);
        AbstractValue { missing: true, ..whole.into_kinds(Kinds::ANY) }
    }

    fn setting(&mut self, index: usize) -> AbstractValue {
        let Some(setting) = self.mapping.config.get(index) else { return AbstractValue::default() };
        let kinds =
            setting.kind.as_ref().and_then(|kind| setting_kind(&kind.node)).map_or(Kinds::ANY, Kinds::from);
        let mut known = AbstractValue::made(kinds);
        if let Some((_, allowed)) = &setting.one_of {
            let values: Option<Vec<_>> = allowed.iter().map(scalar).collect();
            known = match values {
                Some(values) => known.among(values),
                None => known,
            };
        }
        known.missing = setting.required.is_none() && setting.default.is_none();
        known
    }

    fn value_rule(&mut self, rule: &ValueRule) -> AbstractValue {
        if let ValueSource::From(entries) = &rule.source {
            self.repeated(entries);
        }
        self.visitor.value_rule(rule, &self.symbols);
        let mut known = self.source(rule);
        for (word, part) in [("only", &rule.only), ("except", &rule.except)] {
            let Some((span, _)) = part else { continue };
            self.visitor.position(ValuePosition::FilterKeys(word), &known, *span);
            if word == "only" {
                known = known.into_kinds(Kinds::MAP);
            }
        }
        known = self.steps(&rule.transform, known);
        if let Some(text) = &rule.template {
            let outer = self.piped.replace(AbstractValue { missing: false, guarded: true, ..known.clone() });
            let text = self.template(text);
            self.piped = outer;
            known = AbstractValue { missing: known.missing, ..text };
        }
        if !matches!(rule.source, ValueSource::Literal(_) | ValueSource::Template(_) | ValueSource::Object(_))
            && rule.keep_empty.as_ref().is_none_or(|keep| !keep.node)
            && known.kinds != Kinds::NULL
        {
            known.kinds = known.kinds.without(Kinds::NULL);
        }
        let may_be_empty = !known.kinds.and(Kinds::LIST.or(Kinds::MAP).or(Kinds::TEXT)).is_empty();
        known.missing |= may_be_empty && rule.keep_empty.as_ref().is_some_and(|keep| !keep.node);
        if let Some(message) = &rule.invalid {
            self.message(message);
        }
        if let Some((key, default)) = &rule.default {
            known = self.with_default(known, rule, *key, default);
        }
        if let Some((_, required)) = &rule.required {
            self.visit_required(required);
            known = AbstractValue { missing: false, guarded: true, ..known };
        }
        AbstractValue { missing: known.missing || rule.when.is_some(), ..known }
    }

    fn with_default(
        &mut self,
        known: AbstractValue,
        rule: &ValueRule,
        key: Span,
        default: &ValueNode,
    ) -> AbstractValue {
        let default_known = self.value(default);
        self.visitor.default_value(rule, key, default, &known, &default_known);
        let missing = known.missing && default_known.missing;
        if known.missing { AbstractValue { missing, ..known.or(default_known) } } else { known }
    }

    fn source(&mut self, rule: &ValueRule) -> AbstractValue {
        match &rule.source {
            ValueSource::From(entries) => self.first_of(entries),
            ValueSource::Literal(yaml) => {
                self.visitor.literal(yaml);
                known(yaml)
            }
            ValueSource::Template(text) => self.template(text),
            ValueSource::Merge(layers) => {
                let mut missing = true;
                for layer in layers {
                    let known = self.value(layer);
                    self.visitor.position(ValuePosition::MergeLayer, &known, layer.span);
                    missing &= known.missing || known.kinds != Kinds::MAP;
                }
                AbstractValue { missing, ..AbstractValue::made(Kinds::MAP) }
            }
            ValueSource::Concat(parts) => {
                let mut missing = true;
                for part in parts {
                    let known = self.value(part);
                    missing &= known.missing || !known.kinds.and(Kinds::LIST).is_empty();
                }
                AbstractValue { missing, ..AbstractValue::made(Kinds::LIST) }
            }
            ValueSource::ForEach(items, _, make) => {
                let AbstractValue { missing, .. } = self.value(items);
                self.value(make);
                AbstractValue { missing, ..AbstractValue::made(Kinds::LIST) }
            }
            ValueSource::Object(members) => self.members(members),
        }
    }

    /// Analyses an error message, which may be a template.
    pub(super) fn message(&mut self, text: &Text) {
        if super::template::is_template(&text.text) {
            self.template(text);
        }
    }

    pub(super) fn preparation(&mut self, preparation: &Preparation) {
        self.under_condition(preparation.when.as_ref(), |inner| {
            for assignment in &preparation.set {
                inner.path(&assignment.target);
                inner.value(&assignment.key);
                inner.value(&assignment.to);
            }
        });
    }
}

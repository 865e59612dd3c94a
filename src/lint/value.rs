//! What each value can be.

use std::rc::Rc;

use super::Lint;
use super::fact::Fact;
use super::known::{Reading, Root};
use crate::diag::Diagnostic;
use crate::path::Step;
use crate::source::Span;
use crate::spec::{Member, Preparation, Text, ValueRule, ValueSource, Written, WrittenKind};
use crate::value::{Kinds, setting_kind};

impl Lint<'_, '_> {
    /// What a value can be. Whatever is wrong inside is found on the way.
    pub(super) fn value(&mut self, written: &Written) -> Fact {
        match &written.kind {
            WrittenKind::Constant(yaml) => {
                self.constant(yaml);
                self.like_a_path(yaml, false);
                if let Some(text) = yaml.text() {
                    self.placeholder(&text.text, &text, false);
                }
                Fact::constant(yaml)
            }
            WrittenKind::Path(path) => {
                let (reading, fact) = self.path(path);
                match reading {
                    Some(reading) => self.narrowed(&reading, fact),
                    None => fact,
                }
            }
            WrittenKind::Template(text) => self.template(text),
            WrittenKind::Map(members, when) => {
                let fact = self.given(when.as_ref(), |lint| lint.members(members));
                Fact { missing: fact.missing || when.is_some(), ..fact }
            }
            WrittenKind::List(items) => {
                for item in items {
                    self.value(item);
                }
                Fact::made(Kinds::LIST)
            }
            WrittenKind::Rule(rule) => self.given(rule.when.as_ref(), |lint| lint.rule(rule)),
        }
    }

    fn members(&mut self, members: &[Member]) -> Fact {
        let mut missing = !members.is_empty();
        for member in members {
            missing &= self.value(&member.value).missing;
        }
        Fact { missing, ..Fact::made(Kinds::MAP) }
    }

    /// What a path can give, wherever it stands.
    pub(super) fn path(&mut self, path: &Text) -> (Option<Rc<Reading>>, Fact) {
        let Some(reading) = self.known.path(path) else { return (None, Fact::default()) };
        let fact = self.reading(&reading, path.span);
        (Some(reading), fact)
    }

    pub(super) fn reading(&mut self, reading: &Reading, span: Span) -> Fact {
        let whole = match reading.root {
            Root::Event if reading.steps.is_empty() => {
                Fact { missing: false, guarded: true, ..Fact::event() }.into_kinds(Kinds::MAP)
            }
            Root::Event | Root::Local => Fact::event(),
            Root::Value => self.piped.clone().unwrap_or_else(Fact::event),
            Root::Setting(Some(at)) => self.setting(at),
            Root::Setting(None) => {
                let Some(name) = reading.key.split(['\u{1}', '\u{2}']).nth(1) else { return Fact::default() };
                let hidden = ["key", "token", "secret", "password"]
                    .iter()
                    .any(|word| name.to_lowercase().contains(word));
                Fact { missing: true, secret: hidden.then(|| name.into()), ..Fact::made(Kinds::ANY) }
            }
            Root::Field(at) => self.field(at),
            Root::Unknown => return Fact::default(),
        };
        if reading.query {
            return Fact { missing: true, ..whole.into_kinds(Kinds::LIST) };
        }
        let Some(step) = reading.steps.first().filter(|_| reading.root != Root::Event) else {
            return if reading.root == Root::Event && !reading.steps.is_empty() {
                Fact::event()
            } else {
                whole
            };
        };
        let holder = if matches!(step, Step::Name(_)) { Kinds::MAP } else { Kinds::LIST };
        if whole.kinds.and(holder).is_empty() && !whole.kinds.is_empty() {
            let (is, wanted) = (whole.kinds.words(), holder.words());
            let message = format!("this looks inside of {is}, and only {wanted} has something there");
            self.found(Diagnostic::new("P210", span, message));
        }
        Fact { missing: true, ..whole.into_kinds(Kinds::ANY) }
    }

    fn setting(&mut self, at: usize) -> Fact {
        let Some(setting) = self.mapping.config.get(at) else { return Fact::default() };
        let kinds =
            setting.kind.as_ref().and_then(|kind| setting_kind(&kind.node)).map_or(Kinds::ANY, Kinds::from);
        let hidden = setting.secret.as_ref().is_none_or(|secret| secret.node);
        let mut fact = Fact::made(kinds);
        fact.secret = hidden.then(|| setting.name.node.as_str().into());
        if let Some((_, allowed)) = &setting.one_of {
            let values: Option<Vec<_>> = allowed.iter().map(super::fact::Plain::of).collect();
            fact = match values {
                Some(values) => fact.among(values),
                None => fact,
            };
        }
        fact.missing = setting.required.is_none() && setting.default.is_none();
        fact
    }

    fn rule(&mut self, rule: &ValueRule) -> Fact {
        self.fallbacks(rule);
        self.identifier(rule);
        let mut fact = self.source(rule);
        for (word, part) in [("only", &rule.only), ("except", &rule.except)] {
            let Some((span, _)) = part else { continue };
            if fact.kinds.and(Kinds::MAP).is_empty() && !fact.kinds.is_empty() {
                let message = format!("`{word}` works on a map, and here it gets {}", fact.kinds.words());
                self.found(Diagnostic::new("O305", *span, message));
            }
            if word == "only" {
                fact = fact.into_kinds(Kinds::MAP);
            }
        }
        fact = self.steps(&rule.transform, fact);
        if let Some(text) = &rule.template {
            let outer = self.piped.replace(Fact { missing: false, guarded: true, ..fact.clone() });
            let text = self.template(text);
            self.piped = outer;
            fact = Fact { missing: fact.missing, ..text };
        }
        if !matches!(rule.source, ValueSource::Literal(_) | ValueSource::Template(_) | ValueSource::Object(_))
            && rule.keep_empty.as_ref().is_none_or(|keep| !keep.node)
            && fact.kinds != Kinds::NULL
        {
            fact.kinds = fact.kinds.without(Kinds::NULL);
        }
        if let Some(words) = &rule.invalid {
            self.words(words);
        }
        if let Some((key, default)) = &rule.default {
            fact = self.with_default(fact, rule, *key, default);
        }
        if let Some((_, required)) = &rule.required {
            if let crate::spec::Required::Words(words) = required {
                self.words(words);
            }
            fact = Fact { missing: false, guarded: true, ..fact };
        }
        Fact { missing: fact.missing || rule.when.is_some(), ..fact }
    }

    fn with_default(&mut self, fact: Fact, rule: &ValueRule, key: Span, default: &Written) -> Fact {
        let other = self.value(default);
        if fact.kinds.and(other.kinds).is_empty() && !fact.kinds.is_empty() && other.kinds != Kinds::NULL {
            let message = format!(
                "the default is {}, and what it stands for is {}",
                other.kinds.words(),
                fact.kinds.words()
            );
            self.found(Diagnostic::new("O308", default.span, message));
        }
        if let Some((required, _)) = &rule.required
            && !other.missing
            && !other.guarded
        {
            let message =
                "`required` and `default` stand together, and with this default nothing is ever missing";
            self.found(Diagnostic::new("O309", key, message).related(*required, "never used"));
        }
        let missing = fact.missing && other.missing;
        if fact.missing { Fact { missing, ..fact.or(other) } } else { fact }
    }

    fn source(&mut self, rule: &ValueRule) -> Fact {
        match &rule.source {
            ValueSource::From(entries) => self.first_of(entries),
            ValueSource::Literal(yaml) => {
                self.constant(yaml);
                Fact::constant(yaml)
            }
            ValueSource::Template(text) => self.template(text),
            ValueSource::Merge(layers) => {
                let mut missing = true;
                for layer in layers {
                    let fact = self.value(layer);
                    if fact.kinds.and(Kinds::MAP).is_empty() && !fact.kinds.is_empty() {
                        let message = format!(
                            "only maps can be laid over each other, and this is {}",
                            fact.kinds.words()
                        );
                        self.found(Diagnostic::new("O305", layer.span, message));
                    }
                    missing &= fact.missing || fact.kinds != Kinds::MAP;
                }
                Fact { missing, ..Fact::made(Kinds::MAP) }
            }
            ValueSource::Concat(parts) => {
                let mut missing = true;
                for part in parts {
                    let fact = self.value(part);
                    missing &= fact.missing || !fact.kinds.and(Kinds::LIST).is_empty();
                }
                Fact { missing, ..Fact::made(Kinds::LIST) }
            }
            ValueSource::ForEach(items, make) => {
                let fact = self.value(items);
                if fact.kinds.and(Kinds::LIST).is_empty() && !fact.kinds.is_empty() {
                    let message =
                        format!("`for_each` goes through a list, and this is {}", fact.kinds.words());
                    self.found(Diagnostic::new("O305", items.span, message));
                }
                self.value(make);
                Fact { missing: fact.missing || fact.kinds != Kinds::LIST, ..Fact::made(Kinds::LIST) }
            }
            ValueSource::Object(members) => self.members(members),
        }
    }

    /// The words of an error.
    pub(super) fn words(&mut self, text: &Text) {
        if crate::lint::template::is_template(&text.text) {
            self.template(text);
        }
    }

    pub(super) fn preparation(&mut self, preparation: &Preparation) {
        self.given(preparation.when.as_ref(), |lint| {
            for assignment in &preparation.set {
                lint.path(&assignment.target);
                lint.value(&assignment.key);
                lint.value(&assignment.to);
            }
        });
    }
}

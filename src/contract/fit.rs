//! Checks whether a value, as far as it is known, can satisfy a schema.

use std::rc::Rc;

use super::Contract;
use super::exclusive;
use super::schema::{is_misspelt, referred};
use super::shape::{Form, Presence, Property, Shape};
use crate::diag::{Code, Diagnostic, Findings, did_you_mean, nearest};
use crate::syntax::{Entry, Yaml, YamlValue};
use crate::value::Kinds;

/// Maximum number of comparisons for one body. Bounds the work for hostile schemas; real ones need far fewer.
const MAX_COMPARISONS: usize = crate::limits::CONTRACT_COMPARISONS;

/// Maximum nesting of schemas, since `$ref` may be cyclic.
const MAX_DEPTH: usize = crate::limits::CONTRACT_DEPTH;

/// The comparison of one body with its schema.
pub(super) struct Fit<'a> {
    contract: &'a Contract,
    endpoint: &'a str,
    pub(super) findings: &'a mut Findings,
    /// The path of the current value: `body.device.id`.
    pub(super) part: String,
    budget: usize,
    depth: usize,
}

impl<'a> Fit<'a> {
    pub(super) fn new(contract: &'a Contract, endpoint: &'a str, findings: &'a mut Findings) -> Self {
        Self { contract, endpoint, findings, part: "body".to_owned(), budget: MAX_COMPARISONS, depth: 0 }
    }

    /// Compares a whole body.
    pub(super) fn body(&mut self, schema: &Yaml, shape: &Rc<Shape>) {
        self.value(schema, shape);
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        let endpoint = self.endpoint;
        let diagnostic = if diagnostic.help.is_none() {
            diagnostic.help(format!("according to the contract of `{endpoint}`"))
        } else {
            diagnostic
        };
        self.findings.push(diagnostic);
    }

    pub(super) fn value(&mut self, schema: &Yaml, shape: &Rc<Shape>) {
        if self.depth >= MAX_DEPTH || self.budget == 0 {
            return;
        }
        self.budget -= 1;
        self.depth += 1;
        if let Form::Choice(alternatives) = &shape.form {
            for alternative in alternatives {
                // A `null` alternative was written on purpose.
                if alternative.kinds != Kinds::NULL {
                    self.value(schema, alternative);
                }
            }
        } else {
            self.single(schema, shape);
        }
        self.depth -= 1;
    }

    fn single(&mut self, schema: &Yaml, shape: &Rc<Shape>) {
        let entry = |key: &str| schema.get(key).map(|entry| &entry.value);
        let contract = self.contract;
        if let Some(subschema) = entry("$ref").and_then(|name| referred(name, contract.definitions.as_ref()))
        {
            self.value(subschema, shape);
        }
        for subschema in entry("allOf").and_then(Yaml::items).unwrap_or_default() {
            self.value(subschema, shape);
        }
        for key in ["oneOf", "anyOf"] {
            let Some(forms) = entry(key).and_then(Yaml::items) else { continue };
            match exclusive::keys(forms) {
                Some(keys) => {
                    for diagnostic in exclusive::check(&self.part, schema, &keys, key == "oneOf", shape) {
                        self.report(diagnostic);
                    }
                }
                None => self.best_alternative(forms, shape),
            }
        }
        if let (Some(condition), Form::Map(members, _)) = (entry("if"), &shape.form)
            && is_decidable(condition, members)
        {
            let holds = self.trial(condition, shape).is_empty();
            if let Some(schema) = entry(if holds { "then" } else { "else" }) {
                self.value(schema, shape);
            }
        }
        if let Some(advice) = entry("should") {
            self.advice(Code::UnlikeTheDocumentation, advice, shape);
        }
        if let Some(advice) = entry("documented") {
            self.advice(Code::UndocumentedKind, advice, shape);
        }
        let kinds_match = entry("type").is_none_or(|kinds| self.kinds(kinds, shape));
        if !kinds_match {
            return;
        }
        self.scalar(schema, shape);
        match &shape.form {
            Form::Map(members, open) => self.map(schema, shape, members, *open),
            Form::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.items(schema, &format!("[{index}]"), item);
                }
            }
            Form::Each(item) => self.items(schema, "[]", item),
            _ => {}
        }
    }

    fn items(&mut self, schema: &Yaml, step: &str, item: &Rc<Shape>) {
        if let Some(entry) = schema.get("items") {
            self.inside([step, ""], |inner| inner.value(&entry.value, item));
        }
    }

    pub(super) fn inside(&mut self, step: [&str; 2], work: impl FnOnce(&mut Self)) {
        let before = self.part.len();
        self.part.extend(step);
        work(self);
        self.part.truncate(before);
    }

    /// The findings of a comparison, without reporting them.
    fn trial(&mut self, schema: &Yaml, shape: &Rc<Shape>) -> Findings {
        let mut findings = Findings::default();
        let mut trial = Fit {
            contract: self.contract,
            endpoint: self.endpoint,
            findings: &mut findings,
            part: self.part.clone(),
            budget: self.budget,
            depth: self.depth,
        };
        trial.value(schema, shape);
        self.budget = trial.budget;
        findings
    }

    /// At least one of several schemas must fit; reports the findings of the one with the fewest.
    fn best_alternative(&mut self, forms: &[Yaml], shape: &Rc<Shape>) {
        let trials = forms.iter().map(|form| self.trial(form, shape)).min_by_key(Findings::len);
        if let Some(best) = trials {
            self.findings.extend(best.sorted());
        }
    }

    /// Advice: reports the findings of a schema under another code.
    fn advice(&mut self, code: Code, schema: &Yaml, shape: &Rc<Shape>) {
        for diagnostic in self.trial(schema, shape).sorted() {
            let message = diagnostic.message.replace(" is required in ", " should be written in ");
            let mut advice = Diagnostic::new(code, diagnostic.span, message);
            (advice.help, advice.related, advice.fix) = (diagnostic.help, diagnostic.related, diagnostic.fix);
            self.report(advice);
        }
    }

    fn map(&mut self, schema: &Yaml, shape: &Shape, members: &[Property], open: bool) {
        let entry = |key: &str| schema.get(key).map(|entry| &entry.value);
        let entries = |key: &str| entry(key).and_then(Yaml::entries).unwrap_or_default();
        let known: &[Entry] = entries("properties");
        let names = || known.iter().map(|entry| entry.key.node.as_str());
        for name in entry("required").and_then(Yaml::items).unwrap_or_default() {
            let Some(key) = name.words() else { continue };
            let missing = !open && members.iter().all(|member| member.key.node != key);
            if missing && !is_misspelt(schema, members, key) {
                let part = &self.part;
                let suggestion = did_you_mean(key, members.iter().map(|member| member.key.node.as_str()));
                let message = format!("`{key}` is required in `{part}` but is never written{suggestion}");
                let span = members.first().map_or(shape.span, |member| member.key.span);
                self.report(Diagnostic::new(Code::RequiredKeyNeverWritten, span, message));
            }
        }
        if let Some(YamlValue::Number(limit)) = entry("maxProperties").map(|limit| &limit.node) {
            let always = members.iter().filter(|member| member.value.presence == Presence::Always).count();
            if limit.parse().is_ok_and(|limit: usize| always > limit) {
                let message = format!(
                    "`{}` may have at most {limit} keys, but always has at least {always}",
                    self.part
                );
                self.report(Diagnostic::new(Code::TooManyKeys, shape.span, message));
            }
        }
        let max_key_bytes = entry("maxKeyBytes").and_then(super::keyword::limit);
        for entry in entries("discouraged") {
            if let Some(member) = members.iter().find(|member| member.key.node == entry.key.node) {
                let why = entry.value.words().unwrap_or_default();
                let message = format!("`{}` should not be sent in `{}`: {why}", entry.key.node, self.part);
                self.report(Diagnostic::new(Code::DiscouragedKey, member.key.span, message));
            }
        }
        for member in members {
            let (name, span) = (member.key.node.as_str(), member.key.span);
            if let Some(max_key_bytes) = max_key_bytes.filter(|&max_key_bytes| name.len() > max_key_bytes) {
                let message = format!("this key has {} bytes; the limit is {max_key_bytes}", name.len());
                self.report(Diagnostic::new(Code::KeyTooLong, span, message));
            }
            let property_schema = known.iter().find(|entry| entry.key.node == name).map(|entry| &entry.value);
            match (property_schema, entry("additionalProperties")) {
                (None, Some(Yaml { node: YamlValue::Bool(false), .. })) => {
                    let message = format!(
                        "the destination does not accept the key `{name}` in `{}`{}",
                        self.part,
                        did_you_mean(name, names())
                    );
                    let mut diagnostic = Diagnostic::new(Code::KeyNotTaken, span, message);
                    if let Some(suggestion) = nearest(name, names())
                        .filter(|suggestion| members.iter().all(|m| m.key.node != *suggestion))
                    {
                        diagnostic = diagnostic.fix(span, suggestion);
                    }
                    self.report(diagnostic);
                }
                (Some(schema), _) | (None, Some(schema)) => {
                    self.inside([".", name], |inner| inner.value(schema, &member.value));
                }
                (None, None) => {}
            }
        }
    }
}

/// Whether a condition tests only constants, so that its result is known.
fn is_decidable(condition: &Yaml, members: &[Property]) -> bool {
    let expectations =
        condition.get("properties").and_then(|entry| entry.value.entries()).unwrap_or_default();
    expectations.iter().all(|entry| {
        let member = members.iter().find(|member| member.key.node == entry.key.node);
        member.is_some_and(|member| matches!(member.value.form, Form::Constant(_)))
    })
}

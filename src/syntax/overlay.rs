//! Laying one file over another: named things are replaced, nothing else is mixed.

use super::file::FileContents;
use super::request::Placed;
use super::rule_order::RuleOrder;
use super::{
    Batch, Condition, Gaps, Mapping, Name, Named, Preparation, Request, Response, Rule, Setting, Step,
    ValueNode, Yaml,
};
use crate::diag::{Code, Diagnostic, Findings, did_you_mean};
use crate::source::{FileId, Span, Spanned};
use foldhash::{HashMap, HashSet};

/// What the files read so far come to.
#[derive(Debug, Default)]
pub(super) struct Sum {
    head: Option<Span>,
    destination: Option<Name>,
    description: Option<Name>,
    pub(super) contract: Option<Yaml>,
    config: Vec<Setting>,
    prepare: Vec<Preparation>,
    fields: Vec<Named<ValueNode>>,
    conditions: Vec<Named<Condition>>,
    transforms: Vec<Named<Vec<Step>>>,
    request: Option<Request>,
    rules: Vec<Rule>,
    batch: Option<Batch>,
    response: Option<Response>,
}

impl Sum {
    /// Brings in the names of an included file. What a mapping itself defines stays.
    pub(super) fn include(&mut self, part: FileContents) {
        fn bring<T>(into: &mut Vec<Named<T>>, from: Vec<Named<T>>) {
            let mut places = places(into);
            for one in from {
                match places.get(&one.name.node) {
                    Some(&at) if into[at].included => into[at] = Named { included: true, ..one },
                    Some(_) => {}
                    None => {
                        places.insert(one.name.node.clone(), into.len());
                        into.push(Named { included: true, ..one });
                    }
                }
            }
        }
        bring(&mut self.fields, part.fields);
        bring(&mut self.conditions, part.conditions);
        bring(&mut self.transforms, part.transforms);
    }

    /// Lays a file over this.
    pub(super) fn lay(&mut self, part: FileContents, findings: &mut Findings) {
        fn replace<T>(into: &mut Vec<Named<T>>, from: Vec<Named<T>>) {
            let places = places(into);
            for one in from {
                match places.get(&one.name.node) {
                    Some(&at) => into[at] = one,
                    None => into.push(one),
                }
            }
        }
        self.head = Some(part.head);
        self.destination = part.destination.or(self.destination.take());
        self.description = part.description.or(self.description.take());
        for setting in part.config {
            match self.config.iter_mut().find(|known| known.name.node == setting.name.node) {
                Some(known) => *known = setting,
                None => self.config.push(setting),
            }
        }
        replace(&mut self.fields, part.fields);
        replace(&mut self.conditions, part.conditions);
        replace(&mut self.transforms, part.transforms);
        if let Some(prepare) = part.prepare {
            self.prepare = prepare;
        }
        if let Some(request) = part.request {
            self.request = Some(shared(self.request.take(), request));
        }
        self.batch = part.batch.or(self.batch.take());
        self.response = part.response.or(self.response.take());
        let mut order = RuleOrder::new(std::mem::take(&mut self.rules));
        if part.extends.is_some() {
            self.remove(&mut order, &part.remove, findings);
        }
        self.rules = match part.rules {
            Some(rules) if order.is_empty() && part.extends.is_none() => {
                rules.into_iter().map(|placed| placed.rule).collect()
            }
            rules => {
                place(&mut order, rules.unwrap_or_default(), findings);
                order.rules()
            }
        };
        if self.rules.is_empty()
            && let Some(last) = part.remove.last()
        {
            findings.push(Diagnostic::new(
                Code::EmptyList,
                last.span,
                "every rule is removed: the mapping maps nothing",
            ));
        }
    }

    fn remove(&mut self, order: &mut RuleOrder, names: &[Name], findings: &mut Findings) {
        let mut removed = HashSet::default();
        for name in names {
            let Some(at) = order.at(&name.node) else {
                unknown(name, order.names(), findings);
                continue;
            };
            order.remove(at);
            removed.insert(name.node.as_str());
        }
        // A batch that names only removed rules would otherwise take all of them.
        if let Some(batch) = &mut self.batch
            && !batch.rules.is_empty()
        {
            batch.rules.retain(|rule| !removed.contains(rule.node.as_str()));
            if batch.rules.is_empty() {
                self.batch = None;
            }
        }
    }

    /// The whole mapping.
    pub(super) fn finish(mut self, file: FileId, gaps: Gaps, findings: &mut Findings) -> Option<Mapping> {
        let batched = self.batch.as_ref().map(|batch| batch.rules.clone()).unwrap_or_default();
        let rules: HashSet<&str> = self.rules.iter().map(|rule| rule.name.node.as_str()).collect();
        for name in &batched {
            if !rules.contains(name.node.as_str()) {
                unknown(name, self.rules.iter().map(|rule| rule.name.node.as_str()), findings);
            }
        }
        let head = self.head?;
        // The missing name is a finding already.
        let destination = self.destination.take().unwrap_or_else(|| Spanned::new("mapping".to_owned(), head));
        Some(Mapping {
            file,
            destination,
            description: self.description,
            contract: self.contract,
            config: self.config,
            prepare: self.prepare,
            fields: self.fields,
            conditions: self.conditions,
            transforms: self.transforms,
            request: self.request,
            rules: self.rules,
            batch: self.batch,
            response: self.response,
            gaps,
        })
    }
}

/// Replaces rules by name, and puts new ones where they say.
fn place(order: &mut RuleOrder, rules: Vec<Placed>, findings: &mut Findings) {
    let last = order.rule(order.last()).filter(|rule| rule.when.is_none()).map(|rule| rule.name.clone());
    // Several rules after the same one keep the order in which they are written.
    let mut after: HashMap<String, String> = HashMap::default();
    for Placed { rule, before, after: behind } in rules {
        let known = order.at(&rule.name.node);
        let target = before.as_ref().or(behind.as_ref());
        let Some(target) = target else {
            if let Some(at) = known {
                order.replace(at, rule);
                continue;
            }
            if let Some(last) = &last {
                let message = format!(
                    "`{}` would stand behind `{}`, which takes every event: add `before:` or `after:`",
                    rule.name.node, last.node
                );
                let found = Diagnostic::new(Code::RuleWithoutPlace, rule.name.span, message);
                findings.push(found.related(last.span, "has no `when`"));
            }
            order.put_behind(order.last(), rule);
            continue;
        };
        let old = known.map(|at| order.remove(at));
        let anchor = after.get(&target.node).filter(|_| before.is_none()).unwrap_or(&target.node);
        let Some(at) = order.at(anchor) else {
            unknown(target, order.names(), findings);
            order.put_behind(old.unwrap_or(order.last()), rule);
            continue;
        };
        let at = if before.is_some() { order.before(at) } else { at };
        if before.is_none() {
            after.insert(target.node.clone(), rule.name.node.clone());
        }
        order.put_behind(at, rule);
    }
}

fn unknown<'a>(name: &Name, known: impl Iterator<Item = &'a str>, findings: &mut Findings) {
    let message = format!("no rule is called `{}`{}", name.node, did_you_mean(&name.node, known));
    findings.push(Diagnostic::new(Code::UnknownRule, name.span, message));
}

fn places<T>(named: &[Named<T>]) -> HashMap<String, usize> {
    named.iter().enumerate().map(|(at, one)| (one.name.node.clone(), at)).collect()
}

/// The shared request: the keys that are given again replace those of the base.
fn shared(base: Option<Request>, over: Request) -> Request {
    let Some(base) = base else { return over };
    Request {
        span: over.span,
        when: over.when.or(base.when),
        for_each: over.for_each.or(base.for_each),
        method: over.method.or(base.method),
        endpoint: over.endpoint.or(base.endpoint),
        label: over.label.or(base.label),
        headers: over.headers.or(base.headers),
        params: over.params.or(base.params),
        body: over.body.or(base.body),
        format: over.format.or(base.format),
        user: over.user.or(base.user),
    }
}

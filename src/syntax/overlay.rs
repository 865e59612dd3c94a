//! Overlays one file on another: named entries are replaced as a whole, nothing else is merged.

use super::file::FileContents;
use super::request::PlacedRule;
use super::rule_order::RuleOrder;
use super::{
    Batch, Condition, Gaps, Mapping, Name, Named, Preparation, Request, Response, Rule, Setting, Step,
    ValueNode, Yaml,
};
use crate::diag::{Code, Diagnostic, Findings, did_you_mean};
use crate::source::{FileId, Span, Spanned};
use foldhash::{HashMap, HashSet};

/// The combined contents of the files read so far.
#[derive(Debug, Default)]
pub(super) struct MergedFiles {
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

impl MergedFiles {
    /// Adds the names of an included file. What a mapping defines itself takes precedence.
    pub(super) fn include(&mut self, contents: FileContents) {
        fn add_missing<T>(into: &mut Vec<Named<T>>, from: Vec<Named<T>>) {
            let mut indexes = indexes_by_name(into);
            for entry in from {
                match indexes.get(&entry.name.node) {
                    Some(&index) if into[index].included => into[index] = Named { included: true, ..entry },
                    Some(_) => {}
                    None => {
                        indexes.insert(entry.name.node.clone(), into.len());
                        into.push(Named { included: true, ..entry });
                    }
                }
            }
        }
        add_missing(&mut self.fields, contents.fields);
        add_missing(&mut self.conditions, contents.conditions);
        add_missing(&mut self.transforms, contents.transforms);
    }

    /// Overlays a file on this.
    pub(super) fn overlay(&mut self, contents: FileContents, findings: &mut Findings) {
        fn replace<T>(into: &mut Vec<Named<T>>, from: Vec<Named<T>>) {
            let indexes = indexes_by_name(into);
            for entry in from {
                match indexes.get(&entry.name.node) {
                    Some(&index) => into[index] = entry,
                    None => into.push(entry),
                }
            }
        }
        self.head = Some(contents.head);
        self.destination = contents.destination.or(self.destination.take());
        self.description = contents.description.or(self.description.take());
        let names = self.config.iter().enumerate().map(|(index, known)| (known.name.node.clone(), index));
        let mut indexes: HashMap<String, usize> = names.collect();
        for setting in contents.config {
            if let Some(&index) = indexes.get(&setting.name.node) {
                self.config[index] = setting;
            } else {
                indexes.insert(setting.name.node.clone(), self.config.len());
                self.config.push(setting);
            }
        }
        replace(&mut self.fields, contents.fields);
        replace(&mut self.conditions, contents.conditions);
        replace(&mut self.transforms, contents.transforms);
        if let Some(prepare) = contents.prepare {
            self.prepare = prepare;
        }
        if let Some(request) = contents.request {
            self.request = Some(shared(self.request.take(), request));
        }
        self.batch = contents.batch.or(self.batch.take());
        self.response = contents.response.or(self.response.take());
        let mut order = RuleOrder::new(std::mem::take(&mut self.rules));
        if contents.extends.is_some() {
            self.remove(&mut order, &contents.remove, findings);
        }
        self.rules = match contents.rules {
            Some(rules) if order.is_empty() && contents.extends.is_none() => {
                rules.into_iter().map(|placed| placed.rule).collect()
            }
            rules => {
                place(&mut order, rules.unwrap_or_default(), findings);
                order.rules()
            }
        };
        if self.rules.is_empty()
            && let Some(last) = contents.remove.last()
        {
            findings.push(Diagnostic::new(
                Code::EmptyList,
                last.span,
                "every rule is removed, so the mapping produces nothing",
            ));
        }
    }

    fn remove(&mut self, order: &mut RuleOrder, names: &[Name], findings: &mut Findings) {
        let mut removed = HashSet::default();
        for name in names {
            let Some(slot) = order.slot(&name.node) else {
                report_unknown_rule(name, order.names(), findings);
                continue;
            };
            order.remove(slot);
            removed.insert(name.node.as_str());
        }
        // An empty list would mean all rules, so a batch left without rules is removed.
        if let Some(batch) = &mut self.batch
            && !batch.rules.is_empty()
        {
            batch.rules.retain(|rule| !removed.contains(rule.node.as_str()));
            if batch.rules.is_empty() {
                self.batch = None;
            }
        }
    }

    /// The finished mapping.
    pub(super) fn finish(mut self, file: FileId, gaps: Gaps, findings: &mut Findings) -> Option<Mapping> {
        let batched = self.batch.as_ref().map(|batch| batch.rules.clone()).unwrap_or_default();
        let rules: HashSet<&str> = self.rules.iter().map(|rule| rule.name.node.as_str()).collect();
        for name in &batched {
            if !rules.contains(name.node.as_str()) {
                report_unknown_rule(name, self.rules.iter().map(|rule| rule.name.node.as_str()), findings);
            }
        }
        let head = self.head?;
        // The missing destination has already been reported.
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

/// Replaces rules by name, and inserts new ones at the position they name.
fn place(order: &mut RuleOrder, rules: Vec<PlacedRule>, findings: &mut Findings) {
    let last = order.rule(order.last()).filter(|rule| rule.when.is_none()).map(|rule| rule.name.clone());
    // Several rules placed after the same one keep the order in which they are written.
    let mut last_placed_after: HashMap<String, String> = HashMap::default();
    for PlacedRule { rule, before, after } in rules {
        let known = order.slot(&rule.name.node);
        let target = before.as_ref().or(after.as_ref());
        let Some(target) = target else {
            if let Some(slot) = known {
                order.replace(slot, rule);
                continue;
            }
            if let Some(last) = &last {
                let message = format!(
                    "`{}` would come after `{}`, which matches every event: add `before:` or `after:`",
                    rule.name.node, last.node
                );
                let finding = Diagnostic::new(Code::RuleWithoutPlace, rule.name.span, message);
                findings.push(finding.related(last.span, "has no `when`"));
            }
            order.insert_after(order.last(), rule);
            continue;
        };
        let previous = known.map(|slot| order.remove(slot));
        let anchor = last_placed_after.get(&target.node).filter(|_| before.is_none()).unwrap_or(&target.node);
        let Some(slot) = order.slot(anchor) else {
            report_unknown_rule(target, order.names(), findings);
            order.insert_after(previous.unwrap_or(order.last()), rule);
            continue;
        };
        let slot = if before.is_some() { order.previous(slot) } else { slot };
        if before.is_none() {
            last_placed_after.insert(target.node.clone(), rule.name.node.clone());
        }
        order.insert_after(slot, rule);
    }
}

fn report_unknown_rule<'a>(name: &Name, known: impl Iterator<Item = &'a str>, findings: &mut Findings) {
    let message = format!("no rule is called `{}`{}", name.node, did_you_mean(&name.node, known));
    findings.push(Diagnostic::new(Code::UnknownRule, name.span, message));
}

fn indexes_by_name<T>(named: &[Named<T>]) -> HashMap<String, usize> {
    named.iter().enumerate().map(|(index, entry)| (entry.name.node.clone(), index)).collect()
}

/// The shared request: keys that are written again replace those of the base.
fn shared(base: Option<Request>, over: Request) -> Request {
    let Some(base) = base else { return over };
    Request {
        span: over.span,
        when: over.when.or(base.when),
        for_each: over.for_each.or(base.for_each),
        element: over.element.or(base.element),
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

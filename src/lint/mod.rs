//! Probable mistakes in a mapping that loads: unreachable rules, unused names, credentials. Each file covers one topic.
//! Nothing here is an error; errors are reported by `check`.

mod condition;
mod constant;
mod fallback;
mod logged;
mod operator;
mod pattern;
mod placeholder;
mod reach;
mod request;
#[cfg(test)]
mod tests;
mod unused;

use crate::abstract_value::AbstractValue;
use crate::analysis::{
    Assumptions, Compared, EndpointHole, Misuse, ResolvedPath, Symbols, Truth, Usage, Visitor,
};
use crate::diag::{Diagnostic, Warnings};
use crate::ops::Operator;
use crate::plan::Plan;
use crate::source::{Sources, Span};
use crate::syntax::{Mapping, Request, Text, ValueKind, ValueNode, ValueRule, ValueSource, Yaml};

/// The visitor that reports probable mistakes.
pub(crate) struct Lint<'m> {
    mapping: &'m Mapping,
    sources: &'m Sources,
    warnings: Warnings,
    /// The number of comparisons of two rules, for tests of the cost.
    comparisons: usize,
}

impl<'m> Lint<'m> {
    pub(crate) fn new(mapping: &'m Mapping, sources: &'m Sources) -> Self {
        Self { mapping, sources, warnings: Warnings::default(), comparisons: 0 }
    }

    /// The findings, with those about the plan if there is one.
    pub(crate) fn into_findings(mut self, plan: Option<&Plan>) -> Vec<Diagnostic> {
        if let Some(plan) = plan {
            logged::secrets(plan, &mut self.warnings);
        }
        self.warnings.into_vec()
    }
}

impl Visitor for Lint<'_> {
    fn count(&self) -> usize {
        self.warnings.len()
    }

    fn constant(&mut self, yaml: &Yaml) {
        constant::constant(yaml, &mut self.warnings);
        placeholder::text_like_a_path(yaml, false, &mut self.warnings);
        if let Some(text) = yaml.text() {
            placeholder::placeholder(&text.text, &text, false, self.mapping, &mut self.warnings);
        }
    }

    fn literal(&mut self, yaml: &Yaml) {
        constant::constant(yaml, &mut self.warnings);
    }

    fn template(&mut self, text: &Text) {
        constant::template(text, &mut self.warnings);
    }

    fn pattern(&mut self, text: &Text) {
        pattern::pattern(text, &mut self.warnings);
    }

    fn value_rule(&mut self, rule: &ValueRule, symbols: &Symbols<'_>) {
        if let ValueSource::From(entries) = &rule.source
            && let [ValueNode { kind: ValueKind::Constant(yaml), .. }] = entries.as_slice()
        {
            placeholder::text_like_a_path(yaml, true, &mut self.warnings);
        }
        operator::identifier(rule, symbols, &mut self.warnings);
    }

    fn repeated_path(&mut self, path: &Text, span: Span, first: Span) {
        fallback::repeated_path(path, span, first, &mut self.warnings);
    }

    fn never_used(&mut self, span: Span, more: usize, always_present: Span) {
        fallback::never_used(span, more, always_present, &mut self.warnings);
    }

    fn default_value(
        &mut self,
        rule: &ValueRule,
        key: Span,
        default: &ValueNode,
        known: &AbstractValue,
        default_known: &AbstractValue,
    ) {
        fallback::other_kind(default, known, default_known, &mut self.warnings);
        fallback::required(rule, key, default_known, &mut self.warnings);
    }

    fn misuse(
        &mut self,
        misuse: Misuse,
        row: &Operator,
        known: &AbstractValue,
        span: Span,
        previous: Option<Span>,
    ) {
        match misuse {
            Misuse::EncodedTwice => {
                operator::encoded_twice(span, previous, &known.kinds.words(), &mut self.warnings);
            }
            Misuse::SecondsAsMillis => {
                operator::seconds_as_millis(row.name, span, previous, &mut self.warnings);
            }
            Misuse::ListIntoText | Misuse::Kind => {}
        }
    }

    fn presence(&mut self, path: &Text, resolved: &ResolvedPath, known: &AbstractValue) {
        condition::presence(path, resolved, known, self.mapping, &mut self.warnings);
    }

    fn compared(&mut self, compared: &Compared<'_>) {
        condition::event_type(compared, &mut self.warnings);
    }

    fn list_test(&mut self, values: &[ValueNode], symbols: &Symbols<'_>) {
        condition::repeated_values(values, symbols, &mut self.warnings);
    }

    fn truth(&mut self, truth: Truth, path: &Text, known: &AbstractValue, span: Span) {
        if truth == Truth::Always {
            condition::always(path, known, span, &mut self.warnings);
        }
    }

    fn address_text(&mut self, constant: &str, text: &Text) {
        placeholder::placeholder(constant, text, true, self.mapping, &mut self.warnings);
    }

    fn address_hole(&mut self, hole: &EndpointHole<'_>) {
        request::missing(hole, &mut self.warnings);
        request::unescaped(hole, &mut self.warnings);
    }

    fn body(&mut self, body: &ValueNode) {
        fallback::list_of_paths(body, &mut self.warnings);
    }

    fn request(&mut self, request: &Request, shared: Option<&Request>) {
        request::empty_body(request, shared, &mut self.warnings);
    }

    fn rules(&mut self, whens: &[Assumptions]) {
        reach::no_last_rule(self.mapping, self.sources, &mut self.warnings);
        reach::after_catch_all(&self.mapping.rules, whens.len(), &mut self.warnings);
        self.comparisons += reach::covered(&self.mapping.rules, whens, self.sources, &mut self.warnings);
    }

    fn usage(&mut self, used: &Usage) {
        unused::unused(self.mapping, used, &mut self.warnings);
    }
}

//! The names that a mapping defines and those that it uses without defining them.

use foldhash::HashMap;

use super::Compiled;
use super::definitions::Definitions;
use super::nesting::Nesting;
use crate::diag::{Code, Diagnostic, Findings, did_you_mean};
use crate::plan::{Condition, ExprKind, Field, Source};
use crate::source::Span;
use crate::syntax::{self, Mapping, ValueNode};

/// Maximum number of places that the finding about one undefined name lists besides the first.
const MAX_PLACES: usize = 100;

/// Names that the language defines, suggested like those of fields.
const RESERVED_NAMES: &[&str] =
    &["event", "config", "connection", "metadata", "item", "value", "body", "items", "response"];

/// Keys of events, suggested when an undefined name is one of them.
const EVENT_KEYS: [&str; 10] = [
    "type",
    "event",
    "name",
    "userId",
    "anonymousId",
    "traits",
    "properties",
    "context",
    "timestamp",
    "messageId",
];

/// Fields and conditions, how they reference each other, and the names that are not defined.
pub(super) struct Names<'m> {
    pub(super) fields: Definitions<'m, ValueNode, Field>,
    pub(super) conditions: Definitions<'m, syntax::Condition, Condition>,
    pub(super) nesting: Nesting,
    /// One finding for each undefined name, with all places where it is used.
    undefined: HashMap<String, Diagnostic>,
}

impl<'m> Names<'m> {
    pub(super) fn new(mapping: &'m Mapping) -> Self {
        Self {
            fields: Definitions::new(&mapping.fields),
            conditions: Definitions::new(&mapping.conditions),
            nesting: Nesting::default(),
            undefined: HashMap::default(),
        }
    }

    /// Records the use of a field that is not defined.
    pub(super) fn undefined_field(&mut self, name: &str, span: Span, code: Code) {
        if self.used_again(name, span) {
            return;
        }
        let message = if self.conditions.contains(name) {
            format!("`{name}` is a condition, not a value; write it without `$` under `when:`")
        } else {
            let known = self.fields.names().chain(RESERVED_NAMES.iter().copied());
            let near = match did_you_mean(name, known) {
                near if near.is_empty() && EVENT_KEYS.contains(&name) => {
                    let path = if code == Code::UnknownNameInTemplate { "event." } else { "$." };
                    format!("; write `{path}{name}` for what the event has")
                }
                near => near,
            };
            format!("there is no field called `{name}`{near}")
        };
        let mut finding = Diagnostic::new(code, span, message);
        if code == Code::UnknownNameInTemplate {
            finding = finding.help("for `{{` that another tool is to fill in, write `{{ '{{' }}`");
        }
        self.undefined.insert(name.to_owned(), finding);
    }

    /// Records the use of a condition that is not defined.
    pub(super) fn undefined_condition(&mut self, name: &str, span: Span) {
        if self.used_again(name, span) {
            return;
        }
        let message = if self.fields.contains(name) {
            format!("`{name}` is a field; write `${name}` to ask whether it is present")
        } else {
            let near = did_you_mean(name, self.conditions.names());
            format!("there is no condition called `{name}`{near}")
        };
        self.undefined.insert(name.to_owned(), Diagnostic::new(Code::UnknownCondition, span, message));
    }

    /// Adds a place to the finding about an undefined name, if there is one already.
    fn used_again(&mut self, name: &str, span: Span) -> bool {
        let Some(first) = self.undefined.get_mut(name) else { return false };
        if first.span != span
            && first.related.len() < MAX_PLACES
            && !first.related.iter().any(|(place, _)| *place == span)
        {
            first.related.push((span, "and here".to_owned()));
        }
        true
    }

    /// Reports the undefined names; called once all uses are recorded.
    pub(super) fn report_undefined(&mut self, findings: &mut Findings) {
        let mut undefined: Vec<_> = std::mem::take(&mut self.undefined).into_iter().collect();
        // The order of a hash map differs each time, and of two findings in one place only the first is reported.
        undefined.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        findings.extend(undefined.into_iter().map(|(_, finding)| finding));
    }
}

/// A field of the plan.
pub(super) fn new_field(name: &str, compiled: Compiled) -> Field {
    let inline = match &compiled.expr.kind {
        ExprKind::Map(..) | ExprKind::Template(_) | ExprKind::Precomputed(_) => true,
        ExprKind::Rule(rule) => matches!(rule.source, Source::Merge(_)) && rule.steps.is_empty(),
        _ => false,
    };
    Field { name: name.into(), expr: compiled.expr, inline }
}

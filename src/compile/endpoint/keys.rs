//! Where the keys of a map come from.

use super::CompiledDefinitions;
use super::origin::{LocalOrigins, ValueOrigin};
use crate::plan::{Expr, ExprKind, Source, ValueRule};

/// Where the keys of a map come from; of several, the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::compile) enum KeyOrigin {
    /// The mapping writes each of them as the key of a map.
    Constant,
    /// The mapping lists them, or they come from the settings.
    ListedOrSettings,
    /// Anything in the event.
    Event,
}

impl CompiledDefinitions<'_, '_> {
    /// Where the keys of the value come from.
    pub(in crate::compile) fn names_of(&self, expr: &Expr) -> KeyOrigin {
        if let Some(definition) = self.definition(expr) {
            return self.names_of(definition);
        }
        match &expr.kind {
            ExprKind::Map(..) => KeyOrigin::Constant,
            ExprKind::Rule(rule) => self.names_of_rule(rule, expr),
            _ => self.names_of_value(expr),
        }
    }

    fn names_of_value(&self, expr: &Expr) -> KeyOrigin {
        match self.origin(expr, LocalOrigins::UNKNOWN) {
            ValueOrigin::Event => KeyOrigin::Event,
            ValueOrigin::Constant | ValueOrigin::Settings => KeyOrigin::ListedOrSettings,
        }
    }

    fn names_of_rule(&self, rule: &ValueRule, expr: &Expr) -> KeyOrigin {
        let all = |entries: &[Expr]| {
            entries.iter().map(|entry| self.names_of(entry)).max().unwrap_or(KeyOrigin::Constant)
        };
        let mut names = match &rule.source {
            Source::First(entries) | Source::Merge(entries) => all(entries),
            Source::Just(entry) => self.names_of(entry),
            Source::Concat(_) | Source::ForEach(..) => self.names_of_value(expr),
        };
        if rule.only.is_some() {
            names = names.min(KeyOrigin::ListedOrSettings);
        }
        for step in &rule.steps {
            names = if step.operator.meaning.lists_keys {
                names.min(KeyOrigin::ListedOrSettings)
            } else if step.operator.meaning.keeps_keys {
                names
            } else {
                // A step may turn values into keys.
                self.names_of_value(expr)
            };
        }
        match &rule.default {
            Some(default) => names.max(self.names_of(default)),
            None => names,
        }
    }
}

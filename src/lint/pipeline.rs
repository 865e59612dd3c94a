//! Pipelines: what each step gets and gives.

use super::Lint;
use super::abstract_value::AbstractValue;
use super::symbols::Symbol;
use crate::diag::{Code, Diagnostic};
use crate::ops::operator;
use crate::path::Segment as PathStep;
use crate::source::Span;
use crate::syntax::{Argument, Step, ValueKind, ValueNode, ValueRule, ValueSource, Visit, Yaml, YamlValue};

/// Pipelines that use each other are followed so far; circles are a finding of their own.
const MAX_DEPTH: usize = 16;

/// Identifiers of every event; they may look like numbers and are none.
const IDENTIFIERS: [&str; 5] = ["userId", "anonymousId", "groupId", "previousId", "messageId"];

impl Lint<'_, '_> {
    /// What a pipeline makes of a value.
    pub(super) fn steps(&mut self, steps: &[Step], known: AbstractValue) -> AbstractValue {
        let mut before = None;
        self.run(steps, known, &mut before, 0)
    }

    fn run(
        &mut self,
        steps: &[Step],
        mut known: AbstractValue,
        before: &mut Option<Span>,
        depth: usize,
    ) -> AbstractValue {
        for step in steps {
            if let Some(at) = self.known.transform(&step.name.node) {
                if depth < MAX_DEPTH {
                    let mapping = self.mapping;
                    known = self.run(&mapping.transforms[at].node, known, before, depth + 1);
                }
                continue;
            }
            known = self.step(step, known, *before);
            *before = Some(step.span);
        }
        known
    }

    fn step(&mut self, step: &Step, known: AbstractValue, before: Option<Span>) -> AbstractValue {
        let Some(row) = operator(&step.name.node) else { return AbstractValue::default() };
        let inside = self.argument(step);
        let place = step.name.span;
        if let Some(found) = super::operator::unfit(row, &known, place) {
            self.found(match before {
                Some(before) => found.related(before, format!("this gives {}", known.kinds.words())),
                None => found,
            });
            return AbstractValue::default();
        }
        let made = super::operator::applied(row, known, step.constant(), step.test(), step.with.as_slice());
        match (row.name, inside) {
            ("multiply" | "add", Some(argument)) => {
                AbstractValue { missing: made.missing || argument.missing, ..made }
            }
            _ => made,
        }
    }

    /// What stands after the operator's name.
    fn argument(&mut self, step: &Step) -> Option<AbstractValue> {
        match step.argument.as_ref()? {
            Argument::Value(value) => {
                let known = match &value.kind {
                    // The text of a path is what this one wants.
                    ValueKind::Constant(yaml) if step.name.node == "at_path" => AbstractValue::constant(yaml),
                    _ => self.value(value),
                };
                self.factor(step, value, &known);
                Some(known)
            }
            Argument::Pipeline(_, steps) => Some(self.steps(steps, AbstractValue::event())),
            Argument::Test(test) => {
                self.visit_test(test);
                None
            }
            Argument::Constant(yaml) => {
                self.amount(step, yaml);
                if step.name.node == "replace"
                    && let Some(pattern) = yaml.get("regex").and_then(|entry| entry.value.text())
                {
                    self.pattern(&pattern);
                }
                None
            }
        }
    }

    /// Something to calculate with that is no number.
    fn factor(&mut self, step: &Step, argument: &ValueNode, known: &AbstractValue) {
        let name = step.name.node.as_str();
        let number = |plain: &super::abstract_value::Scalar| {
            plain.text().is_none_or(|text| text.trim().parse::<f64>().is_ok())
        };
        let wrong = match &known.values {
            Some(values) => !values.is_empty() && !values.iter().any(number),
            None => known.is_collection(),
        };
        if matches!(name, "multiply" | "add") && wrong {
            let message = format!("`{name}` needs a number, and this is none");
            self.found(
                Diagnostic::new(Code::BadArgument, argument.span, message)
                    .help("a path to one begins with `$.`"),
            );
        }
    }

    /// A text cut to nothing.
    fn amount(&mut self, step: &Step, argument: &Yaml) {
        let cut = matches!(step.name.node.as_str(), "truncate" | "truncate_bytes");
        if cut && argument.node == YamlValue::Number("0".to_owned()) {
            let message = format!("`{}: 0` leaves nothing of any text", step.name.node);
            self.found(Diagnostic::new(Code::NothingLeft, argument.span, message));
        }
    }

    /// An identifier that is made a number.
    pub(super) fn identifier(&mut self, rule: &ValueRule) {
        let ValueSource::From(entries) = &rule.source else { return };
        let Some(step) =
            rule.transform.iter().find(|step| matches!(step.name.node.as_str(), "number" | "round"))
        else {
            return;
        };
        let identifier = entries.iter().find_map(|entry| {
            let ValueKind::Path(path) = &entry.kind else { return None };
            let reading = self.known.peek(path)?;
            match reading.steps.last() {
                Some(PathStep::Name(name))
                    if reading.root == Symbol::Event && IDENTIFIERS.contains(&&**name) =>
                {
                    Some(path.text.clone())
                }
                _ => None,
            }
        });
        if let Some(path) = identifier {
            let message =
                format!("`{path}` is an identifier: as a number it loses leading zeros and its last digits");
            self.found(Diagnostic::new(Code::IdentifierAsNumber, step.name.span, message));
        }
    }
}

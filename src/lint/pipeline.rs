//! Pipelines: what each step gets and gives.

use super::Lint;
use super::fact::Fact;
use super::known::Root;
use crate::diag::{Diagnostic, Findings};
use crate::ops::{Argument, operator};
use crate::path::Step as PathStep;
use crate::source::Span;
use crate::spec::{self, Node, Step, ValueRule, ValueSource, WrittenKind, Yaml};

/// Pipelines that use each other are followed so far; circles are a finding of their own.
const DEEPEST: usize = 16;

/// Identifiers of every event; they may look like numbers and are none.
const IDENTIFIERS: [&str; 5] = ["userId", "anonymousId", "groupId", "previousId", "messageId"];

impl Lint<'_, '_> {
    /// What a pipeline makes of a value.
    pub(super) fn steps(&mut self, steps: &[Step], fact: Fact) -> Fact {
        let mut before = None;
        self.run(steps, fact, &mut before, 0)
    }

    fn run(&mut self, steps: &[Step], mut fact: Fact, before: &mut Option<Span>, depth: usize) -> Fact {
        for step in steps {
            if let Some(at) = self.known.transform(&step.name.node) {
                if depth < DEEPEST {
                    let mapping = self.mapping;
                    fact = self.run(&mapping.transforms[at].node, fact, before, depth + 1);
                }
                continue;
            }
            fact = self.step(step, fact, *before);
            *before = Some(step.span);
        }
        fact
    }

    fn step(&mut self, step: &Step, fact: Fact, before: Option<Span>) -> Fact {
        let Some(row) = operator(&step.name.node) else { return Fact::default() };
        let inside = self.argument(step, row.argument);
        let place = step.name.span;
        if let Some(found) = super::operator::unfit(row, &fact, place) {
            self.found(match before {
                Some(before) => found.related(before, format!("this gives {}", fact.kinds.words())),
                None => found,
            });
            return Fact::default();
        }
        let made = super::operator::applied(row, fact, step.argument.as_ref(), step.with.as_slice());
        match (row.name, inside) {
            ("multiply" | "add", Some(argument)) => {
                Fact { missing: made.missing || argument.missing, ..made }
            }
            _ => made,
        }
    }

    /// What stands after the operator's name.
    fn argument(&mut self, step: &Step, takes: Argument) -> Option<Fact> {
        let argument = step.argument.as_ref()?;
        let mut none = Findings::default();
        match takes {
            Argument::Value(_) => {
                let written = spec::written(argument, &mut none);
                let fact = match &written.kind {
                    // The text of a path is what this one wants.
                    WrittenKind::Constant(yaml) if step.name.node == "at_path" => Fact::constant(yaml),
                    _ => self.value(&written),
                };
                self.factor(step, argument, &fact);
                Some(fact)
            }
            Argument::Pipeline(_) => Some(self.steps(&spec::pipeline(argument, &mut none), Fact::event())),
            Argument::Test(_) => {
                self.test(&spec::test(argument, &mut none));
                None
            }
            _ => {
                self.amount(step, argument);
                if step.name.node == "replace"
                    && let Some(entry) = argument.get("regex")
                {
                    self.pattern(&entry.value);
                }
                None
            }
        }
    }

    /// Something to calculate with that is no number.
    fn factor(&mut self, step: &Step, argument: &Yaml, fact: &Fact) {
        let name = step.name.node.as_str();
        let number =
            |plain: &super::fact::Plain| plain.text().is_none_or(|text| text.trim().parse::<f64>().is_ok());
        let wrong = match &fact.values {
            Some(values) => !values.is_empty() && !values.iter().any(number),
            None => fact.is_collection(),
        };
        if matches!(name, "multiply" | "add") && wrong {
            let message = format!("`{name}` needs a number, and this is none");
            self.found(
                Diagnostic::new("O302", argument.span, message).help("a path to one begins with `$.`"),
            );
        }
    }

    /// A text cut to nothing.
    fn amount(&mut self, step: &Step, argument: &Yaml) {
        let cut = matches!(step.name.node.as_str(), "truncate" | "truncate_bytes");
        if cut && argument.node == Node::Number("0".to_owned()) {
            let message = format!("`{}: 0` leaves nothing of any text", step.name.node);
            self.found(Diagnostic::new("O314", argument.span, message));
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
            let WrittenKind::Path(path) = &entry.kind else { return None };
            let reading = self.known.peek(path)?;
            match reading.steps.last() {
                Some(PathStep::Name(name))
                    if reading.root == Root::Event && IDENTIFIERS.contains(&&**name) =>
                {
                    Some(path.text.clone())
                }
                _ => None,
            }
        });
        if let Some(path) = identifier {
            let message =
                format!("`{path}` is an identifier: as a number it loses leading zeros and its last digits");
            self.found(Diagnostic::new("O316", step.name.span, message));
        }
    }
}

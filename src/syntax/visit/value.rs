//! Traversal of values, conditions and tests.

use super::{Visit, each};
use crate::syntax::{
    Argument, Condition, ConditionKind, Member, Step, Test, TestKind, ValueKind, ValueNode, ValueRule,
    ValueSource,
};

/// Visits the children of a value.
pub(crate) fn walk_value<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, value: &'m ValueNode) {
    let ValueNode { span: _, kind } = value;
    match kind {
        ValueKind::Constant(yaml) => visitor.visit_constant(yaml),
        ValueKind::Path(path) => visitor.visit_path(path),
        ValueKind::Template(text) => visitor.visit_template(text),
        ValueKind::Map(members, when) => {
            each(when, |when| visitor.visit_condition(when));
            self::members(visitor, members);
        }
        ValueKind::List(items) => each(items, |item| visitor.visit_value(item)),
        ValueKind::Rule(rule) => visitor.visit_value_rule(rule),
    }
}

/// Visits the children of a value with a source verb, in the order in which it applies.
pub(crate) fn walk_value_rule<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, rule: &'m ValueRule) {
    let ValueRule {
        verb: _,
        when,
        source,
        only: _,
        except: _,
        transform,
        template,
        invalid,
        default,
        required,
        keep_empty: _,
    } = rule;
    each(when, |when| visitor.visit_condition(when));
    visitor.visit_source(source);
    visitor.visit_pipeline(transform);
    each(template, |text| visitor.visit_template(text));
    each(invalid, |message| visitor.visit_message(message));
    each(default, |(_, value)| visitor.visit_value(value));
    each(required, |(_, required)| visitor.visit_required(required));
}

/// Visits the operands of a source verb.
pub(crate) fn walk_source<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, source: &'m ValueSource) {
    match source {
        ValueSource::From(values) | ValueSource::Merge(values) | ValueSource::Concat(values) => {
            each(values, |value| visitor.visit_value(value));
        }
        ValueSource::Literal(yaml) => visitor.visit_constant(yaml),
        ValueSource::Template(text) => visitor.visit_template(text),
        ValueSource::ForEach(items, _, make) => {
            visitor.visit_value(items);
            visitor.visit_value(make);
        }
        ValueSource::Object(members) => self::members(visitor, members),
    }
}

fn members<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, members: &'m [Member]) {
    for Member { key: _, value } in members {
        visitor.visit_value(value);
    }
}

/// Visits the children of a step.
pub(crate) fn walk_step<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, step: &'m Step) {
    let Step { span: _, name: _, argument, with } = step;
    each(argument, |argument| visitor.visit_argument(argument));
    each(with, |entry| visitor.visit_constant(&entry.value));
}

/// Visits the children of an argument.
pub(crate) fn walk_argument<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, argument: &'m Argument) {
    match argument {
        Argument::Constant(yaml) => visitor.visit_constant(yaml),
        Argument::Value(value) => visitor.visit_value(value),
        Argument::Pipeline(_, steps) => visitor.visit_pipeline(steps),
        Argument::Test(test) => visitor.visit_test(test),
    }
}

/// Visits the children of a condition.
pub(crate) fn walk_condition<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, condition: &'m Condition) {
    let Condition { span: _, kind } = condition;
    match kind {
        ConditionKind::Present(path) => visitor.visit_path(path),
        ConditionKind::Named(name) => visitor.visit_condition_name(name),
        ConditionKind::All(conditions) | ConditionKind::Any(conditions) => {
            each(conditions, |inner| visitor.visit_condition(inner));
        }
        ConditionKind::Not(inner) => visitor.visit_condition(inner),
        ConditionKind::Test(path, test) => {
            visitor.visit_path(path);
            visitor.visit_test(test);
        }
    }
}

/// Visits the children of a test.
pub(crate) fn walk_test<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, test: &'m Test) {
    let Test { span: _, kind } = test;
    match kind {
        TestKind::Equals(value) | TestKind::Compared(_, _, value) => visitor.visit_value(value),
        TestKind::OneOf(values) => each(values, |value| visitor.visit_value(value)),
        TestKind::All(tests) => each(tests, |test| visitor.visit_test(test)),
        TestKind::Is { row: _, negated: _, names } => each(names, |name| visitor.visit_predicate_name(name)),
        TestKind::Matches(_, pattern) => visitor.visit_pattern(pattern),
        TestKind::Nested(_, _, test) => visitor.visit_test(test),
        TestKind::Unknown(_) => {}
    }
}

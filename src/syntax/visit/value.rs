//! What lies inside of values, conditions and tests.

use super::Visit;
use crate::syntax::{
    Argument, Condition, ConditionKind, Member, Step, Test, TestKind, ValueKind, ValueNode, ValueRule,
    ValueSource,
};

/// What lies inside of a value.
pub(crate) fn walk_value<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, value: &'m ValueNode) {
    let ValueNode { span: _, kind } = value;
    match kind {
        ValueKind::Constant(yaml) => visitor.visit_constant(yaml),
        ValueKind::Path(path) => visitor.visit_path(path),
        ValueKind::Template(text) => visitor.visit_template(text),
        ValueKind::Map(members, when) => {
            when.iter().for_each(|when| visitor.visit_condition(when));
            self::members(visitor, members);
        }
        ValueKind::List(items) => items.iter().for_each(|item| visitor.visit_value(item)),
        ValueKind::Rule(rule) => visitor.visit_value_rule(rule),
    }
}

/// What lies inside of a value with a source verb, in the order in which it applies.
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
    when.iter().for_each(|when| visitor.visit_condition(when));
    visitor.visit_source(source);
    visitor.visit_pipeline(transform);
    template.iter().for_each(|text| visitor.visit_template(text));
    invalid.iter().for_each(|words| visitor.visit_message(words));
    default.iter().for_each(|(_, value)| visitor.visit_value(value));
    required.iter().for_each(|(_, required)| visitor.visit_required(required));
}

/// What a source verb works on.
pub(crate) fn walk_source<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, source: &'m ValueSource) {
    match source {
        ValueSource::From(values) | ValueSource::Merge(values) | ValueSource::Concat(values) => {
            values.iter().for_each(|value| visitor.visit_value(value));
        }
        ValueSource::Literal(yaml) => visitor.visit_constant(yaml),
        ValueSource::Template(text) => visitor.visit_template(text),
        ValueSource::ForEach(items, make) => {
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

/// What lies inside of a step.
pub(crate) fn walk_step<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, step: &'m Step) {
    let Step { span: _, name: _, argument, with } = step;
    argument.iter().for_each(|argument| visitor.visit_argument(argument));
    with.iter().for_each(|entry| visitor.visit_constant(&entry.value));
}

/// What lies inside of an argument.
pub(crate) fn walk_argument<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, argument: &'m Argument) {
    match argument {
        Argument::Constant(yaml) => visitor.visit_constant(yaml),
        Argument::Value(value) => visitor.visit_value(value),
        Argument::Pipeline(_, steps) => visitor.visit_pipeline(steps),
        Argument::Test(test) => visitor.visit_test(test),
    }
}

/// What lies inside of a condition.
pub(crate) fn walk_condition<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, condition: &'m Condition) {
    let Condition { span: _, kind } = condition;
    match kind {
        ConditionKind::Present(path) => visitor.visit_path(path),
        ConditionKind::Named(name) => visitor.visit_condition_name(name),
        ConditionKind::All(all) | ConditionKind::Any(all) => {
            all.iter().for_each(|inner| visitor.visit_condition(inner));
        }
        ConditionKind::Not(inner) => visitor.visit_condition(inner),
        ConditionKind::Test(path, test) => {
            visitor.visit_path(path);
            visitor.visit_test(test);
        }
    }
}

/// What lies inside of a test.
pub(crate) fn walk_test<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, test: &'m Test) {
    let Test { span: _, kind } = test;
    match kind {
        TestKind::Equals(value) | TestKind::Text(_, value) | TestKind::Number(_, value) => {
            visitor.visit_value(value);
        }
        TestKind::OneOf(values) => values.iter().for_each(|value| visitor.visit_value(value)),
        TestKind::All(tests) => tests.iter().for_each(|test| visitor.visit_test(test)),
        TestKind::Is(names) | TestKind::IsNot(names) => {
            names.iter().for_each(|name| visitor.visit_quality(name));
        }
        TestKind::Matches(pattern) => visitor.visit_pattern(pattern),
        TestKind::Not(test) | TestKind::Size(test) | TestKind::Some(test) | TestKind::Every(test) => {
            visitor.visit_test(test);
        }
        TestKind::Unknown(_) => {}
    }
}

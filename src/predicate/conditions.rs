//! The table of tests, each with how it is executed and what follows for a value that passes it.

use std::cmp::Ordering;

use super::{Comparison, Nested, Predicate, TestArgKind, TestArgs, TestRow, TestRun};
use crate::abstract_value::{Constraint, Range, Scalar};
use crate::value::{Arena, Kinds, Value, View, same};

/// All tests.
pub static TESTS: &[TestRow] = &[
    TestRow {
        name: "is",
        takes: TestArgKind::Predicate,
        summary: "satisfies the predicate",
        example: "{ $.event: { is: text } }",
        run: TestRun::Is { negated: false },
        when_true: |args| any_of(args.predicates, |predicate| (predicate.when_true)()),
    },
    TestRow {
        name: "is_not",
        takes: TestArgKind::Predicate,
        summary: "does not satisfy the predicate",
        example: "{ $.userId: { is_not: email } }",
        run: TestRun::Is { negated: true },
        when_true: none_of,
    },
    TestRow {
        name: "not",
        takes: TestArgKind::Test,
        summary: "the test does not hold",
        example: "{ $.event: { not: [Started, Stopped] } }",
        run: TestRun::Nested(Nested::Not),
        when_true: |args| args.inner.map_or_else(Constraint::default, Constraint::inverse),
    },
    TestRow {
        name: "matches",
        takes: TestArgKind::Pattern,
        summary: "is text that contains a match of the regular expression",
        example: "{ $.event: { matches: '^Order ' } }",
        run: TestRun::Matches,
        when_true: |_| Constraint::of_kinds(Kinds::TEXT, false),
    },
    TestRow {
        name: "starts_with",
        takes: TestArgKind::Text,
        summary: "is text that begins with the argument",
        example: "{ $.event: { starts_with: Order } }",
        run: TestRun::Compared(&Comparison {
            verb: "starts with",
            number_as_text: true,
            holds: |value, operand, arena| {
                texts(value, operand, arena, |text, start| text.starts_with(start))
            },
        }),
        when_true: |args| Constraint::of_kinds(Kinds::TEXT, args.is_filled_text()),
    },
    TestRow {
        name: "ends_with",
        takes: TestArgKind::Text,
        summary: "is text that ends with the argument",
        example: "{ $.event: { ends_with: up } }",
        run: TestRun::Compared(&Comparison {
            verb: "ends with",
            number_as_text: true,
            holds: |value, operand, arena| texts(value, operand, arena, |text, end| text.ends_with(end)),
        }),
        when_true: |args| Constraint::of_kinds(Kinds::TEXT, args.is_filled_text()),
    },
    TestRow {
        name: "contains",
        takes: TestArgKind::Text,
        summary: "is text that contains the argument, or a list with an element equal to it",
        example: "{ $.traits.tags: { contains: vip } }",
        run: TestRun::Compared(&Comparison { verb: "contains", number_as_text: false, holds: contains }),
        when_true: |args| Constraint::of_kinds(Kinds::TEXT.or(Kinds::LIST), args.is_filled_text()),
    },
    TestRow {
        name: "equals_ignoring_case",
        takes: TestArgKind::Text,
        summary: "is text that equals the argument, ignoring case",
        example: "{ $.event: { equals_ignoring_case: sign up } }",
        run: TestRun::Compared(&Comparison {
            verb: "equals, ignoring case,",
            number_as_text: true,
            holds: |value, operand, arena| texts(value, operand, arena, equal_ignoring_case),
        }),
        when_true: |args| Constraint::of_kinds(Kinds::TEXT, args.is_filled_text()),
    },
    TestRow {
        name: "at_least",
        takes: TestArgKind::Number,
        summary: "is a number greater than or equal to the argument",
        example: "{ $.properties.total: { at_least: 10 } }",
        run: TestRun::Compared(&Comparison {
            verb: "is at least",
            number_as_text: false,
            holds: |value, operand, arena| numbers(value, operand, arena, Ordering::is_ge),
        }),
        when_true: |args| args.range(|operand| Range { low: Some((operand, true)), high: None }),
    },
    TestRow {
        name: "more_than",
        takes: TestArgKind::Number,
        summary: "is a number greater than the argument",
        example: "{ $.properties.total: { more_than: 0 } }",
        run: TestRun::Compared(&Comparison {
            verb: "is more than",
            number_as_text: false,
            holds: |value, operand, arena| numbers(value, operand, arena, Ordering::is_gt),
        }),
        when_true: |args| args.range(|operand| Range { low: Some((operand, false)), high: None }),
    },
    TestRow {
        name: "at_most",
        takes: TestArgKind::Number,
        summary: "is a number less than or equal to the argument",
        example: "{ $.properties.total: { at_most: 100 } }",
        run: TestRun::Compared(&Comparison {
            verb: "is at most",
            number_as_text: false,
            holds: |value, operand, arena| numbers(value, operand, arena, Ordering::is_le),
        }),
        when_true: |args| args.range(|operand| Range { low: None, high: Some((operand, true)) }),
    },
    TestRow {
        name: "less_than",
        takes: TestArgKind::Number,
        summary: "is a number less than the argument",
        example: "{ $.properties.total: { less_than: 100 } }",
        run: TestRun::Compared(&Comparison {
            verb: "is less than",
            number_as_text: false,
            holds: |value, operand, arena| numbers(value, operand, arena, Ordering::is_lt),
        }),
        when_true: |args| args.range(|operand| Range { low: None, high: Some((operand, false)) }),
    },
    TestRow {
        name: "size",
        takes: TestArgKind::Count,
        summary: "has the given number of elements, members or characters",
        example: "{ $.properties.products: { size: { at_least: 1 } } }",
        run: TestRun::Nested(Nested::Size),
        when_true: |_| Constraint::of_kinds(Kinds::TEXT.or(Kinds::LIST).or(Kinds::MAP), false),
    },
    TestRow {
        name: "some",
        takes: TestArgKind::Test,
        summary: "is a list in which the test holds for at least one element",
        example: "{ $.properties.products: { some: { is: filled } } }",
        run: TestRun::Nested(Nested::Some),
        when_true: |_| Constraint::of_kinds(Kinds::LIST, true),
    },
    TestRow {
        name: "every",
        takes: TestArgKind::Test,
        summary: "is a list in which the test holds for every element",
        example: "{ $.properties.products: { every: { is: object } } }",
        run: TestRun::Nested(Nested::Every),
        when_true: |_| Constraint::of_kinds(Kinds::LIST, true),
    },
];

impl TestArgs<'_> {
    fn is_filled_text(&self) -> bool {
        self.constant.as_ref().and_then(Scalar::text).is_some_and(|text| !text.is_empty())
    }

    /// A number, within this range if the operand is a constant.
    fn range(&self, range: fn(f64) -> Range) -> Constraint {
        let range = self.constant.as_ref().and_then(Scalar::number).map(range);
        Constraint::in_range(range.unwrap_or_default())
    }
}

fn any_of(predicates: &[&Predicate], when_true: fn(&Predicate) -> Constraint) -> Constraint {
    predicates.iter().map(|predicate| when_true(predicate)).reduce(Constraint::or).unwrap_or_default()
}

fn none_of(args: &TestArgs<'_>) -> Constraint {
    args.predicates
        .iter()
        .map(|predicate| (predicate.when_false)())
        .reduce(Constraint::and)
        .unwrap_or_default()
}

fn texts<'a>(value: Value<'a>, operand: Value<'a>, arena: &'a Arena, holds: fn(&str, &str) -> bool) -> bool {
    value.text(arena).zip(operand.text(arena)).is_some_and(|(text, operand)| holds(text, operand))
}

fn numbers<'a>(value: Value<'a>, operand: Value<'a>, arena: &'a Arena, holds: fn(Ordering) -> bool) -> bool {
    match (value.view(arena), operand.view(arena)) {
        (View::Number(number), View::Number(operand)) => number.compare(operand).is_some_and(holds),
        _ => false,
    }
}

fn contains<'a>(value: Value<'a>, operand: Value<'a>, arena: &'a Arena) -> bool {
    match value.view(arena) {
        View::Text(whole) => operand.text(arena).is_some_and(|part| whole.contains(part)),
        View::List(list) => list.iter().any(|item| arena.spend(1).is_some() && same(item, operand, arena)),
        _ => false,
    }
}

fn equal_ignoring_case(left: &str, right: &str) -> bool {
    left.chars().flat_map(char::to_lowercase).eq(right.chars().flat_map(char::to_lowercase))
}

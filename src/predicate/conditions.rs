//! The tests of conditions, each with how it is run and what it says of a value when it holds.

use super::{Comparison, Nested, Predicate, TestArgKind, TestArgs, TestRow, TestRun};
use crate::abstract_value::{Constraint, Range, Scalar};
use crate::value::{Arena, Kinds, Value, View, same};

/// All tests.
pub static TESTS: &[TestRow] = &[
    TestRow {
        name: "is",
        takes: TestArgKind::Predicate,
        summary: "has the quality",
        example: "{ $.event: { is: text } }",
        run: TestRun::Is { negated: false },
        says: |args| any_of(args.predicates, |predicate| (predicate.says)()),
    },
    TestRow {
        name: "is_not",
        takes: TestArgKind::Predicate,
        summary: "has not the quality",
        example: "{ $.userId: { is_not: email } }",
        run: TestRun::Is { negated: true },
        says: none_of,
    },
    TestRow {
        name: "not",
        takes: TestArgKind::Test,
        summary: "the test does not hold",
        example: "{ $.event: { not: [Started, Stopped] } }",
        run: TestRun::Nested(Nested::Not),
        says: |args| args.inner.map_or_else(Constraint::default, Constraint::inverse),
    },
    TestRow {
        name: "matches",
        takes: TestArgKind::Pattern,
        summary: "is text in which the regular expression is found",
        example: "{ $.event: { matches: '^Order ' } }",
        run: TestRun::Matches,
        says: |_| Constraint::of_kinds(Kinds::TEXT, false),
    },
    TestRow {
        name: "starts_with",
        takes: TestArgKind::Text,
        summary: "is text that begins so",
        example: "{ $.event: { starts_with: Order } }",
        run: TestRun::Compared(&Comparison {
            verb: "starts with",
            number_as_text: true,
            holds: |value, wanted, arena| texts(value, wanted, arena, |text, start| text.starts_with(start)),
        }),
        says: |args| Constraint::of_kinds(Kinds::TEXT, args.is_filled_text()),
    },
    TestRow {
        name: "contains",
        takes: TestArgKind::Text,
        summary: "is text that holds it, or a list with it as an element",
        example: "{ $.traits.tags: { contains: vip } }",
        run: TestRun::Compared(&Comparison { verb: "contains", number_as_text: false, holds: contains }),
        says: |args| Constraint::of_kinds(Kinds::TEXT.or(Kinds::LIST), args.is_filled_text()),
    },
    TestRow {
        name: "equals_ignoring_case",
        takes: TestArgKind::Text,
        summary: "is this text, large and small letters being equal",
        example: "{ $.event: { equals_ignoring_case: sign up } }",
        run: TestRun::Compared(&Comparison {
            verb: "equals, ignoring case,",
            number_as_text: true,
            holds: |value, wanted, arena| texts(value, wanted, arena, same_letters),
        }),
        says: |args| Constraint::of_kinds(Kinds::TEXT, args.is_filled_text()),
    },
    TestRow {
        name: "at_least",
        takes: TestArgKind::Number,
        summary: "is a number and not smaller",
        example: "{ $.properties.total: { at_least: 10 } }",
        run: TestRun::Compared(&Comparison {
            verb: "is at least",
            number_as_text: false,
            holds: |value, wanted, arena| numbers(value, wanted, arena, |number, wanted| number >= wanted),
        }),
        says: |args| args.range(|wanted| Range { low: Some((wanted, true)), high: None }),
    },
    TestRow {
        name: "more_than",
        takes: TestArgKind::Number,
        summary: "is a larger number",
        example: "{ $.properties.total: { more_than: 0 } }",
        run: TestRun::Compared(&Comparison {
            verb: "is more than",
            number_as_text: false,
            holds: |value, wanted, arena| numbers(value, wanted, arena, |number, wanted| number > wanted),
        }),
        says: |args| args.range(|wanted| Range { low: Some((wanted, false)), high: None }),
    },
    TestRow {
        name: "at_most",
        takes: TestArgKind::Number,
        summary: "is a number and not larger",
        example: "{ $.properties.total: { at_most: 100 } }",
        run: TestRun::Compared(&Comparison {
            verb: "is at most",
            number_as_text: false,
            holds: |value, wanted, arena| numbers(value, wanted, arena, |number, wanted| number <= wanted),
        }),
        says: |args| args.range(|wanted| Range { low: None, high: Some((wanted, true)) }),
    },
    TestRow {
        name: "less_than",
        takes: TestArgKind::Number,
        summary: "is a smaller number",
        example: "{ $.properties.total: { less_than: 100 } }",
        run: TestRun::Compared(&Comparison {
            verb: "is less than",
            number_as_text: false,
            holds: |value, wanted, arena| numbers(value, wanted, arena, |number, wanted| number < wanted),
        }),
        says: |args| args.range(|wanted| Range { low: None, high: Some((wanted, false)) }),
    },
    TestRow {
        name: "size",
        takes: TestArgKind::Count,
        summary: "has so many elements, members or characters",
        example: "{ $.properties.products: { size: { at_least: 1 } } }",
        run: TestRun::Nested(Nested::Size),
        says: |_| Constraint::of_kinds(Kinds::TEXT.or(Kinds::LIST).or(Kinds::MAP), false),
    },
    TestRow {
        name: "some",
        takes: TestArgKind::Test,
        summary: "is a list in which the test holds for at least one element",
        example: "{ $.properties.products: { some: { is: filled } } }",
        run: TestRun::Nested(Nested::Some),
        says: |_| Constraint::of_kinds(Kinds::LIST, true),
    },
    TestRow {
        name: "every",
        takes: TestArgKind::Test,
        summary: "is a list in which the test holds for each element",
        example: "{ $.properties.products: { every: { is: object } } }",
        run: TestRun::Nested(Nested::Every),
        says: |_| Constraint::of_kinds(Kinds::LIST, true),
    },
];

impl TestArgs<'_> {
    fn is_filled_text(&self) -> bool {
        self.constant.as_ref().and_then(Scalar::text).is_some_and(|text| !text.is_empty())
    }

    /// A number, and of this range if it is compared with a constant.
    fn range(&self, range: fn(f64) -> Range) -> Constraint {
        let range = self.constant.as_ref().and_then(Scalar::number).map(range);
        Constraint::in_range(range.unwrap_or_default())
    }
}

fn any_of(predicates: &[&Predicate], says: fn(&Predicate) -> Constraint) -> Constraint {
    predicates.iter().map(|predicate| says(predicate)).reduce(Constraint::or).unwrap_or_default()
}

fn none_of(args: &TestArgs<'_>) -> Constraint {
    args.predicates.iter().map(|predicate| (predicate.denies)()).reduce(Constraint::and).unwrap_or_default()
}

fn texts<'a>(value: Value<'a>, wanted: Value<'a>, arena: &'a Arena, holds: fn(&str, &str) -> bool) -> bool {
    value.text(arena).zip(wanted.text(arena)).is_some_and(|(text, wanted)| holds(text, wanted))
}

fn numbers<'a>(value: Value<'a>, wanted: Value<'a>, arena: &'a Arena, holds: fn(f64, f64) -> bool) -> bool {
    match (value.view(arena), wanted.view(arena)) {
        (View::Number(number), View::Number(wanted)) => holds(number.as_f64(), wanted.as_f64()),
        _ => false,
    }
}

fn contains<'a>(value: Value<'a>, wanted: Value<'a>, arena: &'a Arena) -> bool {
    match value.view(arena) {
        View::Text(whole) => wanted.text(arena).is_some_and(|part| whole.contains(part)),
        View::List(list) => list.iter().any(|item| same(item, wanted, arena)),
        _ => false,
    }
}

fn same_letters(left: &str, right: &str) -> bool {
    left.chars().flat_map(char::to_lowercase).eq(right.chars().flat_map(char::to_lowercase))
}

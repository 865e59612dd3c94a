//! Random queries on random values: the same results as jsonpath-rust, which evaluates them without limits.

use std::borrow::Cow;

use jsonpath_rust::query::queryable::Queryable;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::Query;
use crate::value::tests::value as value_of;
use crate::value::{Arena, EventLimits, Value, View, to_json};

/// Parts of queries: where `@` or `$` may stand, in a filter, and after it.
const SINGULAR: &[&str] = &["", ".a", ".b", "[0]", "[-1]", ".a.b", "['c d']", ".a[0]"];
const SEGMENTS: &[&str] = &[
    ".a",
    ".b",
    "[0]",
    "[-1]",
    "[*]",
    ".*",
    "..a",
    "..*",
    "..[0]",
    "[0:2]",
    "[::-1]",
    "[1:]",
    "[-2:]",
    "[::2]",
    "[5:0:-2]",
    "['a','b']",
    "[0,-1]",
    "['a',*]",
    "['a','x']",
];
const LITERALS: &[&str] = &["1", "0", "-1", "1.5", "'x'", "''", "true", "false", "null", "1e2"];
const COMPARISONS: &[&str] = &["==", "!=", "<", "<=", ">", ">="];
const PATTERNS: &[&str] = &["x.*", "[a-y]+", ".", "a|x", "", "\\\\d+"];

/// A text made of random choices; `random` gives the next number.
struct Writer<'r>(&'r mut dyn FnMut(usize) -> usize);

impl Writer<'_> {
    fn one_of(&mut self, choices: &[&'static str]) -> &'static str {
        choices[(self.0)(choices.len())]
    }

    fn query(&mut self, filters: usize) -> String {
        let mut query = String::new();
        for _ in 0..=(self.0)(3) {
            if filters > 0 && (self.0)(3) == 0 {
                query.extend(["[?", &self.filter(filters - 1), "]"]);
            } else {
                query.push_str(self.one_of(SEGMENTS));
            }
        }
        query
    }

    /// A query of a filter. No filter stands directly after `@`: jsonpath-rust takes it for a test of the element itself.
    fn inner_query(&mut self, filters: usize) -> String {
        let start = self.one_of(&["@", "$"]);
        let first = self.one_of(&[".a", ".b", "[0]", "[*]", ".*", "[0:2]", "['a','b']"]);
        let rest = if (self.0)(2) == 0 { String::new() } else { self.query(filters) };
        format!("{start}{first}{rest}")
    }

    fn operand(&mut self, filters: usize) -> String {
        match (self.0)(6) {
            0 | 1 => self.one_of(LITERALS).to_owned(),
            2 => format!("length({})", self.inner_query(filters)),
            // jsonpath-rust has no number for the count of nothing.
            3 => format!("length({}{})", self.one_of(&["@", "$"]), self.one_of(SINGULAR)),
            4 => format!("value({})", self.inner_query(filters)),
            _ => format!("{}{}", self.one_of(&["@", "$"]), self.one_of(SINGULAR)),
        }
    }

    fn filter(&mut self, filters: usize) -> String {
        match (self.0)(8) {
            0 => self.inner_query(filters),
            1 => format!("!{}", self.inner_query(filters)),
            2 => format!("match(@{}, '{}')", self.one_of(SINGULAR), self.one_of(PATTERNS)),
            3 => format!("!search(@{}, '{}')", self.one_of(SINGULAR), self.one_of(PATTERNS)),
            4 if filters > 0 => format!("{} && {}", self.filter(filters - 1), self.filter(filters - 1)),
            5 if filters > 0 => format!("({} || {})", self.filter(filters - 1), self.filter(filters - 1)),
            _ => format!("{} {} {}", self.operand(filters), self.one_of(COMPARISONS), self.operand(filters)),
        }
    }

    fn value(&mut self, depth: usize) -> String {
        let kind = match depth {
            0 => (self.0)(7),
            1 | 2 => (self.0)(12),
            _ => 7 + (self.0)(5),
        };
        match kind {
            number @ 0..=6 => ["1", "0", "1.5", "\"x\"", "\"ax\\n1\"", "true", "null"][number].to_owned(),
            7..=9 => {
                let names = ["a", "b", "c d", "\\u0061", "x"];
                let members: Vec<String> = (0..(self.0)(5))
                    .map(|_| format!("\"{}\":{}", self.one_of(&names), self.value(depth - 1)))
                    .collect();
                format!("{{{}}}", members.join(","))
            }
            _ => {
                let items: Vec<String> = (0..(self.0)(5)).map(|_| self.value(depth - 1)).collect();
                format!("[{}]", items.join(","))
            }
        }
    }
}

/// What jsonpath-rust selects, sorted: after several nodes it takes the selectors of a segment one after the other.
fn expected(text: &str, value: Value<'_>, arena: &Arena) -> Vec<String> {
    let tree = Tree::of(value, arena);
    let parsed = jsonpath_rust::parser::parse_json_path(&format!("${text}")).expect("a valid query");
    let nodes = jsonpath_rust::query::js_path_process(&parsed, &tree).expect("a query of known functions");
    sorted(nodes.into_iter().filter_map(|node| node.val().origin).map(to_json).collect())
}

fn sorted(mut texts: Vec<String>) -> Vec<String> {
    texts.sort_unstable();
    texts
}

fn selected(query: &Query, value: Value<'_>, arena: &Arena) -> Vec<String> {
    match query.select(value, arena).map(|list| list.view(arena)) {
        Some(View::List(list)) => list.iter().map(to_json).collect(),
        _ => Vec::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(7), cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn queries_select_what_jsonpath_rust_selects(choices in proptest::collection::vec(any::<u16>(), 200)) {
        let mut choices = choices.into_iter().cycle();
        let mut random = |below: usize| usize::from(choices.next().unwrap_or(0)) % below.max(1);
        let mut writer = Writer(&mut random);
        let (text, json) = (writer.query(2), writer.value(4));
        let (arena, query) = (&Arena::new(), Query::parse(&text));
        // What the parser rejects, such as a comparison of queries that can select several values, is not of interest.
        if let Ok(query) = query {
            let value = value_of(&json, arena);
            prop_assert_eq!(sorted(selected(&query, value, arena)), expected(&text, value, arena), "${} on {}", text, json);
        }
    }

    /// With any limits, a query selects what it selects without them, or a limit is exceeded.
    #[test]
    fn limits_never_change_a_selection(
        choices in proptest::collection::vec(any::<u16>(), 200),
        memory in 0_usize..4000,
        values in 0_u64..50,
        steps in 0_u64..100,
    ) {
        let mut choices = choices.into_iter().cycle();
        let mut random = |below: usize| usize::from(choices.next().unwrap_or(0)) % below.max(1);
        let mut writer = Writer(&mut random);
        let (text, json) = (writer.query(2), writer.value(4));
        if let Ok(query) = Query::parse(&text) {
            let (unlimited, limited) = (&Arena::new(), &Arena::with_limits(EventLimits { memory, values, steps }));
            let value = value_of(&json, unlimited);
            let all = selected(&query, value, unlimited);
            let found = query.select(value, limited);
            if limited.exceeded().is_none() {
                let found = found.map_or_else(Vec::new, |list| match list.view(unlimited) {
                    View::List(list) => list.iter().map(to_json).collect(),
                    _ => Vec::new(),
                });
                prop_assert_eq!(found, all);
            }
        }
    }
}

#[test]
fn patterns_must_be_constant_and_valid() {
    for (query, part) in [
        ("[?match(@.a, @.b)]", "must be text in quotes"),
        ("[?search(@.a, $.b)]", "must be text in quotes"),
        ("[?@.x == 1 && !(match(@.a, 'x') || count(@[?search(@, @.p)]) > 1)]", "must be text in quotes"),
        ("[?match(@.a, '(')]", "invalid or too large"),
        ("[?search(@.a, '(x{1000}){1000}')]", "invalid or too large"),
    ] {
        let (_, error) = Query::parse(query).expect_err(query);
        assert!(error.contains(part), "{query}: {error}");
    }
}

/// A value in the form that jsonpath-rust evaluates, with the original value.
#[derive(Clone, Debug, Default)]
struct Tree<'a> {
    /// `None` for values that jsonpath-rust creates itself.
    origin: Option<Value<'a>>,
    shape: Shape<'a>,
}

#[derive(Clone, Debug, Default, PartialEq)]
enum Shape<'a> {
    #[default]
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(Cow<'a, str>),
    List(Vec<Tree<'a>>),
    Map(Vec<(&'a str, Tree<'a>)>),
}

impl PartialEq for Tree<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.shape == other.shape
    }
}

impl<'a> Tree<'a> {
    fn of(value: Value<'a>, arena: &'a Arena) -> Self {
        let shape = match value.view(arena) {
            View::Null => Shape::Null,
            View::Bool(truth) => Shape::Bool(truth),
            View::Text(text) => Shape::Text(Cow::Borrowed(text)),
            View::Number(number) => number.as_i64().map_or_else(|| Shape::Float(number.as_f64()), Shape::Int),
            View::List(list) => Shape::List(list.iter().map(|item| Self::of(item, arena)).collect()),
            View::Map(map) => {
                Shape::Map(map.iter(arena).map(|(key, member)| (key, Self::of(member, arena))).collect())
            }
        };
        Self { origin: Some(value), shape }
    }
}

impl From<Shape<'_>> for Tree<'_> {
    fn from(shape: Shape<'_>) -> Self {
        // Only jsonpath-rust creates values this way, and only scalars and lists of them.
        let shape = match shape {
            Shape::Bool(truth) => Shape::Bool(truth),
            Shape::Int(number) => Shape::Int(number),
            Shape::Float(number) => Shape::Float(number),
            Shape::Text(text) => Shape::Text(Cow::Owned(text.into_owned())),
            Shape::Null | Shape::List(_) | Shape::Map(_) => Shape::Null,
        };
        Self { origin: None, shape }
    }
}

impl From<&str> for Tree<'_> {
    fn from(text: &str) -> Self {
        Shape::Text(Cow::Borrowed(text)).into()
    }
}

impl From<String> for Tree<'_> {
    fn from(text: String) -> Self {
        Self { origin: None, shape: Shape::Text(Cow::Owned(text)) }
    }
}

impl From<bool> for Tree<'_> {
    fn from(truth: bool) -> Self {
        Shape::Bool(truth).into()
    }
}

impl From<i64> for Tree<'_> {
    fn from(number: i64) -> Self {
        Shape::Int(number).into()
    }
}

impl From<f64> for Tree<'_> {
    fn from(number: f64) -> Self {
        Shape::Float(number).into()
    }
}

impl<'a> From<Vec<Tree<'a>>> for Tree<'a> {
    fn from(items: Vec<Tree<'a>>) -> Self {
        Self { origin: None, shape: Shape::List(items) }
    }
}

impl Queryable for Tree<'_> {
    fn get(&self, key: &str) -> Option<&Self> {
        match &self.shape {
            Shape::Map(members) => members.iter().rev().find(|(name, _)| *name == key).map(|(_, tree)| tree),
            _ => None,
        }
    }

    fn as_array(&self) -> Option<&Vec<Self>> {
        match &self.shape {
            Shape::List(items) => Some(items),
            _ => None,
        }
    }

    fn as_object(&self) -> Option<Vec<(&str, &Self)>> {
        match &self.shape {
            Shape::Map(members) => Some(members.iter().map(|(key, tree)| (*key, tree)).collect()),
            _ => None,
        }
    }

    fn as_str(&self) -> Option<&str> {
        match &self.shape {
            Shape::Text(text) => Some(text),
            _ => None,
        }
    }

    fn as_i64(&self) -> Option<i64> {
        match self.shape {
            Shape::Int(number) => Some(number),
            _ => None,
        }
    }

    fn as_f64(&self) -> Option<f64> {
        match self.shape {
            Shape::Float(number) => Some(number),
            #[expect(clippy::cast_precision_loss, reason = "RFC 9535 compares numbers by value")]
            Shape::Int(number) => Some(number as f64),
            _ => None,
        }
    }

    fn as_bool(&self) -> Option<bool> {
        match self.shape {
            Shape::Bool(truth) => Some(truth),
            _ => None,
        }
    }

    fn null() -> Self {
        Self::default()
    }
}

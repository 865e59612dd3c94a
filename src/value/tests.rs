//! Tests of values.

mod decimals;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

use super::{
    Arena, Assembly, Keys, Kinds, List, Number, Value, View, canonical, compact, escape, json, plain, same,
    truthy,
};
use crate::json::tests::any_json;
use crate::json::{Document, Limits, OwnedDocument};

/// The value of a JSON text.
pub(crate) fn value<'a>(text: &str, arena: &'a Arena) -> Value<'a> {
    let document = Document::in_arena(arena.alloc_str(text), arena, &Limits::default());
    Value::Node(document.unwrap_or_else(|error| panic!("{text}: {error}")).root())
}

/// The same value, computed instead of parsed.
fn computed<'a>(value: Value<'a>, arena: &'a Arena) -> Value<'a> {
    match value.view(arena) {
        View::Null => Value::Null,
        View::Bool(truth) => Value::Bool(truth),
        View::Text(text) => Value::Text(text),
        View::Number(number) => Value::Number(number),
        View::List(list) => {
            let items: Vec<_> = list.iter().map(|item| computed(item, arena)).collect();
            Value::List(arena.alloc_slice_copy(&items))
        }
        View::Map(map) => {
            let members: Vec<_> =
                map.members(arena).iter().map(|(key, item)| (*key, computed(*item, arena))).collect();
            Value::Map(arena.alloc_slice_copy(&members))
        }
    }
}

fn print(value: Value<'_>) -> String {
    let mut out = Vec::new();
    json(value, &mut out);
    String::from_utf8(out).expect("UTF-8")
}

fn equal(left: &str, right: &str) -> bool {
    let arena = &Arena::new();
    same(value(left, arena), value(right, arena), arena)
}

#[test]
fn numbers_convert_to_integers_and_text() {
    let arena = &Arena::new();
    // The JSON text, its value as an integer, and its plain text.
    let table: &[(&str, Option<i64>, &str)] = &[
        ("0", Some(0), "0"),
        ("-0", Some(0), "0"),
        ("-0.0", Some(0), "0"),
        ("1.0", Some(1), "1"),
        ("1e3", Some(1000), "1000"),
        ("12.50", None, "12.5"),
        ("9007199254740993", Some(9_007_199_254_740_993), "9007199254740993"),
        ("12345678901234567890", None, "12345678901234567890"),
        ("1e400", None, "1e400"),
        ("0.1", None, "0.1"),
        ("1e18", Some(1_000_000_000_000_000_000), "1000000000000000000"),
        ("9007199254740993.0", Some(9_007_199_254_740_993), "9007199254740993"),
        ("1.0000000000000000001", None, "1.0000000000000000001"),
        ("0.1234567890123456789", None, "0.1234567890123456789"),
        ("1.5e300", None, "1.5e+300"),
    ];
    for (text, whole, plain) in table {
        assert_eq!(Number::Literal(text).as_i64(), *whole, "{text}");
        assert_eq!(Number::Literal(text).to_text(arena), *plain, "{text}");
        assert_eq!(print(Value::Number(Number::Literal(text))), *text);
    }
    assert_eq!(Number::from_f64(f64::NAN).map(Value::Number).map(print), None);
    assert_eq!(Number::from_f64(f64::INFINITY).map(Value::Number).map(print), None);
    assert_eq!(Number::from_f64(-0.0).map(Value::Number).map(print).as_deref(), Some("0"));
    assert_eq!(Number::from_f64(2.5).map(Value::Number).map(print).as_deref(), Some("2.5"));
    assert_eq!(Number::Int(i64::MIN).to_text(arena), "-9223372036854775808");
}

#[test]
fn equality_ignores_notation_and_key_order() {
    let pairs = [
        ("1", "1.0"),
        ("1", "1e0"),
        ("0", "-0"),
        ("0.5", "5e-1"),
        ("\"a\"", "\"\\u0061\""),
        ("[1,[]]", "[1.0,[ ]]"),
        ("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}"),
        ("{\"a\":9,\"a\":1}", "{\"a\":1}"),
        ("{\"a\":1,\"a\":2}", "{\"a\":1,\"a\":2}"),
        ("12345678901234567890", "12345678901234567890"),
        ("12345678901234567890", "1.2345678901234567890e19"),
        ("1e18", "1000000000000000000"),
        ("1e400", "0.1e401"),
        ("-0.0", "0e9"),
        ("1e99999999999999999999", "1e99999999999999999999"),
    ];
    for (left, right) in pairs {
        assert!(equal(left, right) && equal(right, left), "{left} and {right}");
    }
    let pairs = [
        ("1", "\"1\""),
        ("0", "false"),
        ("null", "false"),
        ("\"\"", "null"),
        ("[]", "{}"),
        ("[1]", "1"),
        ("[1,2]", "[2,1]"),
        ("{\"a\":1}", "{\"a\":1,\"b\":null}"),
        ("{\"a\":1}", "{\"b\":1}"),
        ("12345678901234567890", "12345678901234567891"),
        ("9007199254740993", "9007199254740992"),
        ("9007199254740993.0", "9007199254740992"),
        ("0.1", "0.1000000000000000055511151231257827"),
        ("1e-400", "0"),
        ("1e400", "1e401"),
        ("1e99999999999999999999", "1e99999999999999999998"),
    ];
    for (left, right) in pairs {
        assert!(!equal(left, right) && !equal(right, left), "{left} and {right}");
    }
}

#[test]
fn presence_and_truthiness() {
    let arena = &Arena::new();
    for (text, present, filled) in [
        ("null", false, false),
        ("\"\"", false, false),
        ("false", true, false),
        ("0", true, false),
        ("-0.0", true, false),
        ("{}", true, false),
        ("[]", true, false),
        ("true", true, true),
        ("\" \"", true, true),
        ("\"\\u0020\"", true, true),
        ("0.1", true, true),
        ("[null]", true, true),
        ("{\"a\":null}", true, true),
    ] {
        for value in [value(text, arena), computed(value(text, arena), arena)] {
            assert_eq!((value.is_present(), truthy(value, arena)), (present, filled), "{text}");
        }
    }
}

#[test]
fn values_as_text() {
    let arena = &Arena::new();
    let mut out = Vec::new();
    escape("a\"b\\c/\n\r\t\u{0}\u{1f}\u{7f}é\u{2028}", &mut out);
    assert_eq!(String::from_utf8_lossy(&out), "a\\\"b\\\\c/\\n\\r\\t\\u0000\\u001f\u{7f}é\u{2028}");
    for (text, expected) in [
        ("null", "null"),
        ("true", "true"),
        ("1.0", "1"),
        ("\"a\\nb\"", "a\nb"),
        ("[ 1.0, \"\\u00e9\\/\" ]", "[1.0,\"é/\"]"),
        ("{ \"a\" : 1, \"b\":{}, \"a\":2 }", "{\"a\":2,\"b\":{}}"),
    ] {
        assert_eq!(plain(value(text, arena), arena), expected);
    }
    assert_eq!(Kinds::SCALAR.words(), "text, a number or true or false");
    assert_eq!(Kinds::ANY.words(), "anything");
    assert_eq!(Kinds::NONE.words(), "nothing");
    assert_eq!(Kinds::ANY.without(Kinds::SCALAR).words(), "a list, a map or null");
}

#[test]
fn negative_indexes_count_from_the_end() {
    let arena = &Arena::new();
    for value in [value("[1,2,3]", arena), computed(value("[1,2,3]", arena), arena)] {
        let View::List(list) = value.view(arena) else { panic!("a list") };
        let get = |index| List::get(list, index).map(print);
        assert_eq!(
            (get(0).as_deref(), get(-1).as_deref(), get(-3).as_deref()),
            (Some("1"), Some("3"), Some("1"))
        );
        assert_eq!((get(3), get(-4), get(i64::MAX), get(i64::MIN)), (None, None, None, None));
        assert_eq!((list.len(), list.is_empty()), (3, false));
    }
}

#[test]
fn large_maps_take_linear_time() {
    // With a linear search for each key this would take minutes.
    let arena = &Arena::new();
    let keys: Vec<String> = (0..50_000).map(|number| format!("key {number}")).collect();
    let mut assembly = Assembly::new(arena);
    for key in keys.iter().chain(&keys) {
        assembly.put(key, Value::Number(Number::Int(1)));
    }
    assert_eq!(assembly.len(), keys.len());
    let map = assembly.value();
    let mut reversed = Assembly::with_capacity(keys.len(), arena);
    for key in keys.iter().rev() {
        reversed.put(key, Value::Bool(true));
        reversed.put(key, Value::Number(Number::Int(1)));
    }
    assert!(same(map, reversed.value(), arena));
    let set = Keys::new(keys.iter().map(String::as_str).step_by(2));
    let Some(View::Map(half)) = set.only(map, arena).map(|map| map.view(arena)) else { panic!("a map") };
    assert_eq!(half.len(), keys.len() / 2);
}

/// Values, some of which are equal although they are written differently.
const SAMPLES: [&str; 24] = [
    "null",
    "true",
    "false",
    "0",
    "-0",
    "0.0",
    "1",
    "1.0",
    "10e-1",
    "1.5",
    "15e-1",
    "\"\"",
    "\"1\"",
    "\"\\u0031\"",
    "[]",
    "{}",
    "[1]",
    "[1,1]",
    "{\"a\":1}",
    "{\"a\":1,\"b\":2}",
    "{\"b\":2.0,\"a\":1}",
    "{\"a\":2,\"b\":2,\"a\":1}",
    "123456789012345678901",
    "123456789012345678902",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn an_assembly_keeps_first_positions_and_last_values(
        puts in proptest::collection::vec(("[a-e]{0,2}|[a-z]{7,17}", any::<bool>(), any::<i64>()), 0..120),
    ) {
        let arena = &Arena::new();
        let (mut assembly, mut model) = (Assembly::new(arena), Vec::<(&str, i64)>::new());
        for (key, overwrite, number) in &puts {
            let known = model.iter().position(|(known, _)| known == key);
            match known {
                Some(index) if *overwrite => model[index].1 = *number,
                Some(_) => {}
                None => model.push((key, *number)),
            }
            let value = Value::Number(Number::Int(*number));
            if *overwrite { assembly.put(key, value) } else { assembly.put_new(key, value) }
        }
        prop_assert_eq!(assembly.is_empty(), model.is_empty());
        let members: Vec<_> = assembly.finish().iter().map(|(key, value)| (*key, print(*value))).collect();
        let model: Vec<_> = model.into_iter().map(|(key, number)| (key, number.to_string())).collect();
        prop_assert_eq!(members, model);
    }

    #[test]
    fn keys_contain_their_names_only(names in proptest::collection::vec("[a-c]{0,3}|.{60,70}", 0..20), name in "[a-c]{0,3}") {
        let keys = Keys::new(names.iter().map(String::as_str));
        prop_assert!(names.iter().all(|name| keys.contains(name)));
        prop_assert_eq!(keys.contains(&name), names.contains(&name));
    }

    #[test]
    fn computed_and_parsed_values_behave_alike(json in any_json()) {
        let arena = &Arena::new();
        let parsed = value(&json.to_string(), arena);
        let computed = computed(parsed, arena);
        prop_assert!(same(parsed, computed, arena));
        prop_assert_eq!(parsed.kind(), computed.kind());
        prop_assert_eq!(parsed.is_present(), computed.is_present());
        prop_assert_eq!(truthy(parsed, arena), truthy(computed, arena));
        prop_assert_eq!(compact(parsed, arena), compact(computed, arena));
        prop_assert_eq!(plain(parsed, arena), plain(computed, arena));
        let printed: serde_json::Value = serde_json::from_str(&print(computed)).expect("JSON");
        prop_assert_eq!(printed, json);
    }

    #[test]
    fn canonical_bytes_are_equal_exactly_for_equal_values(left in select(&SAMPLES[..]), right in select(&SAMPLES[..]), wrap in any::<bool>()) {
        let wrapped = |text: &str| if wrap { format!("[{text},{{\"k\":{text}}}]") } else { text.to_owned() };
        let (left, right) = (wrapped(left), wrapped(right));
        let arena = &Arena::new();
        let (left, right) = (value(&left, arena), value(&right, arena));
        let key = |value| {
            let mut key = Vec::new();
            canonical(value, arena, &mut key);
            key
        };
        prop_assert_eq!(same(left, right, arena), key(left) == key(right));
        prop_assert!(same(left, left, arena));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    /// `Number::as_f64` relies on this.
    #[test]
    fn rust_parses_every_json_number(number in r"-?(0|[1-9][0-9]{0,400})(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,5})?") {
        prop_assert!(!Number::Literal(&number).as_f64().is_nan());
    }
}

/// Parses JSON and writes it again.
fn printed(text: &str) -> String {
    let stored = OwnedDocument::read(text.to_owned(), &Limits::default());
    let stored = stored.unwrap_or_else(|error| panic!("{text}: {error}"));
    let mut out = Vec::new();
    json(Value::Node(stored.document().root()), &mut out);
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn parsed_values_are_written_unchanged_without_line_breaks() {
    for text in [
        "123456789012345678901234567890",
        "1.0",
        "-0",
        "1e999",
        r#""\u0041\/""#,
        "[1, 2 ]",
        r#"{"a" :1,"a":2}"#,
    ] {
        assert_eq!(printed(text), text);
    }
    // Line breaks between tokens are removed, so that the output stays on one line; escapes in strings are kept.
    assert_eq!(printed("{\r\n \"a\" : [ 1 ,\n 2 ], \"b\\n\": \"\\n\"}"), r#"{"a":[1,2],"b\n":"\n"}"#);
    assert_eq!(printed("\n1\n"), "1");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1000, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn written_json_parses_to_the_same_value(value in any_json(), pretty in any::<bool>()) {
        let text = if pretty { format!("{value:#}") } else { value.to_string() };
        let reparsed: serde_json::Value = serde_json::from_str(&printed(&text)).expect("JSON");
        prop_assert_eq!(reparsed, value);
        prop_assert!(!printed(&text).contains('\n'));
    }
}

//! Tests of the scanner and of walking a document.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::Value as Json;

use super::escape::{marks, portable_marks};
use super::{Document, Limits, Malformed, Node, Stored, Tape};

fn read(text: &str) -> Result<String, Malformed> {
    let mut entries = Tape::default();
    let document = Document::read(text, &mut entries, &Limits::default())?;
    Ok(document.root().json().to_owned())
}

/// Does something with the root of a document.
fn with<T>(text: &str, look: impl FnOnce(Node<'_>) -> T) -> T {
    let mut entries = Tape::default();
    let document = Document::read(text, &mut entries, &Limits::default());
    look(document.unwrap_or_else(|error| panic!("{text}: {error}")).root())
}

#[test]
fn what_is_json() {
    let valid = [
        "null",
        "true",
        " false\n",
        "\t\r\n 1",
        "0",
        "-0",
        "10",
        "-12.50",
        "1e5",
        "1E+5",
        "0.1e-9",
        "1e999",
        "123456789012345678901234567890",
        "\"\"",
        "\"a\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\u00e9\\uD83D\\uDE00\"",
        "\"\u{7f}\u{1F600}\"",
        "[]",
        "[ ]",
        "[1 , [ ] ,{}]",
        "{}",
        "{ }",
        "{\"a\":1,\"a\":2}",
        "{\"\":{\"\\u0061\":[]}}",
    ];
    for text in valid {
        assert_eq!(read(text).as_deref(), Ok(text.trim()), "{text}");
    }
}

#[test]
fn what_is_not_json_and_where() {
    let invalid: &[(&str, &str, usize)] = &[
        ("", "the text ends where a value should be", 0),
        ("  ", "the text ends where a value should be", 2),
        ("nul", "not a JSON value", 0),
        ("True", "not a JSON value", 0),
        ("'a'", "not a JSON value", 0),
        ("\u{feff}1", "not a JSON value", 0),
        ("1 2", "text after the end of the JSON value", 2),
        ("01", "text after the end of the JSON value", 1),
        ("nullx", "text after the end of the JSON value", 4),
        ("-", "a digit expected", 1),
        ("+1", "not a JSON value", 0),
        (".5", "not a JSON value", 0),
        ("1.", "a digit expected", 2),
        ("1.e5", "a digit expected", 2),
        ("1e", "a digit expected", 2),
        ("1e+", "a digit expected", 3),
        ("0x10", "text after the end of the JSON value", 1),
        ("NaN", "not a JSON value", 0),
        ("-Infinity", "a digit expected", 1),
        ("\"a", "a text without its closing quote", 2),
        ("\"a\\", "an unknown escape inside a text", 2),
        ("\"\\x\"", "an unknown escape inside a text", 1),
        ("\"a\nb\"", "a control character inside a text", 2),
        ("\"0123456789\u{1}\"", "a control character inside a text", 11),
        ("\"\\u12\"", "four hexadecimal digits expected", 5),
        ("\"\\u12g4\"", "four hexadecimal digits expected", 5),
        ("\"\\uDC00\"", "half of a surrogate pair", 1),
        ("\"\\uD800\"", "half of a surrogate pair", 7),
        ("\"\\uD800\\u0041\"", "half of a surrogate pair", 7),
        ("\"\\uD800x\"", "half of a surrogate pair", 7),
        ("[", "the text ends where a value should be", 1),
        ("[1", "`,` or `]` expected", 2),
        ("[1,]", "not a JSON value", 3),
        ("[,1]", "not a JSON value", 1),
        ("[1}", "`,` or `]` expected", 2),
        ("{", "a key in quotes expected", 1),
        ("{a:1}", "a key in quotes expected", 1),
        ("{1:1}", "a key in quotes expected", 1),
        ("{\"a\"}", "`:` expected", 4),
        ("{\"a\":}", "not a JSON value", 5),
        ("{\"a\":1,}", "a key in quotes expected", 7),
        ("{\"a\":1]", "`,` or `}` expected", 6),
        ("// a\n1", "not a JSON value", 0),
    ];
    for (text, what, at) in invalid {
        assert_eq!(read(text), Err(Malformed { what, at: *at }), "{text}");
    }
}

#[test]
fn limits_hold() {
    let nested = |open: &str, close: &str, levels: usize| open.repeat(levels) + "1" + &close.repeat(levels);
    assert!(read(&nested("[", "]", 128)).is_ok());
    assert_eq!(read(&nested("[", "]", 129)), Err(Malformed { what: "nested too deeply", at: 128 }));
    assert!(read(&nested("{\"a\":", "}", 128)).is_ok());
    assert!(read(&nested("{\"a\":", "}", 129)).is_err());
    // The depth counts what is open, not what was.
    assert!(read(&format!("[{}[]]", "[[]],".repeat(1000))).is_ok());
    let limits = Limits { bytes: 4, depth: 128 };
    assert!(Document::read("1234", &mut Tape::default(), &limits).is_ok());
    let mut entries = Tape::default();
    assert_eq!(
        Document::read("12345", &mut entries, &limits).err(),
        Some(Malformed { what: "longer than the limit", at: 4 })
    );
}

#[test]
fn the_last_of_equal_keys_counts() {
    with(r#"{"a":1,"b":{"a":9},"\u0061":2}"#, |root| {
        assert_eq!(root.member("a").map(Node::json), Some("2"));
        assert_eq!(root.member("b").and_then(|b| b.member("a")).map(Node::json), Some("9"));
        assert!(root.member("c").is_none());
        assert_eq!(root.members().map(|(name, _)| name.into_owned()).collect::<Vec<_>>(), ["a", "b", "a"]);
    });
}

#[test]
fn elements_and_members_are_found() {
    with(r#"[10,[11,{"x":12}],"z"]"#, |root| {
        let at = |index| root.element(index).map(Node::json);
        assert_eq!((at(0), at(1), at(2), at(3)), (Some("10"), Some(r#"[11,{"x":12}]"#), Some("\"z\""), None));
        assert_eq!((at(-1), at(-3), at(-4), at(i64::MIN)), (Some("\"z\""), Some("10"), None, None));
        assert_eq!(root.elements().count(), 3);
        assert!(root.member("x").is_none() && !root.is_empty());
        assert_eq!(root.members().count(), 0);
        let last = root.element(2).expect("three elements");
        assert_eq!(last.elements().count() + last.members().count(), 0);
        assert_eq!(last.text().as_deref(), Some("z"));
    });
    with("{}", |root| assert!(root.is_empty()));
}

#[test]
fn escapes_are_undone() {
    let table = [
        (r#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
        (r#""\u00e9\u4E2D\uD83D\uDE00é""#, "é中\u{1F600}é"),
        (r#""\u0000\uFFFF\uDBFF\uDFFF""#, "\0\u{FFFF}\u{10FFFF}"),
        (r#""plain""#, "plain"),
    ];
    for (text, expected) in table {
        with(text, |root| assert_eq!(root.text().as_deref(), Some(expected), "{text}"));
    }
}

#[test]
fn slots_are_used_again() {
    let mut entries = Tape::default();
    for text in ["[1,2,3]", "{}", "[\"a\"]"] {
        let document = Document::read(text, &mut entries, &Limits::default()).expect("valid");
        assert_eq!(document.root().json(), text);
        assert_eq!(document.text(), text);
    }
}

/// The scanner looks at many places at once: no place in them is special.
#[test]
fn texts_end_at_their_quote_wherever_it_stands() {
    for start in 0..70 {
        for length in 0..140 {
            let (blanks, word) = (" ".repeat(start), "x".repeat(length));
            for (end, meant) in [("", ""), (r"\n", "\n"), (r#"\"y"#, "\"y")] {
                let expected = Some(format!("{word}{meant}"));
                with(&format!(r#"{blanks}{{"{word}{end}":"{word}{end}","b":1}}"#), |root| {
                    let (key, value) = root.members().next().expect("two members");
                    assert_eq!(Some(key.into_owned()), expected);
                    assert_eq!(value.text().map(Into::into), expected);
                    assert_eq!(root.member("b").map(Node::json), Some("1"));
                });
            }
            let open = format!("{blanks}\"{word}");
            let what = "a text without its closing quote";
            assert_eq!(read(&open), Err(Malformed { what, at: open.len() }));
            let what = "a control character inside a text";
            assert_eq!(read(&format!("{open}\t\"")), Err(Malformed { what, at: open.len() }));
        }
    }
}

/// Any JSON value, a few levels deep.
pub(crate) fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        // Not any double: serde_json, which the tests compare with, reads long ones inexactly.
        any::<i16>().prop_map(|number| (f64::from(number) / 8.0).into()),
        prop::sample::select(vec![1e300, -1e-7, 5e-324, 1e21, 0.1, 9e15]).prop_map(Into::into),
        (-2_i8..3).prop_map(Into::into),
        ".{0,12}".prop_map(Into::into),
        "[0-9+:T -]{0,20}".prop_map(Into::into),
    ];
    leaf.prop_recursive(3, 32, 6, |inner| {
        let members = proptest::collection::btree_map(".{0,4}|from|to|id|key", inner.clone(), 0..6);
        prop_oneof![
            proptest::collection::vec(inner, 0..6).prop_map(Into::into),
            members.prop_map(|members| Json::Object(members.into_iter().collect())),
        ]
    })
}

/// One change of a text: at this character, take so many away and put this in.
fn any_change() -> impl Strategy<Value = (prop::sample::Index, usize, String)> {
    let new = prop_oneof![
        "[\\[\\]{},:\"]{1,2}",
        "\\\\u[dD][89abcdefABCDEF0-7][0-9a-f]{1,2}|\\\\[\"\\\\/bfnrtux]?",
        "[-+0-9.eE]{1,4}",
        "null|true|fals|[ \t\r\n\u{0}\u{1f}\u{7f}\u{a0}é]",
        Just(String::new()),
    ];
    (any::<prop::sample::Index>(), 0_usize..3, new)
}

/// Places of quotes, backslashes and control characters, one byte after the other.
fn slow_marks(bytes: [u8; 16]) -> u32 {
    let marked = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
    bytes.iter().rev().fold(0, |marks, &byte| marks << 1 | u32::from(marked(byte)))
}

#[test]
fn each_byte_is_marked_in_each_place() {
    for (byte, beside) in (0..=u8::MAX).flat_map(|byte| [0, b'"', b'a', u8::MAX].map(|beside| (byte, beside)))
    {
        for at in 0..16 {
            let mut bytes = [beside; 16];
            bytes[at] = byte;
            assert_eq!(marks(bytes), slow_marks(bytes), "{bytes:?}");
            assert_eq!(portable_marks(bytes), slow_marks(bytes), "{bytes:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1000, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn marks_are_the_same_with_and_without_vectors(bytes: [u8; 16]) {
        prop_assert_eq!(marks(bytes), slow_marks(bytes));
        prop_assert_eq!(portable_marks(bytes), slow_marks(bytes));
    }

    #[test]
    fn every_value_is_found_at_its_place(value in any_json()) {
        fn walk(node: Node<'_>, value: &Json) -> bool {
            match value {
                Json::Array(items) => {
                    node.elements().count() == items.len()
                        && items.iter().zip(0..).all(|(item, at)| node.element(at).is_some_and(|node| walk(node, item)))
                }
                Json::Object(members) => {
                    node.members().count() == members.len()
                        && members.iter().all(|(key, item)| node.member(key).is_some_and(|node| walk(node, item)))
                }
                Json::String(text) => node.text().is_some_and(|own| own == text.as_str()),
                other => *node.json() == *other.to_string(),
            }
        }
        prop_assert!(with(&value.to_string(), |root| walk(root, &value)));
    }

    #[test]
    fn it_accepts_what_serde_json_accepts(value in any_json(), changes in proptest::collection::vec(any_change(), 0..4)) {
        let mut text = value.to_string();
        for (at, length, new) in changes {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let first = at.index(places.len());
            let last = (first + length).min(places.len() - 1);
            text.replace_range(places[first]..places[last], &new);
        }
        let expected = serde_json::from_str::<Json>(&text);
        if !expected.as_ref().is_err_and(|error| error.to_string().starts_with("number out of range")) {
            // Here a number stays text, so it may be as large as it likes.
            prop_assert_eq!(read(&text).is_ok(), expected.is_ok(), "{}", text);
        }
    }
}

#[test]
fn the_empty_map_is_as_if_it_were_read() {
    let read = Stored::read("{}".to_owned(), &Limits::default());
    assert_eq!(format!("{:?}", Ok::<_, Malformed>(Stored::empty_map())), format!("{read:?}"));
}

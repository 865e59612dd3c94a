//! Pitfalls of YAML, one case per line.

use super::check;
use crate::syntax::{ValueKind, YamlValue};

/// A syntax error raises one finding at the exact place. The fragments are no complete mappings, so the only other
/// findings are about their top-level keys.
#[test]
fn syntax_errors_are_reported_once_and_in_place() {
    let cases = [
        ("rules:\n\t- name: x\n", "Y001 2:1"),
        ("rules:\n  - name: x\n\t  when: x\n", "Y001 3:1"),
        ("to: Viewed: Screen\n", "Y002 1:11"),
        ("a: { to: Viewed: Screen }\n", "Y002 1:16"),
        ("f: [a, b: c: d]\n", "Y002 1:12"),
        ("é: ä: x\n", "Y002 1:5"),
        ("from: @userId\n", "Y003 1:7"),
        ("from: [@userId, x]\n", "Y003 1:8"),
        ("fail: `x`\n", "Y003 1:7"),
        ("fail: %x\n", "Y003 1:7"),
        ("a: ? x\n", "Y003 1:4"),
        ("a: , b\n", "Y003 1:4"),
        ("a: &\n", "Y003 1:4"),
        ("f: 'it's'\n", "Y009 1:8"),
        ("f: \"a\" and \"b\"\n", "Y009 1:8"),
        ("a: \"x\nb: y\n", "Y011 1:4"),
        ("f: \"a\ng: \"b\"\n", "Y011 1:4"),
        ("a: 'x\n", "Y011 1:4"),
        ("é: \"ü\nb: 1\n", "Y011 1:4"),
        ("f: [$.a, $.x[0].y]\n", "Y012 1:10"),
        ("f: { a: $.x[0].y, b: c }\n", "Y012 1:9"),
        ("f: [$.a, $.x[*].y, b]\n", "Y012 1:10"),
        ("f: { a: $.x[?@.t == 'j'].id, b: 1 }\n", "Y012 1:9"),
        ("f: [1, 2\ng: 3\n", "Y012 1:4"),
        ("f: { a: 1\ng: 3\n", "Y012 1:4"),
        ("f: { a: Order #5 }\ng: 3\n", "Y012 1:4"),
        ("f: [1}\n", "Y012 1:4"),
        ("f: ]\n", "Y012 1:4"),
        ("a: [a, b]]\n", "Y012 1:10"),
        ("fail: {{ x }}/foo\n", "Y013 1:7"),
        ("fail: {{ x }} and {{ y }}\n", "Y013 1:7"),
        ("fail: {% if x %}a{% endif %}\n", "Y013 1:7"),
        ("a: {# comment #} x\n", "Y013 1:4"),
        ("a: [{{ x }}/b, c]\n", "Y013 1:5"),
        ("a: [Hello {{ x }}, b]\n", "Y013 1:5"),
        ("a: { b: https://x.example/{{ x }}, c: d }\n", "Y013 1:9"),
        ("a: b\nc\nd: 1\n", "Y014 2:1"),
        ("a:b\nc: 1\n", "Y014 1:2"),
        ("x: 1\na:b\nc: 1\n", "Y014 2:2"),
        ("a: - x\n", "Y014 1:4"),
        ("a: |x\n  b\n", "Y014 1:4"),
        ("a: [ , b]\n", "Y014 1:6"),
        ("a: 1\n b: 2\n", "Y015 2:2"),
        ("a:\n  b: 1\n c: 2\n", "Y015 3:2"),
        ("a\0: 1\n", "Y023 1:2"),
        ("a:\n\u{a0}\u{a0}b: 1\n", "Y023 2:1"),
        ("a:\n  b: 1\n\u{a0} c: 2\n", "Y023 3:1"),
        ("a: 1\n\u{feff}b: 2\n", "Y023 2:1"),
        ("f: \"ab \\d\"\n", "Y024 1:8"),
        ("f: \"ab \\", "Y024 1:4"),
        ("f: \"\\n\\u12 x\"\n", "Y024 1:7"),
        ("", "Y025 1:1"),
        ("# only\n", "Y025 1:1"),
        ("---\n", "Y025 1:1"),
        ("- a\n- b\n", "Y029 1:1"),
        ("hello\n", "Y029 1:1"),
    ];
    for (text, expected) in cases {
        // Of a file without any section, nothing but that is reported.
        let (text, expected) =
            match expected.split_once(' ').and_then(|(code, place)| Some((code, place.split_once(':')?))) {
                Some((code, (line, column))) if !["Y025", "Y029"].contains(&code) => {
                    let line: usize = line.parse().expect("a line");
                    (format!("language: 1\n{text}"), format!("{code} {}:{column}", line + 1))
                }
                _ => (text.to_owned(), expected.to_owned()),
            };
        let (_, found) = check(&text);
        let (syntax, others): (Vec<_>, Vec<_>) = found.iter().partition(|finding| finding.starts_with('Y'));
        assert_eq!(syntax, [&expected], "{text:?}");
        assert!(
            others.iter().all(|finding| finding.starts_with("S101") || finding.starts_with("S103")),
            "{text:?}: {others:?}"
        );
    }
}

/// A mapping whose body has one value, on line 5.
fn body(value: &str) -> String {
    format!(
        "destination: example\nlanguage: 1\nrules:\n  - name: all\n    request: {{ endpoint: https://a.example, body: {{ v: {value} }} }}\n"
    )
}

/// The column at which `value` begins in [`body`].
const COLUMN: usize = 56;

/// Values that are reported although they are valid YAML.
#[test]
fn suspicious_values_are_reported() {
    let cases = [
        ("on", "Y005"),
        ("Off", "Y005"),
        ("YES", "Y005"),
        ("010", "Y006"),
        ("-010", "Y006"),
        ("12:30", "Y006"),
        ("12:30:45", "Y006"),
        ("1.10", "Y006"),
        ("2024-01-01", "Y007"),
        ("“x”", "Y026"),
        ("„x“", "Y026"),
        ("!!str 5", "Y017"),
        ("!foo { x: 1 }", "Y017"),
        (".inf", "Y018"),
        ("-.INF", "Y018"),
        (".nan", "Y018"),
        ("*nobody", "Y004"),
        ("{{ event.type }}", "Y013"),
        ("{ a: 1, a: 2 }", "Y008"),
        ("{ <<: $.x }", "Y020"),
        ("{ [a]: 1 }", "Y028"),
        ("{ null: 1 }", "Y028"),
        ("a\u{200b}b", "Y023"),
        ("{ \"a\u{200b}\": 1 }", "Y023"),
    ];
    for (value, expected) in cases {
        let (mapping, found) = check(&body(value));
        let codes: Vec<&str> = found.iter().map(|finding| &finding[..4]).collect();
        assert_eq!(codes, [expected], "{value}");
        let column: usize = found[0].rsplit(':').next().and_then(|c| c.parse().ok()).unwrap_or(0);
        assert!((COLUMN..COLUMN + 10).contains(&column), "{value}: {found:?}");
        assert!(mapping.is_some(), "{value}");
    }
}

/// Values that look odd but are fine.
#[test]
fn values_without_warnings() {
    let cases = [
        "\"yes\"",
        "'no'",
        "\"010\"",
        "'12:30'",
        "\"1.10\"",
        "\"2024-01-01\"",
        "'“x”'",
        "\"a\u{200b}b\"",
        "nothing",
        "{ on: 1, no: 2, 010: 3 }",
        "0.50",
        "100",
        "-1.5",
        "1_000",
        "007-x",
        "10:5",
        "a:b",
        "größe",
        "{ größe: 日本 }",
        "a\u{a0}b",
        "$.type # comment",
        "word #make",
        "https://a.example/#top",
        "[]",
        "{}",
        "null",
        "~",
        "\"\"",
        "'^\\d+$'",
        "\"\\u00e9\"",
        "2024-01-01T00:00:00Z",
        "\"{{ event.type }}\"",
    ];
    for value in cases {
        let (mapping, found) = check(&body(&format!("{value}\n    ")));
        assert!(found.is_empty() && mapping.is_some(), "{value}: {found:?}");
    }
}

/// How unquoted scalars are resolved.
#[test]
fn the_core_schema() {
    let number = |text: &str| YamlValue::Number(text.to_owned());
    let text = |text: &str| YamlValue::Text(text.to_owned());
    let cases = [
        ("null", YamlValue::Null),
        ("~", YamlValue::Null),
        ("True", YamlValue::Bool(true)),
        ("FALSE", YamlValue::Bool(false)),
        ("tRUE", text("tRUE")),
        ("0", number("0")),
        ("-0", number("-0")),
        ("+5", number("5")),
        (".5", number("0.5")),
        ("5.", number("5")),
        ("1.50", number("1.50")),
        ("1e5", number("1e5")),
        ("1.5E-3", number("1.5E-3")),
        ("0x1F", number("31")),
        ("0o17", number("15")),
        ("123456789012345678901234567890", number("123456789012345678901234567890")),
        ("1_000", text("1_000")),
        ("1.2.3", text("1.2.3")),
        ("0xZZ", text("0xZZ")),
        ("+", text("+")),
        ("e5", text("e5")),
        (".", text(".")),
        ("\"5\"", text("5")),
        ("'it''s'", text("it's")),
    ];
    for (written, meaning) in cases {
        let (mapping, found) = check(&format!(
            "destination: example\nlanguage: 1\nfields:\n  v: {{ literal: {written} }}\nrules: [{{ name: a, drop: true }}]\n"
        ));
        assert!(found.is_empty(), "{written}: {found:?}");
        let field = &mapping.expect("it loads").fields[0].node;
        let ValueKind::Rule(rule) = &field.kind else { panic!("{written}") };
        let crate::syntax::ValueSource::Literal(yaml) = &rule.source else { panic!("{written}") };
        assert_eq!(yaml.node, meaning, "{written}");
    }
}

/// Spans are in bytes: a span inside a text is exact after multi-byte characters.
#[test]
fn spans_are_byte_offsets() {
    let text =
        "destination: example # größe\nlanguage: 1\nrules:\n  - { name: a, fail: \"größe {{ x }}\" }\n";
    let (mapping, _) = check(text);
    let rule = &mapping.expect("it loads").rules[0];
    let crate::syntax::Action::Fail(fail, _) = &rule.action else { panic!("fails") };
    assert!(fail.exact);
    assert_eq!(&text[fail.inner.range()], "größe {{ x }}");
    assert_eq!(&text[fail.span.range()], "\"größe {{ x }}\"");
    assert_eq!(&text[fail.at(8..15).range()], "{{ x }}");
}

/// Aliases copy their anchor; cycles and exponential expansion are reported.
#[test]
fn aliases() {
    let rules = "rules: [{ name: a, drop: true }]\n";
    let good = format!("destination: e\nlanguage: 1\nfields:\n  a: &a {{ x: $.x }}\n  b: *a\n{rules}");
    let (mapping, found) = check(&good);
    assert!(found.is_empty(), "{found:?}");
    assert!(
        matches!(&mapping.expect("it loads").fields[1].node.kind, ValueKind::Map(members, _) if members.len() == 1)
    );
    let endless = format!("destination: e\nlanguage: 1\nfields:\n  a: &a [1, *a]\n{rules}");
    assert_eq!(check(&endless).1, ["Y022 4:13"]);
    let long = "y".repeat(1_000_000);
    let large = format!(
        "destination: e\nlanguage: 1\nfields:\n  a: &a {long}\n  b: [*a, *a, *a, *a, *a, *a, *a, *a]\n{rules}"
    );
    assert_eq!(check(&large).1, ["Y021 5:31"]);
    let chain: String =
        (1..80).flat_map(|n| [format!("  a{n}: &a{n} {{ x: "), format!("*a{} }}\n", n - 1)]).collect();
    let deep = format!("destination: e\nlanguage: 1\nfields:\n  a0: &a0 1\n{chain}{rules}");
    assert_eq!(check(&deep).1.len(), 1);
}

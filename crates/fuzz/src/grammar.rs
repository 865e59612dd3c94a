//! Random mappings, expressions, paths and events that are mostly valid.

use std::fmt::Write as _;

use crate::json;
use crate::random::Random;

/// The fields of every mapping.
const FIELDS: &[&str] = &["f0", "f1", "f2"];

const NAMES: &[&str] = &["a", "b", "c", "list", "deep", "n"];

/// An operator as a step and, if it can be one, as a filter; the kinds it takes, and the kind it gives. A kind is a letter:
/// text, number, boolean, list, map, `?` for any, `=` for that of the input.
type Row = (&'static str, &'static str, &'static str, char);

#[rustfmt::skip]
const OPERATORS: &[Row] = &[
    ("string", "string", "?tnbml", 't'),
    ("number", "number", "?tnb", 'n'),
    ("{ number: loose }", "number('loose')", "?tnb", 'n'),
    ("boolean", "boolean", "?tnb", 'b'),
    ("to_json", "to_json", "?tnbml", 't'),
    ("parse_json", "parse_json", "?t", '?'),
    ("trim", "trim", "?t", 't'),
    ("lowercase", "lowercase", "?t", 't'),
    ("uppercase", "uppercase", "?t", 't'),
    ("{ truncate: 3 }", "truncate(3)", "?t", 't'),
    ("{ truncate_bytes: 5 }", "truncate_bytes(5)", "?t", 't'),
    ("{ replace: { text: a, with: bb } }", "replace(text='a', with='bb')", "?t", 't'),
    ("{ replace: { regex: '[a-z]+', with: '<$0>' } }", "replace(regex='[a-z]', with='$0$0')", "?t", 't'),
    ("{ split: ',' }", "split(',')", "?t", 'l'),
    ("{ split: '' }", "split('')", "?t", 'l'),
    ("{ join: '-' }", "join('-')", "?l", 't'),
    ("{ slice: [1, -1] }", "slice([1, 2])", "?tl", '='),
    ("url_encode", "url_encode", "?t", 't'),
    ("{ url_part: host }", "url_part('path')", "?t", 't'),
    ("base64", "base64", "?t", 't'),
    ("{ base64: decode }", "base64('decode')", "?t", 't'),
    ("{ hash: sha256 }", "hash('md5')", "?t", 't'),
    ("unix_seconds", "unix_seconds", "?tn", 'n'),
    ("unix_millis", "unix_millis", "?tn", 'n'),
    ("{ format_time: iso }", "format_time('iso')", "?tn", 't'),
    ("{ format_time: '%Y-%m-%d' }", "format_time('%d %b %Y')", "?tn", 't'),
    ("round", "round", "?n", 'n'),
    ("{ round: 2 }", "round(2)", "?n", 'n'),
    ("{ round: { digits: -2, mode: up } }", "round(digits=-2, mode='up')", "?n", 'n'),
    ("{ multiply: $.n }", "multiply(1000)", "?n", 'n'),
    ("{ multiply: 0.1 }", "multiply(0.1)", "?n", 'n'),
    ("{ add: $.n }", "add(9223372036854775807)", "?n", 'n'),
    ("sum", "sum", "?l", 'n'),
    ("first", "first", "?l", '?'),
    ("to_list", "to_list", "?", 'l'),
    ("unique", "unique", "?l", 'l'),
    ("flatten", "flatten", "?m", 'm'),
    ("{ flatten: { arrays: dots } }", "flatten(arrays='dots')", "?m", 'm'),
    ("{ flatten: { arrays: keep, separator: _ } }", "flatten(separator='')", "?m", 'm'),
    ("compact", "compact", "?lm", '='),
    ("{ compact: deep }", "compact('deep')", "?lm", '='),
    ("columns", "columns", "?l", 'm'),
    ("from_pairs", "from_pairs", "?l", 'm'),
    ("{ only: [a, b] }", "only(['a'])", "?m", 'm'),
    ("{ except: [a] }", "except(['a', 'b'])", "?m", 'm'),
    ("{ rename: { a: b } }", "rename({'a': 'b'})", "?m", 'm'),
    ("{ each: string }", "", "?l", 'l'),
    ("{ each: [number, { multiply: 2 }] }", "", "?l", 'l'),
    ("{ each_value: [string, trim] }", "", "?m", 'm'),
    ("{ keep_if: { is: filled } }", "", "?tnlmb", '='),
    ("{ keep_if: [a, 1, true] }", "", "?tn", '?'),
    ("{ lookup: { object: { a: 1, '1': x } } }", "lookup({'a': 1, 'b': none})", "?t", '?'),
    ("{ at_path: 'a.b' }", "at_path('a')", "?m", '?'),
    ("{ map_values: { one: [1], two: 2 }, otherwise: value }", "map_values({'one': [1], 'two': 2})", "?t", '?'),
];

/// Operators of which each takes what the one before gives, from a value of unknown kind.
fn chain(most: usize, filters: bool, random: &mut Random) -> Vec<Row> {
    let (mut rows, mut kind) = (Vec::new(), '?');
    for _ in 0..random.below(most) {
        let row = OPERATORS[random.below(OPERATORS.len())];
        if row.2.contains(kind) && !(filters && row.1.is_empty()) {
            kind = if row.3 == '=' { kind } else { row.3 };
            rows.push(row);
        }
    }
    // A list or a map cannot be inserted into text.
    if filters && "lm".contains(kind) {
        rows.push(OPERATORS[4]);
    }
    rows
}

const TESTS: &[&str] = &[
    "a",
    "1",
    "1.0",
    "[a, 1, null]",
    "{ is: present }",
    "{ is: filled }",
    "{ is: [email, url] }",
    "{ is_not: text }",
    "{ more_than: 0 }",
    "{ at_most: 9007199254740993 }",
    "{ less_than: $.n }",
    "{ starts_with: a }",
    "{ contains: a }",
    "{ contains: $.a }",
    "{ matches: '^[a-z]+$' }",
    "{ equals_ignoring_case: A }",
    "{ size: 2 }",
    "{ size: { more_than: 1 } }",
    "{ some: { is: text } }",
    "{ every: { is: number } }",
    "{ not: [a, b] }",
];

/// A path that selects one value.
fn simple_path(random: &mut Random) -> String {
    let steps: Vec<&str> = (0..=random.below(2)).map(|_| random.pick(NAMES)).collect();
    format!("$.{}", steps.join("."))
}

/// A path into the event.
pub fn path(random: &mut Random) -> String {
    let mut path = String::from("$");
    for _ in 0..=random.below(3) {
        match random.below(12) {
            0 => path.push_str(random.pick(&["[0]", "[-1]", "[1]"])),
            1 => path.push_str("[*]"),
            2 => path.push_str(random.pick(&["[0:2]", "[::2]", "[::-1]", "[1:]"])),
            3 => path.push_str(random.pick(&["..a", "..*", "..[0]"])),
            4 => path.push_str(random.pick(&["['a','b']", "[0,1]", "['a', 0]"])),
            5 | 6 => {
                let filter = filter(2, random);
                let _ = write!(path, "[?{filter}]");
            }
            _ => {
                path.push('.');
                path.push_str(random.pick(NAMES));
            }
        }
    }
    path
}

/// What stands in a filter of a path.
fn filter(levels: usize, random: &mut Random) -> String {
    const OPERANDS: &[&str] = &[
        "@.a",
        "@.b",
        "@",
        "@[0]",
        "$.n",
        "$.a",
        "1",
        "-0.5",
        "9007199254740993",
        "1e400",
        "'a'",
        "\"b\"",
        "null",
        "true",
        "length(@.a)",
        "count(@.*)",
        "value(@..a)",
    ];
    match random.below(if levels == 0 { 3 } else { 7 }) {
        0 => random.pick(&["@.a", "@.b", "@.*", "$.a", "!@.a", "@..a"]).to_owned(),
        1 | 2 => {
            let sign = random.pick(&["==", "!=", "<", "<=", ">", ">="]);
            format!("{} {sign} {}", random.pick(OPERANDS), random.pick(OPERANDS))
        }
        3 => random
            .pick(&["match(@.a, 'a.*')", "search(@.a, '[a-z]')", "match(@, '(a|aa)+')", "match(@.a, @.b)"])
            .to_owned(),
        4 => format!("({}) && {}", filter(levels - 1, random), filter(levels - 1, random)),
        5 => format!("{} || !({})", filter(levels - 1, random), filter(levels - 1, random)),
        _ => format!("@[?{}]", filter(levels - 1, random)),
    }
}

/// An expression of a template that is possible with and without logic.
pub fn expression(random: &mut Random) -> String {
    let name = random.pick(&[
        "event.v",
        "event.v.a",
        "event.v[0]",
        "event.v['']",
        "event.a",
        "field",
        "field.a",
        "kept",
        "event.missing",
    ]);
    let mut expression = name.to_owned();
    for row in chain(6, true, random) {
        let _ = write!(expression, " | {}", row.1);
    }
    if random.one_in(4) {
        let _ = write!(
            expression,
            " or {}",
            random.pick(&["event.a", "field", "'x'", "1.50", "kept | to_json", "none"])
        );
    }
    expression
}

/// A template with logic.
fn logic(random: &mut Random) -> String {
    let value = |random: &mut Random| {
        random.pick(&[
            "event.a",
            "event.n",
            "event.list",
            "event.deep.a",
            "[event.b, event.n]",
            "{'k': event.c}",
            "1.5",
            "'t'",
        ])
    };
    let operator = |random: &mut Random| {
        random.pick(&["==", "!=", "<", ">", "in", "+", "-", "*", "/", "//", "%", "~", "and", "or"])
    };
    let (one, other, last) = (value(random), value(random), value(random));
    let (sign, filter) = (
        operator(random),
        random.pick(&["string", "to_json", "string | truncate(3)", "to_json | parse_json | to_json"]),
    );
    match random.below(6) {
        0 => format!(
            "{{% for x in {one} %}}{{{{ loop.index }}}}{{{{ x | {filter} }}}}{{% else %}}-{{% endfor %}}"
        ),
        1 => format!("{{% for k, v in event.deep %}}{{{{ k }}}}={{{{ v {sign} {other} }}}}{{% endfor %}}"),
        2 => format!("{{% set x = {one} %}}{{{{ x {sign} {other} }}}}"),
        3 => format!(
            "{{% if {one} {sign} {other} %}}{{{{ {last} }}}}{{% elif event.b is defined %}}y{{% else %}}{{{{ {one} }}}}{{% endif %}}"
        ),
        4 => format!("{{{{ ({one} {sign} {other})[0:2] }}}}{{{{ {last}[event.n] }}}}"),
        _ => format!("{{% set x %}}{{{{ {one} }}}}{{% endset %}}{{{{ x | {filter} }}}}"),
    }
}

/// A value of the language.
fn value(levels: usize, random: &mut Random) -> String {
    if levels == 0 || random.one_in(3) {
        return match random.below(5) {
            0 => serde_json::Value::from(format!(
                "{{{{ {} }}}}",
                expression(random)
                    .replace("field", "event.b")
                    .replace("kept", "event.c")
                    .replace("event.v", "event.deep")
            ))
            .to_string(),
            1 => serde_json::Value::from(logic(random)).to_string(),
            2 => random.pick(&["1", "x", "true", "null", "1.50", "\"\""]).to_owned(),
            _ => serde_json::Value::from(path(random)).to_string(),
        };
    }
    let inner = |random: &mut Random| value(levels - 1, random);
    let source = match random.below(8) {
        0 => format!("merge: [$.deep, {{ a: {} }}]", inner(random)),
        1 => format!("concat: [{}, {}]", inner(random), inner(random)),
        2 => format!(
            "for_each: {}, make: {}",
            random.pick(&["$.list", "\"$.deep[*]\"", "\"$..a\"", "\"$.list[?@.a]\""]),
            random.pick(&["$item", "$item.a", "{ k: $item }", "\"<{{ item }}>\""])
        ),
        3 => return format!("{{ a: {}, k: {} }}", inner(random), inner(random)),
        4 => return format!("[{}, {}]", inner(random), inner(random)),
        _ => format!(
            "from: {}",
            serde_json::Value::from(if random.one_in(3) { path(random) } else { simple_path(random) })
        ),
    };
    let steps: Vec<&str> = if source.starts_with("from: \"$") { chain(7, false, random) } else { Vec::new() }
        .into_iter()
        .map(|row| row.0)
        .collect();
    let mut rule = format!("{{ {source}");
    if random.one_in(4) {
        let _ = write!(rule, ", when: {{ {}: {} }}", simple_path(random), random.pick(TESTS));
    }
    if !steps.is_empty() {
        let _ = write!(rule, ", transform: [{}]", steps.join(", "));
    }
    rule.push_str(random.pick(&[
        "",
        "",
        "",
        ", default: d",
        ", keep_empty: true",
        ", required: it is missing",
        ", invalid: it is invalid",
    ]));
    rule.push_str(" }");
    rule
}

/// A mapping with three fields, a condition, sometimes `prepare`, and two or three rules.
pub fn mapping(random: &mut Random) -> String {
    let mut text = String::from("destination: t\nlanguage: 1\n");
    if random.one_in(4) {
        let (target, to) = (random.pick(&["$", "$.deep", "$.list[0]"]), value(1, random));
        let _ = writeln!(
            text,
            "prepare:\n  - set:\n      - {{ in: \"{target}\", key: {}, to: {to} }}",
            random.pick(NAMES)
        );
    }
    text.push_str("fields:\n");
    for field in FIELDS {
        let _ = writeln!(text, "  {field}: {}", value(2, random));
    }
    let _ = writeln!(text, "conditions:\n  c: {{ {}: {} }}\nrules:", simple_path(random), random.pick(TESTS));
    let _ = writeln!(
        text,
        "  - name: last\n    request:\n      endpoint: https://api.example.com/\n      body: {{ k: {}, l: $f1 }}",
        value(3, random)
    );
    text
}

/// An event with the names that such a mapping reads.
pub fn event(random: &mut Random) -> String {
    let members = NAMES.iter().map(|name| format!("\"{name}\":{}", json::any(4, random)));
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

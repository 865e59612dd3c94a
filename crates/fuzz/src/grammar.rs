//! Random mappings, expressions, paths and events that are mostly valid.

use std::fmt::Write as _;

use crate::json;
use crate::random::Random;

/// The fields of every mapping.
const FIELDS: &[&str] = &["f0", "f1", "f2"];

const NAMES: &[&str] = &["a", "b", "c", "list", "deep", "n"];

/// Steps of a pipeline, as they are written.
const STEPS: &[&str] = &[
    "string",
    "number",
    "{ number: loose }",
    "boolean",
    "to_json",
    "parse_json",
    "trim",
    "lowercase",
    "uppercase",
    "{ truncate: 3 }",
    "{ truncate_bytes: 5 }",
    "{ replace: { text: a, with: bb } }",
    "{ replace: { regex: '[a-z]+', with: '<$0>' } }",
    "{ split: '' }",
    "{ split: ',' }",
    "{ join: '-' }",
    "{ slice: [1, -1] }",
    "url_encode",
    "{ url_part: host }",
    "base64",
    "{ base64: decode }",
    "{ hash: sha256 }",
    "unix_seconds",
    "unix_millis",
    "{ format_time: iso }",
    "{ format_time: '%Y-%m-%d' }",
    "round",
    "{ round: 2 }",
    "{ round: { digits: -2, mode: up } }",
    "{ multiply: $.n }",
    "{ multiply: 0.1 }",
    "{ add: $.n }",
    "sum",
    "first",
    "to_list",
    "unique",
    "flatten",
    "{ flatten: { arrays: dots } }",
    "{ flatten: { arrays: keep, separator: _ } }",
    "compact",
    "{ compact: deep }",
    "columns",
    "from_pairs",
    "{ only: [a, b] }",
    "{ except: [a] }",
    "{ rename: { a: b } }",
    "{ each: string }",
    "{ each: [number, { multiply: 2 }] }",
    "{ each_value: [string, trim] }",
    "{ keep_if: { is: filled } }",
    "{ keep_if: [a, 1, true] }",
    "{ lookup: { object: { a: 1, '1': x } } }",
    "{ at_path: 'a.b' }",
    "{ map_values: { one: [1, '1'], two: 2 }, otherwise: value }",
];

/// Filters of a template.
const FILTERS: &[&str] = &[
    "string",
    "number",
    "number('loose')",
    "boolean",
    "to_json",
    "parse_json",
    "trim",
    "lowercase",
    "uppercase",
    "truncate(3)",
    "replace(text='a', with='b')",
    "replace(regex='[a-z]', with='$0$0')",
    "split(',')",
    "join('-')",
    "slice([1, 2])",
    "slice([-2])",
    "url_encode",
    "url_part('path')",
    "base64",
    "base64('decode')",
    "hash('md5')",
    "unix_seconds",
    "unix_millis",
    "format_time('iso')",
    "round",
    "round(2)",
    "multiply(0.1)",
    "multiply(1000)",
    "add(9223372036854775807)",
    "add(0.2)",
    "sum",
    "first",
    "to_list",
    "unique",
    "flatten",
    "compact",
    "compact('deep')",
    "columns",
    "from_pairs",
    "only(['a'])",
    "except(['a', 'b'])",
    "lookup({'a': 1, 'b': none})",
    "at_path('a')",
];

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

/// A path into the event.
pub fn path(random: &mut Random) -> String {
    let mut path = String::from(random.pick(&["$", "$", "$", "$f0", "$f1"]));
    for _ in 0..=random.below(3) {
        match random.below(12) {
            0 => path.push_str(random.pick(&["[0]", "[-1]", "[1]"])),
            1 => path.push_str("[*]"),
            2 => path.push_str(random.pick(&["[0:2]", "[::2]", "[::-1]", "[1:]"])),
            3 => path.push_str(random.pick(&["..a", "..*", "..[0]"])),
            4 => path.push_str(random.pick(&["['a','b']", "[0,1]", "['a', 0]"])),
            5..8 => {
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
    for _ in 0..random.below(4) {
        let _ = write!(expression, " | {}", random.pick(FILTERS));
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
            "f0",
            "f1.a",
            "config.a",
            "x",
            "[x, event.n]",
            "{'k': x}",
            "1.5",
            "'t'",
        ])
    };
    let operator = |random: &mut Random| {
        random.pick(&["==", "!=", "<", ">", "in", "+", "-", "*", "/", "//", "%", "~", "and", "or"])
    };
    let (one, other, last) = (value(random), value(random), value(random));
    let (sign, filter) = (operator(random), random.pick(FILTERS));
    match random.below(6) {
        0 => format!(
            "{{% for x in {one} %}}{{{{ loop.index }}}}{{{{ x | {filter} }}}}{{% else %}}-{{% endfor %}}"
        ),
        1 => format!("{{% for k, v in event.deep %}}{{{{ k }}}}={{{{ v {sign} {other} }}}}{{% endfor %}}"),
        2 => format!("{{% set x = {one} %}}{{{{ x {sign} {other} }}}}"),
        3 => format!(
            "{{% if {one} {sign} {other} %}}{{{{ {last} }}}}{{% elif x is defined %}}y{{% else %}}{{{{ {one} }}}}{{% endif %}}"
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
                expression(random).replace("field", "f0").replace("kept", "f1")
            ))
            .to_string(),
            1 => serde_json::Value::from(logic(random)).to_string(),
            2 => random.pick(&["1", "x", "true", "null", "1.50", "\"\""]).to_owned(),
            _ => serde_json::Value::from(path(random)).to_string(),
        };
    }
    let inner = |random: &mut Random| value(levels - 1, random);
    let source = match random.below(8) {
        0 => format!("merge: [{}, {}]", inner(random), inner(random)),
        1 => format!("concat: [{}, {}]", inner(random), inner(random)),
        2 => format!(
            "for_each: {}, make: {}",
            inner(random),
            random.pick(&["$item", "$item.a", "{ k: $item }", "\"<{{ item }}>\""])
        ),
        3 => return format!("{{ a: {}, k: {} }}", inner(random), inner(random)),
        4 => return format!("[{}, {}]", inner(random), inner(random)),
        _ => format!("from: {}", inner(random)),
    };
    let steps: Vec<&str> = (0..random.below(4)).map(|_| random.pick(STEPS)).collect();
    let mut rule = format!("{{ {source}");
    if random.one_in(4) {
        let _ =
            write!(rule, ", when: {{ {}: {} }}", serde_json::Value::from(path(random)), random.pick(TESTS));
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
    for (index, field) in FIELDS.iter().enumerate() {
        // Fields refer to those before only.
        let written = value(2, random);
        let written = if index == 0 {
            written
                .replace("$f0", "$.a")
                .replace("$f1", "$.b")
                .replace("f0", "event.a")
                .replace("f1", "event.b")
        } else {
            written.replace("$f1", "$.b").replace("f1", "event.b")
        };
        let _ = writeln!(text, "  {field}: {written}");
    }
    let _ = writeln!(
        text,
        "conditions:\n  c: {{ {}: {} }}\nrules:",
        serde_json::Value::from(path(random)),
        random.pick(TESTS)
    );
    for rule in 0..=random.below(2) {
        let _ = writeln!(
            text,
            "  - name: r{rule}\n    when: {{ {}: {} }}\n    request:\n      endpoint: \"https://api.example.com/{{{{ event.a | url_encode }}}}\"\n      body: {}",
            serde_json::Value::from(path(random)),
            random.pick(TESTS),
            value(3, random)
        );
    }
    let _ = writeln!(
        text,
        "  - name: last\n    request:\n      endpoint: https://api.example.com/\n      body: {}",
        value(3, random)
    );
    text
}

/// An event with the names that such a mapping reads.
pub fn event(random: &mut Random) -> String {
    let members = NAMES.iter().map(|name| format!("\"{name}\":{}", json::any(4, random)));
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

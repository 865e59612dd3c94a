//! Mappings and events that cost too much.

/// An event that a mapping turns into too much.
#[derive(Clone, Copy)]
pub(super) struct Case {
    pub(super) name: &'static str,
    /// Sections of the mapping before `rules:`.
    pub(super) sections: &'static str,
    /// The value `v` of the body.
    pub(super) value: &'static str,
    /// The rule instead of one with that value, if not empty.
    pub(super) rule: &'static str,
    pub(super) event: fn() -> String,
    /// The limit that is exceeded.
    pub(super) limit: Limit,
    /// The address of what exceeds it, without the destination.
    pub(super) address: &'static str,
}

#[derive(Clone, Copy)]
pub(super) enum Limit {
    Memory,
    Values,
    Steps,
    Template,
}

const BODY: &str = "costly/body.v";

/// A value of the body.
const fn value(name: &'static str, limit: Limit, event: fn() -> String, value: &'static str) -> Case {
    Case { name, sections: "", value, rule: "", event, limit, address: BODY }
}

/// `text` so many times.
pub(super) fn repeated(text: &str, times: usize) -> String {
    text.repeat(times)
}

fn event(members: &str) -> String {
    format!(r#"{{"type":"costly",{members}}}"#)
}

/// `x`, a text of some characters.
fn short() -> String {
    event(r#""x":"x\"ab""#)
}

fn text(length: usize) -> String {
    event(&format!(r#""x":"{}""#, repeated("x", length)))
}

fn kilobyte() -> String {
    text(1000)
}

fn megabyte() -> String {
    text(1 << 20)
}

fn escaped_megabyte() -> String {
    event(&format!(r#""x":"{}""#, repeated("\\u00e4", 1 << 17)))
}

/// Lists in lists, in 600 bytes.
fn nested() -> String {
    event(&format!(r#""x":{}1{}"#, repeated("[", 100), repeated("]", 100)))
}

/// A list of so many numbers.
fn numbers(count: usize) -> String {
    event(&format!(r#""x":[{}0]"#, repeated("1,", count)))
}

fn hundreds() -> String {
    numbers(450)
}

fn thousands() -> String {
    numbers(20_000)
}

fn many() -> String {
    numbers(200_000)
}

/// A list of maps, and a map with as many keys.
fn keys() -> String {
    let keys: Vec<String> = (0..30_000).map(|number| format!(r#""k{number}":{number}"#)).collect();
    let names: Vec<String> = (0..30_000).map(|number| format!(r#""k{number}""#)).collect();
    event(&format!(r#""map":{{{}}},"x":[{}]"#, keys.join(","), names.join(",")))
}

/// A list of lists that are all different.
fn rows() -> String {
    let rows: Vec<String> = (0..20_000).map(|number| format!(r#"{{"a":[{number}],"b":{number}}}"#)).collect();
    event(&format!(r#""x":[{}]"#, rows.join(",")))
}

const TENFOLD: &str = "{ from: $.x, transform: [{ replace: { text: x, with: xxxxxxxxxx } }, { replace: { text: x, with: xxxxxxxxxx } }, { replace: { text: x, with: xxxxxxxxxx } }, { replace: { text: x, with: xxxxxxxxxx } }, { replace: { text: x, with: xxxxxxxxxx } }, { replace: { text: x, with: xxxxxxxxxx } }, { replace: { text: x, with: xxxxxxxxxx } }] }";

const TO_JSON: &str = "{ from: $.x, transform: [to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json, to_json] }";

const BASE64: &str = "{ from: $.x, transform: [base64, base64, base64, base64, base64, base64, base64, base64, base64, base64, base64, base64, base64, base64, base64, base64] }";

const URL_ENCODE: &str = "{ from: $.x, transform: [url_encode, { replace: { text: '%', with: '%%%' } }, url_encode, { replace: { text: '%', with: '%%%' } }, url_encode, { replace: { text: '%', with: '%%%' } }, url_encode, { replace: { text: '%', with: '%%%' } }, url_encode] }";

const DOUBLED: &str = "prepare:
  - { set: [{ in: $, key: x, to: [$.x, $.x] }] }
  - { set: [{ in: $, key: x, to: [$.x, $.x] }] }
  - { set: [{ in: $, key: x, to: [$.x, $.x] }] }
  - { set: [{ in: $, key: x, to: [$.x, $.x] }] }
  - { set: [{ in: $, key: x, to: [$.x, $.x] }] }
  - { set: [{ in: $, key: x, to: [$.x, $.x] }] }
  - { set: [{ in: $, key: x, to: [$.x, $.x] }] }
  - { set: [{ in: $, key: x, to: [$.x, $.x] }] }
  - { set: [{ in: $, key: x, to: [$.x, $.x] }] }
  - { set: [{ in: $, key: x, to: [$.x, $.x] }] }
";

/// The examples of each kind, and their siblings.
pub(super) const CASES: &[Case] = &[
    // Paths that select values.
    value("descendants_of_descendants", Limit::Values, nested, "$..*..*..*..*..*"),
    value("all_elements_of_all_names", Limit::Values, many, "$['x','x','x'][*,*,*,*]"),
    value("a_filter_with_the_whole_document", Limit::Values, thousands, "$.x[?count($..*) > @]"),
    value("a_filter_with_a_path_from_the_root", Limit::Steps, thousands, "$.x[?@ == value($.x[-1:])]"),
    Case {
        address: "costly/body.v.make.a",
        ..value("a_path_in_a_loop", Limit::Steps, thousands, "{ for_each: $.x, make: { a: '$.x[?@ > 1]' } }")
    },
    // Loops.
    Case {
        address: "costly/body.v.make.make.make",
        ..value(
            "loops_in_loops",
            Limit::Values,
            hundreds,
            "{ for_each: $.x, make: { for_each: $.x, make: { for_each: $.x, make: $item } } }",
        )
    },
    Case {
        address: "costly/body.v.make.make.make",
        ..value(
            "loops_that_make_nothing",
            Limit::Steps,
            hundreds,
            "{ for_each: $.x, make: { for_each: $.x, make: { for_each: $.x, make: { from: $.missing } } } }",
        )
    },
    Case {
        address: "costly/body.v.make",
        ..value(
            "maps_in_a_loop",
            Limit::Values,
            many,
            "{ for_each: $.x, make: { a: $item, b: $item, c: { d: $item, e: [$item, $item, $item] } } }",
        )
    },
    value("lookups_in_a_loop", Limit::Steps, keys, "{ from: $.x, transform: { each: { lookup: $.map } } }"),
    Case {
        address: "costly/body.v.make.default.merge[0]",
        ..value(
            "names_in_a_loop",
            Limit::Memory,
            keys,
            "{ for_each: $.x, make: { from: $metadata.a, default: { merge: [$.map] } } }",
        )
    },
    Case {
        address: "costly/body.v.make",
        ..value(
            "conditions_in_a_loop",
            Limit::Steps,
            keys,
            "{ for_each: $.x, make: { when: { $.x: { contains: $item } }, literal: 1 } }",
        )
    },
    Case {
        address: "costly/body.v.make",
        ..value(
            "tests_in_a_loop",
            Limit::Steps,
            thousands,
            "{ for_each: $.x, make: { when: { $.x: { every: { at_least: 0 } } }, literal: 1 } }",
        )
    },
    Case {
        address: "costly/body.v.make",
        ..value(
            "patterns_in_a_loop",
            Limit::Steps,
            || event(&format!(r#""t":"{}","x":[{}1]"#, repeated("x", 1 << 20), repeated("1,", 10_000))),
            "{ for_each: $.x, make: { when: { $.t: { matches: 'y$' } }, literal: 1 } }",
        )
    },
    Case {
        address: "costly/body.v.make",
        ..value(
            "operators_in_a_loop",
            Limit::Steps,
            || event(&format!(r#""t":"{}","x":[{}1]"#, repeated("x", 1 << 20), repeated("1,", 10_000))),
            "{ for_each: $.x, make: { from: $.t, transform: [lowercase, { truncate: 1 }] } }",
        )
    },
    Case {
        address: "costly/body.v.make.merge[0]",
        ..value("merges_in_a_loop", Limit::Memory, keys, "{ for_each: $.x, make: { merge: [$.map, $.map] } }")
    },
    // Operators.
    value("replace_tenfold_seven_times", Limit::Memory, kilobyte, TENFOLD),
    value(
        "replace_by_groups",
        Limit::Memory,
        megabyte,
        "{ from: $.x, transform: { replace: { regex: '.+', with: '$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0' } } }",
    ),
    value("to_json_again_and_again", Limit::Memory, short, TO_JSON),
    value("base64_again_and_again", Limit::Memory, megabyte, BASE64),
    value("url_encode_again_and_again", Limit::Memory, escaped_megabyte, URL_ENCODE),
    value("split_into_letters", Limit::Values, || text(2 << 20), "{ from: $.x, transform: { split: '' } }"),
    value(
        "join_with_a_long_text",
        Limit::Memory,
        many,
        concat!(
            "{ from: $.x, transform: { join: '",
            "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
            "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
            "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
            "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
            "' } }"
        ),
    ),
    Case {
        address: "costly/body.v.make",
        ..value(
            "from_pairs_in_a_loop",
            Limit::Memory,
            rows,
            "{ for_each: $.x, make: { from: $.x, transform: [{ from_pairs: { key: b, value: a } }] } }",
        )
    },
    Case {
        address: "costly/body.v.make",
        ..value(
            "columns_again_and_again",
            Limit::Values,
            rows,
            "{ for_each: $.x, make: { from: $.x, transform: columns } }",
        )
    },
    Case {
        address: "costly/body.v.make",
        ..value(
            "unique_in_a_loop",
            Limit::Memory,
            rows,
            "{ for_each: $.x, make: { from: $.x, transform: unique } }",
        )
    },
    Case {
        address: "costly/body.v.make",
        ..value(
            "flatten_in_a_loop",
            Limit::Memory,
            rows,
            "{ for_each: $.x, make: { from: $, transform: flatten } }",
        )
    },
    Case {
        address: "costly/body.v.make",
        ..value(
            "parse_json_in_a_loop",
            Limit::Memory,
            || event(&format!(r#""t":"[{}1]","x":[{}1]"#, repeated("1,", 1 << 19), repeated("1,", 100))),
            "{ for_each: $.x, make: { from: $.t, transform: [parse_json, { slice: [0, 1] }] } }",
        )
    },
    value(
        "map_values_in_a_loop",
        Limit::Memory,
        many,
        concat!(
            "{ from: $.x, transform: { each: { map_values: [{ from: 1, to: [",
            "a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z",
            "] }] } } }"
        ),
    ),
    // Lists and maps.
    Case {
        address: "costly/body.v.concat[0]",
        ..value("concat_of_concat", Limit::Values, many, "{ concat: [$.x, $.x, $.x, $.x, $.x, $.x] }")
    },
    Case {
        address: "costly/body.v.make.make.make",
        ..value(
            "lists_that_share_their_elements",
            Limit::Values,
            kilobyte,
            "{ for_each: [$.x, $.x, $.x, $.x, $.x, $.x, $.x, $.x, $.x, $.x], make: { for_each: [$.x, $.x, $.x, $.x, $.x, $.x, $.x, $.x, $.x, $.x], make: { for_each: [$.x, $.x, $.x, $.x, $.x, $.x, $.x, $.x, $.x, $.x], make: { for_each: [$.x, $.x, $.x, $.x, $.x, $.x, $.x, $.x, $.x, $.x], make: { for_each: [$.x, $.x, $.x, $.x, $.x, $.x, $.x, $.x, $.x, $.x], make: $.x } } } } }",
        )
    },
    // Templates.
    value(
        "a_template_of_a_long_text",
        Limit::Memory,
        || text(3 << 20),
        "{ template: '{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}{{ event.x }}', transform: lowercase }",
    ),
    value(
        "a_template_that_doubles",
        Limit::Memory,
        kilobyte,
        "'{% set a = event.x ~ event.x %}{% set a = a ~ a %}{% set a = a ~ a %}{% set a = a ~ a %}{% set a = a ~ a %}{% set a = a ~ a %}{% set a = a ~ a %}{% set a = a ~ a %}{% set a = a ~ a %}{% set a = a ~ a %}{% set a = a ~ a %}{% set a = a ~ a %}{% set a = a ~ a %}{% set a = a ~ a %}{% set a = a ~ a %}{% set a = a ~ a %}{% set a = a ~ a %}{% set a = a ~ a %}{% set a = a ~ a %}{% set a = a ~ a %}{{ a }}'",
    ),
    value("quotes_that_double", Limit::Memory, || event(r#""x":"a\"b""#), TO_JSON),
    Case {
        address: "costly/body.v.from[0]",
        ..value(
            "a_pattern_with_many_states",
            Limit::Steps,
            || event(&format!(r#""x":[{}"b"]"#, format!(r#""{}","#, "a".repeat(5000)).repeat(40))),
            "{ from: \"$.x[?search(@, '(a{1,50}){1,20}b')]\" }",
        )
    },
    value(
        "a_template_that_repeats",
        Limit::Template,
        thousands,
        "'{% for a in event.x %}{% for b in event.x %}{{ b }}{% endfor %}{% endfor %}'",
    ),
    value(
        "a_filter_in_a_template_that_grows",
        Limit::Memory,
        megabyte,
        "\"{% if event.x %}{{ event.x | replace(text='x', with='xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx') }}{% endif %}\"",
    ),
    Case {
        address: "costly/body.v.make",
        ..value(
            "templates_in_a_loop",
            Limit::Steps,
            thousands,
            "{ for_each: $.x, make: '{% for a in event.x %}{% if a > 5 %}y{% endif %}{% endfor %}' }",
        )
    },
    // Changes of the event.
    Case {
        sections: DOUBLED,
        address: "prepare[3].to",
        ..value("prepare_that_doubles", Limit::Memory, || text(1 << 18), "$.x")
    },
    // Answers.
    Case {
        rule: "  - name: costly\n    when: { $.type: costly }\n    request:\n      - for_each: $.x\n        endpoint: https://shop.example/\n        body: { all: $.x }\n",
        address: "costly/endpoint",
        ..value("a_request_for_each_element", Limit::Memory, thousands, "")
    },
    Case {
        rule: "  - name: costly\n    when: { $.type: costly }\n    request:\n      - for_each: $.x\n        when: { $item: 7 }\n        endpoint: https://shop.example/\n        body: { all: { from: $.x, transform: [{ join: ',' }, uppercase, { truncate: 1 }] } }\n      - for_each: $.x\n        endpoint: 'https://shop.example/'\n        format: json_array\n        body: [$.x]\n",
        address: "costly/request[1]/body",
        ..value("a_list_for_each_element", Limit::Memory, thousands, "")
    },
    Case {
        sections: "fields:\n  f: { merge: [{ a: $.x, b: $.x, c: $.x, d: $.x, e: $.x, f: $.x, g: $.x, h: $.x }] }\n  g: { merge: [{ a: $f, b: $f, c: $f, d: $f, e: $f, f: $f, g: $f, h: $f }] }\n",
        address: "fields.g",
        ..value("members_that_share_their_value", Limit::Memory, || text(1 << 20), "{ a: $g, b: $g }")
    },
    Case {
        rule: "  - name: costly\n    when: { $.type: costly }\n    require:\n      - { check: { $.x: { some: { at_least: 1 } } }, error: a number is required }\n      - { check: { '$.x[?count($.x[?@ > 0]) > 1]': { size: 3 } }, error: three are required }\n    drop: nothing\n",
        address: "costly",
        ..value("a_check", Limit::Values, thousands, "")
    },
];

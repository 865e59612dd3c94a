//! Templates with logic: what they print, and that a template prints the same with logic as without.

use mapwright::{Loaded, Outcome};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde_json::Value as Json;

tests![templates_print, templates_refuse, logic_prints_what_pieces_print, names_follow_scopes];

/// A mapping that prints each of these templates as a member of the body, after `=`.
fn mapping(templates: &[&str]) -> Loaded {
    let mut text = String::from(
        "destination: t\nlanguage: 1\nfields:\n  email: $.email\n  x: $.x\nrules:\n  - name: all\n    request:\n      \
         endpoint: https://api.example.com/\n      body:\n",
    );
    for (index, template) in templates.iter().enumerate() {
        let template = Json::from(format!("={template}"));
        text.extend(["        t", &index.to_string(), ": ", &template.to_string(), "\n"]);
    }
    mapwright::load("t.yaml", &[("t.yaml", text.as_str())])
}

/// What the templates print for an event, or why it is refused.
fn print(loaded: &Loaded, event: &str) -> Result<Vec<String>, String> {
    let engine = loaded.engine.as_ref().unwrap_or_else(|| panic!("{:?}", loaded.findings));
    let settings = engine.settings("{}").expect("a map");
    let mut worker = engine.worker(&settings).expect("settings of this engine");
    let answer = worker.event(event.as_bytes());
    if let Outcome::Refused(refusal) = &answer.outcome {
        return Err(refusal.message.clone());
    }
    let answer: Json = serde_json::from_slice(answer.lines()).expect("JSON");
    let body = answer.pointer("/output/body/JSON").and_then(Json::as_object).expect("a body");
    let mut texts: Vec<_> = body.iter().map(|(key, text)| (key.clone(), text.as_str())).collect();
    texts.sort_by_key(|(key, _)| key[1..].parse::<usize>().expect("a number"));
    Ok(texts.iter().map(|(_, text)| text.expect("text")[1..].to_owned()).collect())
}

const EVENT: &str = r#"{
    "email": "field", "x": 7, "n": 9223372036854775808, "big": 1e400, "p": 1.10, "e": 1E2, "zero": -0, "one": 1.0,
    "text": "5", "empty": "", "null": null, "yes": true, "list": [3, "b", null, 1.10], "emails": ["a", "b"],
    "map": {"z": 1.10, "a": {"y": 1.0, "b": null}}, "pairs": [["a", 1], ["b", 2]], "long": "añb😀c"
}"#;

const PRINTED: &[(&str, &str)] = &[
    // Numbers keep their digits, maps their order.
    (
        "{% if true %}{{ event.n }} {{ event.big }} {{ event.p }} {{ event.e }} {{ event.zero }}{% endif %}",
        "9223372036854775808 1e400 1.1 100 0",
    ),
    (
        "{% if true %}{{ event.map }} {{ event.list }}{% endif %}",
        r#"{"z":1.10,"a":{"y":1.0,"b":null}} [3,"b",null,1.10]"#,
    ),
    ("{% set n = event.n %}{{ n }}{{ [n, event.big] }}", "9223372036854775808[9223372036854775808,1e400]"),
    ("{% for k, v in event.map %}{{ k }}={{ v }};{% endfor %}", r#"z=1.1;a={"y":1.0,"b":null};"#),
    ("{% for k in event.map %}{{ k }}{% endfor %}", "za"),
    (
        "{{ event.n + 1 }} {{ event.n - 1 }} {{ event.n * 2 }} {{ event.n // 10 }} {{ event.n % 10 }}",
        "9223372036854775809 9223372036854775807 18446744073709551616 922337203685477580 8",
    ),
    (
        "{{ 0.1 + 0.2 }} {{ 1 / 3 }} {{ 1 / 8 }} {{ -7 // 2 }} {{ -7 % 2 }} {{ 2 ** 100 }}",
        "0.3 0.3333333333333333 0.125 -4 1 1267650600228229401496703205376",
    ),
    (
        "{{ event.x | add(9223372036854775808) }} {{ event.x | multiply(0.1234567890123456789) }}",
        "9223372036854775815 0.8641975230864197523",
    ),
    ("{{ 9223372036854775808 ~ 1_000 ~ 1.50 }}", "922337203685477580810001.5"),
    // Comparisons are exact.
    (
        "{{ event.n > 9223372036854775807 }} {{ event.n == 9223372036854775808.0 }} {{ event.big > event.n }}",
        "true true true",
    ),
    (
        "{{ event.one == 1 }} {{ event.one in [1] }} {{ event.text == 5 }} {{ 1 < event.p <= 1.1 }}",
        "true true false true",
    ),
    (
        "{{ event.missing < 1 }} {{ event.null < 1 }} {{ event.missing == none }} {{ event.null == none }}",
        "false false false true",
    ),
    (
        "{{ 'b' in event.list }} {{ 'z' in event.map }} {{ 'ñ' in event.long }} {{ 1 not in event.list }}",
        "true true true true",
    ),
    (
        "{{ event.n is integer }} {{ event.p is float }} {{ event.n is even }} {{ event.n is divisibleby(4) }}",
        "true true true true",
    ),
    ("{{ event.text is string and event.missing is undefined and not event.empty }}", "true"),
    (
        "{{ event.text > 4 }} {{ 4 <= event.text }} {{ event.yes < 2 }} {{ event.list >= event.map }}",
        "false false false false",
    ),
    // Missing values and null print nothing, and lists leave out what is missing.
    (
        "{% if true %}[{{ event.null }}{{ event.missing.deep }}{{ event.empty }}]{{ event.yes }}{% endif %}",
        "[]true",
    ),
    ("{{ [event.missing, event.x] }}", "[7]"),
    // A line break at the end stays, with logic and without.
    ("b{{ event.x }}\n", "b7\n"),
    ("b{{ event.x }}\r\n", "b7\r\n"),
    ("{{ event.x }}\n\n", "7\n\n"),
    ("{% if true %}b{% endif %}\n", "b\n"),
    ("{{ event.x -}}\n", "7"),
    // Loops.
    (
        "{% for e in event.emails %}{{ loop.index }}/{{ loop.length }}{{ e }}{{ ',' if not loop.last }}{% endfor %}",
        "1/2a,2/2b",
    ),
    ("{% for e in event.missing %}{{ e }}{% else %}none{% endfor %}", "none"),
    ("{% for e in event.list if e is number %}{{ loop.index }}:{{ e }} {% endfor %}", "1:3 2:1.1 "),
    ("{% for a, b in event.pairs %}{{ a }}{{ b }}{% endfor %}", "a1b2"),
    (
        "{% for a in event.emails %}{% for b in event.emails %}{{ a }}{{ loop.depth }}{{ b }} {% endfor %}{% endfor %}",
        "a2a a2b b2a b2b ",
    ),
    // A text is a list of one.
    ("{% for c in event.long %}{{ c }}.{% endfor %}", "añb😀c."),
    ("{% for c in event.empty %}{{ c }}.{% else %}none{% endfor %}", "none"),
    ("{% for e in event.emails %}{{ loop.previtem }}{{ loop.nextitem }};{% endfor %}", "b;a;"),
    // Slices and items.
    ("{{ event.long[1:3] }} {{ event.long[::-1] }} {{ event.long[-2:] }}", "ñb c😀bña 😀c"),
    (
        "{{ event.list[1:] }} {{ event.list[::2] }} {{ event.list[3:0:-2] }}",
        r#"["b",null,1.10] [3,null] [1.10,"b"]"#,
    ),
    (
        "{{ event.list[-1] }} {{ event.map['z'] }} {{ event.list[event.x] }} {{ event.list[event.one] }}",
        "1.1 1.1  b",
    ),
    // Blocks.
    ("{% set t %}a{{ event.x }}{% endset %}{{ t | uppercase }}{% filter uppercase %}b{% endfilter %}", "A7B"),
    ("{% with a = 1, b = 2 %}{{ a + b }}{% endwith %}", "3"),
    ("{{ {'b': 1, 'a': event.p} }} {{ (1, 2) }}", r#"{"b":1,"a":1.10} [1,2]"#),
    (
        "{{ 'a' if event.missing else 'b' }}{{ event.missing or event.null or 'c' }}{{ event.x and 'd' }}",
        "bcd",
    ),
    ("{{ event.text | truncate(event.x) }}{{ event.missing | uppercase }}{{ event.empty | to_json }}", "5"),
];

fn templates_print() {
    for (template, expected) in PRINTED {
        assert_eq!(
            print(&mapping(&[template]), EVENT).as_deref(),
            Ok(&[(*expected).to_owned()][..]),
            "{template}"
        );
    }
}

/// `email` and `x` are fields, with the values `field` and 7.
const SCOPES: &[(&str, &str)] = &[
    ("{{ email }}{% for email in event.emails %}{{ email }}{% endfor %}{{ email }}", "fieldabfield"),
    (
        "{% for email in event.emails %}{% for email in [1, 2] %}{{ email }}{% endfor %}{{ email }}{% endfor %}",
        "12a12b",
    ),
    ("{% for email in event.emails if email != 'a' %}{{ email }}{% endfor %}{{ email }}", "bfield"),
    ("{% for email in [email] %}{{ email }}!{% endfor %}", "field!"),
    ("{% for email in [] %}{% else %}{{ email }}{% endfor %}", "field"),
    ("{{ email }}{% set email = email ~ '2' %}{{ email }}", "fieldfield2"),
    ("{% if event.missing %}{% set email = 'set' %}{% endif %}{{ email }}", "field"),
    ("{% if event.x %}{% set email = 'set' %}{% endif %}{{ email }}", "set"),
    ("{% if event.missing %}{% set other = 'set' %}{% endif %}[{{ other }}]", "[]"),
    ("{% for e in event.emails %}{{ x }}{% set x = e %}{{ x }}{% endfor %}{{ x }}", "7a7b7"),
    ("{% for e in event.emails %}{% if e == 'a' %}{% set x = e %}{% endif %}{{ x }}{% endfor %}", "a7"),
    (
        "{% set x = 1 %}{% for e in event.emails %}{% if loop.last %}{% set x = 2 %}{% endif %}{{ x }}{% endfor %}{{ x }}",
        "121",
    ),
    ("{% with email = 1 %}{{ email }}{% endwith %}{{ email }}", "1field"),
    ("{% set event = 1 %}{{ event }}{{ email }}", "1field"),
    ("{% for email, x in event.pairs %}{{ email }}{{ x }}{% endfor %}{{ email }}{{ x }}", "a1b2field7"),
    ("{% set y %}{{ email }}{% set email = 1 %}{{ email }}{% endset %}{{ y }}{{ email }}", "field1field"),
];

fn names_follow_scopes() {
    for (template, expected) in SCOPES {
        assert_eq!(
            print(&mapping(&[template]), EVENT).as_deref(),
            Ok(&[(*expected).to_owned()][..]),
            "{template}"
        );
    }
}

const REFUSED: &[(&str, &str)] = &[
    ("{{ event.text + 1 }}", "`+` needs two numbers or two texts; join them with `~`"),
    ("{{ 1 + event.text }}", "`+` needs two numbers or two texts; join them with `~`"),
    ("{{ event.yes + 1 }}", "`+` needs two numbers, not true or false"),
    ("{{ event.missing + 1 }}", "`+` needs two numbers, and one is missing"),
    ("{{ event.x / 0 }}", "`/` cannot divide by zero"),
    ("{{ event.x % event.zero }}", "`%` cannot divide by zero"),
    ("{{ event.big + 1 }}", "`+` cannot compute this exactly"),
    ("{{ event.n ** 9 }}", "`**` cannot compute this exactly"),
    ("{{ event.text * 3 }}", "`*` needs two numbers, not text"),
    ("{{ -event.text }}", "`-` needs a number"),
    ("{% for a, b in event.emails %}{% endfor %}", "several names need a list"),
    (
        "{% for a, b, c in event.pairs %}{% endfor %}",
        "3 names cannot take the values of a list of another length",
    ),
    ("{% for a in event.x %}{% endfor %}", "a loop cannot run over a number"),
    ("{{ event.list[::0] }}", "the step of `[ : ]` must not be 0"),
    ("{{ event.list['a':] }}", "the bounds of `[ : ]` must be whole numbers"),
    ("{{ 5 in event.text }}", "`in` looks only for text in text"),
    ("{{ 5 in event.x }}", "`in` needs a list, a map or text, not a number"),
    ("{{ event.text | truncate(event.text) }}", "the argument of `truncate` is not one that it takes"),
    ("{{ event.list | sum | add(event.big) }}", "`add` cannot add these numbers exactly"),
    (
        "{% for a in [1, 2, 3, 4, 5] %}{% for b in [1, 2, 3, 4, 5] %}{% for c in [1, 2, 3, 4, 5] %}{% for d in [1, 2, 3, 4, 5] %}{% for e in [1, 2, 3, 4, 5] %}{% for f in [1, 2, 3, 4, 5] %}{% for g in [1, 2, 3, 4, 5] %}{{ g }}{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}{% endfor %}",
        "the template takes too many steps",
    ),
];

fn templates_refuse() {
    for (template, reason) in REFUSED {
        match print(&mapping(&[template]), EVENT) {
            Err(message) => assert!(message.starts_with(reason), "{template}: {message}"),
            Ok(texts) => panic!("{template} prints {texts:?}"),
        }
    }
}

/// JSON numbers of every spelling, among them those that no double represents.
fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        r"-?(0|[1-9][0-9]{0,25})(\.[0-9]{1,25})?([eE][+-]?[0-9]{1,4})?",
        select(vec!["-0", "1.0", "1.10", "1E2", "1e400", "9223372036854775808", "0.1", "1e-400", "100e-2"])
            .prop_map(str::to_owned),
    ]
}

fn value() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        select(vec!["null", "true", "false", r#""""#]).prop_map(str::to_owned),
        number(),
        ".{0,8}".prop_map(|text| Json::from(text).to_string()),
        "[ ]{0,2}[0-9]{1,4}(\\.[0-9])?".prop_map(|text| Json::from(text).to_string()),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let members = proptest::collection::vec((".{0,3}|a|b", inner.clone()), 0..4);
        prop_oneof![
            proptest::collection::vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
            members.prop_map(|members| {
                let members =
                    members.iter().map(|(key, value)| format!("{}: {value}", Json::from(key.as_str())));
                format!("{{{}}}", members.collect::<Vec<_>>().join(","))
            }),
        ]
    })
}

const EXPRESSIONS: &[&str] = &[
    "event.v",
    "event.v.a",
    "event.v[0]",
    "field",
    "kept",
    "event.v or field.b or 'x'",
    "event.v | string",
    "event.v | to_json",
    "kept | to_json",
    "event.v | number",
    "event.v | add(0.1) | multiply(3) | round(2)",
    "event.v | sum",
    "event.v | unique | join(', ')",
    "event.v | flatten",
    "event.v | lookup({'a': none, '1': 1.50}) or 'other'",
    "event.v | truncate(3) | uppercase",
    "event.v | first | base64",
    "event.v | to_list | first",
    "event.v | unix_seconds",
    "event.v | replace(text='a', with='b')",
    "1.50",
    "true",
    "none",
];

fn logic_prints_what_pieces_print() {
    let config =
        Config { failure_persistence: None, rng_seed: RngSeed::Fixed(1), cases: 2000, ..Config::default() };
    let engines: Vec<_> = EXPRESSIONS.iter().map(|expression| both(expression)).collect();
    let ran = TestRunner::new(config).run(&value(), |json| {
        for (expression, loaded) in EXPRESSIONS.iter().zip(&engines) {
            let event = format!("{{\"v\": {json}}}");
            match loaded.iter().map(|loaded| print(loaded, &event)).collect::<Vec<_>>().as_slice() {
                [Ok(pieces), Ok(logic)] => prop_assert_eq!(pieces, logic, "{}", expression),
                [Err(_), Err(_)] => {}
                other => prop_assert!(false, "{expression}: {other:?}"),
            }
        }
        Ok(())
    });
    ran.unwrap_or_else(|failure| panic!("{failure}"));
}

/// The expression in a template without logic, and in one with.
fn both(expression: &str) -> [Loaded; 2] {
    [format!("{{{{ {expression} }}}}"), format!("{{% if true %}}{{{{ {expression} }}}}{{% endif %}}")].map(
        |template| {
            let template = Json::from(format!("={template}"));
            let text = format!(
                "destination: t\nlanguage: 1\nfields:\n  field: $.v\n  kept: {{ from: $.v, keep_empty: true }}\nrules:\n  \
                 - name: all\n    request:\n      endpoint: https://api.example.com/\n      body:\n        t0: {template}\n"
            );
            mapwright::load("t.yaml", &[("t.yaml", text.as_str())])
        },
    )
}

//! Mappings that are nested deeply or have very many parts: loading them ends with findings or an engine, on a small stack
//! and after work that grows no faster than the mapping.

use std::fmt::Write as _;

use mapwright::internal::diag::{github, json, sarif};

use crate::load::load;

tests![
    nothing_overflows_a_small_stack,
    chains_and_nesting_up_to_the_limit_are_accepted,
    many_unknown_names_do_not_cost_their_product,
    many_findings_on_one_line_do_not_cost_their_product,
    many_conditions_do_not_cost_their_product
];

/// The stack of the threads in which these mappings are loaded: what `std::thread::spawn` gives, and a quarter of it in
/// an optimized build, whose frames are smaller.
const STACK_BYTES: usize = if cfg!(debug_assertions) { 2 << 20 } else { 512 << 10 };

/// A text in which each part is repeated `count` times: `[before, opening, middle, closing, after]`.
fn repeated([before, opening, middle, closing, after]: [&str; 5], count: usize) -> String {
    format!("{before}{}{middle}{}{after}", opening.repeat(count), closing.repeat(count))
}

/// Templates. Only `closing` may be empty.
const TEMPLATES: [(&str, [&str; 5]); 27] = [
    ("minus", ["{{ ", "-", "1", "", " }}"]),
    ("not", ["{{ ", "not ", "1", "", " }}"]),
    ("plus", ["{{ ", "1 + ", "1", "", " }}"]),
    ("power", ["{{ ", "2 ** ", "1", "", " }}"]),
    ("tilde", ["{{ ", "event.a ~ ", "1", "", " }}"]),
    ("or", ["{{ ", "event.a or ", "1", "", " }}"]),
    ("and", ["{{ ", "event.a and ", "1", "", " }}"]),
    ("in", ["{{ ", "1 in ", "1", "", " }}"]),
    ("equal", ["{{ ", "1 == ", "1", "", " }}"]),
    ("is", ["{{ 1", " is defined", "", "", " }}"]),
    ("ternary", ["{{ ", "1 if event.a else ", "1", "", " }}"]),
    ("filters", ["{{ event.a", "|trim", "", "", " }}"]),
    ("filter arguments", ["{{ event.a", "|replace(event.a", "", ")", " }}"]),
    ("members", ["{{ event", ".a", "", "", " }}"]),
    ("quoted members", ["{{ event", "['a']", "", "", " }}"]),
    ("computed members", ["{{ event", "[event.a]", "", "", " }}"]),
    ("nested members", ["{{ ", "event[", "1", "]", " }}"]),
    ("slices", ["{{ event", "[1:2]", "", "", " }}"]),
    ("parentheses", ["{{ ", "(", "event.a", ")", " }}"]),
    ("lists", ["{{ ", "[", "event.a", "]", " }}"]),
    ("maps", ["{{ ", "{'a':", "event.a", "}", " }}"]),
    ("elif", ["{% if event.a %}a", "{% elif event.b %}b", "", "", "{% endif %}"]),
    ("if", ["", "{% if event.a %}", "b", "{% endif %}", ""]),
    ("for", ["", "{% for x in event.a %}", "b", "{% endfor %}", ""]),
    ("set block", ["", "{% set a %}", "b", "{% endset %}", ""]),
    ("targets", ["{% set ", "(", "a", ")", " = 1 %}"]),
    ("not closed", ["{{ ", "(", "", "", ""]),
];

/// Paths and patterns.
const PATHS: [(&str, [&str; 5]); 12] = [
    ("names", ["$", ".a", "", "", ""]),
    ("names after a wildcard", ["$[*]", ".a", "", "", ""]),
    ("descendants", ["$", "..a", "", "", ""]),
    ("wildcards", ["$", "[*]", "", "", ""]),
    ("indexes", ["$[", "0,", "0", "", "]"]),
    ("filters in parentheses", ["$[?", "(", "@.a", ")", "]"]),
    ("negated filters", ["$[?", "!(", "@.a", ")", "]"]),
    ("nested filters", ["$[?", "@[?", "@.a", "]", "]"]),
    ("functions", ["$[?", "value(@[?", "@.a", "])", " == 1]"]),
    ("or", ["$[?", "@.a || ", "@.a", "", "]"]),
    ("long names in filters", ["$[?@", ".a", "", "", "]"]),
    ("not closed", ["$[?", "(", "", "", ""]),
];

const PATTERNS: [(&str, [&str; 5]); 6] = [
    ("groups", ["", "(", "a", ")", ""]),
    ("repeated groups", ["", "(?:", "a", ")*", ""]),
    ("alternatives", ["", "a|", "a", "", ""]),
    ("nested alternatives", ["", "(a|", "a", ")", ""]),
    ("classes", ["", "[", "a", "]", ""]),
    ("repetitions", ["a", "{2}", "", "", ""]),
];

/// A mapping with one rule, whose body has the value `value`, YAML in one line.
fn with_value(value: &str) -> String {
    format!(
        "destination: shop\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://shop.example/\n      \
         body: {{ value: {value} }}\n"
    )
}

/// Loads a mapping on a small stack. Returns whether it loads, and the codes of its findings.
fn load_on_small_stack(text: String) -> (bool, Vec<&'static str>) {
    let load = move || {
        let loaded = load("mapping.yaml", &text);
        let report = loaded.report();
        assert_eq!(report.is_empty(), loaded.findings.is_empty());
        (loaded.engine.is_some(), loaded.findings.iter().map(|found| found.code.id()).collect())
    };
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(load).expect("a thread");
    thread.join().expect("loading does not panic")
}

fn nothing_overflows_a_small_stack() {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
    for count in [20, 100, 1000, 40_000] {
        for (name, parts) in TEMPLATES {
            let (loads, codes) = load_on_small_stack(with_value(&quoted(&repeated(parts, count))));
            assert!(loads || !codes.is_empty(), "{name}");
            assert!(count < 1000 || !loads, "{name}: {count} are accepted");
        }
        for (_, parts) in PATHS {
            load_on_small_stack(with_value(&quoted(&repeated(parts, count))));
        }
        for (_, parts) in PATTERNS {
            let pattern = repeated(parts, count);
            load_on_small_stack(with_value(&format!(
                "{{ from: $.a, transform: {{ replace: {{ pattern: {}, with: b }} }} }}",
                quoted(&pattern)
            )));
            load_on_small_stack(with_value(&format!(
                "{{ from: $.a, when: {{ $.a: {{ matches: {} }} }} }}",
                quoted(&pattern)
            )));
            let query = format!("$[?match(@.a, {})]", quoted(&pattern));
            load_on_small_stack(with_value(&quoted(&query)));
        }
    }
    for [opening, closing] in [
        ["[", "]"],
        ["{ a: ", "}"],
        ["{ merge: [", "] }"],
        ["{ from: $.a, default: ", "}"],
        ["{ when: { not: { any: [ $.a ] } }, from: [", "] }"],
    ] {
        for count in [10, 20, 60, 5000] {
            // The deepest template in the deepest value.
            let template = quoted(&repeated(["{{ ", "(", "event.a", ")", " }}"], 31));
            load_on_small_stack(with_value(&repeated(["", opening, &template, closing, ""], count)));
        }
    }
}

fn chains_and_nesting_up_to_the_limit_are_accepted() {
    for (value, loads) in [
        (repeated(["{{ ", "event.a ~ ", "1", "", " }}"], 60), true),
        (repeated(["{{ ", "event.a ~ ", "1", "", " }}"], 129), false),
        (repeated(["{{ ", "(", "event.a", ")", " }}"], 32), true),
        (repeated(["{{ ", "(", "event.a", ")", " }}"], 33), false),
        (repeated(["", "{% if event.a %}", "b", "{% endif %}", ""], 32), true),
        (repeated(["", "{% if event.a %}", "b", "{% endif %}", ""], 33), false),
        (repeated(["", "{% if event.a %}b{% endif %}", "", "", ""], 500), true),
        (repeated(["{% if event.a %}a", "{% elif event.b %}b", "", "", "{% endif %}"], 120), true),
        (repeated(["{% if event.a %}a", "{% elif event.b %}b", "", "", "{% endif %}"], 130), false),
        (repeated(["", "{{ event.a }}", "", "", ""], 500), true),
        (repeated(["{% for x in [", "event.a, ", "1", "", "] %}{{ x }}{% endfor %}"], 500), true),
        (repeated(["{% set x = 1 %}", "{% set x = 2 %}", "{{ x }}", "", ""], 100), true),
        (repeated(["{# ", "( ", "", "", "#}{{ event.a }}"], 500), true),
        (repeated(["{{ event.a ~ '", "(", "", "", "' }}"], 500), true),
    ] {
        let (loaded, codes) = load_on_small_stack(with_value(&format!("\"{value}\"")));
        assert_eq!(loaded, loads, "{value}: {codes:?}");
    }
    for (path, loads) in [
        (repeated(["$[?", "(", "@.a == 'x'", ")", "]"], 7), true),
        (repeated(["$[?", "(", "@.a == 'x'", ")", "]"], 8), false),
        (repeated(["$[?@.a == '", "(", "", "", "']"], 100), true),
        (repeated(["$[?", "@.a == 'x' || ", "@.b", "", "]"], 200), true),
        (repeated(["$[?", "@.a == 'x' || ", "@.b", "", "]"], 400), false),
    ] {
        let (loaded, codes) = load_on_small_stack(with_value(&format!("\"{path}\"")));
        assert_eq!(loaded, loads, "{path}: {codes:?}");
    }
}

/// With the product of both numbers, this would take minutes in a build without optimization.
fn many_unknown_names_do_not_cost_their_product() {
    let count = 3000;
    let mut text = "destination: shop\nlanguage: 1\nfields:\n".to_owned();
    (0..count).for_each(|index| _ = writeln!(text, "  name_{index}: $.a"));
    text.push_str(
        "rules:\n  - name: all\n    request:\n      endpoint: https://shop.example/\n      body:\n",
    );
    (0..count).for_each(|index| _ = writeln!(text, "        k{index}: $nmae_{index}"));
    let loaded = load("mapping.yaml", &text);
    let unknown: Vec<_> = loaded.findings.iter().filter(|found| found.code.id() == "P201").collect();
    assert!(unknown.len() >= count, "{}", unknown.len());
    assert!(unknown[0].message.ends_with("did you mean `name_0`?"), "{}", unknown[0].message);
}

fn many_findings_on_one_line_do_not_cost_their_product() {
    let count = 20_000;
    let keys = (0..count).fold(String::new(), |keys, index| keys + &format!("größe_{index}: yes, "));
    let text = format!("destination: shop\nlanguage: 1\nrules: [ {{ {keys} }} ]\n");
    let loaded = load("mapping.yaml", &text);
    assert!(loaded.findings.len() >= count);
    let findings = [(loaded.findings.as_slice(), &loaded.sources)];
    let report = loaded.report();
    assert!(report.len() < 1000 * loaded.findings.len(), "only a part of the line is shown");
    for report in [json(&findings), sarif(&findings), github(&findings)] {
        assert!(report.lines().count() > count);
    }
}

fn many_conditions_do_not_cost_their_product() {
    let count = 2000;
    let mut text = "destination: shop\nlanguage: 1\nrules:\n  - name: all\n    require:\n".to_owned();
    (0..count).for_each(|index| _ = writeln!(text, "      - {{ check: $.a{index}, error: none }}"));
    text.push_str("    request:\n      endpoint: https://shop.example/\n      body:\n");
    (0..count).for_each(|index| _ = writeln!(text, "        k{index}: $.b{index}"));
    assert!(load("mapping.yaml", &text).engine.is_some());
}

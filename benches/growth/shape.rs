//! Mappings and events of every size.

use std::fmt::Write as _;

type Mapping = fn(usize) -> String;
type Event = fn(usize) -> String;

const HEAD: &str = "destination: growth\nlanguage: 1\n";

/// Mappings of so many rules that are loaded.
pub(crate) const LOADED: [(&str, Mapping); 4] = [
    ("rules that ask for the type and the event", |count| {
        rules(count, "", |at| format!("when: {{ $.type: track, $.event: event {at} }}"))
    }),
    ("rules with a field and a condition each", |count| {
        let mut own = "fields:\n".to_owned();
        (0..count).for_each(|at| _ = writeln!(own, "  field_{at}: [$.properties.a{at}, $.traits.a{at}]"));
        own.push_str("conditions:\n");
        (0..count).for_each(|at| _ = writeln!(own, "  condition-{at}: {{ $field_{at}: {{ is: filled }} }}"));
        rules(count, &own, |at| format!("when: condition-{at}"))
    }),
    ("rules laid over another mapping", |count| {
        let mut text = "extends: june.yaml\nlanguage: 1\nrules:\n".to_owned();
        for at in 0..count {
            let _ = write!(
                text,
                "  - name: rule-{at}\n    before: unsupported\n    when: {{ $.event: event {at} }}\n    drop: true\n"
            );
        }
        text
    }),
    ("rules that can be sent together", |count| {
        let names: Vec<String> = (0..count).map(|at| format!("rule-{at}")).collect();
        let own = format!(
            "batch:\n  rules: [{}]\n  max_items: 10\n  wrap: {{ batch: $items }}\n",
            names.join(", ")
        );
        rules(count, &own, |at| format!("when: {{ $.event: event {at} }}"))
    }),
];

/// Mappings of so many rules, of which one takes [`chosen_event`].
pub(crate) const CHOSEN: [(&str, Mapping); 4] = [
    ("by the event", |count| rules(count, "", |at| format!("when: {{ $.event: event {at} }}"))),
    ("by the type and the event, named conditions", |count| {
        let mut own = "fields: { type: { from: $.type, transform: lowercase } }\nconditions:\n".to_owned();
        (0..count).for_each(|at| _ = writeln!(own, "  is-{at}: {{ $type: track, $.event: event {at} }}"));
        rules(count, &own, |at| format!("when: is-{at}"))
    }),
    ("by the type", |count| {
        rules(count, "", |at| {
            let expectations = if at == 9 { "track".to_owned() } else { format!("type {at}") };
            format!("when: {{ $.type: {expectations} }}")
        })
    }),
    ("by the event, where each rule reads a value of its own", |count| {
        let mut own = "fields:\n".to_owned();
        (0..count).for_each(|at| _ = writeln!(own, "  own_{at}: [$.traits.a{at}, $.userId]"));
        let mut text = format!("{HEAD}{own}rules:\n");
        for at in 0..count {
            let _ = write!(
                text,
                "  - name: rule-{at}\n    when: {{ $.event: event {at} }}\n    request:\n      endpoint: https://example.com/{at}\n      body: {{ own: $own_{at} }}\n"
            );
        }
        text
    }),
];

/// The event that the tenth rule takes.
pub(crate) fn chosen_event() -> String {
    r#"{"type":"track","event":"event 9","userId":"u-1","properties":{"name":"n","size":3}}"#.to_owned()
}

/// Bodies with the events of so many bytes that they are made of.
pub(crate) const SIZED: [(&str, &str, Event); 10] = [
    ("properties passed through", "$.properties", |size| flat(size, "")),
    ("as one of several values", "{ id: $.userId, data: $.properties }", |size| flat(size, "")),
    ("properties written on several lines", "$.properties", |size| flat(size, "\r")),
    ("traits and properties merged", "{ merge: [$.traits, $.properties, { more: 1 }] }", |size| {
        let half = members(size / 2, "");
        format!(r#"{{"type":"track","traits":{{{half}}},"properties":{{"own":1,{half}}}}}"#)
    }),
    ("except", "{ from: $.properties, except: [key 3, key 5, other] }", |size| flat(size, "")),
    ("flatten, wide", "{ from: $.properties, transform: flatten }", |size| {
        nested(size, r#"{"a":{"b":1,"c":[1,2]},"d":"text"}"#)
    }),
    ("flatten, deep", "{ from: $.properties, transform: flatten }", |size| {
        nested(size, &format!("{}1{}", r#"{"a":"#.repeat(60), "}".repeat(60)))
    }),
    ("as JSON text", "{ text: { from: $.properties, transform: to_json } }", |size| {
        nested(size, r#"{"a":"say \"a\"","b":[1,2.50,null]}"#)
    }),
    (
        "each value changed",
        "{ from: $.properties, transform: { each_value: [string, uppercase] } }",
        |size| flat(size, ""),
    ),
    (
        "one long text",
        "{ text: { from: $.text, transform: [trim, { replace: { text: a, with: bc } }] } }",
        |size| format!(r#"{{"type":"track","text":"{}"}}"#, r"bread \u00e9 ".repeat(size / 13)),
    ),
];

/// What a rule does with [`products`].
pub(crate) const LISTED: [(&str, &str); 9] = [
    (
        "a map for each element",
        "body: { all: { for_each: $.products, make: { sku: $item.sku, cents: { from: $item.price, transform: [{ multiply: 100 }, round] } } } }",
    ),
    ("a request for each element", "for_each: $.products\n      body: { sku: $item.sku, id: $.userId }"),
    (
        "elements for which a condition holds",
        "body: { all: { for_each: $.products, make: { when: { $item.price: { more_than: 1 } }, from: $item.sku } } }",
    ),
    ("$.products[*].sku", "body: { all: '$.products[*].sku' }"),
    (
        "each, unique, join",
        "body: { all: { from: '$.products[*].sku', transform: [{ each: [string, lowercase] }, unique, { join: '|' }] } }",
    ),
    ("columns", "body: { from: $.products, transform: columns }"),
    ("from_pairs", "body: { from: $.products, transform: { from_pairs: { key: sku, value: price } } }"),
    ("concat", "body: { all: { concat: [$.products, $.products, 1] } }"),
    (
        "every, some",
        "when: { $.products: { every: { is: object }, size: { at_least: 2 } } }\n      body: { all: $.products }",
    ),
];

/// Mappings of so many values with the events that hold them.
pub(crate) const MAPPED: [(&str, Mapping, Event); 5] = [
    ("$.properties.name", |count| mapped(count, "", |at| format!("$.properties.f{at}")), many),
    (
        "a field each",
        |count| {
            let mut own = "fields:\n".to_owned();
            (0..count).for_each(|at| _ = writeln!(own, "  n{at}: [$.traits.f{at}, $.properties.f{at}]"));
            mapped(count, &own, |at| format!("$n{at}"))
        },
        many,
    ),
    (
        "$properties.name",
        |count| mapped(count, "fields: { properties: $.properties }\n", |at| format!("$properties.f{at}")),
        many,
    ),
    (
        "$.list[n]",
        |count| mapped(count, "", |at| format!("'$.list[{at}]'")),
        |count| {
            let items: Vec<String> = (0..count).map(|at| format!("\"item {at}\"")).collect();
            format!(r#"{{"type":"track","list":[{}]}}"#, items.join(","))
        },
    ),
    (
        "$.properties.name, of which the event has ten",
        |count| mapped(count, "", |at| format!("{{ from: $.properties.f{at}, default: none }}")),
        |_| many(10),
    ),
];

/// A mapping of one rule with this body.
pub(crate) fn body(body: &str) -> String {
    request(&format!("body: {body}"))
}

/// A mapping of one rule with these parts of a request.
pub(crate) fn request(rest: &str) -> String {
    format!("{HEAD}rules:\n  - name: all\n    request:\n      endpoint: https://example.com\n      {rest}\n")
}

/// An event with so many products.
pub(crate) fn products(length: usize) -> String {
    let items: Vec<String> =
        (0..length).map(|at| format!(r#"{{"sku":"SKU-{at}","price":{at}.25,"name":"a product"}}"#)).collect();
    format!(r#"{{"type":"track","userId":"u-1","products":[{}]}}"#, items.join(","))
}

fn rules(count: usize, own: &str, when: impl Fn(usize) -> String) -> String {
    let mut text = format!("{HEAD}{own}rules:\n");
    for at in 0..count {
        let _ = write!(
            text,
            "  - name: rule-{at}\n    {}\n    request:\n      endpoint: \"https://example.com/{at}/{{{{ event.userId | url_encode }}}}\"\n      body: {{ id: $.userId, name: {{ from: [$.properties.name, $.name], default: rule {at} }} }}\n",
            when(at)
        );
    }
    text
}

fn mapped(count: usize, own: &str, value: impl Fn(usize) -> String) -> String {
    let mut text = format!(
        "{HEAD}{own}rules:\n  - name: all\n    request:\n      endpoint: https://example.com\n      body:\n"
    );
    (0..count).for_each(|at| _ = writeln!(text, "        out_{at}: {}", value(at)));
    text
}

/// An event with so many properties.
fn many(count: usize) -> String {
    let all: Vec<String> = (0..count).map(|at| format!(r#""f{at}":"value {at}""#)).collect();
    format!(r#"{{"type":"track","properties":{{{}}}}}"#, all.join(","))
}

/// An event of so many bytes, most of them properties of different names; `blank` stands between them.
fn flat(size: usize, blank: &str) -> String {
    format!(r#"{{"type":"track","userId":"u-1","properties":{{{}}}}}"#, members(size, blank))
}

fn members(size: usize, blank: &str) -> String {
    let mut text = String::with_capacity(size + 32);
    for at in 0.. {
        let _ = write!(text, r#""key {at}":{blank}"value {at}""#);
        if text.len() >= size {
            return text;
        }
        text.push(',');
    }
    text
}

/// An event of so many bytes with the same value in many properties.
fn nested(size: usize, value: &str) -> String {
    let all: Vec<String> =
        (0..(size / (value.len() + 8)).max(1)).map(|at| format!(r#""k{at}":{value}"#)).collect();
    format!(r#"{{"type":"track","properties":{{{}}}}}"#, all.join(","))
}

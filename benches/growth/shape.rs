//! Generated mappings and events of any size.

use std::fmt::Write as _;

type Mapping = fn(usize) -> String;
type Event = fn(usize) -> String;

const HEAD: &str = "destination: growth\nlanguage: 1\n";

/// Mappings with a given number of rules, for loading.
pub(crate) const LOADING: [(&str, Mapping); 4] = [
    ("rules that test the type and the event", |count| {
        rules(count, "", |index| format!("when: {{ $.type: track, $.event: event {index} }}"))
    }),
    ("rules with one field and one condition each", |count| {
        let mut own = "fields:\n".to_owned();
        (0..count).for_each(|index| {
            _ = writeln!(own, "  field_{index}: [$.properties.a{index}, $.traits.a{index}]");
        });
        own.push_str("conditions:\n");
        (0..count).for_each(|index| {
            _ = writeln!(own, "  condition-{index}: {{ $field_{index}: {{ is: filled }} }}");
        });
        rules(count, &own, |index| format!("when: condition-{index}"))
    }),
    ("rules added to another mapping", |count| {
        let mut text = "extends: june.yaml\nlanguage: 1\nrules:\n".to_owned();
        for index in 0..count {
            let _ = write!(
                text,
                "  - name: rule-{index}\n    before: unsupported\n    when: {{ $.event: event {index} }}\n    drop: true\n"
            );
        }
        text
    }),
    ("rules in a batch", |count| {
        let names: Vec<String> = (0..count).map(|index| format!("rule-{index}")).collect();
        let own = format!(
            "batch:\n  rules: [{}]\n  max_items: 10\n  wrap: {{ batch: $items }}\n",
            names.join(", ")
        );
        rules(count, &own, |index| format!("when: {{ $.event: event {index} }}"))
    }),
];

/// Mappings with a given number of rules, one of which matches [`selected_event`].
pub(crate) const SELECTION: [(&str, Mapping); 4] = [
    ("by the event", |count| rules(count, "", |index| format!("when: {{ $.event: event {index} }}"))),
    ("by the type and the event, named conditions", |count| {
        let mut own = "fields: { type: { from: $.type, transform: lowercase } }\nconditions:\n".to_owned();
        (0..count)
            .for_each(|index| _ = writeln!(own, "  is-{index}: {{ $type: track, $.event: event {index} }}"));
        rules(count, &own, |index| format!("when: is-{index}"))
    }),
    ("by the type", |count| {
        rules(count, "", |index| {
            let expected = if index == 9 { "track".to_owned() } else { format!("type {index}") };
            format!("when: {{ $.type: {expected} }}")
        })
    }),
    ("by the event, each rule with its own field", |count| {
        let mut own = "fields:\n".to_owned();
        (0..count).for_each(|index| _ = writeln!(own, "  own_{index}: [$.traits.a{index}, $.userId]"));
        let mut text = format!("{HEAD}{own}rules:\n");
        for index in 0..count {
            let _ = write!(
                text,
                "  - name: rule-{index}\n    when: {{ $.event: event {index} }}\n    request:\n      endpoint: https://example.com/{index}\n      body: {{ own: $own_{index} }}\n"
            );
        }
        text
    }),
];

/// The event that the tenth rule matches.
pub(crate) fn selected_event() -> String {
    r#"{"type":"track","event":"event 9","userId":"u-1","properties":{"name":"n","size":3}}"#.to_owned()
}

/// Bodies, each with an event of a given number of bytes.
pub(crate) const EVENT_SIZES: [(&str, &str, Event); 10] = [
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

/// Parts of a request that process the list of [`products`].
pub(crate) const LISTS: [(&str, &str); 9] = [
    (
        "a map for each element",
        "body: { all: { for_each: $.products, make: { sku: $item.sku, cents: { from: $item.price, transform: [{ multiply: 100 }, round] } } } }",
    ),
    ("a request for each element", "for_each: $.products\n      body: { sku: $item.sku, id: $.userId }"),
    (
        "elements that match a condition",
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

/// Mappings with a given number of values, each with an event that contains them.
pub(crate) const VALUES: [(&str, Mapping, Event); 5] = [
    ("$.properties.name", |count| mapped(count, "", |index| format!("$.properties.f{index}")), many),
    (
        "one field per value",
        |count| {
            let mut own = "fields:\n".to_owned();
            (0..count).for_each(|index| {
                _ = writeln!(own, "  n{index}: [$.traits.f{index}, $.properties.f{index}]");
            });
            mapped(count, &own, |index| format!("$n{index}"))
        },
        many,
    ),
    (
        "$properties.name",
        |count| {
            mapped(count, "fields: { properties: $.properties }\n", |index| format!("$properties.f{index}"))
        },
        many,
    ),
    (
        "$.list[n]",
        |count| mapped(count, "", |index| format!("'$.list[{index}]'")),
        |count| {
            let items: Vec<String> = (0..count).map(|index| format!("\"item {index}\"")).collect();
            format!(r#"{{"type":"track","list":[{}]}}"#, items.join(","))
        },
    ),
    (
        "$.properties.name, ten of which exist",
        |count| mapped(count, "", |index| format!("{{ from: $.properties.f{index}, default: none }}")),
        |_| many(10),
    ),
];

/// A mapping with one rule, whose request has this body.
pub(crate) fn body(body: &str) -> String {
    request(&format!("body: {body}"))
}

/// A mapping with one rule, whose request has these parts.
pub(crate) fn request(rest: &str) -> String {
    format!("{HEAD}rules:\n  - name: all\n    request:\n      endpoint: https://example.com\n      {rest}\n")
}

/// An event with `length` products.
pub(crate) fn products(length: usize) -> String {
    let items: Vec<String> = (0..length)
        .map(|index| format!(r#"{{"sku":"SKU-{index}","price":{index}.25,"name":"a product"}}"#))
        .collect();
    format!(r#"{{"type":"track","userId":"u-1","products":[{}]}}"#, items.join(","))
}

fn rules(count: usize, own: &str, when: impl Fn(usize) -> String) -> String {
    let mut text = format!("{HEAD}{own}rules:\n");
    for index in 0..count {
        let _ = write!(
            text,
            "  - name: rule-{index}\n    {}\n    request:\n      endpoint: \"https://example.com/{index}/{{{{ event.userId | url_encode }}}}\"\n      body: {{ id: $.userId, name: {{ from: [$.properties.name, $.name], default: rule {index} }} }}\n",
            when(index)
        );
    }
    text
}

fn mapped(count: usize, own: &str, value: impl Fn(usize) -> String) -> String {
    let mut text = format!(
        "{HEAD}{own}rules:\n  - name: all\n    request:\n      endpoint: https://example.com\n      body:\n"
    );
    (0..count).for_each(|index| _ = writeln!(text, "        out_{index}: {}", value(index)));
    text
}

/// An event with `count` properties.
fn many(count: usize) -> String {
    let members: Vec<String> = (0..count).map(|index| format!(r#""f{index}":"value {index}""#)).collect();
    format!(r#"{{"type":"track","properties":{{{}}}}}"#, members.join(","))
}

/// An event of about `size` bytes, most of them properties with different names. `separator` is written after each colon.
fn flat(size: usize, separator: &str) -> String {
    format!(r#"{{"type":"track","userId":"u-1","properties":{{{}}}}}"#, members(size, separator))
}

/// Members of a JSON object, `size` bytes or slightly more.
fn members(size: usize, separator: &str) -> String {
    let mut text = String::with_capacity(size + 32);
    for index in 0.. {
        let _ = write!(text, r#""key {index}":{separator}"value {index}""#);
        if text.len() >= size {
            return text;
        }
        text.push(',');
    }
    text
}

/// An event of about `size` bytes, with the same value in many properties.
fn nested(size: usize, value: &str) -> String {
    let members: Vec<String> =
        (0..(size / (value.len() + 8)).max(1)).map(|index| format!(r#""k{index}":{value}"#)).collect();
    format!(r#"{{"type":"track","properties":{{{}}}}}"#, members.join(","))
}

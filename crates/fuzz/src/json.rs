//! Random JSON, and random changes of JSON.

use serde_json::Value;

use crate::random::Random;

/// Scalars as JSON, among them those that some code treats specially.
const SCALARS: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "1",
    "-1",
    "1.0",
    "1.10",
    "1E2",
    "0.1",
    "2.5",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775809",
    "123456789012345678901234567890123456789012",
    "1e400",
    "1e-400",
    "1709618828900",
    "1709618828",
    "\"\"",
    "\" \"",
    "\"a\"",
    "\"é\"",
    "\"😀\"",
    "\"\\u0000\"",
    "\"\\ud83d\\ude00\"",
    "\"a\\nb\"",
    "\"<a&b>\"",
    "\"1\"",
    "\" 12.50 \"",
    "\"12px\"",
    "\"true\"",
    "\"NaN\"",
    "\"ann@example.com\"",
    "\"2024-03-05T06:07:08.900Z\"",
    "\"9999-12-31\"",
    "\"24:00\"",
    "\"03/05/2024\"",
    "\"https://a.example/b?c=d#e\"",
    "\"..\"",
    "\".\"",
    "\"%2e%2e\"",
    "\"..;\"",
    "\"a/../b\"",
    "\"\\\\..\\\\\"",
    "\"//evil.example\"",
    "\"@evil.example\"",
    "\"?x=#y\"",
    "\"{{ event }}\"",
    "\"$.a\"",
    "\"[[[]]]\"",
    "\"{\\\"a\\\":1}\"",
    "\"YWJj\"",
    "\"track\"",
    "\"identify\"",
];

const KEYS: &[&str] = &[
    "a",
    "b",
    "",
    "a.b",
    "type",
    "event",
    "userId",
    "anonymousId",
    "traits",
    "properties",
    "context",
    "email",
    "name",
    "products",
    "list",
    "timestamp",
    "key",
    "é",
    "from",
    "id",
    "0",
];

/// A random JSON text of at most so many levels.
pub fn any(levels: usize, random: &mut Random) -> String {
    let container = levels > 0 && random.below(3) > 0;
    match (container, random.below(8)) {
        (true, 0..4) => {
            let members = (0..random.below(5)).map(|_| {
                let key = Value::from(random.pick(KEYS));
                format!("{key}:{}", any(levels - 1, random))
            });
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        (true, _) => {
            let items = (0..random.below(5)).map(|_| any(levels - 1, random));
            format!("[{}]", items.collect::<Vec<_>>().join(","))
        }
        (false, 0) => Value::from(text(random)).to_string(),
        (false, 1) => number(random),
        (false, _) => random.pick(SCALARS).to_owned(),
    }
}

/// A random text, often with characters that matter in addresses.
pub fn text(random: &mut Random) -> String {
    const ALPHABET: &[&str] = &[
        "a", "Z", "0", "9", " ", "/", ".", "..", "?", "#", "@", ":", "\\", "%", "%2e", "%2F", "é", "😀",
        "\n", "\t", "\0", ";", "&", "=", "+", "'", "\"", "<", "{", "-", "_", "~",
    ];
    (0..random.below(12)).map(|_| random.pick(ALPHABET)).collect()
}

fn number(random: &mut Random) -> String {
    let digits = |most: usize, random: &mut Random| -> String {
        (0..=random.below(most))
            .map(|_| char::from(b'0' + u8::try_from(random.below(10)).unwrap_or(0)))
            .collect()
    };
    let sign = if random.one_in(3) { "-" } else { "" };
    let whole = digits(25, random);
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let fraction = if random.one_in(2) { format!(".{}", digits(20, random)) } else { String::new() };
    let exponent = if random.one_in(4) {
        format!("e{}{}", random.pick(&["", "+", "-"]), digits(3, random))
    } else {
        String::new()
    };
    format!("{sign}{whole}{fraction}{exponent}")
}

/// A JSON text in which some values are replaced, removed, repeated or nested. Text that is not JSON stays as it is.
pub fn changed(text: &str, other: &str, random: &mut Random) -> String {
    let Ok(mut tree) = serde_json::from_str::<Value>(text) else { return text.to_owned() };
    // Marks are replaced in the printed text, since numbers of any spelling must fit.
    let mut marks = Vec::new();
    for _ in 0..=random.below(4) {
        let count = size(&tree);
        let mut at = random.below(count);
        let replacement = match random.below(6) {
            0 => other.to_owned(),
            1 => format!("{}1{}", "[".repeat(1 + random.below(140)), "]".repeat(1 + random.below(140))),
            2 => format!("[{}]", vec![random.pick(SCALARS); random.below(200)].join(",")),
            _ => any(3, random),
        };
        let mark = format!("\u{1}{}\u{1}", marks.len());
        if replace(&mut tree, &mut at, &mark) {
            marks.push(replacement);
        }
    }
    let mut printed = tree.to_string();
    for (index, replacement) in marks.iter().enumerate() {
        printed = printed.replace(&format!("\"\\u0001{index}\\u0001\""), replacement);
    }
    if random.one_in(4) {
        let key = Value::from(random.pick(KEYS));
        printed = printed.replacen('{', &format!("{{{key}:{},", any(2, random)), 1).replace(",}", "}");
    }
    printed
}

/// The number of values in a tree.
fn size(tree: &Value) -> usize {
    1 + match tree {
        Value::Array(items) => items.iter().map(size).sum::<usize>(),
        Value::Object(members) => members.values().map(size).sum(),
        _ => 0,
    }
}

/// Replaces the value number `at` by a text.
fn replace(tree: &mut Value, at: &mut usize, mark: &str) -> bool {
    if *at == 0 {
        *tree = mark.into();
        return true;
    }
    *at -= 1;
    match tree {
        Value::Array(items) => items.iter_mut().any(|item| replace(item, at, mark)),
        Value::Object(members) => members.values_mut().any(|member| replace(member, at, mark)),
        _ => false,
    }
}

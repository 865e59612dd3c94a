//! Invalid arguments are rejected with a helpful message.

use super::step;

/// The step, the keys that lead to the invalid part, the start of the message, and the byte range in that part.
type Row = (&'static str, &'static [&'static str], &'static str, Option<std::ops::Range<usize>>);

const TABLE: &[Row] = &[
    ("truncate", &[], "expected a number of characters (0 or more), found nothing", None),
    ("{ truncate: ten }", &[], "expected a number of characters (0 or more), found the text \"ten\"", None),
    ("{ truncate_bytes: -1 }", &[], "expected a number of bytes (0 or more), found the number -1", None),
    ("{ truncate: 1.5 }", &[], "expected a number of characters (0 or more), found the number 1.5", None),
    (
        "{ join: 1 }",
        &[],
        "expected the separator as text, found the number 1; quote it if you mean text",
        None,
    ),
    ("{ split: [a] }", &[], "expected the separator as text, found a list", None),
    ("{ number: hex }", &[], "expected `loose` or nothing, found the text \"hex\"", None),
    ("{ round: { digit: 2 } }", &["digit"], "unknown key `digit`, expected `digits` or `mode`", None),
    (
        "{ round: { mode: floor } }",
        &["mode"],
        "expected `nearest`, `down` or `up`, found the text \"floor\"",
        None,
    ),
    (
        "{ round: 99 }",
        &[],
        "expected a whole number of digits from -15 to 15, or a map, found the number 99",
        None,
    ),
    (
        "{ round: { digits: 16 } }",
        &["digits"],
        "expected a whole number of digits from -15 to 15, found the number 16",
        None,
    ),
    ("{ slice: [1, 2, 3] }", &[], "expected one or two positions, found a list of 3", None),
    ("{ slice: [1, b] }", &["1"], "expected a whole number, found the text \"b\"", None),
    (
        "{ url_part: port }",
        &[],
        "expected `host`, `path`, `query` or `{ query: name }`, found the text \"port\"",
        None,
    ),
    ("{ hash: crc }", &[], "expected `sha256`, `sha1`, `md5` or `sha512`, found the text \"crc\"", None),
    ("{ base64: encode }", &[], "expected `decode` or nothing, found the text \"encode\"", None),
    (
        "{ map_values: { a: b }, otherwise: $value }",
        &[],
        "`otherwise: $value` would send the text itself; leave `otherwise` out or write `{ keep: true }` to keep the value, or `{ literal: $value }` to send this text",
        None,
    ),
    ("{ compact: all }", &[], "expected `empty`, `deep` or nothing, found the text \"all\"", None),
    (
        "{ unix_seconds: { numbers: seconds } }",
        &["numbers"],
        "expected `keep` or `auto`, found the text \"seconds\"",
        None,
    ),
    (
        "{ flatten: { arrays: none } }",
        &["arrays"],
        "expected `brackets`, `dots` or `keep`, found the text \"none\"",
        None,
    ),
    (
        "{ flatten: _ }",
        &[],
        "expected a map with the key `separator` or `arrays`, found the text \"_\"",
        None,
    ),
    (
        "{ from_pairs: { lowercase_keys: 1 } }",
        &["lowercase_keys"],
        "expected true or false, found the number 1",
        None,
    ),
    ("{ only: { a: 1 } }", &[], "expected a list of key names, found a map", None),
    ("{ except: [a, 1] }", &["1"], "expected text, found the number 1", None),
    ("{ rename: { a: 1 } }", &["a"], "expected the new name as text, found the number 1", None),
    (
        "{ map_values: text }",
        &[],
        "expected a map of `new: old` or `new: [old, …]`, or a list of `{ from, to }`, found the text \"text\"",
        None,
    ),
    ("{ map_values: { a: [x, y], b: x } }", &["b"], "the text \"x\" is replaced twice", None),
    ("{ map_values: { a: [1, x, 1.0] } }", &["a", "2"], "the number 1 is replaced twice", None),
    (
        "{ map_values: [{ from: a, to: 1 }, { from: [b, {}], to: 2 }] }",
        &["1", "from", "1"],
        "expected text, a number, true, false or null, found a map",
        None,
    ),
    ("{ map_values: [{ from: a }] }", &["0"], "expected `to`, the new value", None),
    (
        "{ map_values: [{ from: a, to: b, or: c }] }",
        &["0", "or"],
        "unknown key `or`, expected `from` or `to`",
        None,
    ),
    ("{ map_values: [a] }", &["0"], "expected a map with `from` and `to`, found the text \"a\"", None),
    (
        "{ replace: { with: a } }",
        &[],
        "expected a map with `text` or `regex`, what to search for, found a map without either",
        None,
    ),
    ("replace", &[], "expected a map with `text` or `regex`, found nothing", None),
    ("{ replace: { text: a, regex: b } }", &["regex"], "expected `text` or `regex`, found both", None),
    ("{ replace: { text: '' } }", &["text"], "expected the text to search for, found empty text", None),
    ("{ replace: { regex: 'a(b' } }", &["regex"], "invalid pattern: unclosed group", Some(1..2)),
    ("{ replace: { regex: 'é(?=b)' } }", &["regex"], "`(?=…)` (look-ahead) is not supported", Some(2..5)),
    (
        "{ replace: { regex: '(a)\\1' } }",
        &["regex"],
        "back-references such as `\\1` are not supported",
        Some(3..5),
    ),
    ("{ replace: { regex: '(\\w{500}){500}' } }", &["regex"], "the compiled pattern is too large", None),
    ("{ replace: { regex: '(a)', with: '$2' } }", &["with"], "the pattern has no group `2`", Some(0..2)),
    (
        "{ replace: { regex: '(a)', with: 'x$1y' } }",
        &["with"],
        "the pattern has no group `1y`; write `${1}y` if you mean group 1",
        Some(1..4),
    ),
    ("{ replace: { regex: '(a)', with: '5 $' } }", &["with"], "expected a group after `$`", Some(2..3)),
    ("{ replace: { regex: '(a)', with: '${1' } }", &["with"], "expected `}` after `${`", Some(0..3)),
    (
        "{ format_time: YYYY-MM-DD }",
        &[],
        "expected `iso`, or a pattern with specifiers such as %Y, %m and %d, found the text \"YYYY-MM-DD\"",
        None,
    ),
    ("{ format_time: '%Y %:z' }", &[], "`%:z` is a time zone, but times are always in UTC", Some(3..6)),
    ("{ format_time: '%s' }", &[], "`%s` is not supported; use the operator `unix_seconds`", Some(0..2)),
    ("{ format_time: '%x' }", &[], "`%x` depends on the locale", Some(0..2)),
    ("{ format_time: 'é%E' }", &[], "`%E` is not a valid specifier", Some(2..4)),
    ("{ format_time: '%Y%' }", &[], "`%` is not a valid specifier", Some(2..3)),
];

#[test]
fn invalid_arguments_are_rejected() {
    for (yaml, keys, message, range) in TABLE {
        let Err(error) = step(yaml) else { panic!("{yaml} is accepted") };
        assert!(error.message.starts_with(message), "{yaml}: {}", error.message);
        assert_eq!(error.at, *keys, "{yaml}");
        assert_eq!(error.range, *range, "{yaml}");
        assert!(!error.message.ends_with('.'), "{yaml}: the message must not end with a full stop");
    }
}

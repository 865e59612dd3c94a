//! Edge cases beyond the examples in the table of operators.

use super::{print, step, value};
use crate::value::{Arena, same};

const TABLE: &[(&str, &str, &str)] = &[
    // Conversion to numbers.
    ("number", "12345678901234567890.10", "12345678901234567890.10"),
    ("number", r#""12345678901234567890""#, "12345678901234567890"),
    ("number", r#""\t-3\n""#, "-3"),
    ("number", r#""1e3""#, "1e3"),
    ("number", r#""1e999""#, "—"),
    ("number", r#""0x10""#, "—"),
    ("number", r#""012""#, "12"),
    ("number", r#"".5""#, "0.5"),
    ("number", r#""+5""#, "5"),
    ("number", r#""-5.""#, "-5"),
    ("number", r#"" 5 ""#, "5"),
    ("number", r#""-007.50e1""#, "-75"),
    ("number", r#"".""#, "—"),
    ("number", r#""+-5""#, "—"),
    ("number", r#""5e""#, "—"),
    ("{ multiply: 100 }", "19.99", "1999"),
    ("{ add: 2.2 }", "1.1", "3.3"),
    ("{ add: 1 }", r#""+.5""#, "1.5"),
    (
        "sort",
        "[9007199254740993, 9007199254740992, 1e1, true, null, \"a\"]",
        "[null,true,1e1,9007199254740992,9007199254740993,\"a\"]",
    ),
    ("{ unix_seconds: { numbers: auto } }", "99999999999", "99999999999"),
    ("{ unix_seconds: { numbers: auto } }", "100000000000", "100000000"),
    ("{ unix_seconds: { numbers: auto } }", r#""1709618828900""#, "1709618828"),
    ("{ unix_seconds: { numbers: auto } }", "-5", "-5"),
    ("{ unix_seconds: { numbers: auto } }", r#""2024""#, "1704067200"),
    ("{ map_values: { a: b }, otherwise: { literal: value } }", r#""x""#, r#""value""#),
    ("{ map_values: { a: b }, otherwise: { keep: true } }", r#""x""#, r#""x""#),
    ("number", r#""Infinity""#, "—"),
    ("number", r#""1,000""#, "—"),
    ("{ number: loose }", r#"" +12.50 EUR""#, "12.50"),
    ("{ number: loose }", r#""-.5e1x""#, "-5"),
    ("{ number: loose }", r#""012""#, "12"),
    ("{ number: loose }", r#""3.""#, "3"),
    ("{ number: loose }", r#""1e""#, "1"),
    ("{ number: loose }", r#""€5""#, "—"),
    ("{ number: loose }", r#""-""#, "—"),
    ("{ number: loose }", r#""1e999""#, "—"),
    ("{ number: loose }", "false", "0"),
    ("boolean", "1.0", "true"),
    ("boolean", r#"" FALSE ""#, "false"),
    ("boolean", r#""""#, "—"),
    // Arithmetic is exact; a number that is not changed keeps its digits.
    ("{ multiply: 100 }", "1.005", "100.5"),
    ("{ multiply: 100 }", "100.5", "10050"),
    ("{ multiply: 9223372036854775807 }", "2", "18446744073709551614"),
    ("{ multiply: 1e308 }", "100", "1e310"),
    ("{ multiply: 0.000001 }", "0.1", "1e-7"),
    ("{ multiply: 3 }", "19.99", "59.97"),
    ("{ add: -0.3 }", "0.3", "0"),
    ("{ add: 0.01 }", "12345678901234567890", "12345678901234567890.01"),
    ("{ add: 9007199254740993 }", "0", "9007199254740993"),
    ("{ add: 0.2 }", "0.1", "0.3"),
    ("{ add: x }", "1", "—"),
    ("sum", "[0.1, 0.2, true, [5], \"x\"]", "0.3"),
    ("sum", "[9223372036854775807, 1]", "9223372036854775808"),
    ("round", "-0.4", "0"),
    ("round", "12345678901234567890", "12345678901234567890"),
    ("round", "1e999", "1e999"),
    ("round", "9007199254740993.4", "9007199254740993"),
    ("{ round: { digits: 2, mode: up } }", "1e-400", "0.01"),
    ("{ round: { digits: -3, mode: down } }", "-1", "-1000"),
    ("{ round: 3 }", "0.12345678901234567890123456789012345678901234567890", "0.123"),
    ("round", "100.0", "100"),
    ("{ round: { mode: down } }", "2.999", "2"),
    ("{ round: { mode: up } }", "-2.999", "-2"),
    ("{ round: -2 }", "1250", "1300"),
    ("{ round: 2 }", "10", "10"),
    ("{ round: 1 }", "0.25", "0.3"),
    ("{ round: 15 }", "1e300", "1e300"),
    // Text.
    ("{ truncate: 0 }", r#""abc""#, r#""""#),
    ("{ truncate: 3 }", r#"{"a":1}"#, r#""{\"a""#),
    ("uppercase", r#""ǆ ß""#, r#""Ǆ SS""#),
    ("lowercase", r#""ΟΔΟΣ""#, r#""οδος""#),
    ("{ replace: { text: a, with: $0 } }", r#""banana""#, r#""b$0n$0n$0""#),
    ("{ replace: { regex: 'a', with: '$$' } }", r#""banana""#, r#""b$n$n$""#),
    ("{ replace: { regex: '(?P<first>\\w)\\w*', with: '${first}.' } }", r#""Ann Lee""#, r#""A. L.""#),
    ("{ replace: { regex: '', with: '-' } }", r#""aé""#, r#""-a-é-""#),
    ("{ replace: { text: '5' } }", "1525", r#""12""#),
    (r#"{ split: "," }"#, "1.5", r#"["1.5"]"#),
    (r#"{ split: "" }"#, r#""""#, "[]"),
    (r#"{ join: "-" }"#, r#"[[1, 2], {"a": 1}, "x"]"#, r#""[1,2]-{\"a\":1}-x""#),
    ("url_encode", "[1, 2]", r#""%5B1%2C2%5D""#),
    ("url_encode", "true", r#""true""#),
    ("url_encode", r#""""#, r#""""#),
    ("{ url_part: host }", r#""https://münchen.example/""#, r#""xn--mnchen-3ya.example""#),
    ("{ url_part: host }", r#""mailto:ann@example.com""#, "—"),
    ("{ url_part: path }", r#""https://example.com""#, r#""/""#),
    ("{ url_part: query }", r#""https://example.com/?""#, r#""""#),
    ("{ base64: decode }", r#""_-8=""#, "—"),
    ("{ base64: decode }", r#""w6k=""#, r#""é""#),
    ("base64", "1.0", r#""MQ==""#),
    ("hash", r#"{"a": 1}"#, r#""015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862""#),
    ("parse_json", r#""[1,""#, "—"),
    ("parse_json", r#"" null ""#, "null"),
    ("to_json", r#"{"a" : "\u00e9\n", "a": 1.0}"#, r#""{\"a\":1.0}""#),
    // Time.
    ("unix_millis", r#""1969-12-31T23:59:59.9999Z""#, "-1"),
    ("{ unix_millis: { numbers: keep } }", "1.5", "1.5"),
    ("{ unix_seconds: { numbers: keep } }", r#""2024""#, "1704067200"),
    ("{ format_time: iso }", "8640000000000000", r#""+275760-09-13T00:00:00.000Z""#),
    ("{ format_time: iso }", "-62198755200000", r#""-000001-01-01T00:00:00.000Z""#),
    ("{ format_time: '%Y' }", "8640000000000000", "—"),
    ("{ format_time: '%Y-%m-%d' }", r#""9999-12-31""#, r#""9999-12-31""#),
    ("{ format_time: '%Y-%m-%dT%H:%M:%S%.3f' }", "253402300799999", r#""9999-12-31T23:59:59.999""#),
    ("{ format_time: '%Y' }", "253402300800000", "—"),
    ("{ format_time: '%Y-%m-%d' }", r#""0000-01-01""#, r#""0000-01-01""#),
    ("{ format_time: '%F %T' }", r#""-009999-01-01T00:00:00Z""#, r#""-9999-01-01 00:00:00""#),
    ("{ format_time: '%F' }", r#""-010000-12-31""#, "—"),
    ("{ format_time: '%F %T' }", r#""9999-12-31T24:00:00Z""#, "—"),
    ("{ format_time: iso }", r#""9999-12-31T24:00:00Z""#, r#""+010000-01-01T00:00:00.000Z""#),
    ("{ format_time: iso }", r#""9999-12-31T23:59:59.9999999-00:01""#, r#""+010000-01-01T00:00:59.999Z""#),
    ("{ format_time: iso }", r#""0000-01-01T00:00:00+00:01""#, r#""-000001-12-31T23:59:00.000Z""#),
    ("{ format_time: iso }", "8640000000000000.9", r#""+275760-09-13T00:00:00.000Z""#),
    ("{ format_time: iso }", "-8640000000000000.5", r#""-271821-04-20T00:00:00.000Z""#),
    ("{ format_time: iso }", "8640000000000001", "—"),
    ("unix_millis", "-0.9", "0"),
    ("unix_millis", "1e400", "—"),
    ("unix_seconds", r#""2016-12-31T23:59:60Z""#, "—"),
    ("{ format_time: '%H:%M:%S%.3f %p' }", "-1", r#""23:59:59.999 PM""#),
    // Repeated keys: the last one counts.
    ("{ only: [a] }", r#"{"a":1,"b":2,"a":3}"#, r#"{"a":3}"#),
    ("{ except: [b] }", r#"{"a":1,"b":2,"a":3}"#, r#"{"a":3}"#),
    ("{ rename: { a: x } }", r#"{"a":1,"b":2,"a":3}"#, r#"{"x":3,"b":2}"#),
    ("{ rename: { a: b, b: a } }", r#"{"a":1,"b":2}"#, r#"{"b":1,"a":2}"#),
    ("{ rename: { a: c } }", r#"{"a":1,"c":2}"#, r#"{"c":1}"#),
    ("{ rename: { a: c, b: c } }", r#"{"a":1,"b":2}"#, r#"{"c":2}"#),
    ("compact", r#"{"a":1,"a":null}"#, "{}"),
    ("{ each_value: string }", r#"{"a":1,"a":null}"#, "{}"),
    ("flatten", r#"{"a":1,"a":{"b":2}}"#, r#"{"a.b":2}"#),
    ("flatten", r#"{"":{"a":1,"":{"":2}},"a":{"":3}}"#, r#"{".a":1,"..":2,"a.":3}"#),
    ("flatten", "[1,[2]]", r#"{"[0]":1,"[1][0]":2}"#),
    ("{ flatten: { arrays: dots } }", "[[1]]", r#"{"0.0":1}"#),
    ("flatten", "[]", "{}"),
    ("{ flatten: { arrays: keep } }", r#"{"a":[{"b":1}]}"#, r#"{"a":[{"b":1}]}"#),
    ("flatten", r#"{"a":{"b":null,"c":""}}"#, r#"{"a.b":null,"a.c":""}"#),
    ("{ compact: deep }", "[[],{},null,\"\"]", "—"),
    ("{ compact: empty }", r#"{"a":{"b":""}}"#, r#"{"a":{"b":""}}"#),
    (
        "from_pairs",
        r#"[{"from":"a","to":1},{"from":"a","to":2},{"from":1,"to":null},5,{"from":"z"}]"#,
        r#"{"a":2,"1":null}"#,
    ),
    ("{ lookup: { object: { a: null } } }", r#""a""#, "null"),
    ("{ lookup: text }", r#""a""#, "—"),
    // Paths that are computed at run time.
    ("{ at_path: { literal: $ } }", r#"{"a":1}"#, r#"{"a":1}"#),
    ("{ at_path: items.1.id }", r#"{"items":[{},{"id":7}]}"#, "7"),
    (r#"{ at_path: "$['a b'][\"c\"]" }"#, r#"{"a b":{"c":7}}"#, "7"),
    ("{ at_path: '[0][1]' }", "[[1,2]]", "—"),
    ("{ at_path: '$[0][1]' }", "[[1,2]]", "2"),
    ("{ at_path: a..b }", r#"{"a":{"":{"b":1}}}"#, "—"),
    ("{ at_path: '' }", r#"{"":1}"#, "—"),
    ("{ at_path: 'a[' }", r#"{"a":[1]}"#, "—"),
    ("{ at_path: 'a[0]b' }", r#"{"a":[{"b":1}]}"#, "—"),
    ("{ at_path: 'a[*]' }", r#"{"a":[1]}"#, "—"),
    ("{ at_path: 5 }", "[1]", "—"),
    // Lists.
    ("first", "[null, 1]", "null"),
    ("{ each: number }", r#"["1", "x", null]"#, "[1]"),
    ("{ slice: [1] }", "[1,2,3]", "[2,3]"),
    ("{ slice: [-9, 9] }", r#""abc""#, r#""abc""#),
    ("unique", "[12345678901234567890, 12345678901234567891]", "[12345678901234567890,12345678901234567891]"),
    // Choice.
    ("{ map_values: { one: 1, many: [2, 3.0] } }", r#""3""#, r#""many""#),
    ("{ map_values: { one: 1 } }", "1.0", r#""one""#),
    ("{ map_values: { none: [null] } }", "null", r#""none""#),
    ("{ map_values: { none: [null] } }", r#""null""#, r#""null""#),
    ("{ map_values: { on: true }, otherwise: null }", r#""true""#, r#""on""#),
    ("{ map_values: { on: true }, otherwise: null }", "[1]", "null"),
    ("{ map_values: [{ from: a, to: { b: [1, x] } }] }", r#""a""#, r#"{"b":[1,"x"]}"#),
    ("{ map_values: { b: a } }", r#"{"a":1}"#, r#"{"a":1}"#),
];

#[test]
fn edge_cases() {
    let arena = &Arena::new();
    let mut failures = Vec::new();
    for (yaml, input, output) in TABLE {
        let step = step(yaml).unwrap_or_else(|error| panic!("{yaml}: {}", error.message));
        let result = step.apply(value(input, arena), arena);
        let equal = match result {
            None => *output == "—",
            Some(result) => *output != "—" && same(result, value(output, arena), arena),
        };
        if !equal {
            failures.push(format!("{yaml} of {input} is {}, not {output}", print(result)));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// Steps that refuse an input, with the start of the reason.
const REFUSED: &[(&str, &str, &str)] = &[
    ("{ multiply: 12345678901234567891 }", "12345678901234567890123", "multiply these numbers exactly"),
    ("{ add: 1e-30 }", "1e30", "add these numbers exactly"),
    ("{ add: 1 }", "1e99999999999999999999", "add these numbers exactly"),
    ("sum", r#"[1, "1e309"]"#, "add a text that is a number too large"),
    ("sum", "[1e999, 1]", "add these numbers exactly"),
    ("{ round: 1 }", "1234567890123456789012345678901234567890.55", "round a number to more than 38 digits"),
    ("flatten", r#"{"a.b":1,"a":{"b":2}}"#, "flatten a value in which two values get the same key"),
    ("flatten", r#"{"a[0]":1,"a":[2]}"#, "flatten a value in which two values get the same key"),
    ("{ flatten: { separator: '' } }", r#"{"ab":1,"a":{"b":2}}"#, "flatten a value in which two values"),
    ("parse_json", r#""[[@@]]""#, "parse JSON that is longer than"),
];

#[test]
fn what_would_lose_something_silently_is_refused() {
    let arena = &Arena::new();
    for (yaml, input, reason) in REFUSED {
        let input = input.replace("@@", &format!("{}{}", "[".repeat(200), "]".repeat(200)));
        let step = step(yaml).unwrap_or_else(|error| panic!("{yaml}: {}", error.message));
        match step.outcome(value(&input, arena), arena) {
            Err(refused) => assert!(refused.starts_with(reason), "{yaml} of {input}: {refused}"),
            Ok(output) => panic!("{yaml} of {input} is {}", print(output)),
        }
    }
}

#[test]
fn flatten_limits_the_size_of_its_keys() {
    let arena = &Arena::new();
    let input = format!("{{\"{}\":[{}1]}}", "k".repeat(100_000), "1,".repeat(1000));
    assert!(step("flatten").expect("valid").outcome(value(&input, arena), arena).is_err());
    let input = format!("[{}1]", "1,".repeat(100_000));
    assert!(step("flatten").expect("valid").apply(value(&input, arena), arena).is_some());
}

#[test]
fn long_lists_and_maps_take_linear_time() {
    // With quadratic time this would take minutes.
    let arena = &Arena::new();
    let list = format!("[{}\"x\"]", (0..20_000).fold(String::new(), |list, at| list + &format!("{at},")));
    let map = format!(
        "{{{}\"x\":1}}",
        (0..20_000).fold(String::new(), |map, at| map + &format!("\"k{at}\":{{\"a\":{at}}},"))
    );
    for yaml in [
        "unique",
        "sum",
        "{ each: string }",
        "flatten",
        "{ join: ',' }",
        "{ compact: deep }",
        "to_json",
        "{ slice: [5] }",
    ] {
        assert!(step(yaml).expect("valid").apply(value(&list, arena), arena).is_some(), "{yaml}");
    }
    for yaml in [
        "flatten",
        "{ except: [k5] }",
        "{ only: [k5] }",
        "{ rename: { k5: a } }",
        "{ compact: deep }",
        "{ each_value: string }",
        "to_json",
    ] {
        assert!(step(yaml).expect("valid").apply(value(&map, arena), arena).is_some(), "{yaml}");
    }
}

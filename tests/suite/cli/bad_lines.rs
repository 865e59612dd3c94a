//! Each invalid line is answered with an error, and the run continues.

use crate::cli::run::transform;

tests![
    each_invalid_line_is_answered_with_an_error,
    unusual_but_valid_lines_are_answered,
    the_limits_can_be_set
];

const GOOD: &str = r#"{"type":"identify","userId":"u1","traits":{"n":1.50}}"#;

/// Invalid lines: a description, the line, and text that its error must contain.
fn invalid_lines() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let nested =
        format!(r#"{{"type":"identify","userId":"u","traits":{}1{}}}"#, "[".repeat(200), "]".repeat(200));
    let long = format!(r#"{{"type":"identify","userId":"u","traits":{{"t":"{}"}}}}"#, "x".repeat(2000));
    let text = |text: &str| text.as_bytes().to_vec();
    vec![
        ("not JSON", text("hello"), "byte"),
        ("cut off", text(r#"{"type":"identify","userId":"#), "byte"),
        ("two values", text("{} {}"), "byte"),
        ("a trailing comma", text(r#"{"type":"page",}"#), "byte"),
        ("half of a surrogate pair", text(r#"{"type":"page","x":"\ud800"}"#), "byte"),
        ("a control character", text("{\"type\":\"page\",\"x\":\"\u{1}\"}"), "byte"),
        ("a zero byte", text("{\"type\":\"page\"}\0"), "byte"),
        ("not UTF-8", b"{\"type\":\"page\",\"x\":\"caf\xe9\"}".to_vec(), "byte"),
        ("nested too deeply", text(&nested), "deep"),
        ("too long", text(&long), "2050"),
        ("a list", text(r#"[{"type":"page"}]"#), ""),
        ("a text", text(r#""page""#), ""),
        ("a number", text("12"), ""),
        ("null", text("null"), ""),
        ("an empty map", text("{}"), ""),
        ("a type that is a number", text(r#"{"type":7}"#), ""),
        ("a type that no rule takes", text(r#"{"type":"nonsense"}"#), ""),
        ("refused by a rule", text(r#"{"type":"identify"}"#), "userId is missing"),
    ]
}

fn each_invalid_line_is_answered_with_an_error() {
    let mut input = Vec::new();
    for (_, line, _) in invalid_lines() {
        input.extend_from_slice(GOOD.as_bytes());
        input.push(b'\n');
        input.extend_from_slice(&line);
        input.push(b'\n');
    }
    for threads in ["1", "3"] {
        let ran = transform(&["--max-line-bytes", "2000", "--threads", threads], &input);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        let answers = ran.answers();
        assert_eq!(answers.len(), 2 * invalid_lines().len(), "{}", ran.out);
        for (index, (name, line, fragment)) in invalid_lines().into_iter().enumerate() {
            let [good, error] = &answers[2 * index..2 * index + 2] else { unreachable!() };
            assert_eq!(
                (good["line"].as_u64(), &good["statusCode"]),
                (Some(2 * index as u64 + 1), &200.into())
            );
            assert_eq!(error["line"].as_u64(), Some(2 * index as u64 + 2), "{name}: {error}");
            assert_eq!(error["statusCode"], 400, "{name}: {error}");
            let message = error["error"].as_str().unwrap_or_else(|| panic!("{name}: {error}"));
            assert!(!message.is_empty() && message.contains(fragment), "{name}: {message}");
            assert_eq!(error["statTags"]["errorCategory"], "dataValidation", "{name}: {error}");
            assert!(
                error.to_string().len() < 700,
                "{name}: the error is too long; the line has {}",
                line.len()
            );
        }
    }
}

fn unusual_but_valid_lines_are_answered() {
    let proto = r#"{"type":"identify","userId":"u2","traits":{"__proto__":{"constructor":1}}}"#;
    let input = format!("\u{feff}{GOOD}\r\n\n   \n\t\r\n  {GOOD}  \n{proto}");
    let ran = transform(&[], input);
    let answers = ran.answers();
    let lines: Vec<_> = answers.iter().filter_map(|answer| answer["line"].as_u64()).collect();
    assert_eq!(lines, [1, 5, 6], "blank lines are counted but not answered: {}", ran.out);
    assert!(answers.iter().all(|answer| answer["statusCode"] == 200), "{}", ran.out);
    assert!(ran.out.contains("1.50"), "numbers keep their notation: {}", ran.out);
    assert_eq!(answers[2]["output"]["body"]["JSON"]["traits"]["__proto__"]["constructor"], 1);
}

fn the_limits_can_be_set() {
    let deep = |depth: usize| {
        format!(
            r#"{{"type":"identify","userId":"u","traits":{}{}}}"#,
            "[".repeat(depth - 1),
            "]".repeat(depth - 1)
        )
    };
    for (args, line, status) in [
        (vec![], deep(128), 200),
        (vec![], deep(129), 400),
        (vec!["--max-depth", "10"], deep(10), 200),
        (vec!["--max-depth", "10"], deep(11), 400),
        (vec!["--max-depth", "1024"], deep(1024), 200),
        (vec!["--max-line-bytes", "53"], GOOD.to_owned(), 200),
        (vec!["--max-line-bytes", "52"], GOOD.to_owned(), 400),
    ] {
        let ran = transform(&args, line);
        // Not parsed, because serde_json has a lower depth limit.
        let answer = format!("\"statusCode\":{status}");
        assert!(
            ran.out.lines().count() == 1 && ran.out.contains(&answer),
            "{args:?}: {} {}",
            ran.out,
            ran.err
        );
    }
}

//! `transform` on valid lines: requests, dropped events, envelopes, files, exit codes.

use crate::cli::run::{Folder, SETTINGS, SHOP, run, transform};

tests![
    each_request_is_one_line_in_input_order,
    an_envelope_has_its_own_settings_and_metadata,
    answers_name_their_file_if_there_are_several,
    answers_are_written_to_a_file,
    an_input_is_never_overwritten,
    refused_events_fail_a_run_only_on_request,
    the_summary_lists_rules_and_errors,
    prepare_applies_inside_lists,
    a_header_never_contains_a_line_break,
    settings_of_an_envelope_may_be_as_deep_as_events,
    a_multi_line_event_may_contain_any_number
];

const IDENTIFY: &str = r#"{"type":"identify","userId":"u1"}"#;
const ORDER: &str = r#"{"type":"track","event":"Order","userId":"u1","properties":{"total":12.30}}"#;
const PAGE: &str = r#"{"type":"page"}"#;
const REFUSED: &str = r#"{"type":"identify"}"#;

fn each_request_is_one_line_in_input_order() {
    let ran = transform(&[], [IDENTIFY, ORDER, PAGE, REFUSED].join("\n"));
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let answers = ran.answers();
    let seen: Vec<_> =
        answers.iter().map(|answer| (answer["line"].as_u64(), answer["statusCode"].as_u64())).collect();
    let expected = [(1, 200), (2, 200), (2, 200), (3, 298), (4, 400)];
    assert_eq!(seen, expected.map(|(line, status)| (Some(line), Some(status))), "{}", ran.out);
    let output = &answers[0]["output"];
    assert_eq!(output["method"], "POST");
    assert_eq!(output["endpoint"], "https://api.example.com/people/u1");
    assert_eq!(output["headers"]["Authorization"], "Bearer s3cret-token");
    assert_eq!(output["body"]["JSON"]["id"], "u1");
    assert_eq!(answers[4]["error"], "userId is missing");
    assert_eq!(answers[4]["rule"], "shop/identify");
    assert_eq!(answers[4]["statTags"]["errorType"], "instrumentation");
}

fn an_envelope_has_its_own_settings_and_metadata() {
    let line = |token: &str, event: &str| {
        format!(r#"{{"message":{event},"destination":{{"Config":{{{token}}}}},"metadata":{{"jobId":7}}}}"#)
    };
    let input = [
        line(r#""token":"one""#, IDENTIFY),
        line(r#""token":"two""#, IDENTIFY),
        line("", IDENTIFY),
        r#"{"no":"message"}"#.to_owned(),
        "12".to_owned(),
    ];
    let ran = run(&["transform", "--mapping", SHOP, "--envelope"], input.join("\n"));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let answers = ran.answers();
    assert_eq!(answers.len(), 5, "{}", ran.out);
    for (answer, token) in answers.iter().zip(["one", "two"]) {
        assert_eq!(answer["output"]["headers"]["Authorization"], format!("Bearer {token}"));
        assert_eq!(answer["metadata"]["jobId"], 7, "{answer}");
    }
    assert_eq!(answers[2]["error"], "token is missing in the settings");
    assert_eq!(answers[2]["statTags"]["errorType"], "configuration");
    assert_eq!(answers[2]["metadata"]["jobId"], 7);
    assert!(answers[3..].iter().all(|answer| answer["statusCode"] == 400), "{}", ran.out);
    // The size of the settings cache does not affect the answers.
    let rotating = [&input[..], &input].concat().join("\n");
    let one = run(&["transform", "--mapping", SHOP, "--envelope", "--settings-cache-memory", "0"], &rotating);
    let many = run(&["transform", "--mapping", SHOP, "--envelope"], &rotating);
    assert_eq!((one.code, one.out), (Some(0), many.out));
}

/// What is printed can be given to `explain --line` with the file.
fn answers_name_their_file_if_there_are_several() {
    let folder = Folder::new("inputs");
    let one = folder.file("one.ndjson", format!("{IDENTIFY}\n\n{IDENTIFY}"));
    let two = folder.file("two \"2\".ndjson", format!("\u{feff}{IDENTIFY}\r\n{REFUSED}\n{PAGE}\n{ORDER}"));
    for threads in ["1", "3"] {
        let ran = transform(&["--threads", threads, &one, "-", &two], format!("{IDENTIFY}\n"));
        let answers = ran.answers();
        let places: Vec<_> = answers
            .iter()
            .map(|answer| (answer["file"].as_str().unwrap_or(""), answer["line"].as_u64().unwrap_or(0)))
            .collect();
        let (one, two) = (one.as_str(), two.as_str());
        let expected = [(one, 1), (one, 3), ("-", 1), (two, 1), (two, 2), (two, 3), (two, 4), (two, 4)];
        assert_eq!(places, expected, "{} {}", ran.out, ran.err);
        for answer in answers {
            let (file, line) = (answer["file"].as_str().expect("a file"), answer["line"].to_string());
            if file != "-" {
                let explained = run(
                    &["explain", "-m", SHOP, "-c", SETTINGS, "--format", "json", "--line", &line, file],
                    "",
                );
                let trace = &explained.answers()[0]["answers"][0];
                assert_eq!((&trace["line"], &trace["error"]), (&answer["line"], &answer["error"]));
            }
        }
    }
    let single = transform(&[&one], "");
    assert!(single.answers().iter().all(|answer| answer.get("file").is_none()), "{}", single.out);
}

fn answers_are_written_to_a_file() {
    let folder = Folder::new("output");
    let output = folder.path("requests.ndjson");
    let expected = transform(&[], [IDENTIFY, ORDER].join("\n")).out;
    let ran = transform(&["-o", &output], [IDENTIFY, ORDER].join("\n"));
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{}", ran.err);
    assert_eq!(folder.text("requests.ndjson"), expected);
}

fn an_input_is_never_overwritten() {
    let folder = Folder::new("same");
    let events = folder.file("events.ndjson", IDENTIFY);
    let mapping = folder.file(
        "shop.yaml",
        "destination: shop\nlanguage: 1\nrules:\n  - { name: page, when: { $.type: page }, drop: true }\n",
    );
    let other_name = format!("{}/./events.ndjson", folder.path(""));
    for (args, fragment) in [
        (vec!["-o", &events, &events], "an input"),
        (vec!["-o", &other_name, &events], "an input"),
        (vec!["-o", &mapping, &events], "this run reads"),
    ] {
        let ran = run(&[&["transform", "--mapping", &mapping], args.as_slice()].concat(), "");
        assert_eq!(ran.code, Some(2), "{args:?}");
        assert!(ran.err.contains(fragment), "{}", ran.err);
    }
    assert_eq!(folder.text("events.ndjson"), IDENTIFY);
}

fn refused_events_fail_a_run_only_on_request() {
    for (args, input, code) in [
        (vec![], REFUSED, 0),
        (vec!["--fail-on-error"], REFUSED, 1),
        (vec!["--fail-on-error"], IDENTIFY, 0),
        (vec!["--fail-on-error"], PAGE, 0),
        (vec!["--fail-on-error"], "", 0),
        (vec!["--fail-on-error"], "not JSON", 1),
    ] {
        assert_eq!(transform(&args, input).code, Some(code), "{args:?} {input}");
    }
}

fn the_summary_lists_rules_and_errors() {
    let input = [IDENTIFY, ORDER, PAGE, REFUSED, "no\u{1b}[2J"].join("\n");
    let ran = transform(&["--summary"], &input);
    let first = ran.err.lines().next().unwrap_or_default();
    assert!(
        first.starts_with("5 events in ") && first.ends_with("3 requests, 1 dropped, 2 refused"),
        "{first}"
    );
    for fragment in ["shop/identify", "shop/order", "shop/page", "(no rule)", "1  userId is missing"] {
        assert!(ran.err.contains(fragment), "{fragment}: {}", ran.err);
    }
    assert!(!ran.err.contains('\u{1b}'), "control characters of an event are escaped");
    assert_eq!(transform(&[], &input).err, "", "no summary by default");
    assert_eq!(transform(&["--quiet"], &input).err, "");
}

/// `prepare` also applies to maps inside lists.
fn prepare_applies_inside_lists() {
    let event = r#"{"word":"crm","products":[{"sku":"a"},{"sku":"b"}],"nested":[[{"a":1}],[]]}"#;
    let mapping = ["--mapping", "tests/cli/prepare.yaml"];
    let ran = run(&[&["transform"], &mapping[..]].concat(), event);
    let expected = serde_json::json!({"products": [{"sku": "a"}, {"sku": "b", "crm": "c-9"}], "nested": [[{"a": 2}], []]});
    assert_eq!(ran.answers()[0]["output"]["body"]["JSON"], expected);
    let explained = run(&[&["explain", "--path", "body.nested"], &mapping[..], &["-"]].concat(), event);
    assert!(explained.out.starts_with(r#"body.nested = [[{"a":2}],[]]"#), "{}", explained.out);
}

/// A line break in a header would start another header.
fn a_header_never_contains_a_line_break() {
    let events =
        "{\"note\":\"a\\nb\"}\n{\"note\":\"a\\\\nb\"}\n{\"note\":\"a\\u000Db\"}\n{\"note\":\"fine\"}\n";
    let ran = run(&["transform", "--mapping", "tests/cli/header.yaml"], events);
    let sent: Vec<bool> = ran.answers().iter().map(|answer| answer["output"].is_object()).collect();
    assert_eq!(sent, [false, true, false, true], "{}", ran.out);
}

fn settings_of_an_envelope_may_be_as_deep_as_events() {
    let deep = "[".repeat(400) + &"]".repeat(400);
    let config = format!(r#"{{"token":"one","deep":{deep}}}"#);
    let line = format!(r#"{{"message":{IDENTIFY},"destination":{{"Config":{config}}}}}"#);
    let ran = run(&["transform", "--mapping", SHOP, "--envelope", "--max-depth", "1024"], line);
    assert_eq!(ran.answers()[0]["output"]["headers"]["Authorization"], "Bearer one", "{}", ran.out);
}

fn a_multi_line_event_may_contain_any_number() {
    let folder = Folder::new("large-number");
    let event = folder.file("event.json", "{\n  \"type\": \"page\",\n  \"n\": 1e999\n}\n");
    let ran = transform(&[&event], String::new());
    assert_eq!(ran.answers()[0]["statusCode"], 298, "{}", ran.out);
}

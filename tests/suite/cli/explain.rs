//! `explain`: inputs, formats, exit codes, and hiding of secrets.

use crate::cli::run::{Folder, Ran, command, run};

tests![
    an_event_is_read_from_a_file_a_line_or_standard_input,
    a_refused_event_is_explained_and_exits_with_0,
    the_json_format_is_parseable,
    colors_are_used_on_terminals_and_on_request,
    errors_exit_with_2,
    a_file_of_events_is_listed,
    a_line_is_what_transform_printed,
    the_whole_request_is_at_the_end,
    settings_are_hidden_in_traces_and_snapshots,
    no_line_is_wider_than_the_terminal_in_any_script
];

const MAPPING: &str = "tests/explain/shop.yaml";
const SETTINGS: &str = "tests/explain/settings.json";
const EVENTS: &str = "tests/explain/events.ndjson";

fn explain(args: &[&str], input: &str) -> Ran {
    run(&[&["explain", "--mapping", MAPPING], args].concat(), input)
}

fn an_event_is_read_from_a_file_a_line_or_standard_input() {
    let folder = Folder::new("explain");
    let pretty = folder.file("event.json", "\u{feff}{\n  \"type\": \"page\"\n}\n");
    let from_file = explain(&["--config", SETTINGS, &pretty], "");
    assert_eq!(from_file.code, Some(0), "{from_file:?}");
    assert!(from_file.out.contains("dropped: nothing is sent for page  (shop/quiet)"), "{}", from_file.out);
    let from_line = explain(&["--config", SETTINGS, "--line", "6", EVENTS], "");
    assert_eq!((from_line.code, &from_line.out), (Some(0), &from_file.out));
    let from_input = explain(&["--config", SETTINGS, "-"], "{\"type\":\"page\"}");
    assert_eq!((from_input.code, &from_input.out), (Some(0), &from_file.out));
    let envelope = "{\"message\":{\"type\":\"page\"},\"destination\":{\"Config\":{\"key\":\"k\"}}}";
    let enveloped = explain(&["--envelope", "-"], envelope);
    assert_eq!((enveloped.code, &enveloped.out), (Some(0), &from_file.out));
}

fn a_refused_event_is_explained_and_exits_with_0() {
    let without_settings = explain(&["--line", "1", EVENTS], "");
    assert_eq!(without_settings.code, Some(0), "{without_settings:?}");
    assert!(without_settings.out.contains("refused: the key is missing"), "{}", without_settings.out);
}

fn the_json_format_is_parseable() {
    let ran = explain(&["--config", SETTINGS, "--line", "4", "--format", "json", EVENTS], "");
    let [trace] = &ran.answers()[..] else { panic!("one line: {ran:?}") };
    assert_eq!(trace["line"], 4);
    assert_eq!(trace["requests"].as_array().map(Vec::len), Some(3));
    assert_eq!(trace["rules"][0]["why"][0], "$.type equals \"identify\": it is \"track\"");
    let args = ["--config", SETTINGS, "--line", "4", "--format", "json", "--path", "body.total", EVENTS];
    let ran = explain(&args, "");
    assert_eq!(ran.answers()[0][0]["value"]["value"], 12.35);
}

fn colors_are_used_on_terminals_and_on_request() {
    let plain = explain(&["--config", SETTINGS, "--line", "1", EVENTS], "");
    assert!(!plain.out.contains('\u{1b}'), "{}", plain.out);
    let colored = explain(&["--color", "always", "--config", SETTINGS, "--line", "1", EVENTS], "");
    assert!(colored.out.contains("\u{1b}[32m"), "{}", colored.out);
}

fn errors_exit_with_2() {
    for (args, why) in [
        (vec!["--line", "99", EVENTS], "error: `tests/explain/events.ndjson` has only 8 lines\n"),
        (vec!["nowhere.json"], "error: cannot read `nowhere.json`: there is no such file\n"),
        (vec!["tests"], "error: cannot read `tests`: it is a folder, not a file\n"),
        (
            vec!["--config", SETTINGS, "--line", "1", "--path", "body.nmae", EVENTS],
            "error: this event gives no `body.nmae`; did you mean `body.name`?\n",
        ),
    ] {
        let ran = explain(&args, "");
        assert_eq!((ran.code, ran.err.as_str(), ran.out.as_str()), (Some(2), why, ""), "{args:?}");
    }
    assert_eq!(explain(&["--line", "0", EVENTS], "").code, Some(2));
}

fn a_file_of_events_is_listed() {
    let ran = explain(&["--config", SETTINGS, EVENTS], "");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let expected = "`tests/explain/events.ndjson` has 8 events, one per line; choose one with `--line N`:\n\n  \
                    line  answer\n     1  PUT https://api.shop.example/people/u%201?key=•••\n";
    assert!(ran.out.starts_with(expected), "{}", ran.out);
    assert!(ran.out.contains("     4  POST https://api.shop.example/items (and 2 more)\n"), "{}", ran.out);
    assert!(ran.out.contains("     6  dropped: nothing is sent for page (shop/quiet)\n"), "{}", ran.out);
    let events = std::fs::read_to_string(EVENTS).expect("the events");
    assert_eq!(
        explain(&["--config", SETTINGS, "-"], &events).out,
        ran.out.replace("`tests/explain/events.ndjson`", "standard input")
    );
    let empty = explain(&["-"], " \n");
    assert!(empty.code == Some(2) && empty.err.contains("standard input is empty"), "{empty:?}");
    let json = explain(&["--config", SETTINGS, "--format", "json", EVENTS], "");
    assert!(json.code == Some(2) && json.err.contains("choose one with --line"), "{json:?}");
    // A broken event over several lines is no list.
    let broken = explain(&["-"], "{\n  \"type\": \"page\",\n}\n");
    assert!(
        broken.out.contains("not JSON that can be read: expected a key in quotes at byte 20"),
        "{broken:?}"
    );
}

/// A number, or a file with a number; blank lines, byte order marks and `.json` files count as in `transform`.
fn a_line_is_what_transform_printed() {
    let folder = Folder::new("explain-lines");
    let page = "{\"type\":\"page\"}";
    let lines = folder.file("lines.ndjson", format!("\u{feff}{page}\r\n\n{page}\n"));
    let pretty = folder.file("pretty.json", "\u{feff}{\n  \"type\": \"page\"\n}\n");
    let ran =
        run(&["transform", "--mapping", MAPPING, "--config", SETTINGS, "--pretty", &lines, &pretty], "");
    let places: Vec<_> =
        ran.out.lines().filter_map(|line| line.strip_prefix("# ")?.split("  ").next()).collect();
    assert_eq!(places, [format!("{lines}:1"), format!("{lines}:3"), format!("{pretty}:1")]);
    for place in places {
        let (file, number) = place.rsplit_once(':').expect("a line");
        for args in [vec!["--line", place], vec!["--line", number, file], vec!["--line", place, file]] {
            let ran = explain(&[&["--config", SETTINGS], args.as_slice()].concat(), "");
            assert!(ran.out.contains("dropped: nothing is sent for page"), "{args:?}: {ran:?}");
        }
    }
    for (args, why) in [
        (vec!["--line", "2", lines.as_str()], "is blank"),
        (vec!["--line", "4", &lines], "has only 3 lines"),
        (vec!["--line", "3"], "--line needs the file"),
        (vec!["--line", "other.ndjson:3", &lines], "name only one"),
        (vec!["--line", "x", &lines], "it is not the number of a line"),
        (vec![], "required arguments were not provided"),
    ] {
        let ran = explain(&args, "");
        assert!(ran.code == Some(2) && ran.err.contains(why), "{args:?}: {ran:?}");
    }
}

fn the_whole_request_is_at_the_end() {
    let ran = explain(&["--config", SETTINGS, "--line", "4", EVENTS], "");
    let expected = "\nPOST https://api.shop.example/orders\nAuthorization: Bearer •••\nContent-Type: application/json\n\n\
                    {\n  \"total\": 12.35\n}\n";
    assert!(ran.out.ends_with(expected), "{}", ran.out);
    assert_eq!(ran.out.matches("\nContent-Type: ").count(), 3, "{}", ran.out);
}

/// Settings of several kinds: a string, a short string, a number, and a string inside a map.
const SECRETS: &str =
    r#"{"key":"s3cret \"a-b\"","region":"zq","number":12345678,"deep":{"pin":"in-deep-4711"}}"#;

fn settings_are_hidden_in_traces_and_snapshots() {
    let folder = Folder::new("explain-secrets");
    for part in ["mappings", "tests/events/shop/identify"] {
        std::fs::create_dir_all(folder.path(part)).expect("a folder");
    }
    let mapping = folder.file(
        "mappings/shop.yaml",
        r#"destination: shop
language: 1
config: { key: {}, region: {}, number: {}, deep: {} }
fields: { basic: { template: "user:{{ config.key }}", transform: base64 } }
rules:
  - name: all
    request:
      endpoint: "https://{{ config.region }}.example.com/p?key={{ config.key | url_encode }}"
      headers: { Authorization: "Basic {{ basic }}" }
      body:
        as_it_is: $config.key
        whole: { from: $config, transform: to_json }
        number: $config.number
        deep: $config.deep
        of_the_event: $.traits
"#,
    );
    // Values of the event that equal a secret are hidden as well.
    let event = r#"{"type":"identify","traits":{"a":"x12345678","b":12345678,"in-deep-4711":"is zq here"}}"#;
    folder.file("tests/events/shop/identify/one.json", event);
    let config = folder.file("tests/events/shop/settings.json", SECRETS);
    let event = folder.path("tests/events/shop/identify/one.json");
    let explain = ["explain", "--mapping", &mapping, "--config", &config, &event];
    let text = run(&explain, "");
    let json = run(&[&explain[..], &["--format", "json"]].concat(), "");
    let project = folder.path("");
    let accepted = command(&["test", "--accept"]).current_dir(&project).output().expect("a run");
    assert!(accepted.status.success(), "{accepted:?}");
    let snapshot = folder.text("snapshots/events/shop/identify/one.snap");
    for printed in [text.out, json.out, snapshot] {
        assert!(printed.contains("example.com") && printed.contains("of_the_event"), "{printed}");
        for secret in ["s3cret", "a-b", "zq", "12345678", "in-deep-4711", "czNjcmV0"] {
            assert!(!printed.contains(secret), "{secret} in {printed}");
        }
    }
    folder.file("tests/events/shop/settings.json", "{\"key\": broken}");
    let broken = command(&["test"]).current_dir(&project).output().expect("a run");
    let message = String::from_utf8(broken.stderr).expect("UTF-8");
    assert!(broken.status.code() == Some(2) && message.contains("settings.json` is not JSON"), "{message}");
}

fn no_line_is_wider_than_the_terminal_in_any_script() {
    let folder = Folder::new("explain-wide");
    let mapping = folder.file(
        "shop.yaml",
        "destination: shop\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://example.com\n      \
         body: { 長い名前の項目: $.text, emoji: $.emoji }\n",
    );
    let text = "とても長いテキスト".repeat(20);
    let event = format!(r#"{{"text":"{text}","emoji":"{}"}}"#, "🎉".repeat(90));
    let ran = run(&["explain", "--mapping", &mapping, "-"], &event);
    let wide = |c: char| !c.is_ascii() && !"…→•".contains(c);
    // The request at the end is shown whole.
    let (before, request) = ran.out.split_once("\n\nPOST ").expect("the request");
    assert!(request.contains(&text), "{request}");
    for line in before.lines() {
        let columns = line.chars().count() + line.chars().filter(|&c| wide(c)).count();
        assert!(columns <= 100, "{columns}: {line}");
    }
    assert!(ran.out.contains("長い名前の項目 = \"とても") && ran.out.contains("🎉…"), "{}", ran.out);
}

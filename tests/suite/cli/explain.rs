//! `explain`: where the event comes from, how it is written, exit codes.

use crate::cli::run::{Folder, Ran, run};

tests![
    an_event_comes_from_a_file_a_line_or_standard_input,
    a_refusal_is_explained_and_no_failure,
    programs_get_json,
    colors_are_for_terminals_and_those_who_ask,
    what_cannot_be_explained_ends_with_2
];

const MAPPING: &str = "tests/explain/shop.yaml";
const SETTINGS: &str = "tests/explain/settings.json";
const EVENTS: &str = "tests/explain/events.ndjson";

fn explain(args: &[&str], input: &str) -> Ran {
    run(&[&["explain", "--mapping", MAPPING], args].concat(), input)
}

fn an_event_comes_from_a_file_a_line_or_standard_input() {
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

fn a_refusal_is_explained_and_no_failure() {
    let without_settings = explain(&["--line", "1", EVENTS], "");
    assert_eq!(without_settings.code, Some(0), "{without_settings:?}");
    assert!(without_settings.out.contains("refused: the key is missing"), "{}", without_settings.out);
}

fn programs_get_json() {
    let ran = explain(&["--config", SETTINGS, "--line", "4", "--format", "json", EVENTS], "");
    let [trace] = &ran.answers()[..] else { panic!("one line: {ran:?}") };
    assert_eq!(trace["line"], 4);
    assert_eq!(trace["requests"].as_array().map(Vec::len), Some(3));
    assert_eq!(trace["rules"][0]["why"][0], "$.type equals \"identify\": it is \"track\"");
    let args = ["--config", SETTINGS, "--line", "4", "--format", "json", "--path", "body.total", EVENTS];
    let ran = explain(&args, "");
    assert_eq!(ran.answers()[0][0]["value"]["value"], 12.35);
}

fn colors_are_for_terminals_and_those_who_ask() {
    let plain = explain(&["--config", SETTINGS, "--line", "1", EVENTS], "");
    assert!(!plain.out.contains('\u{1b}'), "{}", plain.out);
    let colored = explain(&["--color", "always", "--config", SETTINGS, "--line", "1", EVENTS], "");
    assert!(colored.out.contains("\u{1b}[32m"), "{}", colored.out);
}

fn what_cannot_be_explained_ends_with_2() {
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

//! Wrong usage, help texts and exit codes.

use crate::cli::run::{SHOP, run};
use crate::load::{project, text};

tests![
    wrong_usage_exits_with_2_and_a_reason,
    help_is_on_standard_output_and_fits_on_a_screen,
    exit_codes_are_documented_as_in_the_help
];

fn wrong_usage_exits_with_2_and_a_reason() {
    for (args, message) in [
        (vec![], "Usage:"),
        (vec!["transfrm"], "a similar subcommand exists: 'transform'"),
        (vec!["transform"], "--mapping <FILE>"),
        (vec!["transform", "--mapping", SHOP, "--thread", "2"], "--threads"),
        (vec!["transform", "--mapping", SHOP, "--threads", "0"], "0 is not in 1..=256"),
        (vec!["transform", "--mapping", SHOP, "--max-depth", "100000"], "is not in 1..=1024"),
        (vec!["transform", "--mapping", SHOP, "--max-line-bytes", "x"], "invalid digit"),
        (vec!["transform", "--mapping", SHOP, "--envelope", "--config", "x.json"], "cannot be used with"),
        (
            vec!["transform", "--mapping", SHOP, "no/such.ndjson"],
            "cannot read `no/such.ndjson`: there is no such file",
        ),
        (vec!["transform", "--mapping", SHOP, "tests"], "cannot read `tests`: it is a folder"),
        (vec!["transform", "--mapping", SHOP, "-o", "tests"], "cannot write `tests`: it is a folder"),
        (
            vec!["transform", "--mapping", SHOP, "-o", "no/such/file"],
            "cannot write `no/such/file`: there is no such",
        ),
        (vec!["validate"], "<FILE>..."),
        (vec!["validate", "--format", "xml", SHOP], "possible values: text, json, sarif, github"),
        (
            vec!["ops", "truncat"],
            "there is no operator, test or predicate `truncat`; did you mean `truncate`?",
        ),
        (vec!["codes", "unknown-kee"], "did you mean `unknown-key`?"),
    ] {
        let ran = run(&args, "");
        assert_eq!(ran.code, Some(2), "{args:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{args:?}");
        assert!(ran.err.contains(message), "{args:?}: {}", ran.err);
    }
}

fn help_is_on_standard_output_and_fits_on_a_screen() {
    for verb in [
        None,
        Some("validate"),
        Some("transform"),
        Some("explain"),
        Some("test"),
        Some("ops"),
        Some("codes"),
        Some("new"),
        Some("schema"),
    ] {
        let args: Vec<_> = verb.into_iter().chain(["--help"]).collect();
        let ran = run(&args, "");
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{args:?}");
        assert!(ran.out.contains("Example"), "{args:?}: {}", ran.out);
        assert!(ran.out.lines().count() <= 50, "{args:?}: {}", ran.out);
        assert!(ran.out.lines().all(|line| line.chars().count() <= 100), "{args:?}: {}", ran.out);
    }
    let version = run(&["--version"], "");
    assert_eq!(version.out, format!("mapwright {}\n", env!("CARGO_PKG_VERSION")));
}

/// The help of a verb says what `docs/ci.md` says about its exit codes.
fn exit_codes_are_documented_as_in_the_help() {
    let page = text(&project().join("docs/ci.md")).replace('`', "");
    let rows: Vec<Vec<&str>> = page
        .lines()
        .skip_while(|line| !line.starts_with("| code |"))
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let [verbs, _, codes @ ..] = rows.as_slice() else { panic!("docs/ci.md has no table of exit codes") };
    assert_eq!(codes.len(), 3);
    for (column, verb) in verbs.iter().enumerate().skip(1) {
        let help = run(&[verb, "--help"], "").out;
        let (_, help) = help.split_once("Exit codes:").expect("a list of exit codes");
        let help: Vec<&str> = help.split_whitespace().collect();
        let documented: Vec<String> = codes.iter().map(|row| format!("{} {}", row[0], row[column])).collect();
        assert_eq!(help.join(" "), documented.join(" "), "{verb}");
    }
}

//! Wrong usage and the help texts.

use crate::cli::run::{SHOP, run};

tests![wrong_usage_ends_with_two_and_says_why, help_is_on_standard_output_and_fits_a_screen];

fn wrong_usage_ends_with_two_and_says_why() {
    for (args, words) in [
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
        (vec!["ops", "truncat"], "there is no operator `truncat`; did you mean `truncate`?"),
        (vec!["codes", "unknown-kee"], "did you mean `unknown-key`?"),
    ] {
        let ran = run(&args, "");
        assert_eq!(ran.code, Some(2), "{args:?}: {}", ran.err);
        assert_eq!(ran.out, "", "{args:?}");
        assert!(ran.err.contains(words), "{args:?}: {}", ran.err);
    }
}

fn help_is_on_standard_output_and_fits_a_screen() {
    for args in
        [vec!["--help"], vec!["transform", "--help"], vec!["validate", "--help"], vec!["ops", "--help"]]
    {
        let ran = run(&args, "");
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{args:?}");
        assert!(ran.out.contains("Example"), "{args:?}: {}", ran.out);
        assert!(ran.out.lines().count() <= 50, "{args:?}: {}", ran.out);
        assert!(ran.out.lines().all(|line| line.chars().count() <= 100), "{args:?}: {}", ran.out);
    }
    let version = run(&["--version"], "");
    assert_eq!(version.out, format!("mapwright {}\n", env!("CARGO_PKG_VERSION")));
}

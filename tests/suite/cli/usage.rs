//! Wrong usage, help texts and exit codes.

use crate::cli::run::{SHOP, run};
use crate::load::{project, text};

tests![
    wrong_usage_exits_with_2_and_a_reason,
    help_is_on_standard_output_and_fits_on_a_screen,
    exit_codes_are_documented_as_in_the_help,
    help_has_verbs_and_topics,
    every_verb_has_a_manual_page,
    #[cfg(unix)]
    bash_completes_verbs_and_options
];

/// The names in the list of the overview that begins with this line.
fn listed(overview: &str, heading: &str) -> Vec<String> {
    let list = overview.lines().skip_while(|line| !line.starts_with(heading)).skip(1);
    let list = list.take_while(|line| line.starts_with("  "));
    let names =
        list.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    names.map(str::to_owned).collect()
}

fn help_has_verbs_and_topics() {
    let overview = run(&["help"], "");
    let (verbs, topics) = (listed(&overview.out, "Verbs:"), listed(&overview.out, "Topics"));
    assert!(verbs.len() >= 11 && topics.len() >= 8, "{}", overview.out);
    for verb in &verbs {
        let (help, option) = (run(&["help", verb], ""), run(&[verb, "--help"], ""));
        assert_eq!((help.code, help.out), (Some(0), option.out), "{verb}");
    }
    for topic in topics {
        let help = run(&["help", &topic], "");
        assert_eq!((help.code, help.out), (Some(0), text(&project().join(format!("docs/{topic}.md")))));
    }
}

fn every_verb_has_a_manual_page() {
    let verbs = listed(&run(&["help"], "").out, "Verbs:");
    for verb in verbs.iter().map(String::as_str).chain([""]) {
        let args: Vec<_> = ["man", verb].into_iter().filter(|arg| !arg.is_empty()).collect();
        let page = run(&args, "");
        assert!(page.code == Some(0) && page.out.contains(".SH NAME\nmapwright"), "{verb}: {page:?}");
    }
    let page = run(&["man", "transform"], "").out;
    assert!(page.contains("\\-\\-show\\-secrets") && page.contains("\n\\&Exit codes:\n"), "{page}");
    for (shell, fragment) in [
        ("bash", "complete -F _mapwright"),
        ("elvish", "edit:completion"),
        ("fish", "complete -c mapwright"),
        ("powershell", "Register-ArgumentCompleter"),
        ("zsh", "#compdef mapwright"),
    ] {
        let ran = run(&["completions", shell], "");
        assert!(
            ran.code == Some(0) && ran.out.contains(fragment) && ran.out.contains("show-secrets"),
            "{ran:?}"
        );
    }
}

#[cfg(unix)]
fn bash_completes_verbs_and_options() {
    for (words, expected) in [("mapwright trans", "transform"), ("mapwright transform --cu", "--curl")] {
        let script = format!(
            "{}\nCOMP_WORDS=({words}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n_mapwright mapwright \
             \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            run(&["completions", "bash"], "").out
        );
        let output = std::process::Command::new("bash").args(["-c", &script]).output().expect("a shell");
        assert_eq!(String::from_utf8_lossy(&output.stdout), format!("{expected}\n"), "{output:?}");
    }
}

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
        (vec!["help", "transfrom"], "there is no help on `transfrom`; did you mean `transform`?\n"),
        (vec!["help", "langage"], "did you mean `language`?"),
        (vec!["help", "truncate"], "`mapwright ops truncate` describes it"),
        (vec!["help", "s101"], "`mapwright codes s101` describes it"),
        (vec!["help", "qwerty"], "`mapwright help` lists the topics"),
        (vec!["completions", "tcsh"], "possible values: bash, elvish, fish, powershell, zsh"),
        (vec!["man", "tset"], "there is no verb `tset`; did you mean `test`?"),
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
        Some("completions"),
        Some("man"),
        Some("help"),
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

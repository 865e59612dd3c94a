//! Mappings and settings that cannot be used: one message, nothing on standard output, exit code 2.

use std::path::Path;

use crate::cli::run::{Folder, Ran, SHOP, run};

tests![
    unreadable_files_are_reported,
    mappings_with_errors_are_not_run,
    invalid_settings_are_not_quoted,
    events_are_refused_if_a_required_setting_is_missing
];

/// Checks that a run failed with exit code 2 and a short message.
fn check_failed(ran: &Ran, name: &str) {
    assert_eq!(ran.code, Some(2), "{name}: {}", ran.err);
    assert_eq!(ran.out, "", "{name}");
    assert!(ran.err.contains("error"), "{name}: {}", ran.err);
    assert!(!ran.err.contains("panicked") && !ran.err.contains("RUST_BACKTRACE"), "{name}: {}", ran.err);
    assert!(ran.err.lines().count() < 30 && ran.err.len() < 4000, "{name}: {}", ran.err);
}

fn unreadable_files_are_reported() {
    let folder = Folder::new("mappings");
    let large = folder.path("large.yaml");
    std::fs::File::create(&large).and_then(|file| file.set_len(12 << 20)).expect("a large file");
    let latin = folder.file("latin.yaml", b"destination: caf\xe9\n");
    for (name, expected) in [
        ("no/such.yaml", "there is no such file"),
        ("tests/cli", "it is a folder, not a file"),
        (large.as_str(), "it has 12 MiB, more than the limit of 8 MiB"),
        (latin.as_str(), "it is not UTF-8 text (at byte 16)"),
    ] {
        let ran = run(&["transform", "--mapping", name], "{}\n");
        check_failed(&ran, name);
        assert_eq!(ran.err, format!("error: cannot read the mapping `{name}`: {expected}\n"));
        if Path::new(name).is_dir() {
            continue; // `validate` accepts folders
        }
        let ran = run(&["validate", name], "");
        assert_eq!(ran.code, Some(2), "{name}: {}", ran.err);
        assert!(ran.err.contains(expected), "{name}: {}", ran.err);
    }
}

fn mappings_with_errors_are_not_run() {
    let mut names: Vec<String> =
        std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/unreadable"))
            .expect("the folder")
            .flatten()
            .filter(|entry| entry.path().is_file())
            .map(|entry| format!("tests/cli/unreadable/{}", entry.file_name().to_string_lossy()))
            .collect();
    names.sort();
    assert!(names.len() > 8);
    for name in names {
        check_failed(&run(&["transform", "--mapping", &name], "{}\n"), &name);
        let ran = run(&["validate", "--format", "json", &name], "");
        assert_eq!(ran.code, Some(1), "{name}: what transform refuses is an error for validate: {}", ran.err);
        assert!(!ran.out.is_empty(), "{name}");
    }
}

fn invalid_settings_are_not_quoted() {
    let folder = Folder::new("settings");
    let secret = "k3y-n0body-may-see";
    for (file, text, place) in [
        ("cut.json", format!("{{\n  \"token\": \"{secret}\""), "cut.json:2:"),
        ("bare.json", secret.to_owned(), "bare.json:1:1: "),
        ("list.json", format!("[\"{secret}\"]"), "list.json:1:1: "),
        ("text.json", format!("\"{secret}\""), "text.json:1:1: "),
        ("two.json", format!("{{\"token\": \"{secret}\"}} {{}}"), "two.json:1:"),
        ("empty.json", String::new(), "empty.json:1:1: "),
    ] {
        let name = folder.file(file, text);
        let ran = run(&["transform", "--mapping", SHOP, "--config", &name], "{\"type\":\"page\"}\n");
        check_failed(&ran, file);
        assert!(ran.err.contains(place), "{file}: {}", ran.err);
        assert!(!ran.err.contains(secret), "{file}: {}", ran.err);
    }
    let ran = run(&["transform", "--mapping", SHOP, "--config", "no/such.json"], "");
    check_failed(&ran, "no/such.json");
    assert_eq!(ran.err, "error: cannot read the settings `no/such.json`: there is no such file\n");
}

fn events_are_refused_if_a_required_setting_is_missing() {
    let ran = run(&["transform", "--mapping", SHOP], "{\"type\":\"identify\",\"userId\":\"u\"}\n".repeat(3));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for answer in ran.answers() {
        assert_eq!(answer["error"], "token is missing in the settings");
        assert_eq!(answer["statTags"]["errorType"], "configuration");
    }
}

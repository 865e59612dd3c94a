//! What is written to files, when it cannot be written, and where links lead.

#![cfg(unix)]

use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};

use crate::cli::run::{Folder, Ran, SETTINGS, SHOP, transform};

tests![
    standard_output_that_cannot_be_written_is_an_error,
    an_output_file_is_replaced_only_by_a_complete_one,
    files_stay_as_they_are_when_the_disk_is_full,
    an_output_that_is_a_link_is_followed,
    an_output_that_is_no_file_is_written_directly,
    nothing_is_written_through_a_link_out_of_the_folder,
    a_pipe_in_a_folder_is_reported,
    a_pipe_as_an_argument_is_read
];

const EVENT: &str = "{\"type\":\"page\",\"userId\":\"u1\"}\n";
const MAPPING: &str = "destination: shop\nlanguage: 1\nrules:\n  - { name: all, drop: true }\n";
const WITH_FIX: &str = "destination: shop\nlanguage: 1\nrulse:\n  - { name: all, drop: true }\n";

/// A project with a mapping, an event and the fields that both mappings include.
fn project(name: &str) -> Folder {
    let folder = Folder::new(name);
    for part in ["mappings/common", "tests/events/shop", "snapshots/events/shop", "private"] {
        std::fs::create_dir_all(folder.path(part)).expect("a folder");
    }
    folder.file("mappings/shop.yaml", MAPPING);
    folder.file("tests/events/shop/page.json", EVENT);
    folder.file("private/key", "the key");
    folder
}

/// Runs a command line of the shell in a folder; `mapwright` is the command.
fn shell(folder: &str, line: &str) -> Ran {
    let script = format!("mapwright() {{ {} \"$@\"; }}\n{line}", env!("CARGO_BIN_EXE_mapwright"));
    let mut shell = Command::new("bash");
    shell.args(["-c", &script]).current_dir(folder).stdin(Stdio::null()).env("NO_COLOR", "1");
    let output = shell.output().expect("a shell");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// The names of all files in a folder, sorted.
fn names(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

fn standard_output_that_cannot_be_written_is_an_error() {
    let root = env!("CARGO_MANIFEST_DIR");
    let folder = project("closed");
    let file = folder.file("events.ndjson", EVENT);
    let new = folder.path("new");
    for (number, verb) in [
        format!("transform --mapping {SHOP} --config {SETTINGS} {file}"),
        format!("explain --mapping {SHOP} --config {SETTINGS} {file}"),
        "validate tests/invalid/S101-disabled.yaml".to_owned(),
        "validate --format json mappings/june.yaml".to_owned(),
        "test --mapping mappings/june.yaml".to_owned(),
        "schema".to_owned(),
        "ops".to_owned(),
        "codes".to_owned(),
        format!("new shop --dir {new}"),
        "--help".to_owned(),
        "--version".to_owned(),
    ]
    .iter()
    .enumerate()
    {
        let mut outputs = vec![">&-", "1</dev/null"];
        if cfg!(target_os = "linux") {
            outputs.push(">/dev/full");
        }
        for output in outputs {
            let verb = verb.replace(&new, &format!("{new}-{number}-{}", output.len()));
            let ran = shell(root, &format!("mapwright {verb} {output}"));
            assert_eq!(ran.code, Some(2), "{verb} {output}: {}", ran.err);
            assert!(
                ran.err.contains("error: cannot write to standard output: "),
                "{verb} {output}: {}",
                ran.err
            );
        }
    }
    let unused = shell(root, &format!("mapwright transform --mapping {SHOP} -o {} >&-", folder.path("out")));
    assert_eq!(unused.code, Some(0), "nothing is written to it: {}", unused.err);
}

fn an_output_file_is_replaced_only_by_a_complete_one() {
    let folder = project("replaced");
    let events = folder.file("events.ndjson", EVENT.repeat(2000));
    let output = folder.file("answers.ndjson", "yesterday");
    if cfg!(target_os = "linux") {
        // The second input can be opened, but not read.
        let ran = transform(&["-o", &output, &events, "/proc/self/mem"], "");
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains("answers.ndjson` is unchanged"), "{}", ran.err);
        assert_eq!(folder.text("answers.ndjson"), "yesterday");
    }
    assert_eq!(transform(&["-o", &output, &events], "").code, Some(0));
    assert_eq!(folder.text("answers.ndjson").lines().count(), 2000);
    assert!(names(&folder.path("")).iter().all(|name| !name.contains(".tmp")), "nothing is left over");
}

fn files_stay_as_they_are_when_the_disk_is_full() {
    let folder = project("full");
    let large = format!("{}{}", "# a comment\n".repeat(3000), WITH_FIX);
    let events = folder.file("events.ndjson", EVENT.repeat(2000));
    let event = format!("{{\"type\":\"page\",\"x\":\"{}\"}}", "x".repeat(9000));
    folder.file(
        "mappings/shop.yaml",
        MAPPING.replace("drop: true", "request: { endpoint: https://shop.example, body: $ }"),
    );
    folder.file("tests/events/shop/page.json", event);
    folder.file("snapshots/events/shop/page.snap", "---\ndescription: old\n---\nold\n");
    folder.file("snapshots/events/shop/page.snap.new", "older");
    folder.file("mappings/fix.yaml", &large);
    folder.file("answers.ndjson", "yesterday");
    let root = env!("CARGO_MANIFEST_DIR");
    for (line, message) in [
        ("mapwright validate --fix mappings/fix.yaml".to_owned(), "cannot write `mappings/fix.yaml`"),
        (
            "mapwright test --accept --mapping mappings/shop.yaml".to_owned(),
            "cannot write `snapshots/events/shop/page.snap`",
        ),
        (
            "mapwright test --mapping mappings/shop.yaml".to_owned(),
            "cannot write `snapshots/events/shop/page.snap.new`",
        ),
        (
            format!("mapwright transform -m {root}/{SHOP} -c {root}/{SETTINGS} -o answers.ndjson {events}"),
            "`answers.ndjson` is unchanged",
        ),
        (
            format!("mapwright transform -m {root}/{SHOP} -c {root}/{SETTINGS} -o new.ndjson {events}"),
            "`new.ndjson` was not created",
        ),
    ] {
        // A limit on the size of files instead of a full disk: 8 blocks of 512 or 1,024 bytes.
        let ran = shell(&folder.path(""), &format!("trap '' XFSZ; ulimit -f 8; {line}"));
        assert_eq!(ran.code, Some(2), "{line}: {ran:?}");
        assert!(ran.err.contains(message), "{line}: {}", ran.err);
    }
    // A signal in the middle of writing.
    let killed = shell(&folder.path(""), "(ulimit -f 8; mapwright validate --fix mappings/fix.yaml)");
    assert_ne!(killed.code, Some(0), "{killed:?}");
    assert_eq!(folder.text("mappings/fix.yaml"), large);
    assert_eq!(folder.text("answers.ndjson"), "yesterday");
    assert_eq!(folder.text("snapshots/events/shop/page.snap"), "---\ndescription: old\n---\nold\n");
    assert_eq!(folder.text("snapshots/events/shop/page.snap.new"), "older");
    let snapshots = names(&folder.path("snapshots/events/shop"));
    assert_eq!(snapshots, ["page.snap", "page.snap.new"], "nothing is left over");
    // `new` creates all of its files or none.
    let new = shell(&folder.path(""), "trap '' XFSZ; ulimit -f 0; mapwright new acme --dir made");
    assert_eq!(new.code, Some(2), "{new:?}");
    assert_eq!(names(&folder.path("made/mappings")), [""; 0]);
}

fn an_output_that_is_a_link_is_followed() {
    let folder = project("output-link");
    let events = folder.file("events.ndjson", EVENT);
    symlink("private/key", folder.path("link")).expect("a link");
    symlink("private/new", folder.path("dangling")).expect("a link");
    for (link, target) in [("link", "private/key"), ("dangling", "private/new")] {
        let ran = transform(&["-o", &folder.path(link), &events], "");
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(folder.text(target).starts_with("{\"line\":1"), "{link}");
        assert!(std::path::Path::new(&folder.path(link)).is_symlink(), "{link}");
    }
    assert_eq!(names(&folder.path("private")), ["key", "new"]);
}

fn an_output_that_is_no_file_is_written_directly() {
    let folder = project("stream");
    let events = folder.file("events.ndjson", EVENT);
    let fifo = folder.path("fifo");
    let root = env!("CARGO_MANIFEST_DIR");
    let transform = format!("mapwright transform -m {SHOP} -c {SETTINGS} {events} -o");
    for line in [
        format!("{transform} /dev/stdout"),
        format!("{transform} /dev/stdout | cat"),
        format!("mkfifo {fifo}; cat {fifo} & {transform} {fifo}; wait"),
    ] {
        let ran = shell(root, &line);
        assert!(ran.out.starts_with("{\"line\":1"), "{line}: {ran:?}");
    }
    let appended = folder.file("log", "before\n");
    let ran = shell(root, &format!("{transform} /dev/stdout >> {appended}; {transform} /dev/null"));
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(folder.text("log").starts_with("before\n{\"line\":1"), "{}", folder.text("log"));
}

fn nothing_is_written_through_a_link_out_of_the_folder() {
    let accept = "mapwright test --accept --mapping mappings/shop.yaml";
    let given = "mapwright test --mapping mappings/shop.yaml --snapshots snapshots";
    for (link, target, line) in [
        (
            "snapshots/events/shop/page.snap.new",
            "../../../../private/key",
            "mapwright test --mapping mappings/shop.yaml",
        ),
        ("snapshots/events/shop/page.snap", "../../../../private/key", accept),
        ("snapshots/events/shop/page.snap", "../../../../private/new", accept),
        ("snapshots/events/shop/deep", "../../../../private", accept),
        ("snapshots/deep", "../../private", given),
        ("mappings/fix.yaml", "../../private/fix.yaml", "mapwright validate --fix mappings"),
        (
            "mappings/page.snap.new",
            "../../private/key",
            "mapwright test --mapping mappings/shop.yaml --snapshots mappings",
        ),
        ("made", "../private", "mapwright new acme"),
    ] {
        // The project is a folder inside of one that holds what must not change.
        let outer = Folder::new("links-out");
        for part in
            ["project/mappings", "project/tests/events/shop/deep", "project/snapshots/events/shop", "private"]
        {
            std::fs::create_dir_all(outer.path(part)).expect("a folder");
        }
        outer.file("project/mappings/shop.yaml", MAPPING);
        outer.file("project/tests/events/shop/page.json", EVENT);
        outer.file("project/tests/events/shop/deep/page.json", EVENT);
        outer.file("private/key", "the key");
        outer.file("private/fix.yaml", WITH_FIX);
        symlink(target, outer.path(&format!("project/{link}"))).expect("a link");
        if link == "made" {
            std::fs::remove_dir_all(outer.path("project/mappings")).expect("it is removed");
            std::fs::rename(outer.path("project/made"), outer.path("project/mappings"))
                .expect("it is renamed");
        }
        let ran = shell(&outer.path("project"), line);
        assert_eq!(ran.code, Some(2), "{link}: {ran:?}");
        assert!(ran.err.contains("a link leads out of the folder"), "{link}: {}", ran.err);
        assert_eq!(outer.text("private/key"), "the key", "{link}");
        assert_eq!(outer.text("private/fix.yaml"), WITH_FIX, "{link}");
        assert_eq!(names(&outer.path("private")), ["fix.yaml", "key"], "{link}");
    }
}

fn a_pipe_in_a_folder_is_reported() {
    let not_a_file = "it is a pipe or a device, not a file";
    for (pipe, line) in [
        ("tests/events/shop/wait.json", "mapwright test"),
        ("tests/events/shop/settings.json", "mapwright test"),
        ("snapshots/events/shop/page.snap", "mapwright test"),
        ("snapshots/events/shop/other.snap", "mapwright test"),
        ("mappings/shop.yaml", "mapwright test"),
        ("mappings/wait.yaml", "mapwright validate mappings"),
        ("mappings/common/wait.yaml", "mapwright validate mappings"),
        ("mappings/included.yaml", "mapwright validate mappings/main.yaml"),
    ] {
        let folder = project("pipe-inside");
        let _ignored = std::fs::remove_file(folder.path(pipe));
        folder.file("mappings/main.yaml", format!("include: included.yaml\n{MAPPING}"));
        let made = Command::new("mkfifo").arg(folder.path(pipe)).status().expect("mkfifo");
        assert!(made.success());
        let ran = shell(&folder.path(""), line);
        assert_ne!(ran.code, Some(0), "{pipe}: {ran:?}");
        assert!(ran.err.contains(not_a_file) || ran.out.contains(not_a_file), "{pipe}: {ran:?}");
    }
    let folder = project("pipe-new");
    let made = Command::new("mkfifo").arg(folder.path("mappings/common/fields.yaml")).status();
    assert!(made.expect("mkfifo").success());
    let ran = shell(&folder.path(""), "mapwright new acme");
    assert_eq!(ran.code, Some(0), "the shared fields are not read: {}", ran.err);
}

fn a_pipe_as_an_argument_is_read() {
    let folder = project("pipe-argument");
    let [mapping, event] = [folder.file("pass.yaml", MAPPING), folder.file("event", EVENT)];
    for verb in ["transform", "explain"] {
        let line = format!("mapwright {verb} -m <(cat {mapping}) -c <(echo '{{}}') <(cat {event})");
        let ran = shell(env!("CARGO_MANIFEST_DIR"), &line);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{line}");
        assert!(!ran.out.is_empty(), "{line}");
    }
}

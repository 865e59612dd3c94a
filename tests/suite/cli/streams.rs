//! Threads, closed pipes, slow inputs, and `.json` files.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

use crate::cli::run::{Folder, SETTINGS, SHOP, command, transform};

tests![
    the_number_of_threads_does_not_affect_the_output,
    a_closed_pipe_is_not_an_error,
    a_line_is_answered_while_the_input_is_still_open,
    #[cfg(target_os = "linux")]
    a_failed_write_is_reported,
    one_event_in_a_json_file_may_span_several_lines
];

/// Lines of various kinds and lengths.
fn many(lines: usize) -> String {
    (0..lines).fold(String::new(), |mut text, number| {
        let filler = "é".repeat(number * 31 % 900);
        let _ = match number % 7 {
            0 => writeln!(text, r#"{{"type":"page","n":{number}}}"#),
            1 => writeln!(text, r#"{{"type":"track","event":"Order","userId":"{number}"}}"#),
            2 => writeln!(text, "no JSON {number}"),
            3 => writeln!(text, "\r"),
            _ => writeln!(text, r#"{{"type":"identify","userId":"{number}","traits":{{"x":"{filler}"}}}}"#),
        };
        text
    })
}

fn the_number_of_threads_does_not_affect_the_output() {
    let input = many(20_000);
    let one = transform(&["--threads", "1"], &input);
    assert_eq!(one.code, Some(0), "{}", one.err);
    assert!(one.out.lines().count() > 17_000);
    for threads in ["2", "3", "8"] {
        let more = transform(&["--threads", threads], &input);
        assert!(more.out == one.out, "{threads} threads: different output");
    }
}

fn a_closed_pipe_is_not_an_error() {
    let folder = Folder::new("pipe");
    let input = folder.file("events.ndjson", many(20_000));
    for threads in ["1", "2"] {
        let args =
            ["transform", "-m", SHOP, "-c", SETTINGS, "-t", threads, "--summary", "--fail-on-error", &input];
        let mut child = command(&args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut first = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("an output"));
        out.read_line(&mut first).expect("a first line");
        drop(out);
        let mut err = String::new();
        child.stderr.take().expect("an output").read_to_string(&mut err).expect("UTF-8");
        let code = child.wait().expect("the command ends").code();
        assert_eq!((code, err.as_str()), (Some(0), ""), "{threads} threads");
    }
}

fn a_line_is_answered_while_the_input_is_still_open() {
    for threads in ["1", "4"] {
        let mut child = command(&["transform", "-m", SHOP, "-c", SETTINGS, "-t", threads])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut input = child.stdin.take().expect("an input");
        let mut out = BufReader::new(child.stdout.take().expect("an output"));
        for number in 1..=3 {
            input.write_all(b"{\"type\":\"page\"}\n{\"type\":").expect("the input is open");
            input.flush().expect("the input is open");
            let mut answer = String::new();
            out.read_line(&mut answer).expect("an answer");
            assert!(answer.contains(&format!("\"line\":{}", 2 * number - 1)), "{answer}");
            input.write_all(b"\"page\"}\n").expect("the input is open");
            answer.clear();
            out.read_line(&mut answer).expect("an answer");
            assert!(answer.contains(&format!("\"line\":{}", 2 * number)), "{answer}");
        }
        drop(input);
        assert!(child.wait().expect("the command ends").success());
    }
}

#[cfg(target_os = "linux")]
fn a_failed_write_is_reported() {
    let full = "/dev/full";
    let ran = transform(&["-o", full], "{\"type\":\"page\"}\n");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.starts_with("error: cannot write `/dev/full`"), "{}", ran.err);
}

fn one_event_in_a_json_file_may_span_several_lines() {
    let folder = Folder::new("whole");
    let event = "\u{feff}{\n  \"type\": \"page\",\r\n  \"userId\": \"a\\nb\"\n}\n";
    let one = folder.file("one.json", event);
    let two = folder
        .file("two.json", "{\"type\":\"page\",\"userId\":\"x\"}\n{\"type\":\"page\",\"userId\":\"y\"}\n");
    let answers = transform(&[&one, &two], "").answers();
    let lines: Vec<_> = answers.iter().map(|answer| answer["line"].as_u64()).collect();
    assert_eq!(lines, [Some(1), Some(1), Some(2)]);
    assert!(answers.iter().all(|answer| answer["statusCode"] == 298), "{answers:?}");
    let short = transform(&["--max-line-bytes", "20", one.as_str()], "");
    assert_eq!((short.code, short.out.as_str()), (Some(2), ""), "a longer file is not one event");
    assert!(short.err.contains("it is pretty-printed JSON"), "{}", short.err);
}

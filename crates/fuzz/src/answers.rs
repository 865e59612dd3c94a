//! What must be true of the answers to any lines.

use std::thread;

use mapwright::internal::explain;
use mapwright::{Engine, Settings, Worker};
use serde::Deserialize;

/// Transforms lines in several ways: every line has an answer, and the answers are the same every time.
///
/// # Errors
/// What is not true, in one sentence.
pub fn check(engine: &Engine, settings: &Settings, lines: &[&[u8]]) -> Result<(), String> {
    let events = || engine.worker(settings).map_err(|error| error.to_string());
    let expected = all(&mut events()?, lines)?;
    for (number, (line, answers)) in (1..).zip(lines.iter().zip(&expected)) {
        one_answer(number, answers)?;
        let mut worker = events()?;
        // A worker that has seen nothing, and one that was observed.
        if one(&mut worker, number, line) != *answers {
            return Err(format!("line {number}: the answer depends on the lines before"));
        }
        if !explain(&mut worker, number, line).gives(answers) {
            return Err(format!("line {number}: the answer is another one with an observer"));
        }
        if one(&mut worker, number, line) != *answers {
            return Err(format!("line {number}: the answer is another one after an observer"));
        }
    }
    two_threads(engine, settings, lines, &expected)?;
    let mut envelopes = engine.envelope_worker();
    for (number, line) in (1..).zip(lines) {
        one_answer(number, &one(&mut envelopes, number, line))?;
    }
    Ok(())
}

fn one(worker: &mut Worker, number: u64, line: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let _ = worker.line(number, line, &mut out);
    out
}

fn all(worker: &mut Worker, lines: &[&[u8]]) -> Result<Vec<Vec<u8>>, String> {
    let mut answers = Vec::new();
    for (number, line) in (1..).zip(lines) {
        let mut out = Vec::new();
        let answer = worker.line(number, line, &mut out);
        // What a caller reads of the requests must not panic either.
        for request in answer.requests() {
            let _ =
                (request.endpoint(), request.method(), request.headers(), request.params(), request.body());
        }
        answers.push(out);
    }
    if answers.len() == lines.len() { Ok(answers) } else { Err("a line has no answer".to_owned()) }
}

/// The answer to a line: lines of JSON, each with the number of the line.
fn one_answer(number: u64, answers: &[u8]) -> Result<(), String> {
    let text = std::str::from_utf8(answers).map_err(|_| format!("line {number}: the answer is not UTF-8"))?;
    if text.is_empty() || !text.ends_with('\n') {
        return Err(format!("line {number} has no answer"));
    }
    for line in text.lines() {
        let answer: AnswerLine = serde_json::from_str(line)
            .map_err(|error| format!("line {number}: the answer is not JSON: {error}"))?;
        if answer.line != number {
            return Err(format!("line {number}: the answer has another number"));
        }
    }
    Ok(())
}

/// The other members can be of any depth, and are only checked to be JSON.
#[derive(Deserialize)]
struct AnswerLine {
    line: u64,
}

fn two_threads(
    engine: &Engine,
    settings: &Settings,
    lines: &[&[u8]],
    expected: &[Vec<u8>],
) -> Result<(), String> {
    let half = |odd: bool| -> Result<(), String> {
        let mut worker = engine.worker(settings).map_err(|error| error.to_string())?;
        for (number, (line, answers)) in (1..).zip(lines.iter().zip(expected)) {
            if (number % 2 == 1) == odd && one(&mut worker, number, line) != *answers {
                return Err(format!("line {number}: the answer is another one in two threads"));
            }
        }
        Ok(())
    };
    thread::scope(|scope| {
        let other = scope.spawn(|| half(true));
        half(false)?;
        other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

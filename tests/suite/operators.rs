//! Runs every example in the tables of operators, tests and predicates, each in a small mapping.

use libtest_mimic::{Failed, Trial};
use mapwright::internal::diag::human;
use mapwright::internal::json::{Document, Limits, Tape};
use mapwright::internal::ops::{Example, OPS};
use mapwright::internal::value::{Arena, Value, same};
use mapwright::internal::{PREDICATES, TESTS};
use mapwright::{Engine, Outcome};

use crate::case;
use crate::load::load;

pub(crate) fn tests() -> Vec<Trial> {
    let mut trials = Vec::new();
    for row in OPS {
        for (index, example) in row.examples.iter().enumerate() {
            trials
                .push(case("operators", format!("operator/{}/{index}", row.name), move || operator(example)));
        }
    }
    for row in TESTS {
        trials.push(case("operators", format!("test/{}", row.name), || condition(row.example).map(drop)));
    }
    for row in PREDICATES {
        trials.push(case("operators", format!("predicate/{}", row.name), || predicate(row.name)));
    }
    trials
}

fn engine(mapping: &str) -> Result<Engine, Failed> {
    let loaded = load("mapping.yaml", mapping);
    let findings = human(&loaded.findings, &loaded.sources, false, Some(100));
    if !findings.is_empty() {
        return Err(format!("{mapping}\n{findings}").into());
    }
    Ok(loaded.engine.ok_or("it does not load")?)
}

/// The outcome of an event and its answer line.
fn run(engine: &Engine, event: &str) -> (Outcome, String) {
    let settings = engine.settings("{}").expect("empty settings");
    let mut worker = engine.worker(&settings).expect("settings of the same engine");
    let answer = worker.event(event.as_bytes());
    let lines = String::from_utf8_lossy(answer.lines()).into_owned();
    (answer.outcome, lines)
}

fn operator(example: &Example) -> Result<(), Failed> {
    let engine = engine(&format!(
        "destination: example
language: 1
rules:
  - name: all
    request:
      endpoint: https://api.example.com
      body:
        out: {{ from: $.in, keep_empty: true, transform: {} }}
",
        example.step
    ))?;
    let (outcome, answer) = run(&engine, &format!("{{\"in\":{}}}", example.input));
    if outcome != Outcome::Requests(1) {
        return Err(answer.into());
    }
    let (limits, arena) = (Limits::default(), Arena::new());
    let (mut of_answer, mut of_example) = (Tape::default(), Tape::default());
    let answer = Document::read(&answer, &mut of_answer, &limits)?;
    let body = answer.root().member("output").and_then(|output| output.member("body"));
    let found = body.and_then(|body| body.member("JSON")).and_then(|json| json.member("out"));
    let equal = if example.output == "—" {
        found.is_none()
    } else {
        let expected = Document::read(example.output, &mut of_example, &limits)?;
        found.is_some_and(|found| same(Value::Node(found), Value::Node(expected.root()), &arena))
    };
    if equal {
        return Ok(());
    }
    let found = found.map_or("—", |found| found.json());
    Err(format!("{} of {} is {found}, not {}", example.step, example.input, example.output).into())
}

/// A mapping that drops the events that meet a condition.
fn condition(written: &str) -> Result<Engine, Failed> {
    engine(&format!(
        "destination: example
language: 1
rules:
  - {{ name: holds, when: {written}, drop: true }}
  - {{ name: rest, fail: it does not hold }}
"
    ))
}

/// The predicate holds for some values and not for others, and `is_not` is its negation.
fn predicate(name: &str) -> Result<(), Failed> {
    let is = condition(&format!("{{ $.in: {{ is: {name} }} }}"))?;
    let is_not = condition(&format!("{{ $.in: {{ is_not: {name} }} }}"))?;
    let (mut with, mut without) = (0, 0);
    for json in [
        "\"a@shop.example\"",
        "\"https://shop.example/a\"",
        "\"\"",
        "\" \\u00a0\\u2003\"",
        "0",
        "1.5",
        "true",
        "false",
        "null",
        "[1]",
        "[]",
        "{}",
    ] {
        let event = format!("{{\"in\":{json}}}");
        let held = run(&is, &event).0 == Outcome::Dropped;
        if held == (run(&is_not, &event).0 == Outcome::Dropped) {
            return Err(format!("`is: {name}` and `is_not: {name}` agree on {json}").into());
        }
        *if held { &mut with } else { &mut without } += 1;
    }
    if with == 0 || without == 0 {
        return Err(format!("`is: {name}` holds for {with} values and not for {without}").into());
    }
    Ok(())
}

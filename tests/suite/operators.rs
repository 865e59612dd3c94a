//! Every example of the tables of operators, tests and predicates, in a mapping built around it.

use libtest_mimic::{Failed, Trial};
use mapwright::diag::human;
use mapwright::json::{Document, Limits, Tape};
use mapwright::ops::{Example, OPS};
use mapwright::value::{Arena, Value, same};
use mapwright::{Input, Outcome, PREDICATES, Plan, Settings, TESTS, Worker};

use crate::case;
use crate::load::load;

pub(crate) fn tests() -> Vec<Trial> {
    let mut trials = Vec::new();
    for row in OPS {
        for (at, example) in row.examples.iter().enumerate() {
            trials.push(case("operators", format!("operator/{}/{at}", row.name), move || operator(example)));
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

fn plan(mapping: &str) -> Result<Plan, Failed> {
    let loaded = load("mapping.yaml", mapping);
    let told = human(&loaded.findings, &loaded.sources, false, Some(100));
    if !told.is_empty() {
        return Err(format!("{mapping}\n{told}").into());
    }
    Ok(loaded.plan.ok_or("no plan")?)
}

/// The outcome of an event and its answer line.
fn run(plan: &Plan, event: &str) -> (Outcome, String) {
    let (settings, mut answers) = (Settings::none(plan), Vec::new());
    let mut worker = Worker::new(plan, &settings, Input::Events, Limits::default());
    let answer = worker.line(1, event.as_bytes(), &mut answers);
    (answer.outcome, String::from_utf8_lossy(&answers).into_owned())
}

fn operator(example: &Example) -> Result<(), Failed> {
    let plan = plan(&format!(
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
    let (outcome, answer) = run(&plan, &format!("{{\"in\":{}}}", example.input));
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
        let wanted = Document::read(example.output, &mut of_example, &limits)?;
        found.is_some_and(|found| same(Value::Node(found), Value::Node(wanted.root()), &arena))
    };
    if equal {
        return Ok(());
    }
    let found = found.map_or("—", |found| found.json());
    Err(format!("{} of {} is {found}, not {}", example.step, example.input, example.output).into())
}

/// A mapping that drops the events for which a condition holds.
fn condition(written: &str) -> Result<Plan, Failed> {
    plan(&format!(
        "destination: example
language: 1
rules:
  - {{ name: holds, when: {written}, drop: true }}
  - {{ name: rest, fail: it does not hold }}
"
    ))
}

/// The predicate holds for some value and fails for another.
fn predicate(name: &str) -> Result<(), Failed> {
    let is = condition(&format!("{{ $.in: {{ is: {name} }} }}"))?;
    let is_not = condition(&format!("{{ $.in: {{ is_not: {name} }} }}"))?;
    let (mut with, mut without) = (0, 0);
    for json in [
        "\"a@shop.example\"",
        "\"https://shop.example/a\"",
        "\"\"",
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

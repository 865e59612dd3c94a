//! Events that a mapping turns into more than their budget: each is refused with the address and the place of its rule, and
//! the events around it get their answers.

mod cases;
mod limits;
mod memory;

use std::fmt::Write as _;

use mapwright::{Engine, Outcome, RefusalKind, Worker};

use crate::load::load;
use cases::{CASES, Case, Limit};

/// The tests of this folder.
pub(crate) fn tests() -> Vec<libtest_mimic::Trial> {
    let cases = CASES.iter().map(|case| {
        let name = format!("budget::{}", case.name);
        libtest_mimic::Trial::test(name, || {
            too_much_is_refused(case);
            Ok(())
        })
    });
    cases.chain(limits::tests()).chain(memory::tests()).collect()
}

/// A mapping whose first rule has the case's value as its body, or its own parts of a mapping.
fn mapping(case: &Case) -> String {
    let mut text = String::from("destination: shop\nlanguage: 1\n");
    text.push_str(case.sections);
    text.push_str("rules:\n");
    if case.rule.is_empty() {
        text.push_str(
            "  - name: costly\n    when: { $.type: costly }\n    request:\n      endpoint: https://shop.example/\n      body:\n",
        );
        let _ = writeln!(text, "        v: {}", case.value);
    } else {
        text.push_str(case.rule);
    }
    text.push_str("  - name: rest\n    request: { endpoint: 'https://shop.example/', body: { id: $.id } }\n");
    text
}

fn engine(text: &str) -> Engine {
    let loaded = load("shop.yaml", text);
    loaded.engine.unwrap_or_else(|| panic!("{:?}\n{text:.3000}", loaded.findings))
}

fn worker(engine: &Engine) -> Worker {
    engine.worker(&engine.settings("{}").expect("settings")).expect("settings of the same engine")
}

fn too_much_is_refused(case: &Case) {
    let text = mapping(case);
    let mut worker = worker(&engine(&text))
        .with_max_event_memory(8 << 20)
        .with_max_event_values(100_000)
        .with_max_event_steps(1_000_000);
    let event = (case.event)();
    let mut answers = Vec::new();
    for (number, line) in [r#"{"id":1}"#, &event, r#"{"id":3}"#].iter().enumerate() {
        let answer = worker.line(number as u64 + 1, line.as_bytes(), &mut answers);
        if number != 1 {
            assert_eq!(answer.outcome, Outcome::Requests(1), "{}", case.name);
            continue;
        }
        let Outcome::Refused(refusal) = &answer.outcome else {
            panic!("{}: {:?}, {} bytes", case.name, answer.outcome, answer.lines().len());
        };
        let (event, mapping) = (RefusalKind::Instrumentation, RefusalKind::Configuration);
        let (kind, message) = match case.limit {
            Limit::Memory => {
                (event, "needs more memory than the limit of 8 MiB, which --max-event-memory raises")
            }
            Limit::Values => (
                event,
                "makes more list elements and map members than the limit of 100,000, which --max-event-values raises",
            ),
            Limit::Steps => {
                (event, "takes more steps than the limit of 1,000,000, which --max-event-steps raises")
            }
            Limit::Template => (mapping, "the template takes too many steps"),
        };
        assert!(refusal.message.contains(message), "{}: {refusal}", case.name);
        assert_eq!(refusal.kind, kind, "{refusal}");
        let line = String::from_utf8_lossy(answer.lines()).into_owned();
        let address = format!(r#""address":"shop/{}""#, case.address);
        assert!(line.contains(&address), "{}: {line}", case.name);
        let place = line.split_once(r#""at":"shop.yaml:"#).expect("a place").1;
        assert!(place.starts_with(|digit: char| digit.is_ascii_digit()), "{line}");
    }
    let lines: Vec<_> = answers.split(|&byte| byte == b'\n').collect();
    assert_eq!(lines.len(), 4, "three lines and their last line break");
}

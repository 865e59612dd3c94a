//! The limits themselves: how they are set, what they apply to, and that nothing else decides.

use mapwright::{Outcome, Worker};

use super::cases::{CASES, Case, repeated};
use super::{engine, mapping, worker};
use crate::cli::run::run;

tests![
    a_higher_limit_is_enough,
    limits_do_not_depend_on_the_events_before,
    options_of_the_table_exist,
    patterns_in_templates_are_constant,
    settings_have_a_budget,
    small_events_are_within_small_limits,
];

/// What is refused by the default limits is answered by a worker with higher ones.
fn a_higher_limit_is_enough() {
    let engine = engine(
        "destination: shop\nlanguage: 1\nrules:\n  - name: all\n    request:\n      endpoint: https://shop.example/\n      body: { v: { from: $.text, transform: [{ split: '' }, { join: '-' }] } }\n",
    );
    let event = format!(r#"{{"text":"{}"}}"#, "x".repeat(1_200_000));
    let refused = worker(&engine).event(event.as_bytes()).outcome.clone();
    assert!(matches!(refused, Outcome::Refused(_)), "{refused:?}");
    let mut patient = worker(&engine)
        .with_max_event_values(2_000_000)
        .with_max_event_memory(256 << 20)
        .with_max_event_steps(100_000_000);
    assert_eq!(patient.event(event.as_bytes()).outcome, Outcome::Requests(1));
}

/// The same event is refused or answered whatever the worker has read before.
fn limits_do_not_depend_on_the_events_before() {
    let engine = engine(&mapping(&Case {
        value: "{ from: $.text, transform: [{ split: '' }, unique, { join: ',' }] }",
        ..CASES[0]
    }));
    let event = |length: usize| format!(r#"{{"type":"costly","text":"{}"}}"#, repeated("añ\\n", length));
    let answer = |worker: &mut Worker, length: usize| worker.event(event(length).as_bytes()).lines().to_vec();
    let new = || worker(&engine).with_max_event_memory(1 << 20);
    let lengths: Vec<usize> = (0..60).map(|number| number * 397 % 17_000).collect();
    let mut reused = new();
    let (mut too_much, mut answered) = (0, 0);
    for length in lengths {
        let expected = answer(&mut new(), length);
        if expected.windows(7).any(|part| part == b"\"error\"") {
            too_much += 1;
        } else {
            answered += 1;
        }
        assert_eq!(answer(&mut reused, length), expected, "{length}");
    }
    assert!(too_much > 5 && answered > 5, "{too_much} {answered}");
}

fn options_of_the_table_exist() {
    let help = run(&["transform", "--help"], "").out;
    let api =
        std::fs::read_to_string(crate::load::project().join("snapshots/surface.snap")).expect("a snapshot");
    for limit in mapwright::internal::limits::LIMITS {
        if let (Some(option), Some(method)) = (limit.option, limit.method) {
            assert!(help.contains(option), "{option}");
            let (owner, method) = method.split_once("::").expect("a method of a type");
            assert!(api.contains(&format!("fn {method}(")) && api.contains(owner), "{method}");
        }
    }
}

/// Values that depend on settings only are computed within the same limits, and refuse the events of those settings.
fn settings_have_a_budget() {
    let engine = engine(
        "destination: shop\nlanguage: 1\nconfig:\n  text: { secret: false }\nfields:\n  long: { from: $config.text, transform: [{ replace: { text: x, with: xxxxxxxxxx } }, { replace: { text: x, with: xxxxxxxxxx } }, { replace: { text: x, with: xxxxxxxxxx } }, { replace: { text: x, with: xxxxxxxxxx } }, { replace: { text: x, with: xxxxxxxxxx } }, { replace: { text: x, with: xxxxxxxxxx } }, { replace: { text: x, with: xxxxxxxxxx } }, { replace: { text: x, with: xxxxxxxxxx } }] }\nrules:\n  - name: all\n    request: { endpoint: 'https://shop.example/', body: { long: $long } }\n",
    );
    let mut worker = engine.envelope_worker();
    let envelope = |text: &str| {
        format!(r#"{{"message":{{"type":"a"}},"destination":{{"Config":{{"text":"{text}"}}}}}}"#)
    };
    assert_eq!(worker.event(envelope("a").as_bytes()).outcome, Outcome::Requests(1));
    let answer = worker.event(envelope("x").as_bytes());
    let Outcome::Refused(refusal) = &answer.outcome else { panic!("{answer:?}") };
    assert!(refusal.message.contains("--max-event-memory"), "{refusal}");
    assert!(String::from_utf8_lossy(answer.lines()).contains(r#""address":"shop/fields.long""#));
    assert_eq!(worker.event(envelope("b").as_bytes()).outcome, Outcome::Requests(1));
}

/// Ordinary events need far less than the defaults: the recorded ones are answered the same with a hundredth of them.
fn small_events_are_within_small_limits() {
    let engine = crate::load::mapping("customerio", None);
    let settings =
        std::fs::read_to_string(crate::load::project().join("benches/settings.json")).expect("settings");
    let settings = engine.settings(&settings).expect("settings");
    let events =
        std::fs::read_to_string(crate::load::project().join("examples/events.ndjson")).expect("events");
    let mut usual = engine.worker(&settings).expect("a worker");
    let mut small = engine
        .worker(&settings)
        .expect("a worker")
        .with_max_event_memory(64 << 10)
        .with_max_event_values(1000)
        .with_max_event_steps(2000);
    for event in events.lines() {
        let expected = usual.event(event.as_bytes()).lines().to_vec();
        assert_eq!(small.event(event.as_bytes()).lines(), expected, "{event}");
    }
}

/// A pattern in a filter of a template, or of a path, cannot come from the event.
fn patterns_in_templates_are_constant() {
    let codes = |value: &'static str| {
        let text = mapping(&Case { value, ..CASES[0] });
        let loaded = crate::load::load("shop.yaml", &text);
        loaded.findings.iter().map(|finding| finding.message.clone()).collect::<Vec<_>>()
    };
    let computed = "'{% if event.a %}{{ event.a | replace(regex=event.b, with=event.c) }}{% endif %}'";
    assert!(codes(computed).iter().any(|message| message.contains("needs constant arguments")));
    let computed = "'{% if event.a %}{{ event.a | replace(event.b) }}{% endif %}'";
    assert!(codes(computed).iter().any(|message| message.contains("needs constant arguments")));
    let constant = r#"'{% for a in event.x %}{{ a | replace(regex="x+", with="y") }}{% endfor %}'"#;
    assert_eq!(codes(constant), [""; 0]);
    let text = r#"'{% if event.a %}{{ event.a | replace(text=event.b, with="y") }}{% endif %}'"#;
    assert_eq!(codes(text), [""; 0]);
    assert!(
        codes("'$.x[?match(@.a, @.b)]'").iter().any(|message| message.contains("must be text in quotes"))
    );
}

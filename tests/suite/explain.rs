//! Traces: their contents, that they hide secrets, and that tracing does not affect the answers.

use mapwright::internal::cases::Case;
use mapwright::internal::{Trace, explain};
use mapwright::{Files, Worker};

use crate::load::{files_below, mapping, project, text};

tests![
    a_trace_explains_how_requests_came_about,
    a_trace_can_be_written_as_json,
    a_single_value_can_be_explained,
    long_values_are_truncated_on_a_narrow_terminal,
    secrets_are_hidden,
    tracing_does_not_affect_the_answers,
    every_snapshot_belongs_to_a_test
];

struct Shop;

impl Files for Shop {
    fn read(&self, _: Option<&str>, _: &str) -> Result<(String, String), String> {
        Ok(("shop.yaml".to_owned(), text(&project().join("tests/explain/shop.yaml"))))
    }
}

fn shop() -> Worker {
    let loaded = mapwright::load("shop.yaml", &Shop);
    let findings = mapwright::internal::diag::human(&loaded.findings, &loaded.sources, false, Some(100));
    let engine = loaded.engine.unwrap_or_else(|| panic!("{findings}"));
    let settings = engine.settings(&text(&project().join("tests/explain/settings.json"))).expect("settings");
    engine.worker(&settings).expect("settings of the same engine")
}

fn events() -> Vec<String> {
    text(&project().join("tests/explain/events.ndjson")).lines().map(str::to_owned).collect()
}

fn traces() -> Vec<Trace> {
    let mut worker = shop();
    let explained =
        |(index, event): (usize, String)| explain(&mut worker, index as u64 + 1, event.as_bytes());
    events().into_iter().enumerate().map(explained).collect()
}

fn snapshot_settings() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(project().join("snapshots/explain"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

fn a_trace_explains_how_requests_came_about() {
    for (name, trace) in [
        "person",
        "refused",
        "from-a-row",
        "several-requests",
        "refused-inside",
        "dropped",
        "no-rule",
        "no-json",
    ]
    .iter()
    .zip(traces())
    {
        snapshot_settings().bind(|| insta::assert_snapshot!(*name, trace.text(false, 100)));
    }
}

fn a_trace_can_be_written_as_json() {
    let trace = &traces()[3];
    let read = |json: &str| serde_json::from_str::<serde_json::Value>(json).expect("JSON");
    snapshot_settings().bind(|| insta::assert_json_snapshot!("several-requests-json", read(&trace.json())));
    snapshot_settings().bind(|| {
        insta::assert_json_snapshot!("one-value-json", read(&trace.json_of("body.total").expect("a value")));
    });
    let person = &traces()[0];
    assert!(person.json().contains(":12345678901234567890"), "numbers keep their precision");
}

fn a_single_value_can_be_explained() {
    let all = traces();
    for (name, trace, path) in [
        ("path-endpoint", &all[0], "endpoint"),
        ("path-header", &all[0], "headers.Authorization"),
        ("path-member", &all[0], "body.name"),
        ("path-missing-member", &all[2], "body.email"),
        ("path-copied", &all[2], "body.address.city"),
        ("path-field", &all[0], "person"),
        ("path-of-several", &all[3], "body.sku"),
    ] {
        let rendered = trace.text_of(path, None, false, 100).expect("a value");
        snapshot_settings().bind(|| insta::assert_snapshot!(name, rendered));
    }
    let second = all[3].text_of("body.sku", Some(2), false, 100).expect("a value");
    assert!(second.contains("\"b\"") && !second.contains("\"a\""), "{second}");
    let unknown = all[0].text_of("body.nmae", None, false, 100).expect_err("no such value");
    assert_eq!(unknown.to_string(), "this event gives no `body.nmae`; did you mean `body.name`?");
}

fn long_values_are_truncated_on_a_narrow_terminal() {
    for trace in traces() {
        let rendered = trace.text(false, 50);
        // The requests behind the answers are shown whole.
        let (before, answers) = rendered.split_once("Answer\n").expect("the answers");
        let answers = answers.split("\n\n").next().unwrap_or_default();
        let wide: Vec<&str> =
            before.lines().chain(answers.lines()).filter(|line| line.chars().count() > 50).collect();
        assert!(wide.is_empty(), "{wide:#?}");
    }
    let colored = traces()[0].text(true, 100);
    assert!(colored.contains("\u{1b}[36mendpoint\u{1b}[0m"), "{colored}");
}

/// Settings that are public in the shipped mappings.
const PUBLIC: [&str; 6] =
    ["datacenter", "dataResidency", "deviceTokenEventName", "environment", "mid", "organisationId"];

/// The secrets in the encodings in which they could be leaked.
fn with_encodings(secrets: &[&str]) -> Vec<String> {
    use base64::Engine as _;
    let encode = |text: &str| base64::engine::general_purpose::STANDARD.encode(text);
    let mut words: Vec<String> =
        secrets.iter().flat_map(|secret| [(*secret).to_owned(), encode(secret)]).collect();
    words.push(encode(&secrets.join(":")));
    words.extend(secrets.iter().map(|secret| encode(&format!("{secret}:x"))));
    words
}

/// Checks that no rendering of a trace contains a secret.
fn check_hidden(trace: &Trace, secrets: &[String], what: &str) {
    let answers: Vec<&str> = trace.answers().collect();
    for text in [trace.text(true, 100_000), trace.json(), answers.join("\n"), format!("{trace:?}")] {
        for secret in secrets {
            assert!(!text.contains(secret.as_str()), "{what}: {secret} is not hidden:\n{text}");
        }
    }
}

fn secrets_are_hidden() {
    let mut worker = shop();
    let answer = worker.event(events()[0].as_bytes());
    let answer: serde_json::Value = serde_json::from_slice(answer.lines()).expect("one answer");
    let sum = answer["output"]["headers"]["X-Sum"].as_str().expect("the value that is derived from the key");
    assert_eq!(sum.len(), 64);
    let mut secrets = with_encodings(&["s3cret-key", "s3cret-plan"]);
    secrets.push(sum.to_owned());
    for (trace, event) in traces().iter().zip(events()) {
        check_hidden(trace, &secrets, &event);
    }
    let rendered = traces()[0].text(false, 100_000);
    assert!(
        rendered.contains("headers = {\"Authorization\":\"Bearer •••\",\"X-Sum\":\"•••\"}"),
        "{rendered}"
    );
    assert!(rendered.contains("https://api.shop.example/people/u%201?key=•••"), "{rendered}");
}

fn tracing_does_not_affect_the_answers() {
    let mut worker = shop();
    for (index, event) in events().iter().enumerate() {
        let mut answers = Vec::new();
        worker.line(index as u64 + 1, event.as_bytes(), &mut answers);
        let trace = explain(&mut worker, index as u64 + 1, event.as_bytes());
        assert!(trace.gives(&answers), "{event}\n{}", String::from_utf8_lossy(&answers));
    }
    let examples: Vec<String> = files_below("examples", "ndjson").iter().map(|path| text(path)).collect();
    let (mut cases, mut with_secrets) = (0, 0);
    for folder in std::fs::read_dir(project().join("tests/events")).expect("the events").flatten() {
        let name = folder.file_name().to_string_lossy().into_owned();
        let settings = text(&folder.path().join("settings.json"));
        let parsed: serde_json::Value = serde_json::from_str(&settings).expect("JSON");
        let members = parsed.as_object().expect("a map").iter();
        let secrets = members.filter(|(name, _)| !PUBLIC.contains(&name.as_str()));
        let secrets: Vec<&str> = secrets.filter_map(|(_, value)| value.as_str()).collect();
        with_secrets += usize::from(!secrets.is_empty());
        let secrets = if secrets.is_empty() { Vec::new() } else { with_encodings(&secrets) };
        let engine = mapping(&name, None);
        let files = files_below(&format!("tests/events/{name}"), "json");
        let events = files.iter().filter(|path| !path.ends_with("settings.json")).map(|path| text(path));
        for event in events.chain(examples.iter().flat_map(|lines| lines.lines().map(str::to_owned))) {
            let case = Case::read(&event, &settings).expect("a case");
            let trace = case.explained(&engine);
            assert!(trace.gives(case.answers(&engine).as_bytes()), "{name}: {event}");
            check_hidden(&trace, &secrets, &event);
            cases += 1;
        }
    }
    assert!(cases > 100, "only {cases} cases were compared");
    assert!(with_secrets >= 3, "{with_secrets}");
}

fn every_snapshot_belongs_to_a_test() {
    let code = text(&project().join("tests/suite/explain.rs"));
    for path in files_below("snapshots/explain", "snap") {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name");
        assert!(code.contains(&format!("\"{name}\"")), "no test compares {}", path.display());
    }
}

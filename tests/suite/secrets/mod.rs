//! No output of any command holds a piece of a secret setting, whatever a mapping does to it; except the answers of
//! `transform`, which are the requests to send.

mod kinds;
mod leaks;
mod mappings;

use mapwright::Outcome;
use mapwright::internal::cases::Case;
use mapwright::internal::display::{RequestFormat, answer_text};
use mapwright::internal::{diag, explain, with_shown_answer};

use crate::cli::run::{Folder, command};
use fuzz::random::Random;
use kinds::{
    a_secret_is_masked_whatever_was_made_of_it, a_wrong_file_is_not_shown, errors_of_a_run_quote_no_values,
    messages_hold_no_secret, messages_of_a_contract_hold_no_secret,
    numbers_are_masked_by_what_they_come_from, prepare_does_not_wash_a_secret, public_parts_stay_readable,
};
use leaks::{Secret, every_encoding_is_found};
use mappings::{EVENT, Generator, settings};

tests![
    every_encoding_is_found,
    random_mappings_keep_a_secret,
    commands_keep_a_secret,
    a_secret_is_masked_whatever_was_made_of_it,
    numbers_are_masked_by_what_they_come_from,
    public_parts_stay_readable,
    prepare_does_not_wash_a_secret,
    messages_hold_no_secret,
    errors_of_a_run_quote_no_values,
    messages_of_a_contract_hold_no_secret,
    a_wrong_file_is_not_shown
];

/// The number of random mappings to try unless `SECRETS` is set.
const DEFAULT_COUNT: u64 = 300;

/// How many mappings are tried with the command, which takes longer.
const WITH_COMMAND: usize = 12;

/// A secret of 24 letters.
fn secret(random: &mut Random) -> String {
    let letters = (b'a'..=b'z').chain(b'A'..=b'Z').map(char::from).collect::<Vec<_>>();
    (0..24).map(|_| letters[random.below(letters.len())]).collect()
}

/// A random mapping with its secret.
struct Sample {
    mapping: String,
    secret: String,
}

impl Sample {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed, 0);
        let secret = secret(&mut random);
        Self { mapping: Generator::new(&mut random).mapping(), secret }
    }
}

/// What was tried, to see that the test is worth something.
#[derive(Default, Debug)]
struct Tried {
    loaded: usize,
    refused: usize,
    /// Mappings with the secret in a request.
    sent: usize,
    masked: usize,
}

fn random_mappings_keep_a_secret() {
    let count = std::env::var("SECRETS").ok().and_then(|count| count.parse().ok()).unwrap_or(DEFAULT_COUNT);
    let mut tried = Tried::default();
    for seed in 1..=count {
        let sample = Sample::new(seed);
        let secret = Secret::new(&sample.secret);
        for (output, text) in outputs(&sample, &secret, &mut tried) {
            if let Some(leak) = secret.leak(&text) {
                panic!(
                    "seed {seed}: {output} holds {leak}:\n{text}\n{}\nsecret {}",
                    sample.mapping, sample.secret
                );
            }
        }
    }
    let count = usize::try_from(count).unwrap_or(usize::MAX);
    assert!(tried.loaded > count / 4 && tried.sent > count / 10, "{tried:?} of {count}");
    assert!(tried.masked > tried.sent / 2 && tried.refused > 0, "{tried:?} of {count}");
}

/// What the commands would print for a mapping, each with its name.
fn outputs(sample: &Sample, secret: &Secret, tried: &mut Tried) -> Vec<(&'static str, String)> {
    let loaded = mapwright::load("shop.yaml", &[("shop.yaml", sample.mapping.as_str())]);
    let mut outputs = vec![("findings", diag::human(&loaded.findings, &loaded.sources, false, Some(100)))];
    outputs.push(("findings as JSON", diag::json(&[(&loaded.findings, &loaded.sources)])));
    let Some(engine) = loaded.engine else { return outputs };
    tried.loaded += 1;
    let settings = settings(&sample.secret);
    for event in [EVENT.to_owned(), EVENT.replace("track", "other")] {
        let case = Case::read(&event, &settings).expect("a case");
        let refused = case.answer(&engine, |answer| match &answer.outcome {
            Outcome::Refused(refusal) => Some(refusal.message.clone()),
            Outcome::Requests(_) | Outcome::Dropped => None,
        });
        let answers = case.answers(&engine);
        tried.sent += usize::from(secret.leak(&answers).is_some());
        tried.refused += usize::from(refused.is_some());
        if let Some(message) = refused {
            outputs.extend([("a refusal", message), ("the answer of a refusal", answers)]);
        }
        let snapshot = case.snapshot(&engine);
        tried.masked += usize::from(snapshot.contains('‹'));
        outputs.push(("a snapshot", snapshot));
        let prepared = engine.settings(&settings).expect("settings");
        let trace = explain(&mut engine.worker(&prepared).expect("a worker"), 1, event.as_bytes());
        let mut worker = engine.worker(&prepared).expect("a worker");
        let shown = with_shown_answer(&mut worker, 1, event.as_bytes(), |shown| shown.lines.clone());
        for format in [RequestFormat::Http, RequestFormat::Curl] {
            let texts = shown.lines().map(|line| answer_text(line, "line 1", None, format));
            outputs.push(("transform --pretty or --curl", texts.collect()));
        }
        outputs.push(("explain", trace.text(false, 100_000)));
        outputs.push(("explain --format json", trace.json()));
        for path in ["endpoint", "headers.X", "body.a", "body", "f0"] {
            outputs.extend(trace.text_of(path, None, false, 1000).map(|text| ("explain --path", text)));
            outputs.extend(trace.json_of(path).map(|text| ("explain --path as JSON", text)));
        }
        outputs.push(("the debug output of a trace", format!("{trace:?}")));
        outputs.push(("the answers of a trace", trace.answers().collect::<Vec<_>>().join("\n")));
    }
    outputs
}

fn commands_keep_a_secret() {
    let loads = |seed: &u64| {
        mapwright::load("shop.yaml", &[("shop.yaml", Sample::new(*seed).mapping.as_str())]).engine.is_some()
    };
    for (number, seed) in (100_000..).filter(loads).take(WITH_COMMAND).enumerate() {
        let sample = Sample::new(seed);
        let secret = Secret::new(&sample.secret);
        let folder = Folder::new(&format!("secrets-{number}"));
        for part in ["mappings", "tests/events/shop/track"] {
            std::fs::create_dir_all(folder.path(part)).expect("a folder");
        }
        folder.file("mappings/shop.yaml", &sample.mapping);
        folder.file("tests/events/shop/settings.json", settings(&sample.secret));
        folder.file("tests/events/shop/track/one.json", EVENT);
        folder.file("tests/events/shop/track/other.json", EVENT.replace("track", "other"));
        let event: serde_json::Value = serde_json::from_str(EVENT).expect("JSON");
        folder.file("events.ndjson", format!("{event}\nno JSON\n{{}}\n"));
        let check = |args: &[&str], answers_on_stdout: bool| {
            let output = command(args).current_dir(folder.path("")).output().expect("a run");
            for (name, bytes) in [("stderr", output.stderr), ("stdout", output.stdout)] {
                let text = String::from_utf8(bytes).expect("UTF-8");
                if name == "stdout" && answers_on_stdout {
                    continue;
                }
                if let Some(leak) = secret.leak(&text) {
                    panic!("seed {seed}: {name} of {args:?} holds {leak}:\n{text}\n{}", sample.mapping);
                }
            }
        };
        let config = ["--config", "tests/events/shop/settings.json"];
        let with_mapping =
            |verb: &'static str| vec![verb, "--mapping", "mappings/shop.yaml", config[0], config[1]];
        check(&[&with_mapping("transform")[..], &["events.ndjson"]].concat(), true);
        for format in ["--pretty", "--curl"] {
            check(&[&with_mapping("transform")[..], &[format, "events.ndjson"]].concat(), false);
        }
        check(&[&with_mapping("explain")[..], &["events.ndjson"]].concat(), false);
        for format in ["text", "json"] {
            let args = ["--format", format, "--line", "1", "events.ndjson"];
            check(&[&with_mapping("explain")[..], &args].concat(), false);
        }
        for format in ["text", "json", "sarif", "github"] {
            let args = ["validate", "mappings/shop.yaml", "--events", "events.ndjson", config[0], config[1]];
            check(&[&args[..], &["--format", format]].concat(), false);
        }
        check(&["test", "--accept"], false);
        let snapshots = ["one", "other"].map(|case| format!("snapshots/events/shop/track/{case}.snap"));
        for snapshot in &snapshots {
            assert_eq!(
                secret.leak(&folder.text(snapshot)),
                None,
                "seed {seed}: {snapshot}\n{}",
                sample.mapping
            );
            folder.file(snapshot, "---\nsource: a\n---\nPOST https://api.example.com/y\n");
        }
        for format in ["text", "junit", "github"] {
            check(&["test", "--format", format], false);
        }
        for snapshot in snapshots {
            let new = folder.text(&format!("{snapshot}.new"));
            assert_eq!(secret.leak(&new), None, "seed {seed}: {snapshot}.new\n{}", sample.mapping);
        }
        // Files given in the wrong place.
        check(&["explain", "--mapping", config[1], "--config", "mappings/shop.yaml", "events.ndjson"], false);
        check(
            &["transform", "--mapping", config[1], "--config", "mappings/shop.yaml", "events.ndjson"],
            false,
        );
        check(&["validate", config[1]], false);
        check(&["test", "--mapping", config[1], "--events", "tests/events/shop"], false);
        folder.file("cut.json", settings(&sample.secret).replace("\"key\"", "\"key"));
        for format in ["text", "json", "sarif", "github"] {
            check(&["validate", "--format", format, "cut.json"], false);
        }
        check(&[&with_mapping("transform")[..3], &["--config", "cut.json", "events.ndjson"]].concat(), false);
        check(&[&with_mapping("transform")[..], &["cut.json"]].concat(), true);
        check(&[&with_mapping("explain")[..], &["cut.json"]].concat(), false);
    }
}

//! Mistakes that are found with a contract: each `tests/invalid/D….yaml`, checked against the shipped contracts.

use std::path::{Path, PathBuf};

use mapwright::internal::diag::place;
use mapwright::{Engine, Files};

tests![exactly_the_expected_mistakes_are_found, correct_requests_have_no_findings];

struct Shipped<'t>(&'t str);

impl Files for Shipped<'_> {
    fn read(&self, from: Option<&str>, name: &str) -> Result<(String, String), String> {
        let text = match from {
            None => self.0.to_owned(),
            Some(_) => {
                std::fs::read_to_string(folder("mappings").join(name)).map_err(|why| why.to_string())?
            }
        };
        Ok((name.to_owned(), text))
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The code and place of each finding.
fn found(text: &str) -> Vec<String> {
    let loaded = mapwright::load("mapping.yaml", &Shipped(text));
    let sources = loaded.engine.as_ref().map_or(&loaded.sources, Engine::sources);
    let describe = |found: &mapwright::internal::diag::Diagnostic| {
        format!("{} {}", found.code.id(), place(found, sources).trim_start_matches("mapping.yaml:"))
    };
    loaded.findings.iter().map(describe).collect()
}

/// The second line of each file lists the places where its mistake must be found.
fn exactly_the_expected_mistakes_are_found() {
    let (mut checked, mut wrong) = (0, Vec::new());
    for path in
        std::fs::read_dir(folder("tests/invalid")).expect("a folder").flatten().map(|entry| entry.path())
    {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.starts_with('D') {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("it is a file");
        let at = text
            .lines()
            .nth(1)
            .and_then(|line| line.strip_prefix("# at "))
            .expect("the second line is a place");
        let expected: Vec<_> = at.split(", ").map(|at| format!("{} {at}", &name[..4])).collect();
        checked += 1;
        let found = found(&text);
        if found != expected {
            wrong.push(format!("{name}: expected {expected:?}, found {found:?}"));
        }
    }
    assert!(checked >= 20, "{checked}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Requests that look like mistakes but are correct.
fn correct_requests_have_no_findings() {
    let rules = [
        // A name that is cut so that prefix and suffix fit.
        "endpoint: https://track.customer.io/api/v1/events\n      body:\n        name: \"Viewed {{ event.name | truncate_bytes(86) }} Screen\"\n        timestamp: { from: $.timestamp, transform: unix_seconds }\n",
        // Milliseconds made seconds.
        "endpoint: https://track-eu.customer.io/api/v1/events\n      body:\n        name: $.event\n        timestamp: { from: $.timestamp, transform: [unix_millis, { multiply: 0.001 }, { round: { mode: down } }] }\n",
        // The body comes whole from the event.
        "endpoint: https://track.customer.io/api/v1/merge_customers\n      body: $.properties\n",
        // One of two identifiers.
        "endpoint: https://track.customer.io/api/v1/merge_customers\n      body:\n        primary:\n          email: { when: { $.userId: { is: email } }, from: $.userId }\n          id: { when: { $.userId: { is_not: email } }, from: $.userId }\n        secondary: { cio_id: $.previousId }\n",
        // Several items at once.
        "endpoint: https://track.customer.io/api/v2/batch\n      body:\n        batch:\n          for_each: $.properties.items\n          make:\n            type: person\n            action: identify\n            identifiers: { id: { from: $item.id } }\n            attributes: $item\n",
    ];
    for rule in rules {
        let text = format!(
            "destination: people\nlanguage: 1\ncontract: contracts/customerio.yaml\nrules:\n  - name: send\n    request:\n      {rule}"
        );
        assert_eq!(found(&text), [""; 0], "{text}");
    }
}

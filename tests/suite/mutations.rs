//! Randomly damaged mappings, with fixed seeds: loading one never panics, and it can run if and only if no finding is an
//! error. `MUTATIONS=200000 cargo test --test suite mutations` tries more than the default number.

use std::fs;
use std::panic::catch_unwind;

use mapwright::Files;
use mapwright::internal::diag::{Severity, human};

use fuzz::random::Random;
use fuzz::text::changed;

use crate::load::{files_below, project, text};

tests![damaged_mappings_load_without_panic, findings_are_the_same_each_time];

/// The number of mappings to try unless `MUTATIONS` is set.
const DEFAULT_COUNT: u64 = 3000;

/// The damaged mapping, and the shipped files.
struct Damaged(String);

impl Files for Damaged {
    fn read(&self, _: Option<&str>, name: &str) -> Result<(String, String), String> {
        if name == "mapping.yaml" {
            return Ok((name.to_owned(), self.0.clone()));
        }
        let inside = !name.contains("..") && !name.starts_with('/');
        let text = inside.then(|| fs::read_to_string(project().join("mappings").join(name)).ok()).flatten();
        text.map(|text| (name.to_owned(), text)).ok_or_else(|| "there is no such file".to_owned())
    }
}

/// Whether a mapping can run if and only if it has no error, and its findings can be rendered.
fn is_consistent(text: String) -> bool {
    let loaded = mapwright::load("mapping.yaml", &Damaged(text));
    let failed = loaded.findings.iter().any(|found| found.severity == Severity::Error);
    human(&loaded.findings, &loaded.sources, false, Some(80)).is_empty() == loaded.findings.is_empty()
        && failed != loaded.engine.is_some()
}

fn damaged_mappings_load_without_panic() {
    let texts: Vec<String> = ["tests/invalid", "tests/valid", "mappings"]
        .iter()
        .flat_map(|folder| files_below(folder, "yaml"))
        .map(|path| text(&path))
        .collect();
    assert!(texts.len() > 100, "{} files", texts.len());
    let count = std::env::var("MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(DEFAULT_COUNT);
    for seed in 1..=count {
        let mut random = Random::new(seed, 0);
        let (one, other) = (random.below(texts.len()), random.below(texts.len()));
        let text = changed(&texts[one], &texts[other], &mut random);
        let consistent = catch_unwind(|| is_consistent(text.clone()));
        assert!(consistent.is_ok_and(|consistent| consistent), "seed {seed}:\n{text}");
    }
}

/// Of several unknown names in one place, the same one is reported each time.
fn findings_are_the_same_each_time() {
    let text =
        "destination: t\nlanguage: 1\nrules:\n  - name: all\n    fail: \"{{ one >-\ntwo.a ~ three }}\"\n";
    let report = || {
        let loaded = mapwright::load("mapping.yaml", &Damaged(text.to_owned()));
        human(&loaded.findings, &loaded.sources, false, Some(80))
    };
    let first = report();
    assert!(first.contains("there is no field called"), "{first}");
    assert!((0..20).all(|_| report() == first), "{first}");
}

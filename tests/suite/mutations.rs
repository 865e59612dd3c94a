//! Randomly damaged mappings, with fixed seeds: loading one never panics, and it can run if and only if no finding is an
//! error. `MUTATIONS=200000 cargo test --test suite mutations` tries more than the default number.

use std::fs;
use std::panic::catch_unwind;

use mapwright::Files;
use mapwright::internal::diag::{Severity, human};

use crate::load::{files_below, project, text};

tests![damaged_mappings_load_without_panic, findings_are_the_same_each_time];

/// The number of mappings to try unless `MUTATIONS` is set.
const DEFAULT_COUNT: u64 = 3000;

/// The texts to insert: those with a meaning in YAML, paths, templates or this language.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ": ",
    ", ",
    " #",
    "\"",
    "'",
    "\n",
    "\n  ",
    "\t",
    "- ",
    "&a ",
    "*a",
    "!!str ",
    "<<: *a",
    "---\n",
    "{{ ",
    " }}",
    "{% if a %}",
    "{% endif %}",
    " | url_encode",
    "$",
    "$.",
    "[*]",
    "[?@.a == 1]",
    "[-1]",
    "..",
    "\\",
    "\u{feff}",
    "\u{a0}",
    "\u{201c}",
    "é",
    "😀",
    "\0",
    "\r\n",
    "|\n",
    ">-\n",
    "null",
    "true",
    "no",
    "010",
    "1e999",
    "-0",
    "99999999999999999999",
    "from: ",
    "merge: ",
    "for_each: ",
    "make: ",
    "when: ",
    "transform: ",
    "default: ",
    "object: ",
    "$item",
    "$value",
    "$config.",
    "matches: '(a'",
    "extends: mapping.yaml\n",
    "include: [mapping.yaml]\n",
    "# mapwright: allow R501 -- x",
];

/// A pseudo-random generator (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % end.max(1)
    }

    /// A random offset at a character boundary.
    fn offset(&mut self, text: &str) -> usize {
        let offset = self.below(text.len() + 1);
        (0..=offset).rev().find(|&offset| text.is_char_boundary(offset)).unwrap_or(0)
    }
}

fn damaged(text: &str, other: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(4) {
        let (a, b) = (random.offset(&text), random.offset(&text));
        let (start, end) = (a.min(b), a.max(b).min(a.min(b) + 60));
        let end = (end..=text.len()).find(|&end| text.is_char_boundary(end)).unwrap_or(text.len());
        match random.below(6) {
            0 => text.replace_range(start..end, ""),
            1 => {
                let again = text[start..end].to_owned();
                text.insert_str(end, &again);
            }
            2 => text.replace_range(start..end, PIECES[random.below(PIECES.len())]),
            3 => {
                let (from, to) = (random.offset(other), random.offset(other));
                text.replace_range(start..end, &other[from.min(to)..from.max(to)]);
            }
            _ => text.insert_str(start, PIECES[random.below(PIECES.len())]),
        }
    }
    text
}

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
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        random.below(1);
        let (one, other) = (random.below(texts.len()), random.below(texts.len()));
        let text = damaged(&texts[one], &texts[other], &mut random);
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

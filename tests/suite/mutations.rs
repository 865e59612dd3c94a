//! Mappings that were damaged at random, always in the same way: reading one never panics, and it runs exactly when no
//! finding is an error. `MUTATIONS=200000 cargo test --test suite mutations` tries more than the usual number.

use std::fs;
use std::panic::catch_unwind;

use mapwright::Files;
use mapwright::internal::diag::{Severity, human};

use crate::load::{files_below, project, text};

tests![damaged_mappings_are_read_without_panic];

/// How many are tried unless `MUTATIONS` says otherwise.
const USUAL: u64 = 3000;

/// What is put into a mapping: what YAML, paths, templates and this language give a meaning to.
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

/// Numbers that look random and are always the same (xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % end.max(1)
    }

    /// A place in a text where a character begins.
    fn place(&mut self, text: &str) -> usize {
        let at = self.below(text.len() + 1);
        (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
    }
}

fn damaged(text: &str, other: &str, numbers: &mut Numbers) -> String {
    let mut text = text.to_owned();
    for _ in 0..=numbers.below(4) {
        let (one, two) = (numbers.place(&text), numbers.place(&text));
        let (start, end) = (one.min(two), one.max(two).min(one.min(two) + 60));
        let end = (end..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
        match numbers.below(6) {
            0 => text.replace_range(start..end, ""),
            1 => {
                let again = text[start..end].to_owned();
                text.insert_str(end, &again);
            }
            2 => text.replace_range(start..end, PIECES[numbers.below(PIECES.len())]),
            3 => {
                let (from, to) = (numbers.place(other), numbers.place(other));
                text.replace_range(start..end, &other[from.min(to)..from.max(to)]);
            }
            _ => text.insert_str(start, PIECES[numbers.below(PIECES.len())]),
        }
    }
    text
}

/// The damaged mapping, and the files that ship.
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

fn consistent(text: String) -> bool {
    let loaded = mapwright::load("mapping.yaml", &Damaged(text));
    let failed = loaded.findings.iter().any(|found| found.severity == Severity::Error);
    human(&loaded.findings, &loaded.sources, false, Some(80)).is_empty() == loaded.findings.is_empty()
        && failed != loaded.engine.is_some()
}

fn damaged_mappings_are_read_without_panic() {
    let texts: Vec<String> = ["tests/invalid", "tests/valid", "mappings"]
        .iter()
        .flat_map(|folder| files_below(folder, "yaml"))
        .map(|path| text(&path))
        .collect();
    assert!(texts.len() > 100, "{} files", texts.len());
    let wanted = std::env::var("MUTATIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(USUAL);
    for seed in 1..=wanted {
        let mut numbers = Numbers(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        numbers.below(1);
        let (one, other) = (numbers.below(texts.len()), numbers.below(texts.len()));
        let text = damaged(&texts[one], &texts[other], &mut numbers);
        let held = catch_unwind(|| consistent(text.clone()));
        assert!(held.is_ok_and(|held| held), "number {seed}:\n{text}");
    }
}

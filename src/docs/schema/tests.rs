//! The schema against the checked-in copy, the shipped mappings and the examples of codes.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{schema, text};
use crate::diag::{CODES, Family};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn json(text: &str) -> Option<Value> {
    let mut sources = crate::source::Sources::default();
    let file = sources.add("mapping.yaml", text);
    let mut findings = crate::diag::Findings::default();
    let tree = crate::spec::tree(file, text, &mut findings)?;
    (!findings.failed()).then(|| crate::contract::json(&tree))
}

fn errors(validator: &jsonschema::Validator, text: &str) -> Vec<String> {
    let value = json(text).expect("it is YAML");
    validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn validator() -> jsonschema::Validator {
    jsonschema::validator_for(&schema()).expect("the schema is one")
}

fn yaml_files(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() && path.file_name().is_none_or(|name| name != "contracts") {
            yaml_files(&path, into);
        } else if path.extension().is_some_and(|end| end == "yaml") {
            into.push(path);
        }
    }
}

#[test]
fn the_copy_is_up_to_date() {
    let path = root().join("docs/mapping.schema.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, text()).expect("the copy is written");
    }
    let copy = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(copy == text(), "docs/mapping.schema.json is old: run the tests with UPDATE=1");
}

#[test]
fn shipped_mappings_are_accepted_and_name_the_schema() {
    let validator = validator();
    let mut files = Vec::new();
    yaml_files(&root().join("mappings"), &mut files);
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        let text = std::fs::read_to_string(&file).expect("it is a file");
        assert_eq!(errors(&validator, &text), [""; 0], "{}", file.display());
        let up = file.strip_prefix(root()).map_or(0, |inside| inside.components().count() - 1);
        let line = format!("# yaml-language-server: $schema={}docs/mapping.schema.json", "../".repeat(up));
        assert_eq!(text.lines().next(), Some(line.as_str()), "{}", file.display());
    }
}

/// What no schema of JSON can see.
const UNSEEN: &[(&str, &str)] = &[
    ("S102", "a misspelt verb is a key that could be sent"),
    ("S111", "two rules of one name are a matter of two entries"),
    ("S115", "where a rule stands among those of another file"),
    ("S118", "a text that begins with `>` may be meant"),
];

#[test]
fn the_examples_of_codes_are_accepted_and_shape_mistakes_rejected() {
    let validator = validator();
    for row in CODES {
        let good = errors(&validator, row.good);
        assert_eq!(good, [""; 0], "the good example of {}", row.id);
        if row.family == Family::Shape && json(row.bad).is_some() {
            let rejected = !errors(&validator, row.bad).is_empty();
            let unseen = UNSEEN.iter().any(|(id, _)| *id == row.id);
            assert!(rejected != unseen, "the bad example of {}: rejected {rejected}", row.id);
        }
    }
}

//! The JSON Schema of the language accepts correct mappings and rejects mistakes.

use std::path::{Path, PathBuf};

use jsonschema::Validator;
use mapwright::internal::diag::{CODES, Family};
use mapwright::internal::schema::{schema, yaml_to_json};

tests![
    shipped_mappings_are_accepted_and_refer_to_the_schema,
    mappings_of_the_tests_are_accepted,
    good_examples_are_accepted_and_shape_mistakes_rejected,
    shape_mistakes_in_the_catalogue_are_rejected
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn validator() -> Validator {
    jsonschema::validator_for(&schema()).expect("the schema is valid")
}

fn errors(validator: &Validator, text: &str) -> Vec<String> {
    let value = yaml_to_json(text).expect("it is YAML");
    validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The YAML files below a folder, without contracts.
fn files(folder: &str) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![root().join(folder)]);
    while let Some(folder) = folders.pop() {
        for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            if path.is_dir() && path.file_name().is_none_or(|name| name != "contracts") {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "yaml") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("it is a file")
}

fn shipped_mappings_are_accepted_and_refer_to_the_schema() {
    let (validator, files) = (validator(), files("mappings"));
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        let text = read(&file);
        assert_eq!(errors(&validator, &text), [""; 0], "{}", file.display());
        let up = file.strip_prefix(root()).map_or(0, |inside| inside.components().count() - 1);
        let line = format!("# yaml-language-server: $schema={}docs/mapping.schema.json", "../".repeat(up));
        assert_eq!(text.lines().next(), Some(line.as_str()), "{}", file.display());
    }
}

fn mappings_of_the_tests_are_accepted() {
    let validator = validator();
    for file in
        [files("tests/cli/folder"), files("tests/events"), vec![root().join("tests/cli/shop.yaml")]].concat()
    {
        assert_eq!(errors(&validator, &read(&file)), [""; 0], "{}", file.display());
    }
}

/// Codes for mistakes that a JSON Schema cannot detect, with the reason.
const UNDETECTABLE: &[(&str, &str)] = &[
    ("S102", "a misspelt keyword could be a key of the request"),
    ("S111", "a duplicate rule name concerns two entries"),
    ("S115", "the position of a rule depends on another file"),
    ("S118", "a string that looks like a test may be intended"),
];

fn is_undetectable(id: &str) -> bool {
    UNDETECTABLE.iter().any(|(entry, _)| *entry == id)
}

fn good_examples_are_accepted_and_shape_mistakes_rejected() {
    let validator = validator();
    for row in CODES {
        assert_eq!(errors(&validator, row.good), [""; 0], "the good example of {}", row.id);
        if row.family == Family::Shape && yaml_to_json(row.bad).is_some() {
            let rejected = !errors(&validator, row.bad).is_empty();
            assert!(
                rejected != is_undetectable(row.id),
                "the bad example of {}: rejected {rejected}",
                row.id
            );
        }
    }
}

/// Files whose mistake a JSON Schema cannot detect, although it detects the code in other files.
const UNDETECTABLE_FILES: &[(&str, &str)] =
    &[("S109-forgotten-value", "nothing after a colon is null, and a value may be null")];

fn shape_mistakes_in_the_catalogue_are_rejected() {
    let (validator, mut wrong) = (validator(), Vec::new());
    for file in files("tests/invalid") {
        let name = file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let code = name.split('-').next().unwrap_or_default();
        if !code.starts_with('S') || is_undetectable(code) || yaml_to_json(&read(&file)).is_none() {
            continue;
        }
        let rejected = !errors(&validator, &read(&file)).is_empty();
        if rejected == UNDETECTABLE_FILES.iter().any(|(entry, _)| *entry == name) {
            wrong.push(format!("{name}: rejected {rejected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

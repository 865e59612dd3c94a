//! Recorded answers of a reference implementation, when they are beside the project: `../shared/conformance`.

#[path = "load/disk.rs"]
mod disk;
#[path = "load/folders.rs"]
mod folders;

use std::path::{Path, PathBuf};

use disk::mapping;
use folders::{files_below, project, text};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::{Map, Value, json};

/// Accidents of the reference that must be matched nevertheless; lines with any other are not compared.
const REQUIRED: [&str; 24] = [
    "nan_to_null_created_at",
    "nan_to_null__timestamp",
    "nan_to_null_timestamp",
    "nan_to_null_last_used",
    "missing_timestamp_last_used_null",
    "epoch_seconds_read_as_ms",
    "date_without_offset_uses_server_tz",
    "identified_page_without_name",
    "event_name_whitespace_kept",
    "truncation_splits_grapheme",
    "externalId_used_as_email_id",
    "externalId_used_as_group_email",
    "invalid_email_sent_as_id",
    "address_unknown_parts_dropped",
    "address_non_object_dropped",
    "computed_field_overwrites_trait",
    "nonstring_identifierType_ignored",
    "non_object_properties_passed_through",
    "unknown_platform_passed_through",
    "error_text_undefined_type",
    "screen_name_stringified_undefined",
    "anonymous_screen_empty_name",
    "screen_ignores_message_name",
    "false_or_zero_blocks_fallback",
];

fn main() {
    let arguments = Arguments::from_args();
    let folder = project().join("../shared/conformance");
    let mut trials = Vec::new();
    for (suite, mapping) in suites(&folder) {
        let name = suite.strip_prefix(&folder).unwrap_or(&suite).with_extension("");
        trials.push(Trial::test(name.to_string_lossy().into_owned(), move || run(&suite, &mapping)));
    }
    if trials.is_empty() {
        println!("conformance: SKIPPED, because there are no recorded answers in {}", folder.display());
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// The files of recorded answers, each with the mapping that must give them.
fn suites(folder: &Path) -> Vec<(PathBuf, String)> {
    let exists = |mapping: &str| project().join(format!("mappings/{mapping}.yaml")).is_file();
    let mut suites = Vec::new();
    for group in subfolders(folder) {
        for suite in files_below(&group.to_string_lossy(), "ndjson") {
            let name = suite.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let product = group.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let mapping = match &*name {
                "docs_rules" => product,
                "upstream_processor" | "oracle_v1" => format!("{product}_upstream"),
                name => match name.strip_suffix("_processor") {
                    Some(destination) => destination.to_owned(),
                    None => continue,
                },
            };
            if exists(&mapping) {
                suites.push((suite, mapping));
            } else {
                println!("conformance: {name} is SKIPPED, because there is no mapping {mapping}");
            }
        }
    }
    suites
}

fn subfolders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<_> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn run(suite: &Path, name: &str) -> Result<(), Failed> {
    let mut worker = mapping(name, None).envelope_worker();
    let (mut compared, mut wrong) = (0, Vec::new());
    for line in text(suite).lines().filter(|line| !line.trim().is_empty()) {
        let case: Value = serde_json::from_str(line)?;
        if !required(&case) {
            continue;
        }
        compared += 1;
        let mut answers = Vec::new();
        // The line is an envelope already; what else it holds is not looked at.
        worker.line(compared, line.as_bytes(), &mut answers);
        let answers: Vec<Value> =
            String::from_utf8(answers)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        if !agree(&case["expected"], &answers) {
            wrong.push(format!("{}: want {}, got {}", case["id"], case["expected"], json!(answers)));
        }
    }
    if compared == 0 {
        return Err("no line was compared".into());
    }
    if wrong.is_empty() {
        return Ok(());
    }
    let count = wrong.len();
    wrong.truncate(10);
    Err(format!("{count} of {compared} required lines differ:\n{}", wrong.join("\n")).into())
}

/// Whether a line must match: it shows no other accident, or its rule stands in the documentation in so many words.
fn required(case: &Value) -> bool {
    if let Some(certainty) = case.get("certainty") {
        return certainty == "explicit";
    }
    let tags = case["tags"].as_array().into_iter().flatten().filter_map(Value::as_str);
    tags.filter_map(|tag| tag.strip_prefix("quirk:")).all(|quirk| REQUIRED.contains(&quirk))
}

fn agree(expected: &Value, answers: &[Value]) -> bool {
    let expected = match expected {
        Value::Array(list) => list.iter().collect(),
        one => vec![one],
    };
    if let [one] = expected[..]
        && one.get("dropped").is_some()
    {
        return !answers.is_empty() && answers.iter().all(|answer| answer.get("output").is_none());
    }
    expected.len() == answers.len()
        && expected.iter().zip(answers).all(|(want, got)| same(&counts(want), &counts(got)))
}

/// What counts of an expected or an actual answer.
fn counts(answer: &Value) -> Value {
    let Some(output) = answer.get("output").and_then(Value::as_object) else {
        let tags = |name: &str| answer["statTags"][name].clone();
        return json!([answer["error"], answer["statusCode"], tags("errorCategory"), tags("errorType")]);
    };
    let mut output = output.clone();
    output.remove("statusCode");
    output.entry("files").or_insert_with(|| Value::Object(Map::new()));
    // No user, an empty one and null are one thing here.
    let user = match output.remove("userId") {
        None | Some(Value::Null | Value::Bool(false)) => String::new(),
        Some(Value::String(text)) => text,
        Some(Value::Number(number)) if number.as_f64() == Some(0.0) => String::new(),
        Some(other) => other.to_string(),
    };
    output.insert("userId".to_owned(), Value::String(user));
    let status = answer.get("statusCode").cloned().unwrap_or(json!(200));
    json!([output, status])
}

/// Equal, numbers by value.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        (a, b) => a == b,
    }
}

//! Comparison with the recorded answers of a reference implementation in `../shared/conformance`, if they exist.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use libtest_mimic::{Completion, Failed, Trial};
use mapwright::Files;
use mapwright::internal::diag::{Family, Severity};
use serde_json::{Map, Value, json};

use crate::case;
use crate::load::{files_below, load, mapping, project, text};

/// Quirks of the reference that must be reproduced. Lines with any other quirk are not compared.
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

/// The folder of the recorded answers, relative to the project folder.
const FOLDER: &str = "../shared/conformance";

pub(crate) fn tests() -> Vec<Trial> {
    let folder = project().join(FOLDER);
    let suites = suites(&folder);
    let runnable = suites.iter().filter(|(_, mapping)| exists(mapping)).count();
    let here = folder.clone();
    let mut trials = vec![
        Trial::ignorable_test("conformance::recorded_answers", move || recorded(&here, runnable)),
        recorded_file("dates", "../shared/conformance/customerio/oracle_v1.ndjson", dates),
        recorded_file("drafts", "../shared/design/drafts", drafts),
        case("conformance", "skipping_everything_is_not_a_success", skipping_everything_is_not_a_success),
    ];
    for (suite, mapping) in suites {
        let name = suite.strip_prefix(&folder).unwrap_or(&suite).with_extension("");
        if exists(&mapping) {
            trials.push(case("conformance", name.display(), move || run(&suite, &mapping)));
        } else {
            let why = format!("SKIPPED, because there is no mapping {mapping}");
            let skip = move || Ok(Completion::ignored_with(why));
            trials.push(Trial::ignorable_test(format!("conformance::{}", name.display()), skip));
        }
    }
    trials
}

/// Whether there is a mapping of this name.
fn exists(mapping: &str) -> bool {
    project().join(format!("mappings/{mapping}.yaml")).is_file()
}

/// Fails if there are recorded answers but no mapping to compare them with.
fn recorded(folder: &Path, runnable: usize) -> Result<Completion, Failed> {
    if !folder.is_dir() {
        let why = format!("SKIPPED, because there are no recorded answers in {}", folder.display());
        return Ok(Completion::ignored_with(why));
    }
    if runnable == 0 {
        let folder = folder.display();
        return Err(format!("{folder} exists, but there is no mapping for its recorded answers").into());
    }
    Ok(Completion::Completed)
}

/// A test that is skipped if the file or folder it needs does not exist.
fn recorded_file(name: &str, path: &str, test: fn(&Path) -> Result<(), Failed>) -> Trial {
    let path = project().join(path);
    Trial::ignorable_test(format!("conformance::{name}"), move || {
        if !path.exists() {
            return Ok(Completion::ignored_with(format!("SKIPPED, because there is no {}", path.display())));
        }
        test(&path).map(|()| Completion::Completed)
    })
}

fn skipping_everything_is_not_a_success() -> Result<(), Failed> {
    let skipped = |folder: &str, runnable| {
        recorded(&project().join(folder), runnable).map(|ran| matches!(ran, Completion::Ignored { .. }))
    };
    assert!(skipped("no/such/folder", 0)?);
    assert!(skipped("tests", 0).is_err());
    assert!(!skipped("tests", 1)?);
    Ok(())
}

/// The files of recorded answers, each with the mapping that must produce them.
fn suites(folder: &Path) -> Vec<(PathBuf, String)> {
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
            suites.push((suite, mapping));
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
        // Each line is an envelope with additional members, which are ignored.
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

/// Whether a line must match: its rule is explicitly documented, or it has no quirk that is not required. An address with
/// a segment that clients resolve must not be sent.
fn required(case: &Value) -> bool {
    let expected = case["expected"].to_string();
    let resolved = ["/.\"", "/..\"", "/./", "/../"];
    if resolved.iter().any(|dots| expected.contains(dots) && expected.contains("\"endpoint\":\"https://")) {
        return false;
    }
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
        && expected.iter().zip(answers).all(|(want, got)| same(&relevant(want), &relevant(got)))
}

/// The parts of an answer that are compared.
fn relevant(answer: &Value) -> Value {
    let Some(output) = answer.get("output").and_then(Value::as_object) else {
        let tags = |name: &str| answer["statTags"][name].clone();
        return json!([answer["error"], answer["statusCode"], tags("errorCategory"), tags("errorType")]);
    };
    let mut output = output.clone();
    output.remove("statusCode");
    output.entry("files").or_insert_with(|| Value::Object(Map::new()));
    // A missing user, an empty one and null are equivalent.
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

/// Equality that compares numbers by value.
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

/// Dates are parsed as the reference parses them.
fn dates(recorded: &Path) -> Result<(), Failed> {
    let loaded = load(
        "dates.yaml",
        "destination: dates
language: 1
rules:
  - name: all
    request: { endpoint: https://api.example.com, body: { read: { from: $.date, transform: unix_seconds } } }
",
    );
    let engine = loaded.into_engine()?;
    let mut worker = engine.worker(&engine.settings("{}")?)?;
    let mut read = |date: &Value| -> Result<Option<i64>, Failed> {
        let mut answer = Vec::new();
        worker.line(1, json!({ "date": date }).to_string().as_bytes(), &mut answer);
        let answer: Value = serde_json::from_slice(&answer)?;
        Ok(answer["output"]["body"]["JSON"]["read"].as_i64())
    };
    let (mut wrong, mut compared) = (BTreeMap::new(), 0);
    for line in text(recorded).lines() {
        let line: Value = serde_json::from_str(line)?;
        let (message, body) = (&line["message"], &line["expected"]["output"]["body"]["JSON"]);
        let created = [&message["traits"]["createdAt"], &message["context"]["traits"]["createdAt"]];
        let times = [&message["timestamp"], &message["originalTimestamp"]];
        let fields = match message["type"].as_str() {
            Some("identify") => vec![("created_at", created), ("_timestamp", times)],
            Some("track" | "page" | "screen") => vec![("timestamp", times)],
            _ => continue,
        };
        for (field, sources) in fields {
            let source = sources.into_iter().find(|source| !matches!(source, Value::Null) && *source != "");
            let (Some(source @ (Value::String(_) | Value::Number(_))), Some(expected)) =
                (source, body.get(field))
            else {
                continue;
            };
            compared += 1;
            let read = read(source)?;
            if read != expected.as_i64() && *source != 0 {
                wrong.insert(source.to_string(), format!("{read:?}, recorded {expected}"));
            }
        }
    }
    // Only the reference accepts one or two digits as a date, and they are not intended as dates.
    wrong.retain(|source, _| source.trim_matches(['"', '-']).len() > 2);
    if wrong.is_empty() && compared > 1500 {
        return Ok(());
    }
    Err(format!("{compared} compared: {wrong:#?}").into())
}

/// Drafts of mappings load without errors and without findings about YAML or the shape of the mapping.
fn drafts(folder: &Path) -> Result<(), Failed> {
    let drafts = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path());
    let drafts: Vec<_> = drafts.filter(|path| path.extension().is_some_and(|end| end == "yaml")).collect();
    for path in &drafts {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let loaded = mapwright::load(&name, &Folder(folder.to_owned()));
        let wrong = loaded.findings.iter().filter(|found| {
            found.severity == Severity::Error || matches!(found.code.family(), Family::Yaml | Family::Shape)
        });
        let wrong: Vec<_> = wrong.map(|found| format!("{} {}", found.code.id(), found.message)).collect();
        if !wrong.is_empty() || loaded.engine.is_none() {
            return Err(format!("{name}: {wrong:#?}").into());
        }
    }
    if drafts.is_empty() { Err("there is no draft".into()) } else { Ok(()) }
}

/// The files in a folder.
struct Folder(PathBuf);

impl Files for Folder {
    fn read(&self, _: Option<&str>, name: &str) -> Result<(String, String), String> {
        let text = std::fs::read_to_string(self.0.join(name)).map_err(|why| why.to_string())?;
        Ok((name.to_owned(), text))
    }
}

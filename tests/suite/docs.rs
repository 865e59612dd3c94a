//! The examples in `docs` are mappings without findings, and produce the results that are shown below them.

use mapwright::{Files, Loaded};
use serde_json::{Value, json};

use crate::cli::run::{Folder, command};

tests![
    the_examples_work,
    the_answers_are_as_documented,
    the_readme_shows_what_its_first_command_prints,
    the_mistake_is_reported_as_documented,
    the_reference_lists_every_test_and_predicate,
    the_reference_is_short,
    the_tests_that_are_named_exist
];

const PAGES: [(&str, &str); 3] = [
    ("docs/language.md", include_str!("../../docs/language.md")),
    ("docs/new-destination.md", include_str!("../../docs/new-destination.md")),
    ("docs/contracts.md", include_str!("../../docs/contracts.md")),
];

/// A fenced block: its info string, its text, and the line number of its opening fence.
struct Block<'a> {
    kind: &'a str,
    text: String,
    line: usize,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut open = false;
    for (number, line) in page.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(kind) if !open => blocks.push(Block { kind, text: String::new(), line: number + 1 }),
            Some(_) => {}
            None if open => {
                let block = blocks.last_mut().expect("a block is open");
                block.text += line;
                block.text.push('\n');
                continue;
            }
            None => continue,
        }
        open = !open;
    }
    blocks
}

/// Completes the mapping of an example. If it has no rules, a rule that sends all its fields is added.
fn complete(text: &str) -> String {
    let says = |key: &str| text.lines().any(|line| line.starts_with(key));
    let head = if says("destination:") { "" } else { "destination: example\nlanguage: 1\n" };
    if says("rules:") {
        return format!("{head}{text}");
    }
    let fields = text.split_once("fields:\n").map_or("", |(_, fields)| fields);
    let names = fields.lines().take_while(|line| line.starts_with(' '));
    let names = names.filter(|line| !line.starts_with("   ")).filter_map(|line| line.trim().split_once(':'));
    let body: Vec<_> = names.map(|(name, _)| format!("        {name}: ${name}\n")).collect();
    let request = format!("      endpoint: https://api.example.com\n      body:\n{}", body.concat());
    format!("{head}{text}rules:\n  - name: all\n    request:\n{request}")
}

/// The mapping of an example, and the shared fields that it may include.
struct Example(String);

impl Files for Example {
    fn read(&self, from: Option<&str>, name: &str) -> Result<(String, String), String> {
        match (from, name) {
            (None, _) => Ok(("example.yaml".to_owned(), self.0.clone())),
            (_, "common/fields.yaml") => {
                Ok((name.to_owned(), include_str!("../../mappings/common/fields.yaml").to_owned()))
            }
            _ => Err("there is no such file".to_owned()),
        }
    }
}

/// The bodies of the requests for an event, or the answers if there are no requests.
fn bodies(text: &str, event: &Value, settings: &Value, place: &str) -> Vec<Value> {
    let Loaded { findings, engine, .. } = mapwright::load("example.yaml", &Example(text.to_owned()));
    let found: Vec<_> =
        findings.iter().map(|found| format!("{} {}", found.code.id(), found.message)).collect();
    assert!(found.is_empty(), "{place}: {found:#?}\n{text}");
    let engine = engine.expect("a mapping without findings can run");
    let settings = engine.settings(&settings.to_string()).expect("settings");
    let mut worker = engine.worker(&settings).expect("settings of the same engine");
    let answer = worker.event(event.to_string().as_bytes()).lines().to_vec();
    let answers = serde_json::Deserializer::from_slice(&answer).into_iter::<Value>();
    let answers = answers.map(|answer| answer.expect("an answer is JSON"));
    answers.map(|answer| answer.pointer("/output/body/JSON").cloned().unwrap_or(answer)).collect()
}

fn the_examples_work() {
    for (page, text) in PAGES {
        let (mut event, mut settings, mut examples) = (json!({}), json!({}), 0);
        let mut mapping: Option<(String, String)> = None;
        for block in blocks(text) {
            let place = format!("{page}:{}", block.line);
            let read =
                || serde_json::from_str::<Value>(&block.text).unwrap_or_else(|why| panic!("{place}: {why}"));
            match block.kind {
                "json event" => event = read(),
                "json settings" => settings = read(),
                "yaml mapping" => {
                    examples += 1;
                    let text = complete(&block.text);
                    bodies(&text, &event, &settings, &place);
                    mapping = Some((text, place));
                }
                "json" => {
                    let Some((text, above)) = &mapping else {
                        panic!("{place}: there is no mapping above it")
                    };
                    let expected = match read() {
                        Value::Array(several) => several,
                        one => vec![one],
                    };
                    assert_eq!(bodies(text, &event, &settings, above), expected, "{place}");
                }
                "yaml" => {
                    panic!("{place}: mark an example in YAML as `yaml mapping`, so that it is tested")
                }
                _ => {}
            }
        }
        assert!(examples > 0, "{page} has no examples");
    }
}

/// `docs/answers.md`: the answers to the events on the page, as lines, as HTTP and as commands.
fn the_answers_are_as_documented() {
    let (folder, mut event, mut checked) = (Folder::new("docs-answers"), String::new(), 0);
    let transform = |event: &str, args: &[&str]| {
        folder.file("events.ndjson", event);
        let all = [&["transform", "-m", "shop.yaml", "-c", "settings.json", "--quiet"], args].concat();
        let mut run = command(&all);
        let events = std::fs::File::open(folder.path("events.ndjson")).expect("the events");
        let output = run.current_dir(folder.path("")).stdin(events).output().expect("a run");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let page = crate::load::text(&crate::load::project().join("docs/answers.md"));
    for block in blocks(&page) {
        let place = format!("docs/answers.md:{}", block.line);
        let read = |text: &str| {
            serde_json::from_str::<Value>(text).unwrap_or_else(|why| panic!("{place}: {why}: {text}"))
        };
        match block.kind {
            "yaml mapping" => drop(folder.file("shop.yaml", &block.text)),
            "json settings" => drop(folder.file("settings.json", &block.text)),
            "json event" => event = read(&block.text).to_string(),
            "json answer" => assert_eq!(read(&transform(&event, &[])), read(&block.text), "{place}"),
            "text pretty" => {
                assert_eq!(transform(&event, &["--pretty"]).trim_end(), block.text.trim_end(), "{place}");
            }
            "sh curl" => {
                assert_eq!(transform(&event, &["--curl"]).trim_end(), block.text.trim_end(), "{place}");
            }
            kind => panic!("{place}: a block `{kind}` is not tested"),
        }
        checked += usize::from(!block.kind.starts_with("json event"));
    }
    assert_eq!(checked, 7);
}

fn the_readme_shows_what_its_first_command_prints() {
    let page = crate::load::text(&crate::load::project().join("README.md"));
    let first = page.lines().find_map(|line| line.strip_prefix("cargo run -- ")).expect("a command");
    let output = command(&first.split(' ').collect::<Vec<_>>()).output().expect("a run");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    let shown = blocks(&page).into_iter().find(|block| block.kind == "text").expect("its output");
    assert!(printed.starts_with(&shown.text), "{printed}");
}

/// The page quotes the message for a misspelt field. The mapping on the page, misspelt, produces that message.
fn the_mistake_is_reported_as_documented() {
    let (_, page) = PAGES[1];
    let mapping = blocks(page).into_iter().find(|block| block.kind == "yaml mapping").expect("a mapping");
    let wrong = mapping.text.replace("from: $email,", "from: $emial,");
    let Loaded { findings, sources, .. } = mapwright::load("example.yaml", &Example(wrong));
    let [found] = findings.as_slice() else { panic!("one finding: {findings:#?}") };
    let code = format!("error[{} {}]: {}\n", found.code.id(), found.code.name(), found.message);
    assert!(page.contains(&code), "{code}");
    let place = sources.place(found.span);
    assert!(page.contains(&format!("mappings/acme.yaml:{}:{}\n", place.line, place.column)), "{place}");
}

fn the_reference_lists_every_test_and_predicate() {
    let (_, page) = PAGES[0];
    let names = mapwright::internal::TESTS.iter().map(|row| row.name);
    for name in names.chain(mapwright::internal::PREDICATES.iter().map(|row| row.name)) {
        assert!(page.contains(&format!("`{name}`")), "`{name}` is not in the reference");
    }
}

fn the_reference_is_short() {
    let lines = PAGES[0].1.lines().count();
    assert!(lines <= 330, "docs/language.md has {lines} lines");
}

/// `docs/security.md` names a test for each promise.
fn the_tests_that_are_named_exist() {
    let page = include_str!("../../docs/security.md");
    let sources =
        [crate::load::files_below("src", "rs"), crate::load::files_below("tests/suite", "rs")].concat();
    let sources: String = sources.iter().map(|file| crate::load::text(file)).collect();
    let names = page.lines().filter(|line| line.starts_with("| ")).flat_map(|line| {
        let cell = line.trim_end_matches(" |").rsplit(" | ").next().unwrap_or("");
        cell.split('`').skip(1).step_by(2).collect::<Vec<_>>()
    });
    let mut checked = 0;
    for name in names.filter(|name| name.contains("::") && !name.ends_with('*') && !name.ends_with("tests")) {
        let function = name.rsplit("::").next().unwrap_or(name);
        let quoted = format!("\"{function}\"");
        let found = sources.contains(&format!("fn {function}(")) || sources.contains(&quoted);
        assert!(found, "there is no test `{name}`");
        checked += 1;
    }
    assert!(checked > 30, "only {checked} names were found");
}

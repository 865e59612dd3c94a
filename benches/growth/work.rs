//! The work that is timed: loading a mapping from memory, and mapping one event.

use std::collections::HashMap;
use std::hint::black_box;
use std::path::Path;

use mapwright::{Engine, Files, Outcome};

/// The work of one pass.
pub(crate) type Work = Box<dyn FnMut()>;

/// The files of the folder `mappings` in memory, by their names relative to it.
struct Memory(HashMap<String, String>);

impl Memory {
    fn new() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("mappings");
        let (mut files, mut folders) = (HashMap::new(), vec![folder.clone()]);
        while let Some(current) = folders.pop() {
            for path in std::fs::read_dir(&current)
                .expect("the mappings can be listed")
                .flatten()
                .map(|entry| entry.path())
            {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let text = std::fs::read_to_string(&path).expect("a mapping can be read");
                    let name =
                        path.strip_prefix(&folder).expect("the file is in the folder").to_string_lossy();
                    files.insert(name.replace('\\', "/"), text);
                }
            }
        }
        Self(files)
    }
}

impl Files for Memory {
    fn read(&self, _: Option<&str>, name: &str) -> Result<(String, String), String> {
        let text = self.0.get(name).ok_or("there is no such file")?;
        Ok((name.to_owned(), text.clone()))
    }
}

/// Loads the mapping `name` of this project, or `text` under that name.
pub(crate) fn load(name: &str, text: Option<String>) -> Work {
    let name = format!("{name}.yaml");
    let mut files = Memory::new();
    if let Some(text) = text {
        files.0.insert(name.clone(), text);
    }
    engine(&name, &files);
    Box::new(move || drop(black_box(mapwright::load(&name, &files))))
}

/// Maps one event. Panics unless the result consists of requests of at least `min_bytes` bytes in total, since a mapping
/// that finds no data would be fast for the wrong reason.
pub(crate) fn map(mapping: &str, event: String, min_bytes: usize) -> Work {
    let mut files = Memory::new();
    files.0.insert("generated.yaml".to_owned(), mapping.to_owned());
    let engine = engine("generated.yaml", &files);
    let settings = engine.settings("{}").expect("no settings");
    let mut worker = engine.worker(&settings).expect("its own settings").with_max_line_bytes(16 << 20);
    let mut answers = Vec::new();
    let answer = worker.line(1, event.as_bytes(), &mut answers);
    assert!(matches!(answer.outcome, Outcome::Requests(1..)), "{:?}: {mapping:.2000}", answer.outcome);
    assert!(answers.len() >= min_bytes, "{}: {mapping:.2000}", String::from_utf8_lossy(&answers));
    Box::new(move || {
        answers.clear();
        black_box(worker.line(1, event.as_bytes(), &mut answers));
    })
}

/// Mapping `configurations` envelopes in rotation, each with settings of its own, by a worker that keeps those
/// prepared that fit into `capacity` bytes.
pub(crate) fn rotate(configurations: usize, capacity: usize) -> Work {
    let engine = engine("customerio.yaml", &Memory::new());
    let mut worker = engine.envelope_worker().with_settings_cache_memory(capacity);
    let envelope = |number: usize| {
        format!(
            r#"{{"message":{{"type":"track","event":"Order Completed","userId":"u-1","properties":{{"total":12.5}}}},"destination":{{"Config":{{"siteID":"site-{number}","apiKey":"key-{number}","datacenter":"US"}}}}}}"#
        )
    };
    let envelopes: Vec<String> = (0..configurations).map(envelope).collect();
    let mut answers = Vec::new();
    let answer = worker.line(1, envelopes[0].as_bytes(), &mut answers);
    assert!(matches!(answer.outcome, Outcome::Requests(1)), "{:?}", answer.outcome);
    Box::new(move || {
        for envelope in &envelopes {
            answers.clear();
            black_box(worker.line(1, envelope.as_bytes(), &mut answers));
        }
    })
}

fn engine(name: &str, files: &Memory) -> Engine {
    let loaded = mapwright::load(name, files);
    loaded.engine.unwrap_or_else(|| {
        let text = mapwright::internal::diag::human(&loaded.findings, &loaded.sources, false, Some(100));
        panic!("{name} cannot be loaded:\n{text:.2000}")
    })
}

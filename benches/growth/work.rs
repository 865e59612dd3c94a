//! The work that is timed: loading a mapping from memory, and mapping one event.

use std::collections::HashMap;
use std::hint::black_box;
use std::path::Path;

use mapwright::json::Limits;
use mapwright::{Files, Input, Outcome, Plan, Settings, Worker};

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
    plan(&name, &files);
    Box::new(move || drop(black_box(mapwright::load(&name, &files))))
}

/// Maps one event. Panics unless the result consists of requests of at least `min_bytes` bytes in total, since a mapping
/// that finds no data would be fast for the wrong reason.
pub(crate) fn map(mapping: &str, event: String, min_bytes: usize) -> Work {
    let mut files = Memory::new();
    files.0.insert("generated.yaml".to_owned(), mapping.to_owned());
    // Leaked because the worker borrows them until the bench ends.
    let plan: &'static Plan = Box::leak(Box::new(plan("generated.yaml", &files)));
    let settings: &'static Settings = Box::leak(Box::new(Settings::none(plan)));
    let limits = Limits { bytes: 16 << 20, ..Limits::default() };
    let mut worker = Worker::new(plan, settings, Input::Events, limits);
    let mut answers = Vec::new();
    let answer = worker.line(1, event.as_bytes(), &mut answers);
    assert!(matches!(answer.outcome, Outcome::Requests(1..)), "{:?}: {mapping:.2000}", answer.outcome);
    assert!(answers.len() >= min_bytes, "{}: {mapping:.2000}", String::from_utf8_lossy(&answers));
    Box::new(move || {
        answers.clear();
        black_box(worker.line(1, event.as_bytes(), &mut answers));
    })
}

fn plan(name: &str, files: &Memory) -> Plan {
    let loaded = mapwright::load(name, files);
    loaded.plan.unwrap_or_else(|| {
        let text = mapwright::diag::human(&loaded.findings, &loaded.sources, false, Some(100));
        panic!("{name} cannot be loaded:\n{text:.2000}")
    })
}

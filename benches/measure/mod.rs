//! What both benches share: their arguments, their events, their mapping, and the middle of many figures.

use std::path::{Path, PathBuf};

/// Where events are looked for, the first that is there wins: folders are read file by file.
const EVENTS: [&str; 3] = ["../shared/bench/events.ndjson", "examples/events.ndjson", "tests/events"];

/// The arguments after `--`.
pub(crate) struct Arguments {
    /// Whether it only has to run.
    pub(crate) smoke: bool,
    given: Vec<(String, String)>,
}

impl Arguments {
    /// Reads `--smoke` and `--name value`. `cargo bench` adds `--bench`; under `cargo test` it only has to run.
    pub(crate) fn read() -> Self {
        let (mut smoke, mut bench) = (false, false);
        let (mut given, mut rest) = (Vec::new(), std::env::args().skip(1));
        while let Some(name) = rest.next() {
            match name.as_str() {
                "--smoke" => smoke = true,
                "--bench" => bench = true,
                "--quiet" | "-q" => {}
                name => given.push((name.to_owned(), rest.next().expect("a value after each name"))),
            }
        }
        Self { smoke: smoke || !bench, given }
    }

    /// The value after `--name`, or `otherwise`.
    pub(crate) fn text(&self, name: &str, otherwise: &str) -> String {
        let given = self.given.iter().find(|(given, _)| given == name);
        given.map_or_else(|| otherwise.to_owned(), |(_, value)| value.clone())
    }

    /// The number after `--name`, or one of two defaults.
    pub(crate) fn number(&self, name: &str, smoke: usize, full: usize) -> usize {
        let text = self.text(name, "");
        let otherwise = if self.smoke { smoke } else { full };
        if text.is_empty() { otherwise } else { text.parse().expect("a number") }
    }

    /// The mapping that is measured.
    pub(crate) fn mapping(&self) -> String {
        self.text("--mapping", &project("mappings/customerio_upstream.yaml").to_string_lossy())
    }

    /// The settings that it is measured with.
    pub(crate) fn settings(&self) -> String {
        self.text("--config", &project("benches/settings.json").to_string_lossy())
    }

    /// The events, one a line, and where they are from.
    pub(crate) fn events(&self) -> (Vec<Vec<u8>>, PathBuf) {
        let known = EVENTS.iter().map(|name| project(name)).find(|path| path.exists());
        let path = match self.text("--events", "") {
            given if !given.is_empty() => PathBuf::from(given),
            _ => known.expect("events to measure with"),
        };
        let mut events = Vec::new();
        collect(&path, &mut events);
        assert!(!events.is_empty(), "no events in {}", path.display());
        (events, path)
    }
}

fn project(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// NDJSON as it is; of a JSON file the event in it on one line.
fn collect(path: &Path, events: &mut Vec<Vec<u8>>) {
    if path.is_dir() {
        let mut paths: Vec<_> = std::fs::read_dir(path)
            .expect("a folder of events")
            .flatten()
            .map(|entry| entry.path())
            .collect();
        paths.sort();
        return paths.iter().for_each(|path| collect(path, events));
    }
    let text = std::fs::read(path).expect("events that can be read");
    if path.extension().is_some_and(|end| end == "json") {
        let case: serde_json::Value = serde_json::from_slice(&text).expect("a case in JSON");
        let event =
            case.get("message").or_else(|| case.get("event").filter(|e| e.is_object())).unwrap_or(&case);
        events.push(event.to_string().into_bytes());
    } else {
        events.extend(text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(<[u8]>::to_vec));
    }
}

/// The middle one.
pub(crate) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

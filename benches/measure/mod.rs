//! Shared by all benches: command-line arguments, events, the mapping, and the median.

use std::path::{Path, PathBuf};

/// Files or folders with events. The first one that exists is used.
const EVENTS: [&str; 3] = ["../shared/bench/events.ndjson", "examples/events.ndjson", "tests/events"];

/// The arguments after `--`.
pub(crate) struct Arguments {
    /// Whether the bench should only be checked to run.
    pub(crate) smoke: bool,
    options: Vec<(String, String)>,
}

impl Arguments {
    /// Reads `--smoke` and options of the form `--name value`. `cargo bench` adds `--bench`; without it (`cargo test`) the
    /// run is a smoke run.
    pub(crate) fn read() -> Self {
        let (mut smoke, mut bench) = (false, false);
        let (mut options, mut rest) = (Vec::new(), std::env::args().skip(1));
        while let Some(name) = rest.next() {
            match name.as_str() {
                "--smoke" => smoke = true,
                "--bench" => bench = true,
                "--quiet" | "-q" => {}
                name => options.push((name.to_owned(), rest.next().expect("each option has a value"))),
            }
        }
        Self { smoke: smoke || !bench, options }
    }

    /// The value of the option `name`, or `default`.
    pub(crate) fn text(&self, name: &str, default: &str) -> String {
        let option = self.options.iter().find(|(option, _)| option == name);
        option.map_or_else(|| default.to_owned(), |(_, value)| value.clone())
    }

    /// The value of the option `name` as a number, or the default for a smoke run or a full run.
    pub(crate) fn number(&self, name: &str, smoke: usize, full: usize) -> usize {
        let text = self.text(name, "");
        let default = if self.smoke { smoke } else { full };
        if text.is_empty() { default } else { text.parse().expect("a number") }
    }

    /// The path of the mapping to measure.
    pub(crate) fn mapping(&self) -> String {
        self.text("--mapping", &project("mappings/customerio_upstream.yaml").to_string_lossy())
    }

    /// The path of the settings.
    pub(crate) fn settings(&self) -> String {
        self.text("--config", &project("benches/settings.json").to_string_lossy())
    }

    /// The events, each as one line of JSON, and the path that they were read from.
    pub(crate) fn events(&self) -> (Vec<Vec<u8>>, PathBuf) {
        let default = EVENTS.iter().map(|name| project(name)).find(|path| path.exists());
        let path = match self.text("--events", "") {
            path if !path.is_empty() => PathBuf::from(path),
            _ => default.expect("events to measure with"),
        };
        let mut events = Vec::new();
        collect(&path, &mut events);
        assert!(!events.is_empty(), "no events in {}", path.display());
        (events, path)
    }
}

/// The path of a file in this project.
fn project(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// Reads events from a folder, from an NDJSON file, or from a JSON file with one event or test case.
fn collect(path: &Path, events: &mut Vec<Vec<u8>>) {
    if path.is_dir() {
        let mut paths: Vec<_> = std::fs::read_dir(path)
            .expect("the folder of events can be listed")
            .flatten()
            .map(|entry| entry.path())
            .collect();
        paths.sort();
        return paths.iter().for_each(|path| collect(path, events));
    }
    let text = std::fs::read(path).expect("the events can be read");
    if path.extension().is_some_and(|extension| extension == "json") {
        let case: serde_json::Value = serde_json::from_slice(&text).expect("the test case is JSON");
        let event =
            case.get("message").or_else(|| case.get("event").filter(|e| e.is_object())).unwrap_or(&case);
        events.push(event.to_string().into_bytes());
    } else {
        events.extend(text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(<[u8]>::to_vec));
    }
}

/// The median; the upper one for an even number of figures.
pub(crate) fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

//! The inputs that random ones are made from: the mappings, settings and events of the repository.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// The files of the repository.
#[derive(Debug, Default)]
pub struct Corpus {
    /// Shipped mappings, and those of the tests that load, each with its name.
    pub mappings: Vec<(String, String)>,
    /// Mappings with mistakes.
    pub mistakes: Vec<String>,
    /// Settings of destinations.
    pub settings: Vec<String>,
    /// Events, each on one line.
    pub events: Vec<String>,
}

impl Corpus {
    /// Reads the files below the repository's root.
    ///
    /// # Errors
    /// If one of them cannot be read.
    pub fn read(root: &Path) -> io::Result<Self> {
        let mut corpus = Self::default();
        for folder in ["mappings", "tests/valid", "tests/invalid", "tests/cli", "tests/explain"] {
            for path in files(&root.join(folder), "yaml")? {
                let text = fs::read_to_string(&path)?;
                let name =
                    path.strip_prefix(root.join("mappings")).unwrap_or(&path).to_string_lossy().into_owned();
                if folder == "tests/invalid" || folder == "tests/cli" {
                    corpus.mistakes.push(text);
                } else {
                    corpus.mappings.push((name, text));
                }
            }
        }
        for path in files(&root.join("tests/events"), "json")? {
            let text = fs::read_to_string(&path)?.replace(['\n', '\r'], " ");
            let is_settings = path.file_name().is_some_and(|name| name == "settings.json");
            let list = if is_settings { &mut corpus.settings } else { &mut corpus.events };
            list.push(text);
        }
        corpus.settings.push(fs::read_to_string(root.join("examples/settings.json"))?.replace('\n', " "));
        corpus
            .events
            .extend(fs::read_to_string(root.join("examples/events.ndjson"))?.lines().map(str::to_owned));
        Ok(corpus)
    }

    /// The mapping with this name, as another mapping includes or extends it.
    #[must_use]
    pub fn mapping(&self, name: &str) -> Option<&str> {
        self.mappings.iter().find(|(known, _)| known == name).map(|(_, text)| text.as_str())
    }
}

/// The files below a folder with an extension, in the order of their names.
fn files(folder: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(files(&path, extension)?);
        } else if path.extension().is_some_and(|found| found == extension) {
            // A test can be a file that is not text.
            if fs::read(&path).is_ok_and(|bytes| std::str::from_utf8(&bytes).is_ok()) {
                found.push(path);
            }
        }
    }
    Ok(found)
}

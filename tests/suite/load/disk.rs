//! Loading the mappings of the project.

use std::path::Path;

use mapwright::{Engine, Files};

use super::folders::project;

/// The folder `mappings`. If there is a text, it replaces the main file.
struct Folder<'t>(Option<&'t str>);

impl Files for Folder<'_> {
    fn read(&self, from: Option<&str>, name: &str) -> Result<(String, String), String> {
        if let (None, Some(text)) = (from, self.0) {
            return Ok((name.to_owned(), text.to_owned()));
        }
        let folder = from.and_then(|from| Path::new(from).parent()).unwrap_or(Path::new(""));
        let name = folder.join(name).to_string_lossy().replace('\\', "/");
        let path = project().join("mappings").join(&name);
        let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
        Ok((name, text))
    }
}

/// Loads the mapping `name` in the folder `mappings`, or `text` as if it were that file. Panics if there is a finding.
pub(crate) fn mapping(name: &str, text: Option<&str>) -> Engine {
    let loaded = mapwright::load(&format!("{name}.yaml"), &Folder(text));
    let findings = mapwright::internal::diag::human(&loaded.findings, &loaded.sources, false, Some(100));
    assert!(findings.is_empty(), "{findings}");
    loaded.engine.unwrap_or_else(|| panic!("{name} does not load"))
}

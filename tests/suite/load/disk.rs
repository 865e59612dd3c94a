//! Mappings of the project.

use std::path::Path;

use mapwright::{Engine, Files};

use super::folders::project;

/// The folder `mappings`, in which the first file may be one that a test wrote.
struct Folder<'t>(Option<&'t str>);

impl Files for Folder<'_> {
    fn read(&self, from: Option<&str>, name: &str) -> Result<(String, String), String> {
        if let (None, Some(text)) = (from, self.0) {
            return Ok((name.to_owned(), text.to_owned()));
        }
        let folder = from.and_then(|from| Path::new(from).parent()).unwrap_or(Path::new(""));
        let name = folder.join(name).to_string_lossy().replace('\\', "/");
        let path = project().join("mappings").join(&name);
        let text = std::fs::read_to_string(path).map_err(|why| why.to_string())?;
        Ok((name, text))
    }
}

/// The mapping `name` of the folder `mappings`, or `text` as if it stood there; it must load without a finding.
pub(crate) fn mapping(name: &str, text: Option<&str>) -> Engine {
    let loaded = mapwright::load(&format!("{name}.yaml"), &Folder(text));
    let told = mapwright::internal::diag::human(&loaded.findings, &loaded.sources, false, Some(100));
    assert!(told.is_empty(), "{told}");
    loaded.engine.unwrap_or_else(|| panic!("{name} does not load"))
}

//! Mappings of the project, read from its folder.

use std::path::{Path, PathBuf};

use mapwright::{Files, Plan};

/// The project's folder.
pub(crate) fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder` (given from the project's folder) with the ending `ending`, by name.
pub(crate) fn files_below(folder: &str, ending: &str) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![project().join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The text of a file; the test fails when there is none.
pub(crate) fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

struct Folder(PathBuf);

impl Files for Folder {
    fn read(&self, from: Option<&str>, name: &str) -> Result<(String, String), String> {
        let folder = from.and_then(|from| Path::new(from).parent()).unwrap_or(Path::new(""));
        let name = folder.join(name).to_string_lossy().replace('\\', "/");
        let text = std::fs::read_to_string(self.0.join(&name)).map_err(|why| why.to_string())?;
        Ok((name, text))
    }
}

/// The mapping `name` of the folder `mappings`, which must load without a finding.
pub(crate) fn mapping(name: &str) -> Plan {
    let loaded = mapwright::load(&format!("{name}.yaml"), &Folder(project().join("mappings")));
    let told = mapwright::diag::human(&loaded.findings, &loaded.sources, false, Some(100));
    assert!(told.is_empty(), "{told}");
    loaded.plan.unwrap_or_else(|| panic!("{name}: no plan"))
}

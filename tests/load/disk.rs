//! Mappings of the project.

use std::path::{Path, PathBuf};

use mapwright::{Files, Plan};

use crate::folders::project;

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

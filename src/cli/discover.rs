//! Which mappings are meant by the names on a command line: files as named, folders as what is in them.

use std::fs;
use std::path::{Path, PathBuf};

use super::files::text_of;
use super::walk::{self, Hidden};

/// What the names stand for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// Mappings, in the order of the names, those of a folder by name.
    pub(super) mappings: Vec<String>,
    /// YAML files in folders that are no mappings: they say neither `destination:` nor `extends:`.
    pub(super) parts: Vec<String>,
    /// Why something could not be looked at.
    pub(super) unreadable: Vec<String>,
}

/// Looks up all names.
pub(super) fn look(names: &[String]) -> Found {
    let mut found = Found::default();
    for name in names {
        let before = found.mappings.len();
        if Path::new(name).is_dir() {
            found.folder(Path::new(name));
            if found.mappings.len() == before {
                found.unreadable.push(format!("there is no mapping in the folder `{name}`"));
            }
        } else {
            found.mappings.push(name.clone());
        }
    }
    // A name that is written twice, or is in a folder that is named as well, is meant once.
    let mut seen = std::collections::HashSet::new();
    found.mappings.retain(|name| seen.insert(fs::canonicalize(name).unwrap_or_else(|_| PathBuf::from(name))));
    found
}

impl Found {
    fn folder(&mut self, folder: &Path) {
        // `.` alone is not written before names.
        let given = if folder == Path::new(".") { folder } else { Path::new("") };
        for path in walk::files(folder, &["yaml", "yml"], Hidden::PassedOver) {
            match path {
                Ok(path) => self.file(path.strip_prefix(given).unwrap_or(&path)),
                Err(why) => self.unreadable.push(why),
            }
        }
    }

    fn file(&mut self, path: &Path) {
        let name = path.to_string_lossy().into_owned();
        match text_of(path) {
            Ok(text) if !is_mapping(&text) => self.parts.push(name),
            // What cannot be read is told when it is loaded.
            _ => self.mappings.push(name),
        }
    }
}

/// Whether a text says what destination it is for, or what it extends, at its left edge.
fn is_mapping(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').lines().any(|line| {
        ["destination", "extends"].iter().any(|key| {
            let rest = line.strip_prefix('"').or_else(|| line.strip_prefix('\'')).unwrap_or(line);
            let Some(rest) = rest.strip_prefix(key) else { return false };
            rest.trim_start_matches(['"', '\'']).trim_start().starts_with(':')
        })
    })
}

#[cfg(test)]
mod tests {
    use super::is_mapping;

    #[test]
    fn a_mapping_says_so_at_its_left_edge() {
        for (text, expected) in [
            ("destination: shop\n", true),
            ("# note\n\"destination\" : shop", true),
            ("\u{feff}extends: shop.yaml\n", true),
            ("fields:\n  destination: $.x\n", false),
            ("# destination: shop\n", false),
            ("destinations: []\n", false),
            ("", false),
        ] {
            assert_eq!(is_mapping(text), expected, "{text:?}");
        }
    }
}

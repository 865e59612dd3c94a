//! Finding the mappings that the arguments of `validate` refer to: files, and all mappings in folders.

use std::fs;
use std::path::{Path, PathBuf};

use super::files::text_in_folder;
use super::walk_dir::{self, Hidden};

/// A mapping.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct MappingFile {
    pub(super) name: String,
    /// The folder in which it was found; `None` if the user named the file itself.
    pub(super) folder: Option<PathBuf>,
}

/// The files that the arguments refer to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct MappingFiles {
    /// Mappings, in the order of the arguments; those of a folder in the order of their names.
    pub(super) mappings: Vec<MappingFile>,
    /// YAML files in folders that are not mappings: they have neither `destination:` nor `extends:`.
    pub(super) others: Vec<String>,
    /// Why a file or folder could not be read, one sentence each.
    pub(super) unreadable: Vec<String>,
}

/// Resolves the arguments.
pub(super) fn find_mappings(names: &[String]) -> MappingFiles {
    let mut found = MappingFiles::default();
    for name in names {
        let before = found.mappings.len();
        if Path::new(name).is_dir() {
            found.add_folder(Path::new(name));
            if found.mappings.len() == before {
                found.unreadable.push(format!("there is no mapping in the folder `{name}`"));
            }
        } else {
            found.mappings.push(MappingFile { name: name.clone(), folder: None });
        }
    }
    // A file that is given twice, or along with its folder, is listed once.
    let mut seen = std::collections::HashSet::new();
    let canonical = |name: &str| fs::canonicalize(name).unwrap_or_else(|_| PathBuf::from(name));
    found.mappings.retain(|mapping| seen.insert(canonical(&mapping.name)));
    found
}

impl MappingFiles {
    fn add_folder(&mut self, folder: &Path) {
        // The names of files in `.` do not start with `./`.
        let prefix = if folder == Path::new(".") { folder } else { Path::new("") };
        for path in walk_dir::files_below(folder, &["yaml", "yml"], Hidden::Skip) {
            match path {
                Ok(path) => self.add_file(path.strip_prefix(prefix).unwrap_or(&path), folder),
                Err(reason) => self.unreadable.push(reason),
            }
        }
    }

    fn add_file(&mut self, path: &Path, folder: &Path) {
        let name = path.to_string_lossy().into_owned();
        match text_in_folder(path) {
            Ok(text) if !is_mapping(&text) => self.others.push(name),
            // A file that cannot be read is reported when it is loaded.
            _ => self.mappings.push(MappingFile { name, folder: Some(folder.to_owned()) }),
        }
    }
}

/// Whether a text has an unindented key `destination` or `extends`.
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
    fn a_mapping_has_an_unindented_destination_or_extends() {
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

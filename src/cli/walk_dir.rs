//! Walking directories.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::files::{NOT_A_FILE, NOT_UTF8, describe};

/// How to treat files and folders whose names begin with a dot.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hidden {
    Skip,
    Include,
}

/// Every file below `folder` that has one of these extensions, ordered by name, or the reason why part of the folder
/// cannot be read, such as a pipe. Links to folders are not followed, so the walk always ends.
pub(super) fn files_below(
    folder: &Path,
    extensions: &[&str],
    hidden: Hidden,
) -> impl Iterator<Item = Result<PathBuf, String>> {
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter();
    let included = move |entry: &DirEntry| {
        hidden == Hidden::Include
            || entry.depth() == 0
            || !entry.file_name().as_encoded_bytes().starts_with(b".")
    };
    walk.filter_entry(included).filter_map(move |entry| match entry {
        Ok(entry) => {
            let extension = entry.path().extension().and_then(OsStr::to_str);
            let matches = extension.is_some_and(|extension| extensions.contains(&extension));
            // Links are followed, so a link to a file is included. A link to nothing is what editors leave behind.
            let target = entry.path().metadata().ok().filter(|target| matches && !target.is_dir())?;
            let reason = match entry.path().to_str() {
                Some(_) if target.is_file() => return Some(Ok(entry.into_path())),
                Some(_) => NOT_A_FILE,
                None => NOT_UTF8,
            };
            Some(Err(format!("cannot read `{}`: {reason}", entry.path().display())))
        }
        Err(error) => Some(Err(read_error(&error))),
    })
}

fn read_error(error: &walkdir::Error) -> String {
    let reason = error.io_error().map_or_else(|| error.to_string(), describe);
    match error.path() {
        Some(path) => format!("cannot read `{}`: {reason}", path.display()),
        None => reason,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn files_are_found_by_extension_in_the_order_of_their_names() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        for name in ["b.yaml", "a/two.yml", "a/one.yaml", ".hidden/x.yaml", ".y.yaml", "c.txt", "名前/é.yaml"]
        {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder for the test");
            fs::write(path, "").expect("a file for the test");
        }
        let found = |hidden| -> Vec<String> {
            let paths = files_below(folder.path(), &["yaml", "yml"], hidden)
                .map(|path| path.expect("it is readable"));
            let inside = |path: PathBuf| path.strip_prefix(folder.path()).expect("inside").to_owned();
            paths.map(|path| inside(path).to_str().expect("UTF-8").replace('\\', "/")).collect()
        };
        let visible = ["a/one.yaml", "a/two.yml", "b.yaml", "名前/é.yaml"];
        assert_eq!(found(Hidden::Skip), visible);
        assert_eq!(found(Hidden::Include)[..2], [".hidden/x.yaml", ".y.yaml"]);
        let missing: Vec<_> =
            files_below(&folder.path().join("nothing"), &["yaml"], Hidden::Include).collect();
        assert!(
            matches!(&missing[..], [Err(reason)] if reason.contains("there is no such file")),
            "{missing:?}"
        );
    }
}

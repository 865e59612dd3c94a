//! Files in folders and in the folders below them.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::files::{NOT_UTF8, in_words};

/// Whether files and folders are passed over whose names begin with a dot.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Hidden {
    /// They are.
    PassedOver,
    /// They are as good as others.
    Taken,
}

/// Every file below `folder` whose ending is one of `endings`, by name, or why a part of it cannot be read. Links to
/// folders are not followed, so that no folder is walked for ever.
pub(super) fn files(
    folder: &Path,
    endings: &[&str],
    hidden: Hidden,
) -> impl Iterator<Item = Result<PathBuf, String>> {
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter();
    let shown = move |entry: &DirEntry| {
        hidden == Hidden::Taken
            || entry.depth() == 0
            || !entry.file_name().as_encoded_bytes().starts_with(b".")
    };
    walk.filter_entry(shown).filter_map(move |entry| match entry {
        Ok(entry) => {
            let ending = entry.path().extension().and_then(OsStr::to_str);
            let wanted = ending.is_some_and(|ending| endings.contains(&ending));
            // A link to a file is a file.
            (wanted && entry.path().is_file()).then(|| match entry.path().to_str() {
                Some(_) => Ok(entry.into_path()),
                None => Err(format!("cannot read `{}`: {NOT_UTF8}", entry.path().display())),
            })
        }
        Err(error) => Some(Err(unreadable(&error))),
    })
}

fn unreadable(error: &walkdir::Error) -> String {
    let why = error.io_error().map_or_else(|| error.to_string(), in_words);
    match error.path() {
        Some(path) => format!("cannot read `{}`: {why}", path.display()),
        None => why,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn files_are_found_by_ending_in_the_order_of_their_names() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        for name in ["b.yaml", "a/two.yml", "a/one.yaml", ".hidden/x.yaml", ".y.yaml", "c.txt", "名前/é.yaml"]
        {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder for the test");
            fs::write(path, "").expect("a file for the test");
        }
        let found = |hidden| -> Vec<String> {
            let paths =
                files(folder.path(), &["yaml", "yml"], hidden).map(|path| path.expect("it is readable"));
            let inside = |path: PathBuf| path.strip_prefix(folder.path()).expect("inside").to_owned();
            paths.map(|path| inside(path).to_str().expect("UTF-8").replace('\\', "/")).collect()
        };
        let shown = ["a/one.yaml", "a/two.yml", "b.yaml", "名前/é.yaml"];
        assert_eq!(found(Hidden::PassedOver), shown);
        assert_eq!(found(Hidden::Taken)[..2], [".hidden/x.yaml", ".y.yaml"]);
        let missing: Vec<_> = files(&folder.path().join("nothing"), &["yaml"], Hidden::Taken).collect();
        assert!(matches!(&missing[..], [Err(why)] if why.contains("there is no such file")), "{missing:?}");
    }
}

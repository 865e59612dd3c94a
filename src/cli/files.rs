//! Reading files: those of a mapping (the main file, and the files in its folder that it includes or extends), and others.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use mapwright::Files;

use super::exit::CommandError;
use super::file_format::Format;

/// The maximum size of a mapping or settings file in bytes.
const MAX_FILE_BYTES: u64 = mapwright::internal::limits::FILE_BYTES as u64;

/// Why a file cannot be used if its name cannot be displayed.
pub(super) const NOT_UTF8: &str = "its name is not UTF-8";

/// Why a pipe, a socket or a device in a folder is neither read nor replaced.
pub(super) const NOT_A_FILE: &str = "it is a pipe or a device, not a file";

/// The files that a mapping may read: everything in the folder of its main file.
pub(super) struct Disk {
    /// The name of the main file as given on the command line.
    main: String,
    /// The path of the main file with links resolved; `None` for a pipe.
    real: Option<PathBuf>,
    /// The text of the main file.
    text: String,
    /// The folder of the main file, with links resolved.
    folder: PathBuf,
    /// How that folder is written in messages.
    display_folder: PathBuf,
}

impl Disk {
    /// Reads the main file. The error is the reason why it cannot be read.
    pub(super) fn open(main: &str) -> Result<Self, String> {
        let text = text_of(Path::new(main))?;
        let written = match Path::new(main).parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let named_folder = fs::canonicalize(&written).unwrap_or(written);
        // A pipe has no folder of its own, so the folder in its name is used.
        let real = fs::canonicalize(main).ok();
        let folder = real.as_deref().and_then(Path::parent).unwrap_or(&named_folder).to_owned();
        let display_folder = if folder == named_folder {
            Path::new(main).parent().unwrap_or(Path::new("")).to_owned()
        } else {
            folder.clone()
        };
        Ok(Self { main: main.to_owned(), real, text, folder, display_folder })
    }

    /// The folder that contains the file `from`, a name that [`Files::read`] has returned.
    fn folder_of(&self, from: &str) -> PathBuf {
        let inside = Path::new(from).strip_prefix(&self.display_folder).ok().and_then(Path::parent);
        match inside {
            Some(inside) if from != self.main => self.folder.join(inside),
            _ => self.folder.clone(),
        }
    }
}

impl Files for Disk {
    fn read(&self, from: Option<&str>, name: &str) -> Result<(String, String), String> {
        let Some(from) = from else {
            return Ok((self.main.clone(), self.text.clone()));
        };
        let found = fs::canonicalize(self.folder_of(from).join(name)).map_err(|error| describe(&error))?;
        if self.real.as_ref() == Some(&found) {
            return Ok((self.main.clone(), self.text.clone()));
        }
        let Ok(inside) = found.strip_prefix(&self.folder) else {
            return Err("it is outside the folder of the mapping".to_owned());
        };
        must_not_block(&found)?;
        // Replacing invalid characters could turn the name into that of another file.
        let name = self.display_folder.join(inside).into_os_string().into_string();
        let name = name.map_err(|_| NOT_UTF8.to_owned())?;
        Ok((name, text_of(&found)?))
    }
}

/// Reads a whole text file that was found in a folder, so nobody may be writing to it if it is a pipe. The error is the
/// reason why it cannot be read.
pub(super) fn text_in_folder(path: &Path) -> Result<String, String> {
    must_not_block(path)?;
    text_of(path)
}

/// Fails for a pipe, a socket or a device, which could be opened or read forever.
pub(super) fn must_not_block(path: &Path) -> Result<(), String> {
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() && !metadata.is_dir() => Err(NOT_A_FILE.to_owned()),
        _ => Ok(()),
    }
}

/// Reads a whole text file, or what is written to a pipe. The error is the reason why it cannot be read.
pub(super) fn text_of(path: &Path) -> Result<String, String> {
    let metadata = fs::metadata(path).map_err(|error| describe(&error))?;
    if metadata.is_dir() {
        return Err("it is a folder, not a file".to_owned());
    }
    if metadata.len() > MAX_FILE_BYTES {
        return Err(format!(
            "it has {} MiB, more than the limit of {} MiB",
            metadata.len() >> 20,
            MAX_FILE_BYTES >> 20
        ));
    }
    // The size of a pipe is not known beforehand, so the limit is also checked while reading.
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| describe(&error))?;
    file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|error| describe(&error))?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(format!("it is larger than {} MiB", MAX_FILE_BYTES >> 20));
    }
    utf8(bytes, &path.to_string_lossy())
}

/// The text of the file `name`. The error is the reason why it is none.
pub(super) fn utf8(bytes: Vec<u8>, name: &str) -> Result<String, String> {
    let known = Format::of_bytes(&bytes).map(|format| format.reason(name));
    match String::from_utf8(bytes) {
        // Latin letters in UTF-16 are UTF-8 as well, with a zero byte after each.
        Ok(text) => known.filter(|_| text.contains('\0')).map_or(Ok(text), Err),
        Err(error) => Err(known.unwrap_or_else(|| {
            format!("it is not UTF-8 text (at byte {})", error.utf8_error().valid_up_to())
        })),
    }
}

/// The reason for a failed file operation, as part of a sentence.
pub(super) fn describe(error: &io::Error) -> String {
    match error.kind() {
        _ if error.get_ref().is_some() => error.to_string(), // in our words
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::NotADirectory => "a part of its path is not a folder".to_owned(),
        // What `closed_stdout.c` puts in the place of a closed standard output.
        ErrorKind::NotConnected => "it is closed".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}

/// The error for a file that cannot be written.
pub(super) fn write_error(path: &Path, error: &io::Error) -> CommandError {
    CommandError::Message(format!("cannot write `{}`: {}", path.display(), describe(error)))
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    struct Folder(TempDir);

    impl Folder {
        fn new() -> Self {
            let temporary = tempfile::tempdir().expect("a folder for the test");
            let folder = temporary.path();
            fs::create_dir_all(folder.join("maps/common")).expect("a folder for the test");
            for (file, text) in [
                ("maps/main.yaml", "main"),
                ("maps/common/fields.yaml", "fields"),
                ("maps/common/more.yaml", "more"),
                ("secret.yaml", "secret"),
            ] {
                fs::write(folder.join(file), text).expect("a file for the test");
            }
            Self(temporary)
        }

        fn opened(self) -> (Self, Disk) {
            let disk = Disk::open(&self.main()).expect("the main file");
            (self, disk)
        }

        fn main(&self) -> String {
            self.0.path().join("maps/main.yaml").to_string_lossy().into_owned()
        }
    }

    #[test]
    fn names_are_relative_to_the_file_that_contains_them() {
        let (folder, disk) = Folder::new().opened();
        let (main, text) = disk.read(None, "").expect("the main file");
        assert_eq!((main.as_str(), text.as_str()), (folder.main().as_str(), "main"));
        let (fields, _) = disk.read(Some(&main), "common/fields.yaml").expect("an included file");
        assert!(fields.ends_with("maps/common/fields.yaml"), "{fields}");
        let (more, text) = disk.read(Some(&fields), "more.yaml").expect("next to the included file");
        assert_eq!(text, "more");
        let (again, _) =
            disk.read(Some(&fields), "../common/./more.yaml").expect("the same file by another path");
        assert_eq!(again, more, "one file has one name");
        let (round, _) = disk.read(Some(&fields), "../main.yaml").expect("the main file again");
        assert_eq!(round, main, "one file has one name");
    }

    #[test]
    fn nothing_outside_the_folder_is_read() {
        let (folder, disk) = Folder::new().opened();
        let (main, _) = disk.read(None, "").expect("the main file");
        let outside = "it is outside the folder of the mapping";
        assert_eq!(disk.read(Some(&main), "../secret.yaml"), Err(outside.to_owned()));
        let absolute = folder.0.path().join("secret.yaml");
        assert_eq!(disk.read(Some(&main), &absolute.to_string_lossy()), Err(outside.to_owned()));
        #[cfg(unix)]
        {
            let link = folder.0.path().join("maps/link.yaml");
            std::os::unix::fs::symlink(&absolute, link).expect("a link");
            assert_eq!(disk.read(Some(&main), "link.yaml"), Err(outside.to_owned()));
        }
    }

    #[test]
    fn the_reason_says_why_a_file_cannot_be_read() {
        let (folder, disk) = Folder::new().opened();
        let (main, _) = disk.read(None, "").expect("the main file");
        let reason = |name: &str| disk.read(Some(&main), name).expect_err("it cannot be read");
        assert_eq!(reason("nothing.yaml"), "there is no such file");
        assert_eq!(reason("common"), "it is a folder, not a file");
        fs::write(folder.0.path().join("maps/latin.yaml"), b"caf\xe9").expect("a file");
        assert_eq!(reason("latin.yaml"), "it is not UTF-8 text (at byte 3)");
        let large = File::create(folder.0.path().join("maps/large.yaml")).expect("a file");
        large.set_len(12 << 20).expect("a large file");
        assert_eq!(reason("large.yaml"), "it has 12 MiB, more than the limit of 8 MiB");
    }
}

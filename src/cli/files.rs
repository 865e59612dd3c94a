//! Files of a mapping on disk: the main file, and what it includes or extends inside its own folder.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use mapwright::Files;

/// The largest mapping or settings file that is read.
const LARGEST: u64 = 8 << 20;

/// Why a file cannot be used whose name cannot be shown.
pub(super) const NOT_UTF8: &str = "its name is not UTF-8";

/// The files that one mapping may read: everything in the folder of its main file.
pub(super) struct Disk {
    /// The main file's name as it was given.
    main: String,
    /// Its path without links, unless it is a pipe.
    real: Option<PathBuf>,
    /// Its text.
    text: String,
    /// Its folder, without links.
    folder: PathBuf,
    /// How that folder is written in messages.
    shown: PathBuf,
}

impl Disk {
    /// Reads the main file; the error says in plain words why it cannot be read.
    pub(super) fn open(main: &str) -> Result<Self, String> {
        let text = text_of(Path::new(main))?;
        let given = match Path::new(main).parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let given_folder = fs::canonicalize(&given).unwrap_or(given);
        // What is no file on disk (a pipe) has no folder of its own: the one it was named in counts.
        let real = fs::canonicalize(main).ok();
        let folder = real.as_deref().and_then(Path::parent).unwrap_or(&given_folder).to_owned();
        let shown = if folder == given_folder {
            Path::new(main).parent().unwrap_or(Path::new("")).to_owned()
        } else {
            folder.clone()
        };
        Ok(Self { main: main.to_owned(), real, text, folder, shown })
    }

    /// The folder in which `from` stands, `from` being a name that [`Files::read`] has given.
    fn folder_of(&self, from: &str) -> PathBuf {
        let inside = Path::new(from).strip_prefix(&self.shown).ok().and_then(Path::parent);
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
        let found = fs::canonicalize(self.folder_of(from).join(name)).map_err(|why| in_words(&why))?;
        if self.real.as_ref() == Some(&found) {
            return Ok((self.main.clone(), self.text.clone()));
        }
        let Ok(inside) = found.strip_prefix(&self.folder) else {
            return Err("it lies outside the folder of the mapping".to_owned());
        };
        if !found.is_dir() && !found.is_file() {
            return Err("it is a pipe or a device, not a file".to_owned());
        }
        // A name that could only be shown with gaps could be that of another file.
        let shown = self.shown.join(inside).into_os_string().into_string();
        let shown = shown.map_err(|_| NOT_UTF8.to_owned())?;
        Ok((shown, text_of(&found)?))
    }
}

/// Reads a whole text file; the error says in plain words why it cannot be read.
pub(super) fn text_of(path: &Path) -> Result<String, String> {
    let about = fs::metadata(path).map_err(|why| in_words(&why))?;
    if about.is_dir() {
        return Err("it is a folder, not a file".to_owned());
    }
    if about.len() > LARGEST {
        return Err(format!("it is {} MiB large and may have {} at most", about.len() >> 20, LARGEST >> 20));
    }
    // A pipe tells no size, so the limit holds while reading as well.
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|why| in_words(&why))?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|why| in_words(&why))?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("it is larger than {} MiB", LARGEST >> 20));
    }
    String::from_utf8(bytes)
        .map_err(|why| format!("it is not UTF-8 text (at byte {})", why.utf8_error().valid_up_to()))
}

/// Writes a whole file so that others find the old text or the new one, never a part of it: a new file takes its name.
pub(super) fn write(path: &Path, text: &str) -> io::Result<()> {
    // A link stays a link; what it leads to changes.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let old = fs::metadata(&target).ok().map(|about| about.permissions());
    if old.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(ErrorKind::PermissionDenied.into());
    }
    let mut name = OsString::from(".");
    name.push(target.file_name().unwrap_or_default());
    name.push(format!(".{}.new", std::process::id()));
    let new = target.with_file_name(name);
    let file = match File::create_new(&new) {
        // A folder that takes no new file: there is no other way.
        Err(why) if why.kind() == ErrorKind::PermissionDenied => return fs::write(target, text),
        file => file?,
    };
    let written = fill(file, text, old).and_then(|()| fs::rename(&new, target));
    if written.is_err() {
        let _left_over = fs::remove_file(new);
    }
    written
}

fn fill(mut file: File, text: &str, permissions: Option<fs::Permissions>) -> io::Result<()> {
    file.write_all(text.as_bytes())?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.sync_all()
}

/// Why a file cannot be used.
pub(super) fn in_words(why: &io::Error) -> String {
    match why.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        ErrorKind::NotADirectory => "a part of its path is not a folder".to_owned(),
        _ => why.to_string(),
    }
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
    fn names_are_relative_to_the_file_that_holds_them() {
        let (folder, disk) = Folder::new().opened();
        let (main, text) = disk.read(None, "").expect("the main file");
        assert_eq!((main.as_str(), text.as_str()), (folder.main().as_str(), "main"));
        let (fields, _) = disk.read(Some(&main), "common/fields.yaml").expect("an included file");
        assert!(fields.ends_with("maps/common/fields.yaml"), "{fields}");
        let (more, text) = disk.read(Some(&fields), "more.yaml").expect("beside the included file");
        assert_eq!(text, "more");
        let (again, _) = disk.read(Some(&fields), "../common/./more.yaml").expect("the same by another way");
        assert_eq!(again, more, "one file has one name");
        let (round, _) = disk.read(Some(&fields), "../main.yaml").expect("the main file again");
        assert_eq!(round, main, "one file has one name");
    }

    #[test]
    fn nothing_outside_the_folder_is_read() {
        let (folder, disk) = Folder::new().opened();
        let (main, _) = disk.read(None, "").expect("the main file");
        let outside = "it lies outside the folder of the mapping";
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
    fn what_cannot_be_read_is_said_in_words() {
        let (folder, disk) = Folder::new().opened();
        let (main, _) = disk.read(None, "").expect("the main file");
        let why = |name: &str| disk.read(Some(&main), name).expect_err("it cannot be read");
        assert_eq!(why("nothing.yaml"), "there is no such file");
        assert_eq!(why("common"), "it is a folder, not a file");
        fs::write(folder.0.path().join("maps/latin.yaml"), b"caf\xe9").expect("a file");
        assert_eq!(why("latin.yaml"), "it is not UTF-8 text (at byte 3)");
        let large = File::create(folder.0.path().join("maps/large.yaml")).expect("a file");
        large.set_len(12 << 20).expect("a large file");
        assert_eq!(why("large.yaml"), "it is 12 MiB large and may have 8 at most");
    }

    #[test]
    fn a_file_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("名前.yaml");
        write(&path, "one").expect("a new file");
        write(&path, "two").expect("the same again");
        assert_eq!(fs::read_to_string(&path).expect("the file"), "two");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let link = folder.path().join("link.yaml");
            std::os::unix::fs::symlink(&path, &link).expect("a link");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("permissions");
            write(&link, "three").expect("through the link");
            assert_eq!(fs::read_to_string(&path).expect("the file"), "three");
            assert!(link.is_symlink());
            assert_eq!(fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o640);
            fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).expect("permissions");
        }
        #[cfg(unix)]
        assert_eq!(write(&path, "four").expect_err("read only").kind(), ErrorKind::PermissionDenied);
        assert!(fs::read_dir(folder.path()).expect("the folder").count() <= 2, "nothing is left over");
    }
}

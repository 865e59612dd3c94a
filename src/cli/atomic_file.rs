//! Writing files. The new contents go to a temporary file in the same folder, which takes the place of the target only
//! when it is complete and on disk. Until then, and after any failure, the target is what it was before.
//!
//! The temporary file of a run that was killed stays; it is called `.NAME.mapwright-….tmp`.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, Permissions};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::files::NOT_A_FILE;

/// Maximum number of links that are followed to find a target, as in Linux.
const MAX_LINKS: usize = 40;

/// Which files a write may reach through symbolic links.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope<'a> {
    /// Any file: the user named it.
    Anywhere,
    /// Files in this folder.
    Inside(&'a Path),
}

/// A file that is being written. Dropping it without [`replace`](Self::replace) removes what was written.
pub(super) struct AtomicFile {
    target: PathBuf,
    temporary: PathBuf,
    /// `None` after the temporary file was renamed.
    file: Option<File>,
}

impl AtomicFile {
    /// Begins to write the file at `path`, which may exist, with the permissions of the old one. A link is kept, and the
    /// file that it points to is replaced.
    pub(super) fn create(path: &Path, scope: Scope<'_>) -> io::Result<Self> {
        let target = resolve(path, scope)?;
        let old = match fs::symlink_metadata(&target) {
            Ok(old) if old.is_dir() => return Err(io::Error::other("it is a folder")),
            Ok(old) if !old.is_file() => return Err(io::Error::other(NOT_A_FILE)),
            Ok(old) if old.permissions().readonly() => return Err(ErrorKind::PermissionDenied.into()),
            Ok(old) => Some(old),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        let (temporary, file) = create_temporary(&target, old.is_some())?;
        let created = Self { target, temporary, file: Some(file) };
        if let (Some(old), Some(file)) = (old, &created.file) {
            keep_owner(&old, file);
            file.set_permissions(permissions(&old))?;
        }
        Ok(created)
    }

    /// Puts the new contents in the place of the target.
    pub(super) fn replace(mut self) -> io::Result<()> {
        self.sync()?;
        fs::rename(&self.temporary, &self.target)?;
        self.file = None;
        sync_folder(&self.target);
        Ok(())
    }

    /// Gives the new contents the name of the target, if no file has that name.
    fn link_new(mut self) -> io::Result<()> {
        self.sync()?;
        match fs::hard_link(&self.temporary, &self.target) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(error),
            // Some file systems have no hard links.
            Err(_) if fs::symlink_metadata(&self.target).is_ok() => {
                return Err(ErrorKind::AlreadyExists.into());
            }
            Err(_) => {
                fs::rename(&self.temporary, &self.target)?;
                self.file = None;
            }
        }
        sync_folder(&self.target);
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        self.file.as_ref().map_or(Ok(()), File::sync_all)
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_mut().map_or(Ok(0), |file| file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), File::flush)
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            let _ignored = fs::remove_file(&self.temporary);
        }
    }
}

/// Replaces the contents of a file, or creates it. Its folder is created if necessary.
pub(super) fn write(path: &Path, text: &str, scope: Scope<'_>) -> io::Result<()> {
    create_folder_of(path, scope)?;
    let mut file = AtomicFile::create(path, scope)?;
    file.write_all(text.as_bytes())?;
    file.replace()
}

/// Creates a file. Fails if there is one. Its folder is created if necessary.
pub(super) fn write_new(path: &Path, text: &str, scope: Scope<'_>) -> io::Result<()> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    create_folder_of(path, scope)?;
    let mut file = AtomicFile::create(path, scope)?;
    file.write_all(text.as_bytes())?;
    file.link_new()
}

/// Removes a file or a link, if there is one. A link is removed, never its target.
pub(super) fn remove(path: &Path, scope: Scope<'_>) -> io::Result<()> {
    let name = path.file_name().ok_or(ErrorKind::InvalidInput)?;
    let folder = match fs::canonicalize(folder_of(path)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        folder => folder?,
    };
    check(&folder, scope)?;
    match fs::remove_file(folder.join(name)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Fails if reading a file would follow a link out of the scope.
pub(super) fn check_link(path: &Path, scope: Scope<'_>) -> io::Result<()> {
    match resolve(path, scope) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// The file that a path refers to, with all links resolved. The file need not exist, but its folder must.
fn resolve(path: &Path, scope: Scope<'_>) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        let name = path.file_name().ok_or(ErrorKind::InvalidInput)?;
        let target = fs::canonicalize(folder_of(&path))?.join(name);
        if let Ok(link) = fs::read_link(&target) {
            path = folder_of(&target).join(link);
        } else {
            check(&target, scope)?;
            return Ok(target);
        }
    }
    Err(io::Error::other("it is a chain of too many links"))
}

/// Fails if a path without links is not in the scope.
fn check(target: &Path, scope: Scope<'_>) -> io::Result<()> {
    let Scope::Inside(folder) = scope else { return Ok(()) };
    let folder = or_current(folder);
    if target.starts_with(fs::canonicalize(folder)?) {
        return Ok(());
    }
    Err(io::Error::other(format!(
        "a link leads out of the folder `{}`; replace it by a file",
        folder.display()
    )))
}

/// Creates the folder of a file with all folders above it. The first that exists must be in the scope.
fn create_folder_of(path: &Path, scope: Scope<'_>) -> io::Result<()> {
    let folder = folder_of(path);
    if let Scope::Inside(outer) = scope {
        // The folder named by the user may be new, too.
        fs::create_dir_all(or_current(outer))?;
    }
    let existing = folder.ancestors().map(or_current).find(|folder| fs::symlink_metadata(folder).is_ok());
    check(&fs::canonicalize(existing.unwrap_or(Path::new(".")))?, scope)?;
    fs::create_dir_all(folder)
}

/// The folder that contains a file.
fn folder_of(path: &Path) -> &Path {
    or_current(path.parent().unwrap_or(Path::new("")))
}

fn or_current(folder: &Path) -> &Path {
    if folder == Path::new("") { Path::new(".") } else { folder }
}

/// Creates a temporary file beside the target. A `private` one is readable only by its owner until it gets the
/// permissions of the file that it replaces.
fn create_temporary(target: &Path, private: bool) -> io::Result<(PathBuf, File)> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if private {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = private;
    loop {
        let temporary = target.with_file_name(temporary_name(target));
        match options.open(&temporary) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                let message = "no file can be created in its folder, so it could only be replaced in part; choose \
                               another folder, or redirect standard output";
                return Err(io::Error::new(ErrorKind::PermissionDenied, message));
            }
            file => return Ok((temporary, file?)),
        }
    }
}

/// A name that nobody can guess, so that nobody can put a link in its place.
fn temporary_name(target: &Path) -> OsString {
    let mut name = OsString::from(".");
    let target = target.file_name().unwrap_or_default();
    // File systems limit the length of a name to 255 bytes.
    name.push(if target.len() > 200 { "long-name".as_ref() } else { target });
    name.push(format!(".mapwright-{:016x}.tmp", RandomState::new().build_hasher().finish()));
    name
}

/// The permissions of the old file, without the bits that change who runs it.
fn permissions(old: &fs::Metadata) -> Permissions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        Permissions::from_mode(old.permissions().mode() & 0o777)
    }
    #[cfg(not(unix))]
    old.permissions()
}

/// Gives the new file the owner and the group of the old one, if permitted.
fn keep_owner(old: &fs::Metadata, file: &File) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if file.metadata().is_ok_and(|new| (new.uid(), new.gid()) != (old.uid(), old.gid())) {
            let _ignored = std::os::unix::fs::fchown(file, Some(old.uid()), Some(old.gid()));
        }
    }
    #[cfg(not(unix))]
    let _ = (old, file);
}

/// Makes a rename durable. A file system that cannot do this has renamed the file nevertheless.
fn sync_folder(target: &Path) {
    if cfg!(unix) {
        let _ignored = File::open(folder_of(target)).and_then(|folder| folder.sync_all());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let path = folder.path().join("new/名前.yaml");
        write(&path, "one", Scope::Anywhere).expect("a new file");
        write(&path, "two", Scope::Inside(folder.path())).expect("the file again");
        let mut dropped = AtomicFile::create(&path, Scope::Anywhere).expect("a temporary file");
        dropped.write_all(b"not all of it").expect("it can be written");
        drop(dropped);
        assert_eq!(fs::read_to_string(&path).expect("the file"), "two");
        let again = write_new(&path, "three", Scope::Anywhere).expect_err("the file exists");
        assert_eq!(again.kind(), ErrorKind::AlreadyExists);
        let other = folder.path().join("new/other");
        write_new(&other, "other", Scope::Anywhere).expect("a new file");
        assert_eq!(fs::read_to_string(&other).expect("the file"), "other");
        assert_eq!(
            fs::read_dir(folder.path().join("new")).expect("the folder").count(),
            2,
            "nothing is left over"
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_are_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().expect("a folder for the test");
        let [path, link, dangling] = ["file", "link", "dangling"].map(|name| folder.path().join(name));
        let mode = |mode| fs::set_permissions(&path, Permissions::from_mode(mode)).expect("permissions");
        write(&path, "one", Scope::Anywhere).expect("a new file");
        symlink("file", &link).expect("a link");
        symlink("later", &dangling).expect("a link");
        mode(0o640);
        write(&link, "two", Scope::Inside(folder.path())).expect("through the link");
        write(&dangling, "three", Scope::Anywhere).expect("through the link");
        assert_eq!(fs::read_to_string(&path).expect("the file"), "two");
        assert_eq!(fs::read_to_string(folder.path().join("later")).expect("the file"), "three");
        assert!(link.is_symlink() && dangling.is_symlink());
        assert_eq!(fs::metadata(&path).expect("the file").permissions().mode() & 0o777, 0o640);
        mode(0o440);
        let denied = write(&link, "four", Scope::Anywhere).expect_err("read only");
        assert_eq!(denied.kind(), ErrorKind::PermissionDenied);
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 4, "nothing is left over");
    }

    #[cfg(unix)]
    #[test]
    fn no_link_leads_out_of_the_folder() {
        use std::os::unix::fs::symlink;
        let outer = tempfile::tempdir().expect("a folder for the test");
        let inner = outer.path().join("inner");
        fs::create_dir_all(outer.path().join("private")).expect("a folder");
        fs::create_dir(&inner).expect("a folder");
        fs::write(outer.path().join("private/key"), "key").expect("a file");
        symlink("../private/key", inner.join("link")).expect("a link");
        symlink("link", inner.join("second")).expect("a link");
        symlink("../private/new", inner.join("dangling")).expect("a link");
        symlink("../private", inner.join("folder")).expect("a link");
        symlink("circle", inner.join("circle")).expect("a link");
        for name in [
            "link",
            "second",
            "dangling",
            "folder/key",
            "folder/new",
            "folder/sub/new",
            "../private/key",
            "circle",
        ] {
            let path = inner.join(name);
            assert!(write(&path, "x", Scope::Inside(&inner)).is_err(), "{name}");
            assert!(write_new(&path, "x", Scope::Inside(&inner)).is_err(), "{name}");
        }
        assert!(remove(&inner.join("folder/key"), Scope::Inside(&inner)).is_err());
        remove(&inner.join("second"), Scope::Inside(&inner)).expect("a link is removed");
        assert_eq!(fs::read_to_string(outer.path().join("private/key")).expect("the file"), "key");
        assert_eq!(fs::read_dir(outer.path().join("private")).expect("the folder").count(), 1);
        assert_eq!(fs::read_dir(&inner).expect("the folder").count(), 4, "nothing is left over");
    }
}

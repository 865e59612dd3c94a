//! `cargo xtask docs` regenerates the reference pages, the completions and the manual pages; `cargo test` fails if one is out of
//! date.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::disallowed_types,
    reason = "a command reads its arguments, writes files, starts cargo and reports errors"
)]

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() != Some("docs") {
        eprintln!("usage: cargo xtask docs");
        return ExitCode::from(2);
    }
    for page in xtask::pages() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(page.path);
        if let Err(error) = std::fs::write(&path, page.text) {
            eprintln!("cannot write {}: {error}", page.path);
            return ExitCode::FAILURE;
        }
    }
    // The definitions of the arguments are known to the command only, whose test makes the files from them.
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut test = Command::new(cargo);
    test.args(["test", "--quiet", "--package", "mapwright", "--bin", "mapwright", "files_are_up_to_date"]);
    match test.env("WRITE_FILES", "1").stdout(Stdio::null()).status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        _ => {
            eprintln!("cannot write the completions and the manual pages");
            ExitCode::FAILURE
        }
    }
}

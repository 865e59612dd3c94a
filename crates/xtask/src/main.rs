//! `cargo xtask docs` regenerates the reference pages; `cargo test` fails if one is out of date.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a command reads its arguments, writes files and reports errors"
)]

use std::path::Path;
use std::process::ExitCode;

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
    ExitCode::SUCCESS
}

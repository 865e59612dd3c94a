//! `cargo xtask docs` writes the reference pages anew; `cargo test` fails while one is not what the tables give.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a command reads its arguments, writes files and says what it could not write"
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

//! The generated pages are the ones that the tables give.

use std::path::Path;

fn same(name: &str, page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, page).unwrap_or_else(|why| panic!("{name} cannot be written: {why}"));
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    if written == page {
        return;
    }
    let line = 1 + written.lines().zip(page.lines()).take_while(|(old, new)| old == new).count();
    panic!(
        "{name} is not what the tables give (from line {line}): run `UPDATE=1 cargo test --test generated`"
    );
}

#[test]
fn operators() {
    same("docs/operators.md", &mapwright::internal::docs::operators());
}

#[test]
fn diagnostics() {
    same("docs/diagnostics.md", &mapwright::internal::docs::diagnostics());
}

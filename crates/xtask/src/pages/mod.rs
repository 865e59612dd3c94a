//! The reference pages, generated from the tables of the program.

mod catalogue;
mod diagnostics;
mod limits;
mod operators;

/// A generated file of the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its path from the root of the repository.
    pub path: &'static str,
    /// Its contents.
    pub text: String,
}

/// All generated files.
#[must_use]
pub fn pages() -> Vec<Page> {
    vec![
        Page { path: "docs/operators.md", text: operators::operators() },
        Page { path: "docs/diagnostics.md", text: diagnostics::diagnostics() },
        Page { path: "docs/limits.md", text: limits::limits() },
        Page { path: "docs/mapping.schema.json", text: mapwright::internal::schema::text() },
    ]
}

/// The first line of every Markdown page, so that it is not edited by hand.
const GENERATED: &str =
    "<!-- Generated from the tables of the program by `cargo xtask docs`; do not edit. -->\n";

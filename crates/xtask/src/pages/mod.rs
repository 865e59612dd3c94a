//! The reference pages: each is made from a table of the program.

mod catalogue;
mod diagnostics;
mod operators;

/// A generated file of the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Where it stands, from the root of the repository.
    pub path: &'static str,
    /// The whole file.
    pub text: String,
}

/// All generated files.
#[must_use]
pub fn pages() -> Vec<Page> {
    vec![
        Page { path: "docs/operators.md", text: operators::operators() },
        Page { path: "docs/diagnostics.md", text: diagnostics::diagnostics() },
        Page { path: "docs/mapping.schema.json", text: mapwright::internal::schema::text() },
    ]
}

/// The first line of every page, so that nobody edits it by hand.
const GENERATED: &str =
    "<!-- Generated from the tables of the program: `cargo xtask docs` writes it anew. -->\n";

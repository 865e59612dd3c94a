//! The reference pages, made from the tables: what a table says cannot differ from what the page says.

mod compared;
mod diagnostics;
mod operators;
pub mod schema;
mod table;

pub use diagnostics::diagnostics;
pub use operators::operators;

/// What stands at the top of every page, so that nobody edits it by hand.
const GENERATED: &str = "<!-- Made from the tables of the program: `UPDATE=1 cargo test --test suite generated` writes it anew. -->\n";

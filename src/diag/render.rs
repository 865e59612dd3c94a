//! Renderers of diagnostics: for people and for other programs.

mod github;
mod human;
mod json;
mod sarif;
#[cfg(test)]
mod tests;

pub use github::{Note, github};
pub use human::human;
pub use json::json;
pub use sarif::sarif;

use crate::source::{Location, Sources, Span};

/// The locations of the start and the end of a span.
fn ends(span: Span, sources: &Sources) -> (Location<'_>, Location<'_>) {
    let end = Span { start: span.end.max(span.start), ..span };
    (sources.place(span), sources.place(end))
}

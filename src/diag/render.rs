//! Findings as text: for people, and for other programs.

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

/// Where a span begins and where it ends.
fn ends(span: Span, sources: &Sources) -> (Location<'_>, Location<'_>) {
    let end = Span { start: span.end.max(span.start), ..span };
    (sources.place(span), sources.place(end))
}

//! What is made from mapwright's tables for its repository, so that no page says anything else than the program.

mod markdown;
mod pages;

pub use pages::{Page, pages};

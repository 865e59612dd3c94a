//! Generates the reference pages from mapwright's tables, so that they always match the program.

mod markdown;
mod pages;

pub use pages::{Page, pages};

//! Templates: minijinja parses them; only this module uses it.
//!
//! A template without loops, assignments or comparisons is converted to [`Piece`]s, which are written one after another. One
//! with logic becomes a [`Program`], which [`Logic`] evaluates.

mod comparison;
mod filter;
mod leaf;
mod logic;
mod lower;
mod nesting;
mod parse;
mod parse_cache;
mod program;
mod scope;
mod value_test;

use std::ops::Range;
use std::sync::Arc;

pub use logic::{Logic, Referenced};
pub use parse::parse;
pub use parse_cache::ParseCache;
pub use program::Program;

use crate::path::Segment;

/// A parsed template.
#[derive(Debug)]
pub struct Parsed {
    /// Its contents.
    pub body: Body,
    /// Every use of a name that the mapping defines.
    pub references: Vec<Reference>,
    /// Every use of a filter.
    pub filters: Vec<FilterUse>,
}

/// The two kinds of template.
#[derive(Debug)]
pub enum Body {
    /// Pieces that are written one after another.
    Pieces(Vec<Piece>),
    /// Logic.
    Logic(Arc<Program>),
}

/// A piece of a template without logic.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Constant text.
    Text(String),
    /// `{{ name | filter or … }}`
    Value {
        /// The value that is written.
        value: Reference,
        /// The filters that are applied to it.
        filters: Vec<FilterUse>,
        /// What is written instead if the value is not filled.
        otherwise: Option<Box<Piece>>,
    },
}

/// A name with the steps after it: `event.traits.email`.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The first name.
    pub name: String,
    /// The names and indexes after it.
    pub steps: Vec<Segment>,
    /// Its byte range in the template.
    pub range: Range<usize>,
    /// Whether the name is also a variable that the template sets in some branch, so that no field needs to have it.
    pub optional: bool,
}

impl Reference {
    /// As it is written: `event.traits.email`.
    pub(crate) fn spelled(&self) -> String {
        self.steps.iter().fold(self.name.clone(), |text, step| match step {
            Segment::Name(key) => format!("{text}.{key}"),
            Segment::Index(index) => format!("{text}[{index}]"),
        })
    }
}

/// A use of a filter.
#[derive(Clone, Debug)]
pub struct FilterUse {
    /// Its name.
    pub name: String,
    /// The arguments as JSON: a single one as it is, several as a list, named ones as a map. `None` if there are none, or
    /// if one is not constant, which makes it a template with logic.
    pub argument: Option<serde_json::Value>,
    /// The names of the arguments; `None` if one has no name.
    pub keys: Option<Vec<String>>,
    /// Whether all arguments are constant.
    pub constant: bool,
    /// The byte range of its name in the template.
    pub range: Range<usize>,
}

/// Why a text is not a valid template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadTemplate {
    /// One sentence for the author of the mapping.
    pub message: String,
    /// The byte range of the error in the template.
    pub range: Range<usize>,
    /// Whether it uses a construct of the template language that mappings do not support.
    pub forbidden: bool,
}

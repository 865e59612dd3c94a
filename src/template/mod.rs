//! Templates: minijinja reads them, and runs those that hold logic. The only module that names it.
//!
//! A template without loops, assignments or comparisons is taken apart here into [`Piece`]s,
//! which the run writes one after another without the template engine.

mod filter;
mod logic;
mod parse;
mod parse_cache;

use std::ops::Range;

pub use logic::Logic;
pub use parse::parse;
pub use parse_cache::ParseCache;

use crate::path::Segment;

/// A template as read.
#[derive(Debug)]
pub struct Parsed {
    /// What it consists of.
    pub body: Body,
    /// Every name it reads from the mapping, with the place of each use.
    pub references: Vec<Reference>,
    /// Every filter it uses.
    pub filters: Vec<FilterUse>,
}

/// The two kinds of template.
#[derive(Debug)]
pub enum Body {
    /// Parts to be written one after another.
    Pieces(Vec<Piece>),
    /// A program for the template engine.
    Logic,
}

/// A part of a template without logic.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Constant text.
    Text(String),
    /// `{{ name | filter or … }}`
    Value {
        /// What is read.
        value: Reference,
        /// What is done with it.
        filters: Vec<FilterUse>,
        /// What is written when it is not filled.
        otherwise: Option<Box<Piece>>,
    },
}

/// A name with the way inside it: `event.traits.email`.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The first name.
    pub name: String,
    /// The way from there.
    pub steps: Vec<Segment>,
    /// Where it stands in the template, in bytes.
    pub range: Range<usize>,
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

/// A filter as it is used.
#[derive(Clone, Debug)]
pub struct FilterUse {
    /// Its name.
    pub name: String,
    /// The arguments as JSON: one as it is, several as a list, named ones as a map; `None` when there are none.
    /// An argument that is no constant makes the template one with logic and is `None` here.
    pub argument: Option<serde_json::Value>,
    /// Whether all arguments are constant.
    pub constant: bool,
    /// Where its name stands in the template, in bytes.
    pub range: Range<usize>,
}

/// Why a text is no template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadTemplate {
    /// One sentence.
    pub message: String,
    /// The bytes that are meant.
    pub range: Range<usize>,
    /// Whether it is a construct of the template language that mappings do not have.
    pub forbidden: bool,
}

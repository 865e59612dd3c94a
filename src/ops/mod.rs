//! The vocabulary: one file an operator, one table [`OPS`].
//!
//! An operator sees values and its own arguments, nothing else: no mapping, no event, no clock.
//! It never fails: what it cannot convert is *missing* (`None`).

mod args;
mod constant;
mod meaning;
mod numeric;
mod pattern;
mod table;
#[cfg(test)]
mod tests;
mod time;

pub use meaning::{Effect, EffectArgs, Meaning, Missing, Secrecy, ValueArg};
pub use pattern::pattern;
pub use table::OPS;

use crate::value::{Arena, Kinds, Value};

/// A row of the operator table. Documentation, checks, completion, schema and tests are made from it.
#[derive(Debug)]
pub struct Operator {
    /// The name as it is written.
    pub name: &'static str,
    /// The heading it stands under.
    pub group: Group,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// What is written after the name.
    pub argument: ArgKind,
    /// Further keys of the step, with their meaning (`otherwise`).
    pub with: &'static [Key],
    /// The kinds it converts.
    pub takes: Kinds,
    /// What it makes of them.
    pub gives: Gives,
    /// The kinds that pass unchanged.
    pub keeps: Kinds,
    /// When the result is missing.
    pub missing: Missing,
    /// What it makes of what is known of its input: secrets, letters, lengths, units.
    pub meaning: Meaning,
    /// What it is called elsewhere.
    pub equivalents: Equivalents,
    /// Examples; each is a test.
    pub examples: &'static [Example],
    /// Checks the argument and makes the operation.
    pub build: fn(&Args<'_>) -> Result<Box<dyn Operation>, ArgError>,
}

/// Headings of the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Group {
    Types,
    Text,
    Time,
    Numbers,
    Maps,
    Lists,
    Choice,
}

/// What stands after an operator's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgKind {
    /// Nothing.
    None,
    /// A constant; the words say which (`a number of bytes`).
    Constant(&'static str),
    /// A constant or nothing.
    Optional(&'static str),
    /// A value that is computed for the event; the words say what it must give.
    Value(&'static str),
    /// A pipeline that is applied to parts of the input.
    Pipeline(&'static str),
    /// A test.
    Test(&'static str),
}

/// A further key of a step.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What may stand there and what it does.
    pub meaning: &'static str,
}

/// What an operator makes of the kinds that it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// These kinds.
    Kinds(Kinds),
    /// The kind that came in.
    Same,
}

/// The name of the same thing in other tools, for people who come from there.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Equivalents {
    pub vrl: &'static str,
    pub bloblang: &'static str,
    pub mapping_kit: &'static str,
    pub rudderstack: &'static str,
}

/// An example; all three are written as in a mapping or as JSON.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The step as it stands after `transform:`, in YAML's flow style: `{ truncate: 3 }`.
    pub step: &'static str,
    /// The input as JSON.
    pub input: &'static str,
    /// The output as JSON, or `—` for missing.
    pub output: &'static str,
}

/// The constant argument of a step, and its further keys, as values.
#[derive(Clone, Copy, Debug)]
pub struct Args<'a> {
    /// What stands after the name; `None` when nothing does, or when it is no constant.
    pub argument: Option<Value<'a>>,
    /// The further keys of the step that were written; all are known ones.
    pub with: &'a [(&'a str, Value<'a>)],
    /// For what has to be made.
    pub arena: &'a Arena,
}

/// Why an argument cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArgError {
    /// The way to the part that is meant: keys and indexes from the argument inwards; empty = all of it.
    pub at: Vec<String>,
    /// One sentence in the author's words, without a full stop.
    pub message: String,
    /// Bytes inside the text at `at` (a place in a pattern), if that is known.
    pub range: Option<std::ops::Range<usize>>,
}

impl ArgError {
    /// The whole argument is meant.
    pub fn new(message: impl Into<String>) -> Self {
        Self { at: Vec::new(), message: message.into(), range: None }
    }

    /// The part under `key` is meant.
    pub fn at(key: &str, message: impl Into<String>) -> Self {
        Self { at: vec![key.to_owned()], message: message.into(), range: None }
    }
}

/// An operator with its arguments, ready to run.
pub trait Operation: Send + Sync + std::fmt::Debug {
    /// Input to output, or missing. Only called with a value; missing stops a pipeline before.
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>>;
}

/// What the run lends to an operation.
pub trait Call<'a> {
    /// Where new values live.
    fn arena(&self) -> &'a Arena;
    /// The value of an [`ArgKind::Value`], or missing.
    fn argument(&mut self) -> Option<Value<'a>>;
    /// Applies the [`ArgKind::Pipeline`].
    fn pipe(&mut self, value: Value<'a>) -> Option<Value<'a>>;
    /// Whether the [`ArgKind::Test`] holds for a value.
    fn test(&mut self, value: Option<Value<'a>>) -> bool;
}

/// The operator that makes text safe as a part of an address, for advice.
#[must_use]
pub fn encoder() -> Option<&'static Operator> {
    OPS.iter().copied().find(|row| row.meaning.encodes)
}

/// The row of an operator.
#[must_use]
pub fn operator(name: &str) -> Option<&'static Operator> {
    OPS.iter().copied().find(|row| row.name == name)
}

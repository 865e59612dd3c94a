//! The operators: one file each, and the table [`OPS`].
//!
//! An operator has access only to its input and its arguments: not to the mapping, the event or a clock.
//! What it cannot convert becomes *missing* (`None`). What it could only convert by losing something silently (too many
//! digits, say) refuses the event.

mod args;
mod constant;
mod meaning;
mod numeric;
mod other_names;
mod pattern;
mod table;
#[cfg(test)]
mod tests;
mod time;
mod url_text;

pub use meaning::{Effect, EffectArgs, Meaning, Missing, Secrecy, UrlEncoding, ValueArg};
pub(crate) use numeric::{number as to_number, truth};
pub use other_names::OTHER_NAMES;
pub use pattern::pattern;
pub use table::OPS;
pub use url_text::{
    encode_component, has_whole_percents, is_component, is_dot_segment, is_path_or_query, push_component,
};

use crate::value::{Arena, Kinds, Value};

/// A row of the operator table. The reference, the analyses, completion, the schema and tests use it.
#[derive(Debug)]
pub struct Operator {
    /// Its name in mappings.
    pub name: &'static str,
    /// Its group in the reference.
    pub group: Group,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// Its argument.
    pub argument: ArgKind,
    /// Additional keys of the step, such as `otherwise`, with their meaning.
    pub with: &'static [Key],
    /// The kinds of input it converts.
    pub takes: Kinds,
    /// The kinds of output it produces from them.
    pub gives: Gives,
    /// The kinds of input it returns unchanged.
    pub keeps: Kinds,
    /// When the result is missing.
    pub missing: Missing,
    /// Its effect in the analyses: on secrets, case, lengths, units and the like.
    pub meaning: Meaning,
    /// Its names in other tools.
    pub equivalents: Equivalents,
    /// Examples; each is checked by a test.
    pub examples: &'static [Example],
    /// Checks the arguments and creates the operation.
    pub build: fn(&Args<'_>) -> Result<Box<dyn Operation>, ArgError>,
}

/// The groups of operators in the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are self-explanatory")]
pub enum Group {
    Types,
    Text,
    Time,
    Numbers,
    Maps,
    Lists,
    Choice,
}

/// The kind of argument an operator takes. The text describes it for the reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArgKind {
    /// Nothing.
    None,
    /// A constant, such as `a number of bytes`.
    Constant(&'static str),
    /// An optional constant.
    Optional(&'static str),
    /// A value that is evaluated for each event.
    Value(&'static str),
    /// A pipeline that is applied to parts of the input.
    Pipeline(&'static str),
    /// A test.
    Test(&'static str),
}

/// An additional key of a step.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// Its allowed values and its effect.
    pub meaning: &'static str,
}

/// The kinds of output of an operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// These kinds.
    Kinds(Kinds),
    /// The kind of the input.
    Same,
}

/// The names of an operator in other tools, for people who know them.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "the names are self-explanatory")]
pub struct Equivalents {
    pub vrl: &'static str,
    pub bloblang: &'static str,
    pub mapping_kit: &'static str,
    pub rudderstack: &'static str,
}

/// An example of an operator.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The step as written after `transform:`, in YAML flow style: `{ truncate: 3 }`.
    pub step: &'static str,
    /// The input as JSON.
    pub input: &'static str,
    /// The output as JSON, or `—` for missing.
    pub output: &'static str,
}

/// The constant argument and the additional keys of a step.
#[derive(Clone, Copy, Debug)]
pub struct Args<'a> {
    /// The argument; `None` if there is none or it is not a constant.
    pub argument: Option<Value<'a>>,
    /// The additional keys that are present; unknown keys have been rejected.
    pub with: &'a [(&'a str, Value<'a>)],
    /// The name of the mapping's destination, where a step of the mapping is built.
    pub destination: Option<&'a str>,
    /// Where new values are allocated.
    pub arena: &'a Arena,
}

/// Why an argument cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArgError {
    /// The path to the invalid part: keys and indexes from the argument inwards; empty for the whole argument.
    pub at: Vec<String>,
    /// One sentence for the author, without a full stop.
    pub message: String,
    /// The byte range inside the text at `at` (for example in a pattern), if known.
    pub range: Option<std::ops::Range<usize>>,
}

impl ArgError {
    /// An error about the whole argument.
    pub fn new(message: impl Into<String>) -> Self {
        Self { at: Vec::new(), message: message.into(), range: None }
    }

    /// An error about the part under `key`.
    pub fn at(key: &str, message: impl Into<String>) -> Self {
        Self { at: vec![key.to_owned()], message: message.into(), range: None }
    }
}

/// An operator with its constant arguments, ready to be applied.
pub trait Operation: Send + Sync + std::fmt::Debug {
    /// Converts the input; `None` means missing, or refused with [`Call::refuse`]. It is not called for a missing input, which ends a pipeline before.
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>>;

    /// Whether the result is always an argument or a part of one, so that the input only selects it.
    fn selects(&self) -> bool {
        false
    }
}

/// What an operation can use while it is applied.
pub trait Call<'a> {
    /// Where new values are allocated.
    fn arena(&self) -> &'a Arena;
    /// Evaluates the [`ArgKind::Value`]; `None` means missing.
    fn argument(&mut self) -> Option<Value<'a>>;
    /// Applies the [`ArgKind::Pipeline`] to a value.
    fn pipe(&mut self, value: Value<'a>) -> Option<Value<'a>>;
    /// Refuses the event: what the operator found is neither convertible nor harmless to leave out. `reason` continues
    /// "`operator` cannot …" and contains nothing of the event. Returns `None`, so that the operation can end.
    fn refuse(&mut self, reason: &str) -> Option<Value<'a>>;
    /// Whether the [`ArgKind::Test`] holds for a value.
    fn test(&mut self, value: Option<Value<'a>>) -> bool;
}

/// The name of the first operator that encodes text in this way, for help texts.
#[must_use]
pub fn encoder(encoding: UrlEncoding) -> &'static str {
    let row = OPS.iter().find(|row| row.meaning.url_encoding == Some(encoding));
    row.map_or("", |row| row.name)
}

/// The row of an operator.
#[must_use]
pub fn operator(name: &str) -> Option<&'static Operator> {
    OPS.iter().copied().find(|row| row.name == name)
}

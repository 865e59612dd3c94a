//! Renders templates with logic, with a limited number of steps.
//!
//! minijinja parses them, but its values know only doubles and 128-bit integers, and sort the members of maps. So they are
//! evaluated here, on the values of the run: what a template prints does not depend on whether it has logic.

mod arithmetic;
mod expression;
mod filter;
mod fuel;
mod statement;

use std::sync::Arc;

use super::FilterUse;
use super::comparison::{Evaluated, RenderError};
use super::program::Program;
use crate::value::{Arena, Value};
use filter::Filter;
use fuel::Fuel;

/// A template with logic, compiled.
#[derive(Debug)]
pub struct Logic {
    program: Arc<Program>,
    filters: Box<[Filter]>,
}

/// The value of a reference.
#[derive(Clone, Copy, Debug, Default)]
pub struct Referenced<'a> {
    /// The value, null and `""` included; `None` if it is missing.
    pub value: Option<Value<'a>>,
    /// Whether filters apply to it: null and `""` count as missing, unless the mapping keeps them.
    pub present: bool,
}

impl Logic {
    /// Prepares the filters of a program, in the order of [`super::Parsed::filters`]. Findings about them are reported when
    /// the mapping is compiled.
    #[must_use]
    pub fn new(program: &Arc<Program>, filters: &[FilterUse]) -> Self {
        Self { program: Arc::clone(program), filters: filters.iter().map(Filter::new).collect() }
    }

    /// Whether a filter in it encodes for a URL.
    #[must_use]
    pub fn encodes(&self) -> bool {
        self.filters.iter().any(Filter::encodes)
    }

    /// Renders the template. `values` contains the value of each reference, in the order of [`super::Parsed::references`].
    ///
    /// # Errors
    /// If it takes too many steps, or an operation in it is impossible.
    pub fn render<'a>(&self, values: &[Referenced<'a>], arena: &'a Arena) -> Result<&'a str, RenderError> {
        let mut render = Render {
            filters: &self.filters,
            values,
            arena,
            variables: vec![Variable::Unset; self.program.variables],
            captured: "",
            fuel: Fuel::default(),
        };
        let mut out = bumpalo::collections::String::new_in(arena);
        let rendered = render.statements(&self.program.body, &mut out);
        // If that is too many, the run finds out.
        let _within = arena.spend(render.fuel.taken());
        rendered.map(|()| out.into_bump_str())
    }
}

/// The state of rendering a template.
struct Render<'r, 'a> {
    filters: &'r [Filter],
    values: &'r [Referenced<'a>],
    arena: &'a Arena,
    variables: Vec<Variable<'a>>,
    /// The text of the block that filters are applied to.
    captured: &'a str,
    fuel: Fuel,
}

/// A variable that the template sets.
#[derive(Clone, Copy, Debug)]
enum Variable<'a> {
    Unset,
    /// `None` if the value is missing.
    Set(Option<Value<'a>>),
}

//! Operators as filters.

use super::{Evaluated, Render, RenderError};
use crate::ops::{ArgKind, Args, Call, Operation, Operator, operator};
use crate::template::FilterUse;
use crate::template::program::FilterCall;
use crate::value::{Arena, Value};

/// A filter, with its operation if its arguments are constant.
#[derive(Debug)]
pub(super) struct Filter {
    used: FilterUse,
    /// `None` if there is no such operator, which is reported when the mapping is compiled.
    row: Option<&'static Operator>,
    operation: Option<Box<dyn Operation>>,
}

impl Filter {
    pub(super) fn new(used: &FilterUse) -> Self {
        let row = operator(&used.name);
        let operation = row.filter(|_| used.constant).and_then(|row| {
            let arena = Arena::new();
            let (argument, with) = used.arguments(row, &arena);
            let argument = argument.filter(|_| !takes_value(row));
            (row.build)(&Args { argument, with: &with, destination: None, arena: &arena }).ok()
        });
        Self { used: used.clone(), row, operation }
    }

    /// Whether it encodes for a URL.
    pub(super) fn encodes(&self) -> bool {
        self.row.is_some_and(|row| row.meaning.url_encoding.is_some())
    }
}

fn takes_value(row: &Operator) -> bool {
    matches!(row.argument, ArgKind::Value(_))
}

impl<'r, 'a> Render<'r, 'a> {
    /// The result of a filter; a missing input stays missing.
    pub(super) fn filter(&mut self, call: &'r FilterCall) -> Evaluated<Option<Value<'a>>> {
        let arena = self.arena;
        let Some(input) = self.filter_input(&call.input)? else { return Ok(None) };
        self.fuel.read(input)?;
        let filter = &self.filters[call.filter];
        let Some(row) = filter.row else {
            return Err(RenderError(format!("there is no filter called `{}`", filter.used.name)));
        };
        if let Some(operation) = &filter.operation {
            let argument = if takes_value(row) { filter.used.arguments(row, arena).0 } else { None };
            return apply(row, &**operation, input, argument, arena);
        }
        let (mut named, mut with) = (Vec::new(), Vec::new());
        for (key, expression) in &call.named {
            let Some(value) = self.expression(expression)? else { continue };
            let known = row.with.iter().any(|with| with.name == key);
            let list = if known { &mut with } else { &mut named };
            list.push((&*arena.alloc_str(key), value));
        }
        let mut positional = Vec::new();
        for expression in &call.positional {
            positional.extend(self.expression(expression)?);
        }
        let argument = match (positional.as_slice(), named.as_slice()) {
            ([], []) => None,
            ([single], []) => Some(*single),
            ([], named) => Some(Value::Map(arena.alloc_slice_copy(named))),
            (several, _) => Some(Value::List(arena.alloc_slice_copy(several))),
        };
        let constant = argument.filter(|_| !takes_value(row));
        let args = Args { argument: constant, with: &with, destination: None, arena };
        // The message of the operator may quote the argument, which can be secret.
        let operation = (row.build)(&args)
            .map_err(|_| RenderError(format!("the argument of `{}` is not one that it takes", row.name)))?;
        apply(row, &*operation, input, argument, arena)
    }
}

fn apply<'a>(
    row: &Operator,
    operation: &dyn Operation,
    input: Value<'a>,
    argument: Option<Value<'a>>,
    arena: &'a Arena,
) -> Evaluated<Option<Value<'a>>> {
    let mut call = FilterContext { arena, argument, refused: None };
    let output = operation.apply(input, &mut call);
    match call.refused {
        Some(reason) => Err(RenderError(format!("`{}` cannot {reason}", row.name))),
        None => Ok(output),
    }
}

/// What an operation can use as a filter.
struct FilterContext<'a> {
    arena: &'a Arena,
    argument: Option<Value<'a>>,
    refused: Option<String>,
}

impl<'a> Call<'a> for FilterContext<'a> {
    fn arena(&self) -> &'a Arena {
        self.arena
    }

    fn argument(&mut self) -> Option<Value<'a>> {
        self.argument
    }

    fn refuse(&mut self, reason: &str) -> Option<Value<'a>> {
        self.refused.get_or_insert_with(|| reason.to_owned());
        None
    }

    /// Operators with a pipeline or a test as their argument are not filters.
    fn pipe(&mut self, _: Value<'a>) -> Option<Value<'a>> {
        None
    }

    fn test(&mut self, _: Option<Value<'a>>) -> bool {
        false
    }
}

//! Templates with logic, rendered by minijinja without access to other templates and with a limited number of steps.

use std::collections::BTreeMap;

use minijinja::value::{Kwargs, Rest};
use minijinja::{AutoEscape, Environment, ErrorKind, UndefinedBehavior};

use super::Reference;
use crate::ops::{ArgKind, Args, Call, OPS, Operator};
use crate::path::Segment;
use crate::value::{Arena, Number, Value, View, plain};

/// Maximum number of instructions that a template may execute, so that a loop over a large list fails instead of stalling.
const MAX_INSTRUCTIONS: u64 = 200_000;

/// A template with logic, compiled.
#[derive(Debug)]
pub struct Logic {
    environment: Environment<'static>,
}

/// Why a template could not be compiled or rendered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct RenderError(pub String);

impl Logic {
    /// Compiles a template that [`super::parse`] has accepted.
    ///
    /// # Errors
    /// If the template engine rejects it.
    pub fn new(text: &str) -> Result<Self, RenderError> {
        let mut environment = Environment::new();
        environment.set_fuel(Some(MAX_INSTRUCTIONS));
        environment.set_undefined_behavior(UndefinedBehavior::Chainable);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        environment.set_formatter(|out, _, value| {
            if !value.is_none() && !value.is_undefined() {
                let arena = Arena::new();
                let value = from_jinja(value, &arena);
                out.write_str(value.map_or("", |value| plain(value, &arena)))?;
            }
            Ok(())
        });
        for operator in OPS {
            environment.add_filter(
                operator.name,
                move |value: minijinja::Value, args: Rest<minijinja::Value>, named: Kwargs| {
                    filter(operator, &value, &args, &named)
                },
            );
        }
        environment.add_template_owned("template", text.to_owned()).map_err(compile_error)?;
        Ok(Self { environment })
    }

    /// Renders the template. `values` contains the value of each reference, without the missing ones.
    ///
    /// # Errors
    /// If it exceeds the instruction limit, or an operation in it fails.
    pub fn render<'a>(
        &self,
        values: impl Iterator<Item = (&'a Reference, Value<'a>)>,
        arena: &'a Arena,
    ) -> Result<String, RenderError> {
        let mut roots = Branch::default();
        for (reference, value) in values {
            let mut branch = roots.members.entry(reference.name.clone()).or_default();
            for step in &reference.steps {
                let key = match step {
                    Segment::Name(name) => name.to_string(),
                    Segment::Index(index) => index.to_string(),
                };
                branch = branch.members.entry(key).or_default();
            }
            branch.value = Some(to_jinja(value, arena));
        }
        let template = self.environment.get_template("template").map_err(render_error)?;
        template.render(roots.into_value()).map_err(render_error)
    }
}

/// What is wrong with the text of a template.
#[expect(clippy::needless_pass_by_value, reason = "the signature that `map_err` requires")]
fn compile_error(error: minijinja::Error) -> RenderError {
    RenderError(error.detail().map_or_else(|| error.kind().to_string(), ToOwned::to_owned))
}

/// Why a template cannot be rendered. The details of the template engine quote values, which may be secret, so only the
/// kind of the error is told.
#[expect(clippy::needless_pass_by_value, reason = "the signature that `map_err` requires")]
fn render_error(error: minijinja::Error) -> RenderError {
    let source = std::error::Error::source(&error);
    if let Some(argument) = source.and_then(|source| source.downcast_ref::<UnusableArgument>()) {
        return RenderError(argument.to_string());
    }
    RenderError(match error.kind() {
        ErrorKind::OutOfFuel => "the template takes too many steps".to_owned(),
        ErrorKind::InvalidOperation => {
            "the template applies an operation to a value of a kind that it cannot be applied to".to_owned()
        }
        kind => format!("the template cannot be rendered: {kind}"),
    })
}

/// A filter was called with a computed argument that it does not take.
#[derive(Debug, thiserror::Error)]
#[error(
    "the template computes an argument that the filter `{filter}` does not take; `mapwright ops {filter}` shows which it takes"
)]
struct UnusableArgument {
    filter: &'static str,
}

/// A tree of the referenced values: `event.traits.email` is a branch of `traits`, which is a branch of `event`.
#[derive(Default)]
struct Branch {
    value: Option<minijinja::Value>,
    members: BTreeMap<String, Branch>,
}

impl Branch {
    fn into_value(self) -> minijinja::Value {
        self.value.unwrap_or_else(|| {
            self.members
                .into_iter()
                .map(|(key, branch)| (key, branch.into_value()))
                .collect::<BTreeMap<_, _>>()
                .into()
        })
    }
}

fn to_jinja<'a>(value: Value<'a>, arena: &'a Arena) -> minijinja::Value {
    match value.view(arena) {
        View::Null => ().into(),
        View::Bool(truth) => truth.into(),
        View::Text(text) => text.into(),
        View::Number(number) => number.as_i64().map_or_else(|| number.as_f64().into(), Into::into),
        View::List(list) => list.iter().map(|item| to_jinja(item, arena)).collect(),
        View::Map(map) => {
            let members = map.iter(arena).map(|(key, member)| (key.to_owned(), to_jinja(member, arena)));
            members.collect::<BTreeMap<_, _>>().into()
        }
    }
}

fn from_jinja<'a>(value: &minijinja::Value, arena: &'a Arena) -> Option<Value<'a>> {
    use minijinja::value::ValueKind;
    Some(match value.kind() {
        ValueKind::None => Value::Null,
        ValueKind::Bool => Value::Bool(value.is_true()),
        ValueKind::Number => Value::Number(match i64::try_from(value.clone()) {
            Ok(number) => Number::Int(number),
            Err(_) => Number::from_f64(f64::try_from(value.clone()).ok()?)?,
        }),
        ValueKind::String => Value::Text(arena.alloc_str(value.as_str()?)),
        ValueKind::Seq | ValueKind::Iterable => {
            let items = value.try_iter().ok()?.filter_map(|item| from_jinja(&item, arena));
            Value::List(bumpalo::collections::Vec::from_iter_in(items, arena).into_bump_slice())
        }
        ValueKind::Map => {
            let members = value.try_iter().ok()?.filter_map(|key| {
                let member = from_jinja(&value.get_item(&key).ok()?, arena)?;
                Some((&*arena.alloc_str(key.as_str()?), member))
            });
            Value::Map(bumpalo::collections::Vec::from_iter_in(members, arena).into_bump_slice())
        }
        _ => return None,
    })
}

/// Calls an operator as a filter. Its arguments may be computed, so it is built for each call.
fn filter(
    operator: &'static Operator,
    value: &minijinja::Value,
    args: &[minijinja::Value],
    named: &Kwargs,
) -> Result<minijinja::Value, minijinja::Error> {
    let arena = Arena::new();
    let Some(input) = from_jinja(value, &arena) else { return Ok(minijinja::Value::UNDEFINED) };
    let keys: Vec<(&str, Value<'_>)> = named
        .args()
        .filter_map(|key| {
            Some((&*arena.alloc_str(key), from_jinja(&named.get::<minijinja::Value>(key).ok()?, &arena)?))
        })
        .collect();
    let (with, own): (Vec<_>, Vec<_>) =
        keys.into_iter().partition(|(key, _)| operator.with.iter().any(|known| known.name == *key));
    let positional: Vec<_> = args.iter().filter_map(|arg| from_jinja(arg, &arena)).collect();
    let argument = match (positional.as_slice(), own.as_slice()) {
        ([], []) => None,
        ([single], []) => Some(*single),
        ([], named) => Some(Value::Map(arena.alloc_slice_copy(named))),
        (several, _) => Some(Value::List(arena.alloc_slice_copy(several))),
    };
    let constant = if matches!(operator.argument, ArgKind::Value(_)) { None } else { argument };
    let args = Args { argument: constant, with: &with, arena: &arena };
    // The message of the operator quotes the argument, which may be secret.
    let operation = (operator.build)(&args).map_err(|_| {
        let error = minijinja::Error::new(ErrorKind::InvalidOperation, "an argument of a filter");
        error.with_source(UnusableArgument { filter: operator.name })
    })?;
    let output = operation.apply(input, &mut FilterCall { arena: &arena, argument });
    Ok(output.map_or(minijinja::Value::UNDEFINED, |value| to_jinja(value, &arena)))
}

/// The call of an operator as a filter, with the value of its argument.
struct FilterCall<'a> {
    arena: &'a Arena,
    argument: Option<Value<'a>>,
}

impl<'a> Call<'a> for FilterCall<'a> {
    fn arena(&self) -> &'a Arena {
        self.arena
    }

    fn argument(&mut self) -> Option<Value<'a>> {
        self.argument
    }

    fn pipe(&mut self, _: Value<'a>) -> Option<Value<'a>> {
        None
    }

    fn test(&mut self, _: Option<Value<'a>>) -> bool {
        false
    }
}

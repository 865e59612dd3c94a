//! Templates with logic, rendered by minijinja without access to other templates and with a limited number of steps.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::HashMap;

use minijinja::value::{Kwargs, Rest};
use minijinja::{AutoEscape, Environment, ErrorKind, State, UndefinedBehavior};

use super::Reference;
use crate::ops::{ArgKind, Args, Call, OPS, Operation, Operator};
use crate::path::Segment;
use crate::value::{Arena, BYTES_PER_STEP, EventLimits, Number, Value, View, plain, to_json};

/// Maximum number of instructions that a template may execute, so that a loop over a large list fails instead of stalling.
const MAX_INSTRUCTIONS: u64 = crate::limits::TEMPLATE_STEPS;

/// What the copy of a value for the template engine takes besides its text, in bytes, roughly.
const COPY_BYTES: usize = 64;

/// The operations with patterns of one operator, by their arguments as JSON: patterns are compiled once.
type Patterns = Mutex<HashMap<String, Arc<dyn Operation>>>;

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
                let arena = Arena::with_limits(EventLimits::default());
                let value = from_jinja(value, &arena);
                let text = value.map_or("", |value| plain(value, &arena));
                within_limits(&arena)?;
                out.write_str(text)?;
            }
            Ok(())
        });
        for operator in OPS {
            let patterns = Patterns::default();
            environment.add_filter(
                operator.name,
                move |state: &State<'_, '_>,
                      value: minijinja::Value,
                      args: Rest<minijinja::Value>,
                      named: Kwargs| {
                    filter(operator, &patterns, state, &value, &args, &named)
                },
            );
        }
        environment.add_template_owned("template", text.to_owned()).map_err(render_error)?;
        Ok(Self { environment })
    }

    /// Renders the template. `values` contains the value of each reference, without the missing ones. The copies of them
    /// and the steps of the template count for the arena's limits; when one is exceeded, the text is not complete.
    ///
    /// # Errors
    /// If it exceeds the limit of steps of one template, or an operation in it fails.
    pub fn render<'a>(
        &self,
        values: impl Iterator<Item = (&'a Reference, Value<'a>)>,
        arena: &'a Arena,
    ) -> Result<String, RenderError> {
        let held = arena.held();
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
        let rendered = template.render_captured(roots.into_value()).map_err(render_error)?;
        let (steps, _) = rendered.state().fuel_levels().unwrap_or_default();
        // If that is too many, the run finds out.
        let _within = arena.spend(usize::try_from(steps).unwrap_or(usize::MAX));
        arena.release(arena.held() - held);
        Ok(rendered.into_output())
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the signature that `map_err` requires")]
fn render_error(error: minijinja::Error) -> RenderError {
    RenderError(match error.kind() {
        ErrorKind::OutOfFuel => "the template takes too many steps".to_owned(),
        _ => error.detail().map_or_else(|| error.kind().to_string(), ToOwned::to_owned),
    })
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

/// A copy of a value for the template engine, as far as the arena's limits allow.
fn to_jinja<'a>(value: Value<'a>, arena: &'a Arena) -> minijinja::Value {
    let text_bytes = if let Value::Text(text) = value { text.len() } else { 0 };
    if arena.step().and_then(|()| arena.hold(COPY_BYTES + text_bytes)).is_none() {
        return ().into();
    }
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
    arena.spend(1 + value.as_str().map_or(0, str::len) / BYTES_PER_STEP)?;
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

/// An error if what was made in an arena costs too much.
fn within_limits(arena: &Arena) -> Result<(), minijinja::Error> {
    match arena.exceeded() {
        None => Ok(()),
        Some(_) => Err(ErrorKind::OutOfFuel.into()),
    }
}

/// Calls an operator as a filter. Its arguments may be computed, so it is built for each call, unless it has a pattern.
fn filter(
    operator: &Operator,
    patterns: &Patterns,
    state: &State<'_, '_>,
    value: &minijinja::Value,
    args: &[minijinja::Value],
    named: &Kwargs,
) -> Result<minijinja::Value, minijinja::Error> {
    let (_, remaining) = state.fuel_levels().unwrap_or_default();
    let arena = Arena::with_limits(EventLimits { steps: remaining, ..EventLimits::default() });
    let error = |message: String| minijinja::Error::new(ErrorKind::InvalidOperation, message);
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
    let build = || (operator.build)(&args).map(Arc::from).map_err(|invalid| error(invalid.message));
    // Arguments with a pattern are constant, so there are as many as uses in the template.
    let operation: Arc<dyn Operation> = match (operator.meaning.pattern, constant) {
        (Some(pattern), Some(argument)) if named.has(pattern) && with.is_empty() => {
            let mut known = patterns.lock().unwrap_or_else(PoisonError::into_inner);
            let key = to_json(argument);
            match known.get(&key) {
                Some(operation) => Arc::clone(operation),
                None => Arc::clone(known.entry(key).or_insert(build()?)),
            }
        }
        _ => build()?,
    };
    let output = operation.apply(input, &mut FilterCall { arena: &arena, argument });
    within_limits(&arena)?;
    state.consume_fuel(arena.spent())?;
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

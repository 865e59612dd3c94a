//! Tests of the operators without the compiler: a small reader below builds steps from YAML.

mod arguments;
mod dates;
mod details;
mod examples;
mod meanings;
mod properties;

use serde_json::Value as Json;

use super::{ArgError, ArgKind, Args, Call, EffectArgs, Operation, Operator, operator};
use crate::abstract_value::{AbstractValue, Constraint, Scalar};
use crate::json::{Document, Limits};
use crate::value::{Arena, Value, json, same};

/// A compiled step. Only constants are supported as value arguments, and only a few tests.
pub(super) struct Step {
    row: &'static Operator,
    operation: Box<dyn Operation>,
    argument: Json,
    with: Vec<(String, Json)>,
    pipe: Vec<Step>,
}

pub(super) fn value<'a>(text: &str, arena: &'a Arena) -> Value<'a> {
    let document = Document::in_arena(arena.alloc_str(text), arena, &Limits::default());
    Value::Node(document.unwrap_or_else(|error| panic!("{text}: {error}")).root())
}

pub(super) fn print(value: Option<Value<'_>>) -> String {
    let mut out = Vec::new();
    let Some(value) = value else { return "—".to_owned() };
    json(value, &mut out);
    String::from_utf8(out).expect("JSON is UTF-8")
}

/// Builds a step from `name` or `{ name: argument, … }`.
pub(super) fn step(yaml: &str) -> Result<Step, ArgError> {
    let json = serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{yaml}: {error}"));
    compile(&json)
}

fn json_of(value: Value<'_>) -> Json {
    serde_json::from_str(&print(Some(value))).expect("JSON")
}

fn compile(step: &Json) -> Result<Step, ArgError> {
    let arena = &Arena::new();
    let (row, argument, with) = match step {
        Json::String(name) => (operator(name).expect("an operator"), None, Vec::new()),
        Json::Object(keys) => {
            let row = keys.keys().find_map(|key| operator(key)).expect("an operator");
            let with = keys.iter().filter(|(key, _)| *key != row.name);
            let with = with.map(|(key, json)| {
                assert!(row.with.iter().any(|known| known.name == key), "{}: unknown key {key}", row.name);
                (&*arena.alloc_str(key), value(&json.to_string(), arena))
            });
            (row, keys.get(row.name), with.collect())
        }
        other => panic!("not a step: {other}"),
    };
    assert!(argument.is_none() || row.argument != ArgKind::None, "{} takes no argument", row.name);
    let constant = matches!(row.argument, ArgKind::Constant(_) | ArgKind::Optional(_));
    let args = Args {
        argument: argument.filter(|_| constant).map(|json| value(&json.to_string(), arena)),
        with: &with,
        destination: Some("Test"),
        arena,
    };
    let operation = (row.build)(&args)?;
    let with = with.iter().map(|(key, value)| ((*key).to_owned(), json_of(*value))).collect();
    let argument = argument.cloned().unwrap_or_default();
    let pipe = match (row.argument, &argument) {
        (ArgKind::Pipeline(_), Json::Array(steps)) => steps.iter().map(compile).collect::<Result<_, _>>()?,
        (ArgKind::Pipeline(_), step) => vec![compile(step)?],
        _ => Vec::new(),
    };
    Ok(Step { row, operation, argument, with, pipe })
}

impl Step {
    pub(super) fn apply<'a>(&self, input: Value<'a>, arena: &'a Arena) -> Option<Value<'a>> {
        self.outcome(input, arena).unwrap_or_default()
    }

    /// The output, or why the event is refused.
    pub(super) fn outcome<'a>(
        &self,
        input: Value<'a>,
        arena: &'a Arena,
    ) -> Result<Option<Value<'a>>, String> {
        let mut call = StepCall { step: self, arena, refused: None };
        let output = self.operation.apply(input, &mut call);
        call.refused.map_or(Ok(output), Err)
    }
}

impl Step {
    /// What the row says of the output.
    pub(super) fn claim(&self, input: &AbstractValue) -> AbstractValue {
        let arena = &Arena::new();
        let argument = || (!self.argument.is_null()).then(|| value(&self.argument.to_string(), arena));
        let constant = matches!(self.row.argument, ArgKind::Constant(_) | ArgKind::Optional(_));
        let with: Vec<_> =
            self.with.iter().map(|(key, json)| (key.as_str(), value(&json.to_string(), arena))).collect();
        let known = StepCall { step: self, arena, refused: None }
            .argument()
            .map(|value| AbstractValue::constant(value, arena));
        let is_test = matches!(self.row.argument, ArgKind::Test(_));
        let test = self.argument.as_array().filter(|_| is_test).map(|allowed| {
            let scalar = |one: &Json| Scalar::of(value(&one.to_string(), arena), arena).expect("a scalar");
            Constraint::among(allowed.iter().map(scalar).collect())
        });
        let args = EffectArgs {
            constant: Args {
                argument: argument().filter(|_| constant),
                with: &with,
                destination: None,
                arena,
            },
            value: known.as_ref().filter(|_| matches!(self.row.argument, ArgKind::Value(_))),
            test: test.as_ref(),
        };
        self.row.output(&args, input)
    }
}

/// Stands in for the run.
struct StepCall<'s, 'a> {
    step: &'s Step,
    arena: &'a Arena,
    refused: Option<String>,
}

impl<'a> Call<'a> for StepCall<'_, 'a> {
    fn arena(&self) -> &'a Arena {
        self.arena
    }

    fn argument(&mut self) -> Option<Value<'a>> {
        let constant = ["object", "literal"].iter().find_map(|verb| self.step.argument.get(verb));
        let constant = constant.unwrap_or(&self.step.argument);
        (!constant.is_null()).then(|| value(&constant.to_string(), self.arena))
    }

    fn refuse(&mut self, reason: &str) -> Option<Value<'a>> {
        self.refused = Some(reason.to_owned());
        None
    }

    fn pipe(&mut self, value: Value<'a>) -> Option<Value<'a>> {
        self.step.pipe.iter().try_fold(value, |value, step| step.apply(value, self.arena))
    }

    fn test(&mut self, input: Option<Value<'a>>) -> bool {
        let Some(input) = input else { return false };
        match &self.step.argument {
            Json::Array(allowed) => {
                allowed.iter().any(|item| same(input, value(&item.to_string(), self.arena), self.arena))
            }
            test => match test.get("is").and_then(Json::as_str) {
                Some("text") => input.is_present() && input.text(self.arena).is_some(),
                Some("present") => input.is_present(),
                _ => panic!("unsupported test: {test}"),
            },
        }
    }
}

//! Pipelines: operators with their arguments, and pipelines by name.

use super::constant::value;
use super::{Compiled, Compiler};
use crate::diag::{Code, Diagnostic, nearest};
use crate::ops::{ArgError, ArgKind, Args, OPS, Operator, operator};
use crate::plan::{Dependencies, Step};
use crate::source::Span;
use crate::syntax::{self, Argument, Yaml, YamlValue};
use crate::value::Arena;

/// More steps than this are a mistake.
const MAX_STEPS: usize = 32;

/// With the names of pipelines in it and their steps; doubling one forty times would fill the memory.
const MAX_EXPANDED_STEPS: usize = 128;

impl<'m> Compiler<'m> {
    pub(super) fn pipeline(&mut self, written: &[syntax::Step]) -> (Box<[Step]>, Dependencies) {
        let mut steps = Vec::with_capacity(written.len());
        let mut deps = Dependencies::default();
        for step in written {
            deps = deps.or(self.step(step, &mut steps));
        }
        if let Some(step) = written.get(MAX_STEPS) {
            let message = format!("a pipeline has at most {MAX_STEPS} steps");
            self.found(Diagnostic::new(Code::TooManySteps, step.span, message));
        }
        (steps.into(), deps)
    }

    /// Checks a named pipeline where nobody uses it.
    pub(super) fn named_pipeline(&mut self, name: &str) {
        let Some(named) = self.mapping.transforms.iter().find(|named| named.name.node == name) else {
            return;
        };
        self.opened(named, named.name.span);
    }

    /// Compiles a named pipeline, as far as its steps can be counted.
    fn opened(
        &mut self,
        named: &'m syntax::Named<Vec<syntax::Step>>,
        used: Span,
    ) -> (Box<[Step]>, Dependencies) {
        let outermost = self.open_pipelines.is_empty();
        if outermost {
            self.steps = 0;
        }
        if self.open_pipelines.len() == MAX_STEPS {
            self.steps = MAX_EXPANDED_STEPS + 1;
        }
        if self.steps > MAX_EXPANDED_STEPS {
            return Default::default();
        }
        self.open_pipelines.push(&named.name.node);
        let made = self.pipeline(&named.node);
        self.open_pipelines.pop();
        if outermost && self.steps > MAX_EXPANDED_STEPS && !std::mem::replace(&mut self.endless, true) {
            let name = &named.name.node;
            let message = format!(
                "the pipeline `{name}` has more than {MAX_EXPANDED_STEPS} steps with those of the pipelines that it names"
            );
            self.found(Diagnostic::new(Code::TooManySteps, used, message));
        }
        made
    }

    fn step(&mut self, written: &syntax::Step, steps: &mut Vec<Step>) -> Dependencies {
        // Counted whether it is made or refused: a wrong step that is doubled forty times would take as long.
        self.steps += 1;
        let name = written.name.node.as_str();
        if let Some(named) = self.mapping.transforms.iter().find(|named| named.name.node == name) {
            return self.use_pipeline(named, written, steps);
        }
        let Some(row) = operator(name) else {
            self.unknown(name, written.name.span);
            return Dependencies::default();
        };
        for entry in &written.with {
            if !row.with.iter().any(|key| key.name == entry.key.node) {
                let message = format!("`{}` is no part of `{name}`", entry.key.node);
                let help = "each step of a pipeline is an entry of its own: `- operator: argument`";
                self.found(Diagnostic::new(Code::ArgumentCount, entry.key.span, message).help(help));
                return Dependencies::default();
            }
        }
        let origin = self.origin(written.span);
        let mut made = Compiled { expr: self.nothing(written.span).expr, deps: Dependencies::default() };
        let (mut argument, mut pipeline, mut test, mut constant) = (None, Box::default(), None, None);
        match (&written.argument, row.argument) {
            (None, ArgKind::None | ArgKind::Optional(_)) => {}
            (
                None,
                ArgKind::Constant(words)
                | ArgKind::Value(words)
                | ArgKind::Pipeline(words)
                | ArgKind::Test(words),
            ) => {
                let found = Diagnostic::new(
                    Code::ArgumentCount,
                    written.name.span,
                    format!("`{name}` needs {words}"),
                );
                self.found(found.help(format!("write `{name}: …`; `mapwright ops {name}` shows examples")));
                return Dependencies::default();
            }
            (Some(Argument::Constant(given)), ArgKind::None) => {
                if !matches!(given.node, YamlValue::Null | YamlValue::Bool(true)) {
                    self.found(Diagnostic::new(
                        Code::ArgumentCount,
                        given.span,
                        format!("`{name}` takes no argument"),
                    ));
                    return Dependencies::default();
                }
            }
            (Some(Argument::Constant(given)), _) => constant = Some(given),
            (Some(Argument::Value(value)), _) => {
                made = self.inside(format_args!(".{name}"), |inner| inner.precomputed_value(value));
                argument = Some(made.expr);
            }
            (Some(Argument::Pipeline(_, steps)), _) => (pipeline, made.deps) = self.pipeline(steps),
            (Some(Argument::Test(written)), _) => {
                let (made_test, deps) = self.test(written);
                (test, made.deps) = (Some(made_test), deps);
            }
        }
        if let Some(operation) = self.operation(row, constant, written) {
            steps.push(Step { operator: row, operation, argument, pipeline, test, origin });
        }
        made.deps
    }

    fn use_pipeline(
        &mut self,
        named: &'m syntax::Named<Vec<syntax::Step>>,
        written: &syntax::Step,
        steps: &mut Vec<Step>,
    ) -> Dependencies {
        let name = named.name.node.as_str();
        if let Some(argument) = &written.argument {
            self.found(Diagnostic::new(
                Code::ArgumentCount,
                argument.span(),
                format!("the pipeline `{name}` takes no argument"),
            ));
            return Dependencies::default();
        }
        if self.open_pipelines.contains(&name) {
            let message = format!("the pipeline `{name}` contains itself");
            self.found(
                Diagnostic::new(Code::PipelineCycle, written.span, message)
                    .related(named.name.span, "the pipeline"),
            );
            return Dependencies::default();
        }
        let (inner, deps) = self.opened(named, written.span);
        steps.extend(inner);
        deps
    }

    fn operation(
        &mut self,
        row: &'static Operator,
        argument: Option<&Yaml>,
        step: &syntax::Step,
    ) -> Option<Box<dyn crate::ops::Operation>> {
        let arena = Arena::new();
        let with: Vec<_> =
            step.with.iter().map(|entry| (entry.key.node.as_str(), value(&entry.value, &arena))).collect();
        let given =
            Args { argument: argument.map(|argument| value(argument, &arena)), with: &with, arena: &arena };
        match (row.build)(&given) {
            Ok(operation) => Some(operation),
            Err(wrong) => {
                let span = argument_place(&wrong, argument, step);
                self.found(Diagnostic::new(Code::BadArgument, span, wrong.message));
                None
            }
        }
    }

    fn unknown(&mut self, name: &str, span: Span) {
        let pipelines = self.mapping.transforms.iter().map(|named| named.name.node.as_str());
        let known = OPS.iter().map(|row| row.name).chain(pipelines);
        let meant =
            nearest(name, known).map(|near| (near.to_owned(), String::new())).or_else(|| elsewhere(name));
        let message = match &meant {
            Some((near, why)) => format!("there is no operator called `{name}`; did you mean `{near}`?{why}"),
            None => format!("there is no operator called `{name}`"),
        };
        let mut found =
            Diagnostic::new(Code::UnknownOperator, span, message).help("`mapwright ops` lists all operators");
        if let Some((near, why)) = meant
            && why.is_empty()
        {
            found = found.fix(span, near);
        }
        self.found(found);
    }
}

/// What another tool's name for an operator is here.
pub(super) fn elsewhere(name: &str) -> Option<(String, String)> {
    let same = |theirs: &str| {
        theirs.split([',', ' ', '/', '(']).any(|word| {
            word.trim_start_matches(['.', '@', '$']).trim_end_matches(')').eq_ignore_ascii_case(name)
        })
    };
    let row = OPS.iter().find(|row| {
        let other = row.equivalents;
        [other.vrl, other.bloblang, other.mapping_kit, other.rudderstack].iter().any(|theirs| same(theirs))
    })?;
    Some((row.name.to_owned(), " (its name here)".to_owned()))
}

/// The part of an argument that is meant.
fn argument_place(wrong: &ArgError, argument: Option<&Yaml>, step: &syntax::Step) -> Span {
    let mut at = argument;
    for key in &wrong.at {
        let inner = at.and_then(|yaml| match &yaml.node {
            YamlValue::Map(entries) => {
                entries.iter().find(|entry| entry.key.node == *key).map(|entry| &entry.value)
            }
            YamlValue::List(items) => key.parse::<usize>().ok().and_then(|index| items.get(index)),
            _ => None,
        });
        at = inner
            .or_else(|| step.with.iter().find(|entry| entry.key.node == *key).map(|entry| &entry.value))
            .or(at);
    }
    match (at, &wrong.range) {
        (Some(yaml), Some(range)) => yaml.text().map_or(yaml.span, |text| text.at(range.clone())),
        (Some(yaml), None) => yaml.span,
        (None, _) => step.span,
    }
}

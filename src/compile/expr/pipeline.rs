//! Pipelines: operators with their arguments, and pipelines by name.

use super::ExprCompiler;
use crate::compile::open_pipelines::MAX_STEPS;
use crate::compile::operator;
use crate::diag::{Code, Diagnostic};
use crate::ops::ArgKind;
use crate::plan::{Dependencies, Step};
use crate::source::Span;
use crate::syntax::{self, Argument, YamlValue};

impl<'m> ExprCompiler<'m> {
    pub(super) fn pipeline(&mut self, written: &[syntax::Step]) -> (Box<[Step]>, Dependencies) {
        let mut steps = Vec::with_capacity(written.len());
        let mut deps = Dependencies::default();
        for step in written {
            deps = deps.or(self.step(step, &mut steps));
        }
        if let Some(step) = written.get(MAX_STEPS) {
            let message = format!("a pipeline has at most {MAX_STEPS} steps");
            self.report(Diagnostic::new(Code::TooManySteps, step.span, message));
        }
        (steps.into(), deps)
    }

    /// Checks a named pipeline where it is defined.
    pub(super) fn unused_pipeline(&mut self, name: &str) -> Box<[Step]> {
        match self.pipelines.find(name) {
            Some(named) => self.expand(named, named.name.span).0,
            None => Box::default(),
        }
    }

    /// Compiles a named pipeline that is used at `span`; nothing when there are too many steps.
    fn expand(
        &mut self,
        named: &'m syntax::Named<Vec<syntax::Step>>,
        span: Span,
    ) -> (Box<[Step]>, Dependencies) {
        if !self.pipelines.enter(named) {
            return Default::default();
        }
        let compiled = self.pipeline(&named.node);
        self.pipelines.leave(named, span, self.findings);
        compiled
    }

    /// Appends a compiled step, or the steps of a named pipeline, to `steps`.
    fn step(&mut self, written: &syntax::Step, steps: &mut Vec<Step>) -> Dependencies {
        self.pipelines.count_step();
        let name = written.name.node.as_str();
        if let Some(named) = self.pipelines.find(name) {
            return self.use_pipeline(named, written, steps);
        }
        let Some(row) = crate::ops::operator(name) else {
            let pipelines = self.pipelines.written().iter().map(|named| named.name.node.as_str());
            self.report(operator::unknown(name, written.name.span, pipelines));
            return Dependencies::default();
        };
        for entry in &written.with {
            if !row.with.iter().any(|key| key.name == entry.key.node) {
                let message = format!("`{}` is not an argument of `{name}`", entry.key.node);
                let help = "each step of a pipeline is an entry of its own: `- operator: argument`";
                self.report(Diagnostic::new(Code::ArgumentCount, entry.key.span, message).help(help));
                return Dependencies::default();
            }
        }
        let origin = self.origin(written.span);
        let mut deps = Dependencies::default();
        let (mut argument, mut pipeline, mut test, mut constant) = (None, Box::default(), None, None);
        match (&written.argument, row.argument) {
            (None, ArgKind::None | ArgKind::Optional(_)) => {}
            (
                None,
                ArgKind::Constant(description)
                | ArgKind::Value(description)
                | ArgKind::Pipeline(description)
                | ArgKind::Test(description),
            ) => {
                let message = format!("`{name}` needs {description}");
                let finding = Diagnostic::new(Code::ArgumentCount, written.name.span, message);
                let help = format!("write `{name}: …`; `mapwright ops {name}` shows examples");
                self.report(finding.help(help));
                return Dependencies::default();
            }
            (Some(Argument::Constant(yaml)), ArgKind::None) => {
                if !matches!(yaml.node, YamlValue::Null | YamlValue::Bool(true)) {
                    let message = format!("`{name}` takes no argument");
                    self.report(Diagnostic::new(Code::ArgumentCount, yaml.span, message));
                    return Dependencies::default();
                }
            }
            (Some(Argument::Constant(yaml)), _) => constant = Some(yaml),
            (Some(Argument::Value(value)), _) => {
                let compiled = self.within(format_args!(".{name}"), |inner| inner.precomputed_value(value));
                (argument, deps) = (Some(compiled.expr), compiled.deps);
            }
            (Some(Argument::Pipeline(_, steps)), _) => (pipeline, deps) = self.pipeline(steps),
            (Some(Argument::Test(written)), _) => {
                let (compiled, test_deps) = self.test(written);
                (test, deps) = (Some(compiled), test_deps);
            }
        }
        deps.refuses |= row.meaning.refuses.is_some();
        if row.meaning.pattern.is_some_and(|key| constant.is_some_and(|yaml| yaml.get(key).is_some()))
            && !self.counts_pattern(written.span)
        {
            return deps;
        }
        if let Some(operation) =
            operator::build(row, constant, written, self.address.destination(), self.findings)
        {
            steps.push(Step { operator: row, operation, argument, pipeline, test, origin });
        }
        deps
    }

    fn use_pipeline(
        &mut self,
        named: &'m syntax::Named<Vec<syntax::Step>>,
        written: &syntax::Step,
        steps: &mut Vec<Step>,
    ) -> Dependencies {
        let name = named.name.node.as_str();
        if let Some(argument) = &written.argument {
            let message = format!("the pipeline `{name}` takes no argument");
            self.report(Diagnostic::new(Code::ArgumentCount, argument.span(), message));
            return Dependencies::default();
        }
        if self.pipelines.is_open(name) {
            let message = format!("the pipeline `{name}` contains itself");
            let finding = Diagnostic::new(Code::PipelineCycle, written.span, message);
            self.report(finding.related(named.name.span, "the pipeline"));
            return Dependencies::default();
        }
        let (expanded, deps) = self.expand(named, written.span);
        steps.extend(expanded);
        deps
    }
}

//! A mapping as written → a plan, or findings. The compiler is the validator: what it accepts, runs.

mod chain;
mod chooser;
mod condition;
mod constant;
mod names;
mod pipeline;
mod request;
mod rule;
mod setting;
mod template;
mod value;

use foldhash::HashMap;

use std::fmt::Write as _;

use crate::diag::{Diagnostic, Findings};
use crate::plan::RefusalKind;
use crate::plan::{Condition, Expr, ExprKind, Failure, Field, Origin, Paths, Plan, Reads, Template};
use crate::source::{Sources, Span};
use crate::spec::{Mapping, Text};
use crate::template::Readings;

/// Compiles a mapping. The plan is there unless a finding is an error.
pub(crate) fn compile(
    mapping: &Mapping,
    sources: &Sources,
    readings: &Readings,
    findings: &mut Findings,
) -> Option<Plan> {
    let mut compiler = Compiler::new(mapping, readings, findings);
    let settings = compiler.settings();
    let prepare = compiler.preparations();
    let (rules, asked) = compiler.rules();
    compiler.batch();
    let used = compiler.parts_in_use();
    compiler.unused();
    let unknown = std::mem::take(&mut compiler.unknown);
    compiler.findings.extend(unknown.into_values());
    let failed = compiler.findings.failed();
    let condition_names = compiler.names_of_conditions();
    let (fields, conditions, settled, paths) = compiler.finish(used);
    if failed {
        return None;
    }
    Some(Plan {
        destination: mapping.destination.node.as_str().into(),
        description: mapping.description.as_ref().map(|words| words.node.as_str().into()),
        sources: sources.clone(),
        settings,
        prepare,
        fields,
        conditions,
        condition_names,
        paths,
        settled,
        rules,
        chooser: crate::plan::Chooser::new(&asked),
        nowhere: Origin { address: mapping.destination.node.as_str().into(), span: mapping.destination.span },
        nothing: crate::plan::no_event(),
    })
}

/// A compiled value with what it looks at.
#[derive(Debug)]
struct Made {
    expr: Expr,
    reads: Reads,
}

/// What has become of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Untouched,
    InProgress,
    Done(usize),
}

/// Which local names may be used at a place.
#[derive(Clone, Copy, Debug, Default)]
struct Scope {
    item: bool,
    value: bool,
    later: bool,
}

struct Compiler<'m> {
    mapping: &'m Mapping,
    readings: &'m Readings,
    findings: &'m mut Findings,
    paths: Paths,
    fields: Vec<Field>,
    field_reads: Vec<Reads>,
    conditions: Vec<Condition>,
    condition_reads: Vec<Reads>,
    settled: Vec<Expr>,
    /// Where a field of that name is in the mapping, and what has become of it.
    field_names: HashMap<&'m str, (usize, State)>,
    condition_names: HashMap<&'m str, (usize, State)>,
    /// Pipelines being compiled, to find one that contains itself.
    open_pipelines: Vec<&'m str>,
    /// How many steps the outermost of them has so far.
    steps: usize,
    /// Whether it has been said that they are too many.
    endless: bool,
    /// How fields and conditions need each other.
    chain: chain::Chain,
    /// Names that nothing has, each with the finding that tells all its places.
    unknown: HashMap<String, Diagnostic>,
    scope: Scope,
    /// The address of the value being compiled.
    address: String,
}

impl<'m> Compiler<'m> {
    fn new(mapping: &'m Mapping, readings: &'m Readings, findings: &'m mut Findings) -> Self {
        let named = |at: usize| (at, State::Untouched);
        Self {
            mapping,
            readings,
            findings,
            paths: Paths::default(),
            fields: Vec::new(),
            field_reads: Vec::new(),
            conditions: Vec::new(),
            condition_reads: Vec::new(),
            settled: Vec::new(),
            field_names: mapping
                .fields
                .iter()
                .enumerate()
                .map(|(at, field)| (field.name.node.as_str(), named(at)))
                .collect(),
            condition_names: mapping
                .conditions
                .iter()
                .enumerate()
                .map(|(at, condition)| (condition.name.node.as_str(), named(at)))
                .collect(),
            open_pipelines: Vec::new(),
            steps: 0,
            endless: false,
            chain: chain::Chain::default(),
            unknown: HashMap::default(),
            scope: Scope::default(),
            address: mapping.destination.node.clone(),
        }
    }

    fn found(&mut self, found: Diagnostic) {
        self.findings.push(found);
    }

    fn origin(&self, span: Span) -> Origin {
        Origin { address: self.address.as_str().into(), span }
    }

    /// Does something one step further down the address.
    fn inside<T>(&mut self, step: std::fmt::Arguments<'_>, work: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.address.len();
        let _ = self.address.write_fmt(step); // a text takes everything
        let made = work(self);
        self.address.truncate(before);
        made
    }

    /// Does something at another address, where other local names hold.
    fn elsewhere<T>(&mut self, address: String, scope: Scope, work: impl FnOnce(&mut Self) -> T) -> T {
        let before =
            (std::mem::replace(&mut self.address, address), std::mem::replace(&mut self.scope, scope));
        let made = work(self);
        (self.address, self.scope) = before;
        made
    }

    /// The words of an error. They must not read a secret setting.
    fn failure(&mut self, words: &Text, kind: RefusalKind) -> Failure {
        let origin = self.origin(words.span);
        let (template, reads) = self.template(words);
        if reads.secret {
            self.found(
                Diagnostic::new(
                    "X701",
                    words.span,
                    "a setting stands in the words of an error, where anybody can read it",
                )
                .help("leave the setting out, or say `secret: false` of it under `config:`"),
            );
        }
        Failure { words: template, kind, origin }
    }

    /// An error with a standard text.
    fn standard_failure(&mut self, span: Span, words: &str, kind: RefusalKind) -> Failure {
        Failure { words: Template::text(words), kind, origin: self.origin(span) }
    }

    /// Puts a value that needs only the settings among those that are computed once for them.
    fn settle(&mut self, made: Made) -> Made {
        let Made { expr, reads } = made;
        let composite =
            !matches!(expr.kind, ExprKind::Constant(_) | ExprKind::Settled(_) | ExprKind::Named(..));
        if reads.event || reads.local || !composite {
            return Made { expr, reads };
        }
        self.settle_now(Made { expr, reads })
    }

    /// The same for a value of which only presence and content matter, not whether it was null or missing.
    fn settle_value(&mut self, made: Made) -> Made {
        let constant = matches!(made.expr.kind, ExprKind::Constant(_) | ExprKind::Settled(_));
        if made.reads.event || made.reads.local || constant { made } else { self.settle_now(made) }
    }

    fn settle_now(&mut self, made: Made) -> Made {
        let origin = made.expr.origin.clone();
        self.settled.push(made.expr);
        Made { expr: Expr { kind: ExprKind::Settled(self.settled.len() - 1), origin }, reads: made.reads }
    }
}

//! A mapping as written → the draft of a plan: names, operators and templates are resolved, or are findings.

mod condition;
mod constant;
mod names;
mod nesting;
mod pipeline;
mod request;
mod rule;
mod rule_index;
mod setting;
mod template;
mod test;
mod value;

use foldhash::HashMap;

use std::fmt::Write as _;

use crate::diag::{Code, Diagnostic, Findings};
use crate::plan::RefusalKind;
use crate::plan::{
    Condition, Dependencies, Draft, Expr, ExprKind, Field, Origin, Paths, RefusalTemplate, Template,
};
use crate::source::{Sources, Span};
use crate::syntax::{Mapping, Text};
use crate::template::ParseCache;

/// Compiles a mapping. The draft is there unless a finding is an error.
pub(crate) fn compile(
    mapping: &Mapping,
    sources: &Sources,
    parse_cache: &ParseCache,
    findings: &mut Findings,
) -> Option<Draft> {
    let mut compiler = Compiler::new(mapping, parse_cache, findings);
    let settings = compiler.settings();
    let prepare = compiler.preparations();
    let (rules, equality_tests) = compiler.rules();
    compiler.batch();
    let used = compiler.parts_in_use();
    compiler.unused();
    let unknown = std::mem::take(&mut compiler.unknown);
    compiler.findings.extend(unknown.into_values());
    let failed = compiler.findings.has_errors();
    let condition_names = compiler.names_of_conditions();
    let (fields, conditions, precomputed, paths) = compiler.finish(used);
    if failed {
        return None;
    }
    Some(Draft {
        destination: mapping.destination.node.as_str().into(),
        description: mapping.description.as_ref().map(|words| words.node.as_str().into()),
        sources: sources.clone(),
        settings,
        prepare,
        fields,
        conditions,
        condition_names,
        paths,
        precomputed,
        rules,
        rule_index: crate::plan::RuleIndex::new(&equality_tests),
        file_origin: Origin {
            address: mapping.destination.node.as_str().into(),
            span: mapping.destination.span,
        },
    })
}

/// A compiled value with what it looks at.
#[derive(Debug)]
struct Compiled {
    expr: Expr,
    deps: Dependencies,
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
    parse_cache: &'m ParseCache,
    findings: &'m mut Findings,
    paths: Paths,
    fields: Vec<Field>,
    field_deps: Vec<Dependencies>,
    conditions: Vec<Condition>,
    condition_deps: Vec<Dependencies>,
    precomputed: Vec<Expr>,
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
    nesting: nesting::Nesting,
    /// Names that nothing has, each with the finding that tells all its places.
    unknown: HashMap<String, Diagnostic>,
    scope: Scope,
    /// The address of the value being compiled.
    address: String,
}

impl<'m> Compiler<'m> {
    fn new(mapping: &'m Mapping, parse_cache: &'m ParseCache, findings: &'m mut Findings) -> Self {
        let named = |at: usize| (at, State::Untouched);
        Self {
            mapping,
            parse_cache,
            findings,
            paths: Paths::default(),
            fields: Vec::new(),
            field_deps: Vec::new(),
            conditions: Vec::new(),
            condition_deps: Vec::new(),
            precomputed: Vec::new(),
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
            nesting: nesting::Nesting::default(),
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
    fn failure(&mut self, words: &Text, kind: RefusalKind) -> RefusalTemplate {
        let origin = self.origin(words.span);
        let (template, deps) = self.template(words);
        if deps.secret {
            self.found(
                Diagnostic::new(
                    Code::SettingInError,
                    words.span,
                    "a setting stands in the words of an error, where anybody can read it",
                )
                .help("leave the setting out, or say `secret: false` of it under `config:`"),
            );
        }
        RefusalTemplate { words: template, kind, origin }
    }

    /// An error with a standard text.
    fn standard_failure(&mut self, span: Span, words: &str, kind: RefusalKind) -> RefusalTemplate {
        RefusalTemplate { words: Template::text(words), kind, origin: self.origin(span) }
    }

    /// Puts a value that needs only the settings among those that are computed once for them.
    fn precompute(&mut self, made: Compiled) -> Compiled {
        let Compiled { expr, deps } = made;
        let composite =
            !matches!(expr.kind, ExprKind::Constant(_) | ExprKind::Precomputed(_) | ExprKind::Named(..));
        if deps.event || deps.local || !composite {
            return Compiled { expr, deps };
        }
        self.precompute_now(Compiled { expr, deps })
    }

    /// The same for a value of which only presence and content matter, not whether it was null or missing.
    fn precompute_value(&mut self, made: Compiled) -> Compiled {
        let constant = matches!(made.expr.kind, ExprKind::Constant(_) | ExprKind::Precomputed(_));
        if made.deps.event || made.deps.local || constant { made } else { self.precompute_now(made) }
    }

    fn precompute_now(&mut self, made: Compiled) -> Compiled {
        let origin = made.expr.origin.clone();
        self.precomputed.push(made.expr);
        Compiled {
            expr: Expr { kind: ExprKind::Precomputed(self.precomputed.len() - 1), origin },
            deps: made.deps,
        }
    }
}

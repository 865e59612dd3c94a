//! Values, conditions, templates and pipelines. They contain each other, so one compiler serves them all.

mod condition;
mod filter;
mod name;
mod pipeline;
mod template;
mod test;
mod value;

use std::fmt::Arguments;

use super::address::Address;
use super::declared_settings::DeclaredSettings;
use super::endpoint::{CompiledDefinitions, KeyOrigin};
use super::names::{Names, new_field};
use super::open_pipelines::Pipelines;
use super::precomputed::Precomputed;
use super::scope::Scope;
use super::{Compiled, constant, endpoint};
use crate::diag::{Code, Diagnostic, Findings};
use crate::limits::PATTERNS;
use crate::path;
use crate::plan::{
    Condition, Constant, Dependencies, ElementId, EndpointLayout, Expr, ExprKind, Field, HostClaim, Origin,
    Paths, PlanParts, Preparation, RefusalKind, RefusalTemplate, Rule, Setting, Step, Taints, Template,
    secret_messages,
};
use crate::source::Span;
use crate::syntax::{self, Mapping, Text, Yaml};
use crate::template::ParseCache;

/// Compiles values and conditions and collects what they share. Each part owns its state; the files outside of this
/// module see only the methods.
pub(super) struct ExprCompiler<'m> {
    parse_cache: &'m ParseCache,
    findings: &'m mut Findings,
    address: Address,
    scope: Scope,
    names: Names<'m>,
    settings: DeclaredSettings<'m>,
    pipelines: Pipelines<'m>,
    paths: Paths,
    precomputed: Precomputed,
    host_claims: Vec<HostClaim>,
    /// The number of regular expressions so far.
    patterns: usize,
}

/// How many of the parts the rules use.
#[derive(Clone, Copy)]
pub(super) struct InUse {
    fields: usize,
    conditions: usize,
    precomputed: usize,
    paths: usize,
}

/// What is compiled to find its errors and does not run.
#[derive(Default)]
pub(super) struct CheckedOnly {
    pub(super) values: Vec<Expr>,
    pub(super) conditions: Vec<Condition>,
    pub(super) messages: Vec<RefusalTemplate>,
    pub(super) pipelines: Vec<Box<[Step]>>,
}

type Finished = (Box<[Field]>, Box<[Condition]>, Box<[Expr]>, Paths);

impl<'m> ExprCompiler<'m> {
    pub(super) fn new(mapping: &'m Mapping, parse_cache: &'m ParseCache, findings: &'m mut Findings) -> Self {
        Self {
            parse_cache,
            findings,
            address: Address::new(&mapping.destination.node),
            scope: Scope::default(),
            names: Names::new(mapping),
            settings: DeclaredSettings::new(mapping),
            pipelines: Pipelines::new(mapping),
            paths: Paths::default(),
            precomputed: Precomputed::default(),
            host_claims: Vec::new(),
            patterns: 0,
        }
    }

    pub(super) fn findings(&mut self) -> &mut Findings {
        self.findings
    }

    pub(super) fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// The fields and conditions compiled so far.
    pub(super) fn names(&self) -> &Names<'m> {
        &self.names
    }

    /// The declaration of a setting.
    pub(super) fn declared_setting(&self, name: &str) -> Option<&'m syntax::Setting> {
        self.settings.declared(name)
    }

    /// The origin of what is written at `span`.
    pub(super) fn origin(&self, span: Span) -> Origin {
        self.address.origin(span)
    }

    /// Parses a path, or takes it from the cache.
    pub(super) fn parse_path(&self, text: &Text) -> std::rc::Rc<Result<path::Path, path::BadPath>> {
        self.parse_cache.path(&text.text)
    }

    /// Compiles with `suffix` appended to the address.
    pub(super) fn within<T>(&mut self, suffix: Arguments<'_>, compile: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.address.append(suffix);
        let compiled = compile(self);
        self.address.restore(outer);
        compiled
    }

    /// Compiles in another section of the mapping, such as `/fields.email`, with the local variables of `scope`.
    pub(super) fn in_section<T>(
        &mut self,
        section: Arguments<'_>,
        scope: Scope,
        compile: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let outer = self.address.replace(section);
        let compiled = self.in_scope(scope, compile);
        self.address.restore(outer);
        compiled
    }

    /// Compiles with the local variables of `scope`.
    pub(super) fn in_scope<T>(&mut self, scope: Scope, compile: impl FnOnce(&mut Self) -> T) -> T {
        let outer = std::mem::replace(&mut self.scope, scope);
        let compiled = compile(self);
        self.scope = outer;
        compiled
    }

    pub(super) fn constant(&mut self, yaml: &Yaml) -> Constant {
        constant::constant(yaml, self.findings)
    }

    /// See [`Precomputed::precompute_value`].
    pub(super) fn precompute_value(&mut self, compiled: Compiled) -> Compiled {
        self.precomputed.precompute_value(compiled)
    }

    /// Adds a field that the mapping cannot reference by name and returns its index.
    pub(super) fn add_unnamed_field(&mut self, name: &str, compiled: Compiled) -> usize {
        let deps = compiled.deps;
        self.names.fields.add_unnamed(new_field(name, compiled), deps)
    }

    /// Decides which part of the URL each value of an endpoint becomes. `items` is the list of `for_each`, with the
    /// element that has a name.
    pub(super) fn endpoint_layout(
        &mut self,
        endpoint: &Expr,
        items: Option<(&Expr, Option<ElementId>)>,
    ) -> EndpointLayout {
        let definitions = CompiledDefinitions { names: &self.names, precomputed: &self.precomputed };
        let laid_out = endpoint::lay_out(endpoint, definitions, items);
        self.host_claims.extend(laid_out.claims);
        self.findings.extend(laid_out.findings);
        laid_out.layout
    }

    /// Whether the names of headers are constants. Reports names that come from the event.
    pub(super) fn header_names(&mut self, headers: &Expr) -> bool {
        let definitions = CompiledDefinitions { names: &self.names, precomputed: &self.precomputed };
        let names = definitions.names_of(headers);
        if names == KeyOrigin::Event {
            let message = "the names of these headers come from the event, so anyone who can send events can set any header";
            let finding = Diagnostic::new(Code::HeaderNameFromEvent, headers.origin.span, message);
            self.findings.push(finding.help("list the headers that an event may set with `only:`"));
        }
        names == KeyOrigin::Constant
    }

    /// Counts a regular expression; `false`, which is reported, if there are too many.
    pub(super) fn counts_pattern(&mut self, span: Span) -> bool {
        self.patterns += 1;
        if self.patterns == PATTERNS + 1 {
            let message = format!("a mapping has at most {PATTERNS} regular expressions");
            self.findings.push(Diagnostic::new(Code::BadArgument, span, message));
        }
        self.patterns <= PATTERNS
    }

    /// The values of the event that stand where a host stands.
    pub(super) fn take_host_claims(&mut self) -> Vec<HostClaim> {
        std::mem::take(&mut self.host_claims)
    }

    /// The message of an error that the author wrote.
    pub(super) fn refusal(&mut self, message: &Text, kind: RefusalKind) -> RefusalTemplate {
        let origin = self.origin(message.span);
        let (words, _) = self.template(message);
        RefusalTemplate { words, kind, origin }
    }

    /// An error with a standard message.
    pub(super) fn standard_refusal(&self, span: Span, message: &str, kind: RefusalKind) -> RefusalTemplate {
        RefusalTemplate { words: Template::text(message), kind, origin: self.origin(span) }
    }

    /// The parts compiled so far. What is compiled later is only checked.
    pub(super) fn parts_in_use(&mut self) -> InUse {
        InUse {
            fields: self.names.fields.len(),
            conditions: self.names.conditions.len(),
            precomputed: self.precomputed.len(),
            paths: self.paths.len(),
        }
    }

    /// Compiles what no rule uses, to report its errors too. Returns the pipelines.
    pub(super) fn check_unused(&mut self) -> Vec<Box<[Step]>> {
        for field in self.names.fields.written() {
            if self.names.fields.is_new(field) {
                self.field(&field.name.node, field.name.span);
            }
        }
        for condition in self.names.conditions.written() {
            self.named_condition(&condition.name.node, condition.name.span);
        }
        let pipelines = self.pipelines.written().iter();
        pipelines.map(|pipeline| self.unused_pipeline(&pipeline.name.node)).collect()
    }

    /// Finds out which values are secret, and reports messages of errors that contain one. `settings`, `prepare` and
    /// `rules` are parts of the plan, `checked` those that do not run.
    pub(super) fn taints(
        &mut self,
        settings: &[Setting],
        prepare: &[Preparation],
        rules: &[Rule],
        checked: &CheckedOnly,
    ) -> Taints {
        let (fields, precomputed) = (self.names.fields.all(), self.precomputed.all());
        let taints = Taints::new(self.settings.take_names(), prepare, fields, precomputed, &self.paths);
        let parts = PlanParts {
            settings,
            prepare,
            fields,
            conditions: self.names.conditions.all(),
            precomputed,
            rules,
            paths: &self.paths,
            values: &checked.values,
            checked_conditions: &checked.conditions,
            messages: &checked.messages,
            pipelines: &checked.pipelines,
        };
        secret_messages(&parts, &taints, &mut |span| {
            self.findings.push(
                Diagnostic::new(
                    Code::SettingInError,
                    span,
                    "the message of an error contains a secret setting, which everyone who sees the message could read",
                )
                .help("remove the setting, or declare it with `secret: false` under `config:`"),
            );
        });
        taints
    }

    /// Reports the names that are used but not defined, each once with all its places.
    pub(super) fn report_undefined_names(&mut self) {
        self.names.report_undefined(self.findings);
    }

    /// The names of the conditions by their indexes.
    pub(super) fn names_of_conditions(&self) -> Box<[Box<str>]> {
        self.names.conditions.compiled_names()
    }

    /// The parts in use.
    pub(super) fn finish(self, used: InUse) -> Finished {
        let mut paths = self.paths;
        paths.truncate(used.paths);
        paths.index();
        (
            self.names.fields.into_compiled(used.fields),
            self.names.conditions.into_compiled(used.conditions),
            self.precomputed.finish(used.precomputed),
            paths,
        )
    }
}

/// The constant null, in place of what has an error.
fn null() -> (ExprKind, Dependencies) {
    (ExprKind::Constant(Constant::null()), Dependencies::default())
}

//! Values: paths, templates, maps, lists and the source verbs.

use super::{ExprCompiler, null};
use crate::compile::Compiled;
use crate::diag::{Code, Diagnostic};
use crate::path;
use crate::plan::{
    Dependencies, EmptyValues, Expr, ExprKind, Keys, Member, RefusalKind, RefusalTemplate, Source, Subpath,
    ValueRule, Variable,
};
use crate::source::Span;
use crate::syntax::{self, Condition, Name, Required, Text, ValueKind, ValueNode, ValueSource};

impl ExprCompiler<'_> {
    pub(in crate::compile) fn value(&mut self, written: &ValueNode) -> Compiled {
        let (kind, deps) = match &written.kind {
            ValueKind::Constant(yaml) => (ExprKind::Constant(self.constant(yaml)), Dependencies::default()),
            ValueKind::Path(text) => self.path(text),
            ValueKind::Template(text) => {
                let (template, deps) = self.template(text);
                (ExprKind::Template(template), deps)
            }
            ValueKind::Map(members, when) => self.map(members, when.as_ref()),
            ValueKind::List(items) => {
                let (items, deps) = self.values(items, "");
                (ExprKind::List(items), deps)
            }
            ValueKind::Rule(rule) => self.rule_value(rule),
        };
        Compiled { expr: Expr { kind, origin: self.origin(written.span) }, deps }
    }

    /// A value where null and missing have the same effect; precomputed if it depends on the settings only.
    pub(in crate::compile) fn precomputed_value(&mut self, written: &ValueNode) -> Compiled {
        let compiled = self.value(written);
        self.precompute_value(compiled)
    }

    /// A path after `$`.
    pub(in crate::compile) fn path(&mut self, text: &Text) -> (ExprKind, Dependencies) {
        let parsed = self.parse_cache.path(&text.text);
        let path = match &*parsed {
            Ok(path) => path,
            Err(error) => {
                let span = text.at(error.range.clone());
                self.report(Diagnostic::new(Code::BadPath, span, error.message.as_str()));
                return null();
            }
        };
        match &path.root {
            path::Root::Event => {
                let event = Dependencies { event: true, ..Dependencies::default() };
                // `$` in a filter is the whole event, even where the query is applied to a part of it.
                match path.query.clone() {
                    Some(query) if query.uses_root() => {
                        let whole = path::whole_query(&text.text).unwrap_or_else(|message| {
                            self.report(Diagnostic::new(Code::BadPath, text.span, message));
                            query
                        });
                        (ExprKind::EventQuery(0, whole), event)
                    }
                    Some(query) => (ExprKind::EventQuery(self.paths.add(&path.steps), query), event),
                    None => (ExprKind::Event(self.paths.add(&path.steps)), event),
                }
            }
            path::Root::Named(name) => {
                let span = text.at(0..name.len() + 1);
                match self.variable(name, &path.steps, span, Code::UnknownField) {
                    Some((variable, deps)) => {
                        let subpath = self.subpath(variable, &path.steps);
                        (ExprKind::Named(variable, subpath, path.query.clone()), deps)
                    }
                    None => null(),
                }
            }
        }
    }

    /// The path `steps` below a variable.
    pub(super) fn subpath(&mut self, variable: Variable, steps: &[path::Segment]) -> Subpath {
        let path = match variable {
            Variable::Field(field) if !steps.is_empty() => Some(self.paths.add_to_field(field, steps)),
            _ => None,
        };
        Subpath { steps: steps.into(), path }
    }

    fn map(&mut self, members: &[syntax::Member], when: Option<&Condition>) -> (ExprKind, Dependencies) {
        let (when, mut deps) = self.optional_condition(when);
        let members = members
            .iter()
            .map(|member| {
                let value = self.within(format_args!(".{}", member.key.node), |inner| {
                    inner.precomputed_value(&member.value)
                });
                deps = deps.or(value.deps);
                let key = member.key.node.as_str();
                Member { key: key.into(), head: (crate::value::quoted(key) + ":").into(), value: value.expr }
            })
            .collect();
        (ExprKind::Map(when.map(Box::new), members), deps)
    }

    /// The values of a list, with addresses such as `.from[0]` for the verb `.from`.
    pub(super) fn values(&mut self, written: &[ValueNode], verb: &str) -> (Box<[Expr]>, Dependencies) {
        let mut deps = Dependencies::default();
        let values = written
            .iter()
            .enumerate()
            .map(|(index, written)| {
                let value = self.within(format_args!("{verb}[{index}]"), |inner| inner.value(written));
                let value = self.precomputed.precompute(value);
                deps = deps.or(value.deps);
                value.expr
            })
            .collect();
        (values, deps)
    }

    /// A source verb with its modifiers. The order of compilation is the order of the findings.
    fn rule_value(&mut self, rule: &syntax::ValueRule) -> (ExprKind, Dependencies) {
        let (when, mut deps) = self.optional_condition(rule.when.as_ref());
        let (source, source_deps) = self.source(rule);
        let (steps, steps_deps) = self.pipeline(&rule.transform);
        deps = deps.or(source_deps).or(steps_deps);
        let template = rule.template.as_ref().map(|text| {
            let outer = self.scope.clone();
            let (template, mut template_deps) =
                self.in_scope(outer.clone().with_value(), |inner| inner.template(text));
            // `{{ value }}` is defined by this rule itself, unless an enclosing value defines local variables too.
            template_deps.local &= outer.has_item_or_value();
            deps = deps.or(template_deps);
            template
        });
        let invalid =
            rule.invalid.as_ref().map(|message| self.refusal(message, RefusalKind::Instrumentation));
        let default = rule.default.as_ref().map(|(_, written)| {
            let default = self.within(format_args!(".default"), |inner| inner.precomputed_value(written));
            deps = deps.or(default.deps);
            default.expr
        });
        let required = rule.required.as_ref().map(|(_, required)| self.required(required, rule));
        deps.refuses |= invalid.is_some() || required.is_some();
        let compiled = ValueRule {
            when,
            source,
            only: rule.only.as_ref().map(|(_, names)| keys(names)),
            except: rule.except.as_ref().map(|(_, names)| keys(names)),
            steps,
            template,
            invalid,
            default,
            required,
            empty: match &rule.keep_empty {
                None => EmptyValues::Default,
                Some(keep) if keep.node => EmptyValues::Kept,
                Some(_) => EmptyValues::Missing,
            },
        };
        (ExprKind::Rule(Box::new(compiled)), deps)
    }

    fn source(&mut self, rule: &syntax::ValueRule) -> (Source, Dependencies) {
        match &rule.source {
            ValueSource::From(entries) => {
                let (entries, deps) = self.values(entries, ".from");
                (Source::First(entries), deps)
            }
            ValueSource::Literal(yaml) => {
                let kind = ExprKind::Constant(self.constant(yaml));
                self.just(kind, Dependencies::default(), yaml.span)
            }
            ValueSource::Template(text) => {
                let (template, deps) = self.template(text);
                self.just(ExprKind::Template(template), deps, text.span)
            }
            ValueSource::Object(members) => {
                let (kind, deps) = self.map(members, None);
                self.just(kind, deps, rule.verb)
            }
            ValueSource::Merge(layers) => {
                let (layers, deps) = self.values(layers, ".merge");
                (Source::Merge(layers), deps)
            }
            ValueSource::Concat(parts) => {
                let (parts, deps) = self.values(parts, ".concat");
                (Source::Concat(parts), deps)
            }
            ValueSource::ForEach(items, element, make) => {
                let items = self.within(format_args!(".for_each"), |inner| inner.value(items));
                let outer = self.scope.clone();
                let (scope, element) = self.scope_of_elements(element.as_ref());
                let mut make = self
                    .in_scope(scope, |inner| inner.within(format_args!(".make"), |inner| inner.value(make)));
                make.deps.local &= outer.has_item();
                let deps = items.deps.or(make.deps);
                (Source::ForEach(Box::new(items.expr), element, Box::new(make.expr)), deps)
            }
        }
    }

    fn just(&self, kind: ExprKind, deps: Dependencies, span: Span) -> (Source, Dependencies) {
        (Source::Just(Expr { kind, origin: self.origin(span) }), deps)
    }

    fn required(&mut self, required: &Required, rule: &syntax::ValueRule) -> RefusalTemplate {
        match required {
            Required::Message(message) => self.refusal(message, RefusalKind::Instrumentation),
            Required::Standard(span) => {
                let mut paths = Vec::new();
                if let ValueSource::From(entries) = &rule.source {
                    paths.extend(entries.iter().filter_map(|entry| match &entry.kind {
                        ValueKind::Path(path) => Some(format!("`{}`", path.text)),
                        _ => None,
                    }));
                }
                let message = match paths.as_slice() {
                    [] => format!("`{}` is missing", self.address.as_str()),
                    [path] => format!("{path} is missing"),
                    several => format!("all of {} are missing", several.join(", ")),
                };
                self.standard_refusal(*span, &message, RefusalKind::Instrumentation)
            }
        }
    }
}

fn keys(names: &[Name]) -> Keys {
    Keys::new(names.iter().map(|name| name.node.as_str()))
}

//! Values: paths, templates, maps, lists and the source verbs.

use super::{Compiled, Compiler, Scope};
use crate::diag::{Code, Diagnostic};
use crate::path;
use crate::plan::{
    Dependencies, Expr, ExprKind, Keys, Member, RefusalKind, Source, Subpath, ValueRule, Variable,
};
use crate::source::Span;
use crate::syntax::{self, Condition, Name, Required, Text, ValueKind, ValueNode, ValueSource};

impl Compiler<'_> {
    pub(super) fn value(&mut self, written: &ValueNode) -> Compiled {
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

    /// A value of which only presence and content matter: settled where it can be.
    pub(super) fn precomputed_value(&mut self, written: &ValueNode) -> Compiled {
        let made = self.value(written);
        self.precompute_value(made)
    }

    pub(super) fn nothing(&self, span: Span) -> Compiled {
        let kind = ExprKind::Constant(crate::plan::Constant::null());
        Compiled { expr: Expr { kind, origin: self.origin(span) }, deps: Dependencies::default() }
    }

    /// A path after `$`.
    pub(super) fn path(&mut self, text: &Text) -> (ExprKind, Dependencies) {
        let read = self.parse_cache.path(&text.text);
        let path = match &*read {
            Ok(path) => path,
            Err(bad) => {
                let found = Diagnostic::new(Code::BadPath, text.at(bad.range.clone()), bad.message.as_str());
                self.found(found);
                return (ExprKind::Constant(crate::plan::Constant::null()), Dependencies::default());
            }
        };
        match &path.root {
            path::Root::Event => {
                let event = Dependencies { event: true, ..Dependencies::default() };
                // A filter may look at `$`, which is then the whole event.
                match path.query.clone() {
                    Some(query) if query.looks_at_root() => {
                        let whole = path::whole_query(&text.text).unwrap_or_else(|why| {
                            self.found(Diagnostic::new(Code::BadPath, text.span, why));
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
                match self.root(name, &path.steps, span, Code::UnknownField) {
                    Some((root, deps)) => {
                        (ExprKind::Named(root, self.way(root, &path.steps), path.query.clone()), deps)
                    }
                    None => (ExprKind::Constant(crate::plan::Constant::null()), Dependencies::default()),
                }
            }
        }
    }

    /// The steps from something named.
    pub(super) fn way(&mut self, root: Variable, steps: &[path::Segment]) -> Subpath {
        let path = match root {
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
                let made = self.inside(format_args!(".{}", member.key.node), |inner| {
                    inner.precomputed_value(&member.value)
                });
                deps = deps.or(made.deps);
                let key = member.key.node.as_str();
                Member { key: key.into(), head: (crate::value::quoted(key) + ":").into(), value: made.expr }
            })
            .collect();
        (ExprKind::Map(when.map(Box::new), members), deps)
    }

    pub(super) fn values(&mut self, written: &[ValueNode], verb: &str) -> (Box<[Expr]>, Dependencies) {
        let mut deps = Dependencies::default();
        let values = written
            .iter()
            .enumerate()
            .map(|(at, written)| {
                let made = self.inside(format_args!("{verb}[{at}]"), |inner| {
                    let made = inner.value(written);
                    inner.precompute(made)
                });
                deps = deps.or(made.deps);
                made.expr
            })
            .collect();
        (values, deps)
    }

    pub(super) fn optional_condition(
        &mut self,
        when: Option<&Condition>,
    ) -> (Option<crate::plan::Condition>, Dependencies) {
        when.map_or((None, Dependencies::default()), |when| {
            let (condition, deps) = self.condition(when);
            (Some(condition), deps)
        })
    }

    fn rule_value(&mut self, rule: &syntax::ValueRule) -> (ExprKind, Dependencies) {
        let (when, mut deps) = self.optional_condition(rule.when.as_ref());
        let (source, read) = self.source(rule);
        deps = deps.or(read);
        let (steps, read) = self.pipeline(&rule.transform);
        deps = deps.or(read);
        let template = rule.template.as_ref().map(|text| {
            let outer = self.scope;
            self.scope = Scope { value: true, ..outer };
            let (template, read) = self.template(text);
            self.scope = outer;
            // `{{ value }}` is this rule's own.
            deps =
                deps.or(if outer.value || outer.item { read } else { Dependencies { local: false, ..read } });
            template
        });
        let invalid = rule.invalid.as_ref().map(|words| self.failure(words, RefusalKind::Instrumentation));
        let default = rule.default.as_ref().map(|(_, written)| {
            let made = self.inside(format_args!(".default"), |inner| inner.precomputed_value(written));
            deps = deps.or(made.deps);
            made.expr
        });
        let required = rule.required.as_ref().map(|(_, required)| self.required(required, rule));
        if invalid.is_some() || required.is_some() {
            deps.refuses = true;
        }
        let made = ValueRule {
            when,
            source,
            only: rule.only.as_ref().map(|(_, names)| keys(names)),
            except: rule.except.as_ref().map(|(_, names)| keys(names)),
            steps,
            template,
            invalid,
            default,
            required,
            keep_empty: rule.keep_empty.as_ref().is_some_and(|keep| keep.node),
        };
        (ExprKind::Rule(Box::new(made)), deps)
    }

    fn source(&mut self, rule: &syntax::ValueRule) -> (Source, Dependencies) {
        let just =
            |kind, deps, span, inner: &Self| (Source::Just(Expr { kind, origin: inner.origin(span) }), deps);
        match &rule.source {
            ValueSource::From(entries) => {
                let (entries, deps) = self.values(entries, ".from");
                (Source::First(entries), deps)
            }
            ValueSource::Literal(yaml) => {
                let kind = ExprKind::Constant(self.constant(yaml));
                just(kind, Dependencies::default(), yaml.span, self)
            }
            ValueSource::Template(text) => {
                let (template, deps) = self.template(text);
                just(ExprKind::Template(template), deps, text.span, self)
            }
            ValueSource::Object(members) => {
                let (kind, deps) = self.map(members, None);
                just(kind, deps, rule.verb, self)
            }
            ValueSource::Merge(layers) => {
                let (layers, deps) = self.values(layers, ".merge");
                (Source::Merge(layers), deps)
            }
            ValueSource::Concat(parts) => {
                let (parts, deps) = self.values(parts, ".concat");
                (Source::Concat(parts), deps)
            }
            ValueSource::ForEach(items, make) => {
                let items = self.inside(format_args!(".for_each"), |inner| inner.value(items));
                let outer = self.scope;
                self.scope = Scope { item: true, ..outer };
                let make = self.inside(format_args!(".make"), |inner| inner.value(make));
                self.scope = outer;
                let make_deps = Dependencies { local: make.deps.local && outer.item, ..make.deps };
                let deps = items.deps.or(make_deps);
                (Source::ForEach(Box::new(items.expr), Box::new(make.expr)), deps)
            }
        }
    }

    fn required(&mut self, required: &Required, rule: &syntax::ValueRule) -> crate::plan::RefusalTemplate {
        match required {
            Required::Message(message) => self.failure(message, RefusalKind::Instrumentation),
            Required::Standard(span) => {
                let mut names = Vec::new();
                if let ValueSource::From(entries) = &rule.source {
                    names.extend(entries.iter().filter_map(|entry| match &entry.kind {
                        ValueKind::Path(path) => Some(format!("`{}`", path.text)),
                        _ => None,
                    }));
                }
                let words = match names.as_slice() {
                    [] => format!("`{}` is missing", self.address),
                    [one] => format!("{one} is missing"),
                    several => format!("all of {} are missing", several.join(", ")),
                };
                self.standard_failure(*span, &words, RefusalKind::Instrumentation)
            }
        }
    }
}

fn keys(names: &[Name]) -> Keys {
    Keys::new(names.iter().map(|name| name.node.as_str()))
}

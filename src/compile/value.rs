//! Values: paths, templates, maps, lists and the source verbs.

use super::{Compiler, Made, Scope};
use crate::diag::Diagnostic;
use crate::path;
use crate::plan::{Expr, ExprKind, Keys, Member, Reads, RefusalKind, Root, Source, ValueRule, Way};
use crate::source::Span;
use crate::spec::{self, Condition, Name, Required, Text, ValueSource, Written, WrittenKind};

impl Compiler<'_> {
    pub(super) fn value(&mut self, written: &Written) -> Made {
        let (kind, reads) = match &written.kind {
            WrittenKind::Constant(yaml) => (ExprKind::Constant(self.constant(yaml)), Reads::default()),
            WrittenKind::Path(text) => self.path(text),
            WrittenKind::Template(text) => {
                let (template, reads) = self.template(text);
                (ExprKind::Template(template), reads)
            }
            WrittenKind::Map(members, when) => self.map(members, when.as_ref()),
            WrittenKind::List(items) => {
                let (items, reads) = self.values(items, "");
                (ExprKind::List(items), reads)
            }
            WrittenKind::Rule(rule) => self.rule_value(rule),
        };
        Made { expr: Expr { kind, origin: self.origin(written.span) }, reads }
    }

    /// A value of which only presence and content matter: settled where it can be.
    pub(super) fn settled_value(&mut self, written: &Written) -> Made {
        let made = self.value(written);
        self.settle_value(made)
    }

    pub(super) fn nothing(&self, span: Span) -> Made {
        let kind = ExprKind::Constant(crate::plan::Constant::null());
        Made { expr: Expr { kind, origin: self.origin(span) }, reads: Reads::default() }
    }

    /// A path after `$`.
    pub(super) fn path(&mut self, text: &Text) -> (ExprKind, Reads) {
        let read = self.readings.path(&text.text);
        let path = match &*read {
            Ok(path) => path,
            Err(bad) => {
                let found = Diagnostic::new("P202", text.at(bad.range.clone()), bad.message.as_str());
                self.found(found);
                return (ExprKind::Constant(crate::plan::Constant::null()), Reads::default());
            }
        };
        match &path.root {
            path::Root::Event => {
                let event = Reads { event: true, ..Reads::default() };
                // A filter may look at `$`, which is then the whole event.
                match path.query.clone() {
                    Some(query) if query.looks_at_root() => {
                        let whole = path::whole_query(&text.text).unwrap_or_else(|why| {
                            self.found(Diagnostic::new("P202", text.span, why));
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
                match self.root(name, &path.steps, span, "P201") {
                    Some((root, reads)) => {
                        (ExprKind::Named(root, self.way(root, &path.steps), path.query.clone()), reads)
                    }
                    None => (ExprKind::Constant(crate::plan::Constant::null()), Reads::default()),
                }
            }
        }
    }

    /// The steps from something named.
    pub(super) fn way(&mut self, root: Root, steps: &[path::Step]) -> Way {
        let path = match root {
            Root::Field(field) if !steps.is_empty() => Some(self.paths.add_to_field(field, steps)),
            _ => None,
        };
        Way { steps: steps.into(), path }
    }

    fn map(&mut self, members: &[spec::Member], when: Option<&Condition>) -> (ExprKind, Reads) {
        let (when, mut reads) = self.optional_condition(when);
        let members = members
            .iter()
            .map(|member| {
                let made = self
                    .inside(format_args!(".{}", member.key.node), |inner| inner.settled_value(&member.value));
                reads = reads.or(made.reads);
                let key = member.key.node.as_str();
                Member { key: key.into(), head: (crate::value::quoted(key) + ":").into(), value: made.expr }
            })
            .collect();
        (ExprKind::Map(when.map(Box::new), members), reads)
    }

    pub(super) fn values(&mut self, written: &[Written], verb: &str) -> (Box<[Expr]>, Reads) {
        let mut reads = Reads::default();
        let values = written
            .iter()
            .enumerate()
            .map(|(at, written)| {
                let made = self.inside(format_args!("{verb}[{at}]"), |inner| {
                    let made = inner.value(written);
                    inner.settle(made)
                });
                reads = reads.or(made.reads);
                made.expr
            })
            .collect();
        (values, reads)
    }

    pub(super) fn optional_condition(
        &mut self,
        when: Option<&Condition>,
    ) -> (Option<crate::plan::Condition>, Reads) {
        when.map_or((None, Reads::default()), |when| {
            let (condition, reads) = self.condition(when);
            (Some(condition), reads)
        })
    }

    fn rule_value(&mut self, rule: &spec::ValueRule) -> (ExprKind, Reads) {
        let (when, mut reads) = self.optional_condition(rule.when.as_ref());
        let (source, read) = self.source(rule);
        reads = reads.or(read);
        let (steps, read) = self.pipeline(&rule.transform);
        reads = reads.or(read);
        let template = rule.template.as_ref().map(|text| {
            let outer = self.scope;
            self.scope = Scope { value: true, ..outer };
            let (template, read) = self.template(text);
            self.scope = outer;
            // `{{ value }}` is this rule's own.
            reads = reads.or(if outer.value || outer.item { read } else { Reads { local: false, ..read } });
            template
        });
        let invalid = rule.invalid.as_ref().map(|words| self.failure(words, RefusalKind::Instrumentation));
        let default = rule.default.as_ref().map(|(_, written)| {
            let made = self.inside(format_args!(".default"), |inner| inner.settled_value(written));
            reads = reads.or(made.reads);
            made.expr
        });
        let required = rule.required.as_ref().map(|(_, required)| self.required(required, rule));
        if invalid.is_some() || required.is_some() {
            reads.refuses = true;
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
        (ExprKind::Rule(Box::new(made)), reads)
    }

    fn source(&mut self, rule: &spec::ValueRule) -> (Source, Reads) {
        let just = |kind, reads, span, inner: &Self| {
            (Source::Just(Expr { kind, origin: inner.origin(span) }), reads)
        };
        match &rule.source {
            ValueSource::From(entries) => {
                let (entries, reads) = self.values(entries, ".from");
                (Source::First(entries), reads)
            }
            ValueSource::Literal(yaml) => {
                let kind = ExprKind::Constant(self.constant(yaml));
                just(kind, Reads::default(), yaml.span, self)
            }
            ValueSource::Template(text) => {
                let (template, reads) = self.template(text);
                just(ExprKind::Template(template), reads, text.span, self)
            }
            ValueSource::Object(members) => {
                let (kind, reads) = self.map(members, None);
                just(kind, reads, rule.verb, self)
            }
            ValueSource::Merge(layers) => {
                let (layers, reads) = self.values(layers, ".merge");
                (Source::Merge(layers), reads)
            }
            ValueSource::Concat(parts) => {
                let (parts, reads) = self.values(parts, ".concat");
                (Source::Concat(parts), reads)
            }
            ValueSource::ForEach(items, make) => {
                let items = self.inside(format_args!(".for_each"), |inner| inner.value(items));
                let outer = self.scope;
                self.scope = Scope { item: true, ..outer };
                let make = self.inside(format_args!(".make"), |inner| inner.value(make));
                self.scope = outer;
                let make_reads = Reads { local: make.reads.local && outer.item, ..make.reads };
                let reads = items.reads.or(make_reads);
                (Source::ForEach(Box::new(items.expr), Box::new(make.expr)), reads)
            }
        }
    }

    fn required(&mut self, required: &Required, rule: &spec::ValueRule) -> crate::plan::Failure {
        match required {
            Required::Words(words) => self.failure(words, RefusalKind::Instrumentation),
            Required::Standard(span) => {
                let mut names = Vec::new();
                if let ValueSource::From(entries) = &rule.source {
                    names.extend(entries.iter().filter_map(|entry| match &entry.kind {
                        WrittenKind::Path(path) => Some(format!("`{}`", path.text)),
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

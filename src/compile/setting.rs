//! `config:` and `prepare:`.

use super::Compiler;
use crate::diag::{Code, Diagnostic};
use crate::path;
use crate::plan::RefusalKind;
use crate::plan::{Assignment, Expr, ExprKind, Preparation, Setting};
use crate::syntax::{self, Required, Text};

impl Compiler<'_> {
    pub(super) fn settings(&mut self) -> Box<[Setting]> {
        let mapping = self.mapping;
        mapping
            .config
            .iter()
            .map(|setting| {
                self.inside(format_args!("/config.{}", setting.name.node), |inner| inner.setting(setting))
            })
            .collect()
    }

    fn setting(&mut self, setting: &syntax::Setting) -> Setting {
        let name = setting.name.node.as_str();
        let required = setting.required.as_ref().map(|required| match required {
            Required::Message(message) => self.failure(message, RefusalKind::Configuration),
            Required::Standard(span) => self.standard_failure(
                *span,
                &format!("the setting `{name}` is missing"),
                RefusalKind::Configuration,
            ),
        });
        let invalid = if let Some(words) = &setting.error {
            self.failure(words, RefusalKind::Configuration)
        } else {
            let words = format!("the setting `{name}` is not what it should be");
            self.standard_failure(setting.name.span, &words, RefusalKind::Configuration)
        };
        let kind = setting.kind.as_ref().and_then(|kind| crate::value::setting_kind(&kind.node));
        Setting {
            name: name.into(),
            required,
            one_of: setting
                .one_of
                .as_ref()
                .map(|(_, allowed)| allowed.iter().map(|yaml| self.constant(yaml)).collect()),
            kind,
            invalid,
            default: setting.default.as_ref().map(|yaml| self.constant(yaml)),
            public: setting.secret.as_ref().is_some_and(|secret| !secret.node),
        }
    }

    pub(super) fn preparations(&mut self) -> Box<[Preparation]> {
        let mapping = self.mapping;
        mapping
            .prepare
            .iter()
            .enumerate()
            .map(|(at, written)| {
                self.inside(format_args!("/prepare[{at}]"), |inner| {
                    let (when, _) = inner.optional_condition(written.when.as_ref());
                    let set = written.set.iter().map(|assignment| inner.assignment(assignment)).collect();
                    Preparation { when, set }
                })
            })
            .collect()
    }

    fn assignment(&mut self, written: &syntax::Assignment) -> Assignment {
        let target = self.target(&written.target);
        Assignment {
            target,
            key: self.inside(format_args!(".key"), |inner| inner.value(&written.key)).expr,
            to: self.inside(format_args!(".to"), |inner| inner.value(&written.to)).expr,
        }
    }

    /// The map that is changed: a part of the event, by a path or by a field that finds one.
    fn target(&mut self, text: &Text) -> Expr {
        let outside = match &*self.parse_cache.path(&text.text) {
            Ok(path) => match &path.root {
                path::Root::Named(name) => {
                    name == "config" || name == "connection" || name == "metadata" || path.query.is_some()
                }
                path::Root::Event => path.query.is_some(),
            },
            Err(_) => false,
        };
        if outside {
            let message = format!("`{}` is no map of the event that could be changed", text.text);
            self.found(Diagnostic::new(Code::TargetOutsideTheEvent, text.span, message));
        }
        let (kind, _) = self.path(text);
        let kind = if outside { ExprKind::Constant(crate::plan::Constant::null()) } else { kind };
        Expr { kind, origin: self.origin(text.span) }
    }
}

//! `config:`.

use super::expr::ExprCompiler;
use crate::plan::{RefusalKind, Setting};
use crate::syntax::{self, Mapping, Required};

pub(super) fn settings(mapping: &Mapping, compiler: &mut ExprCompiler<'_>) -> Box<[Setting]> {
    let settings = mapping.config.iter().map(|written| {
        compiler.within(format_args!("/config.{}", written.name.node), |inner| setting(written, inner))
    });
    settings.collect()
}

fn setting(written: &syntax::Setting, compiler: &mut ExprCompiler<'_>) -> Setting {
    let name = written.name.node.as_str();
    let kind = RefusalKind::Configuration;
    let required = written.required.as_ref().map(|required| match required {
        Required::Message(message) => compiler.refusal(message, kind),
        Required::Standard(span) => {
            compiler.standard_refusal(*span, &format!("the setting `{name}` is missing"), kind)
        }
    });
    let invalid = if let Some(message) = &written.error {
        compiler.refusal(message, kind)
    } else {
        let message = format!("the setting `{name}` is not what it should be");
        compiler.standard_refusal(written.name.span, &message, kind)
    };
    Setting {
        name: name.into(),
        required,
        one_of: written
            .one_of
            .as_ref()
            .map(|(_, allowed)| allowed.iter().map(|yaml| compiler.constant(yaml)).collect()),
        kind: written.kind.as_ref().and_then(|kind| crate::value::setting_kind(&kind.node)),
        invalid,
        standard_message: written.error.is_none(),
        default: written.default.as_ref().map(|yaml| compiler.constant(yaml)),
        public: super::declared_settings::is_public(written),
    }
}

//! References to settings (`$config`).

use foldhash::HashMap;

use crate::diag::{Code, Diagnostic, Findings, nearest};
use crate::path::Segment;
use crate::source::Span;
use crate::syntax::{Mapping, Setting};

/// The settings that `config:` declares.
pub(super) struct DeclaredSettings<'m> {
    written: &'m [Setting],
    by_name: HashMap<&'m str, &'m Setting>,
}

impl<'m> DeclaredSettings<'m> {
    pub(super) fn new(mapping: &'m Mapping) -> Self {
        let by_name = mapping.config.iter().map(|setting| (setting.name.node.as_str(), setting)).collect();
        Self { written: &mapping.config, by_name }
    }

    /// Whether the path `$config.steps` reads a secret. Settings are secret unless declared with `secret: false`; a
    /// name that looks like a mistyped declared one is reported.
    pub(super) fn is_secret(&self, steps: &[Segment], span: Span, findings: &mut Findings) -> bool {
        let Some(Segment::Name(name)) = steps.first() else { return true };
        let declared = self.by_name.get(&**name);
        if declared.is_none() {
            let known = self.written.iter().map(|setting| setting.name.node.as_str());
            if let Some(near) = nearest(name, known) {
                let message = format!("there is no setting called `{name}`; did you mean `{near}`?");
                findings.push(Diagnostic::new(Code::UnknownSetting, span, message));
            }
        }
        declared.and_then(|setting| setting.secret.as_ref()).is_none_or(|secret| secret.node)
    }
}

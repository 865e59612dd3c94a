//! References to settings (`$config`).

use foldhash::HashSet;

use crate::diag::{Code, Diagnostic, Findings, nearest};
use crate::path::Segment;
use crate::plan::SettingNames;
use crate::source::Span;
use crate::syntax::{Mapping, Setting};

/// The settings that `config:` declares, and those that the mapping reads.
pub(super) struct DeclaredSettings<'m> {
    written: &'m [Setting],
    by_name: HashSet<&'m str>,
    names: SettingNames,
}

impl<'m> DeclaredSettings<'m> {
    pub(super) fn new(mapping: &'m Mapping) -> Self {
        let public = mapping.config.iter().filter(|setting| is_public(setting));
        let names = SettingNames::new(public.map(|setting| setting.name.node.as_str().into()));
        let by_name = mapping.config.iter().map(|setting| setting.name.node.as_str()).collect();
        Self { written: &mapping.config, by_name, names }
    }

    /// Notes that the mapping reads the path `$config.steps`. A name that looks like a mistyped declared one is reported.
    pub(super) fn read(&mut self, steps: &[Segment], span: Span, findings: &mut Findings) {
        self.names.add(steps);
        let Some(Segment::Name(name)) = steps.first() else { return };
        if self.by_name.contains(&**name) {
            return;
        }
        let known = self.written.iter().map(|setting| setting.name.node.as_str());
        if let Some(near) = nearest(name, known) {
            let message = format!("there is no setting called `{name}`; did you mean `{near}`?");
            findings.push(Diagnostic::new(Code::UnknownSetting, span, message));
        }
    }

    /// The declaration of a setting.
    pub(super) fn declared(&self, name: &str) -> Option<&'m Setting> {
        self.written.iter().find(|setting| setting.name.node == name)
    }

    /// The settings that the mapping reads; called once everything is compiled.
    pub(super) fn take_names(&mut self) -> SettingNames {
        std::mem::take(&mut self.names)
    }
}

/// Whether a setting is declared with `secret: false`. Settings are secret unless they are.
pub(super) fn is_public(setting: &Setting) -> bool {
    setting.secret.as_ref().is_some_and(|secret| !secret.node)
}

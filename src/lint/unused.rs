//! Names that nothing uses.

use super::Lint;
use crate::diag::{Code, Diagnostic};
use crate::syntax::Named;

impl Lint<'_, '_> {
    /// Only what the mapping's own file defines; shared files hold more than one mapping needs.
    pub(super) fn unused(&mut self) {
        fn idle<'m, T>(all: &'m [Named<T>], used: &[bool]) -> Vec<&'m Named<T>> {
            all.iter().zip(used).filter(|(_, used)| !**used).map(|(named, _)| named).collect()
        }
        let mapping = self.mapping;
        let fields = idle(&mapping.fields, &self.known.used.fields);
        let conditions = idle(&mapping.conditions, &self.known.used.conditions);
        let transforms = idle(&mapping.transforms, &self.known.used.transforms);
        let all = fields.iter().map(|named| (&named.name, named.included, "field"));
        let all = all.chain(conditions.iter().map(|named| (&named.name, named.included, "condition")));
        let all = all.chain(transforms.iter().map(|named| (&named.name, named.included, "pipeline")));
        for (name, included, what) in all {
            if !included && self.is_own(name.span) {
                let message = format!("nothing uses the {what} `{}`", name.node);
                self.found(Diagnostic::new(Code::UnusedName, name.span, message));
            }
        }
    }
}

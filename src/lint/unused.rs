//! Unused names.

use crate::analysis::Usage;
use crate::diag::{Code, Diagnostic, Warnings};
use crate::syntax::{Mapping, Named};

/// Reports unused names defined in the main file. Shared files may define more than one mapping needs.
pub(super) fn unused(mapping: &Mapping, used: &Usage, warnings: &mut Warnings) {
    fn unused_entries<'m, T>(entries: &'m [Named<T>], used: &[bool]) -> Vec<&'m Named<T>> {
        entries.iter().zip(used).filter(|(_, used)| !**used).map(|(named, _)| named).collect()
    }
    let fields = unused_entries(&mapping.fields, &used.fields);
    let conditions = unused_entries(&mapping.conditions, &used.conditions);
    let transforms = unused_entries(&mapping.transforms, &used.transforms);
    let names = fields.iter().map(|named| (&named.name, named.included, "field"));
    let names = names.chain(conditions.iter().map(|named| (&named.name, named.included, "condition")));
    let names = names.chain(transforms.iter().map(|named| (&named.name, named.included, "pipeline")));
    for (name, included, kind) in names {
        if !included && name.span.file == mapping.file {
            let message = format!("the {kind} `{}` is never used", name.node);
            warnings.push(Diagnostic::new(Code::UnusedName, name.span, message));
        }
    }
}

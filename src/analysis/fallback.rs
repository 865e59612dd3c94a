//! Fallback lists, from which the first value that is present is used.

use foldhash::HashMap;

use super::{Analysis, Visitor};
use crate::abstract_value::AbstractValue;
use crate::source::Span;
use crate::syntax::{ValueKind, ValueNode};
use crate::value::Kinds;

impl<V: Visitor> Analysis<'_, V> {
    /// What the first present value can be.
    pub(super) fn first_of(&mut self, entries: &[ValueNode]) -> AbstractValue {
        let mut result: Option<AbstractValue> = None;
        let mut always_present: Option<Span> = None;
        for (index, entry) in entries.iter().enumerate() {
            let mut known = self.value(entry);
            if let Some(always_present) = always_present {
                self.visitor.never_used(entry.span, entries.len() - index - 1, always_present);
                for entry in &entries[index + 1..] {
                    self.value(entry);
                }
                break;
            }
            if !known.missing && !known.guarded {
                always_present = Some(entry.span);
            }
            if known.kinds != Kinds::NULL {
                known.kinds = known.kinds.without(Kinds::NULL);
            }
            result = Some(match result {
                // The result is missing only if every entry is.
                Some(result) => {
                    let missing = result.missing && known.missing;
                    AbstractValue { missing, ..result.or(known) }
                }
                None => known,
            });
        }
        result.unwrap_or_default()
    }

    /// Reports paths that can never be used because of an earlier path in the list.
    pub(super) fn repeated(&mut self, entries: &[ValueNode]) {
        if entries.len() < 2 {
            return;
        }
        let resolved = |entry: &ValueNode| match &entry.kind {
            ValueKind::Path(path) => self.symbols.peek(path),
            _ => None,
        };
        let paths: Vec<_> = entries.iter().map(resolved).collect();
        let mut seen: HashMap<&str, Span> = HashMap::default();
        for (entry, resolved) in entries.iter().zip(&paths) {
            let (ValueKind::Path(path), Some(resolved)) = (&entry.kind, resolved) else { continue };
            if let Some(&first) = seen.get(&*resolved.key) {
                self.visitor.repeated_path(path, entry.span, first);
                continue;
            }
            let mut steps = resolved.key.match_indices(['\u{1}', '\u{2}']);
            let holder = steps.find_map(|(at, _)| seen.get(&resolved.key[..at])).copied();
            if let Some(first) = holder {
                self.visitor.part_after_whole(path, entry.span, first);
            }
            if !resolved.query {
                seen.insert(&resolved.key, entry.span);
            }
        }
    }
}

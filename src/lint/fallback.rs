//! Lists of values of which the first present one is used.

use foldhash::HashMap;

use super::Lint;
use crate::abstract_value::AbstractValue;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::{ValueKind, ValueNode, ValueRule, ValueSource};
use crate::value::Kinds;

impl Lint<'_, '_> {
    /// What the first present one can be.
    pub(super) fn first_of(&mut self, entries: &[ValueNode]) -> AbstractValue {
        let mut sum: Option<AbstractValue> = None;
        let mut winner: Option<Span> = None;
        for (at, entry) in entries.iter().enumerate() {
            let mut known = self.value(entry);
            if let Some(winner) = winner {
                let rest = entries.len() - at;
                let more =
                    if rest > 1 { format!(", nor are the {} after it", rest - 1) } else { String::new() };
                let message = format!("this is never used{more}: the one before it is always present");
                self.found(
                    Diagnostic::new(Code::NeverUsed, entry.span, message).related(winner, "always present"),
                );
                for entry in &entries[at + 1..] {
                    self.value(entry);
                }
                break;
            }
            if !known.missing && !known.guarded {
                winner = Some(entry.span);
            }
            if known.kinds != Kinds::NULL {
                known.kinds = known.kinds.without(Kinds::NULL);
            }
            sum = Some(match sum {
                // Missing only when all of them are.
                Some(sum) => {
                    let missing = sum.missing && known.missing;
                    AbstractValue { missing, ..sum.or(known) }
                }
                None => known,
            });
        }
        sum.unwrap_or_default()
    }

    /// What can be seen without knowing what the values are.
    pub(super) fn fallbacks(&mut self, rule: &ValueRule) {
        if let ValueSource::From(entries) = &rule.source {
            self.repeated(entries);
            if let [ValueNode { kind: ValueKind::Constant(yaml), .. }] = entries.as_slice() {
                self.like_a_path(yaml, true);
            }
        }
        if let (Some((_, only)), Some((_, except))) = (&rule.only, &rule.except) {
            for name in except {
                if let Some(first) = only.iter().find(|one| one.node == name.node) {
                    let message = format!("`{}` stands in `only` and in `except`", name.node);
                    let found = Diagnostic::new(Code::OnlyAndExcept, name.span, message);
                    let first = first.span;
                    self.found(found.related(first, "here it is kept"));
                }
            }
        }
    }

    fn repeated(&mut self, entries: &[ValueNode]) {
        if entries.len() < 2 {
            return;
        }
        let reading = |entry: &ValueNode| match &entry.kind {
            ValueKind::Path(path) => self.known.peek(path),
            _ => None,
        };
        let parse_cache: Vec<_> = entries.iter().map(reading).collect();
        let mut seen: HashMap<&str, Span> = HashMap::default();
        for (entry, reading) in entries.iter().zip(&parse_cache) {
            let (ValueKind::Path(path), Some(reading)) = (&entry.kind, reading) else { continue };
            if let Some(&first) = seen.get(&*reading.key) {
                let message = format!("`{}` stands here twice", path.text);
                self.found(
                    Diagnostic::new(Code::SamePathTwice, entry.span, message)
                        .related(first, "the first time"),
                );
                continue;
            }
            let mut steps = reading.key.match_indices(['\u{1}', '\u{2}']);
            let holder = steps.find_map(|(at, _)| seen.get(&reading.key[..at])).copied();
            if let Some(first) = holder {
                let message = format!(
                    "`{}` is never used: whenever it exists, what it lies in is taken before it",
                    path.text
                );
                self.found(
                    Diagnostic::new(Code::PartAfterWhole, entry.span, message)
                        .related(first, "this is taken, as a whole"),
                );
            }
            if !reading.query {
                seen.insert(&reading.key, entry.span);
            }
        }
    }

    /// A JSON list of paths where the first present one was probably meant.
    pub(super) fn list_of_paths(&mut self, written: &ValueNode) {
        let (members, deeper): (&[crate::syntax::Member], &[ValueNode]) = match &written.kind {
            ValueKind::Map(members, _) => (members, &[]),
            ValueKind::Rule(rule) => match &rule.source {
                ValueSource::Object(members) => (members, &[]),
                ValueSource::Merge(layers) => (&[], layers),
                _ => return,
            },
            _ => return,
        };
        for member in members {
            match &member.value.kind {
                ValueKind::List(items)
                    if items.len() > 1
                        && items.iter().all(|item| matches!(item.kind, ValueKind::Path(_))) =>
                {
                    let message =
                        format!("`{}` is sent as a list of {} values", member.key.node, items.len());
                    let found = Diagnostic::new(Code::ListOfPaths, member.value.span, message);
                    self.found(found.help("write `{ from: […] }` for the first one that is present"));
                }
                _ => self.list_of_paths(&member.value),
            }
        }
        for layer in deeper {
            self.list_of_paths(layer);
        }
    }
}

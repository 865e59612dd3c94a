//! The rules that may match an event, in the order of the file.

use bumpalo::collections::Vec;

use super::refusal::RunResult;
use crate::plan::{RuleId, RuleIndex, RuleKey};
use crate::value::Arena;

/// Merges several ordered lists of rules into one.
pub(super) struct Candidates<'a> {
    lists: Vec<'a, &'a [RuleId]>,
}

impl<'a> Candidates<'a> {
    /// The first `count` rules.
    pub(super) fn all(count: usize, arena: &'a Arena) -> Self {
        let mut lists = Vec::with_capacity_in(1, arena);
        lists.push(Vec::from_iter_in(0..count, arena).into_bump_slice());
        Self { lists }
    }

    /// The rules whose equality tests the event passes. `key_text` returns the text of a key in this event.
    pub(super) fn of(
        index: &'a RuleIndex,
        arena: &'a Arena,
        mut key_text: impl FnMut(&'a RuleKey) -> RunResult<'a, Option<&'a str>>,
    ) -> RunResult<'a, Self> {
        let mut lists = Vec::with_capacity_in(8, arena);
        collect(index, &mut key_text, &mut lists)?;
        Ok(Self { lists })
    }
}

fn collect<'a>(
    index: &'a RuleIndex,
    key_text: &mut impl FnMut(&'a RuleKey) -> RunResult<'a, Option<&'a str>>,
    lists: &mut Vec<'a, &'a [RuleId]>,
) -> RunResult<'a, ()> {
    match index {
        RuleIndex::Rules(rules) => lists.push(rules),
        RuleIndex::By { key, cases, others } => {
            if let Some(case) = key_text(key)?.and_then(|text| cases.get(text)) {
                collect(case, key_text, lists)?;
            }
            collect(others, key_text, lists)?;
        }
    }
    Ok(())
}

impl Iterator for Candidates<'_> {
    type Item = RuleId;

    fn next(&mut self) -> Option<RuleId> {
        let lowest = self.lists.iter_mut().filter(|list| !list.is_empty()).min_by_key(|list| list[0])?;
        let (first, rest) = lowest.split_first()?;
        *lowest = rest;
        Some(*first)
    }
}

//! The rules that can take an event, in the order of the file.

use bumpalo::collections::Vec;

use super::evaluate::Run;
use super::observer::Observer;
use super::refusal::RunResult;
use crate::plan::{RuleId, RuleIndex, RuleKey};
use crate::value::Value;

/// Rules from several ordered lists, in order.
pub(super) struct Candidates<'a> {
    lists: Vec<'a, &'a [RuleId]>,
}

impl Iterator for Candidates<'_> {
    type Item = RuleId;

    fn next(&mut self) -> Option<RuleId> {
        let nearest = self.lists.iter_mut().filter(|list| !list.is_empty()).min_by_key(|list| list[0])?;
        let (first, rest) = nearest.split_first()?;
        *nearest = rest;
        Some(*first)
    }
}

impl<'a, W: Observer> Run<'a, W> {
    /// The rules that are worth trying. A listener is shown all of them.
    pub(super) fn candidates(&mut self) -> RunResult<'a, Candidates<'a>> {
        let mut candidates = Candidates { lists: Vec::with_capacity_in(8, self.arena) };
        if W::ENABLED {
            let all = Vec::from_iter_in(0..self.plan.rules.len(), self.arena);
            candidates.lists.push(all.into_bump_slice());
        } else {
            self.descend(&self.plan.rule_index, &mut candidates)?;
        }
        Ok(candidates)
    }

    fn descend(&mut self, rule_index: &'a RuleIndex, candidates: &mut Candidates<'a>) -> RunResult<'a, ()> {
        match rule_index {
            RuleIndex::Rules(rules) => candidates.lists.push(rules),
            RuleIndex::By { key, cases, others } => {
                let value = match key {
                    RuleKey::Field(number) => self.field(*number)?,
                    RuleKey::Event(path) => self.at(*path),
                };
                let text = value.and_then(|value: Value<'a>| value.text(self.arena));
                if let Some(case) = text.and_then(|text| cases.get(text)) {
                    self.descend(case, candidates)?;
                }
                self.descend(others, candidates)?;
            }
        }
        Ok(())
    }
}

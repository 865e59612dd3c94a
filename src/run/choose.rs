//! The rules that can take an event, in the order of the file.

use bumpalo::collections::Vec;

use super::evaluate::Run;
use super::refusal::Outcome;
use super::watch::Watch;
use crate::plan::{Chooser, Key, RuleId};
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

impl<'a, W: Watch> Run<'a, W> {
    /// The rules that are worth trying. A listener is shown all of them.
    pub(super) fn candidates(&mut self) -> Outcome<'a, Candidates<'a>> {
        let mut candidates = Candidates { lists: Vec::with_capacity_in(8, self.arena) };
        if W::LISTENS {
            let all = Vec::from_iter_in(0..self.plan.rules.len(), self.arena);
            candidates.lists.push(all.into_bump_slice());
        } else {
            self.descend(&self.plan.chooser, &mut candidates)?;
        }
        Ok(candidates)
    }

    fn descend(&mut self, chooser: &'a Chooser, candidates: &mut Candidates<'a>) -> Outcome<'a, ()> {
        match chooser {
            Chooser::Rules(rules) => candidates.lists.push(rules),
            Chooser::By { key, cases, others } => {
                let value = match key {
                    Key::Field(number) => self.field(*number)?,
                    Key::Event(path) => self.at(*path),
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

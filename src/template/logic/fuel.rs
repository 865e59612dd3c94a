//! The number of steps that a template may take.

use super::{Evaluated, RenderError};
use crate::value::Value;

/// The steps that are left.
#[derive(Debug)]
pub(super) struct Fuel(u64);

/// Maximum number of steps, so that a loop over a large list refuses the event instead of stalling.
const MAX_STEPS: u64 = crate::limits::TEMPLATE_STEPS;

/// The number of bytes that count as one step.
const BYTES_PER_STEP: usize = 64;

impl Default for Fuel {
    fn default() -> Self {
        Self(MAX_STEPS)
    }
}

impl Fuel {
    /// The steps that were taken.
    pub(super) fn taken(&self) -> usize {
        usize::try_from(MAX_STEPS - self.0).unwrap_or(usize::MAX)
    }

    /// Takes one step.
    pub(super) fn step(&mut self) -> Evaluated<()> {
        self.steps(1)
    }

    /// Takes as many steps as it takes to read a value.
    pub(super) fn read(&mut self, value: Value<'_>) -> Evaluated<()> {
        match value {
            Value::Text(text) => self.bytes(text.len()),
            Value::Node(node) => self.bytes(node.range().len()),
            Value::List(items) => items.iter().try_for_each(|item| self.read(*item)),
            Value::Map(members) => members.iter().try_for_each(|(_, member)| self.read(*member)),
            _ => self.step(),
        }
    }

    /// Takes as many steps as it takes to read or write so many bytes.
    pub(super) fn bytes(&mut self, bytes: usize) -> Evaluated<()> {
        self.steps(1 + u64::try_from(bytes / BYTES_PER_STEP).unwrap_or(u64::MAX - 1))
    }

    /// Takes a step for each element of a list or member of a map that is copied.
    pub(super) fn items(&mut self, count: usize) -> Evaluated<()> {
        self.steps(u64::try_from(count).unwrap_or(u64::MAX))
    }

    fn steps(&mut self, steps: u64) -> Evaluated<()> {
        self.0 = self
            .0
            .checked_sub(steps)
            .ok_or_else(|| RenderError("the template takes too many steps".to_owned()))?;
        Ok(())
    }
}

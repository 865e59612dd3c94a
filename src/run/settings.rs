//! A destination's settings, and the values of the plan that depend on nothing else.

use super::refusal::{RefusalKind, Refused, RunResult};
use super::url_writer::UrlBase;
use crate::plan::{Constant, Origin, TooLarge};
use crate::request::header_fault;
use crate::value::{Arena, Value};

/// A destination's settings with what one plan computes from them. They never appear in a message.
pub(crate) struct PreparedSettings {
    config: Constant,
    precomputed: Vec<Precomputed>,
    refused: Option<StoredRefusal>,
}

/// A value that depends on the settings alone, with what is known of it.
struct Precomputed {
    value: PrecomputedValue,
    base: UrlBase,
    /// Why it cannot be sent as headers.
    header_fault: Option<String>,
}

/// The value, or why it refuses each event that needs it.
type PrecomputedValue = Result<Option<Constant>, StoredRefusal>;

/// A precomputed text, with what is known of it as the beginning of a URL.
type PrecomputedBase<'a> = (&'a str, UrlBase);

/// A refusal that is raised for each event.
pub(super) struct StoredRefusal {
    message: String,
    kind: RefusalKind,
    origin: Option<Origin>,
}

impl StoredRefusal {
    pub(super) fn new(refused: Refused<'_>) -> Self {
        Self { message: refused.message, kind: refused.kind, origin: refused.origin.cloned() }
    }

    /// The settings, or the value at `origin` that is computed from them, are too large to be stored.
    pub(super) fn too_large(error: TooLarge, origin: Option<Origin>) -> Self {
        Self { message: format!("the settings: {error}"), kind: RefusalKind::Configuration, origin }
    }

    fn memory(&self) -> usize {
        self.message.len() + self.origin.as_ref().map_or(0, |origin| origin.address.len())
    }

    #[expect(
        clippy::unnecessary_box_returns,
        reason = "errors are boxed, so that a `RunResult` without one stays small"
    )]
    fn raise(&self) -> Box<Refused<'_>> {
        Box::new(Refused { message: self.message.clone(), kind: self.kind, origin: self.origin.as_ref() })
    }
}

impl PreparedSettings {
    /// Settings from which nothing has been computed yet.
    pub(super) fn new(config: Constant) -> Self {
        Self { config, precomputed: Vec::new(), refused: None }
    }

    /// Refuses every event.
    pub(super) fn refuse_all(&mut self, refusal: StoredRefusal) {
        self.refused = Some(refusal);
    }

    /// Adds the value of the plan's next precomputed expression, in the order of their numbers.
    pub(super) fn add_precomputed(&mut self, value: PrecomputedValue) {
        let constant = value.as_ref().ok().and_then(Option::as_ref);
        let base = UrlBase::of(constant.and_then(Constant::text).unwrap_or(""));
        let header_fault = constant.and_then(|constant| header_fault(constant.json().as_bytes()));
        self.precomputed.push(Precomputed { value, base, header_fault });
    }

    /// The bytes of memory that the settings and the values computed from them take.
    pub(crate) fn memory(&self) -> usize {
        let precomputed = self.precomputed.iter().map(|precomputed| match &precomputed.value {
            Ok(value) => value.as_ref().map_or(0, Constant::memory),
            Err(refusal) => refusal.memory(),
        });
        let refused = self.refused.as_ref().map_or(0, StoredRefusal::memory);
        self.config.memory() + refused + size_of_val(&*self.precomputed) + precomputed.sum::<usize>()
    }

    /// The value of `$config`, a map.
    pub(crate) fn config<'a>(&'a self, arena: &'a Arena) -> Value<'a> {
        self.config.value(arena)
    }

    /// Why every event is refused, or `None` if the settings are valid.
    pub(super) fn refusal(&self) -> Option<Box<Refused<'_>>> {
        self.refused.as_ref().map(StoredRefusal::raise)
    }

    /// The value of a precomputed expression of the plan.
    pub(super) fn precomputed<'a>(
        &'a self,
        number: usize,
        arena: &'a Arena,
    ) -> RunResult<'a, Option<Value<'a>>> {
        Ok(self.precomputed_json(number)?.map(|constant| constant.value(arena)))
    }

    /// Like [`Self::precomputed`], with its JSON text.
    pub(super) fn precomputed_json(&self, number: usize) -> RunResult<'_, Option<&Constant>> {
        match self.precomputed.get(number).map(|precomputed| &precomputed.value) {
            Some(Ok(value)) => Ok(value.as_ref()),
            Some(Err(refusal)) => Err(refusal.raise()),
            None => Ok(None),
        }
    }

    /// Why a precomputed value cannot be sent as headers.
    pub(super) fn header_fault(&self, number: usize) -> Option<&str> {
        self.precomputed.get(number)?.header_fault.as_deref()
    }

    /// A precomputed text as the beginning of a URL; `None` if it is missing or not text.
    pub(super) fn precomputed_base(&self, number: usize) -> RunResult<'_, Option<PrecomputedBase<'_>>> {
        let constant = self.precomputed_json(number)?;
        let text = constant.and_then(Constant::text);
        Ok(text.zip(self.precomputed.get(number).map(|precomputed| precomputed.base)))
    }
}

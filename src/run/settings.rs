//! A destination's settings, checked and with everything computed that needs nothing else.

use super::evaluate::Run;
use super::refusal::{RefusalKind, Refused, RunResult};
use crate::json::{Document, Limits, Malformed, Tape};
use crate::plan::{Constant, Origin, Plan, RefusalTemplate, TooLarge};
use crate::value::{Arena, Assembly, Kind, Value, View, same, truthy};

/// A destination's settings, prepared for one plan. They never appear in a message.
pub struct Settings {
    config: Constant,
    precomputed: Vec<Precomputed>,
    refused: Option<StoredRefusal>,
}

/// A value that needs the settings only.
enum Precomputed {
    Value(Option<Constant>),
    Refused(StoredRefusal),
}

/// A refusal that is raised again for each event.
struct StoredRefusal {
    message: String,
    kind: RefusalKind,
    origin: Option<Origin>,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Settings (not shown)")
    }
}

impl StoredRefusal {
    fn of(refused: Refused<'_>) -> Self {
        Self { message: refused.message, kind: refused.kind, origin: refused.origin.cloned() }
    }

    /// That what the settings give cannot be kept.
    fn too_large(why: TooLarge, origin: Option<Origin>) -> Self {
        Self { message: format!("the settings: {why}"), kind: RefusalKind::Configuration, origin }
    }

    #[expect(
        clippy::unnecessary_box_returns,
        reason = "errors travel boxed, so that the way without them stays narrow"
    )]
    fn again(&self) -> Box<Refused<'_>> {
        Box::new(Refused { message: self.message.clone(), kind: self.kind, origin: self.origin.as_ref() })
    }
}

impl Settings {
    /// Reads settings from JSON text.
    ///
    /// # Errors
    /// When the text is not a JSON map. Settings that a mapping asks for and that are missing are no error here:
    /// they refuse each event.
    pub fn read(plan: &Plan, json: &str) -> Result<Self, Malformed> {
        let mut slots = Tape::default();
        let document = Document::read(json, &mut slots, &Limits::default())?;
        if !matches!(Value::Node(document.root()).kind(), Kind::Map) {
            return Err(Malformed { message: "the settings are not a map", offset: 0 });
        }
        Ok(Self::prepare(plan, Value::Node(document.root())))
    }

    /// No settings at all.
    #[must_use]
    pub fn none(plan: &Plan) -> Self {
        Self::prepare(plan, Value::Map(&[]))
    }

    /// Prepares settings that are a map.
    pub(crate) fn prepare(plan: &Plan, given: Value<'_>) -> Self {
        let arena = Arena::new();
        let config = Constant::of(with_defaults(plan, given, &arena));
        let too_large = config.as_ref().err().map(|&why| StoredRefusal::too_large(why, None));
        let config = config.unwrap_or_else(|_| Constant::null());
        let mut settings = Self { config, precomputed: Vec::new(), refused: too_large };
        if settings.refused.is_none() {
            settings.refused = settings.check(plan);
        }
        for expr in &plan.precomputed {
            let arena = Arena::new();
            let precomputed = match settings.alone(plan, &arena).value(expr) {
                Ok(value) => match value.map(Constant::of).transpose() {
                    Ok(value) => Precomputed::Value(value),
                    Err(why) => {
                        Precomputed::Refused(StoredRefusal::too_large(why, Some(expr.origin.clone())))
                    }
                },
                Err(refused) => Precomputed::Refused(StoredRefusal::of(*refused)),
            };
            settings.precomputed.push(precomputed);
        }
        settings
    }

    /// A run that sees no event.
    fn alone<'a>(&'a self, plan: &'a Plan, arena: &'a Arena) -> Run<'a, ()> {
        let document = arena.alloc(plan.empty_event.document());
        Run::new(plan, self, arena, document, document.root(), ())
    }

    fn check(&self, plan: &Plan) -> Option<StoredRefusal> {
        let arena = Arena::new();
        let Value::Node(config) = self.config(&arena) else { return None };
        for setting in &plan.settings {
            let value = config.member(&setting.name).map(Value::Node);
            // `false` and 0 are settings only where their type says so.
            let any = matches!(setting.kind, Some(Kind::Bool | Kind::Number));
            let present = value.filter(|value| value.is_present() && (any || truthy(*value, &arena)));
            let wrong: Option<&RefusalTemplate> = match (present, &setting.required) {
                (None, Some(failure)) => Some(failure),
                (None, None) => None,
                (Some(value), _) => {
                    let listed = setting.one_of.as_ref().is_none_or(|allowed| {
                        allowed.iter().any(|constant| same(constant.value(&arena), value, &arena))
                    });
                    let fits = setting.kind.is_none_or(|kind| value.kind() == kind);
                    (!listed || !fits).then_some(&setting.invalid)
                }
            };
            if let Some(failure) = wrong {
                return Some(StoredRefusal::of(*self.alone(plan, &arena).refuse(failure)));
            }
        }
        None
    }

    /// The settings as `$config` sees them.
    pub(super) fn config<'a>(&'a self, arena: &'a Arena) -> Value<'a> {
        self.config.value(arena)
    }

    /// Why every event is refused, if that is so.
    pub(super) fn refusal(&self) -> Option<Box<Refused<'_>>> {
        self.refused.as_ref().map(StoredRefusal::again)
    }

    pub(super) fn precomputed<'a>(
        &'a self,
        number: usize,
        arena: &'a Arena,
    ) -> RunResult<'a, Option<Value<'a>>> {
        match self.precomputed.get(number) {
            Some(Precomputed::Value(value)) => Ok(value.as_ref().map(|constant| constant.value(arena))),
            Some(Precomputed::Refused(kept)) => Err(kept.again()),
            None => Ok(None),
        }
    }

    /// The same as JSON text.
    pub(super) fn precomputed_json(&self, number: usize) -> RunResult<'_, Option<&Constant>> {
        match self.precomputed.get(number) {
            Some(Precomputed::Value(value)) => Ok(value.as_ref()),
            Some(Precomputed::Refused(kept)) => Err(kept.again()),
            None => Ok(None),
        }
    }
}

fn with_defaults<'a>(plan: &'a Plan, given: Value<'a>, arena: &'a Arena) -> Value<'a> {
    let mut all = Assembly::new(arena);
    if let View::Map(map) = given.view(arena) {
        all.put_all(map);
    }
    for setting in &plan.settings {
        let missing = match given.view(arena) {
            View::Map(map) => !map.get(&setting.name).is_some_and(Value::is_present),
            _ => true,
        };
        if let Some(default) = setting.default.as_ref().filter(|_| missing) {
            all.put(&setting.name, default.value(arena));
        }
    }
    all.value()
}

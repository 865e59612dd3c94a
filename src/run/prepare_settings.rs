//! Checks a destination's settings and computes the values of the plan that depend on nothing else.

use super::evaluator::Evaluator;
use super::inputs::Inputs;
use super::refusal::Refused;
use super::setting_check::{SettingProblem, converted, expectation, problem};
use super::settings::{PreparedSettings, StoredRefusal};
use crate::plan::{Constant, Expr, Plan};
use crate::value::{Arena, Assembly, BoundedString, EventLimits, Value, View, json};

/// Prepares settings, a map, for a plan. Settings that are missing or invalid refuse every event; so does a value that
/// depends on them and costs more than the limits allow.
pub(crate) fn prepare_settings(plan: &Plan, settings: Value<'_>, limits: EventLimits) -> PreparedSettings {
    let arena = Arena::new();
    let mut prepared = match Constant::of(with_defaults(plan, settings, &arena)) {
        Ok(config) => {
            let mut prepared = PreparedSettings::new(config);
            if let Some(refusal) = check(plan, &prepared) {
                prepared.refuse_all(refusal);
            }
            prepared
        }
        Err(too_large) => {
            let mut prepared = PreparedSettings::new(Constant::null());
            prepared.refuse_all(StoredRefusal::too_large(too_large, None));
            prepared
        }
    };
    for expr in &plan.precomputed {
        let value = precomputed(plan, &prepared, expr, limits);
        prepared.add_precomputed(value);
    }
    prepared
}

/// The value of an expression that depends on settings only.
fn precomputed(
    plan: &Plan,
    settings: &PreparedSettings,
    expr: &Expr,
    limits: EventLimits,
) -> Result<Option<Constant>, StoredRefusal> {
    let arena = Arena::with_limits(limits);
    let mut evaluator = without_event(plan, settings, &arena);
    let value = evaluator.value(expr).and_then(|value| {
        // Its size as JSON is part of what it costs.
        let mut json_text = BoundedString::new(&arena);
        if let Some(value) = value {
            json(value, &mut json_text);
        }
        evaluator.within_limits(&expr.origin).map(|()| value)
    });
    match value {
        Ok(value) => value
            .map(Constant::of)
            .transpose()
            .map_err(|too_large| StoredRefusal::too_large(too_large, Some(expr.origin.clone()))),
        Err(refused) => Err(StoredRefusal::new(*refused)),
    }
}

/// An evaluator for values that do not depend on an event.
fn without_event<'a>(plan: &'a Plan, settings: &'a PreparedSettings, arena: &'a Arena) -> Evaluator<'a, ()> {
    let document = arena.alloc(plan.empty_event.document());
    Evaluator::new(plan, Inputs::of_settings(settings), arena, document, document.root(), ())
}

/// The refusal of the first setting that is missing or invalid.
fn check(plan: &Plan, settings: &PreparedSettings) -> Option<StoredRefusal> {
    let arena = Arena::new();
    let Value::Node(config) = settings.config(&arena) else { return None };
    let refusal = |refused: Box<Refused<'_>>| Some(StoredRefusal::new(*refused));
    for setting in &plan.settings {
        let value = config.member(&setting.name).map(Value::Node);
        match problem(setting, value, &arena) {
            None => {}
            Some(SettingProblem::Missing) => {
                return refusal(without_event(plan, settings, &arena).refuse(setting.required.as_ref()?));
            }
            Some(SettingProblem::Invalid) => {
                let mut refused = without_event(plan, settings, &arena).refuse(&setting.invalid);
                if setting.standard_message {
                    let expectation = expectation(setting, value?, &arena);
                    refused.message = format!("the setting `{}` {expectation}", setting.name);
                }
                return refusal(refused);
            }
        }
    }
    None
}

fn with_defaults<'a>(plan: &'a Plan, settings: Value<'a>, arena: &'a Arena) -> Value<'a> {
    let mut merged = Assembly::new(arena);
    let map = match settings.view(arena) {
        View::Map(map) => Some(map),
        _ => None,
    };
    if let Some(map) = map {
        merged.put_all(map);
    }
    for setting in &plan.settings {
        if let Some(value) = map.and_then(|map| converted(setting, map, arena)) {
            merged.put(&setting.name, value);
        }
        let missing = map.is_none_or(|map| !map.get(&setting.name).is_some_and(Value::is_present));
        if let Some(default) = setting.default.as_ref().filter(|_| missing) {
            merged.put(&setting.name, default.value(arena));
        }
    }
    merged.value()
}

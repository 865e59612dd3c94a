//! `prepare:` changes the event before any rule sees it: the event is written as new text with the change and read again.

use super::evaluator::{Evaluator, event_error};
use super::observer::{Observation, Observer, Subject};
use super::refusal::RunResult;
use crate::json::{Document, Limits, Node};
use crate::limits::PREPARED_DEPTH;
use crate::path::{self, Segment};
use crate::plan::Assignment;
use crate::value::{Arena, BoundedString, Kind, Value, View, json, quote};

const ELSEWHERE: &str =
    "`prepare` cannot change a map that is not part of the event; write a path on the event after `in:`";

const TOO_LARGE: &str =
    "`prepare` would make an event of more than 512 levels or 4 GiB; set a smaller part of it";

/// Makes the changes whose `when` is true, one after another.
pub(super) fn prepare<'a, O: Observer>(evaluator: &mut Evaluator<'a, O>) -> RunResult<'a, ()> {
    let (plan, arena) = (evaluator.plan(), evaluator.arena());
    for (number, preparation) in plan.prepare.iter().enumerate() {
        evaluator.observe(Observation::Enter(Subject::Preparation(number)));
        let applies = match &preparation.when {
            Some(when) => evaluator.holds(when)?,
            None => true,
        };
        let assignments = if applies { &*preparation.set } else { &[] };
        for assignment in assignments {
            let target = evaluator.raw(&assignment.target)?;
            let key = evaluator.value(&assignment.key)?.map(|key| key.view(arena));
            evaluator.observe(Observation::Enter(Subject::Value(&assignment.to)));
            let value = evaluator.raw(&assignment.to)?;
            evaluator.leave(&assignment.to, value);
            let (Some(target), Some(View::Text(key)), Some(value)) = (target, key, value) else { continue };
            if target.kind() != Kind::Map {
                continue;
            }
            let changed = with_member(evaluator.event(), target, key, value, arena);
            evaluator.within_limits(&assignment.to.origin)?;
            let changed =
                changed.map_err(|reason| event_error(&assignment.target.origin, reason.to_owned()))?;
            if O::ENABLED
                && let Value::Node(target) = target
            {
                assign_shown(evaluator, assignment, target, key, value);
            }
            evaluator.restart(changed);
        }
        evaluator.observe(Observation::Leave(Some(Value::Bool(applies))));
    }
    Ok(())
}

/// The event with the member `key` of the map `target` set to `value`. Text outside of that map is copied unchanged.
///
/// # Errors
/// Why that is impossible, in one sentence.
fn with_member<'a>(
    (event, document): (Node<'a>, &'a Document<'a>),
    target: Value<'a>,
    key: &str,
    value: Value<'a>,
    arena: &'a Arena,
) -> Result<&'a Document<'a>, &'static str> {
    let target = match target {
        Value::Node(node) if node.belongs_to(document) => node,
        _ => return Err(ELSEWHERE),
    };
    // The text consists of JSON that was read before, so it can only be too deep or too long.
    let text = changed_text(event, target, document, key, value, arena).ok_or(TOO_LARGE)?;
    Document::in_arena(text, arena, &Limits { bytes: usize::MAX, depth: PREPARED_DEPTH })
        .map_err(|_| TOO_LARGE)
}

/// The text of the changed event; `None` when a limit is exceeded.
fn changed_text<'a>(
    event: Node<'a>,
    target: Node<'a>,
    document: &'a Document<'a>,
    key: &str,
    value: Value<'a>,
    arena: &'a Arena,
) -> Option<&'a str> {
    let (event, map) = (event.range(), target.range());
    let text = document.text();
    let mut out = BoundedString::with_capacity(event.len() + key.len() + 64, arena);
    out.push(&text[event.start..map.start])?;
    out.push("{")?;
    for (name, member) in target.members().filter(|(name, _)| name != key) {
        quote(&name, &mut out);
        out.push(":")?;
        out.push(&text[member.range()])?;
        out.push(",")?;
    }
    quote(key, &mut out);
    out.push(":")?;
    match value {
        // Its line breaks do no harm: the text is read again.
        Value::Node(node) => out.push(node.json())?,
        _ => json(value, &mut out),
    }
    out.push("}")?;
    out.push(&text[map.end..event.end])?;
    let text = out.finish();
    Document::fits(text, arena)?;
    Some(text)
}

/// Makes an assignment in the event that an observer sees, where secrets are masked. Until there is one, that is the event.
fn assign_shown<'a, O: Observer>(
    evaluator: &mut Evaluator<'a, O>,
    assignment: &'a Assignment,
    target: Node<'a>,
    key: &'a str,
    value: Value<'a>,
) {
    let (public_key, shown) = (evaluator.is_public(&assignment.key), evaluator.shown_event());
    if shown.is_none() && public_key && evaluator.is_public(&assignment.to) {
        return;
    }
    let arena = evaluator.arena();
    let (event, document) = evaluator.event();
    let shown_event = shown.map_or((event, document), |shown| (shown.root(), shown));
    let place = steps_to(event, target)
        .and_then(|steps| path::walk(Value::Node(shown_event.0), &steps, arena))
        .filter(|place| place.kind() == Kind::Map);
    let changed = match place {
        Some(Value::Node(map)) => {
            let shown_key = evaluator.shown(&assignment.key, Some(Value::Text(key)));
            let key = shown_key.and_then(|key| key.text(arena)).unwrap_or_default();
            let value = evaluator.shown(&assignment.to, Some(value)).unwrap_or(Value::Null);
            with_member(shown_event, Value::Node(map), key, value, arena).ok()
        }
        // The map is in a part that is masked already.
        _ => shown,
    };
    // Of an event without any members, nothing is shown.
    let nothing = || &*arena.alloc(evaluator.plan().empty_event.document());
    let changed = changed.unwrap_or_else(nothing);
    evaluator.set_shown_event(changed);
}

/// The path from a node to a node in it.
fn steps_to(from: Node<'_>, to: Node<'_>) -> Option<Vec<Segment>> {
    let (mut node, mut steps) = (from, Vec::new());
    let holds = |node: &Node<'_>| node.range().contains(&to.range().start);
    while node.index() != to.index() {
        let member = node.members().find(|(_, member)| holds(member));
        let (step, next) = if let Some((name, member)) = member {
            (Segment::Name((&*name).into()), member)
        } else {
            let (index, element) = (0..).zip(node.elements()).find(|(_, element)| holds(element))?;
            (Segment::Index(index), element)
        };
        steps.push(step);
        node = next;
    }
    Some(steps)
}

//! `prepare:` changes the event before any rule sees it: the event is written as new text with the change and read again.

use super::evaluator::{Evaluator, event_error};
use super::observer::{Observation, Observer, Subject};
use super::refusal::RunResult;
use crate::json::{Document, Limits, Node};
use crate::limits::PREPARED_DEPTH;
use crate::value::{Arena, BoundedString, Kind, Value, View, json};

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
            evaluator.observe(Observation::Leave(value));
            let (Some(target), Some(View::Text(key)), Some(value)) = (target, key, value) else { continue };
            if target.kind() != Kind::Map {
                continue;
            }
            let changed = with_member(evaluator.event(), target, key, value, arena);
            evaluator.within_limits(&assignment.to.origin)?;
            let changed =
                changed.map_err(|reason| event_error(&assignment.target.origin, reason.to_owned()))?;
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
        json(Value::Text(&name), &mut out);
        out.push(":")?;
        out.push(&text[member.range()])?;
        out.push(",")?;
    }
    json(Value::Text(key), &mut out);
    out.push(":")?;
    json(value, &mut out);
    out.push("}")?;
    out.push(&text[map.end..event.end])?;
    let text = out.finish();
    arena.fits(Document::max_entry_bytes(text))?;
    Some(text)
}

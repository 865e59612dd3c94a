//! Equality of values, and which values are truthy in templates.

use super::{Arena, Value, View};

/// Whether two values are equal, as far as the arena's limits allow. Numbers are compared by value (`1`, `1.0` and `1e0` are equal), maps regardless of order.
#[must_use]
pub fn same<'a>(left: Value<'a>, right: Value<'a>, arena: &'a Arena) -> bool {
    match (left.view(arena), right.view(arena)) {
        (View::Null, View::Null) => true,
        (View::Bool(left), View::Bool(right)) => left == right,
        (View::Text(left), View::Text(right)) => left == right,
        (View::Number(left), View::Number(right)) => left.equals(right),
        (View::List(left), View::List(right)) => {
            left.len() == right.len()
                && left.iter().zip(right.iter()).all(|(l, r)| arena.spend(1).is_some() && same(l, r, arena))
        }
        (View::Map(left), View::Map(right)) => same_members(left.members(arena), right.members(arena), arena),
        _ => false,
    }
}

type Members<'a> = [(&'a str, Value<'a>)];

fn same_members<'a>(left: &'a Members<'a>, right: &'a Members<'a>, arena: &'a Arena) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let equal_in_order = |left: &Members<'a>, right: &Members<'a>| {
        left.iter()
            .zip(right)
            .all(|((l_key, l), (r_key, r))| l_key == r_key && arena.spend(1).is_some() && same(*l, *r, arena))
    };
    let same_order = left.iter().zip(right).all(|((left, _), (right, _))| left == right);
    if same_order {
        equal_in_order(left, right)
    } else {
        equal_in_order(sorted(left, arena), sorted(right, arena))
    }
}

/// The members sorted by key.
fn sorted<'a>(members: &Members<'a>, arena: &'a Arena) -> &'a Members<'a> {
    let sorted = arena.alloc_slice_copy(members);
    sorted.sort_unstable_by_key(|(key, _)| *key);
    sorted
}

/// Appends a byte string that is equal for two values exactly if the values are equal, as far as the arena's limits allow.
/// It is a key for sets, not JSON.
pub(crate) fn canonical<'a>(value: Value<'a>, arena: &'a Arena, out: &mut Vec<u8>) {
    match value.view(arena) {
        View::Null => out.push(b'n'),
        View::Bool(truth) => out.push(if truth { b't' } else { b'f' }),
        View::Text(text) => length_prefixed(text, out),
        View::Number(number) => {
            let start = out.len();
            out.extend_from_slice(&[b'0'; 9]);
            number.canonical(out);
            let length = out.len() - start - 9;
            out[start + 1..start + 9].copy_from_slice(&length.to_le_bytes());
        }
        View::List(list) => {
            out.push(b'[');
            for item in list.iter() {
                if arena.spend(1).and_then(|()| arena.fits(out.len())).is_none() {
                    return;
                }
                canonical(item, arena, out);
            }
            out.push(b']');
        }
        View::Map(map) => {
            out.push(b'{');
            for (key, member) in sorted(map.members(arena), arena) {
                if arena.spend(1).and_then(|()| arena.fits(out.len())).is_none() {
                    return;
                }
                length_prefixed(key, out);
                canonical(*member, arena, out);
            }
            out.push(b'}');
        }
    }
}

/// Appends the length of a text and the text, so that its contents cannot be confused with what follows.
fn length_prefixed(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    out.extend_from_slice(&text.len().to_le_bytes());
    out.extend_from_slice(text.as_bytes());
}

/// Whether a value counts as *filled*: it is present and not `false`, `0`, `{}` or `[]`.
#[must_use]
pub fn truthy<'a>(value: Value<'a>, arena: &'a Arena) -> bool {
    match value.view(arena) {
        View::Null => false,
        View::Bool(truth) => truth,
        View::Number(number) => !number.is_zero(),
        View::Text(text) => !text.is_empty(),
        View::List(list) => !list.is_empty(),
        View::Map(map) => !map.is_empty(),
    }
}

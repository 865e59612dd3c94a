//! Conditions that can never hold.

use std::rc::Rc;

use foldhash::{HashMap, HashSet};

use crate::abstract_value::{AbstractValue, Case, Constraint};
use crate::analysis::{Assumptions, Compared, describe_values};
use crate::diag::{Code, Diagnostic, Errors};
use crate::source::Span;
use crate::syntax::Text;
use crate::value::Kinds;

/// Maximum number of tests around a condition that it is compared with; far more than real rules have.
const MAX_AROUND: usize = 1024;

/// Reports a test that no possible value passes.
pub(super) fn never(path: &Text, known: &AbstractValue, span: Span, errors: &mut Errors<'_>) {
    let possible_values = match &known.values {
        Some(values) => describe_values(values),
        None => known.kinds.words(),
    };
    let message = if known.values.is_none() && known.kinds == Kinds::ANY {
        "this can never hold: no value passes all of these tests".to_owned()
    } else {
        format!("this can never hold: `{}` is {possible_values}", path.text)
    };
    errors.push(Diagnostic::new(Code::NeverTrue, span, message));
}

/// Reports a constant in a case that the value never has.
pub(super) fn case(compared: &Compared<'_>, errors: &mut Errors<'_>) {
    let Compared { path, case, text, expected, span, exact, types: _ } = compared;
    if expected == text {
        return;
    }
    let message = match case {
        Some(Case::Upper) => format!("`{}` is always upper case, so it is never `{text}`", path.text),
        Some(Case::Lower) => format!("`{}` is always lower case, so it is never `{text}`", path.text),
        None => format!("event types are lower case: `{expected}`"),
    };
    let diagnostic = Diagnostic::new(Code::WrongCase, *span, message);
    errors.push(match exact {
        Some(inner) => diagnostic.fix(*inner, expected),
        None => diagnostic.help(format!("write `{expected}`")),
    });
}

/// Reports tests that cannot hold at the same time, given the conditions around them.
pub(super) fn conjunction<'h>(
    assumptions: &'h Assumptions,
    around: &[Rc<Assumptions>],
    outer: &mut Vec<&'h Assumptions>,
    errors: &mut Errors<'_>,
) {
    let mut constraints: HashMap<&str, (Constraint, Span, Span)> = HashMap::default();
    let known = around.iter().map(|assumptions| &**assumptions).chain(outer.iter().copied());
    let own: HashSet<&str> = assumptions.atoms.iter().map(|atom| &*atom.key).collect();
    let atoms = known.flat_map(|assumptions| &assumptions.atoms).take(MAX_AROUND);
    for atom in atoms.filter(|atom| own.contains(&*atom.key)) {
        let constraint = match constraints.remove(&*atom.key) {
            Some((constraint, ..)) => constraint.and(atom.constraint.clone()),
            None => atom.constraint.clone(),
        };
        constraints.insert(&atom.key, (constraint, atom.origin, atom.span));
    }
    let mut diagnostic = None;
    for atom in &assumptions.atoms {
        let Some((before, place, user)) = constraints.remove(&*atom.key) else {
            constraints.insert(&atom.key, (atom.constraint.clone(), atom.origin, atom.span));
            continue;
        };
        let combined = before.clone().and(atom.constraint.clone());
        // A named condition that contradicts itself is reported at its definition.
        let same_place =
            place == atom.span || atom.named && (place.range() == atom.origin.range() || user == atom.span);
        let possible = !before.is_impossible() && !atom.constraint.is_impossible();
        if possible && combined.is_impossible() && !same_place && diagnostic.is_none() {
            let message = "this contradicts the other test of the same value, so they never hold together";
            let first = Diagnostic::new(Code::NeverTrue, atom.span, message);
            diagnostic = Some(first.related(place, "the other test"));
        }
        constraints.insert(&atom.key, (combined, atom.origin, atom.span));
    }
    drop(constraints);
    if let Some(diagnostic) = diagnostic {
        errors.push(diagnostic);
        return;
    }
    outer.push(assumptions);
    for branch in assumptions.any.iter().flatten() {
        conjunction(branch, around, outer, errors);
    }
    outer.pop();
}

//! Keys of which one must be there, or only one may.

use super::schema::misspelt;
use super::shape::{Form, Presence, Property, Shape};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::syntax::Yaml;

/// The keys of `[{ required: [a] }, { required: [b] }]`; `None` when a form asks for something else.
pub(super) fn keys(forms: &[Yaml]) -> Option<Vec<String>> {
    let key = |form: &Yaml| match form.entries()? {
        [only] if only.key.node == "required" => match only.value.items()? {
            [name] => name.words().map(ToOwned::to_owned),
            _ => None,
        },
        _ => None,
    };
    forms.iter().map(key).collect()
}

/// One of the keys must be written; when they exclude each other, no two may always be there together.
pub(super) fn check(
    part: &str,
    schema: &Yaml,
    keys: &[String],
    exclude: bool,
    shape: &Shape,
) -> Vec<Diagnostic> {
    let mut all_found = Vec::new();
    let Form::Map(members, open) = &shape.form else { return all_found };
    let written: Vec<&Property> = members.iter().filter(|member| keys.contains(&member.key.node)).collect();
    let all = || format!("`{}`", keys.join("`, `"));
    if written.is_empty() && !open && !keys.iter().any(|key| misspelt(schema, members, key)) {
        let near =
            members.first().map(|member| did_you_mean(&member.key.node, keys.iter().map(String::as_str)));
        let span = members.first().map_or(shape.span, |member| member.key.span);
        let message =
            format!("`{part}` needs one of {}, and none is written{}", all(), near.unwrap_or_default());
        all_found.push(Diagnostic::new(Code::NotExactlyOne, span, message));
    }
    if !exclude {
        return all_found;
    }
    // Without a condition on either, an event that has both gets both.
    let free = |member: &&Property| !member.value.guarded && !conditional(&member.value);
    let mut free = written.iter().copied().filter(free);
    if let (Some(first), Some(second)) = (free.next(), free.next()) {
        let message = format!("`{part}` takes exactly one of {}, and two can be there at once", all());
        let found = Diagnostic::new(Code::NotExactlyOne, second.key.span, message)
            .related(first.key.span, "the other one");
        all_found.push(found.help("give one of them a `when` that holds only without the other"));
    }
    all_found
}

/// Whether something keeps a value away that is there: a condition or a filter.
fn conditional(shape: &Shape) -> bool {
    match &shape.form {
        Form::Choice(all) => {
            all.iter().all(|one| one.guarded || conditional(one)) && shape.presence == Presence::Maybe
        }
        _ => shape.guarded,
    }
}

//! Keys of which at least one, or exactly one, must be present.

use super::schema::is_misspelt;
use super::shape::{Form, Presence, Property, Shape};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::syntax::Yaml;

/// The keys of `[{ required: [a] }, { required: [b] }]`; `None` if any of the schemas is different.
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

/// At least one of the keys must be written; if `exclusive`, no two of them may be present for the same event.
pub(super) fn check(
    part: &str,
    schema: &Yaml,
    keys: &[String],
    exclusive: bool,
    shape: &Shape,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let Form::Map(members, open) = &shape.form else { return findings };
    let written: Vec<&Property> = members.iter().filter(|member| keys.contains(&member.key.node)).collect();
    let key_list = || format!("`{}`", keys.join("`, `"));
    if written.is_empty() && !open && !keys.iter().any(|key| is_misspelt(schema, members, key)) {
        let suggestion =
            members.first().map(|member| did_you_mean(&member.key.node, keys.iter().map(String::as_str)));
        let span = members.first().map_or(shape.span, |member| member.key.span);
        let message = format!(
            "`{part}` needs one of {}, but none is written{}",
            key_list(),
            suggestion.unwrap_or_default()
        );
        findings.push(Diagnostic::new(Code::NotExactlyOne, span, message));
    }
    if !exclusive {
        return findings;
    }
    // If neither has a condition, an event with both values produces both keys.
    let unconditional = |member: &&Property| !member.value.guarded && !is_conditional(&member.value);
    let mut unconditional = written.iter().copied().filter(unconditional);
    if let (Some(first), Some(second)) = (unconditional.next(), unconditional.next()) {
        let message = format!(
            "`{part}` takes exactly one of {}, but two can be present for the same event",
            key_list()
        );
        let diagnostic = Diagnostic::new(Code::NotExactlyOne, second.key.span, message)
            .related(first.key.span, "the other one");
        findings.push(diagnostic.help("give one of them a `when` that holds only if the other is missing"));
    }
    findings
}

/// Whether a condition or a filter can leave out a value that is present in the event.
fn is_conditional(shape: &Shape) -> bool {
    match &shape.form {
        Form::Choice(alternatives) => {
            alternatives.iter().all(|shape| shape.guarded || is_conditional(shape))
                && shape.presence == Presence::Maybe
        }
        _ => shape.guarded,
    }
}

//! `replace`

use crate::abstract_value::AbstractValue;
use crate::ops::args::found;
use crate::ops::pattern::pattern;
use crate::ops::{
    ArgError, ArgKind, Args, Call, EffectArgs, Equivalents, Example, Gives, Group, Meaning, Missing,
    Operation, Operator,
};
use crate::value::{Arena, BYTES_PER_STEP, BoundedString, Kind, Kinds, Pattern, Value, plain};

pub(super) const ROW: Operator = Operator {
    name: "replace",
    group: Group::Text,
    summary: "Replaces every match of a text or a pattern (`regex`); `with` can contain `$1` or `${name}` for a group of the pattern.",
    argument: ArgKind::Constant("`text` or `regex`, and `with` (without it, matches are removed)"),
    with: &[],
    takes: Kinds::SCALAR,
    gives: Gives::Kinds(Kinds::TEXT),
    keeps: Kinds::ANY.without(Kinds::SCALAR),
    missing: Missing::Never,
    meaning: Meaning { effect, pattern: Some("regex"), ..Meaning::PLAIN },
    equivalents: Equivalents {
        vrl: "replace",
        bloblang: ".replace_all(), .re_replace_all()",
        mapping_kit: "@replace",
        rudderstack: "removeSpacesAndDashes, domainUrl",
    },
    examples: &[
        Example {
            step: r#"{ replace: { text: "-", with: "" } }"#,
            input: r#""555-123-4""#,
            output: r#""5551234""#,
        },
        Example {
            step: r"{ replace: { regex: '[\s-]+' } }",
            input: r#""555 123 - 4""#,
            output: r#""5551234""#,
        },
        Example {
            step: r#"{ replace: { regex: "^(\\w+) (\\w+)$", with: "$2, $1" } }"#,
            input: r#""Ann Lee""#,
            output: r#""Lee, Ann""#,
        },
        Example { step: "{ replace: { text: a, with: b } }", input: "[1]", output: "[1]" },
    ],
    build,
};

/// The replacement can add letters of another case and delimiters.
fn effect(args: &EffectArgs<'_>, input: &AbstractValue, output: AbstractValue) -> AbstractValue {
    let options = args.constant.options(&["text", "regex", "with"]);
    let Ok(with) = options.and_then(|options| options.text("with")) else { return output };
    let with = with.unwrap_or_default();
    let case = input.case.filter(|case| case.of(with) == with);
    let no_delimiter = input.no_delimiter && !with.contains(['/', '?', '#']);
    AbstractValue { no_delimiter, case, ..output }.or_empty()
}

#[derive(Debug)]
enum Replace {
    Text { text: Box<str>, with: Box<str> },
    Regex { regex: Box<Pattern>, with: Box<str>, constant: bool },
}

fn build(args: &Args<'_>) -> Result<Box<dyn Operation>, ArgError> {
    let argument = args.required("a map with `text` or `regex`")?;
    let options = args.options(&["text", "regex", "with"])?;
    let with = options.text("with")?.unwrap_or_default();
    match (options.text("text")?, options.text("regex")?) {
        (Some(""), None) => Err(ArgError::at("text", "expected the text to search for, found empty text")),
        (Some(text), None) => Ok(Box::new(Replace::Text { text: text.into(), with: with.into() })),
        (None, Some(regex)) => {
            let regex = pattern(regex).map_err(|wrong| ArgError { at: vec!["regex".to_owned()], ..wrong })?;
            groups_exist(&regex, with)?;
            let constant = !with.contains('$');
            Ok(Box::new(Replace::Regex { regex: Box::new(regex), with: with.into(), constant }))
        }
        (Some(_), Some(_)) => Err(ArgError::at("regex", "expected `text` or `regex`, found both")),
        (None, None) => {
            let actual = found(argument, args.arena);
            Err(ArgError::new(format!(
                "expected a map with `text` or `regex`, what to search for, found {actual} without either"
            )))
        }
    }
}

/// Rejects unknown groups, which would silently be replaced by nothing.
fn groups_exist(regex: &Pattern, with: &str) -> Result<(), ArgError> {
    let wrong = |range, message| Err(ArgError { range: Some(range), ..ArgError::at("with", message) });
    let mut at = 0;
    while let Some(dollar) = with[at..].find('$').map(|found| at + found) {
        let rest = &with[dollar + 1..];
        if rest.starts_with('$') {
            at = dollar + 2;
            continue;
        }
        let (name, length) = if let Some(inner) = rest.strip_prefix('{') {
            let Some((name, _)) = inner.split_once('}') else {
                return wrong(dollar..with.len(), "expected `}` after `${`".to_owned());
            };
            (name, name.len() + 2)
        } else {
            let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
            let length = rest.bytes().take_while(in_name).count();
            (&rest[..length], length)
        };
        let exists = match name.parse::<usize>() {
            Ok(number) => number < regex.captures_len(),
            Err(_) => regex.capture_names().any(|known| known == Some(name)),
        };
        let range = dollar..dollar + 1 + length;
        if length == 0 {
            return wrong(
                range,
                "expected a group after `$`, such as `$1`; write `$$` for a dollar sign".to_owned(),
            );
        }
        if !exists {
            let digits = name.bytes().take_while(u8::is_ascii_digit).count();
            let hint = match name.split_at(digits) {
                (number, letters) if digits > 0 && !letters.is_empty() => {
                    format!("; write `${{{number}}}{letters}` if you mean group {number}")
                }
                _ => String::new(),
            };
            return wrong(range, format!("the pattern has no group `{name}`{hint}"));
        }
        at = dollar + 1 + length;
    }
    Ok(())
}

impl Operation for Replace {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        if matches!(input.kind(), Kind::Map | Kind::List | Kind::Null) {
            return Some(input);
        }
        let arena = call.arena();
        let text = plain(input, arena);
        arena.spend(match self {
            Self::Text { .. } => text.len() / BYTES_PER_STEP,
            Self::Regex { regex, .. } => regex.steps(text),
        })?;
        let replaced = match self {
            Self::Text { text: from, with } => replace_ranges(
                text,
                text.match_indices(&**from).map(|(at, _)| at..at + from.len()),
                with,
                arena,
            ),
            Self::Regex { regex, with, constant: true } => {
                replace_ranges(text, regex.find_iter(text).map(|found| found.range()), with, arena)
            }
            Self::Regex { regex, with, constant: false } => expand(text, regex, with, arena),
        };
        replaced.map(Value::Text)
    }
}

/// Replaces all these byte ranges of a text; `None` if a limit is exceeded.
fn replace_ranges<'a>(
    text: &'a str,
    ranges: impl Iterator<Item = std::ops::Range<usize>>,
    with: &str,
    arena: &'a Arena,
) -> Option<&'a str> {
    let mut ranges = ranges.peekable();
    if ranges.peek().is_none() {
        return Some(text);
    }
    let mut replaced = BoundedString::with_capacity(text.len(), arena);
    let mut from = 0;
    for range in ranges {
        replaced.push(&text[from..range.start])?;
        replaced.push(with)?;
        from = range.end;
    }
    replaced.push(&text[from..])?;
    Some(replaced.finish())
}

/// Replaces all matches of a pattern by a text that refers to its groups; `None` if a limit is exceeded.
fn expand<'a>(text: &'a str, regex: &Pattern, with: &str, arena: &'a Arena) -> Option<&'a str> {
    let references = with.matches('$').count();
    let mut matches = regex.captures_iter(text).peekable();
    if matches.peek().is_none() {
        return Some(text);
    }
    let mut replaced = BoundedString::with_capacity(text.len(), arena);
    let (mut from, mut expanded) = (0, String::new());
    for groups in matches {
        let range = groups.get_match().range();
        replaced.push(&text[from..range.start])?;
        // No group is longer than the match.
        arena.fits(range.len().saturating_mul(references).saturating_add(with.len()))?;
        expanded.clear();
        groups.expand(with, &mut expanded);
        replaced.push(&expanded)?;
        from = range.end;
    }
    replaced.push(&text[from..])?;
    Some(replaced.finish())
}

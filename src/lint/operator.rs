//! What an operator makes of what is known of its input.

use super::fact::{Case, Fact, Plain};
use super::limit::Limit;
use crate::diag::{Diagnostic, Findings};
use crate::ops::{Gives, Operator};
use crate::source::Span;
use crate::spec::{self, Entry, Node, Yaml};
use crate::value::Kinds;

/// A finding when an operator can never do anything with its input.
pub(super) fn unfit(row: &Operator, fact: &Fact, place: Span) -> Option<Diagnostic> {
    if fact.kinds.is_empty() {
        return None;
    }
    let name = row.name;
    // A number has no parts, though it could be written as text and cut.
    let takes = if name == "split" { Kinds::TEXT } else { row.takes };
    if name == "url_encode" && fact.is_collection() {
        let message = format!("{} goes into a text; add `join` or `first`", fact.kinds.words());
        return Some(Diagnostic::new("O307", place, message));
    }
    if name == "url_encode" && fact.encoded {
        let message = "this is encoded a second time: `%2F` becomes `%252F`";
        return Some(Diagnostic::new("T406", place, message));
    }
    if !fact.kinds.and(takes).is_empty() {
        return None;
    }
    let (is, wanted) = (fact.kinds.words(), takes.words());
    if !fact.kinds.and(row.keeps).is_empty() || name == "split" {
        let message = format!("`{name}` works on {wanted}, and here it gets {is}, which it leaves as it is");
        return Some(Diagnostic::new("O305", place, message));
    }
    let message = format!("`{name}` works on {wanted}, and here it gets {is}, so nothing ever comes out");
    Some(Diagnostic::new("O305", place, message))
}

/// What comes out.
pub(super) fn applied(row: &Operator, fact: Fact, argument: Option<&Yaml>, with: &[Entry]) -> Fact {
    let (taken, kept) = (fact.kinds.and(row.takes), fact.kinds.and(row.keeps));
    let given = match row.gives {
        Gives::Kinds(_) if taken.is_empty() => Kinds::NONE,
        Gives::Kinds(kinds) => kinds,
        Gives::Same => taken,
    };
    let by_kind = row.missing.starts_with("never")
        || matches!(row.missing, "null" | "a map, a list or null" | "not a map" | "not a list");
    let missing = fact.missing || !by_kind;
    let values = fact.values.clone();
    let secret = fact.secret.clone();
    let (was_missing, was_raw, was_encoded) = (fact.missing, fact.raw, fact.encoded);
    let made = Fact { missing, ..fact.clone().into_kinds(given.or(kept)) };
    match row.name {
        "keep_if" => {
            let test = argument.map(|argument| spec::test(argument, &mut Findings::default()));
            let limit = test.map(|test| Limit::of(&test)).unwrap_or_default();
            Fact { missing: true, ..limit.narrow(fact) }
        }
        "map_values" => map_values(argument, with, &fact, made),
        "lowercase" | "uppercase" => {
            let lower = row.name == "lowercase";
            let case = Some(if lower { Case::Lower } else { Case::Upper });
            let change = |plain: &Plain| match plain {
                Plain::Text(text) if lower => Some(Plain::Text(text.to_lowercase().into())),
                Plain::Text(text) => Some(Plain::Text(text.to_uppercase().into())),
                _ => None,
            };
            let values: Option<Vec<Plain>> = values.and_then(|values| values.iter().map(change).collect());
            match values {
                Some(values) => Fact { missing, case, ..made.among(values) },
                None => Fact { case, ..made },
            }
        }
        "string" | "trim" | "compact" => {
            let texts = values.filter(|values| {
                values.iter().all(|value| value.text().is_some_and(|text| text.trim() == text))
            });
            match texts {
                Some(values) => Fact { missing, ..made.among(values.iter().cloned()) },
                None => Fact { case: fact.case, encoded: was_encoded, raw: was_raw && made.raw, ..made },
            }
        }
        "url_encode" => Fact { raw: false, encoded: true, ..made },
        "hash" | "format_time" => Fact { raw: false, ..made },
        // A text that stays a text keeps its letters.
        "replace" | "slice" | "truncate" | "truncate_bytes" => Fact { case: fact.case, ..made },
        "first" => Fact { missing: was_missing || !taken.is_empty(), secret, ..made },
        _ => made,
    }
}

fn map_values(argument: Option<&Yaml>, with: &[Entry], input: &Fact, made: Fact) -> Fact {
    let results: Option<Vec<Plain>> = match argument.map(|argument| &argument.node) {
        Some(Node::Map(entries)) => {
            Some(entries.iter().map(|entry| Plain::Text(entry.key.node.as_str().into())).collect())
        }
        Some(Node::List(items)) => {
            items.iter().map(|item| item.get("to").and_then(|entry| Plain::of(&entry.value))).collect()
        }
        _ => None,
    };
    let Some(mut results) = results else { return made };
    let otherwise = with.iter().find(|entry| entry.key.node == "otherwise").map(|entry| &entry.value);
    let drops = otherwise.is_some_and(|value| value.node == Node::Text("drop".to_owned()));
    match otherwise {
        Some(_) if drops => Fact { missing: true, ..made.among(results) },
        Some(value) => match Plain::of(value) {
            Some(plain) => {
                results.push(plain);
                Fact { missing: input.missing, ..made.among(results) }
            }
            None => made,
        },
        // What is not listed stays.
        None => {
            let kinds = results.iter().fold(input.kinds, |kinds, value| kinds.or(value.kinds()));
            Fact { kinds, missing: input.missing, raw: input.raw, values: None, ..made }
        }
    }
}

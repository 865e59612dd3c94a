//! `lowercase` and `uppercase`

use bumpalo::collections::String;

use crate::abstract_value::{AbstractValue, Case};
use crate::ops::{ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator};
use crate::value::{Kind, Kinds, Value, plain};

pub(super) const LOWERCASE: Operator = Operator {
    name: "lowercase",
    group: Group::Text,
    summary: "Converts text to lowercase (Unicode); numbers and booleans become text.",
    argument: ArgKind::None,
    with: &[],
    takes: Kinds::SCALAR,
    gives: Gives::Kinds(Kinds::TEXT),
    keeps: Kinds::NONE,
    missing: Missing::OtherKinds("a map, a list or null"),
    meaning: Meaning { effect: |_, input, output| letters(Case::Lower, input, output), ..Meaning::PLAIN },
    equivalents: Equivalents {
        vrl: "downcase",
        bloblang: ".lowercase()",
        mapping_kit: "@case",
        rudderstack: "toLower",
    },
    examples: &[
        Example { step: "lowercase", input: r#""iOS""#, output: r#""ios""# },
        Example { step: "lowercase", input: "true", output: r#""true""# },
        Example { step: "lowercase", input: "[1]", output: "—" },
    ],
    build: |_| Ok(Box::new(LetterCase::Lower)),
};

/// The output in a case; its possible values are converted if they are known.
fn letters(case: Case, input: &AbstractValue, output: AbstractValue) -> AbstractValue {
    let no_delimiter = input.no_delimiter;
    AbstractValue { case: Some(case), no_delimiter, ..output }.texts_of(input, |text| case.of(text))
}

pub(super) const UPPERCASE: Operator = Operator {
    name: "uppercase",
    summary: "Converts text to uppercase (Unicode); numbers and booleans become text.",
    meaning: Meaning { effect: |_, input, output| letters(Case::Upper, input, output), ..Meaning::PLAIN },
    equivalents: Equivalents {
        vrl: "upcase",
        bloblang: ".uppercase()",
        mapping_kit: "@case",
        rudderstack: "toUpper",
    },
    examples: &[
        Example { step: "uppercase", input: r#""usd""#, output: r#""USD""# },
        Example { step: "uppercase", input: r#""Straße""#, output: r#""STRASSE""# },
        Example { step: "uppercase", input: "{}", output: "—" },
    ],
    build: |_| Ok(Box::new(LetterCase::Upper)),
    ..LOWERCASE
};

#[derive(Debug)]
enum LetterCase {
    Lower,
    Upper,
}

impl Operation for LetterCase {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        if matches!(input.kind(), Kind::Map | Kind::List | Kind::Null) {
            return None;
        }
        let arena = call.arena();
        let text = plain(input, arena);
        let already_converted = match self {
            Self::Lower => !text.chars().any(|letter| changes(letter.to_lowercase(), letter)),
            Self::Upper => !text.chars().any(|letter| changes(letter.to_uppercase(), letter)),
        };
        if already_converted {
            return Some(Value::Text(text));
        }
        // A letter can become three, such as `ΐ`.
        arena.fits(if text.is_ascii() { text.len() } else { text.len().saturating_mul(3) })?;
        let mut changed = String::with_capacity_in(text.len(), arena);
        match self {
            // Not character by character: a final sigma has its own lowercase form.
            Self::Lower if !text.is_ascii() => changed.push_str(&text.to_lowercase()),
            Self::Lower => changed.extend(text.chars().map(|letter| letter.to_ascii_lowercase())),
            Self::Upper => changed.extend(text.chars().flat_map(char::to_uppercase)),
        }
        Some(Value::Text(changed.into_bump_str()))
    }
}

/// Whether the case mapping of a letter differs from the letter.
fn changes(mut mapping: impl Iterator<Item = char>, letter: char) -> bool {
    mapping.next() != Some(letter) || mapping.next().is_some()
}

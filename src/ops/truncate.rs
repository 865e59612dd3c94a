//! `truncate` and `truncate_bytes`

use crate::abstract_value::{AbstractValue, Length};
use crate::ops::meaning::{part_of, unchanged};
use crate::ops::{
    ArgKind, Call, EffectArgs, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator,
};
use crate::value::{Kind, Kinds, Value, plain};

pub(super) const TRUNCATE: Operator = Operator {
    name: "truncate",
    group: Group::Text,
    summary: "Shortens a text to a maximum number of characters; other values are converted to text first.",
    argument: ArgKind::Constant("the maximum number of characters"),
    with: &[],
    takes: Kinds::ANY.without(Kinds::NULL),
    gives: Gives::Kinds(Kinds::TEXT),
    keeps: Kinds::NONE,
    missing: Missing::OtherKinds("null"),
    meaning: Meaning {
        effect: |args, input, output| cut(Length::chars, args, input, output),
        ..Meaning::PLAIN
    },
    equivalents: Equivalents {
        vrl: "truncate",
        bloblang: ".slice(0,n)",
        mapping_kit: "liquid truncate",
        rudderstack: "–",
    },
    examples: &[
        Example { step: "{ truncate: 3 }", input: r#""Résumé""#, output: r#""Rés""# },
        Example { step: "{ truncate: 10 }", input: r#""short""#, output: r#""short""# },
        Example { step: "{ truncate: 2 }", input: "1234", output: r#""12""# },
        Example { step: "{ truncate: 2 }", input: "null", output: "—" },
    ],
    build: |args| Ok(Box::new(Limit::Characters(args.count("a number of characters (0 or more)")?))),
};

fn cut(
    limit: fn(usize) -> Length,
    args: &EffectArgs<'_>,
    input: &AbstractValue,
    output: AbstractValue,
) -> AbstractValue {
    let Ok(max) = args.constant.count("") else { return output };
    let (limit, length) = (limit(max), input.text_length());
    let fits = match limit.max_chars {
        Some(max_chars) => length.char_limit().is_some_and(|chars| chars <= max_chars),
        None => length.max_bytes.is_some_and(|bytes| bytes <= max),
    };
    if fits {
        return unchanged(input, &output);
    }
    let part = part_of(input, output, limit);
    // A character can have up to four bytes.
    if limit.max_chars.unwrap_or(max / 4) == 0 { part.or_empty() } else { part }
}

pub(super) const TRUNCATE_BYTES: Operator = Operator {
    name: "truncate_bytes",
    summary: "Shortens a text to a maximum number of bytes (UTF-8); characters are never split.",
    argument: ArgKind::Constant("the maximum number of bytes"),
    meaning: Meaning {
        effect: |args, input, output| cut(Length::bytes, args, input, output),
        ..Meaning::PLAIN
    },
    equivalents: Equivalents {
        vrl: "–",
        bloblang: "–",
        mapping_kit: "–",
        rudderstack: "truncate-utf8-bytes",
    },
    examples: &[
        Example { step: "{ truncate_bytes: 5 }", input: r#""abcdefg""#, output: r#""abcde""# },
        Example { step: "{ truncate_bytes: 2 }", input: r#""Résumé""#, output: r#""R""# },
        Example { step: "{ truncate_bytes: 100 }", input: "true", output: r#""true""# },
        Example { step: "{ truncate_bytes: 5 }", input: "null", output: "—" },
    ],
    build: |args| Ok(Box::new(Limit::Bytes(args.count("a number of bytes (0 or more)")?))),
    ..TRUNCATE
};

#[derive(Debug)]
enum Limit {
    Characters(usize),
    Bytes(usize),
}

impl Operation for Limit {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        if input.kind() == Kind::Null {
            return None;
        }
        let text = plain(input, call.arena());
        let end = match *self {
            Self::Characters(limit) | Self::Bytes(limit) if text.len() <= limit => text.len(),
            Self::Characters(limit) => text.char_indices().nth(limit).map_or(text.len(), |(at, _)| at),
            Self::Bytes(limit) => (0..=limit).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0),
        };
        Some(Value::Text(&text[..end]))
    }
}

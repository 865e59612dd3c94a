//! `base64`

use base64::Engine as _;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::abstract_value::{AbstractValue, Length};
use crate::ops::args::found;
use crate::ops::{
    ArgError, ArgKind, Call, EffectArgs, Equivalents, Example, Gives, Group, Meaning, Missing, Operation,
    Operator,
};
use crate::value::{Arena, Kind, Kinds, Value, plain};

/// Encodes with padding; decodes with and without it.
const ENGINE: GeneralPurpose = GeneralPurpose::new(
    &ALPHABET,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

pub(super) const ROW: Operator = Operator {
    name: "base64",
    group: Group::Text,
    summary: "Encodes text as base64 (with padding), or decodes it; decoding also accepts the URL-safe alphabet and missing padding.",
    argument: ArgKind::Optional("`decode`"),
    with: &[],
    takes: Kinds::SCALAR,
    gives: Gives::Kinds(Kinds::TEXT),
    keeps: Kinds::NONE,
    missing: Missing::SomeValues(
        "a map, a list or null; when decoding, invalid base64 or data that is not UTF-8 text",
    ),
    meaning: Meaning { effect, ..Meaning::PLAIN },
    equivalents: Equivalents {
        vrl: "encode_base64, decode_base64",
        bloblang: r#".encode("base64"), .decode("base64")"#,
        mapping_kit: "liquid base64_encode",
        rudderstack: "base64Convertor",
    },
    examples: &[
        Example { step: "base64", input: r#""site:key""#, output: r#""c2l0ZTprZXk=""# },
        Example { step: "{ base64: decode }", input: r#""c2l0ZTprZXk""#, output: r#""site:key""# },
        Example { step: "{ base64: decode }", input: r#""no base64!""#, output: "—" },
        Example { step: "base64", input: "[]", output: "—" },
    ],
    build: |args| match args.argument {
        None => Ok(Box::new(Base64::Encode)),
        Some(value) if value.text(args.arena) == Some("decode") => Ok(Box::new(Base64::Decode)),
        Some(value) => {
            Err(ArgError::new(format!("expected `decode` or nothing, found {}", found(value, args.arena))))
        }
    },
};

fn effect(args: &EffectArgs<'_>, input: &AbstractValue, output: AbstractValue) -> AbstractValue {
    let max_bytes = input.text_length().max_bytes;
    if args.constant.argument.is_some() {
        return AbstractValue { length: Length { max_bytes, ..Length::default() }, ..output }.or_empty();
    }
    let max_bytes = max_bytes.map(|bytes| bytes.div_ceil(3).saturating_mul(4));
    AbstractValue { length: Length { max_bytes, ..Length::default() }, ..output }
}

#[derive(Debug)]
enum Base64 {
    Encode,
    Decode,
}

impl Operation for Base64 {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        if matches!(input.kind(), Kind::Map | Kind::List | Kind::Null) {
            return None;
        }
        let arena = call.arena();
        let text = plain(input, arena);
        match self {
            Self::Encode => encode(text, arena),
            Self::Decode => decode(text.trim(), arena),
        }
        .map(Value::Text)
    }
}

fn encode<'a>(text: &str, arena: &'a Arena) -> Option<&'a str> {
    arena.fits(text.len().div_ceil(3) * 4)?;
    let buffer = arena.alloc_slice_fill_copy(text.len().div_ceil(3) * 4, 0);
    let used = ENGINE.encode_slice(text, buffer).ok()?;
    std::str::from_utf8(&buffer[..used]).ok()
}

fn decode<'a>(text: &str, arena: &'a Arena) -> Option<&'a str> {
    arena.fits(text.len() * 2)?;
    let standard = arena.alloc_slice_copy(text.as_bytes());
    for byte in &mut *standard {
        *byte = match *byte {
            b'-' => b'+',
            b'_' => b'/',
            other => other,
        };
    }
    let buffer = arena.alloc_slice_fill_copy(text.len().div_ceil(4) * 3, 0);
    let used = ENGINE.decode_slice(standard, buffer).ok()?;
    std::str::from_utf8(&buffer[..used]).ok()
}

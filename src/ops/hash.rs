//! `hash`

use bumpalo::collections::String;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512};

use crate::abstract_value::{AbstractValue, Case, Length};
use crate::ops::args::{found, or};
use crate::ops::{
    ArgError, ArgKind, Args, Call, EffectArgs, Equivalents, Example, Gives, Group, Meaning, Missing,
    Operation, Operator, Secrecy,
};
use crate::value::{Arena, Kind, Kinds, Value, plain};

const ALGORITHMS: [&str; 4] = ["sha256", "sha1", "md5", "sha512"];

pub(super) const ROW: Operator = Operator {
    name: "hash",
    group: Group::Text,
    summary: "Hashes a text (other values are converted to text first) and returns lowercase hexadecimal digits. It does not trim or lowercase the text: add those steps before it.",
    argument: ArgKind::Optional("`sha256` (default), `sha1`, `md5` or `sha512`"),
    with: &[],
    takes: Kinds::ANY.without(Kinds::NULL),
    gives: Gives::Kinds(Kinds::TEXT),
    keeps: Kinds::NONE,
    missing: Missing::OtherKinds("null"),
    meaning: Meaning { effect, secrecy: Secrecy::OneWay, ..Meaning::PLAIN },
    equivalents: Equivalents {
        vrl: "sha2, sha1, md5",
        bloblang: ".hash()",
        mapping_kit: "–",
        rudderstack: "hashToSha256, MD5",
    },
    examples: &[
        Example {
            step: "hash",
            input: r#""abc""#,
            output: r#""ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad""#,
        },
        Example { step: "{ hash: md5 }", input: r#""abc""#, output: r#""900150983cd24fb0d6963f7d28e17f72""# },
        Example {
            step: "{ hash: sha1 }",
            input: "42",
            output: r#""92cfceb39d57d914ed8b14d0e37643de0797ae56""#,
        },
        Example { step: "hash", input: "null", output: "—" },
    ],
    build: |args| Ok(Box::new(Hash::read(args)?)),
};

/// The number of hexadecimal digits depends only on the algorithm.
fn effect(args: &EffectArgs<'_>, _: &AbstractValue, output: AbstractValue) -> AbstractValue {
    let bytes = match Hash::read(&args.constant) {
        Ok(Hash::Sha256) => 64,
        Ok(Hash::Sha1) => 40,
        Ok(Hash::Md5) => 32,
        Ok(Hash::Sha512) => 128,
        Err(_) => return output,
    };
    let length = Length { min_bytes: bytes, ..Length::bytes(bytes) };
    AbstractValue { raw: false, no_delimiter: true, case: Some(Case::Lower), length, ..output }
}

#[derive(Clone, Copy, Debug)]
enum Hash {
    Sha256,
    Sha1,
    Md5,
    Sha512,
}

impl Hash {
    fn read(args: &Args<'_>) -> Result<Self, ArgError> {
        let Some(value) = args.argument else { return Ok(Self::Sha256) };
        match value.text(args.arena) {
            Some("sha256") => Ok(Self::Sha256),
            Some("sha1") => Ok(Self::Sha1),
            Some("md5") => Ok(Self::Md5),
            Some("sha512") => Ok(Self::Sha512),
            _ => Err(ArgError::new(format!(
                "expected {}, found {}",
                or(&ALGORITHMS),
                found(value, args.arena)
            ))),
        }
    }
}

impl Operation for Hash {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        if input.kind() == Kind::Null {
            return None;
        }
        let arena = call.arena();
        let text = plain(input, arena);
        Some(Value::Text(match self {
            Self::Sha256 => hexadecimal(&Sha256::digest(text), arena),
            Self::Sha1 => hexadecimal(&Sha1::digest(text), arena),
            Self::Md5 => hexadecimal(&Md5::digest(text), arena),
            Self::Sha512 => hexadecimal(&Sha512::digest(text), arena),
        }))
    }
}

fn hexadecimal<'a>(bytes: &[u8], arena: &'a Arena) -> &'a str {
    let mut text = String::with_capacity_in(bytes.len() * 2, arena);
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    text.extend(digits.filter_map(|digit| char::from_digit(digit.into(), 16)));
    text.into_bump_str()
}

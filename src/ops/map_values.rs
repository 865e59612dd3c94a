//! `map_values`

use foldhash::HashSet;

use crate::abstract_value::{AbstractValue, Scalar};
use crate::ops::args::found;
use crate::ops::constant::Constant;
use crate::ops::{
    ArgError, ArgKind, Args, Call, EffectArgs, Equivalents, Example, Gives, Group, Key, Meaning, Missing,
    Operation, Operator,
};
use crate::value::{Kind, Kinds, Value, View, plain};

pub(super) const ROW: Operator = Operator {
    name: "map_values",
    group: Group::Choice,
    summary: "Replaces listed values with others: `{ new: [old, old] }`. Values that are not listed are kept, unless `otherwise` is given.",
    argument: ArgKind::Constant("a map of `new: old` or `new: [old, …]`, or a list of `{ from, to }`"),
    with: &[Key {
        name: "otherwise",
        meaning: "what to do with values that are not listed: `drop` makes them missing, `{ keep: true }` keeps them (as without `otherwise`), any other constant replaces them (`{ literal: keep }` where it could be mistaken)",
    }],
    takes: Kinds::ANY,
    gives: Gives::Kinds(Kinds::ANY),
    keeps: Kinds::NONE,
    missing: Missing::SomeValues("a value that is not listed, with `otherwise: drop`"),
    meaning: Meaning { effect, ..Meaning::PLAIN },
    equivalents: Equivalents {
        vrl: "a look-up in a map",
        bloblang: "match",
        mapping_kit: "–",
        rudderstack: "multikeyMap, strictMultiMap (+`invalid`)",
    },
    examples: &[
        Example {
            step: "{ map_values: { ios: [ios, watchos] } }",
            input: r#""watchos""#,
            output: r#""ios""#,
        },
        Example {
            step: "{ map_values: { ios: [ios, watchos] } }",
            input: r#""android""#,
            output: r#""android""#,
        },
        Example {
            step: "{ map_values: { page: page }, otherwise: event }",
            input: r#""track""#,
            output: r#""event""#,
        },
        Example {
            step: r#"{ map_values: [{ from: [1, "yes"], to: true }, { from: 0, to: false }] }"#,
            input: r#""1""#,
            output: "true",
        },
        Example {
            step: "{ map_values: { pro: Professional }, otherwise: { keep: true } }",
            input: r#""free""#,
            output: r#""free""#,
        },
        Example {
            step: "{ map_values: { female: [f, w] }, otherwise: drop }", input: r#""x""#, output: "—"
        },
    ],
    build: |args| Ok(Box::new(MapValues::read(args)?)),
};

/// The possible results are the listed ones, `otherwise`, or the input.
fn effect(args: &EffectArgs<'_>, input: &AbstractValue, output: AbstractValue) -> AbstractValue {
    let (args, arena) = (&args.constant, args.constant.arena);
    let Ok(MapValues { results, otherwise, .. }) = MapValues::read(args) else { return output };
    let scalar = |constant: &Constant| Scalar::of(constant.value(arena), arena);
    let Some(mut possible) = results.iter().map(scalar).collect::<Option<Vec<_>>>() else { return output };
    match &otherwise {
        Otherwise::Drop => AbstractValue { missing: true, ..output.among(possible) },
        Otherwise::Replace(constant) => match scalar(constant) {
            Some(scalar) => {
                possible.push(scalar);
                AbstractValue { missing: input.missing, ..output }.among(possible)
            }
            None => output,
        },
        Otherwise::Keep => {
            let kinds = possible.iter().fold(input.kinds, |kinds, scalar| kinds.or(scalar.kinds()));
            let missing = input.missing || !possible.iter().all(Scalar::is_present);
            AbstractValue { kinds, missing, raw: input.raw, ..output }
        }
    }
}

#[derive(Debug)]
struct MapValues {
    /// Index of the result by replaced value, sorted. Values are compared as text, so that 1, 1.0 and "1" are equal.
    known: Box<[(Box<str>, usize)]>,
    null: Option<usize>,
    results: Box<[Constant]>,
    otherwise: Otherwise,
}

#[derive(Debug)]
enum Otherwise {
    Keep,
    Drop,
    Replace(Constant),
}

impl Otherwise {
    /// Reads what is not `drop`. Words that look as if they meant the value are refused.
    fn read<'a>(value: Value<'a>, args: &Args<'a>) -> Result<Self, ArgError> {
        let arena = args.arena;
        if let View::Map(map) = value.view(arena)
            && map.len() == 1
        {
            if let Some(literal) = map.get("literal") {
                return Ok(Self::Replace(Constant::of(literal, arena)));
            }
            if matches!(map.get("keep").map(|keep| keep.view(arena)), Some(View::Bool(true))) {
                return Ok(Self::Keep);
            }
        }
        let confusable = ["value", "keep", "same", "unchanged", "original", "input", "self"];
        if let Some(word) = value.text(arena)
            && (confusable.contains(&word) || word.starts_with('$') || word.contains("{{"))
        {
            return Err(ArgError::new(format!(
                "`otherwise: {word}` would send the text itself; leave `otherwise` out or write `{{ keep: true }}` to keep \
                 the value, or `{{ literal: {word} }}` to send this text"
            )));
        }
        Ok(Self::Replace(Constant::of(value, arena)))
    }
}

impl Operation for MapValues {
    fn selects(&self) -> bool {
        !matches!(self.otherwise, Otherwise::Keep)
    }

    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let found = match input.kind() {
            Kind::List | Kind::Map => None,
            Kind::Null => self.null,
            _ => {
                let text = plain(input, arena);
                let index = self.known.binary_search_by(|(from, _)| (**from).cmp(text)).ok();
                index.map(|index| self.known[index].1)
            }
        };
        match (found, &self.otherwise) {
            (Some(result), _) => self.results.get(result).map(|result| result.value(arena)),
            (None, Otherwise::Keep) => Some(input),
            (None, Otherwise::Drop) => None,
            (None, Otherwise::Replace(result)) => Some(result.value(arena)),
        }
    }
}

impl MapValues {
    fn read(args: &Args<'_>) -> Result<Self, ArgError> {
        const WHAT: &str = "a map of `new: old` or `new: [old, …]`, or a list of `{ from, to }`";
        let arena = args.arena;
        let mut table = Table {
            args: *args,
            known: Vec::new(),
            seen: HashSet::default(),
            null: None,
            results: Vec::new(),
        };
        let argument = args.required(WHAT)?;
        match argument.view(arena) {
            View::Map(map) => {
                for (to, from) in map.iter(arena) {
                    table.entry(from, Constant::Text(to.into()), &[to])?;
                }
            }
            View::List(list) => {
                for (index, item) in list.iter().enumerate() {
                    table.pair(item, &index.to_string())?;
                }
            }
            _ => return Err(ArgError::new(format!("expected {WHAT}, found {}", found(argument, arena)))),
        }
        let otherwise = match args.additional("otherwise") {
            None => Otherwise::Keep,
            Some(value) if value.text(arena) == Some("drop") => Otherwise::Drop,
            Some(value) => Otherwise::read(value, args)?,
        };
        let Table { mut known, null, results, .. } = table;
        known.sort_unstable();
        Ok(Self { known: known.into(), null, results: results.into(), otherwise })
    }
}

struct Table<'a> {
    args: Args<'a>,
    known: Vec<(Box<str>, usize)>,
    /// The texts in `known`.
    seen: HashSet<&'a str>,
    null: Option<usize>,
    results: Vec<Constant>,
}

impl<'a> Table<'a> {
    /// Adds a `{ from, to }` pair of the list form.
    fn pair(&mut self, item: Value<'a>, at: &str) -> Result<(), ArgError> {
        let arena = self.args.arena;
        let wrong = |message: String| Err(ArgError::at(at, message));
        let View::Map(map) = item.view(arena) else {
            return wrong(format!("expected a map with `from` and `to`, found {}", found(item, arena)));
        };
        if let Some((key, _)) = map.iter(arena).find(|(key, _)| !matches!(*key, "from" | "to")) {
            return Err(ArgError {
                at: vec![at.into(), key.into()],
                ..ArgError::new(format!("unknown key `{key}`, expected `from` or `to`"))
            });
        }
        match (map.get("from"), map.get("to")) {
            (Some(from), Some(to)) => self.entry(from, Constant::of(to, arena), &[at, "from"]),
            (None, _) => wrong("expected `from`, the value to replace".to_owned()),
            (_, None) => wrong("expected `to`, the new value".to_owned()),
        }
    }

    /// Adds a result and the values it replaces.
    fn entry(&mut self, from: Value<'a>, to: Constant, at: &[&str]) -> Result<(), ArgError> {
        let arena = self.args.arena;
        self.results.push(to);
        match from.view(arena) {
            View::List(list) => list.iter().enumerate().try_for_each(|(index, item)| {
                let index = index.to_string();
                self.known(item, &[at, &[index.as_str()]].concat())
            }),
            _ => self.known(from, at),
        }
    }

    /// Adds a value to replace by the last result.
    fn known(&mut self, from: Value<'a>, at: &[&str]) -> Result<(), ArgError> {
        let arena = self.args.arena;
        let result = self.results.len() - 1;
        let duplicate = match from.kind() {
            Kind::List | Kind::Map => {
                let message =
                    format!("expected text, a number, true, false or null, found {}", found(from, arena));
                return Err(ArgError {
                    at: at.iter().map(|part| (*part).to_owned()).collect(),
                    ..ArgError::new(message)
                });
            }
            Kind::Null => self.null.replace(result).is_some(),
            _ => {
                let text = plain(from, arena);
                let duplicate = !self.seen.insert(text);
                self.known.push((text.into(), result));
                duplicate
            }
        };
        if duplicate {
            let message = format!("{} is replaced twice", found(from, arena));
            return Err(ArgError {
                at: at.iter().map(|part| (*part).to_owned()).collect(),
                ..ArgError::new(message)
            });
        }
        Ok(())
    }
}

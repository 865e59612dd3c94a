//! `integration_options`

use crate::ops::{
    ArgError, ArgKind, Args, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator,
};
use crate::value::{Kinds, Value, View};

pub(super) const ROW: Operator = Operator {
    name: "integration_options",
    group: Group::Maps,
    summary: "Returns the options of the mapping's destination from a map of integrations (`$.integrations`). The names are compared by their letters and digits, ignoring case: `Shop.One` is `shop_one`.",
    argument: ArgKind::Optional("the name of another integration"),
    with: &[],
    takes: Kinds::MAP,
    gives: Gives::Kinds(Kinds::MAP),
    keeps: Kinds::NONE,
    missing: Missing::SomeValues("no integration of that name, or one without options, such as `true`"),
    meaning: Meaning::PLAIN,
    equivalents: Equivalents {
        vrl: "–", bloblang: "–", mapping_kit: "–", rudderstack: "getIntegrationsObj"
    },
    examples: &[
        Example { step: "{ integration_options: shop }", input: r#"{"SHOP":{}}"#, output: "{}" },
        Example {
            step: "{ integration_options: shop_one }",
            input: r#"{"All":true,"Shop One":{"list":"a"}}"#,
            output: r#"{"list":"a"}"#,
        },
        Example {
            step: "{ integration_options: shop }", input: r#"{"All":true,"shop":true}"#, output: "—"
        },
    ],
    build,
};

#[derive(Debug)]
struct IntegrationOptions {
    /// The letters and digits of the name, in lowercase.
    name: Box<str>,
}

fn build(args: &Args<'_>) -> Result<Box<dyn Operation>, ArgError> {
    let name = match args.argument {
        Some(_) => args.text("the name of an integration")?,
        None => args.destination.ok_or_else(|| ArgError::new("expected the name of an integration"))?,
    };
    let name: String = significant(name).collect();
    if name.is_empty() {
        return Err(ArgError::new("expected the name of an integration, found no letter or digit"));
    }
    Ok(Box::new(IntegrationOptions { name: name.into() }))
}

/// The characters of a name that count.
fn significant(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

impl Operation for IntegrationOptions {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let View::Map(map) = input.view(arena) else { return None };
        let is_this = |name: &str| significant(name).eq(self.name.chars());
        let (_, options) = map.members(arena).iter().find(|(name, _)| is_this(name))?;
        matches!(options.view(arena), View::Map(_)).then_some(*options)
    }
}

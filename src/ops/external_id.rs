//! `external_id`

use crate::ops::{ArgKind, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator};
use crate::value::{Kind, Kinds, Value, View};

pub(super) const ROW: Operator = Operator {
    name: "external_id",
    group: Group::Lists,
    summary: "Returns the id of a type from a list of external ids `{ type: …, id: … }`, as in `context.externalId` or `context.externalIds`. Of several ids of the type, the first counts; a single map counts as a list of one.",
    argument: ArgKind::Constant("the type, a text"),
    with: &[],
    takes: Kinds::LIST.or(Kinds::MAP),
    gives: Gives::Kinds(Kinds::SCALAR),
    keeps: Kinds::NONE,
    missing: Missing::SomeValues("no id of that type"),
    meaning: Meaning::PLAIN,
    equivalents: Equivalents {
        vrl: "–",
        bloblang: "–",
        mapping_kit: "–",
        rudderstack: "getDestinationExternalID",
    },
    examples: &[
        Example {
            step: "{ external_id: crm }",
            input: r#"[{"type":"shop","id":"s-9"},{"type":"crm","id":"c-5"},{"type":"crm","id":"c-6"}]"#,
            output: r#""c-5""#,
        },
        Example {
            step: "{ external_id: crm }",
            input: r#"[{"type":"crm","id":""},{"id":"c-5"}]"#,
            output: "—",
        },
        Example { step: "{ external_id: crm }", input: r#"{"type":"crm","id":7}"#, output: "7" },
        Example { step: "{ external_id: crm }", input: r#""crm""#, output: "—" },
    ],
    build: |args| Ok(Box::new(ExternalId { kind: args.text("the type, a text")?.into() })),
};

#[derive(Debug)]
struct ExternalId {
    /// The type.
    kind: Box<str>,
}

impl Operation for ExternalId {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let id = |entry: Value<'a>| {
            let View::Map(entry) = entry.view(arena) else { return None };
            let same = entry.get("type")?.text(arena) == Some(&*self.kind);
            let id = entry.get("id").filter(|id| id.is_present())?;
            (same && !matches!(id.kind(), Kind::List | Kind::Map)).then_some(id)
        };
        match input.view(arena) {
            View::List(entries) => entries.iter().find_map(id),
            _ => id(input),
        }
    }
}

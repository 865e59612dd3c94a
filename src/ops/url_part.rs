//! `url_part`

use url::Url;

use crate::ops::given::{found, or};
use crate::ops::{Argument, Call, Elsewhere, Example, Given, Gives, Group, Operation, Operator, Wrong};
use crate::value::{Kinds, Value, View};

pub(super) const ROW: Operator = Operator {
    name: "url_part",
    group: Group::Text,
    summary: "Takes the host, the path or the query (without `?`) out of a URL. It has to be a whole one, with `https://`.",
    argument: Argument::Constant("`host`, `path` or `query`"),
    with: &[],
    takes: Kinds::TEXT,
    gives: Gives::Kinds(Kinds::TEXT),
    keeps: Kinds::NONE,
    missing: "not a URL, or one without that part",
    elsewhere: Elsewhere {
        vrl: "parse_url",
        bloblang: ".parse_url()",
        mapping_kit: "–",
        rudderstack: "domainUrlV2",
    },
    examples: &[
        Example {
            step: "{ url_part: host }",
            input: r#""https://Shop.example.com:8080/a?b=1""#,
            output: r#""shop.example.com""#,
        },
        Example {
            step: "{ url_part: path }",
            input: r#""https://example.com/a/b?c=1#d""#,
            output: r#""/a/b""#,
        },
        Example {
            step: "{ url_part: query }",
            input: r#""https://example.com/a?c=1&d=2""#,
            output: r#""c=1&d=2""#,
        },
        Example { step: "{ url_part: host }", input: r#""example.com/a""#, output: "—" },
    ],
    build,
};

#[derive(Clone, Copy, Debug)]
enum Part {
    Host,
    Path,
    Query,
}

fn build(given: &Given<'_>) -> Result<Box<dyn Operation>, Wrong> {
    let words = or(&["host", "path", "query"]);
    let value = given.needed(&words)?;
    match value.text(given.arena) {
        Some("host") => Ok(Box::new(Part::Host)),
        Some("path") => Ok(Box::new(Part::Path)),
        Some("query") => Ok(Box::new(Part::Query)),
        _ => Err(Wrong::new(format!("expected {words}, found {}", found(value, given.arena)))),
    }
}

impl Operation for Part {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let View::Text(text) = input.view(arena) else { return None };
        let url = Url::parse(text).ok().filter(Url::has_host)?;
        let part = match self {
            Self::Host => url.host_str()?,
            Self::Path => url.path(),
            Self::Query => url.query()?,
        };
        Some(Value::Text(arena.alloc_str(part)))
    }
}

//! `url_part`

use url::Url;

use crate::ops::args::found;
use crate::ops::{
    ArgError, ArgKind, Args, Call, Equivalents, Example, Gives, Group, Meaning, Missing, Operation, Operator,
};
use crate::value::{Kinds, Value, View};

pub(super) const ROW: Operator = Operator {
    name: "url_part",
    group: Group::Text,
    summary: "Returns the host, the path, the query (without `?`) or one decoded parameter of the query of a URL. The URL must be absolute, with a scheme such as `https://`. Of several parameters with the name, the first counts.",
    argument: ArgKind::Constant("`host`, `path`, `query` or `{ query: name }`"),
    with: &[],
    takes: Kinds::TEXT,
    gives: Gives::Kinds(Kinds::TEXT),
    keeps: Kinds::NONE,
    missing: Missing::SomeValues("not an absolute URL, or one without that part"),
    meaning: Meaning::PLAIN,
    equivalents: Equivalents {
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
        Example {
            step: "{ url_part: { query: utm_source } }",
            input: r#""https://example.com/a?x=1&utm_source=a%20b+c""#,
            output: r#""a b c""#,
        },
        Example {
            step: "{ url_part: { query: ref } }",
            input: r#""https://example.com/a?c=1""#,
            output: "—",
        },
        Example { step: "{ url_part: host }", input: r#""example.com/a""#, output: "—" },
    ],
    build,
};

#[derive(Debug)]
enum UrlComponent {
    Host,
    Path,
    Query,
    /// The parameter of this name.
    Parameter(Box<str>),
}

fn build(args: &Args<'_>) -> Result<Box<dyn Operation>, ArgError> {
    let expected = "`host`, `path`, `query` or `{ query: name }`";
    let value = args.required(expected)?;
    if let View::Map(_) = value.view(args.arena) {
        let name = args.options(&["query"])?.text("query")?;
        let name = name.ok_or_else(|| ArgError::new(format!("expected {expected}, found an empty map")))?;
        return Ok(Box::new(UrlComponent::Parameter(name.into())));
    }
    match value.text(args.arena) {
        Some("host") => Ok(Box::new(UrlComponent::Host)),
        Some("path") => Ok(Box::new(UrlComponent::Path)),
        Some("query") => Ok(Box::new(UrlComponent::Query)),
        _ => Err(ArgError::new(format!("expected {expected}, found {}", found(value, args.arena)))),
    }
}

impl Operation for UrlComponent {
    fn apply<'a>(&self, input: Value<'a>, call: &mut dyn Call<'a>) -> Option<Value<'a>> {
        let arena = call.arena();
        let View::Text(text) = input.view(arena) else { return None };
        let url = Url::parse(text).ok().filter(Url::has_host)?;
        let part = match self {
            Self::Host => url.host_str()?,
            Self::Path => url.path(),
            Self::Query => url.query()?,
            Self::Parameter(name) => {
                let (_, value) = url.query_pairs().find(|(key, _)| **key == **name)?;
                return Some(Value::Text(arena.alloc_str(&value)));
            }
        };
        Some(Value::Text(arena.alloc_str(part)))
    }
}

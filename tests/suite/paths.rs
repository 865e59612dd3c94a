//! Paths are RFC 9535: its public compliance suite in `../shared/conformance`, if it is there, and cases of our own.

use libtest_mimic::{Completion, Trial};
use mapwright::internal::json::{Document, Limits};
use mapwright::internal::path;
use mapwright::internal::value::{Arena, Value, View, to_json};
use serde_json::Value as Json;

use crate::case;
use crate::load::{project, text};

pub(crate) fn tests() -> Vec<Trial> {
    vec![
        Trial::ignorable_test("paths::compliance_suite", || Ok(compliance_suite())),
        case("paths", "selections", || {
            selections();
            Ok(())
        }),
        case("paths", "refusals", || {
            refusals();
            Ok(())
        }),
    ]
}

const SUITE: &str = "../shared/conformance/jsonpath-cts.json";

/// Valid queries that are refused on purpose, by their names in the suite, with a part of what is said.
const REFUSED: &[(&str, &str)] = &[
    ("index selector, min exact index", "an index must be between"),
    ("index selector, max exact index", "an index must be between"),
    ("functions, match, regex from the document", "must be text in quotes"),
    ("functions, search, regex from the document", "must be text in quotes"),
    ("functions, match, non-string second arg", "must be text in quotes"),
    ("functions, search, non-string second arg", "must be text in quotes"),
    ("functions, match, arg is a function expression", "must be text in quotes"),
    ("functions, search, arg is a function expression", "must be text in quotes"),
    ("functions, match, invalid regex", "invalid or too large"),
];

/// What a path selects from a document, or why it is refused.
fn select(selector: &str, document: &str) -> Result<Vec<Json>, String> {
    let path = path::parse(selector).map_err(|error| error.message)?;
    let arena = &Arena::new();
    let root = Value::Node(
        Document::in_arena(arena.alloc_str(document), arena, &Limits::default()).expect("JSON").root(),
    );
    let json = |value| serde_json::from_str(&to_json(value)).expect("JSON");
    let Some(query) = path.query else {
        return Ok(path::walk(root, &path.steps, arena).map(json).into_iter().collect());
    };
    let list = if query.uses_root() {
        path::whole_query(selector)?.select(root, arena)
    } else {
        path::walk(root, &path.steps, arena).and_then(|value| query.select(value, arena))
    };
    Ok(match list.map(|list| list.view(arena)) {
        Some(View::List(list)) => list.iter().map(json).collect(),
        _ => Vec::new(),
    })
}

fn compliance_suite() -> Completion {
    let file = project().join(SUITE);
    if !file.exists() {
        return Completion::ignored_with(format!("{SUITE} is not there"));
    }
    let text = text(&file);
    let suite: Json = serde_json::from_str(&text).expect("JSON");
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for case in suite["tests"].as_array().expect("a list") {
        let (name, selector) =
            (case["name"].as_str().expect("text"), case["selector"].as_str().expect("text"));
        let document = serde_json::to_string(&case["document"]).expect("JSON");
        let selected = select(selector, &document);
        let refused = REFUSED.iter().find(|(refused, _)| *refused == name);
        let right = match (&selected, refused) {
            (Err(message), Some((_, part))) => message.contains(part),
            (Ok(_), Some(_)) => false,
            (Err(_), None) => case["invalid_selector"] == true,
            (Ok(selected), None) => {
                let selected = Json::from(selected.clone());
                case["result"] == selected
                    || case["results"].as_array().is_some_and(|results| results.contains(&selected))
            }
        };
        compared += 1;
        if !right {
            wrong.push(format!("{name}: {selector:?} gives {selected:?}, not {}", case["result"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {compared} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared > 700, "only {compared} cases");
    Completion::Completed
}

fn selections() {
    let document = r#"{"list": [{"k": "a", "n": 9007199254740993}, {"k": "b", "n": 1e400}, {"k": "\u00e9", "n": 0.1}], "map": {"x": 1, "y": 2}, "a b": 7}"#;
    for (selector, expected) in [
        ("$ .map\n['x']", "[1]"),
        ("$[ 'a b' ]", "[7]"),
        (r"$['\u0061 b']", "[7]"),
        ("$.list[ -1 ].k", r#"["é"]"#),
        ("$.list[?@.n == 9007199254740992].k", "[]"),
        ("$.list[?@.n == 9007199254740993].k", r#"["a"]"#),
        ("$.list[?@.n > 9.9e399].k", r#"["b"]"#),
        (r#"$.list[?@.k == "\u00e9"].n"#, "[0.1]"),
        ("$.list[?count(@.none) == 0].k", r#"["a", "b", "é"]"#),
        ("$[?@ == $.map].y", "[2]"),
        ("$.list[?$.map.x == 1 && (@.k == 'a' || !@.k)].k", r#"["a"]"#),
    ] {
        let expected: Vec<Json> = serde_json::from_str(expected).expect("JSON");
        assert_eq!(select(selector, document), Ok(expected), "{selector}");
    }
}

fn refusals() {
    for (selector, part) in [
        ("$.list[?@.k in ['a']]", "write `@.a == 'x' || @.a == 'y'`"),
        ("$.list[?@.k =~ 'a']", "match(@.a, 'x.*')"),
        ("$.list[?@.k = 'a']", "RFC 9535 knows `==`"),
        ("$.list[?any_of(@.k, 'a')]", "the function `any_of` does not exist"),
        ("$.list[?@.k == a]", "`a` is no constant"),
        ("$.list[?length(@.k)]", "must be compared"),
        ("$.list[?@.k == @.*]", "paths to one value"),
        ("$.list[?count(1) == 1]", "needs a path"),
        ("$.list[?length(@.*) == 1]", "needs a value"),
        ("$.list[?@.n == 01]", "is not a number"),
        ("$.list[-0]", "without leading zeros"),
        ("$.list[00]", "without leading zeros"),
        (r#"$["\'"]"#, "escape"),
        ("$.list ", "white space"),
        ("$.list[*] ", "unexpected ` `"),
        ("$.list[*].", "expected a name"),
        ("$.list[*].1a", "expected a name"),
    ] {
        let refused = select(selector, "{}").expect_err(selector);
        assert!(refused.contains(part), "{selector}: {refused}");
    }
}

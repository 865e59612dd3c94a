//! The optimizations of a run (rules looked up by index, values written without building them, fields evaluated where
//! they are used) do not affect the answers. A traced run uses none of them, so the two are compared, on random events
//! with the keys that the mappings read.

use std::cell::RefCell;

use mapwright::internal::explain;
use mapwright::{Outcome, Worker};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::LazyJust;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::load::{files_below, mapping, project, text};

tests![customerio, customerio_upstream, vero, rakuten];

/// Every path `$.a.b` in a mapping and in the files that it includes or extends, as names without indexes. If a field
/// `order` is defined as `$.properties`, every `$order.a` is included as well.
fn paths(name: &str) -> Vec<Vec<String>> {
    let mut files = vec![project().join(format!("mappings/{name}.yaml"))];
    files.extend(files_below("mappings/common", "yaml"));
    if let Some((base, _)) = name.split_once('_') {
        files.push(project().join(format!("mappings/{base}.yaml")));
    }
    let mut paths: Vec<Vec<String>> = Vec::new();
    for file in files {
        let text = text(&file);
        let short = text.lines().filter_map(|line| line.trim().split_once(": $."));
        let mut roots: Vec<(String, Vec<String>)> =
            short.map(|(field, path)| (format!("${field}."), names(path))).collect();
        roots.push(("$.".to_owned(), Vec::new()));
        for (root, before) in &roots {
            for (at, found) in text.match_indices(root.as_str()) {
                let rest = names(&text[at + found.len()..]);
                paths.push(before.iter().cloned().chain(rest).collect());
            }
        }
    }
    paths.sort();
    paths.dedup();
    paths
}

/// The names at the start of a text such as `a.b[0].c, …`.
fn names(text: &str) -> Vec<String> {
    let end = text.find(|c: char| !(c.is_alphanumeric() || "._[]".contains(c))).unwrap_or(text.len());
    let names = text[..end].split(['.', '[', ']']);
    names.filter(|name| !name.is_empty() && name.parse::<u32>().is_err()).map(str::to_owned).collect()
}

/// Values that some operator treats specially, and others.
fn value() -> impl Strategy<Value = String> {
    let plain = select(vec![
        "null",
        "true",
        "false",
        "0",
        "-1",
        "1.50",
        "1e3",
        "1709618828000",
        "\"\"",
        "\"u 1\"",
        "\"é\\n\\\"x\\\"\"",
        "\"ann@example.com\"",
        "\"2024-03-05T06:07:08.9Z\"",
        "\"NOW\"",
        "\"track\"",
        "\"iOS\"",
        "{}",
        "[]",
        "\"Application Installed\"",
        "\"Application Opened\"",
        "\"Application Uninstalled\"",
        "\"https://a.example/b?c=d\"",
        "{\"email\":\"bob@example.com\",\"address\":{\"city\":\"Paris\"},\"a.b\":null}",
        "[{\"id\":\"x-1\",\"identifierType\":\"email\"}]",
        "[{\"sku\":\"s\",\"quantity\":2,\"name\":\"n\",\"price\":1.25,\"amount\":\"3\"},{\"sku\":4}]",
        "{\"add\":[\"a\"],\"remove\":[]}",
    ]);
    prop_oneof![4 => plain.prop_map(str::to_owned), 1 => "[a-z \\u{e9}]{0,12}".prop_map(|text| format!("\"{text}\""))]
}

/// The members of a map, which may contain duplicate keys.
#[derive(Debug, Default)]
struct Members(Vec<(String, Member)>);

#[derive(Debug)]
enum Member {
    Json(String),
    Map(Members),
}

impl Members {
    /// Sets the value at a path. With `duplicate`, an existing last key is added a second time.
    fn put(&mut self, path: &[String], json: String, duplicate: bool) {
        let [name, rest @ ..] = path else { return };
        let known = self.0.iter().position(|(key, _)| key == name).filter(|_| !duplicate || !rest.is_empty());
        if rest.is_empty() {
            match known {
                Some(index) => self.0[index].1 = Member::Json(json),
                None => self.0.push((name.clone(), Member::Json(json))),
            }
            return;
        }
        let index = known.unwrap_or_else(|| {
            self.0.push((name.clone(), Member::Map(Members::default())));
            self.0.len() - 1
        });
        if let Member::Json(_) = self.0[index].1 {
            self.0[index].1 = Member::Map(Members::default());
        }
        if let Member::Map(inside) = &mut self.0[index].1 {
            inside.put(rest, json, duplicate);
        }
    }

    fn print(&self, blank: &str) -> String {
        let members = self.0.iter().map(|(key, member)| {
            let json = match member {
                Member::Json(json) => json.clone(),
                Member::Map(members) => members.print(blank),
            };
            format!("\"{key}\":{blank}{json}")
        });
        format!("{{{blank}{}}}", members.collect::<Vec<_>>().join(","))
    }
}

/// Types of events, known and unknown.
const TYPES: [&str; 8] = ["identify", "track", "Track", "page", "screen", "group", "alias", "else"];

/// Members of typical events.
const USUAL: [&[(&str, &str)]; 5] = [
    &[],
    &[
        ("userId", r#""u 1""#),
        ("timestamp", r#""2024-03-05T06:07:08Z""#),
        ("event", r#""Bought""#),
        ("name", r#""Home""#),
    ],
    &[("anonymousId", r#""a-1""#), ("groupId", r#""g""#), ("event", r#""Application Installed""#)],
    &[
        ("userId", "7"),
        ("previousId", r#""p""#),
        ("event", r#""Unsubscribe""#),
        ("originalTimestamp", "1709618828000"),
    ],
    &[
        ("userId", r#""u 1""#),
        ("event", r#""Order Completed""#),
        ("properties.order_id", r#""o-1""#),
        ("properties.land_time", r#""2024-03-05T06:07:08Z""#),
        (
            "properties.products",
            r#"[{"sku":"s","quantity":2,"name":"n","amount":1.5,"brand":"B"},{"sku":"t","quantity":1,"name":"m","price":"3"}]"#,
        ),
    ],
];

/// An event: a type, often typical members, and random values at some of the paths.
fn event(paths: Vec<Vec<String>>) -> impl Strategy<Value = String> {
    let types = select(TYPES.to_vec());
    let usual = select(USUAL.to_vec());
    let some = vec((select(paths), value(), prop::bool::weighted(0.05)), 0..14);
    let blank = prop_oneof![3 => LazyJust::new(|| ""), 1 => LazyJust::new(|| "\n ")];
    (types, usual, some, blank).prop_map(|(kind, usual, some, blank)| {
        let mut members = Members::default();
        members.put(&["type".to_owned()], format!("\"{kind}\""), false);
        for (path, json) in usual {
            members.put(&names(path), (*json).to_owned(), false);
        }
        for (path, json, duplicate) in some {
            members.put(&path, json, duplicate);
        }
        members.print(blank)
    })
}

/// Runs an event with and without tracing and compares the answers. Returns the outcome.
fn compare(worker: &mut Worker, event: &str) -> Result<Outcome, TestCaseError> {
    let mut answers = Vec::new();
    let answer = worker.line(1, event.as_bytes(), &mut answers);
    let outcome = answer.outcome;
    let trace = explain(worker, 1, event.as_bytes());
    prop_assert!(trace.gives(&answers), "{event}\n{}", String::from_utf8_lossy(&answers));
    Ok(outcome)
}

/// Compares the answers for typical events of each type. Each mapping must accept some of them and refuse others, so that
/// both requests and errors are compared, independently of the random events.
fn usual(worker: &mut Worker) -> Result<(), TestCaseError> {
    let (mut sent, mut refused) = (0, 0);
    for kind in TYPES {
        for values in USUAL {
            let mut members = Members::default();
            members.put(&["type".to_owned()], format!("\"{kind}\""), false);
            for (path, json) in values {
                members.put(&names(path), (*json).to_owned(), false);
            }
            match compare(worker, &members.print(""))? {
                Outcome::Requests(_) => sent += 1,
                _ => refused += 1,
            }
        }
    }
    prop_assert!(
        sent > 0 && refused > 0,
        "the typical events do not cover both: {sent} sent, {refused} refused"
    );
    Ok(())
}

fn same(name: &str) {
    let engine = mapping(name, None);
    let settings = text(&project().join(format!("tests/events/{name}/settings.json")));
    let settings = engine.settings(&settings).expect("settings in JSON");
    let mut worker = engine.worker(&settings).expect("settings of the same engine");
    usual(&mut worker).unwrap_or_else(|why| panic!("{name}: {why}"));
    let worker = RefCell::new(worker);
    let paths = paths(name);
    assert!(paths.len() > 20, "{name}: the paths were not found");
    let seed = RngSeed::Fixed(1);
    let config = Config { cases: 600, failure_persistence: None, rng_seed: seed, ..Config::default() };
    let result = TestRunner::new(config)
        .run(&event(paths), |event| compare(&mut worker.borrow_mut(), &event).map(drop));
    result.unwrap_or_else(|why| panic!("{name}: {why}"));
}

fn customerio() {
    same("customerio");
}

fn customerio_upstream() {
    same("customerio_upstream");
}

fn vero() {
    same("vero");
}

fn rakuten() {
    same("rakuten");
}

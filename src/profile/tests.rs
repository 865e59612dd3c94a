//! The examples of codes, whose events stand in their comments, and the limits of memory.

use super::{EventProfile, settings};
use crate::diag::{CODES, Family};
use crate::json::Limits;
use crate::{Files, Loaded, load};

struct One<'a>(&'a str);

impl Files for One<'_> {
    fn read(&self, _: Option<&str>, name: &str) -> Result<(String, String), String> {
        Ok((name.to_owned(), self.0.to_owned()))
    }
}

fn loaded(text: &str) -> Loaded {
    let loaded = load("mapping.yaml", &One(text));
    assert!(loaded.engine.is_some(), "{:?}", loaded.findings);
    loaded
}

fn told(text: &str, events: &[String]) -> Vec<String> {
    let loaded = loaded(text);
    let settings = settings(loaded.engine.as_ref().expect("a mapping that loads")).expect("settings");
    let limits = Limits { bytes: 1 << 20, depth: 128 };
    let mut profile =
        EventProfile::new(&loaded, &settings, limits).expect("its own settings").expect("a profile");
    for event in events {
        profile.take(event.as_bytes());
    }
    let told = profile.findings().into_iter().map(|found| {
        let help = found.help.map(|help| format!(" ({help})")).unwrap_or_default();
        format!("{} {}: {}{help}", found.code.id(), &text[found.span.range()], found.message)
    });
    told.collect()
}

#[test]
fn the_examples_of_codes_hold() {
    for row in CODES.iter().filter(|row| row.family == Family::Event) {
        for (text, expected) in [(row.bad, Some(row.id)), (row.good, None)] {
            let events: Vec<String> =
                text.lines().filter_map(|line| line.strip_prefix("# event: ")).map(str::to_owned).collect();
            assert!(!events.is_empty(), "{}", row.id);
            let told = told(text, &events);
            let codes: Vec<&str> = told.iter().filter_map(|told| told.get(..4)).collect();
            assert_eq!(codes, expected.into_iter().collect::<Vec<_>>(), "{}: {told:?}", row.id);
        }
    }
}

#[test]
fn counts_and_nearest_paths_are_told() {
    let mapping = "destination: shop\nlanguage: 1\nconfig: { token: { required: no token } }\nfields: { traits: [$.traits, $.context.traits] }\nrules:\n  - name: all\n    request:\n      endpoint: https://api.example.com\n      body:\n        plan: $.traits.plna\n        name: $.traits.first.name\n        mail: $.email\n        item: \"$.traits.items[0].id\"\n        text: \"{{ event.traits.nick }}\"\n        rest: { from: $traits, except: [creatdAt, unheard_of] }\n";
    let events: Vec<String> = (0..10)
        .map(|n| format!(r#"{{"traits":{{"plan":"a","first.name":"b","createdAt":1,"items":[{{"id":{n}}},{{"id":2}}]}},"context":{{"traits":{{"email":"x"}}}}}}"#))
        .collect();
    assert_eq!(
        told(mapping, &events),
        [
            "E801 $.traits.plna: none of 10 events has `$.traits.plna` (the nearest is `$.traits.plan`, which 10 have)",
            "E802 $.traits.first.name: none of 10 events has this path, but 10 have a key with a dot: `$.traits['first.name']` (write `\"$.traits['first.name']\"`)",
            "E801 $.email: none of 10 events has `$.email` (the nearest is `$.context.traits.email`, which 10 have)",
            "E801 event.traits.nick: none of 10 events has `$.traits.nick`",
            "E805 creatdAt: none of 10 events has the key `creatdAt`; did you mean `createdAt`?",
        ]
    );
    assert_eq!(told(mapping, &[]), [""; 0], "no events, no findings");
    assert_eq!(told(mapping, &["no JSON".to_owned()]), [""; 0], "no events, no findings");
}

#[test]
fn memory_stays_bounded_and_nothing_is_said_that_is_not_known() {
    let mapping = "destination: shop\nlanguage: 1\nrules:\n  - { name: all, when: $.nothing, drop: true }\n  - { name: rest, drop: true }\n";
    let events: Vec<String> = (0..60_000).map(|n| format!(r#"{{"key{n}":1}}"#)).collect();
    let told = told(mapping, &events);
    assert_eq!(told, ["E804 all: none of 60000 events comes to the rule `all`"]);
}

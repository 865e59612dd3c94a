//! Random mappings and events: whatever the mapping does, the memory of an event stays within what the limit allows.

use std::cell::Cell;

use mapwright::Outcome;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::load::load;

tests![memory_is_bounded_for_random_mappings];

/// The smallest and the largest memory limit, in bytes.
const LIMITS: std::ops::Range<usize> = 20_000..2_000_000;

/// What may be requested besides three times the limit: the first block of the arena, and what the line takes.
const BASE: usize = 1 << 20;

/// What the template engine may take besides.
const TEMPLATES: usize = 64 << 20;

/// Pipelines that turn text into text.
const TEXT_STEPS: &[&str] = &[
    "to_json",
    "base64",
    "url_encode",
    "uppercase",
    "{ replace: { text: a, with: aaaaaaaaaa } }",
    "{ replace: { regex: '[a-z]', with: '$0$0$0$0' } }",
    "{ split: a }, { join: ', and then ' }",
    "{ split: '' }, { each: to_json }, { join: '' }",
    "{ split: '' }, unique, to_json",
    "hash",
];

/// Pipelines that turn lists into lists.
const LIST_STEPS: &[&str] = &[
    "unique",
    "compact",
    "{ compact: deep }",
    "{ each: to_json }",
    "{ each: [to_json, { split: '' }] }",
    "{ each: { lookup: $.m } }",
    "{ each: { map_values: [{ from: 1, to: [a, b, c, d, e, f, g, h] }] } }",
    "to_json, { split: '' }",
    "to_json, parse_json",
    "{ slice: [0, 30] }",
];

/// Pipelines that turn maps into maps.
const MAP_STEPS: &[&str] = &[
    "flatten",
    "compact",
    "{ each_value: to_json }",
    "{ only: [a, b, k1, k2] }",
    "{ except: [a] }",
    "to_list, columns",
    "{ rename: { a: c } }",
];

const LISTS: &[&str] = &[
    "$.l",
    "$..*",
    "$..*..*",
    "$..*..*..*",
    "$.l[*]",
    "$.l[::-1]",
    "$.l[?@ == 1]",
    "$.m[?@ != $.n]",
    "$.m..[0]",
    "$..['l','m'][*]",
];

const MAPS: &[&str] = &["$.m", "$"];

const TEXTS: &[&str] = &[
    "$.t",
    "'{{ event.t }}{{ event.t }}{{ event.m }}'",
    "'{{ event.l | to_json | base64 }} {{ event.t | url_encode }}'",
    "'{% for x in event.l %}{{ event.t }}{% endfor %}'",
    "'{% set a = event.t ~ event.t %}{% set a = a ~ a %}{% set a = a ~ a %}{{ a }}'",
];

/// A mapping and events made of random choices.
struct Writer<'r>(&'r mut dyn FnMut(usize) -> usize);

impl Writer<'_> {
    fn one_of(&mut self, choices: &[&'static str]) -> &'static str {
        choices[(self.0)(choices.len())]
    }

    /// One or more items.
    fn some(&mut self, most: usize, mut item: impl FnMut(&mut Self) -> String) -> String {
        let count = 1 + (self.0)(most);
        let items: Vec<String> = (0..count).map(|_| item(self)).collect();
        items.join(", ")
    }

    fn piped(&mut self, value: &str, steps: &[&'static str]) -> String {
        let steps = self.some(6, |writer| writer.one_of(steps).to_owned());
        format!("{{ from: {value}, transform: [{steps}] }}")
    }

    fn value(&mut self, depth: usize) -> String {
        match (self.0)(3) {
            0 => self.list(depth),
            1 => self.map(depth),
            _ => self.text(depth),
        }
    }

    fn list(&mut self, depth: usize) -> String {
        let Some(inner) = depth.checked_sub(1) else { return format!("\"{}\"", self.one_of(LISTS)) };
        match (self.0)(7) {
            0 => format!("\"{}\"", self.one_of(LISTS)),
            1 => format!("[{}]", self.some(4, |writer| writer.value(inner))),
            2 => format!("{{ concat: [{}] }}", self.some(6, |writer| writer.value(inner))),
            3 | 4 => format!("{{ for_each: {}, make: {} }}", self.list(inner), self.value(inner)),
            _ => {
                let list = self.list(inner);
                self.piped(&list, LIST_STEPS)
            }
        }
    }

    fn map(&mut self, depth: usize) -> String {
        let Some(inner) = depth.checked_sub(1) else { return self.one_of(MAPS).to_owned() };
        match (self.0)(4) {
            0 => self.one_of(MAPS).to_owned(),
            1 => format!("{{ a: {}, b: {} }}", self.value(inner), self.value(inner)),
            2 => format!("{{ merge: [{}] }}", self.some(3, |writer| writer.map(inner))),
            _ => {
                let map = self.map(inner);
                self.piped(&map, MAP_STEPS)
            }
        }
    }

    fn text(&mut self, depth: usize) -> String {
        let Some(inner) = depth.checked_sub(1) else { return self.one_of(TEXTS).to_owned() };
        match (self.0)(3) {
            0 => self.one_of(TEXTS).to_owned(),
            1 => {
                let value = self.value(inner);
                format!("{{ from: {value}, transform: [to_json] }}")
            }
            _ => {
                let text = self.text(inner);
                self.piped(&text, TEXT_STEPS)
            }
        }
    }

    fn mapping(&mut self) -> String {
        let mut text = "destination: shop\nlanguage: 1\n".to_owned();
        if (self.0)(2) == 0 {
            text.push_str("prepare:\n");
            for _ in 0..=(self.0)(6) {
                let key = self.one_of(&["l", "m", "t"]);
                let value = self.one_of(&["[$.l, $.l]", "$.m", "$", "[$.t, $.m]"]);
                text.extend(["  - { set: [{ in: $, key: ", key, ", to: ", value, " }] }\n"]);
            }
        }
        text.push_str("rules:\n  - name: all\n    request:\n      - endpoint: https://shop.example/\n");
        if (self.0)(3) == 0 {
            text.push_str("        for_each: $.l\n");
        }
        text.extend(["        body: { v: ", &self.value(3), " }\n"]);
        text
    }

    fn event(&mut self) -> String {
        let items = ["1", "2.5", "\"a\"", "null", "[1,[2]]", "{\"a\":1}", "\"\\u00e9\""];
        let text = self.one_of(&["a", "abc\\n", "\\u00e4\\\"", "1", "%"]).repeat((self.0)(3000));
        let items = self.some(60, |writer| writer.one_of(&items).to_owned());
        let members: Vec<String> =
            (0..(self.0)(40)).map(|number| format!("\"k{number}\":[{number}]")).collect();
        format!(r#"{{"t":"{text}","n":1,"l":[{items}],"m":{{{}}}}}"#, members.join(","))
    }
}

fn memory_is_bounded_for_random_mappings() {
    let config =
        Config { failure_persistence: None, rng_seed: RngSeed::Fixed(11), cases: 400, ..Config::default() };
    let choices = proptest::collection::vec(any::<u16>(), 100..400);
    let (loaded, refused, answered) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let count = |number: &Cell<u32>| number.set(number.get() + 1);
    let result = TestRunner::new(config).run(&(choices, LIMITS), |(choices, limit)| {
        let mut choices = choices.into_iter().cycle();
        let mut random = |below: usize| usize::from(choices.next().unwrap_or(0)) % below.max(1);
        let mut writer = Writer(&mut random);
        let (mapping, event) = (writer.mapping(), writer.event());
        // A mapping that does not load, because a kind cannot be right, is not of interest.
        let Some(engine) = load("shop.yaml", &mapping).engine else { return Ok(()) };
        count(&loaded);
        let settings = engine.settings("{}").expect("settings");
        let mut requested = 0;
        let mut worker = None;
        let measured = allocation_counter::measure(|| {
            let new = engine.worker(&settings).expect("settings of the same engine");
            let new = worker.insert(new.with_max_event_memory(limit).with_max_event_steps(300_000));
            let answer = new.event(event.as_bytes());
            requested = answer.lines().len();
            match &answer.outcome {
                Outcome::Refused(_) => count(&refused),
                _ => count(&answered),
            }
        });
        let templates = if mapping.contains("{%") { TEMPLATES } else { 0 };
        let most = 3 * limit + 12 * event.len() + BASE + templates;
        let peak = usize::try_from(measured.bytes_max).expect("a number of bytes");
        prop_assert!(peak <= most, "{peak} of {most} bytes, the limit is {limit}:\n{mapping}\n{event}");
        prop_assert!(requested <= limit + event.len() + 4096, "an answer of {requested} bytes");
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
    let counts = (loaded.get(), refused.get(), answered.get());
    assert!(counts.0 > 200 && counts.1 > 50 && counts.2 > 50, "{counts:?}");
}

//! A shipped mapping and random lines: every line has an answer, the same one however it is transformed.

use std::cell::RefCell;
use std::collections::HashMap;

use mapwright::Engine;

use super::{Target, joined, lines, pick, random_lines, split};
use crate::answers;
use crate::corpus::Corpus;
use crate::random::Random;

/// See the module.
#[derive(Debug)]
pub struct Line;

thread_local! {
    /// The engines of the mappings that were used.
    static ENGINES: RefCell<HashMap<String, Option<Engine>>> = RefCell::default();
}

impl Target for Line {
    fn name(&self) -> &'static str {
        "line"
    }

    fn input(&self, corpus: &Corpus, random: &mut Random) -> Vec<u8> {
        let name = corpus.mappings.get(random.below(corpus.mappings.len())).map_or("", |(name, _)| name);
        let settings = pick(&corpus.settings, random).as_bytes();
        joined(&[name.as_bytes(), settings, &random_lines(corpus, random)])
    }

    fn check(&self, corpus: &Corpus, input: &[u8]) -> Result<&'static str, String> {
        let [name, settings, events] = split(input)[..] else { return Ok("not an input") };
        let (Ok(name), Ok(settings)) = (str::from_utf8(name), str::from_utf8(settings)) else {
            return Ok("not an input");
        };
        let engine = ENGINES.with_borrow_mut(|engines| {
            let load = || corpus.mapping(name).and_then(|text| super::load(text, corpus).engine);
            engines.entry(name.to_owned()).or_insert_with(load).clone()
        });
        let Some(engine) = engine else { return Ok("not a mapping") };
        let Ok(settings) = engine.settings(settings) else { return Ok("not settings") };
        answers::check(&engine, &settings, &lines(events)).map(|()| "answered")
    }
}

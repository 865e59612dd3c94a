//! A random mapping that loads, settings and lines: every line has an answer, the same one however it is transformed.

use super::{Target, engine, joined, lines, pick, random_lines, split};
use crate::answers;
use crate::corpus::Corpus;
use crate::grammar;
use crate::random::Random;
use crate::text;

/// See the module.
#[derive(Debug)]
pub struct MappingEvent;

impl Target for MappingEvent {
    fn name(&self) -> &'static str {
        "mapping-event"
    }

    fn input(&self, corpus: &Corpus, random: &mut Random) -> Vec<u8> {
        let mapping = match random.below(4) {
            0 => {
                let texts: Vec<&str> = corpus.mappings.iter().map(|(_, text)| text.as_str()).collect();
                let (one, other) = (random.pick(&texts), random.pick(&texts));
                text::changed(one, other, random)
            }
            1 => {
                let (one, other) = (grammar::mapping(random), grammar::mapping(random));
                text::changed(&one, &other, random)
            }
            _ => grammar::mapping(random),
        };
        let settings = if random.one_in(2) {
            crate::json::any(3, random)
        } else {
            pick(&corpus.settings, random).to_owned()
        };
        let events = if random.one_in(2) {
            let events: Vec<String> = (0..=random.below(3)).map(|_| grammar::event(random)).collect();
            events.join("\n").into_bytes()
        } else {
            random_lines(corpus, random)
        };
        joined(&[mapping.as_bytes(), settings.as_bytes(), &events])
    }

    fn check(&self, corpus: &Corpus, input: &[u8]) -> Result<&'static str, String> {
        let [mapping, settings, events] = split(input)[..] else { return Ok("not an input") };
        let Some(engine) = engine(mapping, corpus) else { return Ok("does not load") };
        let settings = str::from_utf8(settings).ok().and_then(|settings| engine.settings(settings).ok());
        let Some(settings) = settings.or_else(|| engine.settings("{}").ok()) else {
            return Ok("no settings");
        };
        answers::check(&engine, &settings, &lines(events)).map(|()| "answered")
    }
}

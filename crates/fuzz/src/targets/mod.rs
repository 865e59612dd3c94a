//! The targets: how each makes an input, and what must be true of it. An input is one text, so that it can be kept in a file.

mod filters;
mod line;
mod mapping;
mod mapping_event;
mod settings_endpoint;

use std::fmt::Debug;

use mapwright::{Engine, Files, Loaded};

use crate::corpus::Corpus;
use crate::random::Random;

/// A target.
pub trait Target: Debug + Sync {
    /// Its name on the command line.
    fn name(&self) -> &'static str;

    /// A random input.
    fn input(&self, corpus: &Corpus, random: &mut Random) -> Vec<u8>;

    /// Tries an input; returns what came of it in a word, for the statistics.
    ///
    /// # Errors
    /// What is not true, in one sentence. A panic, an abort and a hang are errors as well.
    fn check(&self, corpus: &Corpus, input: &[u8]) -> Result<&'static str, String>;
}

/// All targets.
pub static TARGETS: [&dyn Target; 5] = [
    &line::Line,
    &mapping::Mapping,
    &mapping_event::MappingEvent,
    &settings_endpoint::SettingsEndpoint,
    &filters::Filters,
];

/// Between the parts of an input.
const SEPARATOR: &[u8] = b"\n===\n";

/// Joins parts to an input.
fn joined(parts: &[&[u8]]) -> Vec<u8> {
    parts.join(SEPARATOR)
}

/// The parts of an input.
fn split(input: &[u8]) -> Vec<&[u8]> {
    let (mut parts, mut rest) = (Vec::new(), input);
    while let Some(end) = rest.windows(SEPARATOR.len()).position(|window| window == SEPARATOR) {
        parts.push(&rest[..end]);
        rest = &rest[end + SEPARATOR.len()..];
    }
    parts.push(rest);
    parts
}

/// The lines of a part.
fn lines(part: &[u8]) -> Vec<&[u8]> {
    part.split(|byte| *byte == b'\n').collect()
}

/// A text as the file `mapping.yaml` beside the shipped mappings.
struct Beside<'t> {
    text: &'t str,
    corpus: &'t Corpus,
}

impl Files for Beside<'_> {
    fn read(&self, _: Option<&str>, name: &str) -> Result<(String, String), String> {
        let text = if name == "mapping.yaml" { Some(self.text) } else { self.corpus.mapping(name) };
        text.map(|text| (name.to_owned(), text.to_owned())).ok_or_else(|| "there is no such file".to_owned())
    }
}

/// Loads a text.
fn load(text: &str, corpus: &Corpus) -> Loaded {
    mapwright::load("mapping.yaml", &Beside { text, corpus })
}

/// The engine of a text, if it loads.
fn engine(text: &[u8], corpus: &Corpus) -> Option<Engine> {
    load(std::str::from_utf8(text).ok()?, corpus).engine
}

/// One of the texts.
fn pick<'t>(texts: &'t [String], random: &mut Random) -> &'t str {
    texts.get(random.below(texts.len())).map_or("{}", String::as_str)
}

/// Up to four random lines: events as they are, changed as JSON, or changed as bytes.
fn random_lines(corpus: &Corpus, random: &mut Random) -> Vec<u8> {
    let lines: Vec<Vec<u8>> = (0..=random.below(4))
        .map(|_| {
            let event = pick(&corpus.events, random);
            let line = match random.below(8) {
                0 => event.to_owned(),
                1 => crate::json::any(5, random),
                2 => format!(
                    "{{\"message\":{event},\"destination\":{{\"Config\":{}}}}}",
                    pick(&corpus.settings, random)
                ),
                _ => {
                    let other = pick(&corpus.events, random);
                    crate::json::changed(event, other, random)
                }
            };
            if random.one_in(4) {
                crate::text::bytes_changed(line.as_bytes(), random)
            } else {
                line.into_bytes()
            }
        })
        .collect();
    lines.join(&b'\n')
}

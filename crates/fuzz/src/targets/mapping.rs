//! A random text as a mapping: it has an engine exactly if no finding is an error, and its findings can be shown.

use mapwright::internal::diag::{Severity, human, json};

use super::{Target, load, pick};
use crate::corpus::Corpus;
use crate::grammar;
use crate::random::Random;
use crate::text;

/// See the module.
#[derive(Debug)]
pub struct Mapping;

impl Target for Mapping {
    fn name(&self) -> &'static str {
        "mapping"
    }

    fn input(&self, corpus: &Corpus, random: &mut Random) -> Vec<u8> {
        let from_all = |random: &mut Random| {
            if random.one_in(2) {
                pick(&corpus.mistakes, random).to_owned()
            } else {
                corpus
                    .mappings
                    .get(random.below(corpus.mappings.len()))
                    .map_or("", |(_, text)| text)
                    .to_owned()
            }
        };
        if random.one_in(4) {
            // Valid more often, so that what comes after reading is tried as well.
            return grammar::mapping(random).into_bytes();
        }
        let (one, other) = (from_all(random), from_all(random));
        text::changed(&one, &other, random).into_bytes()
    }

    fn check(&self, corpus: &Corpus, input: &[u8]) -> Result<&'static str, String> {
        let Ok(text) = str::from_utf8(input) else { return Ok("not text") };
        let loaded = load(text, corpus);
        let failed = loaded.findings.iter().any(|found| found.severity == Severity::Error);
        if failed == loaded.engine.is_some() {
            return Err(
                "there is an engine although a finding is an error, or none although none is".to_owned()
            );
        }
        let shown = human(&loaded.findings, &loaded.sources, false, Some(80));
        if shown.is_empty() != loaded.findings.is_empty() {
            return Err("the findings are not shown".to_owned());
        }
        let again = load(text, corpus);
        let reports = [&loaded, &again].map(|loaded| json(&[(&loaded.findings, &loaded.sources)]));
        if reports[0] != reports[1] {
            return Err("the findings differ when the mapping is loaded again".to_owned());
        }
        Ok(if failed { "refused" } else { "loads" })
    }
}

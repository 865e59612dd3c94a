//! Random expressions over random data: filters of paths and of templates come to an end, and a template prints the same with
//! logic as without.

use std::cell::RefCell;

use mapwright::Outcome;
use mapwright::internal::json::{Document, Limits, Tape};

use super::{Target, engine, joined, split};
use crate::answers;
use crate::corpus::Corpus;
use crate::grammar;
use crate::random::Random;

/// See the module.
#[derive(Debug)]
pub struct Filters;

thread_local! {
    static TAPE: RefCell<Tape> = RefCell::default();
}

impl Target for Filters {
    fn name(&self) -> &'static str {
        "filters"
    }

    fn input(&self, _: &Corpus, random: &mut Random) -> Vec<u8> {
        let (expression, path) = (grammar::expression(random), grammar::path(random));
        let event =
            format!("{{\"v\":{},\"a\":{}}}", crate::json::any(4, random), crate::json::any(2, random));
        joined(&[expression.as_bytes(), path.as_bytes(), event.as_bytes()])
    }

    fn check(&self, corpus: &Corpus, input: &[u8]) -> Result<&'static str, String> {
        let [expression, path, event] = split(input)[..] else { return Ok("not an input") };
        let (Ok(expression), Ok(path)) = (str::from_utf8(expression), str::from_utf8(path)) else {
            return Ok("not an input");
        };
        let mut printed = Vec::new();
        for template in [
            format!("<{{{{ {expression} }}}}>"),
            format!("{{% if true %}}<{{{{ {expression} }}}}>{{% endif %}}"),
        ] {
            let (template, path) = (serde_json::Value::from(template), serde_json::Value::from(path));
            let mapping = format!(
                "destination: t\nlanguage: 1\nfields:\n  field: $.v\n  kept: {{ from: $.a, keep_empty: true }}\nrules:\n  - name: all\n    \
                 request:\n      endpoint: https://api.example.com/\n      body: {{ printed: {template}, selected: {path} }}\n"
            );
            let Some(engine) = engine(mapping.as_bytes(), corpus) else { return Ok("does not load") };
            let settings = engine.settings("{}").map_err(|error| error.to_string())?;
            answers::check(&engine, &settings, &[event])?;
            let mut worker = engine.worker(&settings).map_err(|error| error.to_string())?;
            let answer = worker.event(event);
            printed.push(match answer.outcome {
                Outcome::Requests(_) => Some(body_member(answer.lines())),
                _ => None,
            });
        }
        if printed[0] != printed[1] {
            return Err(format!("without logic it prints {:?}, with logic {:?}", printed[0], printed[1]));
        }
        Ok(if printed[0].is_some() { "printed" } else { "refused" })
    }
}

/// The member `printed` of the body, as JSON.
fn body_member(answer: &[u8]) -> String {
    let text = String::from_utf8_lossy(answer);
    TAPE.with_borrow_mut(|tape| {
        let limits = Limits { bytes: usize::MAX, depth: 2000 };
        let Ok(document) = Document::read(text.trim_end(), tape, &limits) else { return String::new() };
        let path = ["output", "body", "JSON", "printed"];
        let member = path.iter().try_fold(document.root(), |node, name| node.member(name));
        member.map_or_else(String::new, |member| member.json().to_string())
    })
}

//! The targets try what they are made for, always the same, and a failure is found.

use std::collections::BTreeMap;
use std::path::Path;

use fuzz::corpus::Corpus;
use fuzz::random::Random;
use fuzz::targets::{TARGETS, Target};
use fuzz::trial;

/// How many inputs of each target are tried here.
const INPUTS: u64 = 150;

fn corpus() -> Corpus {
    Corpus::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")).expect("the repository")
}

#[test]
fn every_target_reaches_what_it_tests() {
    let corpus = corpus();
    for target in TARGETS {
        let mut results = BTreeMap::<&str, u64>::new();
        for number in 0..INPUTS {
            let input = trial::input(target, &corpus, 1, number);
            assert_eq!(
                input,
                trial::input(target, &corpus, 1, number),
                "{}: the same input each time",
                target.name()
            );
            let result =
                trial::one(target, &corpus, &input).unwrap_or_else(|why| panic!("{}: {why}", target.name()));
            *results.entry(result).or_default() += 1;
        }
        let reached: u64 =
            ["answered", "loads", "sent", "printed"].iter().filter_map(|result| results.get(result)).sum();
        assert!(reached * 25 > INPUTS, "{}: {results:?}", target.name());
    }
}

/// A target that fails for some inputs in each way that is found in the same process.
#[derive(Debug)]
struct Planted;

impl Target for Planted {
    fn name(&self) -> &'static str {
        "planted"
    }

    fn input(&self, _: &Corpus, random: &mut Random) -> Vec<u8> {
        vec![u8::try_from(random.below(3)).unwrap_or(0)]
    }

    fn check(&self, _: &Corpus, input: &[u8]) -> Result<&'static str, String> {
        match input {
            [0] => Ok("fine"),
            [1] => Err("it is 1".to_owned()),
            _ => panic!("it is something else"),
        }
    }
}

#[test]
fn failures_are_found() {
    let corpus = Corpus::default();
    let outcomes: Vec<_> = [0, 1, 2].iter().map(|byte| trial::one(&Planted, &corpus, &[*byte])).collect();
    assert_eq!(outcomes[0], Ok("fine"));
    assert_eq!(outcomes[1], Err("it is 1".to_owned()));
    assert_eq!(outcomes[2], Err("it panics: it is something else".to_owned()));
}

//! One process that tries inputs. It may panic, abort or hang; its parent knows from the progress file which input did it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::corpus::Corpus;
use crate::options::Options;
use crate::random::Random;
use crate::targets::Target;

/// Tries inputs until the time is over. Prints how many had which result.
///
/// # Errors
/// Why an input failed.
pub fn many(target: &dyn Target, corpus: &Corpus, options: &Options, progress: &Path) -> Result<(), String> {
    let mut file = File::create(progress).map_err(|error| format!("{}: {error}", progress.display()))?;
    let end = Instant::now() + Duration::from_secs(options.seconds);
    let (mut number, mut results) = (options.from, BTreeMap::<&str, u64>::new());
    while Instant::now() < end {
        note(&mut file, number).map_err(|error| error.to_string())?;
        let result = one(target, corpus, &input(target, corpus, options.seed, number))?;
        *results.entry(result).or_default() += 1;
        number += options.jobs;
    }
    // The parent adds them up.
    let counts: Vec<String> = results.iter().map(|(result, count)| format!("{count}\t{result}")).collect();
    fs::write(progress.with_extension("counts"), counts.join("\n")).map_err(|error| error.to_string())
}

/// The input with a number.
#[must_use]
pub fn input(target: &dyn Target, corpus: &Corpus, seed: u64, number: u64) -> Vec<u8> {
    target.input(corpus, &mut Random::new(seed, number))
}

fn note(file: &mut File, number: u64) -> io::Result<()> {
    file.seek(SeekFrom::Start(0))?;
    file.write_all(&number.to_le_bytes())
}

/// Tries an input.
///
/// # Errors
/// What is not true of it, or that it panics.
pub fn one(target: &dyn Target, corpus: &Corpus, input: &[u8]) -> Result<&'static str, String> {
    match catch_unwind(AssertUnwindSafe(|| target.check(corpus, input))) {
        Ok(result) => result,
        Err(panic) => {
            let message = panic.downcast_ref::<String>().map(String::as_str);
            let message = message.or_else(|| panic.downcast_ref::<&str>().copied());
            Err(format!("it panics: {}", message.unwrap_or("without a message")))
        }
    }
}

//! Measures how fast events are mapped to requests, compared with the floor: parsing the same lines into a
//! `serde_json::Value` and printing it. Both run on one thread, in alternation, and allocate with mimalloc.
//!
//! ```text
//! cargo bench --bench floor [-- --smoke] [--mapping FILE] [--config FILE] [--events FILE] [--rounds N]
//! ```
//! `cargo test --bench floor -- --smoke` checks that the bench runs, without a release build.

#![expect(clippy::cast_precision_loss, reason = "precision is irrelevant for displayed figures")]
#![expect(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a bench reads files, measures and prints"
)]

mod measure;

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use mapwright::{Engine, Files, Outcome, Settings};
use measure::{Arguments, median};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Files on disk. A name is relative to the folder of the file that refers to it.
struct Disk;

impl Files for Disk {
    fn read(&self, from: Option<&str>, name: &str) -> Result<(String, String), String> {
        let folder = from.and_then(|from| Path::new(from).parent()).unwrap_or(Path::new(""));
        let path = folder.join(name).canonicalize().map_err(|why| why.to_string())?;
        let text = std::fs::read_to_string(&path).map_err(|why| why.to_string())?;
        Ok((path.to_string_lossy().into_owned(), text))
    }
}

fn main() {
    let arguments = Arguments::read();
    let (events, source) = arguments.events();
    let mapping = arguments.mapping();
    let loaded = mapwright::load(&mapping, &Disk);
    let Some(engine) = loaded.engine else {
        panic!("the mapping has errors: {:?}", loaded.findings);
    };
    let text = std::fs::read_to_string(arguments.settings()).expect("the settings can be read");
    let settings = engine.settings(&text).expect("the settings are JSON");

    let (mut answer, mut print) = (Vec::new(), Vec::new());
    let mut worker = engine.worker(&settings).expect("its own settings");
    let mut transform = || {
        for (number, line) in (1..).zip(&events) {
            answer.clear();
            black_box(worker.line(number, line, &mut answer));
            black_box(&answer);
        }
    };
    let mut floor = || {
        for line in &events {
            print.clear();
            // Faster than `from_slice`, which validates each string separately. The floor uses the fastest method.
            let text = std::str::from_utf8(line).expect("the events are UTF-8");
            let value: serde_json::Value = serde_json::from_str(text).expect("the events are JSON");
            serde_json::to_writer(&mut print, &value).expect("writing to a vector cannot fail");
            black_box(&print);
        }
    };

    let (rounds, passes) = (arguments.number("--rounds", 1, 21), arguments.number("--passes", 1, 10));
    let (mut transform_times, mut floor_times, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    // The first round is not counted. The two sides take turns in going first.
    for round in 0..=rounds {
        let (a, b);
        if round % 2 == 0 {
            a = time(passes, &mut transform);
            b = time(passes, &mut floor);
        } else {
            b = time(passes, &mut floor);
            a = time(passes, &mut transform);
        }
        if round > 0 {
            transform_times.push(a);
            floor_times.push(b);
            ratios.push(b / a);
        }
    }

    let runs = (passes * events.len()) as f64;
    let bytes = events.iter().map(Vec::len).sum::<usize>() as f64 / events.len() as f64;
    println!("events       {} of {bytes:.0} bytes on average, {}", events.len(), source.display());
    println!("mapping      {mapping}, loaded in {:.3} ms", loading(&mapping, rounds));
    println!("answers      {}", outcomes(&engine, &settings, &events));
    for (name, times) in [("a mapwright", transform_times), ("b floor", floor_times)] {
        let seconds = median(times) / runs;
        println!("{name:<12} {:>9.0} events/s {:>7.0} ns/event", 1.0 / seconds, seconds * 1e9);
    }
    println!(
        "ratio b/a    {:.3} (median of {rounds} rounds of {passes} passes, pair by pair)",
        median(ratios)
    );
}

fn time(passes: usize, work: &mut dyn FnMut()) -> f64 {
    let start = Instant::now();
    for _ in 0..passes {
        work();
    }
    start.elapsed().as_secs_f64()
}

/// The median time in milliseconds to load the mapping.
fn loading(mapping: &str, rounds: usize) -> f64 {
    let times = (0..rounds * 5).map(|_| {
        let start = Instant::now();
        let loaded = black_box(mapwright::load(mapping, &Disk));
        let time = start.elapsed().as_secs_f64() * 1e3;
        drop(loaded);
        time
    });
    median(times.collect())
}

/// A summary of the outcomes, which shows that the run is not fast only because it refuses the events.
fn outcomes(engine: &Engine, settings: &Settings, events: &[Vec<u8>]) -> String {
    let mut worker = engine.worker(settings).expect("its own settings");
    let (mut requests, mut dropped, mut refused, mut out) = (0, 0, 0, Vec::new());
    for (number, line) in (1..).zip(events) {
        match worker.line(number, line, &mut out).outcome {
            Outcome::Requests(count) => requests += count,
            Outcome::Dropped => dropped += 1,
            Outcome::Refused(_) => refused += 1,
        }
    }
    let average = out.len() / events.len();
    format!("{requests} requests, {dropped} dropped, {refused} refused; {average} bytes per event")
}

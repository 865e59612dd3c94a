//! Measures the whole command with one and two threads, compared with the floor: a program that only reads, parses,
//! prints and writes the same file. Reports wall time and peak memory, and the time for a single event.
//!
//! ```text
//! cargo bench --bench command [-- --smoke] [--count N] [--rounds N] [--mapping FILE] [--config FILE] [--events FILE]
//! ```
//! `--count` is the number of events in the file (default 500,000). `cargo test --bench command -- --smoke` checks that
//! the bench runs.

#![expect(clippy::cast_precision_loss, reason = "precision is irrelevant for displayed figures")]
#![expect(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a bench reads files, measures and prints"
)]

mod measure;

/// The floor program. This bench starts itself as that program.
#[path = "../examples/print_floor.rs"]
mod print_floor;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use measure::{Arguments, median};

/// The argument that runs this bench as the floor program.
const FLOOR: &str = "print-floor";

/// One run of a program: its wall time in seconds and, on Linux, its peak memory in MiB.
type Run = (f64, Option<f64>);

fn main() -> std::io::Result<()> {
    if std::env::args().nth(1).is_some_and(|first| first == FLOOR) {
        return print_floor::main();
    }
    let arguments = Arguments::read();
    let (count, rounds) = (arguments.number("--count", 2000, 500_000), arguments.number("--rounds", 1, 5));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (input, output) = (folder.join(format!("bench-{count}.ndjson")), folder.join("bench-answers.ndjson"));
    let size = write(&arguments, count, &input)?;
    let small = folder.join("bench-1.ndjson");
    write(&arguments, 1, &small)?;

    let floor = || {
        let mut command = Command::new(std::env::current_exe().expect("this bench is a file"));
        command.args([FLOOR.as_ref(), input.as_os_str(), output.as_os_str()]);
        command
    };
    let mapwright = |threads: &str, input: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mapwright"));
        command.args(["transform", "--mapping", &arguments.mapping(), "--config", &arguments.settings()]);
        command.args(["--quiet", "--threads", threads, "-o"]).args([&output, input]);
        command
    };

    let [mut floors, mut one_thread, mut two_threads, mut single_event] = [const { Vec::<Run>::new() }; 4];
    for round in 0..=rounds {
        let pair = (run(floor(), &output)?, run(mapwright("1", &input), &output)?);
        let two = run(mapwright("2", &input), &output)?;
        // The first round only warms up caches.
        if round > 0 {
            floors.push(pair.0);
            one_thread.push(pair.1);
            two_threads.push(two);
        }
    }
    for _ in 0..rounds * 4 {
        single_event.push(run(mapwright("1", &small), &output)?);
    }
    std::fs::remove_file(&output)?;

    println!("input        {count} events, {:.1} MiB", size as f64 / f64::from(1 << 20));
    for (name, runs) in [("floor", &floors), ("1 thread", &one_thread), ("2 threads", &two_threads)] {
        let seconds = median(runs.iter().map(|run| run.0).collect());
        let memory = runs.iter().filter_map(|run| run.1).fold(0.0, f64::max);
        println!(
            "{name:<12} {seconds:>7.3} s {:>9.0} events/s {memory:>6.1} MiB peak",
            count as f64 / seconds
        );
    }
    println!(
        "one event    {:>7.1} ms from start to end",
        1e3 * median(single_event.iter().map(|run| run.0).collect())
    );
    println!(
        "floor / 1 thread      {:.3} (median of {rounds} rounds, pair by pair)",
        ratio(&floors, &one_thread)
    );
    println!("1 thread / 2 threads  {:.3}", ratio(&one_thread, &two_threads));
    Ok(())
}

/// Writes a file of `count` events, repeating them as needed; returns its size in bytes.
fn write(arguments: &Arguments, count: usize, path: &Path) -> std::io::Result<u64> {
    let (events, _) = arguments.events();
    let mut file = BufWriter::new(File::create(path)?);
    for line in events.iter().cycle().take(count) {
        file.write_all(line)?;
        file.write_all(b"\n")?;
    }
    file.into_inner()?.metadata().map(|metadata| metadata.len())
}

/// Runs a program until it ends, after removing the output of an earlier run.
fn run(mut command: Command, output: &Path) -> std::io::Result<Run> {
    let _ = std::fs::remove_file(output);
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).spawn()?;
    let status = format!("/proc/{}/status", child.id());
    // The peak memory is no longer available once the program has ended, so a thread polls it.
    let (done, ended) = std::sync::mpsc::channel::<()>();
    let memory = std::thread::spawn(move || {
        let mut highest = None;
        while ended.recv_timeout(Duration::from_millis(2)) == Err(std::sync::mpsc::RecvTimeoutError::Timeout)
        {
            highest = peak(&status).or(highest);
        }
        highest
    });
    let code = child.wait()?;
    let time = start.elapsed().as_secs_f64();
    drop(done);
    assert!(code.success(), "{command:?} failed");
    Ok((time, memory.join().expect("reading a file does not panic")))
}

/// The peak memory of a process in MiB (Linux only).
fn peak(status: &str) -> Option<f64> {
    let text = std::fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<f64>().ok()? / 1024.0)
}

/// The median of the ratios of wall times, run by run.
fn ratio(numerators: &[Run], denominators: &[Run]) -> f64 {
    median(numerators.iter().zip(denominators).map(|(a, b)| a.0 / b.0).collect())
}

//! The whole command beside a program that reads, parses, prints and writes the same file: wall time, one and
//! two threads, peak memory; and how long one event takes from start to end.
//!
//! ```text
//! cargo bench --bench command [-- --smoke] [--count N] [--rounds N] [--mapping FILE] [--config FILE] [--events FILE]
//! ```
//! `--count` is the number of events in the file (500,000). That it runs: `cargo test --bench command -- --smoke`.

#![expect(clippy::cast_precision_loss, reason = "figures for people")]
#![expect(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a bench reads files, measures and prints"
)]

mod measure;

/// The program it is compared with; this bench runs itself as that program.
#[path = "../examples/print_floor.rs"]
mod print_floor;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use measure::{Arguments, median};

/// The argument that makes this bench the floor program.
const FLOOR: &str = "print-floor";

/// One run of a program: seconds and, where the system tells, the most memory it had in MiB.
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

    let [mut floors, mut ones, mut twos, mut starts] = [const { Vec::<Run>::new() }; 4];
    for round in 0..=rounds {
        let pair = (run(floor(), &output)?, run(mapwright("1", &input), &output)?);
        let two = run(mapwright("2", &input), &output)?;
        if round > 0 {
            floors.push(pair.0);
            ones.push(pair.1);
            twos.push(two);
        }
    }
    for _ in 0..rounds * 4 {
        starts.push(run(mapwright("1", &small), &output)?);
    }
    std::fs::remove_file(&output)?;

    println!("input        {count} events, {:.1} MiB", size as f64 / f64::from(1 << 20));
    for (name, runs) in [("floor", &floors), ("1 thread", &ones), ("2 threads", &twos)] {
        let seconds = median(runs.iter().map(|run| run.0).collect());
        let memory = runs.iter().filter_map(|run| run.1).fold(0.0, f64::max);
        println!(
            "{name:<12} {seconds:>7.3} s {:>9.0} events/s {memory:>6.1} MiB at most",
            count as f64 / seconds
        );
    }
    println!(
        "one event    {:>7.1} ms from start to end",
        1e3 * median(starts.iter().map(|run| run.0).collect())
    );
    println!("floor / 1 thread      {:.3} (median of {rounds} rounds, pair by pair)", ratio(&floors, &ones));
    println!("1 thread / 2 threads  {:.3}", ratio(&ones, &twos));
    Ok(())
}

/// Repeats the events until there are `count`; gives the size of the file.
fn write(arguments: &Arguments, count: usize, path: &Path) -> std::io::Result<u64> {
    let (events, _) = arguments.events();
    let mut file = BufWriter::new(File::create(path)?);
    for line in events.iter().cycle().take(count) {
        file.write_all(line)?;
        file.write_all(b"\n")?;
    }
    file.into_inner()?.metadata().map(|about| about.len())
}

/// Runs a program to its end, with no output of an earlier run in its way.
fn run(mut command: Command, output: &Path) -> std::io::Result<Run> {
    let _ = std::fs::remove_file(output);
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).spawn()?;
    let status = format!("/proc/{}/status", child.id());
    // The system forgets the figure when the program ends, so a thread asks for it again and again.
    let (done, ended) = std::sync::mpsc::channel::<()>();
    let memory = std::thread::spawn(move || {
        let mut most = None;
        while ended.recv_timeout(Duration::from_millis(2)) == Err(std::sync::mpsc::RecvTimeoutError::Timeout)
        {
            most = peak(&status).or(most);
        }
        most
    });
    let code = child.wait()?;
    let time = start.elapsed().as_secs_f64();
    drop(done);
    assert!(code.success(), "{command:?} failed");
    Ok((time, memory.join().expect("reading a file does not panic")))
}

/// The most memory a process has had, in MiB (Linux).
fn peak(status: &str) -> Option<f64> {
    let text = std::fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().strip_suffix(" kB")?.parse::<f64>().ok()? / 1024.0)
}

fn ratio(above: &[Run], below: &[Run]) -> f64 {
    median(above.iter().zip(below).map(|(a, b)| a.0 / b.0).collect())
}

//! Starts the processes that try inputs, and finds the input that ended one of them.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, io, thread};

use crate::corpus::Corpus;
use crate::options::Options;
use crate::targets::Target;
use crate::trial;

/// For how long one input may take before it counts as a hang.
const HANG: Duration = Duration::from_secs(30);

/// How much memory a process may have, in KiB.
const MEMORY: u64 = 4 << 20;

struct Process {
    child: Child,
    progress: PathBuf,
    /// The last number that was seen in the progress file, and since when.
    last: (Option<u64>, Instant),
}

/// An input that failed: its number and why.
struct Failure {
    number: Option<u64>,
    reason: String,
}

/// Tries a target for some time. Returns a line of statistics.
///
/// # Errors
/// Which input failed and why, or why nothing could be tried.
pub fn run(target: &dyn Target, corpus: &Corpus, options: &Options) -> Result<String, String> {
    let folder = options.out.join(format!("{}-{}", target.name(), std::process::id()));
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let started = (0..options.jobs)
        .map(|job| start(target.name(), options, job, &folder))
        .collect::<io::Result<Vec<_>>>();
    let mut processes = started.map_err(|error| format!("cannot start a process: {error}"))?;
    let outcome = wait(&mut processes);
    for process in &mut processes {
        // The processes of this command only; they have ended unless one has failed.
        let _ = process.child.kill();
        let _ = process.child.wait();
    }
    let statistics = match outcome {
        Ok(()) => Ok(statistics(target.name(), options, &processes)),
        Err(failure) => Err(keep(target, corpus, options, &failure)),
    };
    let _ = fs::remove_dir_all(&folder);
    statistics
}

fn start(target: &str, options: &Options, job: u64, folder: &Path) -> io::Result<Process> {
    let progress = folder.join(format!("{job}.progress"));
    // A limit of memory for the process, so that a mapping that takes all of it fails instead of the machine.
    let mut command = Command::new("sh");
    command.args(["-c", &format!("ulimit -v {MEMORY}; exec \"$0\" \"$@\"")]).arg(env::current_exe()?);
    command.args(["--target", target, "--from", &job.to_string(), "--jobs", &options.jobs.to_string()]);
    command.args(["--seconds", &options.seconds.to_string(), "--seed", &options.seed.to_string()]);
    command.arg("--progress").arg(&progress);
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    Ok(Process { child, progress, last: (None, Instant::now()) })
}

/// Waits for all processes, or for the first that fails.
fn wait(processes: &mut [Process]) -> Result<(), Failure> {
    let mut running = processes.len();
    let mut ended = vec![false; processes.len()];
    while running > 0 {
        thread::sleep(Duration::from_millis(50));
        for (process, ended) in processes.iter_mut().zip(&mut ended).filter(|(_, ended)| !**ended) {
            let number = progress(&process.progress);
            match process.child.try_wait() {
                Ok(Some(status)) if status.success() => {
                    *ended = true;
                    running -= 1;
                }
                Ok(Some(status)) => {
                    let mut reason = String::new();
                    if let Some(stderr) = &mut process.child.stderr {
                        let _ = stderr.read_to_string(&mut reason);
                    }
                    return Err(Failure { number, reason: format!("{}\n{status}", reason.trim_end()) });
                }
                Ok(None) if number != process.last.0 => process.last = (number, Instant::now()),
                Ok(None) if process.last.1.elapsed() > HANG => {
                    return Err(Failure {
                        number,
                        reason: format!("it takes more than {} s", HANG.as_secs()),
                    });
                }
                Ok(None) => {}
                Err(error) => return Err(Failure { number, reason: error.to_string() }),
            }
        }
    }
    Ok(())
}

fn progress(path: &Path) -> Option<u64> {
    Some(u64::from_le_bytes(fs::read(path).ok()?.try_into().ok()?))
}

/// Writes the input that failed to a file. Returns what to say of it.
fn keep(target: &dyn Target, corpus: &Corpus, options: &Options, failure: &Failure) -> String {
    let (name, seed) = (target.name(), options.seed);
    let Some(number) = failure.number else { return format!("{name}: {}", failure.reason) };
    let path = options.out.join(format!("{name}-{seed}-{number}.txt"));
    let written = fs::write(&path, trial::input(target, corpus, seed, number));
    let place = written.map_or_else(|error| error.to_string(), |()| path.display().to_string());
    format!(
        "{name}: input {number} of seed {seed} fails: {}\n  it is in {place}; try it again with --target {name} --input {place}",
        failure.reason
    )
}

fn statistics(target: &str, options: &Options, processes: &[Process]) -> String {
    let mut results = BTreeMap::<String, u64>::new();
    for process in processes {
        let counts = fs::read_to_string(process.progress.with_extension("counts")).unwrap_or_default();
        for (count, result) in counts.lines().filter_map(|line| line.split_once('\t')) {
            *results.entry(result.to_owned()).or_default() += count.parse::<u64>().unwrap_or(0);
        }
    }
    let total: u64 = results.values().sum();
    let parts: Vec<String> = results.iter().map(|(result, count)| format!("{count} {result}")).collect();
    let each_second = total / options.seconds.max(1);
    format!(
        "{target}: {total} inputs in {} s ({each_second} per second): {}",
        options.seconds,
        parts.join(", ")
    )
}

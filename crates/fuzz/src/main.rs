//! See [`fuzz::options::HELP`].

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a command reads its arguments and reports what it finds"
)]

use std::path::Path;
use std::process::ExitCode;

use fuzz::corpus::Corpus;
use fuzz::options::{HELP, Options};
use fuzz::targets::{TARGETS, Target};
use fuzz::{supervise, trial};

fn main() -> ExitCode {
    if std::env::args().skip(1).any(|argument| argument == "--help") {
        print!("{HELP}");
        return ExitCode::SUCCESS;
    }
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let options = Options::read(std::env::args().skip(1))?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let corpus = Corpus::read(&root).map_err(|error| format!("cannot read the repository: {error}"))?;
    let wanted = |target: &&&dyn Target| options.target.as_ref().is_none_or(|name| name == target.name());
    let targets: Vec<&dyn Target> = TARGETS.iter().filter(wanted).copied().collect();
    if targets.is_empty() {
        return Err("there is no such target; `--help` lists them".to_owned());
    }
    for target in targets {
        if let Some(path) = &options.input {
            let input = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
            println!("{}: {}", target.name(), trial::one(target, &corpus, &input)?);
        } else if let Some(progress) = &options.progress {
            trial::many(target, &corpus, &options, progress)?;
        } else {
            println!("{}", supervise::run(target, &corpus, &options)?);
        }
    }
    Ok(())
}

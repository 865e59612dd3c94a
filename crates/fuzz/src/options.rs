//! The command line.

use std::path::PathBuf;

/// How to use the command.
pub const HELP: &str = "\
Tries random inputs on mapwright until the time is over or one fails.

usage: fuzz [--target NAME] [--seconds N] [--seed S] [--jobs N] [--out FOLDER]
       fuzz --target NAME --input FILE

  --target NAME   line, mapping, mapping-event, settings-endpoint or filters; all of them without it
  --seconds N     for how long to try each target (default 10)
  --seed S        where to start (default 1); the same seed tries the same inputs
  --jobs N        how many processes at once (default 2)
  --out FOLDER    where to write an input that fails (default target/fuzz)
  --input FILE    tries one input that was written before
";

/// The options of the command.
#[derive(Clone, Debug)]
pub struct Options {
    /// The target; `None` for all.
    pub target: Option<String>,
    /// For how long to try each target.
    pub seconds: u64,
    /// The seed.
    pub seed: u64,
    /// The number of processes at once.
    pub jobs: u64,
    /// Where to write an input that fails.
    pub out: PathBuf,
    /// One input to try.
    pub input: Option<PathBuf>,
    /// Set for a process that this command has started: the file for the number of the current input.
    pub progress: Option<PathBuf>,
    /// The number of the first input.
    pub from: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            target: None,
            seconds: 10,
            seed: 1,
            jobs: 2,
            out: PathBuf::from("target/fuzz"),
            input: None,
            progress: None,
            from: 0,
        }
    }
}

impl Options {
    /// Reads the arguments of the command.
    ///
    /// # Errors
    /// What is wrong with them, in one sentence.
    pub fn read(arguments: impl IntoIterator<Item = String>) -> Result<Self, String> {
        let mut options = Self::default();
        let mut arguments = arguments.into_iter();
        while let Some(name) = arguments.next() {
            let value = arguments.next().ok_or_else(|| format!("`{name}` needs a value"))?;
            let number = || value.parse::<u64>().map_err(|_| format!("`{name}` needs a whole number"));
            match name.as_str() {
                "--target" => options.target = Some(value),
                "--seconds" => options.seconds = number()?,
                "--seed" => options.seed = number()?,
                "--jobs" => options.jobs = number()?.max(1),
                "--out" => options.out = value.into(),
                "--input" => options.input = Some(value.into()),
                "--progress" => options.progress = Some(value.into()),
                "--from" => options.from = number()?,
                _ => return Err(format!("there is no option `{name}`; `--help` lists them")),
            }
        }
        Ok(options)
    }
}

//! The `mapwright` command: arguments in, a verb of [`cli`] runs, an exit code out.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "the command has what the library has not: files, a clock, streams"
)]

mod cli;

use std::process::ExitCode;

/// The little that is still allocated while events run is allocated quickly.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main()
}

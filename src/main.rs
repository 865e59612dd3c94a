//! The `mapwright` command: arguments in, a verb of [`cli`] runs, an exit code out.

mod cli;

use std::process::ExitCode;

/// The little that is still allocated while events run is allocated quickly.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main()
}

//! The `mapwright` command. Everything it does is in [`cli`].

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "unlike the library, the command uses files, streams and the clock"
)]

mod cli;

use std::process::ExitCode;

/// Faster than the system allocator for the few allocations that remain per event.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main()
}

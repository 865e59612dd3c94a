//! Compiles the C code of the command.

#![expect(clippy::disallowed_macros, reason = "a build script talks to cargo on standard output")]
#![cfg_attr(feature = "cli", expect(clippy::disallowed_methods, reason = "and reads what cargo says"))]

fn main() {
    println!("cargo::rerun-if-changed=src/cli/closed_stdout.c");
    #[cfg(feature = "cli")]
    if std::env::var_os("CARGO_CFG_UNIX").is_some() {
        for object in cc::Build::new().file("src/cli/closed_stdout.c").compile_intermediates() {
            println!("cargo::rustc-link-arg-bins={}", object.display());
        }
    }
}

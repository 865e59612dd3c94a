//! Tries random inputs on mapwright with a stable toolchain: `cargo run --profile fuzz --package fuzz -- --help`.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a command reads files and arguments, starts processes and watches the time"
)]

pub mod answers;
pub mod corpus;
pub mod grammar;
pub mod json;
pub mod options;
pub mod random;
pub mod supervise;
pub mod targets;
pub mod text;
pub mod trial;

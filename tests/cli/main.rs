//! The command as a person runs it: arguments, streams, exit codes.

mod answers;
mod bad_lines;
mod contract;
mod events;
mod explain;
mod mappings;
mod new;
mod reference;
mod run;
mod streams;
mod test_verb;
mod usage;
mod validate;

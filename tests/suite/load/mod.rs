//! Loading mappings and reading files for tests.

mod disk;
mod folders;
mod memory;

pub(crate) use disk::mapping;
pub(crate) use folders::{files_below, project, text};
pub(crate) use memory::load;

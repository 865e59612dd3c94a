//! Where tests get their mappings and files from.

mod disk;
mod folders;
mod memory;

pub(crate) use disk::mapping;
pub(crate) use folders::{files_below, project, text};
pub(crate) use memory::load;

//! D: what a destination accepts.

use super::Code;

pub(super) const ROWS: &[Code] = &[];

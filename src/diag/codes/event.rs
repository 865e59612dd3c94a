//! E: what recorded events know about a mapping.

use super::Code;

pub(super) const ROWS: &[Code] = &[];

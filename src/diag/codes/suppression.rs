//! C: suppressions and test cases.

use super::Code;

pub(super) const ROWS: &[Code] = &[];

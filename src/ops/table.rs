//! The table. Adding an operator is two edits: its file, and its row here.

use super::Operator;

/// Declares the modules of operators and the table of their rows, in the order of the reference.
macro_rules! operators {
    ($($module:ident $file:literal [$($row:ident),+]),* $(,)?) => {
        $(#[path = $file] mod $module;)*
        /// All operators, in the order of the reference.
        pub static OPS: &[&Operator] = &[$($(&$module::$row),+),*];
    };
}

operators! {
    string "string.rs" [ROW],
    round "round.rs" [ROW],
    lowercase "lowercase.rs" [LOWERCASE, UPPERCASE],
    truncate "truncate.rs" [TRUNCATE, TRUNCATE_BYTES],
    join "join.rs" [ROW],
    url_encode "url_encode.rs" [ROW],
    base64 "base64.rs" [ROW],
    unix_seconds "unix_seconds.rs" [UNIX_SECONDS, UNIX_MILLIS],
    multiply "multiply.rs" [MULTIPLY, ADD],
    only "only.rs" [ONLY, EXCEPT],
    flatten "flatten.rs" [ROW],
    first "first.rs" [ROW],
    map_values "map_values.rs" [ROW],
    keep_if "keep_if.rs" [ROW],
}

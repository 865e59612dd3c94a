//! The table. Adding an operator is two edits: its file, and its row here.

use super::Operator;

/// Declares the modules of operators and the table of their rows, in the order of the reference.
macro_rules! operators {
    ($($module:ident $file:literal),* $(,)?) => {
        $(#[path = $file] mod $module;)*
        /// All operators, in the order of the reference.
        pub static OPS: &[&Operator] = &[$(&$module::ROW),*];
    };
}

operators! {
    lowercase "lowercase.rs",
}

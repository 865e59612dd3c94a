//! The end of a help text.

use super::exit::Exit;
use super::terminal;
use super::wrap::wrap;

/// The maximum width of a help text in columns.
pub(super) const MAX_WIDTH: usize = 100;

/// The text after the options of a verb: `examples`, then a table of exit codes.
pub(super) fn after_help(examples: &str, codes: &[(Exit, &str)]) -> String {
    let indent = "  0  ".len();
    // The manual pages, which tests make, do not depend on a terminal.
    let width = if cfg!(test) { MAX_WIDTH } else { terminal::width().min(MAX_WIDTH) };
    let width = width.saturating_sub(indent);
    let codes =
        codes.iter().map(|&(exit, meaning)| format!("\n  {}  {}", exit as u8, wrap(meaning, width, indent)));
    format!("{examples}\n\nExit codes:{}", codes.collect::<String>())
}

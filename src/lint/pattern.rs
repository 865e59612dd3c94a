//! Regular expressions that are valid but do not mean what they seem to.

use crate::diag::{Code, Diagnostic, Warnings};
use crate::syntax::Text;

/// Top-level domains: a dot before one is probably meant literally.
const TOP_LEVEL_DOMAINS: [&str; 10] = ["com", "net", "org", "io", "co", "de", "eu", "uk", "app", "dev"];

pub(super) fn pattern(text: &Text, warnings: &mut Warnings) {
    let pattern = text.text.as_str();
    let flags = pattern.rsplit_once('/').map(|(_, flags)| flags);
    if let Some(flags) = flags
        && pattern.len() > 2 + flags.len()
        && pattern.starts_with('/')
        && flags.chars().all(|c| "gimsuy".contains(c))
    {
        let inner = &pattern[1..pattern.len() - flags.len() - 1];
        let supported_flags: String = flags.chars().filter(|c| "ims".contains(*c)).collect();
        let equivalent = if supported_flags.is_empty() {
            inner.to_owned()
        } else {
            format!("(?{supported_flags}){inner}")
        };
        let message = "the slashes and what follows them are part of the pattern here";
        warnings.push(
            Diagnostic::new(Code::SlashesInPattern, text.span, message).help(format!("write `{equivalent}`")),
        );
        return;
    }
    if let Some(offset) = loose_dot(pattern) {
        let message = "`.` matches any character; write `\\.` for a dot";
        warnings.push(Diagnostic::new(Code::LooseDot, text.at(offset..offset + 1), message));
    }
}

/// The byte offset of a dot between a letter or digit and a top-level domain.
fn loose_dot(pattern: &str) -> Option<usize> {
    pattern.match_indices('.').map(|(offset, _)| offset).find(|&offset| {
        let before = pattern[..offset].chars().next_back().is_some_and(|c| c.is_ascii_alphanumeric());
        let after = &pattern[offset + 1..];
        let word = &after[..after.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(after.len())];
        let ends = after[word.len()..].chars().next().is_none_or(|c| "$/)|:".contains(c));
        before && ends && TOP_LEVEL_DOMAINS.contains(&word)
    })
}

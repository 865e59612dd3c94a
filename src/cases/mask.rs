//! Names of settings in the place of their values.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::json::Node;
use crate::plan::Plan;

/// The values that may not be shown, each with the name that stands for it, the longest first.
pub(super) struct Mask(Vec<(String, String)>);

impl Mask {
    /// The values of `config`, without those of settings that the mapping calls public.
    pub(super) fn new(plan: &Plan, config: Node<'_>) -> Self {
        let public =
            |name: &str| plan.settings.iter().any(|setting| setting.public && *setting.name == *name);
        let mut mask = Self(Vec::new());
        for (name, value) in config.members().filter(|(name, _)| !public(name)) {
            mask.add(&name, value);
        }
        mask.0.sort_by_key(|(value, _)| std::cmp::Reverse(value.len()));
        mask
    }

    fn add(&mut self, name: &str, value: Node<'_>) {
        if let Some(text) = value.text() {
            self.keep(name, &text);
        } else if value.members().next().is_some() {
            value.members().for_each(|(key, value)| self.add(&format!("{name}.{key}"), value));
        } else if value.elements().next().is_some() {
            value.elements().for_each(|value| self.add(name, value));
        } else if value.json().len() > 5 {
            // Shorter ones are true, false, null and numbers that stand everywhere.
            self.keep(name, value.json());
        }
    }

    fn keep(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        let name = format!("‹{name}›");
        let quoted = utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
        self.0.push((value.to_owned(), name.clone()));
        self.0.push((quoted, name));
    }

    /// `text` with names in the place of values; a base64 text that holds one is shown decoded.
    pub(super) fn apply(&self, text: &str) -> String {
        let mut masked = String::with_capacity(text.len());
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.find(|c: char| !in_base64(c)).unwrap_or(rest.len());
            let (head, tail) = rest.split_at(word);
            let padding = tail.len() - tail.trim_start_matches('=').len();
            let (equals, tail) = tail.split_at(padding);
            masked.push_str(&self.decoded(head).unwrap_or_else(|| format!("{head}{equals}")));
            let gap = tail.find(in_base64).unwrap_or(tail.len());
            let (between, tail) = tail.split_at(gap);
            masked.push_str(between);
            rest = tail;
        }
        self.plain(&masked)
    }

    fn decoded(&self, word: &str) -> Option<String> {
        let word = percent_decode_str(word).decode_utf8().ok()?;
        let word = word.trim_end_matches('=').replace('-', "+").replace('_', "/");
        let text = String::from_utf8(STANDARD_NO_PAD.decode(word).ok()?).ok()?;
        let shown = self.plain(&text);
        (shown != text).then(|| format!("base64({shown})"))
    }

    fn plain(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, (value, name)| text.replace(value, name))
    }
}

/// Both alphabets, and `%` for base64 inside a URL.
fn in_base64(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_' | '%')
}

#[cfg(test)]
mod tests {
    use super::Mask;

    #[test]
    fn secrets_are_not_shown_in_any_dress() {
        let mut mask = Mask(Vec::new());
        mask.keep("key", "s3cret/ä");
        for (text, shown) in [
            ("the s3cret/ä is told", "the ‹key› is told"),
            ("?k=s3cret%2F%C3%A4&x=1", "?k=‹key›&x=1"),
            ("Basic dTpzM2NyZXQvw6Q=", "Basic base64(u:‹key›)"),
            ("?auth=dTpzM2NyZXQvw6Q%3D", "?auth=base64(u:‹key›)"),
            ("Bearer dTpzM2NyZXQvw6Q", "Bearer base64(u:‹key›)"),
            ("a==b=", "a==b="),
            ("nothing of it: dTpwdWJsaWM=", "nothing of it: dTpwdWJsaWM="),
        ] {
            assert_eq!(mask.apply(text), shown);
        }
    }
}

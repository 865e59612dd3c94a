//! Texts without the values of secret settings.

use std::cmp::Reverse;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::plan::Plan;
use crate::value::{Arena, Value, View, quoted, to_json};

/// Two ways to write a text in a URL besides [`NON_ALPHANUMERIC`]: RFC 3986's, and that of JavaScript's
/// `encodeURIComponent`, which is the operator `url_encode`.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
const COMPONENT: &AsciiSet = &UNRESERVED.remove(b'!').remove(b'*').remove(b'\'').remove(b'(').remove(b')');

/// Numbers and words as short as this stand everywhere: `true`, `false`, `null`, years.
const SHORT: usize = 5;

/// What is shown in the place of a secret.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shown {
    /// The same for every secret.
    Always(&'static str),
    /// The setting's name: `‹apiKey›`.
    Name,
}

/// The values of settings that may not be shown, as they are and as URLs, JSON and base64 hold them.
#[derive(Debug)]
pub(crate) struct Redactor {
    shown: Shown,
    secrets: Vec<Secret>,
}

#[derive(Debug)]
struct Secret {
    text: String,
    shown: String,
}

impl Redactor {
    /// Hides nothing yet.
    pub(crate) fn new(shown: Shown) -> Self {
        Self { shown, secrets: Vec::new() }
    }

    /// Hides the values of `config` from here on, but for settings that the mapping calls public (`secret: false`).
    pub(crate) fn hide_settings(&mut self, plan: &Plan, config: Value<'_>) {
        let arena = Arena::new();
        let View::Map(settings) = config.view(&arena) else { return };
        let public = |name: &str| plan.settings.iter().any(|one| one.public && *one.name == *name);
        for (name, value) in settings.iter(&arena).filter(|(name, _)| !public(name)) {
            self.hide(name, value, &arena);
        }
    }

    fn hide<'a>(&mut self, name: &str, value: Value<'a>, arena: &'a Arena) {
        match value.view(arena) {
            View::Text(text) => self.hide_text(name, text),
            View::Map(map) => {
                map.iter(arena).for_each(|(key, member)| self.hide(&format!("{name}.{key}"), member, arena));
            }
            View::List(list) => list.iter().for_each(|item| self.hide(name, item, arena)),
            View::Null | View::Bool(_) | View::Number(_) => {
                let json = to_json(value);
                if json.len() > SHORT {
                    self.hide_text(name, &json);
                }
            }
        }
    }

    fn hide_text(&mut self, name: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let shown = match self.shown {
            Shown::Always(shown) => shown.to_owned(),
            Shown::Name => format!("‹{name}›"),
        };
        let json = quoted(text);
        let mut forms = vec![
            text.to_owned(),
            json[1..json.len() - 1].to_owned(),
            utf8_percent_encode(text, NON_ALPHANUMERIC).to_string(),
            utf8_percent_encode(text, UNRESERVED).to_string(),
            utf8_percent_encode(text, COMPONENT).to_string(),
        ];
        if text.len() > SHORT {
            // Inside of a longer word without a border; words of base64 alone are decoded.
            forms.extend([STANDARD_NO_PAD.encode(text), URL_SAFE_NO_PAD.encode(text)]);
        }
        forms.sort_unstable();
        forms.dedup();
        self.secrets.extend(forms.into_iter().map(|text| Secret { text, shown: shown.clone() }));
    }

    /// The text without secrets; a word of base64 that holds one is shown decoded.
    pub(crate) fn text(&self, text: &str) -> String {
        let mut redacted = String::with_capacity(text.len());
        let mut rest = text;
        while !rest.is_empty() {
            let word = rest.find(|c: char| !in_base64(c)).unwrap_or(rest.len());
            let (head, tail) = rest.split_at(word);
            let padding = tail.len() - tail.trim_start_matches('=').len();
            let (equals, tail) = tail.split_at(padding);
            match self.decoded(head) {
                Some(decoded) => redacted.push_str(&decoded),
                None => redacted.extend([head, equals]),
            }
            let gap = tail.find(in_base64).unwrap_or(tail.len());
            let (between, tail) = tail.split_at(gap);
            redacted.push_str(between);
            rest = tail;
        }
        self.plain(&redacted)
    }

    /// Whether a number is a secret one. Short ones stand everywhere.
    pub(crate) fn is_number(&self, json: &str) -> bool {
        self.secrets.iter().any(|secret| secret.text.len() > SHORT && json.contains(&secret.text))
    }

    fn decoded(&self, word: &str) -> Option<String> {
        let word = percent_decode_str(word).decode_utf8().ok()?;
        let word = word.trim_end_matches('=').replace('-', "+").replace('_', "/");
        let bytes = STANDARD_NO_PAD.decode(word).ok()?;
        // Only looked at: bytes that are no text do not hide a secret beside them.
        let text = String::from_utf8_lossy(&bytes);
        let shown = self.plain(&text);
        (shown != text).then(|| format!("base64({shown})"))
    }

    /// Where secrets overlap, all of them is replaced by what stands for the longest.
    fn plain(&self, text: &str) -> String {
        let found = |secret: &'_ Secret| -> Vec<Range<usize>> {
            text.match_indices(&secret.text).map(|(at, found)| at..at + found.len()).collect()
        };
        let mut hits: Vec<(Range<usize>, &Secret)> = self
            .secrets
            .iter()
            .flat_map(|secret| found(secret).into_iter().map(move |range| (range, secret)))
            .collect();
        hits.sort_by_key(|(range, _)| (range.start, Reverse(range.end)));
        let mut merged: Vec<(Range<usize>, &Secret)> = Vec::new();
        for (range, secret) in hits {
            match merged.last_mut() {
                Some((last, longest)) if range.start < last.end => {
                    last.end = last.end.max(range.end);
                    if secret.text.len() > longest.text.len() {
                        *longest = secret;
                    }
                }
                _ => merged.push((range, secret)),
            }
        }
        let (mut redacted, mut from) = (String::with_capacity(text.len()), 0);
        for (range, secret) in merged {
            redacted.push_str(&text[from..range.start]);
            redacted.push_str(&secret.shown);
            from = range.end;
        }
        redacted.push_str(&text[from..]);
        redacted
    }
}

/// Both alphabets, and `%` for base64 inside a URL.
fn in_base64(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_' | '%')
}

#[cfg(test)]
mod tests {
    use super::{Redactor, Shown};

    fn redactor(shown: Shown, secrets: &[(&str, &str)]) -> Redactor {
        let mut redactor = Redactor::new(shown);
        for (name, text) in secrets {
            redactor.hide_text(name, text);
        }
        redactor
    }

    #[test]
    fn secrets_are_hidden_in_every_form() {
        let redactor = redactor(
            Shown::Name,
            &[("key", "s3cret/ä"), ("pass", "a-b \"c\""), ("short", "eu"), ("odd", "(x y)")],
        );
        for (text, shown) in [
            ("the s3cret/ä is told", "the ‹key› is told"),
            ("?k=s3cret%2F%C3%A4&x=1", "?k=‹key›&x=1"),
            ("Basic dTpzM2NyZXQvw6Q=", "Basic base64(u:‹key›)"),
            ("?auth=dTpzM2NyZXQvw6Q%3D", "?auth=base64(u:‹key›)"),
            ("Bearer dTpzM2NyZXQvw6Q", "Bearer base64(u:‹key›)"),
            ("beginsczNjcmV0L8Ok", "begins‹key›"),
            ("{\"p\":\"a-b \\\"c\\\"\"}", "{\"p\":\"‹pass›\"}"),
            ("p=a-b%20%22c%22 p=a%2Db%20%22c%22", "p=‹pass› p=‹pass›"),
            ("q=(x%20y)", "q=‹odd›"),
            ("api.eu.example", "api.‹short›.example"),
            ("a==b=", "a==b="),
            ("nothing of it: dTpwdWJsaWM=", "nothing of it: dTpwdWJsaWM="),
        ] {
            assert_eq!(redactor.text(text), shown);
        }
    }

    #[test]
    fn nothing_is_left_of_secrets_that_overlap() {
        let redactor = redactor(Shown::Name, &[("one", "abcdef"), ("two", "defghij"), ("inner", "one")]);
        assert_eq!(redactor.text("-abcdefghij-"), "-‹two›-");
        assert_eq!(redactor.text("abcdef, one"), "‹one›, ‹inner›", "names of settings are not secret");
    }

    #[test]
    fn every_secret_can_be_shown_alike() {
        let redactor = redactor(Shown::Always("•••"), &[("key", "s3cret"), ("other", "eu")]);
        assert_eq!(redactor.text("s3cret-eu dTpzM2NyZXQ="), "•••-••• base64(u:•••)");
    }
}

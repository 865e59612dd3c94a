//! Replaces the values of secret settings in texts: a second fence behind the masks of the run, for what somebody copied
//! from the settings into an event, its metadata or a mapping.

use std::cmp::Reverse;
use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::HIDDEN;
use crate::json::{Document, Limits, Node, Tape};
use crate::plan::Plan;
use crate::value::{Arena, Value, View, quote, quoted, to_json};

/// The characters that are percent-encoded in a URL, besides [`NON_ALPHANUMERIC`]: according to RFC 3986, and to
/// JavaScript's `encodeURIComponent`, which is the operator `url_encode`.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
const COMPONENT: &AsciiSet = &UNRESERVED.remove(b'!').remove(b'*').remove(b'\'').remove(b'(').remove(b')');

/// The longest value, in bytes, that is too common to be recognised as a secret: `true`, `false`, `null`, a year.
const SHORT: usize = 5;

/// The shortest secret, in bytes, that is searched for in decoded base64 and inside of words: random bytes and ordinary
/// words contain shorter ones by chance, and a digest that was replaced in part would look like any other.
const MIN_SEARCHED: usize = 4;

/// The text that replaces a secret.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Replacement {
    /// The same for every secret.
    Always(&'static str),
    /// The name of the setting: `‹apiKey›`.
    Name,
}

/// The values of secret settings, in plain text and as they appear in URLs, JSON and base64.
#[derive(Debug)]
pub(crate) struct Redactor {
    replacement: Replacement,
    secrets: Vec<Secret>,
}

#[derive(Debug)]
struct Secret {
    text: String,
    replacement: String,
}

impl Redactor {
    /// Without any secrets yet.
    pub(crate) fn new(replacement: Replacement) -> Self {
        Self { replacement, secrets: Vec::new() }
    }

    /// Adds the values of `config` as secrets, except for settings that the mapping declares public (`secret: false`).
    pub(crate) fn hide_settings(&mut self, plan: &Plan, config: Value<'_>) {
        let arena = Arena::new();
        let View::Map(settings) = config.view(&arena) else { return };
        let public =
            |name: &str| plan.settings.iter().any(|setting| setting.public && *setting.name == *name);
        for (name, value) in settings.iter(&arena).filter(|(name, _)| !public(name)) {
            self.hide(name, value, &arena);
        }
    }

    fn hide<'a>(&mut self, name: &str, value: Value<'a>, arena: &'a Arena) {
        match value.view(arena) {
            View::Text(text) => self.hide_text(name, text),
            View::Map(map) => {
                // Not with the names of its members, which may be secret, too.
                map.iter(arena).for_each(|(_, member)| self.hide(name, member, arena));
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
        // A single character keeps nothing secret, and would be found everywhere.
        if text.chars().nth(1).is_none() {
            return;
        }
        let replacement = match self.replacement {
            Replacement::Always(replacement) => replacement.to_owned(),
            Replacement::Name => format!("‹{name}›"),
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
            // For base64 as a part of a longer word; a word that is base64 as a whole is decoded instead.
            forms.extend([STANDARD_NO_PAD.encode(text), URL_SAFE_NO_PAD.encode(text)]);
        }
        forms.sort_unstable();
        forms.dedup();
        self.secrets.extend(forms.into_iter().map(|text| Secret { text, replacement: replacement.clone() }));
    }

    /// The text with its secrets replaced. A base64 word that contains one is shown decoded.
    pub(crate) fn text(&self, text: &str) -> String {
        let mut redacted = String::with_capacity(text.len());
        let mut rest = text;
        while !rest.is_empty() {
            let length = rest.find(|c: char| !in_base64(c)).unwrap_or(rest.len());
            let (word, tail) = rest.split_at(length);
            let padding = tail.len() - tail.trim_start_matches('=').len();
            let (equals, tail) = tail.split_at(padding);
            match self.decoded(word) {
                Some(decoded) => redacted.push_str(&decoded),
                None => redacted.extend([word, equals]),
            }
            let gap = tail.find(in_base64).unwrap_or(tail.len());
            let (between, tail) = tail.split_at(gap);
            redacted.push_str(between);
            rest = tail;
        }
        self.plain(&redacted)
    }

    /// JSON with the secrets replaced in its texts, keys and numbers.
    pub(super) fn json(&self, json: &str) -> String {
        let mut out = String::with_capacity(json.len());
        match read(json, |root| self.print(root, &mut out)) {
            Some(()) => out,
            None => quoted(HIDDEN),
        }
    }

    /// An answer line with the secrets replaced. The member names of the envelope are kept, even if a setting has the same
    /// text.
    pub(super) fn answer(&self, line: &str) -> String {
        let mut out = String::with_capacity(line.len());
        match read(line, |root| self.envelope(root, &mut out)) {
            Some(()) => out,
            None => quoted(HIDDEN),
        }
    }

    fn envelope(&self, node: Node<'_>, out: &mut String) {
        out.push('{');
        for (index, (key, member)) in node.members().enumerate() {
            out.push_str(if index > 0 { "," } else { "" });
            quote(&key, out);
            out.push(':');
            if key == "output" { self.envelope(member, out) } else { self.print(member, out) }
        }
        out.push('}');
    }

    fn print(&self, node: Node<'_>, out: &mut String) {
        if let Some(text) = node.text() {
            quote(&self.text(&text), out);
        } else if node.json().starts_with('{') {
            out.push('{');
            for (index, (key, member)) in node.members().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                quote(&self.text(&key), out);
                out.push(':');
                self.print(member, out);
            }
            out.push('}');
        } else if node.json().starts_with('[') {
            out.push('[');
            for (index, item) in node.elements().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                self.print(item, out);
            }
            out.push(']');
        } else if self.is_number(node.json()) {
            quote(HIDDEN, out);
        } else {
            out.push_str(node.json());
        }
    }

    /// Whether a number contains a secret. Short secrets do not count, since they would be found everywhere.
    fn is_number(&self, json: &str) -> bool {
        self.secrets.iter().any(|secret| secret.text.len() > SHORT && json.contains(&secret.text))
    }

    /// A base64 word that contains a secret, decoded and with the secret replaced.
    fn decoded(&self, word: &str) -> Option<String> {
        let word = percent_decode_str(word).decode_utf8().ok()?;
        let word = word.trim_end_matches('=').replace('-', "+").replace('_', "/");
        let bytes = STANDARD_NO_PAD.decode(word).ok()?;
        // Lossy, so that a secret is found next to bytes that are not UTF-8.
        let text = String::from_utf8_lossy(&bytes);
        let has_secret = self
            .secrets
            .iter()
            .any(|secret| secret.text.len() >= MIN_SEARCHED && text.contains(&secret.text));
        has_secret.then(|| format!("base64({})", self.plain(&text)))
    }

    /// Whether an occurrence is replaced. The run masks what comes from a setting; of a short one that somebody copied, only
    /// a word of its own is recognised.
    fn counts(secret: &Secret, text: &str, range: &Range<usize>) -> bool {
        if secret.text.len() >= MIN_SEARCHED {
            return true;
        }
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !inside(text[..range.start].chars().next_back()) && !inside(text[range.end..].chars().next())
    }

    /// The text with its secrets replaced. Secrets that overlap are replaced together, by the replacement of the longest.
    fn plain(&self, text: &str) -> String {
        let occurrences = |secret: &'_ Secret| -> Vec<Range<usize>> {
            let all = text.match_indices(&secret.text).map(|(start, hit)| start..start + hit.len());
            all.filter(|range| Self::counts(secret, text, range)).collect()
        };
        let mut hits: Vec<(Range<usize>, &Secret)> = self
            .secrets
            .iter()
            .flat_map(|secret| occurrences(secret).into_iter().map(move |range| (range, secret)))
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
            redacted.push_str(&secret.replacement);
            from = range.end;
        }
        redacted.push_str(&text[from..]);
        redacted
    }
}

/// Parses JSON that the run produced and calls `use_root` with it.
pub(super) fn read<T>(json: &str, use_root: impl FnOnce(Node<'_>) -> T) -> Option<T> {
    let mut tape = Tape::default();
    let document = Document::read(json, &mut tape, &Limits { bytes: usize::MAX, depth: usize::MAX }).ok()?;
    Some(use_root(document.root()))
}

/// Whether a character belongs to one of the alphabets of base64; `%`, for base64 in a URL.
fn in_base64(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_' | '%')
}

#[cfg(test)]
mod tests {
    use super::{Redactor, Replacement};

    fn redactor(replacement: Replacement, secrets: &[(&str, &str)]) -> Redactor {
        let mut redactor = Redactor::new(replacement);
        for (name, text) in secrets {
            redactor.hide_text(name, text);
        }
        redactor
    }

    #[test]
    fn secrets_are_hidden_in_every_form() {
        let redactor = redactor(
            Replacement::Name,
            &[("key", "s3cret/ä"), ("pass", "a-b \"c\""), ("short", "eu"), ("odd", "(x y)")],
        );
        for (text, redacted) in [
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
            assert_eq!(redactor.text(text), redacted);
        }
    }

    #[test]
    fn overlapping_secrets_are_replaced_together() {
        let redactor =
            redactor(Replacement::Name, &[("one", "abcdef"), ("two", "defghij"), ("inner", "one")]);
        assert_eq!(redactor.text("-abcdefghij-"), "-‹two›-");
        assert_eq!(redactor.text("abcdef, one"), "‹one›, ‹inner›", "names of settings are not secret");
    }

    #[test]
    fn all_secrets_can_have_the_same_replacement() {
        let redactor = redactor(Replacement::Always("•••"), &[("key", "s3cret"), ("other", "eu")]);
        assert_eq!(redactor.text("s3cret-eu dTpzM2NyZXQ="), "•••-••• base64(u:•••)");
    }

    #[test]
    fn short_secrets_do_not_damage_other_texts() {
        let secrets = [("dc", "q"), ("site", "17"), ("key", "s3cret")];
        let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        for replacement in [Replacement::Name, Replacement::Always("•••")] {
            let redacted = redactor(replacement, &secrets[..1]).text(digest);
            assert_eq!(redacted, digest, "{replacement:?}: a digest is no base64 of a secret");
        }
        for (replacement, shown) in [(Replacement::Name, "‹site›"), (Replacement::Always("•••"), "•••")]
        {
            let redactor = redactor(replacement, &secrets);
            assert_eq!(
                redactor.text("orderquantity17 of site 17, q"),
                format!("orderquantity17 of site {shown}, q")
            );
            assert_eq!(redactor.text(digest), digest);
        }
    }
}

//! Constants that should not be in a mapping: credentials, and environment variables, which are not expanded.

use foldhash::HashMap;

use crate::diag::{Code, Diagnostic, Warnings};
use crate::source::Span;
use crate::syntax::{Text, Yaml, YamlValue};

/// Prefixes of well-known credentials, and their minimum length in bytes.
const CREDENTIAL_PREFIXES: [(&str, usize); 16] = [
    ("sk_live_", 16),
    ("sk_test_", 16),
    ("rk_live_", 16),
    ("pk_live_", 16),
    ("AKIA", 20),
    ("ASIA", 20),
    ("ghp_", 30),
    ("gho_", 30),
    ("github_pat_", 30),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("glpat-", 20),
    ("SG.", 40),
    ("AIza", 35),
    ("eyJ", 40),
    ("-----BEGIN", 10),
];

/// Minimum length in bytes of random-looking text without a known prefix that is reported as a credential.
const MIN_RANDOM_LENGTH: usize = 32;

/// Reports credentials and environment variables anywhere in a constant.
pub(super) fn constant(yaml: &Yaml, warnings: &mut Warnings) {
    match &yaml.node {
        YamlValue::Text(text) => text_constant(text, yaml.span, warnings),
        YamlValue::List(items) => items.iter().for_each(|item| constant(item, warnings)),
        YamlValue::Map(entries) => entries.iter().for_each(|entry| constant(&entry.value, warnings)),
        _ => {}
    }
}

/// Reports credentials in the constant parts of a template.
pub(super) fn template(text: &Text, warnings: &mut Warnings) {
    let has_credential = text.text.split(['{', '}']).any(|part| looks_secret(part.trim()));
    if has_credential {
        credential(text.span, warnings);
    }
}

fn text_constant(text: &str, span: Span, warnings: &mut Warnings) {
    if looks_secret(text) {
        credential(span, warnings);
    } else if let Some(name) = environment_variable(text) {
        let message = format!("`${{{name}}}` is sent literally: a mapping cannot read environment variables");
        let help = format!("declare it under `config:` and write `$config.{name}`");
        warnings.push(Diagnostic::new(Code::EnvironmentVariable, span, message).help(help));
    }
}

fn credential(span: Span, warnings: &mut Warnings) {
    let message = "this looks like a password or a key, and anyone who can read the mapping can read it";
    warnings.push(
        Diagnostic::new(Code::CredentialInMapping, span, message)
            .help("make it a setting: `config:`, then `$config.name`"),
    );
}

/// The name in `${NAME}`.
fn environment_variable(text: &str) -> Option<&str> {
    let start = text.find("${")? + 2;
    let name = &text[start..start + text[start..].find('}')?];
    let first = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (first && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')).then_some(name)
}

fn looks_secret(text: &str) -> bool {
    let credential_part = ["Bearer ", "Basic ", "Token ", "bearer ", "basic "]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    if let Some(credential_part) = credential_part {
        return credential_part.len() >= 16 && !credential_part.contains(' ') && has_digit(credential_part);
    }
    let known = CREDENTIAL_PREFIXES
        .iter()
        .any(|(prefix, min_length)| text.starts_with(prefix) && text.len() >= *min_length);
    known && !text.contains(' ') || text.starts_with("-----BEGIN") || is_random(text)
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
}

/// Whether text is long, has many digits and few separators, and its characters are close to evenly distributed.
fn is_random(text: &str) -> bool {
    if text.len() < MIN_RANDOM_LENGTH
        || !text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-+/=".contains(&b))
    {
        return false;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let separators = text.bytes().filter(|b| b"_-/".contains(b)).count();
    let hexadecimal = text.bytes().all(|b| b.is_ascii_hexdigit());
    digits * 8 >= text.len()
        && separators * 8 <= text.len()
        && entropy(text) > if hexadecimal { 3.0 } else { 4.0 }
}

/// The Shannon entropy in bits per byte.
fn entropy(text: &str) -> f64 {
    let mut counts: HashMap<u8, f64> = HashMap::default();
    text.bytes().for_each(|b| *counts.entry(b).or_default() += 1.0);
    let total: f64 = counts.values().sum();
    counts.values().map(|count| -(count / total) * (count / total).log2()).sum()
}

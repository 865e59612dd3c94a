//! Resolves unquoted scalars by the core schema of YAML 1.2, and warns about those that other tools read differently.

use super::{Style, Yaml, YamlValue};
use crate::diag::{Code, Diagnostic};
use crate::source::{Span, offset};

/// Resolves an unquoted scalar; `None` for a number that JSON cannot represent.
pub(super) fn resolve(text: &str) -> Option<YamlValue> {
    Some(match text {
        "" | "null" | "Null" | "NULL" | "~" => YamlValue::Null,
        "true" | "True" | "TRUE" => YamlValue::Bool(true),
        "false" | "False" | "FALSE" => YamlValue::Bool(false),
        // Fast path: most scalars are none of the cases below.
        _ if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) => {
            YamlValue::Text(text.to_owned())
        }
        ".nan" | ".NaN" | ".NAN" => return None,
        _ if matches!(text.trim_start_matches(['+', '-']), ".inf" | ".Inf" | ".INF") => return None,
        _ => number(text).map_or_else(|| YamlValue::Text(text.to_owned()), YamlValue::Number),
    })
}

/// Converts a number to JSON notation. A leading zero means text: `010` is more often a postcode than a number.
fn number(text: &str) -> Option<String> {
    let in_base = |digits: &str, base| u128::from_str_radix(digits, base).ok().map(|n| n.to_string());
    if let Some(digits) = text.strip_prefix("0x") {
        return digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| in_base(digits, 16))?;
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return digits.bytes().all(|b| b.is_ascii_digit()).then(|| in_base(digits, 8))?;
    }
    let (sign, rest) = match text.as_bytes().first()? {
        b'-' => ("-", &text[1..]),
        b'+' => ("", &text[1..]),
        _ => ("", text),
    };
    let (mantissa, exponent) = rest.split_at(rest.find(['e', 'E']).unwrap_or(rest.len()));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let power = exponent.get(1..).unwrap_or("0");
    let power = power.strip_prefix(['+', '-']).unwrap_or(power);
    let valid = digits(whole) && digits(fraction) && digits(power) && !power.is_empty();
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    if !valid || leading_zero || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    if !text.starts_with('+') && !whole.is_empty() && !mantissa.ends_with('.') {
        return Some(text.to_owned());
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}{exponent}"))
}

/// Warns about an unquoted scalar that other tools, or the author, may read as something else.
pub(super) fn warn(value: &Yaml, key: Option<&str>, source: &str, findings: &mut Vec<Diagnostic>) {
    if value.style != Style::Plain || value.is_absent() {
        return;
    }
    match &value.node {
        YamlValue::Number(_) => {
            let literal = source.get(value.span.range()).unwrap_or("");
            warn_version(value.span, literal, key, findings);
        }
        YamlValue::Text(text) => {
            warn_ambiguous(value.span, text, findings);
            warn_comment(value.span, text, source, findings);
        }
        _ => {}
    }
}

fn suggest_quotes(code: Code, span: Span, text: &str, message: String) -> Diagnostic {
    Diagnostic::new(code, span, message).label("quote it").fix(span, quote(text))
}

/// The text as a quoted YAML scalar.
pub(in crate::syntax) fn quote(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

fn warn_ambiguous(span: Span, text: &str, findings: &mut Vec<Diagnostic>) {
    let is = |word: &&str| text.eq_ignore_ascii_case(word);
    if ["yes", "no", "on", "off"].iter().any(is) {
        let truth = ["yes", "on"].iter().any(is);
        let message = format!("unquoted `{text}` is text here, but `{truth}` in older YAML tools");
        findings.push(
            suggest_quotes(Code::YesOrNo, span, text, message)
                .help(format!("write `{truth}` if you mean a boolean")),
        );
    } else if looks_like_octal(text) {
        let message = format!("`{text}` begins with a zero, so it is text here but a number in some tools");
        findings.push(suggest_quotes(Code::LooksLikeANumber, span, text, message));
    } else if looks_like_time(text) {
        let message = format!("`{text}` is text here, but a number of minutes or seconds in some tools");
        findings.push(suggest_quotes(Code::LooksLikeANumber, span, text, message));
    } else if looks_like_date(text) {
        let message = format!("`{text}` is text here, but a date in some tools");
        findings.push(suggest_quotes(Code::DateIsText, span, text, message));
    } else if let Some(inside) = typographic(text) {
        let message = "typographic quotes are part of the value".to_owned();
        findings.push(
            Diagnostic::new(Code::TypographicQuotes, span, message)
                .label("sent as written")
                .fix(span, quote(inside)),
        );
    }
}

fn begins_with_digit(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_digit)
}

fn looks_like_octal(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.len() > 1
        && digits.starts_with('0')
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.bytes().filter(|&b| b == b'.').count() <= 1
}

fn looks_like_time(text: &str) -> bool {
    if !begins_with_digit(text) {
        return false;
    }
    let parts: Vec<&str> = text.split(':').collect();
    let number =
        |part: &&str| part.len() <= 2 && !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (2..=3).contains(&parts.len()) && parts.iter().all(number) && parts[1..].iter().all(|p| p.len() == 2)
}

fn looks_like_date(text: &str) -> bool {
    if !begins_with_digit(text) {
        return false;
    }
    let parts: Vec<&str> = text.split('-').collect();
    matches!(parts.as_slice(), [year, month, day]
        if year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len())
        && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit())))
}

fn typographic(text: &str) -> Option<&str> {
    // Fast path: each of them has several bytes.
    if text.as_bytes().first()?.is_ascii() {
        return None;
    }
    let (open, close) = (['“', '”', '„', '«', '‘', '’', '‹'], ['“', '”', '»', '‘', '’', '›']);
    text.strip_prefix(open)?.strip_suffix(close)
}

/// Parts of keys whose values are amounts, never versions.
const AMOUNTS: [&str; 10] =
    ["multiply", "add", "price", "amount", "revenue", "total", "rate", "value", "_than", "at_"];

/// Warns about a version number: `1.10` loses its zero in tools that read it as a number.
fn warn_version(span: Span, literal: &str, key: Option<&str>, findings: &mut Vec<Diagnostic>) {
    let Some((whole, fraction)) = literal.split_once('.') else { return };
    let key = key.unwrap_or("").to_lowercase();
    let named = key.contains("version");
    let amount = AMOUNTS.iter().any(|word| key.contains(word));
    let version_like = !amount
        && whole.bytes().all(|b| b.is_ascii_digit())
        && !whole.starts_with('0')
        && matches!(fraction, "10" | "20");
    if version_like || (named && !literal.contains(['e', 'E'])) {
        let message = format!("`{literal}` is a number here; a version needs quotes to be sent as written");
        findings.push(suggest_quotes(Code::LooksLikeANumber, span, literal, message));
    }
}

/// Warns about `Order #5`, where YAML reads the rest as a comment; without a space after `#` that is rarely meant.
fn warn_comment(span: Span, text: &str, source: &str, findings: &mut Vec<Diagnostic>) {
    let Some(rest) = source.get(span.end as usize..).filter(|rest| rest.starts_with(" #")) else { return };
    let rest = rest.split(['\n', '\r']).next().unwrap_or("");
    let after = &rest[2..];
    let first = after.chars().next();
    let digit = first.is_some_and(|c| c.is_ascii_digit());
    let sentence_like = text.contains([' ', '/']) || text.contains("{{");
    if digit || (sentence_like && first.is_some_and(|c| c.is_alphanumeric() || c == '{')) {
        let whole = Span { end: offset(span.range().end + rest.trim_end().len()), ..span };
        let cut = Span { start: span.end + 1, ..whole };
        findings.push(
            Diagnostic::new(
                Code::CommentInText,
                cut,
                "a space and `#` begin a comment, so this is not part of the text",
            )
            .label("ignored")
            .help("quote the whole text, or put a space after the `#` if it is a comment")
            .fix(whole, quote(source.get(whole.range()).unwrap_or(""))),
        );
    }
}

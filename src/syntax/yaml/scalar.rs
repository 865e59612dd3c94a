//! What a word without quotes is (the core schema of YAML 1.2), and words that other tools read otherwise.

use super::{Style, Yaml, YamlValue};
use crate::diag::{Code, Diagnostic};
use crate::source::{Span, offset};

/// The meaning of a word without quotes; `None` for a number that JSON does not have.
pub(super) fn resolve(text: &str) -> Option<YamlValue> {
    Some(match text {
        "" | "null" | "Null" | "NULL" | "~" => YamlValue::Null,
        "true" | "True" | "TRUE" => YamlValue::Bool(true),
        "false" | "False" | "FALSE" => YamlValue::Bool(false),
        // Most words are none of the rest.
        _ if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.')) => {
            YamlValue::Text(text.to_owned())
        }
        ".nan" | ".NaN" | ".NAN" => return None,
        _ if matches!(text.trim_start_matches(['+', '-']), ".inf" | ".Inf" | ".INF") => return None,
        _ => number(text).map_or_else(|| YamlValue::Text(text.to_owned()), YamlValue::Number),
    })
}

/// A number in JSON's spelling. A leading zero makes text: `010` is a postcode more often than a number.
fn number(text: &str) -> Option<String> {
    let based = |digits: &str, base| u128::from_str_radix(digits, base).ok().map(|n| n.to_string());
    if let Some(digits) = text.strip_prefix("0x") {
        return digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| based(digits, 16))?;
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return digits.bytes().all(|b| b.is_ascii_digit()).then(|| based(digits, 8))?;
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
    let plain = digits(whole) && digits(fraction) && digits(power) && !power.is_empty();
    let leading_zero = whole.len() > 1 && whole.starts_with('0');
    if !plain || leading_zero || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    if !text.starts_with('+') && !whole.is_empty() && !mantissa.ends_with('.') {
        return Some(text.to_owned());
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if fraction.is_empty() { "" } else { "." };
    Some(format!("{sign}{whole}{point}{fraction}{exponent}"))
}

/// Warns about a word without quotes that other tools, or the author, take for something else.
pub(super) fn warn(value: &Yaml, key: Option<&str>, source: &str, findings: &mut Vec<Diagnostic>) {
    if value.style != Style::Plain || value.is_absent() {
        return;
    }
    match &value.node {
        YamlValue::Number(_) => {
            let written = source.get(value.span.range()).unwrap_or("");
            version(value.span, written, key, findings);
        }
        YamlValue::Text(text) => {
            words(value.span, text, findings);
            comment(value.span, text, source, findings);
        }
        _ => {}
    }
}

fn quoted(code: Code, span: Span, text: &str, message: String) -> Diagnostic {
    Diagnostic::new(code, span, message).label("quote it").fix(span, quote(text))
}

/// The text in quotes.
pub(in crate::syntax) fn quote(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

fn words(span: Span, text: &str, findings: &mut Vec<Diagnostic>) {
    let is = |word: &&str| text.eq_ignore_ascii_case(word);
    if ["yes", "no", "on", "off"].iter().any(is) {
        let truth = ["yes", "on"].iter().any(is);
        let message = format!("`{text}` without quotes is text here, but `{truth}` for older YAML tools");
        findings.push(
            quoted(Code::YesOrNo, span, text, message)
                .help(format!("write `{truth}` if a truth value is meant")),
        );
    } else if octal(text) {
        let message = format!("`{text}` begins with a zero, so it is text here and a number for some tools");
        findings.push(quoted(Code::LooksLikeANumber, span, text, message));
    } else if clock(text) {
        let message = format!("`{text}` is text here, and a number of minutes or seconds for some tools");
        findings.push(quoted(Code::LooksLikeANumber, span, text, message));
    } else if date(text) {
        let message = format!("`{text}` is text here, and a date for some tools");
        findings.push(quoted(Code::DateIsText, span, text, message));
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

fn octal(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    digits.len() > 1
        && digits.starts_with('0')
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.bytes().filter(|&b| b == b'.').count() <= 1
}

fn clock(text: &str) -> bool {
    if !begins_with_digit(text) {
        return false;
    }
    let parts: Vec<&str> = text.split(':').collect();
    let number =
        |part: &&str| part.len() <= 2 && !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (2..=3).contains(&parts.len()) && parts.iter().all(number) && parts[1..].iter().all(|p| p.len() == 2)
}

fn date(text: &str) -> bool {
    if !begins_with_digit(text) {
        return false;
    }
    let parts: Vec<&str> = text.split('-').collect();
    matches!(parts.as_slice(), [year, month, day]
        if year.len() == 4 && (1..=2).contains(&month.len()) && (1..=2).contains(&day.len())
        && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit())))
}

fn typographic(text: &str) -> Option<&str> {
    let (open, close) = (['“', '”', '„', '«', '‘', '’', '‹'], ['“', '”', '»', '‘', '’', '›']);
    text.strip_prefix(open)?.strip_suffix(close)
}

/// Words in keys whose values are amounts, never versions.
const AMOUNTS: [&str; 10] =
    ["multiply", "add", "price", "amount", "revenue", "total", "rate", "value", "_than", "at_"];

/// `1.10` loses its zero in tools that count with it; a version must keep it.
fn version(span: Span, written: &str, key: Option<&str>, findings: &mut Vec<Diagnostic>) {
    let key = key.unwrap_or("").to_lowercase();
    let named = key.contains("version");
    let amount = AMOUNTS.iter().any(|word| key.contains(word));
    let Some((whole, fraction)) = written.split_once('.') else { return };
    let like = !amount
        && whole.bytes().all(|b| b.is_ascii_digit())
        && !whole.starts_with('0')
        && matches!(fraction, "10" | "20");
    if like || (named && !written.contains(['e', 'E'])) {
        let message =
            format!("`{written}` is a number here; a version needs quotes to stay as it is written");
        findings.push(quoted(Code::LooksLikeANumber, span, written, message));
    }
}

/// `RuleOrder #5`: the rest is a comment, which is rarely meant when no space follows the `#`.
fn comment(span: Span, text: &str, source: &str, findings: &mut Vec<Diagnostic>) {
    let Some(rest) = source.get(span.end as usize..).filter(|rest| rest.starts_with(" #")) else { return };
    let rest = rest.split(['\n', '\r']).next().unwrap_or("");
    let after = &rest[2..];
    let first = after.chars().next();
    let digit = first.is_some_and(|c| c.is_ascii_digit());
    let wordy = text.contains([' ', '/']) || text.contains("{{");
    if digit || (wordy && first.is_some_and(|c| c.is_alphanumeric() || c == '{')) {
        let all = Span { end: offset(span.range().end + rest.trim_end().len()), ..span };
        let cut = Span { start: span.end + 1, ..all };
        findings.push(
            Diagnostic::new(
                Code::CommentInText,
                cut,
                "a space and `#` begin a comment, so this is not part of the text",
            )
            .label("left out")
            .help("quote the whole text, or put a space after the `#` if it is a comment")
            .fix(all, quote(source.get(all.range()).unwrap_or(""))),
        );
    }
}

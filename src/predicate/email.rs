//! The syntax of e-mail addresses: `addr-spec` of RFC 5322 without comments, with the length limits of RFC 5321 and a
//! public host name (a dot, and a top-level domain of letters) as the domain.

/// Whether `text` is an e-mail address and nothing else.
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    local.len() <= 64 && domain.len() <= 254 && is_local(local) && is_host(domain)
}

fn is_local(local: &str) -> bool {
    if let Some(quoted) = local.strip_prefix('"') {
        return quoted.strip_suffix('"').is_some_and(is_quoted);
    }
    local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom))
}

/// `atext` of RFC 5322, with the non-ASCII characters of RFC 6531.
fn is_atom(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || "!#$%&'*+-/=?^_`{|}~".contains(c)
        || matches!(c, '\u{A1}'..='\u{D7FF}' | '\u{F900}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFEF}')
}

fn is_quoted(inside: &str) -> bool {
    let mut chars = inside.chars();
    while let Some(c) = chars.next() {
        let valid = match c {
            '\\' => chars.next().is_some_and(|escaped| ('\u{1}'..='\u{7f}').contains(&escaped)),
            '"' | '\r' | '\n' | '\0' => false,
            other => !other.is_control() || other == '\t',
        };
        if !valid {
            return false;
        }
    }
    !inside.is_empty()
}

fn is_host(domain: &str) -> bool {
    let Some((_, last)) = domain.rsplit_once('.') else { return false };
    let letters = |c: char| c.is_ascii_alphabetic() || is_non_ascii_letter(c);
    let international = last.len() > 4 && last.to_ascii_lowercase().starts_with("xn--");
    let top = last.chars().count() >= 2 && (last.chars().all(letters) || international);
    top && domain.split('.').all(is_label)
}

fn is_non_ascii_letter(c: char) -> bool {
    // Full-width forms look like ASCII and are rejected.
    ('\u{A1}'..='\u{FFFF}').contains(&c) && !('\u{FF01}'..='\u{FF5E}').contains(&c)
}

fn is_label(label: &str) -> bool {
    let valid = |c: char| c.is_ascii_alphanumeric() || c == '-' || is_non_ascii_letter(c);
    (1..=63).contains(&label.chars().count())
        && label.chars().all(valid)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

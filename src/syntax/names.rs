//! What the names that an author gives may look like.

/// The grammar of one kind of names.
#[derive(Clone, Copy, Debug)]
pub struct Grammar {
    /// As a regular expression, for the JSON Schema.
    pub pattern: &'static str,
    /// In words: what follows "the name of a field".
    pub words: &'static str,
    /// Whether letters are small ones and the name begins with one.
    small: bool,
    /// Whether `-` may stand in it.
    dash: bool,
}

/// Fields: their names stand in templates, where `-` is minus.
pub const FIELD: Grammar = Grammar {
    pattern: "^[A-Za-z_][A-Za-z0-9_]*$",
    words: "begins with a letter and holds letters, digits and `_`",
    small: false,
    dash: false,
};

/// Conditions, pipelines and destinations.
pub const NAME: Grammar = Grammar {
    pattern: "^[A-Za-z_][A-Za-z0-9_-]*$",
    words: "begins with a letter and holds letters, digits, `-` and `_`",
    small: false,
    dash: true,
};

/// Rules and files of mappings: their names stand in addresses and on disks that know no difference of case.
pub const RULE: Grammar = Grammar {
    pattern: "^[a-z][a-z0-9_-]*$",
    words: "begins with a small letter and holds small letters, digits, `-` and `_`",
    small: true,
    dash: true,
};

impl Grammar {
    /// Whether a name is one of these.
    #[must_use]
    pub fn allows(self, name: &str) -> bool {
        let letter = |b: u8| b.is_ascii_lowercase() || !self.small && b.is_ascii_uppercase();
        let first = |b: u8| letter(b) || !self.small && b == b'_';
        let other = |b: u8| letter(b) || b.is_ascii_digit() || b == b'_' || self.dash && b == b'-';
        match name.as_bytes() {
            [one, rest @ ..] => first(*one) && rest.iter().all(|&b| other(b)),
            [] => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_pattern_agree() {
        for grammar in [FIELD, NAME, RULE] {
            let pattern = regex::Regex::new(grammar.pattern).expect("a pattern");
            for name in
                ["", "a", "A", "_", "_a", "-a", "a-b", "a_b", "a1", "1a", "aB", "é", "aé", "a b", "a\n"]
            {
                assert_eq!(grammar.allows(name), pattern.is_match(name), "{name:?} {}", grammar.pattern);
            }
        }
    }
}

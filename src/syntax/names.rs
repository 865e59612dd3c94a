//! Which names authors may use.

/// The grammar of one kind of name.
#[derive(Clone, Copy, Debug)]
pub struct Grammar {
    /// As a regular expression, for the JSON Schema.
    pub pattern: &'static str,
    /// In plain language, to follow "the name of a field".
    pub description: &'static str,
    /// Whether only lowercase letters are allowed and the name must begin with one.
    lowercase: bool,
    /// Whether `-` is allowed.
    dash: bool,
}

/// Fields: their names are used in templates, where `-` is minus.
pub const FIELD: Grammar = Grammar {
    pattern: "^[A-Za-z_][A-Za-z0-9_]*$",
    description: "must begin with a letter and contain only letters, digits and `_`",
    lowercase: false,
    dash: false,
};

/// Conditions, pipelines and destinations.
pub const NAME: Grammar = Grammar {
    pattern: "^[A-Za-z_][A-Za-z0-9_-]*$",
    description: "must begin with a letter and contain only letters, digits, `-` and `_`",
    lowercase: false,
    dash: true,
};

/// Rules and mapping files: their names appear in addresses and on file systems that ignore case.
pub const RULE: Grammar = Grammar {
    pattern: "^[a-z][a-z0-9_-]*$",
    description: "must begin with a lowercase letter and contain only lowercase letters, digits, `-` and `_`",
    lowercase: true,
    dash: true,
};

impl Grammar {
    /// Whether this grammar allows a name.
    #[must_use]
    pub fn allows(self, name: &str) -> bool {
        let letter = |b: u8| b.is_ascii_lowercase() || !self.lowercase && b.is_ascii_uppercase();
        let first = |b: u8| letter(b) || !self.lowercase && b == b'_';
        let rest_byte = |b: u8| letter(b) || b.is_ascii_digit() || b == b'_' || self.dash && b == b'-';
        match name.as_bytes() {
            [head, rest @ ..] => first(*head) && rest.iter().all(|&b| rest_byte(b)),
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

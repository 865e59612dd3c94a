//! Filters: what may be compared with what, and what is a test on its own.

use super::{Reader, Refused};

/// What a part of a filter gives (RFC 9535, section 2.4.1).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A constant.
    Literal,
    /// The nodes of a query that can select several.
    Nodes,
    /// The node of a query that selects at most one.
    Singular,
    /// A function whose result is a value.
    Value,
    /// A function whose result is true or false.
    Truth,
    /// A whole condition as an argument, such as `@.a == 1`.
    Condition,
}

impl Kind {
    /// Whether it can be compared, and given to a function that needs a value.
    fn is_value(self) -> bool {
        matches!(self, Self::Literal | Self::Singular | Self::Value)
    }

    fn is_query(self) -> bool {
        matches!(self, Self::Nodes | Self::Singular)
    }
}

/// The functions, with whether they need the nodes of a query, the number of their arguments, and what they give.
const FUNCTIONS: [(&str, bool, usize, Kind); 5] = [
    ("length", false, 1, Kind::Value),
    ("count", true, 1, Kind::Value),
    ("value", true, 1, Kind::Value),
    ("match", false, 2, Kind::Truth),
    ("search", false, 2, Kind::Truth),
];

const COMPARISONS: [&str; 6] = ["==", "!=", "<=", ">=", "<", ">"];

impl Reader<'_> {
    /// Reads conditions with `||` between them.
    pub(super) fn alternatives(&mut self) -> Result<(), Refused> {
        self.joined("||", |inner| inner.joined("&&", |inner| inner.condition().map(drop)))
    }

    fn joined(
        &mut self,
        sign: &str,
        mut part: impl FnMut(&mut Self) -> Result<(), Refused>,
    ) -> Result<(), Refused> {
        loop {
            part(self)?;
            let end = self.at;
            self.space();
            if !self.skip(sign) {
                self.at = end;
                return Ok(());
            }
            self.write(sign);
            self.space();
        }
    }

    /// Reads a test, a comparison, or a condition in parentheses.
    fn condition(&mut self) -> Result<Kind, Refused> {
        let negated = self.skip("!");
        if negated {
            self.write("!");
            self.space();
        }
        if self.skip("(") {
            self.write("(");
            self.space();
            self.alternatives()?;
            self.space();
            if !self.skip(")") {
                return self.unexpected("`)`");
            }
            self.write(")");
            return Ok(Kind::Condition);
        }
        let start = self.at;
        let left = self.operand()?;
        if !negated && self.comparison(start, left)? {
            return Ok(Kind::Condition);
        }
        match left {
            Kind::Nodes | Kind::Singular | Kind::Truth => Ok(left),
            _ => Err((
                start,
                "a constant or a function such as `length` must be compared with something (RFC 9535)"
                    .to_owned(),
            )),
        }
    }

    /// Reads the rest of a comparison, if there is one.
    fn comparison(&mut self, start: usize, left: Kind) -> Result<bool, Refused> {
        let end = self.at;
        self.space();
        let Some(sign) = COMPARISONS.into_iter().find(|sign| self.skip(sign)) else {
            let rest = self.rest();
            if rest.starts_with("in ")
                || rest.starts_with("in[")
                || rest.starts_with("=~")
                || rest.starts_with('=')
            {
                return Err((self.at, "RFC 9535 knows `==`, `!=`, `<`, `<=`, `>` and `>=`; write `@.a == 'x' || @.a == 'y'` for a choice and `match(@.a, 'x.*')` for a pattern".to_owned()));
            }
            self.at = end;
            return Ok(false);
        };
        self.write(sign);
        self.space();
        let second = self.at;
        let right = self.operand()?;
        for (at, kind) in [(start, left), (second, right)] {
            if !kind.is_value() {
                return Err((at, "only constants, paths to one value (without white space in their brackets) and functions that give a value can be compared (RFC 9535)".to_owned()));
            }
        }
        Ok(true)
    }

    fn operand(&mut self) -> Result<Kind, Refused> {
        match self.peek() {
            Some(sign @ (b'@' | b'$')) => {
                self.checked.uses_root |= sign == b'$';
                self.at += 1;
                self.write(if sign == b'$' { "$" } else { "@" });
                Ok(if self.segments()? { Kind::Singular } else { Kind::Nodes })
            }
            Some(b'\'' | b'"') => {
                let text = self.string()?;
                self.write_name(&text);
                Ok(Kind::Literal)
            }
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => self.word(),
        }
    }

    /// Reads a number and writes its position.
    fn number(&mut self) -> Result<Kind, Refused> {
        let bytes = self.rest().as_bytes();
        let digits = |from: usize| {
            bytes.get(from..).map_or(0, |rest| rest.iter().take_while(|byte| byte.is_ascii_digit()).count())
        };
        let sign = usize::from(bytes.first() == Some(&b'-'));
        let mut end = sign + digits(sign);
        let mut valid = end > sign && (end == sign + 1 || bytes[sign] != b'0');
        if bytes.get(end) == Some(&b'.') {
            let count = digits(end + 1);
            valid &= count > 0;
            end += 1 + count;
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            let count = digits(end + 1 + sign);
            valid &= count > 0;
            end += 1 + sign + count;
        }
        let written = &self.rest()[..end];
        if !valid {
            return Err((self.at, format!("`{written}` is not a number; write it as in JSON (RFC 9535)")));
        }
        let position = self.checked.numbers.len();
        self.write(&position.to_string());
        self.checked.numbers.push(written.to_owned());
        self.at += end;
        Ok(Kind::Literal)
    }

    /// Reads `true`, `false`, `null` or a function.
    fn word(&mut self) -> Result<Kind, Refused> {
        let start = self.at;
        let length =
            self.rest().bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        let word = &self.rest()[..length];
        if word.is_empty() {
            return self.unexpected("`@`, `$`, a constant or a function");
        }
        self.at += length;
        self.write(word);
        if !self.skip("(") {
            return if ["true", "false", "null"].contains(&word) {
                Ok(Kind::Literal)
            } else {
                Err((
                    start,
                    format!(
                        "`{word}` is no constant; write text in quotes, and the element as `@` (RFC 9535)"
                    ),
                ))
            };
        }
        let Some((_, nodes, count, result)) = FUNCTIONS.into_iter().find(|(name, ..)| *name == word) else {
            return Err((
                start,
                format!(
                    "the function `{word}` does not exist; there are length, count, value, match and search (RFC 9535)"
                ),
            ));
        };
        self.write("(");
        for position in 0..count {
            if position > 0 {
                if !self.skip(",") {
                    return self.unexpected("`,` and another argument");
                }
                self.write(",");
            }
            self.space();
            let at = self.at;
            let argument = self.operand()?;
            if nodes && !argument.is_query() {
                return Err((at, format!("`{word}` needs a path (RFC 9535)")));
            }
            if !nodes && !argument.is_value() {
                return Err((
                    at,
                    format!("`{word}` needs a value: a constant or a path to one value (RFC 9535)"),
                ));
            }
            self.space();
        }
        if !self.skip(")") {
            return self.unexpected("`)`");
        }
        self.write(")");
        Ok(result)
    }
}

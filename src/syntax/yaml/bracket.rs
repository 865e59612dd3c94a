//! Brackets that are not closed, or that a path loses to YAML.

use super::quote;
use super::syntax::{ParseFailure, unquoted_template};
use crate::diag::{Code, Diagnostic};

impl ParseFailure<'_> {
    pub(super) fn bracket(&self) -> Diagnostic {
        if self.text[self.at..].starts_with(':')
            && let Some(found) = self.second_colon()
        {
            return found;
        }
        if ["{{", "{%", "{#"].iter().any(|open| self.text[self.at..].starts_with(open)) {
            return self.template_behind_text();
        }
        if self.text[self.at..].starts_with(',') {
            let span = self.span(self.at, self.at + 1);
            return Diagnostic::new(Code::NotYaml, span, "nothing stands before this comma")
                .label("remove it, or write a value");
        }
        let Some(open) = self.open else {
            let span = self.span(self.at, self.at + 1);
            let c = self.text.get(span.range()).unwrap_or("");
            return Diagnostic::new(Code::Bracket, span, format!("nothing is open that `{c}` could close"))
                .help("quote the text if the bracket belongs to it");
        };
        let span = self.span(open, open + 1);
        let c = self.text.get(span.range()).unwrap_or("[");
        let found =
            Diagnostic::new(Code::Bracket, span, format!("this `{c}` is not closed")).label("opened here");
        let line = self.line(open);
        if let Some(comment) = line.find(" #") {
            let at = self.span(open + comment + 1, open + line.len());
            return found.related(at, "a space and `#` begin a comment: this is not read");
        }
        let same = self.text.get(open..self.at).is_some_and(|text| !text.is_empty() && !text.contains('\n'));
        if same && self.at < self.text.len() {
            return found.related(self.token(self.at), "a comma or a closing bracket is expected here");
        }
        found
    }

    /// `[$.a, $.x[0].y]`: the bracket of the path belongs to YAML there.
    pub(super) fn eaten_bracket(&self) -> Option<Diagnostic> {
        self.open?;
        let from = self.line_start(self.at);
        let upto = &self.text[from..self.span(self.at, self.at + 1).range().end];
        let glued = |&(at, _): &(usize, &str)| at > 0 && !b" \t[{,:\"'".contains(&upto.as_bytes()[at - 1]);
        let at = from + upto.rmatch_indices(['[', '{']).find(glued)?.0;
        if self.text[at..].starts_with("{{") {
            return None;
        }
        let before = &self.text[..at];
        let start = before.rfind([' ', '\n', ',', '[', '{']).map_or(0, |found| found + 1);
        // Elsewhere than directly at a bracket only a path explains the error.
        if at != self.at && !before[start..].starts_with('$') {
            return None;
        }
        let mut depth = 0;
        let mut end = self.text.len();
        for (found, c) in self.text[at..].char_indices() {
            match c {
                '[' | '{' => depth += 1,
                ']' | '}' if depth > 0 => depth -= 1,
                ']' | '}' | ',' | '\n' if depth == 0 => {
                    end = at + found;
                    break;
                }
                '\n' => {
                    end = at + found;
                    break;
                }
                _ => {}
            }
        }
        let end = start + self.text[start..end].trim_end().len();
        let word = self.span(start, end);
        let text = self.text.get(word.range()).unwrap_or("");
        let path = text.starts_with('$');
        let what = if path { "a path" } else { "text" };
        let message = format!("{what} that holds a bracket needs quotes inside `[ ]` and `{{ }}`");
        let found = Diagnostic::new(Code::Bracket, word, message).label("quote it");
        Some(if path { found.fix(word, quote(text)) } else { found })
    }

    /// `[Hello {{ name }}]`.
    fn template_behind_text(&self) -> Diagnostic {
        let before = &self.text[..self.at];
        let start = before.rfind([',', '[', '{', '\n']).map_or(0, |found| found + 1);
        let start = before[start..].rfind(": ").map_or(start, |found| start + found + 1);
        let start = start + before[start..].len() - before[start..].trim_start().len();
        let rest = &self.text[self.at..];
        let line = rest.split('\n').next().unwrap_or("").len();
        let close = rest[..line].rfind(['}', '%']).map_or(line, |found| found + 1);
        let end = rest[..close].find("}}").map_or(close, |found| found + 2);
        unquoted_template(self.span(start, self.at + end), self.text)
    }

    /// `{ to: Viewed: Screen }`.
    fn second_colon(&self) -> Option<Diagnostic> {
        let open = self.open?;
        let before = self.text.get(open + 1..self.at)?;
        let from = before.rfind([',', '[', '{', '\n']).map_or(0, |at| at + 1);
        let key = before[from..].find(": ")?;
        let value = open + 1 + from + key + 2;
        let value = value + self.text[value..].len() - self.text[value..].trim_start().len();
        let rest = &self.text[value..];
        let all = self.span(value, value + rest[..rest.find([',', ']', '}', '\n'])?].trim_end().len());
        let message = "a value without quotes holds a second `: `; quote the text";
        let found =
            Diagnostic::new(Code::SecondColon, self.span(self.at, self.at + 1), message).label("this colon");
        Some(found.fix(all, quote(self.text.get(all.range())?)))
    }
}

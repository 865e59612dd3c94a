//! Explains syntax errors with brackets: unclosed ones, and unquoted text that contains them.

use super::quote;
use super::syntax::{ParseFailure, unquoted_template};
use crate::diag::{Code, Diagnostic};

impl ParseFailure<'_> {
    pub(super) fn bracket(&self) -> Diagnostic {
        if self.text[self.offset..].starts_with(':')
            && let Some(finding) = self.second_colon()
        {
            return finding;
        }
        if ["{{", "{%", "{#"].iter().any(|open| self.text[self.offset..].starts_with(open)) {
            return self.template_after_text();
        }
        if self.text[self.offset..].starts_with(',') {
            let span = self.span(self.offset, self.offset + 1);
            return Diagnostic::new(Code::NotYaml, span, "there is no value before this comma")
                .label("remove it or write a value");
        }
        let Some(open) = self.open else {
            let span = self.span(self.offset, self.offset + 1);
            let c = self.text.get(span.range()).unwrap_or("");
            return Diagnostic::new(
                Code::Bracket,
                span,
                format!("no bracket is open that `{c}` could close"),
            )
            .help("quote the text if the bracket is part of it");
        };
        let span = self.span(open, open + 1);
        let c = self.text.get(span.range()).unwrap_or("[");
        let finding =
            Diagnostic::new(Code::Bracket, span, format!("this `{c}` is not closed")).label("opened here");
        let line = self.line(open);
        if let Some(comment) = line.find(" #") {
            let at = self.span(open + comment + 1, open + line.len());
            return finding.related(at, "a space and `#` begin a comment, so this is ignored");
        }
        let same_line =
            self.text.get(open..self.offset).is_some_and(|text| !text.is_empty() && !text.contains('\n'));
        if same_line && self.offset < self.text.len() {
            return finding.related(self.token(self.offset), "a comma or a closing bracket is expected here");
        }
        finding
    }

    /// `[$.a, $.x[0].y]`, where YAML takes the bracket of the path for its own.
    pub(super) fn unquoted_bracket(&self) -> Option<Diagnostic> {
        self.open?;
        let from = self.line_start(self.offset);
        let text_before = &self.text[from..self.span(self.offset, self.offset + 1).range().end];
        let inside_word =
            |&(at, _): &(usize, &str)| at > 0 && !b" \t[{,:\"'".contains(&text_before.as_bytes()[at - 1]);
        let at = from + text_before.rmatch_indices(['[', '{']).find(inside_word)?.0;
        if self.text[at..].starts_with("{{") {
            return None;
        }
        let before = &self.text[..at];
        let start = before.rfind([' ', '\n', ',', '[', '{']).map_or(0, |index| index + 1);
        // If the parser stopped elsewhere than at the bracket, only a path explains the error.
        if at != self.offset && !before[start..].starts_with('$') {
            return None;
        }
        let mut depth = 0;
        let mut end = self.text.len();
        for (index, c) in self.text[at..].char_indices() {
            match c {
                '[' | '{' => depth += 1,
                ']' | '}' if depth > 0 => depth -= 1,
                ']' | '}' | ',' | '\n' if depth == 0 => {
                    end = at + index;
                    break;
                }
                '\n' => {
                    end = at + index;
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
        let message = format!("{what} that contains a bracket needs quotes inside `[ ]` and `{{ }}`");
        let finding = Diagnostic::new(Code::Bracket, word, message).label("quote it");
        Some(if path { finding.fix(word, quote(text)) } else { finding })
    }

    /// `[Hello {{ name }}]`, a template after unquoted text.
    fn template_after_text(&self) -> Diagnostic {
        let before = &self.text[..self.offset];
        let start = before.rfind([',', '[', '{', '\n']).map_or(0, |index| index + 1);
        let start = before[start..].rfind(": ").map_or(start, |index| start + index + 1);
        let start = start + before[start..].len() - before[start..].trim_start().len();
        let rest = &self.text[self.offset..];
        let line = rest.split('\n').next().unwrap_or("").len();
        let close = rest[..line].rfind(['}', '%']).map_or(line, |index| index + 1);
        let end = rest[..close].find("}}").map_or(close, |index| index + 2);
        unquoted_template(self.span(start, self.offset + end), self.text)
    }

    /// `{ to: Viewed: Screen }`, an unquoted value that contains `: `.
    fn second_colon(&self) -> Option<Diagnostic> {
        let open = self.open?;
        let before = self.text.get(open + 1..self.offset)?;
        let from = before.rfind([',', '[', '{', '\n']).map_or(0, |at| at + 1);
        let key = before[from..].find(": ")?;
        let value = open + 1 + from + key + 2;
        let value = value + self.text[value..].len() - self.text[value..].trim_start().len();
        let rest = &self.text[value..];
        let whole = self.span(value, value + rest[..rest.find([',', ']', '}', '\n'])?].trim_end().len());
        let message = "an unquoted value contains a second `: `; quote the text";
        let finding = Diagnostic::new(Code::SecondColon, self.span(self.offset, self.offset + 1), message)
            .label("this colon");
        Some(finding.fix(whole, quote(self.text.get(whole.range())?)))
    }
}

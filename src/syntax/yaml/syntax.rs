//! What the YAML parser gave up on, told in plain words with the usual cause.

use super::{keys, scalar::quote};
use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Span, offset};

/// What the parser met.
pub(super) enum FailureCause {
    Tab,
    Colon,
    Character(char),
    OpenQuote,
    AfterQuote,
    Escape,
    Bracket,
    Indentation,
    NoColon,
    Dash,
    Deep,
    Document,
    Anchor,
    /// A character that cannot begin a value.
    Start,
    BlockHeader,
    Other(String),
}

/// The place where the parser stopped.
pub(super) struct ParseFailure<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// Where the last thing that could be read ended.
    pub(super) end: usize,
    /// The innermost open bracket.
    pub(super) open: Option<usize>,
}

/// `{{ x }}` without quotes: a map for YAML.
pub(super) fn unquoted_template(span: Span, text: &str) -> Diagnostic {
    let written = text.get(span.range()).unwrap_or("");
    Diagnostic::new(
        Code::UnquotedTemplate,
        span,
        "text with `{{ }}` or `{% %}` needs quotes, or `{` begins a map",
    )
    .label("quote the text")
    .fix(span, quote(written))
}

impl ParseFailure<'_> {
    pub(super) fn explain(&self, trouble: &FailureCause) -> Diagnostic {
        if let Some(found) = self.hidden_cause(matches!(trouble, FailureCause::Tab)) {
            return found;
        }
        let here = self.token(self.at);
        if let Some(found) = self.eaten_bracket() {
            return found;
        }
        match trouble {
            FailureCause::Tab => {
                Diagnostic::new(Code::TabIndentation, here, "a tab stands where YAML wants spaces")
            }
            FailureCause::Colon => self.colon(),
            FailureCause::Character(c) => self.character(*c),
            FailureCause::OpenQuote => {
                Diagnostic::new(Code::OpenQuote, self.span(self.at, self.at + 1), "this quote is not closed")
                    .label("opened here")
            }
            FailureCause::AfterQuote => self.after_quote(),
            FailureCause::Start => self.character(self.text[self.at..].chars().next().unwrap_or('?')),
            FailureCause::BlockHeader => Diagnostic::new(
                Code::NotYaml,
                here,
                "the text of a block begins on the line below `|` or `>`",
            )
            .help("quote the value if `|` or `>` is its first character"),
            FailureCause::Escape => Diagnostic::new(
                Code::BadEscape,
                self.escape(),
                "a backslash inside \" \" begins an escape, and this is none",
            )
            .help("write the text in ' ', where a backslash is only a backslash, or write `\\\\`"),
            FailureCause::Bracket => self.bracket(),
            FailureCause::Indentation => self.indentation(),
            FailureCause::NoColon => self.no_colon(),
            FailureCause::Dash => Diagnostic::new(
                Code::NotYaml,
                self.span(self.at, self.at + 1),
                "a list cannot begin behind a key on the same line",
            )
            .help("write the `-` on a line of its own below the key, or write `[a, b]`"),
            FailureCause::Deep => {
                Diagnostic::new(Code::TooDeep, here, "values are nested deeper than 64 levels")
            }
            FailureCause::Document => {
                Diagnostic::new(Code::SeveralDocuments, here, "something stands after the end of the mapping")
            }
            FailureCause::Anchor => Diagnostic::new(
                Code::ReservedCharacter,
                here,
                "`&` and `*` mean something to YAML at the start of a value",
            )
            .label("quote it if it is text"),
            FailureCause::Other(words) => {
                Diagnostic::new(Code::NotYaml, here, "YAML cannot read this place").help(words.as_str())
            }
        }
    }

    /// A span; an end inside a character is moved behind it.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let end =
            (end..self.text.len()).find(|&at| self.text.is_char_boundary(at)).unwrap_or(self.text.len());
        Span { file: self.file, start: offset(start.min(end)), end: offset(end) }
    }

    /// The word at an offset.
    pub(super) fn token(&self, at: usize) -> Span {
        let rest = self.text.get(at..).unwrap_or("");
        let end = rest.find(|c: char| c.is_whitespace() || ",]}".contains(c)).unwrap_or(rest.len());
        let first = rest.chars().next().map_or(0, char::len_utf8);
        self.span(at, at + end.max(if rest.starts_with('\n') { 0 } else { first }))
    }

    /// The start of the line that holds an offset.
    pub(super) fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |found| found + 1)
    }

    pub(super) fn line(&self, start: usize) -> &str {
        let rest = self.text.get(start..).unwrap_or("");
        rest.split('\n').next().unwrap_or("").trim_end_matches('\r')
    }

    /// A tab, an invisible character or a template without quotes explains most errors better than the parser does.
    fn hidden_cause(&self, tab: bool) -> Option<Diagnostic> {
        let start = self.line_start(self.at);
        let before = self.line_start(start.saturating_sub(1));
        let (mut next, mut further) = (before, if tab { 100 } else { 0 });
        loop {
            let line = self.line(next);
            let indent = &line[..line.len() - line.trim_start().len()];
            let strange =
                indent.char_indices().find(|&(_, c)| !c.is_ascii() || (c == '\t' && (tab || next == start)));
            match strange.filter(|_| !line.trim().is_empty()) {
                Some((at, '\t')) => {
                    let span = self.span(next + at, next + at + 1);
                    let message = "a tab is used for indentation; use spaces";
                    return Some(
                        Diagnostic::new(Code::TabIndentation, span, message).label("a tab").fix(span, "  "),
                    );
                }
                Some((at, c)) => {
                    return Some(keys::report(self.span(next + at, next + at + c.len_utf8()), c));
                }
                None => {}
            }
            let end = next + line.len();
            let Some(newline) = self.text[end..].find('\n') else { break };
            next = end + newline + 1;
            if next > self.at {
                if further == 0 {
                    break;
                }
                further -= 1;
            }
        }
        self.template(start)
    }

    fn template(&self, start: usize) -> Option<Diagnostic> {
        let line = self.line(start);
        let upto = line.get(..(self.at - start + 2).min(line.len())).unwrap_or(line);
        let (at, _) =
            ["{{", "{%", "{#"].iter().filter_map(|open| upto.find(open).map(|at| (at, open))).min()?;
        let before = line[..at].trim_end();
        if !(before.is_empty() || before.ends_with([':', '-', '[', ',', '{'])) {
            return None;
        }
        let rest = line[at..].trim_end();
        let flow = before.ends_with(['[', ',', '{']);
        let end = if flow { rest.rfind("}}").map_or(rest.len(), |close| close + 2) } else { rest.len() };
        Some(unquoted_template(self.span(start + at, start + at + end), self.text))
    }

    fn colon(&self) -> Diagnostic {
        let start = self.line_start(self.at);
        let before = &self.text[start..self.at];
        if let Some((key, value)) = before.split_once(": ") {
            let from = start + key.len() + 2 + (value.len() - value.trim_start().len());
            let line = self.line(start).trim_end();
            let all = self.span(from, start + line.len());
            let message = "a value without quotes holds a second `: `; quote the text";
            let found = Diagnostic::new(Code::SecondColon, self.span(self.at, self.at + 1), message)
                .label("this colon");
            let text = self.text.get(all.range()).unwrap_or("");
            return if text.contains(" #") || text.contains(['{', '[', '"']) {
                found
            } else {
                found.fix(all, quote(text))
            };
        }
        let above = self.above(start);
        if let Some(found) = self.glued(above) {
            return found;
        }
        let indent = before.len() - before.trim_start().len();
        let message = "this line is indented below a line that already has its value";
        Diagnostic::new(Code::Indentation, self.span(start + indent, self.at), message)
            .related(self.trimmed(above), "this line is complete")
            .help("begin it in the same column as the line above, or remove the value there")
    }

    /// The last line above that holds something.
    fn above(&self, start: usize) -> usize {
        let mut at = start;
        while at > 0 {
            at = self.line_start(at - 1);
            if !self.line(at).trim().is_empty() {
                break;
            }
        }
        at
    }

    fn trimmed(&self, start: usize) -> Span {
        let line = self.line(start);
        let indent = line.len() - line.trim_start().len();
        self.span(start + indent, start + line.trim_end().len())
    }

    /// `key:value` without the space.
    fn glued(&self, start: usize) -> Option<Diagnostic> {
        let span = self.trimmed(start);
        let line = self.text.get(span.range())?;
        let line = line.strip_prefix("- ").unwrap_or(line);
        let (key, value) = line.split_once(':')?;
        let word = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-$.".contains(&b));
        if !word || value.is_empty() || value.starts_with([' ', '/', '\t']) {
            return None;
        }
        let end = span.range().end;
        let colon = self.span(end - value.len() - 1, end - value.len());
        let message = format!("a space is missing after `{key}:`");
        Some(Diagnostic::new(Code::NotYaml, colon, message).fix(colon, ": "))
    }

    fn character(&self, c: char) -> Diagnostic {
        let span = self.span(self.at, self.at + c.len_utf8());
        if keys::name(c).is_some() {
            return keys::report(span, c);
        }
        let line_end = self.line_start(self.at) + self.line(self.line_start(self.at)).trim_end().len();
        let value = self.span(self.at, line_end);
        let text = self.text.get(value.range()).unwrap_or("");
        let found = Diagnostic::new(
            Code::ReservedCharacter,
            span,
            format!("`{c}` cannot begin a value without quotes; quote the text"),
        );
        let found = if c == '@' { found.help("a path begins with `$.`") } else { found };
        if self.open.is_some() || text.contains(" #") { found } else { found.fix(value, quote(text)) }
    }

    fn after_quote(&self) -> Diagnostic {
        let between = self.text.get(self.end..self.at).unwrap_or("");
        let opened = self.end + between.find(['"', '\'']).unwrap_or(0);
        let opening = self.span(opened, opened + 1);
        if self.text.get(opened..self.at).is_some_and(|text| text.contains('\n')) {
            let closed = self.text[..self.at].trim_end().len().saturating_sub(1);
            return Diagnostic::new(Code::OpenQuote, opening, "this quote is not closed on its line")
                .label("opened here")
                .related(self.span(closed, closed + 1), "the text runs on to here");
        }
        let start = self.line_start(self.at);
        let line = self.line(start).trim_end();
        let rest = self.span(self.at, (start + line.len()).max(self.at));
        Diagnostic::new(Code::TextAfterQuote, rest, "the text in quotes has ended, and more stands behind it")
            .label("outside the quotes")
            .related(opening, "the text in quotes begins here")
            .help("put all of the text in quotes; where it holds a quote, use the other kind outside")
    }

    /// The place of the first escape in a text in quotes that is none.
    fn escape(&self) -> Span {
        let text = &self.text[self.at..];
        let mut at = 0;
        while let Some(found) = text[at..].find('\\') {
            let rest = &text[at + found + 1..];
            let next = rest.chars().next().unwrap_or(' ');
            let digits = match next {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                _ => 0,
            };
            let hex = rest.bytes().skip(1).take(digits).filter(u8::is_ascii_hexdigit).count() == digits;
            if !"0abtnvfre \"/\\N_LPxuU\t\r\n".contains(next) || !hex {
                return self.span(self.at + at + found, self.at + at + found + 1 + next.len_utf8());
            }
            at += found + 1 + next.len_utf8();
        }
        self.token(self.at)
    }

    fn indentation(&self) -> Diagnostic {
        let start = self.line_start(self.at);
        let first = self.text[start..self.at].trim().is_empty();
        if !first {
            let message = "something stands behind a value that is already complete";
            return Diagnostic::new(Code::NotYaml, self.token(self.at), message)
                .help("quote the whole value if it is one text");
        }
        if let Some(found) = self.glued(start) {
            return found;
        }
        let column = self.at - start + 1;
        let span = self.trimmed(start);
        let above = self.above(start);
        let message = format!(
            "this line begins in column {column}, where no line above that it could belong to begins"
        );
        Diagnostic::new(Code::Indentation, span, message)
            .label("indented unlike its neighbours")
            .related(self.trimmed(above), "the line above")
    }

    fn no_colon(&self) -> Diagnostic {
        let start = self.line_start(self.at);
        if let Some(found) = self.glued(start) {
            return found;
        }
        let message = "this line has no colon: a line is `key: value` or `- value`";
        Diagnostic::new(Code::NotYaml, self.trimmed(start), message)
            .help("a text over several lines stands indented below its key, after `>-`")
    }
}

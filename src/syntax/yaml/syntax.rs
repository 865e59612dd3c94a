//! Explains syntax errors of the YAML parser in plain language, with the most likely cause.

use super::{keys, scalar::quote};
use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Span, offset};

/// Why the parser stopped.
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
    TooDeep,
    Document,
    Anchor,
    /// A character that cannot begin a value.
    Start,
    BlockHeader,
    Other(String),
}

/// The state of the parser where it stopped.
pub(super) struct ParseFailure<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    pub(super) offset: usize,
    /// The end of the last event that could be read.
    pub(super) end: usize,
    /// The offset of the innermost open bracket.
    pub(super) open: Option<usize>,
}

/// The finding for an unquoted `{{ x }}`, which YAML reads as a map.
pub(super) fn unquoted_template(span: Span, text: &str) -> Diagnostic {
    let source = text.get(span.range()).unwrap_or("");
    Diagnostic::new(
        Code::UnquotedTemplate,
        span,
        "text with `{{ }}` or `{% %}` needs quotes; without them, `{` begins a map",
    )
    .label("quote the text")
    .fix(span, quote(source))
}

impl ParseFailure<'_> {
    /// The finding for a syntax error.
    pub(super) fn explain(&self, cause: &FailureCause) -> Diagnostic {
        if let Some(finding) = self.hidden_cause(matches!(cause, FailureCause::Tab)) {
            return finding;
        }
        let here = self.token(self.offset);
        if let Some(finding) = self.unquoted_bracket() {
            return finding;
        }
        match cause {
            FailureCause::Tab => {
                Diagnostic::new(Code::TabIndentation, here, "a tab is used where YAML requires spaces")
            }
            FailureCause::Colon => self.colon(),
            FailureCause::Character(c) => self.character(*c),
            FailureCause::OpenQuote => Diagnostic::new(
                Code::OpenQuote,
                self.span(self.offset, self.offset + 1),
                "this quote is not closed",
            )
            .label("opened here"),
            FailureCause::AfterQuote => self.after_quote(),
            FailureCause::Start => self.character(self.text[self.offset..].chars().next().unwrap_or('?')),
            FailureCause::BlockHeader => Diagnostic::new(
                Code::NotYaml,
                here,
                "the text of a block scalar must begin on the line after `|` or `>`",
            )
            .help("quote the value if `|` or `>` is its first character"),
            FailureCause::Escape => Diagnostic::new(
                Code::BadEscape,
                self.escape(),
                "invalid escape sequence: a backslash inside \" \" begins an escape",
            )
            .help("put the text in ' ', where a backslash has no special meaning, or write `\\\\`"),
            FailureCause::Bracket => self.bracket(),
            FailureCause::Indentation => self.indentation(),
            FailureCause::NoColon => self.no_colon(),
            FailureCause::Dash => Diagnostic::new(
                Code::NotYaml,
                self.span(self.offset, self.offset + 1),
                "a list cannot begin on the same line as its key",
            )
            .help("write each `- ` on its own line below the key, or write `[a, b]`"),
            FailureCause::TooDeep => {
                Diagnostic::new(Code::TooDeep, here, "values are nested deeper than 64 levels")
            }
            FailureCause::Document => {
                Diagnostic::new(Code::SeveralDocuments, here, "there is content after the end of the mapping")
            }
            FailureCause::Anchor => Diagnostic::new(
                Code::ReservedCharacter,
                here,
                "`&` and `*` have a special meaning in YAML at the start of a value",
            )
            .label("quote it if it is text"),
            FailureCause::Other(message) => {
                Diagnostic::new(Code::NotYaml, here, "this is not valid YAML").help(message.as_str())
            }
        }
    }

    /// The span from `start` to `end`; an end inside a character is moved to the end of that character.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let end =
            (end..self.text.len()).find(|&at| self.text.is_char_boundary(at)).unwrap_or(self.text.len());
        Span { file: self.file, start: offset(start.min(end)), end: offset(end) }
    }

    /// The word at an offset.
    pub(super) fn token(&self, offset: usize) -> Span {
        let rest = self.text.get(offset..).unwrap_or("");
        let end = rest.find(|c: char| c.is_whitespace() || ",]}".contains(c)).unwrap_or(rest.len());
        let first = rest.chars().next().map_or(0, char::len_utf8);
        self.span(offset, offset + end.max(if rest.starts_with('\n') { 0 } else { first }))
    }

    /// The start of the line that contains an offset.
    pub(super) fn line_start(&self, offset: usize) -> usize {
        self.text[..offset].rfind('\n').map_or(0, |index| index + 1)
    }

    /// The line that begins at an offset, without its line break.
    pub(super) fn line(&self, start: usize) -> &str {
        let rest = self.text.get(start..).unwrap_or("");
        rest.split('\n').next().unwrap_or("").trim_end_matches('\r')
    }

    /// Looks for a tab, an invisible character or an unquoted template near the error: these explain most errors better
    /// than the parser does.
    fn hidden_cause(&self, tab: bool) -> Option<Diagnostic> {
        let start = self.line_start(self.offset);
        let before = self.line_start(start.saturating_sub(1));
        let (mut next, mut lines_left) = (before, if tab { 100 } else { 0 });
        loop {
            let line = self.line(next);
            let indent = &line[..line.len() - line.trim_start().len()];
            let suspicious =
                indent.char_indices().find(|&(_, c)| !c.is_ascii() || (c == '\t' && (tab || next == start)));
            match suspicious.filter(|_| !line.trim().is_empty()) {
                Some((at, '\t')) => {
                    let span = self.span(next + at, next + at + 1);
                    let message = "a tab is used for indentation; use spaces";
                    return Some(
                        Diagnostic::new(Code::TabIndentation, span, message).label("a tab").fix(span, "  "),
                    );
                }
                Some((at, c)) => {
                    return Some(keys::report_invisible(self.span(next + at, next + at + c.len_utf8()), c));
                }
                None => {}
            }
            let end = next + line.len();
            let Some(newline) = self.text[end..].find('\n') else { break };
            next = end + newline + 1;
            if next > self.offset {
                if lines_left == 0 {
                    break;
                }
                lines_left -= 1;
            }
        }
        self.template(start)
    }

    /// The finding for an unquoted template on the line that begins at `start`.
    fn template(&self, start: usize) -> Option<Diagnostic> {
        let line = self.line(start);
        let line_before = line.get(..(self.offset - start + 2).min(line.len())).unwrap_or(line);
        let (at, _) =
            ["{{", "{%", "{#"].iter().filter_map(|open| line_before.find(open).map(|at| (at, open))).min()?;
        let before = line[..at].trim_end();
        if !(before.is_empty() || before.ends_with([':', '-', '[', ',', '{'])) {
            return None;
        }
        let rest = line[at..].trim_end();
        let flow = before.ends_with(['[', ',', '{']);
        let end = if flow { rest.rfind("}}").map_or(rest.len(), |close| close + 2) } else { rest.len() };
        Some(unquoted_template(self.span(start + at, start + at + end), self.text))
    }

    /// The finding for an unexpected colon.
    fn colon(&self) -> Diagnostic {
        let start = self.line_start(self.offset);
        let before = &self.text[start..self.offset];
        if let Some((key, value)) = before.split_once(": ") {
            let from = start + key.len() + 2 + (value.len() - value.trim_start().len());
            let line = self.line(start).trim_end();
            let whole = self.span(from, start + line.len());
            let message = "an unquoted value contains a second `: `; quote the text";
            let finding =
                Diagnostic::new(Code::SecondColon, self.span(self.offset, self.offset + 1), message)
                    .label("this colon");
            let text = self.text.get(whole.range()).unwrap_or("");
            return if text.contains(" #") || text.contains(['{', '[', '"']) {
                finding
            } else {
                finding.fix(whole, quote(text))
            };
        }
        let above = self.line_above(start);
        if let Some(finding) = self.missing_space(above) {
            return finding;
        }
        let indent = before.len() - before.trim_start().len();
        let message = "this line is indented below a line that already has a value";
        Diagnostic::new(Code::Indentation, self.span(start + indent, self.offset), message)
            .related(self.trimmed_line(above), "this line is complete")
            .help("align it with the line above, or remove the value there")
    }

    /// The start of the last line above that is not blank.
    fn line_above(&self, start: usize) -> usize {
        let mut at = start;
        while at > 0 {
            at = self.line_start(at - 1);
            if !self.line(at).trim().is_empty() {
                break;
            }
        }
        at
    }

    /// The span of the line that begins at `start`, without surrounding white space.
    fn trimmed_line(&self, start: usize) -> Span {
        let line = self.line(start);
        let indent = line.len() - line.trim_start().len();
        self.span(start + indent, start + line.trim_end().len())
    }

    /// The finding for `key:value` without a space, on the line that begins at `start`.
    fn missing_space(&self, start: usize) -> Option<Diagnostic> {
        let span = self.trimmed_line(start);
        let line = self.text.get(span.range())?;
        let line = line.strip_prefix("- ").unwrap_or(line);
        let (key, value) = line.split_once(':')?;
        let is_key =
            !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-$.".contains(&b));
        if !is_key || value.is_empty() || value.starts_with([' ', '/', '\t']) {
            return None;
        }
        let end = span.range().end;
        let colon = self.span(end - value.len() - 1, end - value.len());
        let message = format!("a space is missing after `{key}:`");
        Some(Diagnostic::new(Code::NotYaml, colon, message).fix(colon, ": "))
    }

    /// The finding for a character that cannot begin a value.
    fn character(&self, c: char) -> Diagnostic {
        let span = self.span(self.offset, self.offset + c.len_utf8());
        if keys::invisible_name(c).is_some() {
            return keys::report_invisible(span, c);
        }
        let line_end =
            self.line_start(self.offset) + self.line(self.line_start(self.offset)).trim_end().len();
        let value = self.span(self.offset, line_end);
        let text = self.text.get(value.range()).unwrap_or("");
        let finding = Diagnostic::new(
            Code::ReservedCharacter,
            span,
            format!("`{c}` cannot begin an unquoted value; quote the text"),
        );
        let finding = if c == '@' { finding.help("a path begins with `$.`") } else { finding };
        if self.open.is_some() || text.contains(" #") { finding } else { finding.fix(value, quote(text)) }
    }

    /// The finding for text after a closing quote.
    fn after_quote(&self) -> Diagnostic {
        let between = self.text.get(self.end..self.offset).unwrap_or("");
        let opened = self.end + between.find(['"', '\'']).unwrap_or(0);
        let opening = self.span(opened, opened + 1);
        if self.text.get(opened..self.offset).is_some_and(|text| text.contains('\n')) {
            let closed = self.text[..self.offset].trim_end().len().saturating_sub(1);
            return Diagnostic::new(Code::OpenQuote, opening, "this quote is not closed on its line")
                .label("opened here")
                .related(self.span(closed, closed + 1), "the text continues to here");
        }
        let start = self.line_start(self.offset);
        let line = self.line(start).trim_end();
        let rest = self.span(self.offset, (start + line.len()).max(self.offset));
        Diagnostic::new(Code::TextAfterQuote, rest, "there is more text after the closing quote")
            .label("outside the quotes")
            .related(opening, "the quoted text begins here")
            .help("quote the whole text; if it contains a quote, use the other kind around it")
    }

    /// The span of the first invalid escape sequence in a quoted text.
    fn escape(&self) -> Span {
        let text = &self.text[self.offset..];
        let mut at = 0;
        while let Some(index) = text.get(at..).and_then(|rest| rest.find('\\')) {
            let rest = &text[at + index + 1..];
            let next = rest.chars().next().unwrap_or(' ');
            let digits = match next {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                _ => 0,
            };
            let hex = rest.bytes().skip(1).take(digits).filter(u8::is_ascii_hexdigit).count() == digits;
            if !"0abtnvfre \"/\\N_LPxuU\t\r\n".contains(next) || !hex {
                return self.span(self.offset + at + index, self.offset + at + index + 1 + next.len_utf8());
            }
            at += index + 1 + next.len_utf8();
        }
        self.token(self.offset)
    }

    /// The finding for wrong indentation.
    fn indentation(&self) -> Diagnostic {
        let start = self.line_start(self.offset);
        let at_line_start = self.text[start..self.offset].trim().is_empty();
        if !at_line_start {
            let message = "unexpected text after a complete value";
            return Diagnostic::new(Code::NotYaml, self.token(self.offset), message)
                .help("quote the whole value if it is a single text");
        }
        if let Some(finding) = self.missing_space(start) {
            return finding;
        }
        let column = self.offset - start + 1;
        let span = self.trimmed_line(start);
        let above = self.line_above(start);
        let message = format!(
            "this line begins in column {column}, which matches the indentation of no enclosing line"
        );
        Diagnostic::new(Code::Indentation, span, message)
            .label("unexpected indentation")
            .related(self.trimmed_line(above), "the line above")
    }

    /// The finding for a line without a colon.
    fn no_colon(&self) -> Diagnostic {
        let start = self.line_start(self.offset);
        if let Some(finding) = self.missing_space(start) {
            return finding;
        }
        let message = "this line has no colon: a line must be `key: value` or `- value`";
        Diagnostic::new(Code::NotYaml, self.trimmed_line(start), message)
            .help("to write a text over several lines, put `>-` after its key and indent the text below")
    }
}

//! A trace as text, for people.

use std::borrow::Cow;
use std::collections::HashSet;

use super::json::skip_reason;
use super::select::json_at;
use super::{Role, Trace, TraceNode, TraceValue, UnknownPath, describe};
use crate::diag::text::{columns, harmless, shortened};
use crate::display::http_text;
use crate::wire::{AnswerLine, Outline};

/// The minimum width in columns: below it, too little of each value is left.
const MIN_WIDTH: usize = 40;

/// The minimum width in columns of a piece of a line that is shortened.
const MIN_PIECE_WIDTH: usize = 7;

/// The style of a piece of text.
#[derive(Clone, Copy)]
enum Style {
    Plain,
    Heading,
    Name,
    Good,
    Bad,
    Dim,
}

impl Style {
    /// The ANSI escape sequence.
    fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Heading => "\u{1b}[1m",
            Self::Name => "\u{1b}[36m",
            Self::Good => "\u{1b}[32m",
            Self::Bad => "\u{1b}[31m",
            Self::Dim => "\u{1b}[2m",
        }
    }
}

impl Trace {
    /// The whole trace as text, `width` columns wide.
    #[must_use]
    pub fn text(&self, color: bool, width: usize) -> String {
        let mut page = Page::new(self, color, width);
        page.rules();
        let requests = self.of(Role::Request).count();
        for (index, request) in self.of(Role::Request).enumerate() {
            let number = if requests > 1 { format!(" {} of {requests}", index + 1) } else { String::new() };
            page.heading(&format!("Request{number}: {}", request.label));
            page.values(request, 1);
            if request.value.json() == Some("false") {
                page.line(1, &[(Style::Dim, "not sent: its `when` does not hold")]);
            }
        }
        page.answers();
        page.requests();
        page.out
    }

    /// Only the rules that were tried, the checks of the rule and the answer, without the values of the requests.
    #[must_use]
    pub fn text_of_choice(&self, color: bool, width: usize) -> String {
        let mut page = Page::new(self, color, width);
        page.rules();
        page.answers();
        page.out
    }

    /// Where the values at a path come from: `endpoint`, `headers.Authorization`, `body.traits.email`, or the name of a field.
    /// `request` selects one request, from 1; `None` stands for all of them.
    ///
    /// # Errors
    /// If there is no such value in the trace.
    pub fn text_of(
        &self,
        path: &str,
        request: Option<usize>,
        color: bool,
        width: usize,
    ) -> Result<String, UnknownPath> {
        let selections = self.select(path, request)?;
        let several = selections.len() > 1;
        let mut page = Page::new(self, color, width);
        for selection in selections {
            if let Some(number) = selection.request.filter(|_| several) {
                page.heading(&format!("Request {number}"));
            }
            page.show_all_addresses = true;
            match selection.node.value.json().and_then(|json| json_at(json, &selection.rest)) {
                Some(value) if !selection.rest.is_empty() => {
                    let name = path.strip_prefix("$.").unwrap_or(path);
                    page.line(0, &[(Style::Name, name), (Style::Plain, " = "), (Style::Good, &value)]);
                    page.line(1, &[(Style::Dim, "is part of a value that is copied as a whole:")]);
                    page.node(selection.node, 1, None);
                }
                _ => page.node(selection.node, 0, Some(path)),
            }
        }
        Ok(page.out)
    }
}

/// Writes a trace as lines of text.
struct Page<'t> {
    trace: &'t Trace,
    out: String,
    color: bool,
    width: usize,
    /// Shows the addresses of fields, too.
    show_all_addresses: bool,
    /// The fields that have been shown already.
    shown: HashSet<String>,
}

impl<'t> Page<'t> {
    fn new(trace: &'t Trace, color: bool, width: usize) -> Self {
        Self {
            trace,
            out: String::new(),
            color,
            width: width.max(MIN_WIDTH),
            show_all_addresses: false,
            shown: HashSet::new(),
        }
    }

    fn heading(&mut self, text: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.line(0, &[(Style::Heading, text)]);
    }

    fn rules(&mut self) {
        let trace = self.trace;
        for preparation in trace.of(Role::Preparation).filter(|preparation| preparation.value.is_true()) {
            self.heading("Changes to the event (prepare)");
            self.values(preparation, 1);
        }
        if trace.of(Role::Rule).next().is_some() {
            self.heading("Rules tried");
        }
        trace.of(Role::Rule).for_each(|rule| self.rule(rule));
        if trace.of(Role::Check).next().is_some() {
            self.heading("What the rule requires");
        }
        trace.of(Role::Check).for_each(|check| self.check(check));
    }

    fn answers(&mut self) {
        self.heading("Answer");
        let trace = self.trace;
        trace.answers.iter().for_each(|answer| self.answer(answer));
    }

    /// The requests as they are sent.
    fn requests(&mut self) {
        for request in self.trace.answers.iter().filter_map(|answer| http_text(answer)) {
            self.out.push('\n');
            self.out.push_str(&request);
        }
    }

    /// Adds a line of pieces; the longest pieces are shortened when it is too wide.
    fn line(&mut self, depth: usize, pieces: &[(Style, &str)]) {
        let indent = (depth * 2).min(self.width / 3);
        let mut texts: Vec<String> = pieces.iter().map(|(_, text)| harmless(text)).collect();
        let mut widths: Vec<usize> = texts.iter().map(|text| columns(text)).collect();
        loop {
            let used = indent + widths.iter().sum::<usize>();
            let widest = texts.iter_mut().zip(&mut widths).max_by_key(|(_, width)| **width);
            let Some((longest, width)) = widest else { return };
            let (excess, length) = (used.saturating_sub(self.width), *width);
            if excess == 0 || length <= MIN_PIECE_WIDTH {
                break;
            }
            *longest = shortened(longest, length.saturating_sub(excess).max(MIN_PIECE_WIDTH));
            *width = columns(longest);
            if *width == length {
                break;
            }
        }
        self.out.extend(std::iter::repeat_n(' ', indent));
        for ((style, _), text) in pieces.iter().zip(&texts) {
            if self.color && !style.code().is_empty() {
                self.out.extend([style.code(), text, "\u{1b}[0m"]);
            } else {
                self.out.push_str(text);
            }
        }
        self.out.truncate(self.out.trim_end_matches(' ').len());
        self.out.push('\n');
    }

    fn rule(&mut self, rule: &TraceNode) {
        let place = place(rule);
        let (word, style) = match &rule.value {
            TraceValue::Refused => ("fail", Style::Bad),
            value if value.is_true() => ("yes ", Style::Good),
            _ => ("no  ", Style::Dim),
        };
        self.line(
            1,
            &[
                (style, word),
                (Style::Plain, "  "),
                (Style::Name, &rule.label),
                (Style::Dim, "  "),
                (Style::Dim, &place),
            ],
        );
        if !rule.value.is_true() {
            for reason in rule.of(Role::Condition).flat_map(describe::reasons) {
                self.line(4, &[(Style::Plain, &reason)]);
            }
        }
    }

    fn check(&mut self, check: &TraceNode) {
        let (word, style) =
            if check.value.is_true() { ("holds", Style::Good) } else { ("fails", Style::Bad) };
        for condition in check.of(Role::Condition) {
            self.line(1, &[(style, word), (Style::Plain, "  "), (Style::Plain, &condition.written)]);
            for reason in describe::reasons(condition) {
                self.line(4, &[(Style::Dim, &reason)]);
            }
        }
    }

    fn values(&mut self, node: &TraceNode, depth: usize) {
        for child in &node.children {
            self.node(child, depth, None);
        }
    }

    fn node(&mut self, node: &TraceNode, depth: usize, name: Option<&str>) {
        match node.role {
            Role::Condition => return self.condition(node, depth),
            Role::Step => return self.step(node, depth),
            Role::Placeholder if !has_details(node) => return,
            _ => {}
        }
        let label = name.unwrap_or(match node.role {
            Role::Placeholder => &node.written,
            _ => &node.label,
        });
        let (separator, value, style) = match (&node.value, skip_reason(node)) {
            (_, Some(reason)) => (" skipped: ", reason, Style::Dim),
            (TraceValue::Json(json), None) => (" = ", json.as_str(), Style::Good),
            (TraceValue::Missing, None) => (": ", "missing", Style::Dim),
            (TraceValue::Refused, None) => (": ", "the event was refused here", Style::Bad),
        };
        let shown = node.field.as_ref().is_some_and(|field| self.shown.contains(field));
        let written = match &node.written {
            written if written.is_empty() || matches!(node.role, Role::Field | Role::Placeholder) => {
                String::new()
            }
            written if shown => format!("  {written} (shown above)"),
            written => format!("  {written}"),
        };
        self.line(
            depth,
            &[(Style::Name, label), (Style::Plain, separator), (style, value), (Style::Plain, &written)],
        );
        if !node.address.is_empty() && !node.label.starts_with("from[") && node.role != Role::Placeholder {
            let address = if self.show_all_addresses || node.role != Role::Field {
                format!("{}  {}", node.address, place(node))
            } else {
                String::new()
            };
            self.line(depth + 2, &[(Style::Dim, &address)]);
        }
        if let Some(field) = node.field.as_deref().and_then(|name| self.trace.field(name))
            && self.shown.insert(field.label.clone())
        {
            self.values(field, depth + 1);
        }
        self.values(node, depth + 1);
    }

    fn condition(&mut self, condition: &TraceNode, depth: usize) {
        let (word, style) =
            if condition.value.is_true() { ("when", Style::Dim) } else { ("when is false:", Style::Bad) };
        let reasons = describe::reasons(condition).join("; ");
        self.line(depth, &[(style, word), (Style::Plain, " "), (Style::Dim, &reasons)]);
    }

    fn step(&mut self, step: &TraceNode, depth: usize) {
        let before = step.input.as_ref().map_or("", describe::value);
        let after = describe::value(&step.value);
        self.line(
            depth,
            &[
                (Style::Name, &step.label),
                (Style::Plain, ": "),
                (Style::Plain, before),
                (Style::Plain, " → "),
                (Style::Good, after),
            ],
        );
        self.values(step, depth + 1);
    }

    fn answer(&mut self, answer: &str) {
        let in_brackets = |address: Option<Cow<'_, str>>| {
            address.map_or_else(String::new, |address| format!("  ({address})"))
        };
        let line = AnswerLine::read(answer, |answer| match answer.outline() {
            Outline::Request { method, endpoint } => (Style::Good, format!("{method} {endpoint}")),
            Outline::Refused { error, address } => {
                (Style::Bad, format!("refused: {error}{}", in_brackets(address)))
            }
            Outline::Dropped { reason, address } => {
                (Style::Dim, format!("dropped: {reason}{}", in_brackets(address)))
            }
        });
        if let Ok((style, text)) = line {
            self.line(1, &[(style, &text)]);
        }
    }
}

/// Whether a placeholder has something to show besides its value, which is part of the template's value.
fn has_details(placeholder: &TraceNode) -> bool {
    placeholder.children.iter().any(|child| child.role != Role::Condition)
        || placeholder.value == TraceValue::Refused
}

/// `file:line`
fn place(node: &TraceNode) -> String {
    if node.line == 0 { String::new() } else { format!("{}:{}", node.file, node.line) }
}

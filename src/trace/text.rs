//! A trace as text for people.

use std::borrow::Cow;
use std::collections::HashSet;

use super::json::passed;
use super::select::part_of;
use super::{End, Role, Trace, TraceNode, Unknown, words};
use crate::diag::text::{columns, harmless, shortened};
use crate::wire::{AnswerLine, Outline};

/// Narrower than this nothing can be told.
const NARROWEST: usize = 40;

/// A piece of a line keeps this many columns.
const SHORTEST: usize = 7;

/// The colours of a text.
#[derive(Clone, Copy)]
enum Paint {
    Plain,
    Heading,
    Name,
    Good,
    Bad,
    Dim,
}

impl Paint {
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
        page.choice();
        let requests = self.of(Role::Request).count();
        for (at, request) in self.of(Role::Request).enumerate() {
            let number = if requests > 1 { format!(" {} of {requests}", at + 1) } else { String::new() };
            page.heading(&format!("Request{number}: {}", request.label));
            page.values(request, 1);
            if request.end.json() == Some("false") {
                page.line(1, &[(Paint::Dim, "not made")]);
            }
        }
        page.answers();
        page.out
    }

    /// Only what became of the event: the rules that were tried, what the rule requires, the answer.
    #[must_use]
    pub fn text_of_choice(&self, color: bool, width: usize) -> String {
        let mut page = Page::new(self, color, width);
        page.choice();
        page.answers();
        page.out
    }

    /// How the values came about that a path names: `endpoint`, `headers.Authorization`, `body.traits.email`, or a field;
    /// of all requests or of the one with that number, from 1.
    ///
    /// # Errors
    /// When the run has no such value.
    pub fn text_of(
        &self,
        path: &str,
        request: Option<usize>,
        color: bool,
        width: usize,
    ) -> Result<String, Unknown> {
        let found = self.select(path, request)?;
        let several = found.len() > 1;
        let mut page = Page::new(self, color, width);
        for found in found {
            if let Some(number) = found.request.filter(|_| several) {
                page.heading(&format!("Request {number}"));
            }
            page.full = true;
            match found.node.end.json().and_then(|json| part_of(json, &found.rest)) {
                Some(part) if !found.rest.is_empty() => {
                    let name = path.strip_prefix("$.").unwrap_or(path);
                    page.line(0, &[(Paint::Name, name), (Paint::Plain, " = "), (Paint::Good, &part)]);
                    page.line(1, &[(Paint::Dim, "comes with a value that is copied whole:")]);
                    page.node(found.node, 1, None);
                }
                _ => page.node(found.node, 0, Some(path)),
            }
        }
        Ok(page.out)
    }
}

struct Page<'t> {
    trace: &'t Trace,
    out: String,
    color: bool,
    width: usize,
    /// Addresses are told as well.
    full: bool,
    /// Fields that were told already.
    told: HashSet<String>,
}

impl<'t> Page<'t> {
    fn new(trace: &'t Trace, color: bool, width: usize) -> Self {
        Self {
            trace,
            out: String::new(),
            color,
            width: width.max(NARROWEST),
            full: false,
            told: HashSet::new(),
        }
    }

    fn heading(&mut self, words: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.line(0, &[(Paint::Heading, words)]);
    }

    fn choice(&mut self) {
        let trace = self.trace;
        for preparation in trace.of(Role::Preparation).filter(|preparation| preparation.end.is_true()) {
            self.heading("The event was changed first (prepare)");
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

    /// A line of pieces; the longest piece gives way when it is too wide.
    fn line(&mut self, depth: usize, pieces: &[(Paint, &str)]) {
        let indent = (depth * 2).min(self.width / 3);
        let mut texts: Vec<String> = pieces.iter().map(|(_, text)| harmless(text)).collect();
        let mut widths: Vec<usize> = texts.iter().map(|text| columns(text)).collect();
        loop {
            let used = indent + widths.iter().sum::<usize>();
            let widest = texts.iter_mut().zip(&mut widths).max_by_key(|(_, width)| **width);
            let Some((longest, width)) = widest else { return };
            let (over, length) = (used.saturating_sub(self.width), *width);
            if over == 0 || length <= SHORTEST {
                break;
            }
            *longest = shortened(longest, length.saturating_sub(over).max(SHORTEST));
            *width = columns(longest);
            if *width == length {
                break;
            }
        }
        self.out.extend(std::iter::repeat_n(' ', indent));
        for ((paint, _), text) in pieces.iter().zip(&texts) {
            if self.color && !paint.code().is_empty() {
                self.out.extend([paint.code(), text, "\u{1b}[0m"]);
            } else {
                self.out.push_str(text);
            }
        }
        self.out.truncate(self.out.trim_end_matches(' ').len());
        self.out.push('\n');
    }

    fn rule(&mut self, rule: &TraceNode) {
        let place = place(rule);
        let (word, paint) = match &rule.end {
            End::Refused => ("here", Paint::Bad),
            end if end.is_true() => ("yes ", Paint::Good),
            _ => ("no  ", Paint::Dim),
        };
        self.line(
            1,
            &[
                (paint, word),
                (Paint::Plain, "  "),
                (Paint::Name, &rule.label),
                (Paint::Dim, "  "),
                (Paint::Dim, &place),
            ],
        );
        if !rule.end.is_true() {
            for why in rule.of(Role::Condition).flat_map(words::why) {
                self.line(4, &[(Paint::Plain, &why)]);
            }
        }
    }

    fn check(&mut self, check: &TraceNode) {
        let (word, paint) = if check.end.is_true() { ("holds", Paint::Good) } else { ("fails", Paint::Bad) };
        for condition in check.of(Role::Condition) {
            self.line(1, &[(paint, word), (Paint::Plain, "  "), (Paint::Plain, &condition.written)]);
            for why in words::why(condition) {
                self.line(4, &[(Paint::Dim, &why)]);
            }
        }
    }

    fn values(&mut self, node: &TraceNode, depth: usize) {
        for inside in &node.inside {
            self.node(inside, depth, None);
        }
    }

    fn node(&mut self, node: &TraceNode, depth: usize, name: Option<&str>) {
        match node.role {
            Role::Condition => return self.condition(node, depth),
            Role::Step => return self.step(node, depth),
            Role::Hole if !Self::says_more(node) => return,
            _ => {}
        }
        let label = name.unwrap_or(match node.role {
            Role::Hole => &node.written,
            _ => &node.label,
        });
        let (joint, value, paint) = match (&node.end, passed(node)) {
            (_, Some(reason)) => (" passed over: ", reason, Paint::Dim),
            (End::Json(json), None) => (" = ", json.as_str(), Paint::Good),
            (End::Missing, None) => (": ", "missing", Paint::Dim),
            (End::Refused, None) => (": ", "the event was refused here", Paint::Bad),
        };
        let told = node.field.as_ref().is_some_and(|field| self.told.contains(field));
        let written = match &node.written {
            written if written.is_empty() || matches!(node.role, Role::Field | Role::Hole) => String::new(),
            written if told => format!("  {written} (told above)"),
            written => format!("  {written}"),
        };
        self.line(
            depth,
            &[(Paint::Name, label), (Paint::Plain, joint), (paint, value), (Paint::Plain, &written)],
        );
        if !node.address.is_empty() && !node.label.starts_with("from[") && node.role != Role::Hole {
            let at = format!("{}  {}", node.address, place(node));
            self.line(
                depth + 2,
                &[(Paint::Dim, if self.full || node.role != Role::Field { &at } else { "" })],
            );
        }
        if let Some(field) = node.field.as_deref().and_then(|name| self.trace.field(name))
            && self.told.insert(field.label.clone())
        {
            self.values(field, depth + 1);
        }
        self.values(node, depth + 1);
    }

    /// Whether there is more to say of a hole than the value in it.
    fn says_more(node: &TraceNode) -> bool {
        node.inside.iter().any(|inside| inside.role != Role::Condition) || node.end == End::Refused
    }

    fn condition(&mut self, condition: &TraceNode, depth: usize) {
        let (word, paint) =
            if condition.end.is_true() { ("when", Paint::Dim) } else { ("when not", Paint::Bad) };
        let why = words::why(condition).join("; ");
        self.line(depth, &[(paint, word), (Paint::Plain, " "), (Paint::Dim, &why)]);
    }

    fn step(&mut self, step: &TraceNode, depth: usize) {
        let before = step.input.as_ref().map_or("", words::end);
        let after = words::end(&step.end);
        self.line(
            depth,
            &[
                (Paint::Name, &step.label),
                (Paint::Plain, ": "),
                (Paint::Plain, before),
                (Paint::Plain, " → "),
                (Paint::Good, after),
            ],
        );
        self.values(step, depth + 1);
    }

    fn answer(&mut self, answer: &str) {
        let by = |by: Option<Cow<'_, str>>| by.map_or_else(String::new, |by| format!("  ({by})"));
        let line = AnswerLine::read(answer, |answer| match answer.outline() {
            Outline::Request { method, endpoint } => (Paint::Good, format!("{method} {endpoint}")),
            Outline::Refused { error, by: at } => (Paint::Bad, format!("refused: {error}{}", by(at))),
            Outline::Dropped { reason, by: at } => (Paint::Dim, format!("dropped: {reason}{}", by(at))),
        });
        if let Ok((paint, words)) = line {
            self.line(1, &[(paint, &words)]);
        }
    }
}

fn place(node: &TraceNode) -> String {
    if node.line == 0 { String::new() } else { format!("{}:{}", node.file, node.line) }
}

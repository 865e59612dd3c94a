//! The patterns in filters, compiled when the mapping is loaded.

use jsonpath_rust::parser::model::{
    Comparable, Filter, FilterAtom, FnArg, JpQuery, Literal, Segment, Selector, Test, TestFunction,
};

use crate::value::Pattern as Compiled;

/// The patterns of a query.
#[derive(Clone, Debug, Default)]
pub(super) struct Patterns(Vec<Pattern>);

#[derive(Clone, Debug)]
struct Pattern {
    text: String,
    /// Whether it must match the whole text.
    whole: bool,
    regex: Compiled,
}

impl Patterns {
    /// Compiles all patterns of a query.
    ///
    /// # Errors
    /// A message, if a pattern is invalid, too large, or not a constant text.
    pub(super) fn of(query: &JpQuery) -> Result<Self, String> {
        let mut patterns = Self::default();
        patterns.add_segments(&query.segments)?;
        Ok(patterns)
    }

    /// A pattern that was compiled.
    pub(super) fn get(&self, pattern: &FnArg, whole: bool) -> Option<&Compiled> {
        let FnArg::Literal(Literal::String(text)) = pattern else { return None };
        let known = self.0.iter().find(|known| known.whole == whole && known.text == *text);
        known.map(|known| &known.regex)
    }

    fn add_segments(&mut self, segments: &[Segment]) -> Result<(), String> {
        segments.iter().try_for_each(|segment| self.add_segment(segment))
    }

    fn add_segment(&mut self, segment: &Segment) -> Result<(), String> {
        match segment {
            Segment::Descendant(inner) => self.add_segment(inner),
            Segment::Selector(selector) => self.add_selector(selector),
            Segment::Selectors(selectors) => {
                selectors.iter().try_for_each(|selector| self.add_selector(selector))
            }
        }
    }

    fn add_selector(&mut self, selector: &Selector) -> Result<(), String> {
        match selector {
            Selector::Filter(filter) => self.add_filter(filter),
            Selector::Name(_) | Selector::Wildcard | Selector::Index(_) | Selector::Slice(..) => Ok(()),
        }
    }

    fn add_filter(&mut self, filter: &Filter) -> Result<(), String> {
        match filter {
            Filter::Or(filters) | Filter::And(filters) => {
                filters.iter().try_for_each(|filter| self.add_filter(filter))
            }
            Filter::Atom(FilterAtom::Filter { expr, .. }) => self.add_filter(expr),
            Filter::Atom(FilterAtom::Test { expr, .. }) => self.add_test(expr),
            Filter::Atom(FilterAtom::Comparison(comparison)) => {
                let (left, right) = comparison.vals();
                [left, right].into_iter().try_for_each(|side| match side {
                    Comparable::Function(function) => self.add_function(function),
                    Comparable::Literal(_) | Comparable::SingularQuery(_) => Ok(()),
                })
            }
        }
    }

    fn add_test(&mut self, test: &Test) -> Result<(), String> {
        match test {
            Test::RelQuery(segments) => self.add_segments(segments),
            Test::AbsQuery(query) => self.add_segments(&query.segments),
            Test::Function(function) => self.add_function(function),
        }
    }

    fn add_function(&mut self, function: &TestFunction) -> Result<(), String> {
        match function {
            TestFunction::Match(text, pattern) => {
                self.add_pattern(pattern, true).and(self.add_argument(text))
            }
            TestFunction::Search(text, pattern) => {
                self.add_pattern(pattern, false).and(self.add_argument(text))
            }
            TestFunction::Length(argument) => self.add_argument(argument),
            TestFunction::Value(argument) | TestFunction::Count(argument) => self.add_argument(argument),
            TestFunction::Custom(_, arguments) => {
                arguments.iter().try_for_each(|argument| self.add_argument(argument))
            }
        }
    }

    fn add_argument(&mut self, argument: &FnArg) -> Result<(), String> {
        match argument {
            FnArg::Literal(_) => Ok(()),
            FnArg::Test(test) => self.add_test(test),
            FnArg::Filter(filter) => self.add_filter(filter),
        }
    }

    fn add_pattern(&mut self, pattern: &FnArg, whole: bool) -> Result<(), String> {
        let FnArg::Literal(Literal::String(text)) = pattern else {
            return Err(
                "the pattern of `match` and `search` must be text in quotes: one from the event could be \
                        arbitrarily slow"
                    .to_owned(),
            );
        };
        if self.get(pattern, whole).is_some() {
            return Ok(());
        }
        let built = Compiled::new(&translated(text, whole));
        let Ok(regex) = built else {
            return Err(format!("the pattern `{text}` is invalid or too large"));
        };
        self.0.push(Pattern { text: text.clone(), whole, regex });
        Ok(())
    }
}

/// An I-Regexp (RFC 9485) in the syntax of the crate: its `.` matches neither `\n` nor `\r`.
fn translated(pattern: &str, whole: bool) -> String {
    let (mut translated, mut in_class) = (String::with_capacity(pattern.len() + 6), false);
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                translated.push(letter);
                translated.extend(letters.next());
                continue;
            }
            '.' if !in_class => {
                translated.push_str(r"[^\n\r]");
                continue;
            }
            '[' => in_class = true,
            ']' => in_class = false,
            _ => {}
        }
        translated.push(letter);
    }
    if whole { format!("^(?:{translated})$") } else { translated }
}

//! The address of the part being compiled.

use std::fmt::{Arguments, Write as _};

use crate::plan::Origin;
use crate::source::Span;

/// The address of the part being compiled, such as `shop/identify/body.created_at`. It always starts with the name of
/// the destination.
pub(super) struct Address {
    text: String,
    destination_len: usize,
}

/// The length or the text of an address before it was changed, to restore it with.
pub(super) struct Outer(Change);

enum Change {
    Appended(usize),
    Replaced(String),
}

impl Address {
    pub(super) fn new(destination: &str) -> Self {
        Self { text: destination.to_owned(), destination_len: destination.len() }
    }

    /// Appends `suffix`, such as `.body` or `[2]`.
    pub(super) fn append(&mut self, suffix: Arguments<'_>) -> Outer {
        let outer = Outer(Change::Appended(self.text.len()));
        write(&mut self.text, suffix);
        outer
    }

    /// The name of the destination.
    pub(super) fn destination(&self) -> &str {
        &self.text[..self.destination_len]
    }

    /// Replaces everything after the destination by `section`, such as `/fields.email`.
    pub(super) fn replace(&mut self, section: Arguments<'_>) -> Outer {
        let mut text = self.text[..self.destination_len].to_owned();
        write(&mut text, section);
        Outer(Change::Replaced(std::mem::replace(&mut self.text, text)))
    }

    /// Undoes a change. Changes must be undone in reverse order.
    pub(super) fn restore(&mut self, outer: Outer) {
        match outer.0 {
            Change::Appended(len) => self.text.truncate(len),
            Change::Replaced(text) => self.text = text,
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The origin of what is written at `span`.
    pub(super) fn origin(&self, span: Span) -> Origin {
        Origin { address: self.text.as_str().into(), span }
    }
}

fn write(text: &mut String, suffix: Arguments<'_>) {
    // Most suffixes are constant, which needs no formatting.
    match suffix.as_str() {
        Some(constant) => text.push_str(constant),
        None => drop(text.write_fmt(suffix)), // writing to a `String` cannot fail
    }
}

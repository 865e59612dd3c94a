//! A cache of the parsed paths and templates of a mapping, so that each is parsed only once.

use std::cell::RefCell;
use std::rc::Rc;

use foldhash::HashMap;

use super::{BadTemplate, Parsed, parse};
use crate::path::{self, BadPath, Path};

/// The parsed paths and templates of a mapping, by their text.
#[derive(Debug, Default)]
pub struct ParseCache {
    paths: RefCell<Memo<Path, BadPath>>,
    templates: RefCell<Memo<Parsed, BadTemplate>>,
}

/// A shared result of parsing.
type Shared<T, E> = Rc<Result<T, E>>;

#[derive(Debug)]
struct Memo<T, E> {
    /// From each text to an index into `results`.
    indexes: HashMap<Box<str>, usize>,
    results: Vec<Shared<T, E>>,
}

impl ParseCache {
    /// Parses a path with [`path::parse`].
    pub fn path(&self, text: &str) -> Shared<Path, BadPath> {
        self.indexed_path(text).1
    }

    /// Parses a path, and returns it with its index, counted from 0. Equal texts have the same index.
    pub fn indexed_path(&self, text: &str) -> (usize, Shared<Path, BadPath>) {
        self.paths.borrow_mut().get_or_parse(text, path::parse)
    }

    /// Parses a template with [`parse`].
    pub fn template(&self, text: &str) -> Shared<Parsed, BadTemplate> {
        self.templates.borrow_mut().get_or_parse(text, parse).1
    }
}

impl<T, E> Memo<T, E> {
    fn get_or_parse(&mut self, text: &str, parse: fn(&str) -> Result<T, E>) -> (usize, Shared<T, E>) {
        if let Some(&index) = self.indexes.get(text) {
            return (index, Rc::clone(&self.results[index]));
        }
        let (index, result) = (self.results.len(), Rc::new(parse(text)));
        self.indexes.insert(text.into(), index);
        self.results.push(Rc::clone(&result));
        (index, result)
    }
}

impl<T, E> Default for Memo<T, E> {
    fn default() -> Self {
        Self { indexes: HashMap::default(), results: Vec::new() }
    }
}

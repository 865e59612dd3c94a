//! The paths and templates of a mapping, each read once however many modules look at it.

use std::cell::RefCell;
use std::rc::Rc;

use foldhash::HashMap;

use super::{BadTemplate, Parsed, parse};
use crate::path::{self, BadPath, Path};

/// What the texts of a mapping say.
#[derive(Debug, Default)]
pub struct ParseCache {
    paths: RefCell<Memo<Path, BadPath>>,
    templates: RefCell<Memo<Parsed, BadTemplate>>,
}

type Read<T, E> = Rc<Result<T, E>>;

#[derive(Debug)]
struct Memo<T, E> {
    numbers: HashMap<Box<str>, usize>,
    read: Vec<Read<T, E>>,
}

impl ParseCache {
    /// A text that begins with `$`, as by [`path::parse`].
    pub fn path(&self, text: &str) -> Read<Path, BadPath> {
        self.numbered_path(text).1
    }

    /// The same with its number, from 0: texts that are alike have the same one.
    pub fn numbered_path(&self, text: &str) -> (usize, Read<Path, BadPath>) {
        self.paths.borrow_mut().once(text, path::parse)
    }

    /// A template, as by [`parse`].
    pub fn template(&self, text: &str) -> Read<Parsed, BadTemplate> {
        self.templates.borrow_mut().once(text, parse).1
    }
}

impl<T, E> Memo<T, E> {
    fn once(&mut self, text: &str, read: fn(&str) -> Result<T, E>) -> (usize, Read<T, E>) {
        if let Some(&number) = self.numbers.get(text) {
            return (number, Rc::clone(&self.read[number]));
        }
        let (number, new) = (self.read.len(), Rc::new(read(text)));
        self.numbers.insert(text.into(), number);
        self.read.push(Rc::clone(&new));
        (number, new)
    }
}

impl<T, E> Default for Memo<T, E> {
    fn default() -> Self {
        Self { numbers: HashMap::default(), read: Vec::new() }
    }
}

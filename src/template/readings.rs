//! The paths and templates of a mapping, each read once however many rooms look at it.

use std::cell::RefCell;
use std::rc::Rc;

use foldhash::HashMap;

use super::{BadTemplate, Parsed, parse};
use crate::path::{self, BadPath, Path};

/// What the texts of a mapping say, by the text.
#[derive(Debug, Default)]
pub struct Readings {
    paths: RefCell<Known<Path, BadPath>>,
    templates: RefCell<Known<Parsed, BadTemplate>>,
}

type Read<T, E> = Rc<Result<T, E>>;
type Known<T, E> = HashMap<Box<str>, Read<T, E>>;

impl Readings {
    /// A text that begins with `$`, as by [`path::parse`].
    pub fn path(&self, text: &str) -> Read<Path, BadPath> {
        once(&self.paths, text, path::parse)
    }

    /// A template, as by [`parse`].
    pub fn template(&self, text: &str) -> Read<Parsed, BadTemplate> {
        once(&self.templates, text, parse)
    }
}

fn once<T, E>(
    known: &RefCell<Known<T, E>>,
    text: &str,
    read: impl FnOnce(&str) -> Result<T, E>,
) -> Read<T, E> {
    if let Some(known) = known.borrow().get(text) {
        return Rc::clone(known);
    }
    let new = Rc::new(read(text));
    known.borrow_mut().insert(text.into(), Rc::clone(&new));
    new
}

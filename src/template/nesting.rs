//! Limits how deeply a template is nested before it is parsed, because minijinja's parser and its syntax tree are
//! recursive: without a limit, a long chain of operators would overflow the stack.

use minijinja::machinery::{Token, tokenize};
use minijinja::syntax::SyntaxConfig;

use super::BadTemplate;

/// Maximum number of brackets and blocks around a part of a template. One level takes up to 20 KiB of stack in a build
/// without optimization.
pub const MAX_NESTING: usize = crate::limits::TEMPLATE_NESTING;
/// Maximum number of operators, filters, members and `elif`s that are applied one after another, those of the brackets
/// and blocks around included. Each takes up to 3 KiB of stack in a build without optimization.
pub const MAX_CHAIN: usize = crate::limits::TEMPLATE_CHAIN;

/// Fails at the first token that exceeds a limit.
pub(super) fn check(text: &str) -> Result<(), BadTemplate> {
    let brackets = || text.bytes().filter(|byte| matches!(byte, b'(' | b'[' | b'{')).count();
    if text.len() <= MAX_CHAIN && brackets() <= MAX_NESTING {
        return Ok(());
    }
    let mut nesting = Nesting::default();
    for next in tokenize(text, false, SyntaxConfig::default()) {
        // The parser reports what cannot be split into tokens.
        let Ok((token, span)) = next else { break };
        nesting.add(&token);
        let what = if nesting.blocks.len() + nesting.brackets.len() > MAX_NESTING {
            format!("brackets and blocks are nested deeper than {MAX_NESTING} levels")
        } else if nesting.chain > MAX_CHAIN {
            format!("more than {MAX_CHAIN} operators, filters or members are applied one after another")
        } else {
            continue;
        };
        let message = format!("{what}; compute parts of this template in `fields:`");
        let range = span.start_offset as usize..span.end_offset as usize;
        return Err(BadTemplate { message, range, forbidden: false });
    }
    Ok(())
}

/// The constructs around a token. Each number is the length of the chain where the construct begins.
#[derive(Default)]
struct Nesting {
    blocks: Vec<usize>,
    brackets: Vec<usize>,
    /// The number of operators that are applied one after another, up to this token.
    chain: usize,
    tag: Tag,
}

/// What the current `{% … %}` does to the blocks.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Tag {
    /// Nothing, or it is not such a tag.
    #[default]
    None,
    /// Its name is next.
    Unnamed,
    /// It opens a block.
    Opens,
    /// It is `{% set name %}`, which opens a block unless there is a `=`.
    Set,
}

impl Nesting {
    fn add(&mut self, token: &Token<'_>) {
        match token {
            Token::BlockStart => {
                self.chain = self.outer_chain();
                self.tag = Tag::Unnamed;
            }
            Token::TemplateData(_) | Token::VariableEnd | Token::BlockEnd => self.end_tag(),
            Token::Ident(name) if self.tag == Tag::Unnamed => self.begin_tag(name),
            Token::Assign if self.brackets.is_empty() && self.tag == Tag::Set => self.tag = Tag::None,
            Token::Ident("if" | "or" | "and" | "not" | "in" | "is")
            | Token::Plus
            | Token::Minus
            | Token::Mul
            | Token::Div
            | Token::FloorDiv
            | Token::Pow
            | Token::Mod
            | Token::Dot
            | Token::Tilde
            | Token::Pipe
            | Token::Eq
            | Token::Ne
            | Token::Gt
            | Token::Gte
            | Token::Lt
            | Token::Lte => self.chain += 1,
            Token::BracketOpen | Token::ParenOpen | Token::BraceOpen => {
                self.chain += 1;
                self.brackets.push(self.chain);
            }
            // Items, and tags, are independent of each other.
            Token::VariableStart | Token::Comma | Token::Colon => self.chain = self.outer_chain(),
            Token::BracketClose | Token::ParenClose | Token::BraceClose => {
                self.chain = self.brackets.pop().unwrap_or(self.chain);
            }
            Token::Ident(_)
            | Token::Str(_)
            | Token::String(_)
            | Token::Int(_)
            | Token::Int128(_)
            | Token::Float(_)
            | Token::Assign => {}
        }
    }

    /// The length of the chain where the innermost bracket or block begins.
    fn outer_chain(&self) -> usize {
        self.brackets.last().or(self.blocks.last()).copied().unwrap_or(0)
    }

    fn begin_tag(&mut self, name: &str) {
        self.tag = match name {
            "set" => Tag::Set,
            "if" | "for" | "with" | "filter" | "autoescape" | "block" | "macro" | "call" => Tag::Opens,
            // It is parsed as an `if` inside of the `else` of the one before.
            "elif" => {
                if let Some(block) = self.blocks.last_mut() {
                    *block += 1;
                    self.chain = *block;
                }
                Tag::None
            }
            name if name.starts_with("end") => {
                self.blocks.pop();
                Tag::None
            }
            _ => Tag::None,
        };
    }

    fn end_tag(&mut self) {
        self.brackets.clear();
        if matches!(self.tag, Tag::Opens | Tag::Set) {
            self.blocks.push(self.outer_chain() + 1);
        }
        self.tag = Tag::None;
    }
}

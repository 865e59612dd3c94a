//! Parsing a source file: its modules, their imports, and all paths in them, including those in macros.

use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// `use a::b as c`, or `use a::*` without a name.
#[derive(Debug)]
pub(super) struct Import {
    pub(super) path: Vec<String>,
    pub(super) name: Option<String>,
    pub(super) at: At,
}

/// A path of at least two names, a macro call (with its `!`), or a `#[path]` attribute.
#[derive(Debug)]
pub(super) struct Mention {
    pub(super) path: Vec<String>,
    pub(super) at: At,
}

/// The position of a path, and whether it is compiled only for tests.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    pub(super) line: usize,
    pub(super) test: bool,
}

/// A module: a file, or an inline module.
#[derive(Debug, Default)]
pub(super) struct Module {
    /// The names from the crate root.
    pub(super) path: Vec<String>,
    pub(super) file: String,
    pub(super) imports: Vec<Import>,
    pub(super) mentions: Vec<Mention>,
}

impl Module {
    /// Parses the file `file`, which is the module `path`. Returns it and its inline modules.
    pub(super) fn read(file: &str, path: Vec<String>, text: &str) -> Vec<Self> {
        let in_tests = path.iter().any(|name| name == "tests");
        let tokens = TokenStream::from_str(text).unwrap_or_else(|why| panic!("{file}: {why}"));
        let mut modules = vec![Self { path, file: file.to_owned(), ..Self::default() }];
        Reader { modules: &mut modules, current: 0 }.tokens(tokens, in_tests);
        modules
    }
}

struct Reader<'m> {
    modules: &'m mut Vec<Module>,
    current: usize,
}

impl Reader<'_> {
    fn tokens(&mut self, tokens: TokenStream, outer: bool) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let (mut index, mut test) = (0, outer);
        while index < tokens.len() {
            let rest = &tokens[index..];
            let at = At { line: rest[0].span().start().line, test };
            match rest {
                [TokenTree::Punct(sign), TokenTree::Group(attribute), ..] if sign.as_char() == '#' => {
                    if is(attribute.stream().into_iter().next().as_ref(), "path") {
                        let path = vec!["#[path]".to_owned()];
                        self.modules[self.current].mentions.push(Mention { path, at });
                    }
                    test |= attribute.stream().to_string().replace(' ', "") == "cfg(test)";
                    index += 1;
                    continue;
                }
                [TokenTree::Ident(word), ..]
                    if word == "use" && !is(rest.get(1), "<")
                        || word == "extern" && is(rest.get(1), "crate") =>
                {
                    let end = rest.iter().position(|token| is(Some(token), ";")).unwrap_or(rest.len());
                    let skipped = if word == "use" { 1 } else { 2 };
                    self.imports(&rest[skipped..end], &[], at);
                    index += end;
                    continue;
                }
                [TokenTree::Ident(word), TokenTree::Ident(name), TokenTree::Group(inside), ..]
                    if word == "mod" && inside.delimiter() == Delimiter::Brace =>
                {
                    let outside = self.current;
                    let mut path = self.modules[outside].path.clone();
                    path.push(name.to_string());
                    let file = self.modules[outside].file.clone();
                    self.current = self.modules.len();
                    self.modules.push(Module { path, file, ..Module::default() });
                    self.tokens(inside.stream(), test);
                    self.current = outside;
                    (index, test) = (index + 3, outer);
                    continue;
                }
                _ => {}
            }
            if starts_path(&tokens, index) {
                let (mut path, length) = path(rest);
                let called =
                    is(rest.get(length), "!") && matches!(rest.get(length + 1), Some(TokenTree::Group(_)));
                if let Some(last) = path.last_mut().filter(|_| called) {
                    last.push('!');
                }
                if path.len() > 1 || called {
                    self.modules[self.current].mentions.push(Mention { path, at });
                }
                index += length;
                continue;
            }
            if let TokenTree::Group(group) = &tokens[index] {
                self.tokens(group.stream(), test);
            }
            // At the end of an item its attributes no longer apply.
            let ends =
                matches!(&tokens[index], TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
            if ends || is(tokens.get(index), ";") || is(tokens.get(index), ",") {
                test = outer;
            }
            index += 1;
        }
    }

    /// The tree of a `use`: `a::{b as c, d::*}`.
    fn imports(&mut self, tree: &[TokenTree], before: &[String], at: At) {
        let (mut path, length) = path(tree);
        path.splice(0..0, before.iter().cloned());
        match &tree[length..] {
            [TokenTree::Group(braces)] => {
                let parts: Vec<TokenTree> = braces.stream().into_iter().collect();
                for part in parts.split(|token| is(Some(token), ",")).filter(|part| !part.is_empty()) {
                    self.imports(part, &path, at);
                }
            }
            [star] if is(Some(star), "*") => self.import(path, None, at),
            [_, name] => self.import(path, Some(name.to_string()), at),
            _ => {
                let name = path.last().cloned();
                self.import(path, name, at);
            }
        }
    }

    fn import(&mut self, mut path: Vec<String>, mut name: Option<String>, at: At) {
        // Only `extern crate self as a` has `self` alone.
        if path == ["self"] {
            path = vec!["crate".to_owned()];
        }
        // `use a::{self}` is `use a`.
        if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
            path.pop();
            name =
                name.map(|name| if name == "self" { path.last().cloned().unwrap_or_default() } else { name });
        }
        self.modules[self.current].imports.push(Import { path, name, at });
    }
}

/// Whether a token is this word or punctuation.
fn is(token: Option<&TokenTree>, text: &str) -> bool {
    match token {
        Some(TokenTree::Ident(word)) => word == text,
        Some(TokenTree::Punct(sign)) => text.len() == 1 && text.starts_with(sign.as_char()),
        _ => false,
    }
}

/// Whether a path starts at a token. Fields, methods, lifetimes and macro parameters are not paths.
fn starts_path(tokens: &[TokenTree], index: usize) -> bool {
    let before = |back: usize| index.checked_sub(back).and_then(|at| tokens.get(at));
    let word = match &tokens[index] {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(_) => {
            colons(&tokens[index..]) && matches!(tokens.get(index + 2), Some(TokenTree::Ident(_)))
        }
        _ => return false,
    };
    let field = is(before(1), ".") && !is(before(2), ".");
    let parameter = is(before(1), "$") && !is(tokens.get(index), "crate");
    word && !field && !parameter && !is(before(1), "'")
}

fn colons(tokens: &[TokenTree]) -> bool {
    is(tokens.first(), ":") && is(tokens.get(1), ":")
}

/// The names of the path at the start of `tokens`, and its length in tokens. A leading `::` is an empty name. A macro
/// parameter `$name` becomes `$`, because the path cannot be resolved.
fn path(tokens: &[TokenTree]) -> (Vec<String>, usize) {
    let (mut names, mut length) = (Vec::new(), 0);
    if colons(tokens) {
        names.push(String::new());
        length = 2;
    }
    while let Some(token) = tokens.get(length) {
        match token {
            TokenTree::Ident(name) => names.push(name.to_string().trim_start_matches("r#").to_owned()),
            TokenTree::Punct(sign)
                if sign.as_char() == '$' && matches!(tokens.get(length + 1), Some(TokenTree::Ident(_))) =>
            {
                let parameter = !is(tokens.get(length + 1), "crate");
                names.push(if parameter { "$" } else { "crate" }.to_owned());
                length += 1;
            }
            _ => break,
        }
        length += 1;
        if !colons(&tokens[length..]) {
            break;
        }
        length += 2;
    }
    (names, length)
}

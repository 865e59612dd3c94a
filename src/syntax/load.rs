//! A mapping with everything it extends and includes, read through the caller's files.

use super::file::{ContractSource, FileContents, part};
use super::overlay::Sum;
use super::yaml::{Gaps, MAX_BYTES, Yaml, parse, parse_on};
use super::{Mapping, Name};
use crate::diag::{Code, Diagnostic, Findings, Severity};
use crate::source::{FileId, Sources, Span};
use foldhash::HashSet;

const MAX_FILES: usize = 100;

/// Where mappings are read from. The library opens no file itself. Pairs of a name and a text are files in memory.
pub trait Files {
    /// Reads the file `name` as it is written in the file `from` (`None`: as the caller was asked for it).
    ///
    /// Gives the file's one true name, which messages show and by which it is known again, and its text.
    /// It refuses a link that leaves the folder of the mapping.
    ///
    /// # Errors
    /// Why the file cannot be read, in plain words: `there is no such file`, `it is a folder`, `it is not text in UTF-8`.
    fn read(&self, from: Option<&str>, name: &str) -> Result<(String, String), String>;
}

impl<const N: usize> Files for [(&str, &str); N] {
    fn read(&self, _: Option<&str>, name: &str) -> Result<(String, String), String> {
        let found = self.iter().find(|(known, _)| *known == name).ok_or("there is no such file")?;
        Ok((found.0.to_owned(), found.1.to_owned()))
    }
}

/// Reads a mapping. `None` when a file of it cannot be read at all; what is wrong is in `findings`.
pub fn load(
    name: &str,
    files: &dyn Files,
    sources: &mut Sources,
    findings: &mut Findings,
) -> Option<Mapping> {
    let mut loader = Loader {
        files,
        sources,
        findings,
        chain: Vec::new(),
        included: HashSet::default(),
        broken: false,
        gaps: Gaps::default(),
    };
    let (resolved, text) = match files.read(None, name) {
        Ok(read) => read,
        Err(why) => {
            loader.unreadable(name, &why);
            return None;
        }
    };
    if text.len() > MAX_BYTES {
        loader.unreadable(&resolved, TOO_LARGE);
        return None;
    }
    let file = loader.sources.add(resolved.clone(), text);
    let sum = loader.layer(file, Visit { resolved, folder: Vec::new() });
    let (broken, gaps) = (loader.broken, loader.gaps);
    sum.filter(|_| !broken)?.finish(file, gaps, findings)
}

const TOO_LARGE: &str = "it is larger than 8 MiB";

/// A file on the way from the mapping that was asked for.
#[derive(Clone)]
struct Visit {
    resolved: String,
    /// Its folder, counted from the folder of the first file.
    folder: Vec<String>,
}

struct Loader<'a> {
    files: &'a dyn Files,
    sources: &'a mut Sources,
    findings: &'a mut Findings,
    /// The files between the first one and the one that is read now.
    chain: Vec<Visit>,
    included: HashSet<String>,
    /// Whether a file is missing, so that names in others would seem unknown.
    broken: bool,
    /// What is missing because of syntax errors.
    gaps: Gaps,
}

impl Loader<'_> {
    fn unreadable(&mut self, name: &str, why: &str) {
        let file = self.sources.add(name, "");
        let message = format!("`{name}` cannot be read: {why}");
        self.findings.push(Diagnostic::new(Code::UnreadableFile, Span { file, start: 0, end: 0 }, message));
    }

    /// A file with what it includes, over what it extends.
    fn layer(&mut self, file: FileId, visit: Visit) -> Option<Sum> {
        let part = self.part(file, false)?;
        self.chain.push(visit);
        let base = match &part.extends {
            Some(name) => self.follow(name, "extends").and_then(|(file, visit)| self.layer(file, visit)),
            None => Some(Sum::default()),
        };
        let mut includes = Vec::new();
        for name in &part.include {
            self.include(name, &mut includes);
        }
        let contract = part.contract.as_ref().and_then(|named| self.contract(named));
        self.chain.pop();
        let mut sum = base?;
        sum.contract = contract.or(sum.contract);
        for include in includes {
            sum.include(include);
        }
        sum.lay(part, self.findings);
        Some(sum)
    }

    fn include(&mut self, name: &Name, includes: &mut Vec<FileContents>) {
        let Some((file, visit)) = self.follow(name, "includes") else { return };
        if !self.included.insert(visit.resolved.clone()) {
            return;
        }
        let Some(part) = self.part(file, true) else { return };
        self.chain.push(visit);
        for name in &part.include {
            self.include(name, includes);
        }
        self.chain.pop();
        includes.push(part);
    }

    /// What the destination accepts.
    fn contract(&mut self, named: &ContractSource) -> Option<Yaml> {
        let name = match named {
            ContractSource::Inline(yaml) => return Some(yaml.clone()),
            ContractSource::File(name) => name,
        };
        let (file, _) = self.follow(name, "names")?;
        let tree = parse(file, self.sources.text(file), self.findings);
        self.broken |= tree.is_none();
        tree
    }

    fn part(&mut self, file: FileId, included: bool) -> Option<FileContents> {
        let (mut syntax, mut shape) = (Findings::default(), Findings::default());
        let (yaml, gaps) = parse_on(file, self.sources.text(file), &mut syntax);
        let read = yaml.and_then(|yaml| part(&yaml, included, &gaps, &mut shape));
        self.gaps.extend(gaps);
        let syntax = syntax.sorted();
        // What YAML made of a broken value is no second finding.
        let broken: HashSet<Span> =
            syntax.iter().filter(|found| found.severity == Severity::Error).map(|found| found.span).collect();
        let shape: Vec<Diagnostic> =
            shape.sorted().into_iter().filter(|found| !broken.contains(&found.span)).collect();
        // A warning says nothing more about a value that is an error anyway.
        let wrong: HashSet<Span> = shape.iter().map(|found| found.span).collect();
        self.findings.extend(
            syntax
                .into_iter()
                .filter(|found| found.severity == Severity::Error || !wrong.contains(&found.span)),
        );
        self.findings.extend(shape);
        self.broken |= read.is_none();
        read
    }

    /// The file that a name in the current file stands for.
    fn follow(&mut self, name: &Name, verb: &str) -> Option<(FileId, Visit)> {
        let found = self.find(name, verb);
        self.broken |= found.is_none();
        found
    }

    fn find(&mut self, name: &Name, verb: &str) -> Option<(FileId, Visit)> {
        let from = self.chain.last()?.clone();
        let Some(folder) = inside(&from.folder, &name.node) else {
            let message = format!("`{}` leaves the folder of the mapping", name.node);
            let help = "name a file in the same folder or in a folder below it, with `/` between the names";
            self.findings.push(Diagnostic::new(Code::OutsideTheFolder, name.span, message).help(help));
            return None;
        };
        let fail = |why: &str| {
            let message = format!("`{}` cannot be read: {why}", name.node);
            Diagnostic::new(Code::UnreadableFile, name.span, message)
        };
        if self.sources.files().count() >= MAX_FILES {
            self.findings.push(fail(&format!("a mapping has at most {MAX_FILES} files")));
            return None;
        }
        let (resolved, text) = match self.files.read(Some(&from.resolved), &name.node) {
            Ok((_, text)) if text.len() > MAX_BYTES => {
                self.findings.push(fail(TOO_LARGE));
                return None;
            }
            Ok(read) => read,
            Err(why) => {
                self.findings.push(fail(&why));
                return None;
            }
        };
        if let Some(first) = self.chain.iter().position(|visit| visit.resolved == resolved) {
            let names =
                self.chain[first..].iter().map(|visit| visit.resolved.as_str()).chain([resolved.as_str()]);
            let help = format!("the way round is {}", names.collect::<Vec<_>>().join(" → "));
            let message = format!("this file {verb} `{}`, which leads back to itself", name.node);
            self.findings.push(Diagnostic::new(Code::IncludeCycle, name.span, message).help(help));
            return None;
        }
        let known = self.sources.files().find(|&file| self.sources.name(file) == resolved);
        let file = known.unwrap_or_else(|| self.sources.add(resolved.clone(), text));
        Some((file, Visit { resolved, folder }))
    }
}

/// The folder of `name` seen from `folder`; `None` when the way leads out of the first file's folder.
fn inside(folder: &[String], name: &str) -> Option<Vec<String>> {
    let drive = name.as_bytes().get(1) == Some(&b':');
    if drive || name.starts_with(['/', '\\', '~']) || name.contains("://") {
        return None;
    }
    let mut folder = folder.to_vec();
    let mut parts: Vec<&str> = name.split(['/', '\\']).collect();
    let last = parts.pop();
    for part in parts.into_iter().chain(last.filter(|&last| last == "..")) {
        match part {
            "" | "." => {}
            ".." => {
                folder.pop()?;
            }
            part => folder.push(part.to_owned()),
        }
    }
    Some(folder)
}

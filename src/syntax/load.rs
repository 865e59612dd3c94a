//! Loads a mapping with everything it extends and includes, through the caller's [`Files`].

use super::file::{ContractSource, FileContents, read_sections};
use super::overlay::MergedFiles;
use super::section::{CONTRACT, MAPPING};
use super::wrong_file::wrong_file;
use super::yaml::{Gaps, MAX_BYTES, Yaml, parse, parse_with_recovery};
use super::{Mapping, Name};
use crate::diag::{Code, Diagnostic, Findings, Severity};
use crate::source::{FileId, Sources, Span};
use foldhash::HashSet;

/// Maximum number of files of one mapping; far more than real mappings have.
const MAX_FILES: usize = crate::limits::FILES;

/// Reads the files of a mapping for `load`, since the library opens no files itself. An array of `(name, text)` pairs
/// is a set of files in memory.
pub trait Files {
    /// Reads the file that `from` refers to as `name`; `from` is the canonical name of a file that was read before, or
    /// `None` for the name given to `load`. Returns the canonical name of the file, which identifies it and is shown in
    /// messages, and its text. An implementation should refuse symbolic links that lead out of the mapping's folder.
    ///
    /// # Errors
    /// Why the file cannot be read, as a phrase in plain language: `there is no such file`, `it is a folder`,
    /// `it is not text in UTF-8`.
    fn read(&self, from: Option<&str>, name: &str) -> Result<(String, String), String>;
}

impl<const N: usize> Files for [(&str, &str); N] {
    fn read(&self, _: Option<&str>, name: &str) -> Result<(String, String), String> {
        let found = self.iter().find(|(known, _)| *known == name).ok_or("there is no such file")?;
        Ok((found.0.to_owned(), found.1.to_owned()))
    }
}

/// Loads a mapping and adds everything that is wrong to `findings`. `None` if one of its files cannot be read at all.
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
        incomplete: false,
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
    let merged = loader.load_layer(file, FileLocation { resolved, folder: Vec::new() });
    let (incomplete, gaps) = (loader.incomplete, loader.gaps);
    merged.filter(|_| !incomplete)?.finish(file, gaps, findings)
}

const TOO_LARGE: &str = "it is larger than 8 MiB";

/// Where a file of the mapping is.
#[derive(Clone)]
struct FileLocation {
    /// Its canonical name.
    resolved: String,
    /// Its folder, relative to the folder of the first file.
    folder: Vec<String>,
}

struct Loader<'a> {
    files: &'a dyn Files,
    sources: &'a mut Sources,
    findings: &'a mut Findings,
    /// The files from the first one to the one being read.
    chain: Vec<FileLocation>,
    /// The canonical names of the files included so far.
    included: HashSet<String>,
    /// Whether a file is missing, in which case names used in others would wrongly be reported as unknown.
    incomplete: bool,
    /// What could not be read because of syntax errors.
    gaps: Gaps,
}

impl Loader<'_> {
    fn unreadable(&mut self, name: &str, why: &str) {
        let file = self.sources.add(name, "");
        let message = format!("`{name}` cannot be read: {why}");
        self.findings.push(Diagnostic::new(Code::UnreadableFile, Span { file, start: 0, end: 0 }, message));
    }

    /// Loads a file with what it includes, and overlays it on what it extends.
    fn load_layer(&mut self, file: FileId, location: FileLocation) -> Option<MergedFiles> {
        let contents = self.read(file, false)?;
        self.chain.push(location);
        let base = match &contents.extends {
            Some(name) => {
                self.resolve(name, "extends").and_then(|(file, location)| self.load_layer(file, location))
            }
            None => Some(MergedFiles::default()),
        };
        let mut includes = Vec::new();
        for name in &contents.include {
            self.include(name, &mut includes);
        }
        let contract = contents.contract.as_ref().and_then(|named| self.contract(named));
        self.chain.pop();
        let mut merged = base?;
        merged.contract = contract.or(merged.contract);
        for include in includes {
            merged.include(include);
        }
        merged.overlay(contents, self.findings);
        Some(merged)
    }

    fn include(&mut self, name: &Name, includes: &mut Vec<FileContents>) {
        let Some((file, location)) = self.resolve(name, "includes") else { return };
        if !self.included.insert(location.resolved.clone()) {
            return;
        }
        let Some(contents) = self.read(file, true) else { return };
        self.chain.push(location);
        for name in &contents.include {
            self.include(name, includes);
        }
        self.chain.pop();
        includes.push(contents);
    }

    /// The contract of the destination, read from its file if it is not written inline.
    fn contract(&mut self, named: &ContractSource) -> Option<Yaml> {
        let name = match named {
            ContractSource::Inline(yaml) => return Some(yaml.clone()),
            ContractSource::File(name) => name,
        };
        let (file, _) = self.resolve(name, "names")?;
        let mut syntax = Findings::default();
        let tree = parse(file, self.sources.text(file), &mut syntax);
        if let Some(finding) = wrong_file(file, self.sources, &CONTRACT, tree.as_ref(), &syntax) {
            self.reject(finding);
            return None;
        }
        self.findings.extend(syntax.into_vec());
        self.incomplete |= tree.is_none();
        tree
    }

    /// Reports a file that is something else. Nobody gets to see its text.
    fn reject(&mut self, finding: Diagnostic) {
        self.sources.hide(finding.span.file);
        self.findings.push(finding);
        self.incomplete = true;
    }

    /// Reads one file and reports its findings.
    fn read(&mut self, file: FileId, included: bool) -> Option<FileContents> {
        let (mut syntax, mut shape) = (Findings::default(), Findings::default());
        let (yaml, gaps) = parse_with_recovery(file, self.sources.text(file), MAPPING.keys, &mut syntax);
        if let Some(finding) = wrong_file(file, self.sources, &MAPPING, yaml.as_ref(), &syntax) {
            self.reject(finding);
            return None;
        }
        let read = yaml.and_then(|yaml| read_sections(&yaml, included, &gaps, &mut shape));
        self.gaps.extend(gaps);
        let syntax = syntax.sorted();
        // A value with a syntax error is not reported a second time for its form.
        let with_syntax_error: HashSet<Span> = syntax
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| finding.span)
            .collect();
        let shape: Vec<Diagnostic> =
            shape.sorted().into_iter().filter(|finding| !with_syntax_error.contains(&finding.span)).collect();
        // A warning adds nothing about a value that is reported as an error.
        let wrong: HashSet<Span> = shape.iter().map(|finding| finding.span).collect();
        self.findings.extend(
            syntax
                .into_iter()
                .filter(|finding| finding.severity == Severity::Error || !wrong.contains(&finding.span)),
        );
        self.findings.extend(shape);
        self.incomplete |= read.is_none();
        read
    }

    /// The file that a name in the current file refers to. `verb` says in messages how it is used.
    fn resolve(&mut self, name: &Name, verb: &str) -> Option<(FileId, FileLocation)> {
        let located = self.locate(name, verb);
        self.incomplete |= located.is_none();
        located
    }

    fn locate(&mut self, name: &Name, verb: &str) -> Option<(FileId, FileLocation)> {
        let from = self.chain.last()?.clone();
        let Some(folder) = resolve_folder(&from.folder, &name.node) else {
            let message = format!("`{}` leaves the folder of the mapping", name.node);
            let help = "name a file in the same folder or a subfolder, with `/` as the separator";
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
        if let Some(first) = self.chain.iter().position(|location| location.resolved == resolved) {
            let names = self.chain[first..]
                .iter()
                .map(|location| location.resolved.as_str())
                .chain([resolved.as_str()]);
            let help = format!("the cycle is {}", names.collect::<Vec<_>>().join(" → "));
            let message = format!("this file {verb} `{}`, which leads back to itself", name.node);
            self.findings.push(Diagnostic::new(Code::IncludeCycle, name.span, message).help(help));
            return None;
        }
        let known = self.sources.files().find(|&file| self.sources.name(file) == resolved);
        let file = known.unwrap_or_else(|| self.sources.add(resolved.clone(), text));
        Some((file, FileLocation { resolved, folder }))
    }
}

/// The folder of the file `name`, which is relative to `folder`; `None` if it is outside the folder of the first file.
fn resolve_folder(folder: &[String], name: &str) -> Option<Vec<String>> {
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

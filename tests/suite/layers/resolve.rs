//! Resolving paths, through `super`, renamed imports, re-exports and globs.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{At, Module};

/// The maximum length of a chain of imports, which ends cycles.
const MAX_DEPTH: usize = 12;

/// The modules of a crate, by path.
pub(super) struct Crate {
    modules: BTreeMap<Vec<String>, Vec<Module>>,
}

/// A resolved path: its names from the root of this crate, or from another crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    Inside(Vec<String>),
    Outside(Vec<String>),
}

/// A path that is written in a module.
pub(super) struct Use<'c> {
    pub(super) module: &'c Module,
    pub(super) at: At,
    pub(super) written: String,
    /// What it resolves to. The same name can be a type, a function and a macro.
    pub(super) targets: BTreeSet<Target>,
}

impl Crate {
    /// Parses files, given as path (relative to the project folder) and text. The file `root` is the crate root.
    pub(super) fn read<'t>(root: &str, files: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        let mut modules: BTreeMap<_, Vec<Module>> = BTreeMap::new();
        for (file, text) in files {
            let inside = file.trim_start_matches("src/").trim_end_matches(".rs");
            let names: Vec<String> = if file == root {
                Vec::new()
            } else {
                inside.trim_end_matches("/mod").split('/').map(str::to_owned).collect()
            };
            for module in Module::read(file, names, text) {
                modules.entry(module.path.clone()).or_default().push(module);
            }
        }
        Self { modules }
    }

    /// Whether there is a module at this path.
    pub(super) fn is_module(&self, path: &[String]) -> bool {
        self.modules.contains_key(path)
    }

    /// All paths that are written in the crate.
    pub(super) fn uses(&self) -> impl Iterator<Item = Use<'_>> {
        self.modules.values().flatten().flat_map(|module| {
            let imports = module.imports.iter().map(|import| {
                let star = if import.name.is_none() { "::*" } else { "" };
                (&import.path, import.at, format!("{}{star}", import.path.join("::")))
            });
            let mentions = module.mentions.iter().map(|one| (&one.path, one.at, one.path.join("::")));
            imports.chain(mentions).map(|(path, at, written)| Use {
                module,
                at,
                written,
                targets: self.follow(&module.path, path, MAX_DEPTH),
            })
        })
    }

    /// Resolves a path that is written in the module `from`. The result includes the modules on the way.
    fn follow(&self, from: &[String], path: &[String], depth: usize) -> BTreeSet<Target> {
        let Some((first, rest)) = path.split_first().filter(|_| depth > 0) else { return BTreeSet::new() };
        let inside = |at: &[String], rest: &[String]| self.descend(at.to_vec(), rest, depth);
        match first.as_str() {
            "" => BTreeSet::from([Target::Outside(rest.to_vec())]),
            "crate" => inside(&[], rest),
            "self" if rest.first().is_some_and(|next| next == "super") => self.follow(from, rest, depth),
            "self" => inside(from, rest),
            "super" => {
                let parent = &from[..from.len().saturating_sub(1)];
                match rest.first() {
                    Some(next) if next == "super" => self.follow(parent, rest, depth),
                    _ => inside(parent, rest),
                }
            }
            _ => {
                let found = self.member(from, first, rest, depth);
                if found.is_empty() { BTreeSet::from([Target::Outside(path.to_vec())]) } else { found }
            }
        }
    }

    /// Resolves the names `rest` inside the module or item `at`.
    fn descend(&self, at: Vec<String>, rest: &[String], depth: usize) -> BTreeSet<Target> {
        let mut found = BTreeSet::new();
        if let Some((name, rest)) = rest.split_first() {
            found = self.member(&at, name, rest, depth);
        }
        if found.is_empty() {
            found.insert(Target::Inside(at.into_iter().chain(rest.iter().cloned()).collect()));
        } else if !at.is_empty() {
            // A path through a module depends on that module, even if it re-exports an item of another.
            found.insert(Target::Inside(at));
        }
        found
    }

    /// What `name` refers to in a module: a child module, an import, or an item of a glob import.
    fn member(&self, module: &[String], name: &str, rest: &[String], depth: usize) -> BTreeSet<Target> {
        let mut found = BTreeSet::new();
        let child: Vec<String> = module.iter().cloned().chain([name.to_owned()]).collect();
        if self.is_module(&child) {
            found.extend(self.descend(child, rest, depth));
        }
        for import in self.modules.get(module).into_iter().flatten().flat_map(|part| &part.imports) {
            match &import.name {
                Some(known) if known == name && import.path != [name] => {
                    let path = import.path.iter().chain(rest).cloned().collect::<Vec<_>>();
                    found.extend(self.follow(module, &path, depth - 1));
                }
                Some(_) => {}
                None => {
                    for target in self.follow(module, &import.path, depth - 1) {
                        if let Target::Inside(glob) = target
                            && glob != module
                            && self.is_module(&glob)
                            && depth > 1
                        {
                            found.extend(self.member(&glob, name, rest, depth - 1));
                        }
                    }
                }
            }
        }
        found
    }
}

//! Tests of the checks: a forbidden dependency is found, however it is written.

use super::resolve::Crate;
use super::{file_circles, report};

tests![a_forbidden_path_is_found, a_permitted_path_is_not_reported, a_cycle_of_files_is_found];

/// A small library. The files under test may use some of its layers and not others.
const FILES: &[(&str, &str)] = &[
    (
        "src/lib.rs",
        "mod syntax; mod plan; mod run; mod value; pub use plan::Plan; pub use syntax::Files; pub struct Loaded;",
    ),
    ("src/syntax/mod.rs", "pub struct Mapping; pub mod yaml { pub struct Yaml; }"),
    ("src/plan/mod.rs", "pub struct Plan; pub use crate::value::Value;"),
    ("src/value/mod.rs", "pub struct Value;"),
    ("src/run/mod.rs", "mod worker; mod choose; pub(crate) use choose::Choice;"),
    ("src/run/choose.rs", "pub(crate) struct Choice;"),
];

/// The problems of that library with `text` as the file `file`.
fn problems(file: &str, text: &str) -> Vec<String> {
    let others = FILES.iter().filter(|(other, _)| *other != file).copied();
    report(&Crate::read("src/lib.rs", others.chain([(file, text)]))).wrong
}

const FORBIDDEN: &[(&str, &str)] = &[
    // Layers.
    ("src/run/worker.rs", "use crate::syntax::Mapping;"),
    ("src/run/worker.rs", "use crate::{plan::Plan, value::{Value, same}, syntax};"),
    ("src/run/worker.rs", "use crate::syntax::{self, Mapping};"),
    ("src/run/worker.rs", "use crate::*;"),
    ("src/run/worker.rs", "use crate::*; fn f(_: syntax::Mapping) {}"),
    ("src/run/worker.rs", "use crate as root; fn f(_: root::syntax::Mapping) {}"),
    ("src/run/worker.rs", "use crate::{self as root}; fn f(_: root::syntax::Mapping) {}"),
    ("src/run/worker.rs", "extern crate self as root; fn f(_: root::syntax::Mapping) {}"),
    ("src/run/worker.rs", "use super::super::syntax::Mapping;"),
    ("src/run/worker.rs", "use super::super as root; use root::syntax::Mapping;"),
    ("src/run/worker.rs", "use super::super::*;"),
    ("src/run/worker.rs", "use self::super::super::syntax::Mapping;"),
    ("src/run/worker.rs", "mod inner { use super::super::super::syntax::Mapping; }"),
    ("src/run/worker.rs", "mod inner { pub use crate::syntax as other; } fn f(_: inner::other::Mapping) {}"),
    ("src/run/worker.rs", "use crate::syntax as plan; fn f(_: plan::Mapping) {}"),
    ("src/run/worker.rs", "use crate::syntax::Mapping as Plan;"),
    ("src/run/worker.rs", "use crate::r#syntax::Mapping;"),
    ("src/run/worker.rs", "fn f() { crate::syntax::load(); }"),
    ("src/run/worker.rs", "fn f() { use crate::syntax::Mapping; }"),
    ("src/run/worker.rs", "fn f(_: &[crate :: syntax :: Mapping]) {}"),
    ("src/run/worker.rs", "fn f() { x.map(<crate::syntax::Mapping as Default>::default); }"),
    ("src/run/worker.rs", "fn f() { for _ in 0..crate::syntax::MOST {} }"),
    ("src/run/worker.rs", "pub(in crate::syntax) fn f() {}"),
    ("src/run/worker.rs", "#[derive(crate::syntax::Derived)] struct S;"),
    ("src/run/worker.rs", "fn f() { matches!(x, crate::syntax::Kind::A); }"),
    ("src/run/worker.rs", "fn f() { vec![super::super::syntax::load(&[1, 2])]; }"),
    ("src/run/worker.rs", "macro_rules! m { () => { $crate::syntax::load() }; }"),
    ("src/run/worker.rs", "macro_rules! m { ($x:ident) => { crate::$x::load() }; } fn f() { m!(syntax); }"),
    ("src/run/worker.rs", "macro_rules! m { () => { use crate::syntax::Mapping; }; }"),
    ("src/run/worker.rs", "use crate::Files;"),
    ("src/run/worker.rs", "use crate::Loaded;"),
    ("src/run/worker.rs", "fn f(_: super::super::Loaded) {}"),
    ("src/run/mod.rs", "use super::syntax::Mapping;"),
    ("src/run/mod.rs", "use crate::plan::Mapping; mod syntax {} use super::syntax::Mapping as M;"),
    ("src/run/worker.rs", "#[cfg(test)] mod tests { use super::*; use crate::syntax::Mapping; }"),
    ("src/attic/mod.rs", "use crate::value::Value;"),
    ("src/value/mod.rs", "use crate::plan::Plan;"),
    // Files, clock, streams, other crates.
    ("src/run/worker.rs", "use std::fs;"),
    ("src/run/worker.rs", "use std::{collections::BTreeMap, fs, time};"),
    ("src/run/worker.rs", "use std::{fs::{self as files}};"),
    ("src/run/worker.rs", "use std as s; fn f() { s::fs::read(\"a\"); }"),
    ("src/run/worker.rs", "extern crate std as s; fn f() { s::env::var(\"A\"); }"),
    ("src/run/worker.rs", "use std::*;"),
    ("src/run/worker.rs", "use std::io::*;"),
    ("src/run/worker.rs", "use std::io; fn f() { io::stdout(); }"),
    ("src/run/worker.rs", "use std::io::{self as i}; fn f() { i::stdin(); }"),
    ("src/run/worker.rs", "fn f() { ::std::time::Instant::now(); }"),
    ("src/run/worker.rs", "fn f(_: core::time::Duration) {}"),
    ("src/run/worker.rs", "fn f() { println!(\"a\"); }"),
    ("src/run/worker.rs", "fn f() { std::eprintln!(\"a\"); }"),
    ("src/run/worker.rs", "fn f() { write!(a, \"{}\", std::process::id()); }"),
    ("src/run/worker.rs", "#[path = \"../syntax/mod.rs\"] mod other;"),
    ("src/run/worker.rs", "include!(\"../syntax/mod.rs\");"),
    ("src/run/worker.rs", "use std::hash::RandomState;"),
    ("src/lib.rs", "fn f() { std::fs::read(\"a\"); }"),
    ("src/run/worker.rs", "use minijinja as m; fn f() { m::Environment::new(); }"),
    ("src/run/worker.rs", "fn f() { ::jsonschema::validator_for(); }"),
];

const PERMITTED: &[(&str, &str)] = &[
    ("src/run/worker.rs", "use crate::{plan::Plan, value::{Value, same}};"),
    ("src/run/worker.rs", "// use crate::syntax::Mapping;"),
    ("src/run/worker.rs", "/// As [`crate::syntax::Mapping`].\nfn f() {}"),
    ("src/run/worker.rs", "const A: &str = \"use crate::syntax::Mapping;\";"),
    ("src/run/worker.rs", "use super::choose::Choice; use super::Choice as Other;"),
    ("src/run/worker.rs", "use crate::Plan;"),
    ("src/run/worker.rs", "fn f() { syntax.plan(); self.syntax::<u8>(); }"),
    ("src/run/worker.rs", "mod syntax { pub struct Mapping; } fn f(_: syntax::Mapping) {}"),
    ("src/run/worker.rs", "fn f() { write!(a, \"b\"); }"),
    ("src/run/worker.rs", "#[cfg(test)] mod tests { use crate::Loaded; fn f() { std::fs::read(\"a\"); } }"),
    ("src/run/worker.rs", "#[cfg(test)] use crate::Loaded;"),
    ("src/run/worker.rs", "#[cfg(test)] mod tests { use crate::{Files, Loaded}; }"),
    ("src/run/tests.rs", "fn f() { println!(\"a\"); }"),
    ("src/lib.rs", "use crate::syntax::Mapping; mod syntax; mod plan; mod value; mod run;"),
    ("src/value/assemble.rs", "use std::hash; fn f() { hash::RandomState::new(); }"),
];

fn a_forbidden_path_is_found() {
    let missed: Vec<_> = FORBIDDEN.iter().filter(|(file, text)| problems(file, text).is_empty()).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

fn a_permitted_path_is_not_reported() {
    let base = problems("src/run/worker.rs", "");
    assert!(base.is_empty(), "{base:#?}");
    for (file, text) in PERMITTED {
        let problems = problems(file, text);
        assert!(problems.is_empty(), "{file}: {text}: {problems:#?}");
    }
}

fn a_cycle_of_files_is_found() {
    let circles = |worker: &str, choose: &str| {
        let files = [
            ("src/run/worker.rs", worker),
            ("src/run/choose.rs", choose),
            ("src/run/mod.rs", "pub use choose::C;"),
        ];
        file_circles(&Crate::read("src/lib.rs", files))
    };
    let found = [["run/choose".to_owned(), "run/worker".to_owned()].to_vec()];
    assert_eq!(circles("use super::choose::C;", "use crate::run::worker::W;"), found);
    assert_eq!(circles("use super::C; struct W;", "fn f(_: super::worker::W) {}"), found);
    assert_eq!(circles("use super::C;", "#[cfg(test)] use super::worker::W;"), [[""; 0]; 0]);
    assert_eq!(circles("use super::C;", ""), [[""; 0]; 0]);
}

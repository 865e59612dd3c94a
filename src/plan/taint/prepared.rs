//! Where secrets are in the event after `prepare`.

use super::{LocalTaints, Taint, TaintLevel, TaintReader};
use crate::path::Segment;
use crate::plan::{Assignment, Expr, ExprKind, Preparation, Source, Variable};

/// The places of the event that an assignment with a secret reaches.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct PreparedPaths(Vec<PreparedPath>);

#[derive(Debug, PartialEq, Eq)]
struct PreparedPath {
    path: Vec<Segment>,
    /// The taint of what is at the path. `Parts` if the assignment is somewhere below it.
    taint: Taint,
}

impl PreparedPaths {
    pub(super) fn of(prepare: &[Preparation], reader: &TaintReader<'_>) -> Self {
        let assignments = prepare.iter().flat_map(|preparation| &preparation.set);
        Self(assignments.flat_map(|assignment| reached(assignment, reader)).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The taint of what is at a path on the event.
    pub(super) fn taint(&self, path: &[Segment]) -> Taint {
        self.0.iter().fold(Taint::PUBLIC, |taint, prepared| {
            let overlap = path.iter().zip(&prepared.path).all(|(step, other)| may_be_same(step, other));
            match overlap {
                false => taint,
                true if path.len() >= prepared.path.len() => taint.or(prepared.taint),
                // The path leads to a map that contains the place.
                true => taint.or(prepared.taint.part()),
            }
        })
    }
}

fn may_be_same(step: &Segment, other: &Segment) -> bool {
    match (step, other) {
        // An index from the end can be any index.
        (Segment::Index(index), Segment::Index(other)) => index == other || *index < 0 || *other < 0,
        (step, other) => step == other,
    }
}

/// The places where an assignment can put a secret.
fn reached(assignment: &Assignment, reader: &TaintReader<'_>) -> Vec<PreparedPath> {
    let locals = LocalTaints::default();
    let (key, value) = (reader.of(&assignment.key, locals).whole(), reader.of(&assignment.to, locals));
    let taint = key.or(value);
    if taint.is_public() {
        return Vec::new();
    }
    let name = match &assignment.key.kind {
        ExprKind::Constant(constant) => constant.text(),
        _ => None,
    };
    let mut targets = Vec::new();
    if !targets_of(&assignment.target, reader, &mut targets) {
        return vec![PreparedPath { path: Vec::new(), taint: taint.part() }];
    }
    let place = |mut path: Vec<Segment>| match name {
        // The keys of a map are a part of it.
        _ if !key.is_public() => PreparedPath { path, taint: taint.whole() },
        Some(name) => {
            path.push(Segment::Name(name.into()));
            PreparedPath { path, taint }
        }
        // Any member of the map can be the one.
        None => PreparedPath { path, taint: Taint { level: TaintLevel::Parts, ..taint } },
    };
    targets.into_iter().map(place).collect()
}

/// Adds the paths on the event that a target can be; `false` if it can be any.
fn targets_of(target: &Expr, reader: &TaintReader<'_>, paths: &mut Vec<Vec<Segment>>) -> bool {
    match &target.kind {
        ExprKind::Event(path) => {
            paths.push(reader.steps_of(*path));
            true
        }
        // It is not in the event, so nothing is assigned.
        ExprKind::Constant(_) => true,
        ExprKind::Named(Variable::Field(number), steps, None) => {
            let Some(field) = reader.fields.get(*number) else { return false };
            let first = paths.len();
            let known = targets_of(&field.expr, reader, paths);
            paths[first..].iter_mut().for_each(|path| path.extend(steps.iter().cloned()));
            known
        }
        ExprKind::Rule(rule) if rule.is_bare() && rule.default.is_none() => match &rule.source {
            Source::First(entries) => entries.iter().all(|entry| targets_of(entry, reader, paths)),
            Source::Just(expr) => targets_of(expr, reader, paths),
            Source::Merge(_) | Source::Concat(_) | Source::ForEach(..) => false,
        },
        _ => false,
    }
}

//! Values that depend on the settings only.

use super::Compiled;
use crate::plan::{Expr, ExprKind};

/// The values that are computed once per settings instead of once per event.
#[derive(Default)]
pub(super) struct Precomputed {
    values: Vec<Expr>,
}

impl Precomputed {
    /// Precomputes a value that depends on nothing but the settings. Constants and plain references stay as they are.
    pub(super) fn precompute(&mut self, compiled: Compiled) -> Compiled {
        let simple = matches!(
            compiled.expr.kind,
            ExprKind::Constant(_) | ExprKind::Precomputed(_) | ExprKind::Named(..)
        );
        if simple || !settings_only(&compiled) { compiled } else { self.add(compiled) }
    }

    /// The same for a value where null and missing have the same effect, so that references can be precomputed too.
    pub(super) fn precompute_value(&mut self, compiled: Compiled) -> Compiled {
        let constant = matches!(compiled.expr.kind, ExprKind::Constant(_) | ExprKind::Precomputed(_));
        if constant || !settings_only(&compiled) { compiled } else { self.add(compiled) }
    }

    /// Adds a value and returns the reference to it.
    pub(super) fn add(&mut self, compiled: Compiled) -> Compiled {
        let origin = compiled.expr.origin.clone();
        self.values.push(compiled.expr);
        let kind = ExprKind::Precomputed(self.values.len() - 1);
        Compiled { expr: Expr { kind, origin }, deps: compiled.deps }
    }

    /// The expression of a precomputed value.
    pub(super) fn get(&self, index: usize) -> &Expr {
        &self.values[index]
    }

    pub(super) fn all(&self) -> &[Expr] {
        &self.values
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// The first `len` values.
    pub(super) fn finish(mut self, len: usize) -> Box<[Expr]> {
        self.values.truncate(len);
        self.values.into()
    }
}

fn settings_only(compiled: &Compiled) -> bool {
    !compiled.deps.event && !compiled.deps.local
}

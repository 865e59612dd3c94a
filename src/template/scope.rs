//! What a name in a template stands for: a variable of the template where one is in scope, otherwise a value of the mapping.

/// The variables in scope.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    /// The innermost scope last.
    open: Vec<Scope>,
    /// The number of variables so far.
    count: usize,
}

#[derive(Debug, Default)]
struct Scope {
    variables: Vec<Variable>,
    /// The number of `if` branches around the current statement in this scope.
    branches: usize,
}

#[derive(Debug)]
struct Variable {
    name: String,
    index: usize,
    /// Whether every way to a later statement of the scope sets it.
    always_set: bool,
    used: bool,
}

/// A variable that a name can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) index: usize,
    pub(super) always_set: bool,
}

impl Scopes {
    /// Begins a scope.
    pub(super) fn open(&mut self) {
        self.open.push(Scope::default());
    }

    /// Ends the innermost scope.
    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// Begins a branch, which is not always taken.
    pub(super) fn open_branch(&mut self) {
        self.innermost().branches += 1;
    }

    /// Ends the innermost branch.
    pub(super) fn close_branch(&mut self) {
        self.innermost().branches -= 1;
    }

    /// The number of variables so far, which is the index of the next one.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Sets a variable of the innermost scope; returns its index.
    pub(super) fn set(&mut self, name: &str) -> usize {
        let count = self.count;
        let scope = self.innermost();
        let always_set = scope.branches == 0;
        if let Some(known) = scope.variables.iter_mut().find(|variable| variable.name == name) {
            known.always_set |= always_set;
            return known.index;
        }
        scope.variables.push(Variable { name: name.to_owned(), index: count, always_set, used: false });
        self.count += 1;
        count
    }

    /// The variables that a name can stand for, the innermost first. Only the last one can be always set; if none is, the
    /// name can also stand for a value of the mapping.
    pub(super) fn find(&mut self, name: &str) -> Vec<Found> {
        let mut found = Vec::new();
        for scope in self.open.iter_mut().rev() {
            if let Some(variable) = scope.variables.iter_mut().find(|variable| variable.name == name) {
                variable.used = true;
                found.push(Found { index: variable.index, always_set: variable.always_set });
                if variable.always_set {
                    break;
                }
            }
        }
        found
    }

    /// Whether a name was looked up that could stand for this variable of the innermost scope.
    pub(super) fn is_used(&mut self, index: usize) -> bool {
        self.innermost().variables.iter().any(|variable| variable.index == index && variable.used)
    }

    fn innermost(&mut self) -> &mut Scope {
        if self.open.is_empty() {
            self.open.push(Scope::default());
        }
        let last = self.open.len() - 1;
        &mut self.open[last]
    }
}

//! The named pipelines being expanded.

use foldhash::HashMap;

use crate::diag::{Code, Diagnostic, Findings};
use crate::source::Span;
use crate::syntax::{Mapping, Named, Step};

/// Maximum number of steps of a pipeline as written, and of pipelines nested in each other. More are a mistake.
pub(super) const MAX_STEPS: usize = 32;

/// Maximum number of steps of a pipeline with those of the pipelines that it names. Without a limit, forty pipelines
/// that each use the previous one twice would fill the memory.
const MAX_EXPANDED_STEPS: usize = 128;

/// `transforms:`, and which of them are being expanded.
pub(super) struct Pipelines<'m> {
    written: &'m [Named<Vec<Step>>],
    by_name: HashMap<&'m str, &'m Named<Vec<Step>>>,
    /// The names of the pipelines being expanded, the outermost first.
    open: Vec<&'m str>,
    /// Number of steps of the outermost of them so far.
    steps: usize,
    /// Whether a pipeline with too many steps was reported.
    reported: bool,
}

impl<'m> Pipelines<'m> {
    pub(super) fn new(mapping: &'m Mapping) -> Self {
        let by_name = mapping.transforms.iter().map(|named| (named.name.node.as_str(), named)).collect();
        let written = &mapping.transforms;
        Self { written, by_name, open: Vec::new(), steps: 0, reported: false }
    }

    pub(super) fn written(&self) -> &'m [Named<Vec<Step>>] {
        self.written
    }

    pub(super) fn find(&self, name: &str) -> Option<&'m Named<Vec<Step>>> {
        self.by_name.get(name).copied()
    }

    pub(super) fn is_open(&self, name: &str) -> bool {
        self.open.contains(&name)
    }

    /// Counts a step, valid or not: invalid steps take as long to expand.
    pub(super) fn count_step(&mut self) {
        self.steps += 1;
    }

    /// Starts to expand a pipeline; false when there are too many steps already.
    pub(super) fn enter(&mut self, pipeline: &'m Named<Vec<Step>>) -> bool {
        if self.open.is_empty() {
            self.steps = 0;
        }
        if self.open.len() == MAX_STEPS {
            self.steps = MAX_EXPANDED_STEPS + 1;
        }
        let permitted = self.steps <= MAX_EXPANDED_STEPS;
        if permitted {
            self.open.push(&pipeline.name.node);
        }
        permitted
    }

    /// Ends the expansion of a pipeline that is used at `span`, and reports the outermost one if it is too long.
    pub(super) fn leave(&mut self, pipeline: &Named<Vec<Step>>, span: Span, findings: &mut Findings) {
        self.open.pop();
        let too_long = self.open.is_empty() && self.steps > MAX_EXPANDED_STEPS;
        if too_long && !std::mem::replace(&mut self.reported, true) {
            let name = &pipeline.name.node;
            let message = format!(
                "the pipeline `{name}` has more than {MAX_EXPANDED_STEPS} steps with those of the pipelines that it \
                 names"
            );
            findings.push(Diagnostic::new(Code::TooManySteps, span, message));
        }
    }
}

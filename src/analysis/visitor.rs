//! The visitor interface of the analysis: one method for each kind of node or fact.

use std::rc::Rc;

use super::assumptions::Assumptions;
use super::fact::{Compared, EndpointHole, Misuse, StepOutput, Truth, ValuePosition};
use super::symbols::{ResolvedPath, Symbols, Usage};
use crate::abstract_value::AbstractValue;
use crate::ops::Operator;
use crate::source::Span;
use crate::syntax::{Member, Request, Text, ValueNode, ValueRule, Yaml};
use crate::value::Kinds;

/// Declares the trait, with methods that do nothing unless overridden, and implements it for a pair of visitors.
macro_rules! visitor {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $type:ty),*);)*) => {
/// Receives what the analysis finds out.
        pub(crate) trait Visitor {
/// The number of findings so far. If a finding was reported inside a condition, the condition itself is not
/// checked for whether it can hold.
            fn count(&self) -> usize;
            $($(#[$doc])* fn $name(&mut self, $($arg: $type),*) { let _ = ($($arg,)*); })*
        }

        impl<A: Visitor, B: Visitor> Visitor for (A, &mut B) {
            fn count(&self) -> usize {
                self.0.count() + self.1.count()
            }
            $(fn $name(&mut self, $($arg: $type),*) {
                self.0.$name($($arg),*);
                self.1.$name($($arg),*);
            })*
        }
    };
}

visitor! {
/// A constant in the position of a value.
    fn constant(yaml: &Yaml);
/// The constant of `literal:`.
    fn literal(yaml: &Yaml);
    /// A template.
    fn template(text: &Text);
    /// A regular expression.
    fn pattern(text: &Text);
/// A path with a step into `whole`, which only values of the kind `holder` support.
    fn inside(whole: &AbstractValue, holder: Kinds, span: Span);
/// A value in a position that accepts only some kinds.
    fn position(position: ValuePosition, known: &AbstractValue, span: Span);
/// A value rule, before its parts are analysed.
    fn value_rule(rule: &ValueRule, symbols: &Symbols<'_>);
/// A path that is repeated in a fallback list; `first` is where it is listed first.
    fn repeated_path(path: &Text, span: Span, first: Span);
/// A path in a fallback list to a part of the value of an earlier path.
    fn part_after_whole(path: &Text, span: Span, first: Span);
/// A fallback, and `more` entries after it, that follow a value that is always present.
    fn never_used(span: Span, more: usize, always_present: Span);
/// The `default:` of a value: `known` describes the value, and `default_known` the default.
    fn default_value(rule: &ValueRule, key: Span, default: &ValueNode, known: &AbstractValue, default_known: &AbstractValue);
/// An operator whose input is never useful to it; `previous` is the preceding step.
    fn misuse(misuse: Misuse, row: &Operator, known: &AbstractValue, span: Span, previous: Option<Span>);
/// The value argument of an operator.
    fn argument(row: &Operator, argument: &ValueNode, known: &AbstractValue);
/// A step with a constant argument.
    fn step(step: &StepOutput<'_>);
/// A presence test of a path.
    fn presence(path: &Text, resolved: &ResolvedPath, known: &AbstractValue);
    /// A constant that a path is compared with.
    fn compared(compared: &Compared<'_>);
    /// A list of values that a path is compared with.
    fn list_test(values: &[ValueNode], symbols: &Symbols<'_>);
    /// A test that never or always holds.
    fn truth(truth: Truth, path: &Text, known: &AbstractValue, span: Span);
/// A condition without other findings, and the conditions around it.
    fn condition(assumptions: &Assumptions, around: &[Rc<Assumptions>]);
/// The constant beginning of an address, up to some point in or after the host.
    fn address_prefix(prefix: &str, text: &Text);
/// The text that an address begins with; `more` is whether an inserted value may follow it.
    fn address_start(text: &str, span: Span, more: bool);
    /// A constant part of an address.
    fn address_text(constant: &str, text: &Text);
/// What is known of a value that an address contains.
    fn address_value(known: &AbstractValue, span: Span);
/// A value that is inserted into an address.
    fn address_hole(hole: &EndpointHole<'_>);
    /// A header.
    fn header(header: &Member);
    /// The body of a request.
    fn body(body: &ValueNode);
/// A request of a rule, and the shared `request:` section.
    fn request(request: &Request, shared: Option<&Request>);
/// The assumptions of each rule before the first rule without `when`.
    fn rules(whens: &[Assumptions]);
/// Which names are used. Not called if some names could not be resolved.
    fn usage(used: &Usage);
}

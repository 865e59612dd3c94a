//! What the analysis tells on its way through a mapping, a method for each kind of place.

use std::rc::Rc;

use super::assumptions::Assumptions;
use super::place::{Compared, EndpointHole, Misuse, StepOutput, Truth, ValuePosition};
use super::symbols::{ResolvedPath, Symbols, Usage};
use crate::abstract_value::AbstractValue;
use crate::ops::Operator;
use crate::source::Span;
use crate::syntax::{Member, Request, Text, ValueNode, ValueRule, Yaml};
use crate::value::Kinds;

/// Declares the trait, with methods that do nothing unless they are overridden, and the visitor that is two.
macro_rules! visitor {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $type:ty),*);)*) => {
        /// Looks at what the analysis finds out.
        pub(crate) trait Visitor {
            /// How many findings there are so far. Where something inside a condition is a finding, the condition itself
            /// is not asked whether it can hold.
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
    /// A constant where a value stands.
    fn constant(yaml: &Yaml);
    /// A constant after `literal:`.
    fn literal(yaml: &Yaml);
    /// A template.
    fn template(text: &Text);
    /// A regular expression.
    fn pattern(text: &Text);
    /// A path that looks inside of `whole`, where only something of the kind `holder` has a part.
    fn inside(whole: &AbstractValue, holder: Kinds, span: Span);
    /// A value at a position that takes only some kinds.
    fn position(position: ValuePosition, known: &AbstractValue, span: Span);
    /// A value in a part of the request that is logged and shown.
    fn logged(part: &'static str, known: &AbstractValue, span: Span);
    /// A value with a source verb, before what is inside of it.
    fn rule(rule: &ValueRule, symbols: &Symbols<'_>);
    /// A path that stands twice in a list of fallbacks, the first time at `first`.
    fn same_path(path: &Text, span: Span, first: Span);
    /// A path in a list of fallbacks to a part of what an earlier one takes as a whole.
    fn part_after_whole(path: &Text, span: Span, first: Span);
    /// A fallback, and `more` after it, behind one that is always present.
    fn never_used(span: Span, more: usize, winner: Span);
    /// `default:` of a value of which `known` is known, with what is known of the default.
    fn default_value(rule: &ValueRule, key: Span, default: &ValueNode, known: &AbstractValue, other: &AbstractValue);
    /// An operator that can never do anything with its input; `before` is the step before it.
    fn misuse(misuse: Misuse, row: &Operator, known: &AbstractValue, place: Span, before: Option<Span>);
    /// A value that an operator takes as its argument.
    fn argument(row: &Operator, argument: &ValueNode, known: &AbstractValue);
    /// What a step with a constant argument makes.
    fn step(step: &StepOutput<'_>);
    /// A condition that asks whether a path is present.
    fn presence(path: &Text, resolved: &ResolvedPath, known: &AbstractValue);
    /// A constant that a path is compared with.
    fn compared(compared: &Compared<'_>);
    /// A list of values that a path is compared with.
    fn listed(several: &[ValueNode], symbols: &Symbols<'_>);
    /// A test that never or always holds.
    fn truth(truth: Truth, path: &Text, known: &AbstractValue, span: Span);
    /// A condition in which nothing else was found, and what holds around it.
    fn condition(holds: &Assumptions, around: &[Rc<Assumptions>]);
    /// An address up to the end of a constant part of it in or before the host; it may be whole.
    fn address_so_far(words: &str, text: &Text);
    /// What an address begins with; `more` is whether something is filled in behind it.
    fn address_start(words: &str, span: Span, more: bool);
    /// A constant part of an address.
    fn address_words(words: &str, text: &Text);
    /// A path into the event that is a whole address.
    fn address_path(path: &Text, known: &AbstractValue);
    /// A value that is filled in in an address.
    fn address_hole(hole: &EndpointHole<'_>);
    /// A value of the event in a template of an address whose parts are not known, where nothing is encoded.
    fn address_logic(reference: &crate::template::Reference, span: Span);
    /// A header.
    fn header(header: &Member);
    /// The body of a request.
    fn body(body: &ValueNode);
    /// A request of a rule, with what all requests share.
    fn request(request: &Request, shared: Option<&Request>);
    /// The rules that can be reached, up to one without `when`, each with what holds where it is used.
    fn rules(whens: &[Assumptions]);
    /// Which names are used, where all names are known.
    fn names(used: &Usage);
}

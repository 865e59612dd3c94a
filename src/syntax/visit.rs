//! The visitor of the syntax tree: reaches every value, condition, test, path, template, pattern and name of a mapping.
//!
//! An analysis implements [`Visit`] and overrides the methods for the nodes it needs; to continue with the children of
//! a node, it calls the `walk_*` function of the same name. These functions destructure without `..` and match without
//! `_`, so a new verb, test or key does not compile until its children are visited here.

mod request;
mod value;

pub(crate) use request::{
    walk_action, walk_batch, walk_check, walk_mapping, walk_preparation, walk_request, walk_response,
    walk_rule, walk_setting,
};
pub(crate) use value::{
    walk_argument, walk_condition, walk_source, walk_step, walk_test, walk_value, walk_value_rule,
};

use super::{
    Action, Argument, Assignment, Batch, Check, Condition, Mapping, Name, Named, Preparation, Request,
    Required, Response, Rule, Setting, Step, Test, Text, ValueNode, ValueRule, ValueSource, Yaml,
};

/// A visitor of a mapping. Each method receives one node; the default implementation visits its children.
pub(crate) trait Visit<'m> {
    /// A whole mapping, in the order in which its sections apply.
    fn visit_mapping(&mut self, mapping: &'m Mapping) {
        walk_mapping(self, mapping);
    }
    /// An entry of `config:`.
    fn visit_setting(&mut self, setting: &'m Setting) {
        walk_setting(self, setting);
    }
    /// An entry of `fields:`.
    fn visit_field(&mut self, field: &'m Named<ValueNode>) {
        self.visit_value(&field.node);
    }
    /// An entry of `conditions:`.
    fn visit_named_condition(&mut self, condition: &'m Named<Condition>) {
        self.visit_condition(&condition.node);
    }
    /// An entry of `transforms:`.
    fn visit_named_pipeline(&mut self, pipeline: &'m Named<Vec<Step>>) {
        self.visit_pipeline(&pipeline.node);
    }
    /// An entry of `prepare:`.
    fn visit_preparation(&mut self, preparation: &'m Preparation) {
        walk_preparation(self, preparation);
    }
    /// An entry of `set:`.
    fn visit_assignment(&mut self, assignment: &'m Assignment) {
        let Assignment { target, key, to } = assignment;
        self.visit_path(target);
        self.visit_value(key);
        self.visit_value(to);
    }
    /// A rule.
    fn visit_rule(&mut self, rule: &'m Rule) {
        walk_rule(self, rule);
    }
    /// An entry of `require:`.
    fn visit_check(&mut self, check: &'m Check) {
        walk_check(self, check);
    }
    /// What a rule does.
    fn visit_action(&mut self, action: &'m Action) {
        walk_action(self, action);
    }
    /// A request, or the part that all requests share.
    fn visit_request(&mut self, request: &'m Request) {
        walk_request(self, request);
    }
    /// `batch:`.
    fn visit_batch(&mut self, batch: &'m Batch) {
        walk_batch(self, batch);
    }
    /// `response:`.
    fn visit_response(&mut self, response: &'m Response) {
        walk_response(self, response);
    }
    /// A value.
    fn visit_value(&mut self, value: &'m ValueNode) {
        walk_value(self, value);
    }
    /// A value with a source verb.
    fn visit_value_rule(&mut self, rule: &'m ValueRule) {
        walk_value_rule(self, rule);
    }
    /// A source verb with its operands.
    fn visit_source(&mut self, source: &'m ValueSource) {
        walk_source(self, source);
    }
    /// A pipeline.
    fn visit_pipeline(&mut self, steps: &'m [Step]) {
        for step in steps {
            self.visit_step(step);
        }
    }
    /// A step.
    fn visit_step(&mut self, step: &'m Step) {
        walk_step(self, step);
    }
    /// The argument of an operator.
    fn visit_argument(&mut self, argument: &'m Argument) {
        walk_argument(self, argument);
    }
    /// A condition.
    fn visit_condition(&mut self, condition: &'m Condition) {
        walk_condition(self, condition);
    }
    /// A test.
    fn visit_test(&mut self, test: &'m Test) {
        walk_test(self, test);
    }
    /// `required:`.
    fn visit_required(&mut self, required: &'m Required) {
        match required {
            Required::Message(message) => self.visit_message(message),
            Required::Standard(_) => {}
        }
    }
    /// An error message; it may be a template.
    fn visit_message(&mut self, text: &'m Text) {
        self.visit_template(text);
    }
    /// A template.
    fn visit_template(&mut self, _text: &'m Text) {}
    /// A path.
    fn visit_path(&mut self, _path: &'m Text) {}
    /// A regular expression.
    fn visit_pattern(&mut self, _pattern: &'m Text) {}
    /// A constant.
    fn visit_constant(&mut self, _constant: &'m Yaml) {}
    /// A use of a named condition.
    fn visit_condition_name(&mut self, _name: &'m Name) {}
    /// The name of a predicate (`is: email`).
    fn visit_predicate_name(&mut self, _name: &'m Name) {}
}

/// Calls `visit` for each item.
fn each<'m, T: 'm>(items: impl IntoIterator<Item = &'m T>, visit: impl FnMut(&'m T)) {
    items.into_iter().for_each(visit);
}

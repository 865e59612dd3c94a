//! Traversal of the sections of a mapping.

use super::{Visit, each};
use crate::syntax::{Action, Batch, Check, Mapping, Preparation, Request, Response, Rule, Setting};

/// Visits all sections of a mapping.
pub(crate) fn walk_mapping<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, mapping: &'m Mapping) {
    let Mapping {
        file: _,
        destination: _,
        description: _,
        contract: _,
        config,
        prepare,
        fields,
        conditions,
        transforms,
        request,
        rules,
        batch,
        response,
        gaps: _,
    } = mapping;
    each(config, |setting| visitor.visit_setting(setting));
    each(prepare, |preparation| visitor.visit_preparation(preparation));
    each(fields, |field| visitor.visit_field(field));
    each(conditions, |condition| visitor.visit_named_condition(condition));
    each(transforms, |pipeline| visitor.visit_named_pipeline(pipeline));
    each(request, |request| visitor.visit_request(request));
    each(rules, |rule| visitor.visit_rule(rule));
    each(batch, |batch| visitor.visit_batch(batch));
    each(response, |response| visitor.visit_response(response));
}

/// Visits the children of an entry of `config:`.
pub(crate) fn walk_setting<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, setting: &'m Setting) {
    let Setting { name: _, required, one_of, kind: _, error, default, secret: _, description: _ } = setting;
    each(required, |required| visitor.visit_required(required));
    one_of.iter().flat_map(|(_, allowed)| allowed).for_each(|yaml| visitor.visit_constant(yaml));
    each(error, |message| visitor.visit_message(message));
    each(default, |yaml| visitor.visit_constant(yaml));
}

/// Visits the children of an entry of `prepare:`.
pub(crate) fn walk_preparation<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, preparation: &'m Preparation) {
    let Preparation { when, set } = preparation;
    each(when, |when| visitor.visit_condition(when));
    each(set, |assignment| visitor.visit_assignment(assignment));
}

/// Visits the children of a rule.
pub(crate) fn walk_rule<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, rule: &'m Rule) {
    let Rule { name: _, when, require, action } = rule;
    each(when, |when| visitor.visit_condition(when));
    each(require, |check| visitor.visit_check(check));
    visitor.visit_action(action);
}

/// Visits the children of an entry of `require:`.
pub(crate) fn walk_check<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, check: &'m Check) {
    let Check { check, error, kind: _ } = check;
    visitor.visit_condition(check);
    visitor.visit_message(error);
}

/// Visits the children of an action.
pub(crate) fn walk_action<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, action: &'m Action) {
    match action {
        Action::Request(requests) => each(requests, |request| visitor.visit_request(request)),
        Action::Fail(message, _) | Action::Drop(Some(message)) => visitor.visit_message(message),
        Action::Drop(None) => {}
    }
}

/// Visits the children of a request.
pub(crate) fn walk_request<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, request: &'m Request) {
    let Request {
        span: _,
        when,
        for_each,
        element: _,
        method: _,
        endpoint,
        label,
        headers,
        params,
        body,
        format: _,
        user,
    } = request;
    each(when, |when| visitor.visit_condition(when));
    let values = [for_each, endpoint, label, headers, params, body, user];
    values.into_iter().flatten().for_each(|value| visitor.visit_value(value));
}

/// Visits the children of `batch:`.
pub(crate) fn walk_batch<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, batch: &'m Batch) {
    let Batch {
        span: _,
        rules: _,
        max_items: _,
        max_bytes: _,
        max_item_bytes: _,
        max_item_error,
        items,
        wrap,
        headers,
        report_as_batched: _,
    } = batch;
    each(max_item_error, |message| visitor.visit_message(message));
    each(items, |path| visitor.visit_path(path));
    [wrap, headers].into_iter().flatten().for_each(|value| visitor.visit_value(value));
}

/// Visits the children of `response:`.
pub(crate) fn walk_response<'m, V: Visit<'m> + ?Sized>(visitor: &mut V, response: &'m Response) {
    let Response { values, conditions } = response;
    each(values, |value| visitor.visit_value(value));
    each(conditions, |condition| visitor.visit_condition(condition));
}

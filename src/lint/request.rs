//! Empty bodies, and parts of addresses that can be missing.

use crate::analysis::EndpointHole;
use crate::diag::{Code, Diagnostic, Warnings};
use crate::syntax::{Request, ValueKind};

/// Methods that carry a body.
const WITH_BODY: [&str; 3] = ["POST", "PUT", "PATCH"];

/// Reports a body that is always empty, if the method sends one.
pub(super) fn empty_body(request: &Request, shared: Option<&Request>, warnings: &mut Warnings) {
    let method = request.method.as_ref().or(shared.and_then(|shared| shared.method.as_ref()));
    let sends = method.is_none_or(|method| WITH_BODY.contains(&method.node.as_str()));
    if let Some(body) = &request.body
        && sends
        && matches!(&body.kind, ValueKind::Constant(yaml) if yaml.entries().is_some_and(<[_]>::is_empty))
    {
        let message = "the body of this request is always empty";
        warnings.push(Diagnostic::new(Code::EmptyBody, body.span, message));
    }
}

/// Reports a part of an address that can be missing.
pub(super) fn missing(hole: &EndpointHole<'_>, warnings: &mut Warnings) {
    if hole.missing {
        let (name, rule) = (hole.reference.spelled(), &hole.rule.name);
        let message = format!(
            "`{name}` can be missing, and then rule `{}` refuses the event with a generic error",
            rule.node
        );
        let diagnostic =
            Diagnostic::new(Code::AddressPartMissing, hole.span, message).related(rule.span, "the rule");
        warnings.push(
            diagnostic
                .help("test for it under `require:` with an error that says what is missing, or in `when:`"),
        );
    }
}

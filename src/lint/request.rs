//! Empty bodies, and parts of addresses that can be missing.

use crate::analysis::{EndpointHole, EndpointPosition};
use crate::diag::{Code, Diagnostic, Warnings};
use crate::ops::{UrlEncoding, encoder};
use crate::source::Span;
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

/// Reports a value in a path or a query that is encoded there although the mapping does not say so.
pub(super) fn unescaped(hole: &EndpointHole<'_>, warnings: &mut Warnings) {
    if hole.position != EndpointPosition::Path || hole.known.encoded || hole.composed {
        return;
    }
    let name = hole.reference.spelled();
    if !hole.known.raw {
        return;
    }
    let (component, path) = (encoder(UrlEncoding::Component), encoder(UrlEncoding::Path));
    let message = format!("`{name}` is encoded where it stands in the address, so a `/` in it becomes `%2F`");
    let help = format!("say so with `{{{{ {name} | {component} }}}}`, or keep its slashes with `{path}`");
    let diagnostic = Diagnostic::new(Code::UnescapedInAddress, hole.span, message).help(help);
    // This fix changes nothing that is sent.
    warnings.push(match filter_insertion(hole) {
        Some(at) => diagnostic.fix(at, format!(" | {component}")),
        None => diagnostic,
    });
}

/// Where to insert the filter: after the name; `None` if something else follows it.
fn filter_insertion(hole: &EndpointHole<'_>) -> Option<Span> {
    let (text, end) = (hole.text, hole.reference.range.end);
    if hole.filtered || !text.exact {
        return None;
    }
    let rest = text.text.get(end..)?;
    let close = rest.find("}}")?;
    rest.get(..close)?.trim().trim_end_matches('-').is_empty().then(|| text.at(end..end))
}

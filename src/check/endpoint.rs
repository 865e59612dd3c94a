//! Reports data of the event where the host of an endpoint stands.

use crate::diag::{Code, Diagnostic, Errors};
use crate::plan::HostClaim;
use crate::source::Sources;

/// Reports a value that would let an event choose the host.
pub(super) fn host_from_event(claim: &HostClaim, sources: &Sources, errors: &mut Errors<'_>) {
    let Some(&span) = claim.spans.first() else { return };
    let written = sources.text(span.file).get(span.range()).unwrap_or("");
    let diagnostic = if claim.plain && !written.contains('\n') {
        let message = format!(
            "the host comes from the event (`{written}`), so anyone who can send events can choose where requests go"
        );
        Diagnostic::new(Code::HostFromEvent, span, message).help(
            "write a constant host, or take it from a setting; `map_values` with `otherwise: drop` can choose among known hosts",
        )
    } else {
        let message = "this part of the address contains data of the event and may change the host, so anyone who can send events could choose where requests go";
        Diagnostic::new(Code::HostFromEvent, span, message).help(
            "write the address as a template whose host is constant, and choose between several with `from:` and `when:`",
        )
    };
    errors.push(diagnostic);
}

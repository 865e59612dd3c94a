//! Checks where an address may contain data from the event.

use crate::abstract_value::AbstractValue;
use crate::analysis::{EndpointHole, EndpointPosition};
use crate::diag::{Code, Diagnostic, Errors};
use crate::ops::encoder;
use crate::source::Span;
use crate::syntax::Text;
use crate::template::Reference;

/// A path that is the whole address.
pub(super) fn path(path: &Text, known: &AbstractValue, errors: &mut Errors<'_>) {
    if known.raw {
        host_from_event(path.span, &path.text, errors);
    }
}

/// A value that is inserted into an address.
pub(super) fn hole(hole: &EndpointHole<'_>, errors: &mut Errors<'_>) {
    match hole.position {
        EndpointPosition::Path if hole.known.raw => {
            let diagnostic = unescaped(hole.span, hole.reference);
            errors.push(match filter_insertion(hole) {
                Some(at) => diagnostic.fix(at, format!(" | {}", encoder_name())),
                None => diagnostic,
            });
        }
        EndpointPosition::Start | EndpointPosition::Host if hole.source_raw => {
            host_from_event(hole.span, &hole.reference.spelled(), errors);
        }
        _ => {}
    }
}

fn host_from_event(span: Span, name: &str, errors: &mut Errors<'_>) {
    let message = format!(
        "the host comes from the event (`{name}`), so anyone who can send events can choose where requests go"
    );
    let help = "write a constant host, or take it from a setting; `map_values` with `otherwise: drop` can choose among known hosts";
    errors.push(Diagnostic::new(Code::HostFromEvent, span, message).help(help));
}

/// The finding for an event value that is not encoded.
pub(super) fn unescaped(span: Span, reference: &Reference) -> Diagnostic {
    let name = reference.spelled();
    let message =
        format!("`{name}` is not encoded: a `/`, `?` or `#` in it would change where the request goes");
    Diagnostic::new(Code::UnescapedInAddress, span, message)
        .help(format!("write `{{{{ {name} | {} }}}}`", encoder_name()))
}

/// The name of the operator that makes text safe in an address.
fn encoder_name() -> &'static str {
    encoder().map_or("", |row| row.name)
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

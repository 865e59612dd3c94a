//! Matches addresses, which may contain parts that only an event determines, to the endpoints of a contract.

use super::{Contract, Endpoint};

/// Placeholder for text that only an event determines.
pub(super) const HOLE: char = '\u{1}';

/// What an address refers to.
pub(super) enum Target<'c> {
    /// These endpoints, which may differ in their methods; each with the values of its path parameters.
    Endpoints(Vec<(&'c Endpoint, Vec<(&'c str, String)>)>),
    /// A host that the contract does not list.
    OtherHost,
    /// A path that the contract does not list.
    OtherPath(String),
    /// Unknown before an event: the host contains a [`HOLE`].
    Unknown,
}

/// The scheme with the host, and the path without query and fragment.
pub(super) fn split(address: &str) -> Option<(&str, &str)> {
    let host = address.find("://")? + 3;
    let path = address[host..].find('/').map_or(address.len(), |at| host + at);
    let rest = &address[path..];
    Some((&address[..path], rest.split(['?', '#']).next().unwrap_or(rest)))
}

impl Contract {
    /// What an address refers to; a [`HOLE`] in it matches any text.
    pub(super) fn target(&self, address: &str) -> Target<'_> {
        let Some((host, _)) = split(address).filter(|(host, _)| !host.contains(HOLE)) else {
            return if address.contains(HOLE) { Target::Unknown } else { Target::OtherHost };
        };
        let base = |known: &str| {
            let rest = address.strip_prefix(known)?;
            (rest.is_empty() || rest.starts_with(['/', '?', '#'])).then_some(rest)
        };
        let rest = if self.hosts.is_empty() {
            Some(&address[host.len()..])
        } else {
            self.hosts.iter().find_map(|known| base(&known.node))
        };
        let Some(rest) = rest else { return Target::OtherHost };
        let path = rest.split(['?', '#']).next().unwrap_or(rest);
        let matching = |match_holes: bool| {
            let found = self
                .endpoints
                .iter()
                .filter_map(|endpoint| Some((endpoint, parameters(&endpoint.path.node, path, match_holes)?)));
            found.collect::<Vec<_>>()
        };
        // A hole is matched to a fixed segment only if it cannot be a path parameter.
        let exact = matching(false);
        let found = if exact.is_empty() { matching(true) } else { exact };
        if found.is_empty() { Target::OtherPath(path.to_owned()) } else { Target::Endpoints(found) }
    }

    /// The paths of all endpoints.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.endpoints.iter().map(|endpoint| endpoint.path.node.as_str())
    }
}

/// The decoded values of the path parameters; `None` if the path does not match the template. `hole` is whether a segment
/// with a [`HOLE`] matches a fixed segment.
fn parameters<'c>(template: &'c str, path: &str, match_holes: bool) -> Option<Vec<(&'c str, String)>> {
    // Fast path: most templates differ before their first parameter.
    let fixed = template.find('{').map_or(template, |at| &template[..at]);
    if !match_holes && !path.starts_with(fixed) {
        return None;
    }
    let (mut expected, mut found) = (template.split('/'), path.split('/'));
    let mut values = Vec::new();
    loop {
        let (expected, found) = match (expected.next(), found.next()) {
            (Some(expected), Some(found)) => (expected, found),
            (None, None) => return Some(values),
            _ => return None,
        };
        match expected.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(_) if found.is_empty() => return None,
            Some(name) => values.push((name, percent_decoded(found))),
            None if expected == found || (match_holes && found.contains(HOLE)) => {}
            None => return None,
        }
    }
}

fn percent_decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

//! Headers: names and values that can be sent.

use super::Lint;
use crate::diag::{Code, Diagnostic};
use crate::syntax::{Member, Name, ValueKind, ValueNode, ValueSource, YamlValue};
use crate::value::Kinds;

/// Headers that belong to the connection: whoever sends the request sets them.
const OF_THE_CLIENT: [&str; 9] = [
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "keep-alive",
    "te",
    "trailer",
    "upgrade",
    "expect",
];

impl Lint<'_, '_> {
    pub(super) fn headers(&mut self, headers: &ValueNode) {
        match &headers.kind {
            ValueKind::Map(members, when) => self.given(when.as_ref(), |lint| lint.header_list(members)),
            ValueKind::Rule(rule) => {
                let known = self.value(headers);
                self.form("headers", &known, Kinds::MAP, headers.span);
                match &rule.source {
                    ValueSource::Object(members) => self.header_list(members),
                    ValueSource::Merge(layers) | ValueSource::From(layers) => {
                        layers
                            .iter()
                            .filter(|layer| matches!(layer.kind, ValueKind::Map(..)))
                            .for_each(|layer| self.headers(layer));
                    }
                    _ => {}
                }
            }
            _ => {
                let known = self.value(headers);
                self.form("headers", &known, Kinds::MAP, headers.span);
            }
        }
    }

    fn header_list(&mut self, members: &[Member]) {
        for member in members {
            self.header_name(&member.key);
            let known = self.value(&member.value);
            self.flat("a header", &known, member.value.span);
            self.header_value(&member.value);
        }
    }

    fn header_name(&mut self, name: &Name) {
        let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        let lower = name.node.to_ascii_lowercase();
        if OF_THE_CLIENT.contains(&lower.as_str()) {
            let message = format!("`{}` is set by whoever sends the request", name.node);
            self.found(Diagnostic::new(Code::BadHeaderName, name.span, message).help("remove it"));
        } else if name.node.is_empty() || name.node.contains(|c| !token(c)) {
            let message = format!("`{}` is no name of a header: letters, digits and `-` make one", name.node);
            self.found(Diagnostic::new(Code::BadHeaderName, name.span, message));
        }
    }

    fn header_value(&mut self, value: &ValueNode) {
        let (words, span) = match &value.kind {
            ValueKind::Constant(yaml) => match &yaml.node {
                YamlValue::Text(words) => (words, yaml.span),
                _ => return,
            },
            ValueKind::Template(text) => (&text.text, text.span),
            _ => return,
        };
        // One at the very end is the business of how YAML blocks are written.
        if words.trim_end_matches('\n').contains(|c: char| c.is_control() && c != '\t') {
            let message = "a line break or another control character cannot be sent in a header";
            self.found(Diagnostic::new(Code::BadHeaderValue, span, message));
        }
    }
}

//! Constants: YAML as JSON text.

use super::Compiler;
use crate::diag::{Code, Diagnostic};
use crate::plan::Constant;
use crate::syntax::{Yaml, YamlValue};

impl Compiler<'_> {
    pub(super) fn constant(&mut self, yaml: &Yaml) -> Constant {
        Constant::new(json(yaml)).unwrap_or_else(|error| {
            self.found(Diagnostic::new(
                Code::LonelyKey,
                yaml.span,
                format!("this constant cannot be kept: {error}"),
            ));
            Constant::null()
        })
    }
}

/// The JSON text of a constant.
pub(super) fn json(yaml: &Yaml) -> String {
    let mut out = Vec::new();
    print(yaml, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

fn print(yaml: &Yaml, out: &mut Vec<u8>) {
    match &yaml.node {
        YamlValue::Null => out.extend_from_slice(b"null"),
        YamlValue::Bool(truth) => out.extend_from_slice(truth.to_string().as_bytes()),
        YamlValue::Number(number) => out.extend_from_slice(number.as_bytes()),
        YamlValue::Text(text) => quoted(text, out),
        YamlValue::List(items) => {
            out.push(b'[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                print(item, out);
            }
            out.push(b']');
        }
        YamlValue::Map(entries) => {
            out.push(b'{');
            for (at, entry) in entries.iter().enumerate() {
                if at > 0 {
                    out.push(b',');
                }
                quoted(&entry.key.node, out);
                out.push(b':');
                print(&entry.value, out);
            }
            out.push(b'}');
        }
    }
}

pub(super) fn quoted(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    crate::value::escape(text, out);
    out.push(b'"');
}

/// `"text"` as JSON.
pub(super) fn text_json(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len() + 3);
    quoted(text, &mut out);
    String::from_utf8(out).unwrap_or_default()
}

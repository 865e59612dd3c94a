//! The envelope around an event that comes with its own settings.

use crate::json::Node;
use crate::value::{Kind, Value};

/// The parts of an input line that is an envelope.
pub(crate) struct Envelope<'a> {
    /// The event, a map; `None` when there is none.
    pub(crate) event: Option<Node<'a>>,
    /// The destination's settings.
    pub(crate) config: Option<Node<'a>>,
    pub(crate) metadata: Option<Node<'a>>,
    pub(crate) connection: Option<Node<'a>>,
}

impl<'a> Envelope<'a> {
    /// Parts that are missing or of the wrong kind are `None`.
    pub(crate) fn read(root: Node<'a>) -> Self {
        Self {
            event: root.member("message").filter(|event| Value::Node(*event).kind() == Kind::Map),
            config: root.member("destination").and_then(|destination| destination.member("Config")),
            metadata: root.member("metadata"),
            connection: root.member("connection"),
        }
    }
}

/// The text of an envelope for a case file, which contains an event or an envelope. The settings in it are those of the
/// case file, or the JSON text `settings` if it has none.
pub(crate) fn envelope_text(root: Node<'_>, settings: &str) -> String {
    let message = root.member("message").filter(|_| root.member("type").is_none());
    let destination = root.member("destination").filter(|_| message.is_some());
    let config = destination.map(|destination| destination.member("Config").map_or("{}", Node::json));
    let settings = config.unwrap_or(settings);
    let event = message.unwrap_or(root).json();
    let mut envelope = format!("{{\"message\":{event},\"destination\":{{\"Config\":{settings}}}");
    for (name, key) in [("metadata", ",\"metadata\":"), ("connection", ",\"connection\":")] {
        if let Some(value) = root.member(name).filter(|_| message.is_some()) {
            envelope.push_str(key);
            envelope.push_str(value.json());
        }
    }
    envelope.push('}');
    envelope
}

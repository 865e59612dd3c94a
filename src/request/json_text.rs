//! JSON text whose parts are parsed on demand.

use std::borrow::Cow;

use crate::json::{Document, Limits, Node, Tape};

/// None: a mapping can repeat and wrap parts of the event, so a request may be longer and deeper than any event.
const LIMITS: Limits = Limits { bytes: usize::MAX, depth: usize::MAX };

/// A JSON value of a request as text, exactly as it is to be sent: numbers keep their digits and members their order.
///
/// The methods parse the text at each call, in time proportional to its length; none of them fails.
#[derive(Clone, PartialEq, Eq)]
pub struct Json<'a>(Cow<'a, str>);

impl<'a> Json<'a> {
    pub(crate) fn new(text: Cow<'a, str>) -> Self {
        Self(text)
    }

    /// The JSON text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The content of a JSON string, unescaped; `None` for any other value.
    #[must_use]
    pub fn text(&self) -> Option<Cow<'_, str>> {
        crate::json::string_text(&self.0)
    }

    /// The member `name` of an object, the last one if there are several; `None` if there is none, or for any other
    /// value.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Json<'_>> {
        self.read(|root| root.member(name).map(|member| self.slice(member)))
    }

    /// The members of an object in their order; empty for any other value.
    #[must_use]
    pub fn members(&self) -> Vec<(String, Json<'_>)> {
        self.read(|root| {
            Some(root.members().map(|(name, member)| (name.into_owned(), self.slice(member))).collect())
        })
        .unwrap_or_default()
    }

    /// The elements of an array; empty for any other value.
    #[must_use]
    pub fn elements(&self) -> Vec<Json<'_>> {
        self.read(|root| Some(root.elements().map(|element| self.slice(element)).collect()))
            .unwrap_or_default()
    }

    /// The content of a JSON string; the JSON text of any other value.
    pub(crate) fn into_string(self) -> Cow<'a, str> {
        match self.0 {
            Cow::Borrowed(json) => crate::json::string_text(json).unwrap_or(Cow::Borrowed(json)),
            Cow::Owned(json) => Cow::Owned(match crate::json::string_text(&json) {
                Some(text) => text.into_owned(),
                None => json,
            }),
        }
    }

    fn read<T>(&self, read_root: impl FnOnce(Node<'_>) -> Option<T>) -> Option<T> {
        let mut tape = Tape::default();
        let document = Document::read(&self.0, &mut tape, &LIMITS).ok()?;
        read_root(document.root())
    }

    fn slice(&self, node: Node<'_>) -> Json<'_> {
        Json(Cow::Borrowed(&self.0[node.range()]))
    }
}

impl std::fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Only the length: the content may be secret.
impl std::fmt::Debug for Json<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Json({} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn members_and_elements_are_read_from_the_text() {
        let json = Json::new(r#"{"a":"x\ny","b":[1.0,{"c":null}],"a":2}"#.into());
        assert_eq!(json.get("a").map(|a| a.to_string()), Some("2".to_owned()));
        let b = json.get("b").expect("a member");
        let elements: Vec<String> = b.elements().iter().map(ToString::to_string).collect();
        assert_eq!(elements, ["1.0", r#"{"c":null}"#]);
        let members = json.members();
        assert_eq!(members[0].1.text().as_deref(), Some("x\ny"));
        assert_eq!(members.len(), 3);
        assert!(json.text().is_none() && json.elements().is_empty() && b.get("c").is_none());
    }
}

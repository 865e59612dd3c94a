//! JSON text that is looked into without a tree being built for it.

use std::borrow::Cow;

use crate::json::{Document, Limits, Node, Tape};

/// A part may be longer and deeper than any event: a mapping can repeat and wrap it.
const LIMITS: Limits = Limits { bytes: usize::MAX, depth: usize::MAX };

/// A part of a request as JSON text, exactly as it is sent: numbers keep their digits, members their order.
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

    /// The text of a JSON string without its quotes and escapes; `None` for any other value.
    #[must_use]
    pub fn text(&self) -> Option<Cow<'_, str>> {
        crate::json::string_text(&self.0)
    }

    /// The member `name` of a map; the last one if there are several, `None` if there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Json<'_>> {
        self.read(|root| root.member(name).map(|member| self.inside(member)))
    }

    /// The members of a map, in their order; nothing for any other value.
    #[must_use]
    pub fn members(&self) -> Vec<(String, Json<'_>)> {
        self.read(|root| {
            Some(root.members().map(|(name, member)| (name.into_owned(), self.inside(member))).collect())
        })
        .unwrap_or_default()
    }

    /// The elements of a list; nothing for any other value.
    #[must_use]
    pub fn elements(&self) -> Vec<Json<'_>> {
        self.read(|root| Some(root.elements().map(|element| self.inside(element)).collect()))
            .unwrap_or_default()
    }

    /// The text of a string; any other value as its JSON text.
    pub(crate) fn into_string(self) -> Cow<'a, str> {
        match self.0 {
            Cow::Borrowed(json) => crate::json::string_text(json).unwrap_or(Cow::Borrowed(json)),
            Cow::Owned(json) => Cow::Owned(match crate::json::string_text(&json) {
                Some(text) => text.into_owned(),
                None => json,
            }),
        }
    }

    fn read<T>(&self, look: impl FnOnce(Node<'_>) -> Option<T>) -> Option<T> {
        let mut tape = Tape::default();
        let document = Document::read(&self.0, &mut tape, &LIMITS).ok()?;
        look(document.root())
    }

    fn inside(&self, node: Node<'_>) -> Json<'_> {
        Json(Cow::Borrowed(&self.0[node.range()]))
    }
}

impl std::fmt::Display for Json<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Not the content, which may be secret.
impl std::fmt::Debug for Json<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Json({} bytes)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn a_part_is_read_where_it_is_asked() {
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

//! `prepare:`: the event is written anew with the changes and read again, only where its `when` holds.

use super::evaluate::Run;
use super::refusal::Outcome;
use super::watch::{Seen, Subject, Watch};
use crate::event::{Document, Limits, Node};
use crate::value::{Kind, Value, View, json};

impl<'a, W: Watch> Run<'a, W> {
    pub(super) fn prepare(&mut self) -> Outcome<'a, ()> {
        for (number, preparation) in self.plan.prepare.iter().enumerate() {
            self.see(Seen::Enter(Subject::Preparation(number)));
            let applies = match &preparation.when {
                Some(when) => self.holds(when)?,
                None => true,
            };
            let set = if applies { &*preparation.set } else { &[] };
            for assignment in set {
                let target = self.raw(&assignment.target)?;
                let key = self.value(&assignment.key)?.map(|key| key.view(self.arena));
                self.see(Seen::Enter(Subject::Value(&assignment.to)));
                let to = self.raw(&assignment.to)?;
                self.see(Seen::Leave(to));
                if let (Some(Value::Node(target)), Some(View::Text(key)), Some(to)) = (target, key, to) {
                    self.rewrite(target, key, to);
                }
            }
            self.see(Seen::Leave(Some(Value::Bool(applies))));
        }
        Ok(())
    }

    fn rewrite(&mut self, target: Node<'a>, key: &str, to: Value<'a>) {
        let mut out = Vec::new();
        let change = Change { slot: target.slot(), key, to };
        change.print(self.event, &mut out);
        let text = self.arena.alloc_str(&String::from_utf8_lossy(&out));
        // What was printed from a document and values is a document; if it were not, the event would stay as it was.
        if let Ok(document) = Document::in_arena(text, self.arena, &Limits { bytes: usize::MAX, depth: 512 })
        {
            self.restart(document);
        }
    }
}

struct Change<'c> {
    slot: u32,
    key: &'c str,
    to: Value<'c>,
}

impl Change<'_> {
    fn print(&self, node: Node<'_>, out: &mut Vec<u8>) {
        let value = Value::Node(node);
        match value.kind() {
            Kind::Map => {}
            Kind::List => return self.list(node, out),
            _ => return json(value, out),
        }
        let changed = node.slot() == self.slot;
        out.push(b'{');
        for (key, member) in node.members().filter(|(key, _)| !changed || key != self.key) {
            json(Value::Text(&key), out);
            out.push(b':');
            self.print(member, out);
            out.push(b',');
        }
        if changed {
            json(Value::Text(self.key), out);
            out.push(b':');
            json(self.to, out);
        } else if out.ends_with(b",") {
            out.pop();
        }
        out.push(b'}');
    }

    /// The map that changes may stand in a list: `$.products[0]`.
    fn list(&self, node: Node<'_>, out: &mut Vec<u8>) {
        out.push(b'[');
        for (at, element) in node.elements().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            self.print(element, out);
        }
        out.push(b']');
    }
}

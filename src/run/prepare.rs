//! `prepare:`: the event is written anew with the changes and read again, only where its `when` holds.

use super::evaluate::Run;
use super::observer::{Observation, Observer, Subject};
use super::refusal::RunResult;
use crate::json::{Document, Limits, Node};
use crate::value::{Kind, Value, View, json};

impl<'a, W: Observer> Run<'a, W> {
    pub(super) fn prepare(&mut self) -> RunResult<'a, ()> {
        for (number, preparation) in self.plan.prepare.iter().enumerate() {
            self.observe(Observation::Enter(Subject::Preparation(number)));
            let applies = match &preparation.when {
                Some(when) => self.holds(when)?,
                None => true,
            };
            let set = if applies { &*preparation.set } else { &[] };
            for assignment in set {
                let target = self.raw(&assignment.target)?;
                let key = self.value(&assignment.key)?.map(|key| key.view(self.arena));
                self.observe(Observation::Enter(Subject::Value(&assignment.to)));
                let to = self.raw(&assignment.to)?;
                self.observe(Observation::Leave(to));
                if let (Some(Value::Node(target)), Some(View::Text(key)), Some(to)) = (target, key, to)
                    && Value::Node(target).kind() == Kind::Map
                {
                    self.rewrite(target, key, to);
                }
            }
            self.observe(Observation::Leave(Some(Value::Bool(applies))));
        }
        Ok(())
    }

    /// Writes the event with another value in one of its maps; everything around that map stays as it stood.
    fn rewrite(&mut self, target: Node<'a>, name: &str, to: Value<'a>) {
        if !target.belongs_to(self.document) {
            return;
        }
        let (event, map) = (self.event.range(), target.range());
        let text = self.document.text().as_bytes();
        let mut out = Vec::with_capacity(event.len() + name.len() + 64);
        out.extend_from_slice(&text[event.start..map.start]);
        out.push(b'{');
        for (key, member) in target.members().filter(|(key, _)| key != name) {
            json(Value::Text(&key), &mut out);
            out.push(b':');
            out.extend_from_slice(&text[member.range()]);
            out.push(b',');
        }
        json(Value::Text(name), &mut out);
        out.push(b':');
        json(to, &mut out);
        out.push(b'}');
        out.extend_from_slice(&text[map.end..event.end]);
        // What was made of a document and values is a document; if it were not, the event would stay as it was.
        let Ok(text) = std::str::from_utf8(&out) else { return };
        let (text, limits) = (self.arena.alloc_str(text), Limits { bytes: usize::MAX, depth: 512 });
        if let Ok(document) = Document::in_arena(text, self.arena, &limits) {
            self.restart(document);
        }
    }
}

//! Statements.

use bumpalo::collections::{String, Vec};

use super::{Evaluated, Render, RenderError, Variable};
use crate::template::comparison::word;
use crate::template::program::{Loop, Statement, Target};
use crate::value::{Number, Value, View};

impl<'r, 'a> Render<'r, 'a> {
    pub(super) fn statements(&mut self, statements: &'r [Statement], out: &mut String<'a>) -> Evaluated<()> {
        statements.iter().try_for_each(|statement| self.statement(statement, out))
    }

    fn statement(&mut self, statement: &'r Statement, out: &mut String<'a>) -> Evaluated<()> {
        self.fuel.step()?;
        match statement {
            Statement::Text(text) => {
                self.fuel.bytes(text.len())?;
                out.push_str(text);
                Ok(())
            }
            Statement::Print(expression) => self.print_expression(expression, out),
            Statement::If { condition, then, otherwise } => {
                let branch = if self.is_filled(condition)? { then } else { otherwise };
                self.statements(branch, out)
            }
            Statement::For(each) => self.each(each, out),
            Statement::Set(target, value) => {
                let value = self.expression(value)?;
                self.assign(target, value)
            }
            Statement::Capture { target, body, filters } => {
                let mut text = String::new_in(self.arena);
                self.statements(body, &mut text)?;
                let outer = std::mem::replace(&mut self.captured, text.into_bump_str());
                let value = match filters {
                    Some(filters) => self.expression(filters)?,
                    None => Some(Value::Text(self.captured)),
                };
                self.captured = outer;
                match target {
                    Some(target) => self.assign(target, value),
                    None => self.print(value, out),
                }
            }
            Statement::Block(statements) => self.statements(statements, out),
        }
    }

    fn assign(&mut self, target: &'r Target, value: Option<Value<'a>>) -> Evaluated<()> {
        match target {
            Target::Variable(index) => {
                self.variables[*index] = Variable::Set(value);
                Ok(())
            }
            Target::List(targets) => {
                let Some(View::List(list)) = value.map(|value| value.view(self.arena)) else {
                    return Err(RenderError(
                        "several names need a list to take their values from".to_owned(),
                    ));
                };
                if list.len() != targets.len() {
                    return Err(RenderError(format!(
                        "{} names cannot take the values of a list of another length",
                        targets.len()
                    )));
                }
                targets.iter().zip(list.iter()).try_for_each(|(target, item)| self.assign(target, Some(item)))
            }
        }
    }

    fn each(&mut self, each: &'r Loop, out: &mut String<'a>) -> Evaluated<()> {
        let items = self.items(each)?;
        for (index, item) in items.iter().enumerate() {
            self.begin_iteration(each, *item)?;
            if let Some(state) = each.state {
                self.variables[state] = Variable::Set(Some(self.loop_state(each, &items, index)));
            }
            self.statements(&each.body, out)?;
        }
        if items.is_empty() { self.statements(&each.otherwise, out) } else { Ok(()) }
    }

    fn begin_iteration(&mut self, each: &'r Loop, item: Value<'a>) -> Evaluated<()> {
        self.fuel.step()?;
        self.variables[each.variables.clone()].fill(Variable::Unset);
        self.assign(&each.target, Some(item))
    }

    /// What a loop runs over: elements, keys (with their values, for two names), or one text.
    fn items(&mut self, each: &'r Loop) -> Evaluated<Vec<'a, Value<'a>>> {
        let arena = self.arena;
        let value = self.expression(&each.items)?;
        let mut items = Vec::new_in(arena);
        match value.map(|value| value.view(arena)) {
            None | Some(View::Null) => {}
            Some(View::List(list)) => {
                self.fuel.items(list.len())?;
                items.extend(list.iter());
            }
            Some(View::Map(map)) => {
                self.fuel.items(map.len())?;
                let pairs = matches!(&each.target, Target::List(names) if names.len() == 2);
                items.extend(map.members(arena).iter().map(|(key, value)| {
                    let key = Value::Text(key);
                    if pairs { Value::List(arena.alloc_slice_copy(&[key, *value])) } else { key }
                }));
            }
            Some(View::Text(text)) => {
                // A list with one element often arrives as that element.
                items.extend((!text.is_empty()).then_some(Value::Text(text)));
            }
            Some(other) => {
                return Err(RenderError(format!("a loop cannot run over {}", word(other))));
            }
        }
        let Some(filter) = &each.filter else { return Ok(items) };
        let mut kept = Vec::new_in(arena);
        for item in items {
            self.begin_iteration(each, item)?;
            if self.is_filled(filter)? {
                kept.push(item);
            }
        }
        Ok(kept)
    }

    /// The variable `loop`.
    fn loop_state(&self, each: &'r Loop, items: &[Value<'a>], index: usize) -> Value<'a> {
        let count = |number: usize| Value::Number(Number::count(number));
        let mut state = Vec::with_capacity_in(11, self.arena);
        state.extend([
            ("index", count(index + 1)),
            ("index0", count(index)),
            ("revindex", count(items.len() - index)),
            ("revindex0", count(items.len() - index - 1)),
            ("length", count(items.len())),
            ("first", Value::Bool(index == 0)),
            ("last", Value::Bool(index + 1 == items.len())),
            ("depth", count(each.depth + 1)),
            ("depth0", count(each.depth)),
        ]);
        state.extend(
            index.checked_sub(1).and_then(|before| items.get(before)).map(|item| ("previtem", *item)),
        );
        state.extend(items.get(index + 1).map(|item| ("nextitem", *item)));
        Value::Map(state.into_bump_slice())
    }
}

//! Values written straight into the answer, without being built first. Gives the same bytes as building and printing.

use super::evaluate::Run;
use super::observer::Observer;
use super::refusal::RunResult;
use crate::plan::{Expr, ExprKind, Member, Template, TemplateKind, TemplatePart, Variable};
use crate::value::{escape, json};

impl<'a, W: Observer> Run<'a, W> {
    /// Writes a value as JSON; `false` and nothing written when it is missing.
    pub(super) fn write(&mut self, expr: &'a Expr, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        if !W::ENABLED {
            match &expr.kind {
                ExprKind::Constant(constant) => {
                    out.extend_from_slice(constant.json().as_bytes());
                    return Ok(true);
                }
                ExprKind::Precomputed(number) => {
                    let precomputed = self.settings.precomputed_json(*number)?;
                    out.extend_from_slice(precomputed.map_or("", |constant| constant.json()).as_bytes());
                    return Ok(precomputed.is_some());
                }
                ExprKind::Map(when, members) => {
                    return match when {
                        Some(when) if !self.holds(when)? => Ok(false),
                        _ => self.write_map(members, out),
                    };
                }
                ExprKind::List(items) => return self.write_list(items, out).map(|()| true),
                ExprKind::Template(template) => return self.write_template(template, expr, out),
                ExprKind::Named(Variable::Field(number), steps, None) if steps.is_empty() => {
                    let field = &self.plan.fields[*number];
                    if field.inline && !self.is_known(*number) {
                        let (item, value) = (self.item.take(), self.value.take());
                        let written = self.write(&field.expr, out)?;
                        (self.item, self.value) = (item, value);
                        return Ok(written);
                    }
                }
                _ => {}
            }
        }
        let value = self.value(expr)?;
        if let Some(value) = value {
            json(value, out);
        }
        Ok(value.is_some())
    }

    fn write_map(&mut self, members: &'a [Member], out: &mut Vec<u8>) -> RunResult<'a, bool> {
        let start = out.len();
        out.push(b'{');
        for member in members {
            let before = out.len();
            out.extend_from_slice(member.head.as_bytes());
            if self.write(&member.value, out)? {
                out.push(b',');
            } else {
                out.truncate(before);
            }
        }
        if out.len() > start + 1 {
            out.pop();
        } else if !members.is_empty() {
            out.truncate(start);
            return Ok(false);
        }
        out.push(b'}');
        Ok(true)
    }

    fn write_list(&mut self, items: &'a [Expr], out: &mut Vec<u8>) -> RunResult<'a, ()> {
        let start = out.len();
        out.push(b'[');
        for item in items {
            if self.write(item, out)? {
                out.push(b',');
            }
        }
        if out.len() > start + 1 {
            out.pop();
        }
        out.push(b']');
        Ok(())
    }

    fn write_template(
        &mut self,
        template: &'a Template,
        expr: &'a Expr,
        out: &mut Vec<u8>,
    ) -> RunResult<'a, bool> {
        let start = out.len();
        out.push(b'"');
        match &template.kind {
            TemplateKind::Parts(parts) => {
                for part in parts {
                    self.write_part(part, out)?;
                }
            }
            TemplateKind::Logic(..) => escape(self.filled(template, &expr.origin)?, out),
        }
        if out.len() == start + 1 {
            out.truncate(start);
            return Ok(false);
        }
        out.push(b'"');
        Ok(true)
    }

    /// Writes a part inside of a JSON text; `false` when its value is missing.
    pub(super) fn write_part(&mut self, part: &'a TemplatePart, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        if let TemplatePart::Text(text) = part {
            out.extend_from_slice(text.inner_json().as_bytes());
            return Ok(true);
        }
        let text = self.part(part)?;
        if let Some(text) = text {
            escape(text, out);
        }
        Ok(text.is_some())
    }
}

//! Values written into the answer without being built first: the same bytes as building and printing them.

use super::Evaluator;
use crate::plan::{Expr, ExprKind, Member, Template, TemplateKind, TemplatePart, Variable};
use crate::run::observer::Observer;
use crate::run::refusal::RunResult;
use crate::value::{escape, json_within};

impl<'a, O: Observer> Evaluator<'a, O> {
    /// Appends the value of an expression as JSON; `false`, and nothing appended, when it is missing.
    pub(in crate::run) fn write(&mut self, expr: &'a Expr, out: &mut Vec<u8>) -> RunResult<'a, bool> {
        if !O::ENABLED {
            match &expr.kind {
                ExprKind::Constant(constant) => {
                    out.extend_from_slice(constant.json().as_bytes());
                    return Ok(true);
                }
                ExprKind::Precomputed(number) => {
                    let precomputed = self.inputs.settings.precomputed_json(*number)?;
                    out.extend_from_slice(precomputed.map_or("", |constant| constant.json()).as_bytes());
                    return Ok(precomputed.is_some());
                }
                ExprKind::Map(when, members) => {
                    self.step(&expr.origin)?;
                    return match when {
                        Some(when) if !self.holds(when)? => Ok(false),
                        _ => {
                            let written = self.write_map(members, out)?;
                            self.answer_grew(out.len(), &expr.origin)?;
                            Ok(written)
                        }
                    };
                }
                ExprKind::List(items) => {
                    self.write_list(items, out)?;
                    self.answer_grew(out.len(), &expr.origin)?;
                    return Ok(true);
                }
                ExprKind::Template(template) => return self.write_template(template, expr, out),
                ExprKind::Named(Variable::Field(number), steps, None) if steps.is_empty() => {
                    if let Some(expr) = self.inlined_field(*number) {
                        self.step(&expr.origin)?;
                        let locals = std::mem::take(&mut self.locals);
                        let written = self.write(expr, out)?;
                        self.locals = locals;
                        return Ok(written);
                    }
                }
                _ => {}
            }
        }
        let value = self.value(expr)?;
        if let Some(value) = value {
            json_within(value, out, self.arena);
            self.answer_grew(out.len(), &expr.origin)?;
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
                    self.answer_grew(out.len(), &expr.origin)?;
                }
            }
            TemplateKind::Logic(..) => escape(self.text(template, &expr.origin)?, out),
        }
        if out.len() == start + 1 {
            out.truncate(start);
            return Ok(false);
        }
        out.push(b'"');
        Ok(true)
    }

    /// Appends a part of a template to an open JSON string; `false` when its value is missing.
    pub(in crate::run) fn write_part(
        &mut self,
        part: &'a TemplatePart,
        out: &mut Vec<u8>,
    ) -> RunResult<'a, bool> {
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

//! Endpoints: evaluates an expression by its layout, part by part.

use super::Evaluator;
use crate::plan::{
    ComponentEncoding, EndpointLayout, Expr, ExprKind, Step, TemplateKind, TemplatePart, UrlComponent,
    ValueRule, Variable,
};
use crate::run::observer::{Observation, Observer, Subject};
use crate::run::refusal::RunResult;
use crate::run::url_writer::UrlWriter;
use crate::value::{Kind, Value, View, plain, truthy};

impl<'a, O: Observer> Evaluator<'a, O> {
    /// Writes the URL that an expression is; `false`, and nothing written, when it is missing.
    pub(in crate::run) fn write_url(
        &mut self,
        expr: &'a Expr,
        layout: &'a EndpointLayout,
        url: &mut UrlWriter<'_, 'a>,
    ) -> RunResult<'a, bool> {
        match (layout, &expr.kind) {
            (EndpointLayout::Text(delimiters), ExprKind::Constant(constant)) => {
                let json = constant.json();
                let text = json.get(1..json.len().saturating_sub(1)).filter(|_| constant.text().is_some());
                url.text(text.unwrap_or(""), *delimiters);
                Ok(text.is_some_and(|text| !text.is_empty()))
            }
            (EndpointLayout::Template(layouts), ExprKind::Template(template)) => {
                let TemplateKind::Parts(parts) = &template.kind else { return Ok(false) };
                for (part, layout) in parts.iter().zip(layouts) {
                    if !self.write_url_part(part, layout, url)? {
                        url.missing();
                    }
                }
                Ok(true)
            }
            (EndpointLayout::Definition(layout), ExprKind::Precomputed(number)) => {
                self.write_url(&self.plan.precomputed[*number], layout, url)
            }
            (EndpointLayout::Definition(layout), ExprKind::Named(Variable::Field(number), ..)) => {
                // A field does not see the `$item` and `$value` of the expression that uses it.
                let locals = std::mem::take(&mut self.locals);
                let mark = url.mark();
                self.observe(Observation::Enter(Subject::Field(*number)));
                let written = self.write_url(&self.plan.fields[*number].expr, layout, url)?;
                self.observe_url(written.then(|| url.shown_since(mark)));
                self.locals = locals;
                Ok(written)
            }
            (EndpointLayout::First(layouts, default), ExprKind::Rule(rule)) => {
                self.write_first_url(rule, layouts, default.as_deref(), url)
            }
            (EndpointLayout::PrecomputedBase(number), _) if !O::ENABLED => {
                self.write_precomputed_base(*number, expr, url)
            }
            _ => {
                let value = self.value(expr)?;
                self.write_url_value(value, expr, &[], layout, url)
            }
        }
    }

    fn write_first_url(
        &mut self,
        rule: &'a ValueRule,
        layouts: &'a [EndpointLayout],
        default: Option<&'a EndpointLayout>,
        url: &mut UrlWriter<'_, 'a>,
    ) -> RunResult<'a, bool> {
        if let Some(when) = &rule.when
            && !self.holds(when)?
        {
            return Ok(false);
        }
        let entries = rule.source.entries().iter().zip(layouts);
        for (entry, layout) in entries.chain(rule.default.iter().zip(default)) {
            let mark = url.mark();
            if self.write_observed_url(entry, layout, url)? {
                return Ok(true);
            }
            url.reset(mark);
        }
        match &rule.required {
            Some(required) => Err(self.refuse(required)),
            None => Ok(false),
        }
    }

    /// Writes the URL and tells the observer of the expression.
    pub(in crate::run) fn write_observed_url(
        &mut self,
        expr: &'a Expr,
        layout: &'a EndpointLayout,
        url: &mut UrlWriter<'_, 'a>,
    ) -> RunResult<'a, bool> {
        let is_value =
            matches!(layout, EndpointLayout::Base | EndpointLayout::Host | EndpointLayout::Component(_));
        if !O::ENABLED || is_value {
            return self.write_url(expr, layout, url);
        }
        let mark = url.mark();
        self.observe(Observation::Enter(Subject::Value(expr)));
        let written = self.write_url(expr, layout, url)?;
        self.observe_url(written.then(|| url.shown_since(mark)));
        Ok(written)
    }

    fn observe_url(&mut self, written: Option<&str>) {
        self.observe(Observation::Leave(written.map(Value::Text)));
    }

    fn write_url_part(
        &mut self,
        part: &'a TemplatePart,
        layout: &'a EndpointLayout,
        url: &mut UrlWriter<'_, 'a>,
    ) -> RunResult<'a, bool> {
        let (expr, steps, otherwise) = match part {
            TemplatePart::Text(text) => {
                if let EndpointLayout::Text(delimiters) = layout {
                    url.text(text.inner_json(), *delimiters);
                }
                return Ok(true);
            }
            TemplatePart::Value(expr, steps, otherwise) => (expr, steps, otherwise),
        };
        let (layout, otherwise) = match (layout, otherwise) {
            (EndpointLayout::Or(layout, other), Some(otherwise)) => {
                (&**layout, Some((&**otherwise, &**other)))
            }
            _ => (layout, None),
        };
        let mark = url.mark();
        self.observe(Observation::Enter(Subject::Placeholder(expr)));
        let written = match layout {
            EndpointLayout::Component(component) if component.last_step_encodes && !O::ENABLED => {
                let component = UrlComponent { encoding: ComponentEncoding::ByPosition, ..*component };
                let value = self.part_value(expr, &steps[..steps.len() - 1])?;
                let used = value.filter(|value| otherwise.is_none() || truthy(*value, self.arena));
                self.write_component(used, expr, component, url)?
            }
            EndpointLayout::PrecomputedBase(number) if !O::ENABLED && otherwise.is_none() => {
                self.write_precomputed_base(*number, expr, url)?
            }
            EndpointLayout::Base
            | EndpointLayout::PrecomputedBase(_)
            | EndpointLayout::Host
            | EndpointLayout::Component(_) => {
                let value = self.part_value(expr, steps)?;
                self.leave_placeholder(expr, steps, value);
                let used = value.filter(|value| otherwise.is_none() || truthy(*value, self.arena));
                self.write_url_value(used, expr, steps, layout, url)?
            }
            _ => {
                let written = self.write_url(expr, layout, url)?;
                if O::ENABLED {
                    self.observe_url(written.then(|| url.shown_since(mark)));
                }
                written
            }
        };
        match otherwise {
            Some((part, layout)) if !written => {
                url.reset(mark);
                self.write_url_part(part, layout, url)
            }
            _ => Ok(written),
        }
    }

    fn write_precomputed_base(
        &mut self,
        number: usize,
        expr: &'a Expr,
        url: &mut UrlWriter<'_, 'a>,
    ) -> RunResult<'a, bool> {
        let Some((text, base)) = self.inputs.settings.precomputed_base(number)? else { return Ok(false) };
        url.known_base(text, base, &expr.origin)?;
        Ok(!text.is_empty())
    }

    /// Writes the value of `{{ expr | steps }}`, which is one part of a URL; `false` when it is missing or empty.
    fn write_url_value(
        &mut self,
        value: Option<Value<'a>>,
        expr: &'a Expr,
        steps: &'a [Step],
        layout: &'a EndpointLayout,
        url: &mut UrlWriter<'_, 'a>,
    ) -> RunResult<'a, bool> {
        let Some(value) = value else { return Ok(false) };
        let mark = url.mark();
        let written = if let EndpointLayout::Component(component) = layout {
            self.write_component(Some(value), expr, *component, url)?
        } else {
            let text = match (layout, value.view(self.arena)) {
                (_, View::Text(text)) => text,
                (EndpointLayout::Host, _) => plain(value, self.arena),
                _ => "",
            };
            match layout {
                _ if text.is_empty() => return Ok(false),
                EndpointLayout::Host => url.host(text, &expr.origin)?,
                // Everything else begins a URL.
                _ => url.base(text, &expr.origin)?,
            }
            true
        };
        if O::ENABLED {
            let taint = self.plan.taints().placeholder(expr, steps, self.local_taints());
            let instead = if taint.is_public() {
                None
            } else {
                let shown = self.shown_placeholder(expr, steps, value);
                Some(plain(shown, self.arena))
            };
            url.show(mark, instead);
        }
        Ok(written)
    }

    /// Writes a value in the path or the query; `false` when it is missing or empty.
    fn write_component(
        &mut self,
        value: Option<Value<'a>>,
        expr: &'a Expr,
        mut component: UrlComponent,
        url: &mut UrlWriter<'_, 'a>,
    ) -> RunResult<'a, bool> {
        let Some(value) = value else { return Ok(false) };
        if value.kind() == Kind::Number {
            // Operators leave numbers as they are, and their `+` is not a space.
            component.encoding = ComponentEncoding::ByPosition;
        }
        let text = plain(value, self.arena);
        if text.is_empty() {
            return Ok(false);
        }
        url.component(text, component, &expr.origin)?;
        self.answer_grew(url.len(), &expr.origin)?;
        Ok(true)
    }
}

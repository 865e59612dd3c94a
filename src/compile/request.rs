//! `request:`: what all rules share, and what each says.

use super::{Compiled, Compiler, Scope};
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::plan::{Dependencies, Expr, ExprKind, RefusalKind, Request, Source, Subpath, ValueRule, Variable};
use crate::request::BodyFormat;
use crate::syntax::{self, Name, ValueNode};

const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE"];

/// The parts of `request:` that all rules share, each a field of its own.
#[derive(Default)]
pub(super) struct Shared {
    method: Option<Name>,
    format: Option<Name>,
    endpoint: Option<SharedPart>,
    label: Option<SharedPart>,
    headers: Option<SharedPart>,
    params: Option<SharedPart>,
    body: Option<SharedPart>,
    user: Option<SharedPart>,
}

/// A shared value: the number of its field, or of the settled value.
#[derive(Clone, Copy)]
enum SharedPart {
    Field(usize, Dependencies),
    Precomputed(usize, Dependencies),
}

impl Compiler<'_> {
    pub(super) fn shared_request(&mut self) -> Shared {
        let Some(request) = &self.mapping.request else { return Shared::default() };
        let mut part = |name: &str, written: &Option<ValueNode>| {
            let written = written.as_ref()?;
            let address = format!("{}/request.{name}", self.mapping.destination.node);
            let made = self.elsewhere(address, Scope::default(), |inner| inner.precomputed_value(written));
            Some(if let ExprKind::Precomputed(number) = made.expr.kind {
                SharedPart::Precomputed(number, made.deps)
            } else {
                let deps = made.deps;
                SharedPart::Field(self.add_field(&format!("request.{name}"), made), deps)
            })
        };
        Shared {
            endpoint: part("endpoint", &request.endpoint),
            label: part("label", &request.label),
            headers: part("headers", &request.headers),
            params: part("params", &request.params),
            body: part("body", &request.body),
            user: part("user", &request.user),
            method: request.method.clone(),
            format: request.format.clone(),
        }
    }

    pub(super) fn request(&mut self, written: &syntax::Request, shared: &Shared) -> Request {
        let for_each = written
            .for_each
            .as_ref()
            .map(|list| self.inside(format_args!("/for_each"), |inner| inner.value(list)).expr);
        let outer =
            std::mem::replace(&mut self.scope, Scope { item: for_each.is_some(), ..Scope::default() });
        // It is asked for each element.
        let (when, _) = self.optional_condition(written.when.as_ref());
        let method = self.method(written.method.as_ref().or(shared.method.as_ref()));
        let endpoint = self.own_or_shared("endpoint", written.endpoint.as_ref(), shared.endpoint, written);
        let endpoint = endpoint.unwrap_or_else(|| {
            let found = Diagnostic::new(Code::NoEndpoint, written.span, "this request has no `endpoint:`");
            self.found(found.help("say where it goes, here or in the shared `request:`"));
            self.nothing(written.span).expr
        });
        let words = "a part of the endpoint is missing in this event";
        let no_endpoint = self.inside(format_args!("/endpoint"), |inner| {
            inner.standard_failure(endpoint.origin.span, words, RefusalKind::Instrumentation)
        });
        let mut own = |name: &str, value: &Option<ValueNode>, part| {
            self.own_or_shared(name, value.as_ref(), part, written)
        };
        let label = own("label", &written.label, shared.label);
        let body = own("body", &written.body, shared.body);
        let user = own("user", &written.user, shared.user);
        let headers = self.laid_over("headers", written.headers.as_ref(), shared.headers, written);
        let params = self.laid_over("params", written.params.as_ref(), shared.params, written);
        let format = Self::format(written.format.as_ref().or(shared.format.as_ref()));
        self.scope = outer;
        Request {
            when,
            for_each,
            method: method.into(),
            endpoint,
            no_endpoint,
            label,
            headers,
            params,
            body,
            format,
            user,
        }
    }

    fn own_or_shared(
        &mut self,
        name: &str,
        own: Option<&ValueNode>,
        shared: Option<SharedPart>,
        request: &syntax::Request,
    ) -> Option<Expr> {
        match own {
            Some(written) => {
                Some(self.inside(format_args!("/{name}"), |inner| inner.precomputed_value(written)).expr)
            }
            None => shared.map(|part| self.part(part, request).expr),
        }
    }

    /// Headers and parameters of a rule are laid over the shared ones.
    fn laid_over(
        &mut self,
        name: &str,
        own: Option<&ValueNode>,
        shared: Option<SharedPart>,
        request: &syntax::Request,
    ) -> Option<Expr> {
        let (Some(written), Some(part)) = (own, shared) else {
            return self.own_or_shared(name, own, shared, request);
        };
        let below = self.part(part, request);
        let above = self.inside(format_args!("/{name}"), |inner| inner.value(written));
        let deps = below.deps.or(above.deps);
        let layers = Box::new([below.expr, above.expr]);
        let rule = ValueRule {
            when: None,
            source: Source::Merge(layers),
            only: None,
            except: None,
            steps: Box::default(),
            template: None,
            invalid: None,
            default: None,
            required: None,
            keep_empty: false,
        };
        let expr = Expr { kind: ExprKind::Rule(Box::new(rule)), origin: self.origin(written.span) };
        Some(self.precompute_value(Compiled { expr, deps }).expr)
    }

    fn part(&self, part: SharedPart, request: &syntax::Request) -> Compiled {
        let (kind, deps) = match part {
            SharedPart::Precomputed(number, deps) => (ExprKind::Precomputed(number), deps),
            SharedPart::Field(number, deps) => {
                (ExprKind::Named(Variable::Field(number), Subpath::default(), None), deps)
            }
        };
        Compiled { expr: Expr { kind, origin: self.origin(request.span) }, deps }
    }

    fn method(&mut self, written: Option<&Name>) -> String {
        let Some(name) = written else { return "POST".to_owned() };
        if !METHODS.contains(&name.node.as_str()) {
            let near = did_you_mean(&name.node, METHODS.iter().copied());
            let message = format!("`{}` is no method{near}", name.node);
            let mut found = Diagnostic::new(Code::BadMethod, name.span, message)
                .help(format!("the methods are {}", METHODS.join(", ")));
            if let Some(method) = METHODS.iter().find(|method| method.eq_ignore_ascii_case(&name.node)) {
                found = found.fix(name.span, *method);
            }
            self.found(found);
        }
        name.node.clone()
    }

    fn format(written: Option<&Name>) -> BodyFormat {
        match written.map(|name| name.node.as_str()) {
            Some("json_array") => BodyFormat::JsonArray,
            Some("form") => BodyFormat::Form,
            _ => BodyFormat::Json,
        }
    }
}

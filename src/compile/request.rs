//! `request:`: what all rules share, and what each rule adds.

use super::Compiled;
use super::expr::ExprCompiler;
use super::scope::Scope;
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::plan::{
    Constant, Dependencies, ElementId, EmptyValues, Expr, ExprKind, Method, Origin, RefusalKind, Request,
    Source, Subpath, ValueRule, Variable,
};
use crate::request::BodyFormat;
use crate::syntax::{self, Mapping, Name, Text, ValueKind, ValueNode, Yaml};

const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE"];

/// The parts of `request:` that all rules share.
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

/// A shared value: the index of its field, or of its precomputed value.
#[derive(Clone, Copy)]
enum SharedPart {
    Field(usize, Dependencies),
    Precomputed(usize, Dependencies),
}

/// Compiles the `request:` that all rules share.
pub(super) fn shared(mapping: &Mapping, compiler: &mut ExprCompiler<'_>) -> Shared {
    let Some(request) = &mapping.request else { return Shared::default() };
    let mut part = |name: &str, written: &Option<ValueNode>| {
        let written = written.as_ref()?;
        let section = format_args!("/request.{name}");
        let value = compiler.in_section(section, Scope::default(), |inner| inner.precomputed_value(written));
        let deps = value.deps;
        Some(match value.expr.kind {
            ExprKind::Precomputed(index) => SharedPart::Precomputed(index, deps),
            _ => SharedPart::Field(compiler.add_unnamed_field(&format!("request.{name}"), value), deps),
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

/// Compiles one request of a rule.
pub(super) fn request(
    written: &syntax::Request,
    shared: &Shared,
    compiler: &mut ExprCompiler<'_>,
) -> Request {
    let for_each = written
        .for_each
        .as_ref()
        .map(|list| compiler.within(format_args!("/for_each"), |inner| inner.value(list)).expr);
    let (scope, element) = match &for_each {
        Some(_) => {
            compiler.in_scope(Scope::default(), |inner| inner.scope_of_elements(written.element.as_ref()))
        }
        None => (Scope::default(), None),
    };
    let items = for_each.map(|items| (items, element));
    compiler.in_scope(scope, |inner| request_for_each(items, written, shared, inner))
}

/// What is evaluated for each element of `for_each`, or once without it.
fn request_for_each(
    items: Option<(Expr, Option<ElementId>)>,
    written: &syntax::Request,
    shared: &Shared,
    compiler: &mut ExprCompiler<'_>,
) -> Request {
    let (when, _) = compiler.optional_condition(written.when.as_ref());
    let method = method(written.method.as_ref().or(shared.method.as_ref()), compiler);
    let endpoint = own_or_shared("endpoint", written.endpoint.as_ref(), shared.endpoint, written, compiler);
    let endpoint = endpoint.unwrap_or_else(|| {
        let finding = Diagnostic::new(Code::NoEndpoint, written.span, "this request has no `endpoint:`");
        compiler.report(finding.help("add one here or in the shared `request:`"));
        Expr { kind: ExprKind::Constant(Constant::null()), origin: compiler.origin(written.span) }
    });
    let endpoint_layout =
        compiler.endpoint_layout(&endpoint, items.as_ref().map(|(items, element)| (items, *element)));
    let message = "a part of the endpoint is missing in this event";
    let no_endpoint = compiler.within(format_args!("/endpoint"), |inner| {
        inner.standard_refusal(endpoint.origin.span, message, RefusalKind::Instrumentation)
    });
    let mut own = |name: &str, value: &Option<ValueNode>, part| {
        own_or_shared(name, value.as_ref(), part, written, compiler)
    };
    let label = own("label", &written.label, shared.label);
    let body = own("body", &written.body, shared.body);
    let user = own("user", &written.user, shared.user);
    let headers = merged("headers", written.headers.as_ref(), shared.headers, written, compiler);
    let header_names_constant = headers.as_ref().is_none_or(|headers| compiler.header_names(headers));
    let params = merged("params", written.params.as_ref(), shared.params, written, compiler);
    let (for_each, element) = items.unzip();
    let format = format(written.format.as_ref().or(shared.format.as_ref()));
    Request {
        when,
        for_each,
        element: element.flatten(),
        method,
        endpoint,
        endpoint_layout,
        no_endpoint,
        label,
        headers,
        header_names_constant,
        params,
        body,
        format,
        user,
    }
}

/// The part of the rule's own request, or else the shared one.
fn own_or_shared(
    name: &str,
    own: Option<&ValueNode>,
    shared: Option<SharedPart>,
    request: &syntax::Request,
    compiler: &mut ExprCompiler<'_>,
) -> Option<Expr> {
    match own {
        Some(written) => {
            Some(compiler.within(format_args!("/{name}"), |inner| inner.precomputed_value(written)).expr)
        }
        None => shared.map(|part| shared_value(part, compiler.origin(request.span)).expr),
    }
}

/// Headers or parameters of a rule merged with the shared ones; those of the rule win.
fn merged(
    name: &str,
    own: Option<&ValueNode>,
    shared: Option<SharedPart>,
    request: &syntax::Request,
    compiler: &mut ExprCompiler<'_>,
) -> Option<Expr> {
    let (Some(written), Some(part)) = (own, shared) else {
        return own_or_shared(name, own, shared, request, compiler);
    };
    let shared = shared_value(part, compiler.origin(request.span));
    let own = compiler.within(format_args!("/{name}"), |inner| inner.value(written));
    let deps = shared.deps.or(own.deps);
    let rule = ValueRule {
        when: None,
        source: Source::Merge(Box::new([shared.expr, own.expr])),
        only: None,
        except: None,
        steps: Box::default(),
        template: None,
        invalid: None,
        default: None,
        required: None,
        empty: EmptyValues::Default,
    };
    let expr = Expr { kind: ExprKind::Rule(Box::new(rule)), origin: compiler.origin(written.span) };
    Some(compiler.precompute_value(Compiled { expr, deps }).expr)
}

fn shared_value(part: SharedPart, origin: Origin) -> Compiled {
    let (kind, deps) = match part {
        SharedPart::Precomputed(index, deps) => (ExprKind::Precomputed(index), deps),
        SharedPart::Field(index, deps) => {
            (ExprKind::Named(Variable::Field(index), Subpath::default(), None), deps)
        }
    };
    Compiled { expr: Expr { kind, origin }, deps }
}

fn method(written: Option<&Name>, compiler: &mut ExprCompiler<'_>) -> Method {
    let Some(name) = written else { return Method::Constant("POST".into()) };
    let written = name.node.as_str();
    if let Some(setting) = written.strip_prefix("$config.") {
        return method_of_setting(setting, name, compiler);
    }
    if !METHODS.contains(&written) {
        let near = did_you_mean(written, METHODS.iter().copied());
        let message = format!("`{written}` is not a method{near}");
        let mut finding = Diagnostic::new(Code::BadMethod, name.span, message)
            .help(format!("the methods are {}", METHODS.join(", ")));
        if let Some(method) = METHODS.iter().find(|method| method.eq_ignore_ascii_case(written)) {
            finding = finding.fix(name.span, *method);
        }
        compiler.report(finding);
    }
    Method::Constant(written.into())
}

/// A setting that is declared so that it always is one of the methods.
fn method_of_setting(setting: &str, path: &Name, compiler: &mut ExprCompiler<'_>) -> Method {
    let is_method = |yaml: &Yaml| yaml.text().is_some_and(|text| METHODS.contains(&text.text.as_str()));
    let problem = match compiler.declared_setting(setting) {
        None => Some("is not declared under `config:`"),
        Some(declared) => {
            let listed = declared.one_of.as_ref().is_some_and(|(_, allowed)| allowed.iter().all(is_method));
            let always = declared.required.is_some() || declared.default.as_ref().is_some_and(is_method);
            let public = declared.secret.as_ref().is_some_and(|secret| !secret.node);
            match (listed, always, public) {
                (false, ..) => Some("has no `one_of:` that lists only methods"),
                (_, false, _) => Some("is neither `required` nor has a method as its `default`"),
                (.., false) => Some("is secret, and a method is not"),
                _ => None,
            }
        }
    };
    if let Some(problem) = problem {
        let message = format!("a method can be a setting, but `{setting}` {problem}");
        let help = format!("declare `{setting}: {{ one_of: [POST, PUT], default: POST, secret: false }}`");
        compiler.report(Diagnostic::new(Code::BadMethod, path.span, message).help(help));
        return Method::Constant("POST".into());
    }
    let text = Text { text: path.node.clone(), span: path.span, inner: path.span, exact: false };
    let value = ValueNode { span: path.span, kind: ValueKind::Path(text) };
    let value = compiler.within(format_args!("/method"), |inner| inner.precomputed_value(&value));
    Method::Setting(value.expr, path.node.as_str().into())
}

fn format(written: Option<&Name>) -> BodyFormat {
    match written.map(|name| name.node.as_str()) {
        Some("json_array") => BodyFormat::JsonArray,
        Some("form") => BodyFormat::Form,
        _ => BodyFormat::Json,
    }
}

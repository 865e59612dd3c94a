//! Compiles a mapping as written into the draft of a plan, or reports findings.

mod address;
mod batch;
mod constant;
mod declared_settings;
mod definitions;
mod endpoint;
mod equality_tests;
mod expr;
mod names;
mod nesting;
mod open_pipelines;
mod operator;
mod precomputed;
mod prepare;
mod request;
mod rule;
mod scope;
mod setting;
mod test_argument;

use crate::diag::Findings;
use crate::plan::{Compilation, Dependencies, Draft, Expr, Origin};
use crate::source::Sources;
use crate::syntax::Mapping;
use crate::template::ParseCache;
use expr::ExprCompiler;

/// Compiles a mapping.
pub(crate) fn compile(
    mapping: &Mapping,
    sources: &Sources,
    parse_cache: &ParseCache,
    findings: &mut Findings,
) -> Compilation {
    let mut compiler = ExprCompiler::new(mapping, parse_cache, findings);
    let settings = setting::settings(mapping, &mut compiler);
    let prepare = prepare::preparations(mapping, &mut compiler);
    let (rules, equality_tests) = rule::rules(mapping, &mut compiler);
    let mut checked = batch::check(mapping, &mut compiler);
    let used = compiler.parts_in_use();
    checked.pipelines = compiler.check_unused();
    let taints = compiler.taints(&settings, &prepare, &rules, &checked);
    compiler.report_undefined_names();
    let failed = compiler.findings().has_errors();
    let host_claims = compiler.take_host_claims();
    let condition_names = compiler.names_of_conditions();
    let (fields, conditions, precomputed, paths) = compiler.finish(used);
    if failed {
        return Compilation { draft: None, host_claims };
    }
    let draft = Draft {
        destination: mapping.destination.node.as_str().into(),
        description: mapping.description.as_ref().map(|words| words.node.as_str().into()),
        sources: sources.clone(),
        settings,
        prepare,
        fields,
        conditions,
        condition_names,
        paths,
        precomputed,
        rules,
        rule_index: crate::plan::RuleIndex::new(&equality_tests),
        file_origin: Origin {
            address: mapping.destination.node.as_str().into(),
            span: mapping.destination.span,
        },
        taints,
    };
    Compilation { draft: Some(draft), host_claims }
}

/// A compiled value and what it depends on.
#[derive(Debug)]
struct Compiled {
    expr: Expr,
    deps: Dependencies,
}

//! All integration tests, in one program, so that it is linked only once. Each case that is a file is a separate test:
//! `cargo test --test suite events::june` runs the recorded cases of one mapping.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests read files and run the command"
)]

use libtest_mimic::{Arguments, Failed, Trial};

/// Defines the function `tests` of a module, which returns its test functions as trials. The attribute of the standard
/// test harness has no effect here. The compiler warns about a test function that is not listed, because it is unused.
macro_rules! tests {
    ($($(#[$attribute:meta])* $name:ident),+ $(,)?) => {
        pub(crate) fn tests() -> Vec<libtest_mimic::Trial> {
            Vec::from([$(
                $(#[$attribute])*
                crate::function(concat!(module_path!(), "::", stringify!($name)), $name)
            ),+])
        }
    };
}

mod allocations;
mod api_description;
mod budget;
mod catalogue;
mod cli;
mod conformance;
mod contracts;
mod docs;
mod endpoints;
mod events;
mod explain;
mod generated;
mod invalid;
mod layers;
mod load;
mod load_limits;
mod mutations;
mod operators;
mod paths;
mod same_answers;
mod schema;
mod secrets;
mod sources;
mod surface;
mod template_forms;
mod templates;
mod text_parts;
mod values;

fn main() {
    let arguments = Arguments::from_args();
    // The slowest tests start first.
    let suites = [
        same_answers::tests(),
        explain::tests(),
        mutations::tests(),
        secrets::tests(),
        cli::tests(),
        allocations::tests(),
        api_description::tests(),
        budget::tests(),
        catalogue::tests(),
        conformance::tests(),
        contracts::tests(),
        docs::tests(),
        endpoints::tests(),
        events::tests(),
        generated::tests(),
        invalid::tests(),
        load_limits::tests(),
        layers::tests(),
        layers::planted_tests(),
        operators::tests(),
        paths::tests(),
        schema::tests(),
        sources::tests(),
        surface::tests(),
        template_forms::tests(),
        templates::tests(),
        text_parts::tests(),
        values::tests(),
    ];
    libtest_mimic::run(&arguments, suites.into_iter().flatten().collect()).exit();
}

/// A test that fails if the function panics.
fn function(path: &str, test: fn()) -> Trial {
    Trial::test(path.strip_prefix("suite::").unwrap_or(path), move || {
        test();
        Ok(())
    })
}

/// A test of one case, named `suite::case`.
fn case(
    suite: &str,
    case: impl std::fmt::Display,
    test: impl FnOnce() -> Result<(), Failed> + Send + 'static,
) -> Trial {
    Trial::test(format!("{suite}::{case}"), test)
}

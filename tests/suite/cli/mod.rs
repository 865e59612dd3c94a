//! The command: arguments, streams, exit codes.

mod answers;
mod bad_lines;
mod contract;
mod events;
mod explain;
#[cfg(unix)]
mod files;
mod inputs;
mod mappings;
mod new;
mod reference;
pub(crate) mod run;
mod shown;
mod streams;
mod test_verb;
mod usage;
mod validate;

pub(crate) fn tests() -> Vec<libtest_mimic::Trial> {
    let files = [
        answers::tests(),
        bad_lines::tests(),
        contract::tests(),
        events::tests(),
        explain::tests(),
        #[cfg(unix)]
        files::tests(),
        inputs::tests(),
        mappings::tests(),
        new::tests(),
        reference::tests(),
        shown::tests(),
        streams::tests(),
        test_verb::tests(),
        usage::tests(),
        validate::tests(),
    ];
    files.into_iter().flatten().collect()
}

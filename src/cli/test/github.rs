//! Annotations on a pull request: workflow commands of GitHub Actions.

use mapwright::internal::diag::Note;

use super::args::{Args, Unreferenced};
use super::discover::portable;
use super::report::{details, first_change};
use super::suite::{CaseOutcome, Suite};

/// The width at which explanations are wrapped.
const WIDTH: usize = 100;

/// One annotation for each case that did not pass, and for each snapshot without an event.
pub(super) fn annotations(suites: &[Suite], args: &Args) -> String {
    let mut out = String::new();
    let mut annotate = |level: &str, file: &str, line: usize, title: &str, message: &str| {
        let note = Note { level, file, line, until: None, title, message: message.trim_end() };
        out.extend([note.to_string().as_str(), "\n"]);
    };
    let level = if args.accept { "notice" } else { "error" };
    for suite in suites {
        for case in &suite.cases {
            let (title, message) = (format!("{}/{}", suite.name, case.name), details(case, false, WIDTH));
            let (event, snapshot) = (portable(&case.event), portable(&case.snapshot));
            match &case.outcome {
                CaseOutcome::Passed => {}
                CaseOutcome::New { .. } => annotate(level, &event, 1, &format!("new: {title}"), &message),
                CaseOutcome::Rejected(_) => {
                    annotate("error", &event, 1, &format!("violates the contract: {title}"), &message);
                }
                CaseOutcome::Unreadable(_) => {
                    annotate("error", &event, 1, &format!("unreadable: {title}"), &message);
                }
                CaseOutcome::Changed(change) => {
                    annotate(level, &snapshot, first_change(change), &format!("changed: {title}"), &message);
                }
            }
        }
        for unreferenced in &suite.unreferenced {
            let (level, message) = match args.unreferenced {
                Unreferenced::Reject => ("error", "this snapshot has no event"),
                Unreferenced::Warn => ("warning", "this snapshot has no event"),
                Unreferenced::Delete => ("notice", "this snapshot had no event and was deleted"),
            };
            annotate(level, &portable(unreferenced), 1, "without an event", message);
        }
    }
    out
}

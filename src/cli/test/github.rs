//! Notes on a pull request: workflow commands of GitHub Actions on the snapshot files.

use mapwright::internal::diag::Note;

use super::discover::shown;
use super::report::{first_change, told};
use super::suite::{CaseOutcome, Suite};
use super::{Args, Unreferenced};

/// Explanations are wrapped for the narrow column of a review.
const WIDTH: usize = 100;

/// One command for each case that is not as accepted, and for each snapshot without an event.
pub(super) fn notes(suites: &[Suite], args: &Args) -> String {
    let mut out = String::new();
    let mut note = |level: &str, file: &str, line: usize, title: &str, message: &str| {
        let note = Note { level, file, line, until: None, title, message: message.trim_end() };
        out.extend([note.to_string().as_str(), "\n"]);
    };
    let level = if args.accept { "notice" } else { "error" };
    for suite in suites {
        for case in &suite.cases {
            let (title, message) = (format!("{}/{}", suite.name, case.name), told(case, false, WIDTH));
            let (event, snapshot) = (shown(&case.event), shown(&case.snapshot));
            match &case.outcome {
                CaseOutcome::Passed => {}
                CaseOutcome::New { .. } => note(level, &event, 1, &format!("new: {title}"), &message),
                CaseOutcome::Rejected(_) => {
                    note("error", &event, 1, &format!("not accepted: {title}"), &message);
                }
                CaseOutcome::Unreadable(_) => {
                    note("error", &event, 1, &format!("unreadable: {title}"), &message);
                }
                CaseOutcome::Changed(change) => {
                    note(level, &snapshot, first_change(change), &format!("changed: {title}"), &message);
                }
            }
        }
        for lost in &suite.unreferenced {
            let (level, message) = match args.unreferenced {
                Unreferenced::Reject => ("error", "no event belongs to this snapshot"),
                Unreferenced::Warn => ("warning", "no event belongs to this snapshot"),
                Unreferenced::Delete => ("notice", "no event belonged to this snapshot; it was deleted"),
            };
            note(level, &shown(lost), 1, "without an event", message);
        }
    }
    out
}

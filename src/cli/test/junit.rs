//! A test report in `JUnit` XML, which most CI systems can read.

use std::fmt::Write;

use super::discover::portable;
use super::report::details;
use super::suite::{CaseOutcome, CaseResult, Suite};

/// The width at which explanations are wrapped.
const WIDTH: usize = 100;

/// The report of all suites. With `fail_unreferenced`, snapshots without an event are failures.
pub(super) fn report(suites: &[Suite], fail_unreferenced: bool) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for suite in suites {
        let unreferenced = if fail_unreferenced { suite.unreferenced.as_slice() } else { &[] };
        let failed = |case: &&CaseResult| {
            matches!(
                case.outcome,
                CaseOutcome::Changed(_) | CaseOutcome::New { .. } | CaseOutcome::Rejected(_)
            )
        };
        let failures = suite.cases.iter().filter(failed).count() + unreferenced.len();
        let errors =
            suite.cases.iter().filter(|case| matches!(case.outcome, CaseOutcome::Unreadable(_))).count();
        let _ = writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\">",
            escape(&suite.mapping),
            suite.cases.len() + unreferenced.len(),
        );
        for case in &suite.cases {
            let start = start_of_case(&suite.name, &case.name, &portable(&case.event));
            let (tag, message) = match &case.outcome {
                CaseOutcome::Passed => {
                    let _ = writeln!(out, "{start}/>");
                    continue;
                }
                CaseOutcome::New { .. } => ("failure", "this event has no accepted snapshot yet"),
                CaseOutcome::Changed(_) => ("failure", "the result differs from the snapshot"),
                CaseOutcome::Rejected(_) => ("failure", "this request violates the contract"),
                CaseOutcome::Unreadable(_) => ("error", "this case cannot be read"),
            };
            let details = escape(details(case, false, WIDTH).trim_end());
            let _ = writeln!(
                out,
                "{start}>\n      <{tag} message=\"{message}\">{details}</{tag}>\n    </testcase>"
            );
        }
        for snapshot in unreferenced {
            let start = start_of_case(&suite.name, "every snapshot has an event", &portable(snapshot));
            let _ = writeln!(
                out,
                "{start}>\n      <failure message=\"this snapshot has no event\">{}</failure>\n    </testcase>",
                escape(&portable(snapshot))
            );
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

/// The start tag of a test case, without its `>`.
fn start_of_case(suite: &str, name: &str, file: &str) -> String {
    let [suite, name, file] = [suite, name, file].map(escape);
    format!("    <testcase classname=\"{suite}\" name=\"{name}\" file=\"{file}\"")
}

/// Escapes text for XML. Characters that XML does not allow are replaced by U+FFFD.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn text_is_escaped_for_xml() {
        assert_eq!(escape("<a b=\"c\">&\u{1}\n]]>"), "&lt;a b=&quot;c&quot;&gt;&amp;\u{fffd}\n]]&gt;");
    }
}

//! A test report in the XML of `JUnit`, which most systems for tests can read.

use std::fmt::Write;

use super::discover::shown;
use super::report::told;
use super::suite::{CaseOutcome, CaseResult, Suite};

/// Explanations are as wide as this.
const WIDTH: usize = 100;

/// The report of all suites.
pub(super) fn report(suites: &[Suite], rejects: bool) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n");
    for suite in suites {
        let lost = if rejects { suite.unreferenced.as_slice() } else { &[] };
        let failed = |case: &&CaseResult| {
            matches!(
                case.outcome,
                CaseOutcome::Changed(_) | CaseOutcome::New { .. } | CaseOutcome::Rejected(_)
            )
        };
        let failures = suite.cases.iter().filter(failed).count() + lost.len();
        let errors =
            suite.cases.iter().filter(|case| matches!(case.outcome, CaseOutcome::Unreadable(_))).count();
        let _ = writeln!(
            out,
            "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\">",
            escaped(&suite.mapping),
            suite.cases.len() + lost.len(),
        );
        for case in &suite.cases {
            let head = head(&suite.name, &case.name, &shown(&case.event));
            let (tag, message) = match &case.outcome {
                CaseOutcome::Passed => {
                    let _ = writeln!(out, "{head}/>");
                    continue;
                }
                CaseOutcome::New { .. } => ("failure", "nothing was accepted for this event yet"),
                CaseOutcome::Changed(_) => ("failure", "something else comes out now"),
                CaseOutcome::Rejected(_) => ("failure", "the destination would not accept this request"),
                CaseOutcome::Unreadable(_) => ("error", "this case cannot be read"),
            };
            let told = escaped(told(case, false, WIDTH).trim_end());
            let _ =
                writeln!(out, "{head}>\n      <{tag} message=\"{message}\">{told}</{tag}>\n    </testcase>");
        }
        for lost in lost {
            let head = head(&suite.name, "every snapshot has its event", &shown(lost));
            let _ = writeln!(
                out,
                "{head}>\n      <failure message=\"no event belongs to this snapshot\">{}</failure>\n    </testcase>",
                escaped(&shown(lost))
            );
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn head(suite: &str, name: &str, file: &str) -> String {
    let [suite, name, file] = [suite, name, file].map(escaped);
    format!("    <testcase classname=\"{suite}\" name=\"{name}\" file=\"{file}\"")
}

/// Text for XML; what XML cannot hold at all is replaced.
fn escaped(text: &str) -> String {
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
    use super::escaped;

    #[test]
    fn nothing_breaks_the_xml() {
        assert_eq!(escaped("<a b=\"c\">&\u{1}\n]]>"), "&lt;a b=&quot;c&quot;&gt;&amp;\u{fffd}\n]]&gt;");
    }
}

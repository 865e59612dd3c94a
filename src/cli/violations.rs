//! Violations of the contract in the requests of a run: written into the answers, and counted.

use std::collections::{HashMap, HashSet};

use mapwright::Answer;
use mapwright::internal::contract::Violation;
use mapwright::internal::diag::text::harmless;
use mapwright::internal::with_violations;

use super::inspect::Inspector;
use super::numbers::counted;
use super::text_table::{Align, table};

/// Maximum number of distinct violations that are counted separately; any others are counted together.
const MAX_KINDS: usize = 1000;

/// How often each violation occurred. The size is bounded, however long the input is.
#[derive(Debug, Default)]
pub(super) struct Violations {
    /// Requests by rule (`None` if no rule matched) and violation.
    counts: HashMap<(Option<usize>, Violation), u64>,
    /// Requests with violations beyond [`MAX_KINDS`].
    others: u64,
    /// Requests with at least one violation.
    requests: u64,
}

impl Violations {
    /// Whether there were no violations.
    pub(super) fn is_empty(&self) -> bool {
        self.requests == 0
    }

    /// Adds the violations of an answer that has some. Returns `lines`, which are its lines or what is shown of them, with the
    /// violations added. Of the names of members, `names` may be shown.
    pub(super) fn add(
        &mut self,
        inspector: &Inspector<'_>,
        answer: &Answer<'_>,
        lines: &[u8],
        names: &HashSet<String>,
    ) -> Vec<u8> {
        let by_request: Vec<_> = answer.requests().map(|request| inspector.request(request, names)).collect();
        let mut checked = Vec::with_capacity(lines.len() + 256);
        for (line, found) in lines.split_inclusive(|&byte| byte == b'\n').zip(by_request) {
            if found.is_empty() {
                checked.extend_from_slice(line);
                continue;
            }
            let messages = found
                .iter()
                .map(|violation| format!("{} {}: {}", violation.code, violation.part, violation.message));
            with_violations(line, messages, &mut checked);
            self.requests += 1;
            for violation in found {
                self.count((answer.rule, generalized(violation)), 1);
            }
        }
        checked
    }

    /// Adds the violations counted by another thread.
    pub(super) fn merge(&mut self, other: Self) {
        self.others += other.others;
        self.requests += other.requests;
        for (kind, count) in other.counts {
            self.count(kind, count);
        }
    }

    fn count(&mut self, kind: (Option<usize>, Violation), count: u64) {
        if let Some(known) = self.counts.get_mut(&kind) {
            *known += count;
        } else if self.counts.len() < MAX_KINDS {
            self.counts.insert(kind, count);
        } else {
            self.others += count;
        }
    }

    /// A table of the violations, the most frequent first.
    pub(super) fn summary<'a>(&self, rules: impl Iterator<Item = &'a str>, width: usize) -> String {
        let rules: Vec<&str> = rules.collect();
        let mut sorted: Vec<_> = self.counts.iter().collect();
        sorted.sort_by(|(a, count_a), (b, count_b)| count_b.cmp(count_a).then_with(|| a.cmp(b)));
        let mut rows = vec![["requests", "code", "address", "finding"].map(str::to_owned).to_vec()];
        rows.extend(sorted.into_iter().map(|((rule, found), count)| {
            let rule = rule.and_then(|rule| rules.get(rule)).unwrap_or(&"(no rule)");
            let address = harmless(&format!("{rule}/{}", found.part));
            vec![count.to_string(), found.code.id().to_owned(), address, harmless(&found.message)]
        }));
        if self.others > 0 {
            let other = ["", "", "(other findings)"].map(str::to_owned);
            rows.push(std::iter::once(self.others.to_string()).chain(other).collect());
        }
        let alignments = [Align::Right, Align::Left, Align::Left, Align::Left];
        let requests = counted(self.requests, "request");
        format!(
            "{requests} would be rejected according to the contract\n\n{}",
            table(&rows, &alignments, width)
        )
    }
}

/// Removes list indexes and byte counts, so that similar violations are counted as one.
fn generalized(mut violation: Violation) -> Violation {
    let part = violation.part.split('[').map(|piece| piece.find(']').map_or(piece, |end| &piece[end..]));
    violation.part = part.collect::<Vec<_>>().join("[");
    if let (Some(from), Some(to)) = (violation.message.find("has "), violation.message.find(" bytes and may"))
        && from < to
    {
        violation.message.replace_range(from + 4..to, "too many");
    }
    violation
}

#[cfg(test)]
mod tests {
    use mapwright::internal::diag::Code;

    use super::*;

    fn violation(part: &str, message: &str) -> Violation {
        Violation { code: Code::ValueTooLong, part: part.to_owned(), message: message.to_owned() }
    }

    #[test]
    fn similar_violations_are_counted_together() {
        let mut violations = Violations::default();
        for number in 0..3000 {
            let found = violation(
                &format!("body.batch[{number}].name"),
                &format!("has {number} bytes and may have 12"),
            );
            violations.count((Some(0), generalized(found)), 1);
        }
        violations.requests = 3000;
        assert_eq!(
            violations.summary(["shop/all"].into_iter(), 100),
            "3,000 requests would be rejected according to the contract\n\n  \
             requests  code  address                     finding\n      \
             3000  D603  shop/all/body.batch[].name  has too many bytes and may have 12\n"
        );
    }

    #[test]
    fn memory_stays_bounded() {
        let mut violations = Violations::default();
        for number in 0..5000 {
            violations.count((None, violation(&format!("body.key{number}"), "x")), 1);
        }
        assert_eq!((violations.counts.len(), violations.others), (MAX_KINDS, 4000));
    }
}

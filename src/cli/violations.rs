//! What a contract found in the requests of a run: written into the answers, and counted.

use std::collections::HashMap;

use mapwright::Answer;
use mapwright::internal::contract::Violation;
use mapwright::internal::diag::text::harmless;
use mapwright::internal::with_violations;

use super::inspect::Inspector;
use super::summary::counted;
use super::table::{Side, table};

/// Different findings that are counted one by one; all others are counted together.
const KINDS: usize = 1000;

/// How often what was found. Its size does not grow with the input.
#[derive(Debug, Default)]
pub(super) struct Violations {
    /// By rule (`None`: no rule) and finding.
    found: HashMap<(Option<usize>, Violation), u64>,
    others: u64,
    /// Requests in which anything was found.
    requests: u64,
}

impl Violations {
    /// Whether nothing was found.
    pub(super) fn is_empty(&self) -> bool {
        self.requests == 0
    }

    /// Checks the requests of an answer. Gives its lines with what was found in them, if anything was.
    pub(super) fn check(&mut self, inspector: &Inspector<'_>, answer: &Answer<'_>) -> Option<Vec<u8>> {
        let all: Vec<_> = answer.requests().map(|request| inspector.request(request)).collect();
        if all.iter().all(Vec::is_empty) {
            return None;
        }
        let mut checked = Vec::with_capacity(answer.lines().len() + 256);
        for (line, found) in answer.lines().split_inclusive(|&byte| byte == b'\n').zip(all) {
            if found.is_empty() {
                checked.extend_from_slice(line);
                continue;
            }
            let told = found.iter().map(|one| format!("{} {}: {}", one.code, one.part, one.message));
            with_violations(line, told, &mut checked);
            self.requests += 1;
            for violation in found {
                self.count((answer.rule, general(violation)), 1);
            }
        }
        Some(checked)
    }

    /// Adds what another thread has found.
    pub(super) fn merge(&mut self, other: Self) {
        self.others += other.others;
        self.requests += other.requests;
        for (kind, count) in other.found {
            self.count(kind, count);
        }
    }

    fn count(&mut self, kind: (Option<usize>, Violation), count: u64) {
        if let Some(known) = self.found.get_mut(&kind) {
            *known += count;
        } else if self.found.len() < KINDS {
            self.found.insert(kind, count);
        } else {
            self.others += count;
        }
    }

    /// All that was found, by code and address, the most frequent first.
    pub(super) fn told<'a>(&self, rules: impl Iterator<Item = &'a str>, width: usize) -> String {
        let rules: Vec<&str> = rules.collect();
        let mut all: Vec<_> = self.found.iter().collect();
        all.sort_by(|(one, first), (two, second)| second.cmp(first).then_with(|| one.cmp(two)));
        let mut rows = vec![["requests", "code", "address", "finding"].map(str::to_owned).to_vec()];
        rows.extend(all.into_iter().map(|((rule, found), count)| {
            let rule = rule.and_then(|rule| rules.get(rule)).unwrap_or(&"(no rule)");
            let address = harmless(&format!("{rule}/{}", found.part));
            vec![count.to_string(), found.code.id().to_owned(), address, harmless(&found.message)]
        }));
        if self.others > 0 {
            let other = ["", "", "(other findings)"].map(str::to_owned);
            rows.push(std::iter::once(self.others.to_string()).chain(other).collect());
        }
        let sides = [Side::Right, Side::Left, Side::Left, Side::Left];
        let requests = counted(self.requests, "request");
        format!("{requests} would not be accepted, says the contract\n\n{}", table(&rows, &sides, width))
    }
}

/// Elements of a list are one address, and numbers of bytes one finding.
fn general(mut violation: Violation) -> Violation {
    let part = violation.part.split('[').map(|piece| piece.find(']').map_or(piece, |at| &piece[at..]));
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
    fn like_findings_are_counted_together() {
        let mut violations = Violations::default();
        for number in 0..3000 {
            let found = violation(
                &format!("body.batch[{number}].name"),
                &format!("has {number} bytes and may have 12"),
            );
            violations.count((Some(0), general(found)), 1);
        }
        violations.requests = 3000;
        assert_eq!(
            violations.told(["shop/all"].into_iter(), 100),
            "3,000 requests would not be accepted, says the contract\n\n  \
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
        assert_eq!((violations.found.len(), violations.others), (KINDS, 4000));
    }
}

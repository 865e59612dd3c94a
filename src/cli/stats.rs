//! What a run has done, counted: in all, by rule, by error. Its size does not grow with the input.

use std::collections::HashMap;
use std::ops::AddAssign;

use mapwright::{Answer, Outcome};

use super::violations::Violations;

/// Different error messages that are counted one by one; all others are counted together.
const MESSAGES: usize = 1000;

/// Characters of a message that are kept.
const MESSAGE_LENGTH: usize = 200;

/// How many events had which outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Events, that is lines that are not blank.
    pub(super) events: u64,
    /// Requests made.
    pub(super) requests: u64,
    /// Events that a rule dropped.
    pub(super) dropped: u64,
    /// Events that were refused.
    pub(super) refused: u64,
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.events += other.events;
        self.requests += other.requests;
        self.dropped += other.dropped;
        self.refused += other.refused;
    }
}

/// The counts of one thread, or of all of them.
pub(super) struct RunStats {
    /// All events.
    pub(super) all: Counts,
    /// Events by the rule that was used; one more for those that no rule took.
    pub(super) rules: Vec<Counts>,
    /// Refused events by message.
    pub(super) messages: HashMap<String, u64>,
    /// Refused events whose message is not among those.
    pub(super) other_messages: u64,
    /// What the contract found in requests.
    pub(super) violations: Violations,
}

impl RunStats {
    /// Nothing counted yet, for a mapping with `rules` rules.
    pub(super) fn new(rules: usize) -> Self {
        Self {
            all: Counts::default(),
            rules: vec![Counts::default(); rules + 1],
            messages: HashMap::new(),
            other_messages: 0,
            violations: Violations::default(),
        }
    }

    /// Counts an answer, and gives what it counted.
    pub(super) fn add(&mut self, answer: &Answer<'_>) -> Counts {
        match &answer.outcome {
            Outcome::Requests(made) => {
                self.count(answer.rule, Counts { requests: u64::from(*made), ..Counts::default() })
            }
            Outcome::Dropped => self.count(answer.rule, Counts { dropped: 1, ..Counts::default() }),
            Outcome::Refused(refusal) => self.refused(answer.rule, &refusal.message),
        }
    }

    fn refused(&mut self, rule: Option<usize>, message: &str) -> Counts {
        self.message(cut(message), 1);
        self.count(rule, Counts { refused: 1, ..Counts::default() })
    }

    /// Counts one event, with what came of it.
    fn count(&mut self, rule: Option<usize>, outcome: Counts) -> Counts {
        let counts = Counts { events: 1, ..outcome };
        self.all += counts;
        let last = self.rules.len() - 1;
        self.rules[rule.map_or(last, |rule| rule.min(last))] += counts;
        counts
    }

    /// Adds what another thread has counted.
    pub(super) fn merge(&mut self, other: Self) {
        self.all += other.all;
        for (mine, theirs) in self.rules.iter_mut().zip(other.rules) {
            *mine += theirs;
        }
        self.other_messages += other.other_messages;
        self.violations.merge(other.violations);
        for (message, count) in other.messages {
            self.message(&message, count);
        }
    }

    fn message(&mut self, message: &str, count: u64) {
        if let Some(known) = self.messages.get_mut(message) {
            *known += count;
        } else if self.messages.len() < MESSAGES {
            self.messages.insert(message.to_owned(), count);
        } else {
            self.other_messages += count;
        }
    }
}

fn cut(message: &str) -> &str {
    message.char_indices().nth(MESSAGE_LENGTH).map_or(message, |(end, _)| &message[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_add_up() {
        let mut tallies = [RunStats::new(2), RunStats::new(2)];
        for stats in &mut tallies {
            stats.count(Some(1), Counts { requests: 3, ..Counts::default() });
            stats.count(Some(0), Counts { dropped: 1, ..Counts::default() });
            stats.refused(None, "no");
        }
        let [mut stats, other] = tallies;
        stats.merge(other);
        assert_eq!(stats.all, Counts { events: 6, requests: 6, dropped: 2, refused: 2 });
        assert_eq!(stats.rules[1], Counts { events: 2, requests: 6, dropped: 0, refused: 0 });
        assert_eq!(stats.rules[2].refused, 2);
        assert_eq!(stats.messages["no"], 2);
    }

    #[test]
    fn memory_stays_bounded() {
        let mut stats = RunStats::new(0);
        for number in 0..5000 {
            stats.refused(None, &format!("{number} {}", "é".repeat(1000)));
        }
        assert_eq!(stats.messages.len(), MESSAGES);
        assert_eq!(stats.other_messages, 4000);
        assert!(stats.messages.keys().all(|message| message.chars().count() <= MESSAGE_LENGTH));
    }
}

//! The statistics of a run: totals, by rule and by error. Their size is bounded, however long the input is.

use std::collections::HashMap;
use std::ops::AddAssign;

use mapwright::{Answer, Outcome};

use super::violations::Violations;

/// Maximum number of distinct error messages that are counted separately; any others are counted together.
const MAX_MESSAGES: usize = 1000;

/// Longer messages are truncated to this many characters.
const MAX_MESSAGE_CHARS: usize = 200;

/// The number of events and requests, by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct EventCounts {
    /// Events, which are the lines that are not blank.
    pub(super) events: u64,
    /// Requests that were produced.
    pub(super) requests: u64,
    /// Events that were dropped by a rule.
    pub(super) dropped: u64,
    /// Events that were refused.
    pub(super) refused: u64,
}

impl AddAssign for EventCounts {
    fn add_assign(&mut self, other: Self) {
        self.events += other.events;
        self.requests += other.requests;
        self.dropped += other.dropped;
        self.refused += other.refused;
    }
}

/// The statistics of one thread, or of the whole run.
pub(super) struct RunStats {
    /// Counts of all events.
    pub(super) total: EventCounts,
    /// Counts by rule, in the order of the mapping. The last entry is for events that match no rule.
    pub(super) rules: Vec<EventCounts>,
    /// Refused events by message.
    pub(super) messages: HashMap<String, u64>,
    /// Refused events whose message is not in `messages`.
    pub(super) other_messages: u64,
    /// Violations of the contract.
    pub(super) violations: Violations,
    /// Whether a secret in an answer was masked.
    pub(super) masked: bool,
}

impl RunStats {
    /// Empty statistics for a mapping with `rules` rules.
    pub(super) fn new(rules: usize) -> Self {
        Self {
            total: EventCounts::default(),
            rules: vec![EventCounts::default(); rules + 1],
            messages: HashMap::new(),
            other_messages: 0,
            violations: Violations::default(),
            masked: false,
        }
    }

    /// Counts an answer. Returns what was added.
    pub(super) fn add(&mut self, answer: &Answer<'_>) -> EventCounts {
        match &answer.outcome {
            Outcome::Requests(requests) => self
                .count(answer.rule, EventCounts { requests: u64::from(*requests), ..EventCounts::default() }),
            Outcome::Dropped => self.count(answer.rule, EventCounts { dropped: 1, ..EventCounts::default() }),
            Outcome::Refused(refusal) => self.count_refused(answer.rule, &refusal.message),
        }
    }

    fn count_refused(&mut self, rule: Option<usize>, message: &str) -> EventCounts {
        self.count_message(truncate(message), 1);
        self.count(rule, EventCounts { refused: 1, ..EventCounts::default() })
    }

    /// Counts one event with its outcome.
    fn count(&mut self, rule: Option<usize>, outcome: EventCounts) -> EventCounts {
        let counts = EventCounts { events: 1, ..outcome };
        self.total += counts;
        let last = self.rules.len() - 1;
        self.rules[rule.map_or(last, |rule| rule.min(last))] += counts;
        counts
    }

    /// Adds the statistics of another thread.
    pub(super) fn merge(&mut self, other: Self) {
        self.total += other.total;
        for (total, other) in self.rules.iter_mut().zip(other.rules) {
            *total += other;
        }
        self.other_messages += other.other_messages;
        self.violations.merge(other.violations);
        self.masked |= other.masked;
        for (message, count) in other.messages {
            self.count_message(&message, count);
        }
    }

    fn count_message(&mut self, message: &str, count: u64) {
        if let Some(known) = self.messages.get_mut(message) {
            *known += count;
        } else if self.messages.len() < MAX_MESSAGES {
            self.messages.insert(message.to_owned(), count);
        } else {
            self.other_messages += count;
        }
    }
}

fn truncate(message: &str) -> &str {
    message.char_indices().nth(MAX_MESSAGE_CHARS).map_or(message, |(end, _)| &message[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statistics_of_threads_are_added_up() {
        let mut threads = [RunStats::new(2), RunStats::new(2)];
        for stats in &mut threads {
            stats.count(Some(1), EventCounts { requests: 3, ..EventCounts::default() });
            stats.count(Some(0), EventCounts { dropped: 1, ..EventCounts::default() });
            stats.count_refused(None, "no");
        }
        let [mut stats, other] = threads;
        stats.merge(other);
        assert_eq!(stats.total, EventCounts { events: 6, requests: 6, dropped: 2, refused: 2 });
        assert_eq!(stats.rules[1], EventCounts { events: 2, requests: 6, dropped: 0, refused: 0 });
        assert_eq!(stats.rules[2].refused, 2);
        assert_eq!(stats.messages["no"], 2);
    }

    #[test]
    fn memory_stays_bounded() {
        let mut stats = RunStats::new(0);
        for number in 0..5000 {
            stats.count_refused(None, &format!("{number} {}", "é".repeat(1000)));
        }
        assert_eq!(stats.messages.len(), MAX_MESSAGES);
        assert_eq!(stats.other_messages, 4000);
        assert!(stats.messages.keys().all(|message| message.chars().count() <= MAX_MESSAGE_CHARS));
    }
}

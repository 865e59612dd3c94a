//! The summary of a run: totals, a table by rule and a table by error.

use std::time::Duration;

use indicatif::HumanCount;

use mapwright::internal::diag::text::harmless;

use super::numbers::{counted, per_second};
use super::stats::{EventCounts, RunStats};
use super::text_table::{Align, table};

/// Maximum number of errors listed.
const MAX_ERRORS_LISTED: usize = 20;

/// Maximum number of rules listed.
const MAX_RULES_LISTED: usize = 50;

/// The summary of a run that took `time`. `rules` are the addresses of all rules of the mapping, in order.
pub(super) fn summary<'a>(
    stats: &RunStats,
    rules: impl Iterator<Item = &'a str>,
    time: Duration,
    width: usize,
) -> String {
    let EventCounts { events, requests, dropped, refused } = stats.total;
    let mut text = format!(
        "{} in {:.1} s ({}/s): {}, {} dropped, {} refused\n",
        counted(events, "event"),
        time.as_secs_f64(),
        HumanCount(per_second(events, time)),
        counted(requests, "request"),
        HumanCount(dropped),
        HumanCount(refused),
    );
    text.push_str(&by_rule(stats, rules.chain(["(no rule)"]), width));
    text.push_str(&by_error(stats, width));
    text
}

fn by_rule<'a>(stats: &RunStats, rules: impl Iterator<Item = &'a str>, width: usize) -> String {
    let mut used: Vec<(&str, EventCounts)> =
        rules.zip(stats.rules.iter().copied()).filter(|(_, counts)| counts.events > 0).collect();
    if used.is_empty() {
        return String::new();
    }
    let mut unlisted = None;
    if used.len() > MAX_RULES_LISTED {
        // List the rules with the most events, in the order of the mapping.
        let mut by_events: Vec<u64> = used.iter().map(|(_, counts)| counts.events).collect();
        by_events.sort_unstable_by(|a, b| b.cmp(a));
        let (least, mut others) = (by_events[MAX_RULES_LISTED - 1], EventCounts::default());
        let mut remaining = MAX_RULES_LISTED;
        used.retain(|(_, counts)| {
            let listed = counts.events >= least && remaining > 0;
            remaining -= usize::from(listed);
            if !listed {
                others += *counts;
            }
            listed
        });
        unlisted = Some(("(other rules)", others));
    }
    let mut rows = vec![["rule", "events", "requests", "dropped", "refused"].map(str::to_owned).to_vec()];
    rows.extend(used.into_iter().chain(unlisted).map(|(rule, counts)| {
        let figures = [counts.events, counts.requests, counts.dropped, counts.refused];
        std::iter::once(harmless(rule)).chain(figures.iter().map(|n| HumanCount(*n).to_string())).collect()
    }));
    format!(
        "\n{}",
        table(&rows, &[Align::Left, Align::Right, Align::Right, Align::Right, Align::Right], width)
    )
}

fn by_error(stats: &RunStats, width: usize) -> String {
    let mut errors: Vec<(&str, u64)> =
        stats.messages.iter().map(|(message, count)| (message.as_str(), *count)).collect();
    if errors.is_empty() {
        return String::new();
    }
    errors.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let others: u64 =
        errors.iter().skip(MAX_ERRORS_LISTED).map(|(_, count)| count).sum::<u64>() + stats.other_messages;
    errors.truncate(MAX_ERRORS_LISTED);
    if others > 0 {
        errors.push(("(other errors)", others));
    }
    let mut rows = vec![vec!["events".to_owned(), "error".to_owned()]];
    rows.extend(
        errors.iter().map(|(message, count)| vec![HumanCount(*count).to_string(), harmless(message)]),
    );
    format!("\n{}", table(&rows, &[Align::Right, Align::Left], width))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_has_totals_rules_and_errors() {
        let mut stats = RunStats::new(2);
        stats.total = EventCounts { events: 1200, requests: 1190, dropped: 4, refused: 10 };
        stats.rules[1] = EventCounts { events: 1196, requests: 1190, dropped: 4, refused: 6 };
        stats.rules[2] = EventCounts { events: 4, requests: 0, dropped: 0, refused: 4 };
        stats.messages = [("no id".to_owned(), 6), ("not JSON at byte 3\u{1b}".to_owned(), 3)].into();
        stats.other_messages = 1;
        let text = summary(&stats, ["shop/a", "shop/b"].into_iter(), Duration::from_secs(2), 80);
        assert_eq!(
            text,
            "\
1,200 events in 2.0 s (600/s): 1,190 requests, 4 dropped, 10 refused

  rule       events  requests  dropped  refused
  shop/b      1,196     1,190        4        6
  (no rule)       4         0        0        4

  events  error
       6  no id
       3  not JSON at byte 3\\u{1b}
       1  (other errors)
"
        );
    }

    #[test]
    fn many_rules_and_errors_are_cut_short() {
        let mut stats = RunStats::new(500);
        for (number, rule) in stats.rules.iter_mut().enumerate() {
            rule.events = 1 + number as u64 % 7;
        }
        for number in 0..500 {
            stats.messages.insert(format!("error {number}"), number);
        }
        let names: Vec<String> = (0..500).map(|number| format!("shop/{number}")).collect();
        let text = summary(&stats, names.iter().map(String::as_str), Duration::ZERO, 80);
        assert!(text.lines().count() < MAX_RULES_LISTED + MAX_ERRORS_LISTED + 10, "{text}");
        assert!(text.contains("(other rules)") && text.contains("(other errors)"), "{text}");
    }
}

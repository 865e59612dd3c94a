//! Numbers as text for people.

use std::time::Duration;

use indicatif::HumanCount;

/// A count and its noun: `1 file`, `1,200 files`.
pub(super) fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", HumanCount(count), if count == 1 { "" } else { "s" })
}

/// How many of `count` fall into one second when all of them took `time`.
pub(super) fn per_second(count: u64, time: Duration) -> u64 {
    let nanoseconds = time.as_nanos().max(1);
    u64::try_from(u128::from(count) * 1_000_000_000 / nanoseconds).unwrap_or(u64::MAX)
}

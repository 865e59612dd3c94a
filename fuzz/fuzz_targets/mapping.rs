//! The input is a mapping. Loading it neither panics nor hangs, and there is an engine unless there are errors.

#![no_main]

mod memory;

use libfuzzer_sys::fuzz_target;
use mapwright::internal::diag::{Severity, human, json};

fuzz_target!(|text: &str| {
    let loaded = memory::load(text);
    let failed = loaded.findings.iter().any(|found| found.severity == Severity::Error);
    assert_eq!(
        loaded.engine.is_none(),
        failed,
        "there is an engine exactly if there is no error"
    );
    let report = human(&loaded.findings, &loaded.sources, false, Some(100));
    assert_eq!(report.is_empty(), loaded.findings.is_empty());
    let _ = json(&[(&loaded.findings, &loaded.sources)]);
});

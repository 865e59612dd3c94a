//! Any text as a mapping: it loads or it has findings that can be told; it never panics and never hangs.

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
        "a mapping that does not run says why, one with an error has none"
    );
    let told = human(&loaded.findings, &loaded.sources, false, Some(100));
    assert_eq!(told.is_empty(), loaded.findings.is_empty());
    let _ = json(&[(&loaded.findings, &loaded.sources)]);
});

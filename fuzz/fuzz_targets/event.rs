//! The input is a mapping, a line `===`, and events. Every line has an answer in JSON, and the same one when it is
//! transformed again.

#![no_main]

mod memory;

use libfuzzer_sys::fuzz_target;

const SETTINGS: &str = r#"{"siteID":"site-1","apiKey":"key-1","datacenter":"EU","token":"t","n":1}"#;

fuzz_target!(|data: &[u8]| {
    let separator = b"\n===\n";
    let Some(end) = data.windows(separator.len()).position(|window| window == separator) else { return };
    let Ok(mapping) = std::str::from_utf8(&data[..end]) else { return };
    let Some(engine) = memory::load(mapping).engine else { return };
    let settings = engine.settings(SETTINGS).expect("the settings are a map");
    for mut worker in [engine.worker(&settings).expect("settings of this engine"), engine.envelope_worker()] {
        for line in data[end + separator.len()..].split(|byte| *byte == b'\n') {
            let (mut first, mut second) = (Vec::new(), Vec::new());
            worker.line(1, line, &mut first);
            worker.line(1, line, &mut second);
            assert_eq!(first, second, "the same line gives the same bytes");
            assert_eq!(first.last(), Some(&b'\n'), "every line has an answer");
            let text = String::from_utf8(first).expect("answers are UTF-8");
            for answer in text.lines() {
                let answer: serde_json::Value = serde_json::from_str(answer).expect("answers are JSON");
                assert_eq!(answer["line"], 1);
            }
        }
    }
});

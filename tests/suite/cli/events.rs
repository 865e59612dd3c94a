//! `validate --events`: what recorded events know about a mapping.

use crate::cli::run::{Folder, run};

tests![what_events_do_not_know_is_told_and_fails_nothing, events_that_cannot_be_read_are_no_success];

const MAPPING: &str = "\
destination: shop
language: 1
config: { token: { required: no token } }
rules:
  - name: order
    when: { $.event: order completed }
    request:
      endpoint: https://api.example.com
      body: { plan: $.properties.plna }
  - { name: rest, drop: true }
";

fn what_events_do_not_know_is_told_and_fails_nothing() {
    let folder = Folder::new("events");
    let mapping = folder.file("mapping.yaml", MAPPING);
    let event = "{\"event\":\"Order Completed\",\"properties\":{\"plan\":1}}\n";
    let events = folder.file("events.ndjson", format!("{event}no event\n\n{event}"));
    let ran = run(&["validate", "--events", &events, &mapping], "");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for told in ["E804", "E803", "E801", "never `order completed`", "`$.properties.plan`, which 2 have"] {
        assert!(ran.out.contains(told), "{told}: {}", ran.out);
    }
    assert!(ran.err.contains("3 notes"), "{}", ran.err);
    let none = run(&["validate", &mapping], "");
    assert_eq!((none.code, none.out.as_str()), (Some(0), ""));
}

fn events_that_cannot_be_read_are_no_success() {
    let folder = Folder::new("events-missing");
    let mapping = folder.file("mapping.yaml", MAPPING);
    let ran = run(&["validate", "--events", "no/such.ndjson", &mapping], "");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("no/such.ndjson"), "{}", ran.err);
}

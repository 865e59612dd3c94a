//! `validate --events`: comparing a mapping with recorded events.

use crate::cli::run::{Folder, run};

tests![what_does_not_occur_in_the_events_is_a_note, unreadable_events_exit_with_2];

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

fn what_does_not_occur_in_the_events_is_a_note() {
    let folder = Folder::new("events");
    let mapping = folder.file("mapping.yaml", MAPPING);
    let event = "{\"event\":\"Order Completed\",\"properties\":{\"plan\":1}}\n";
    let events = folder.file("events.ndjson", format!("{event}no event\n\n{event}"));
    let ran = run(&["validate", "--events", &events, &mapping], "");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for text in ["E804", "E803", "E801", "never `order completed`", "`$.properties.plan`, which 2 have"] {
        assert!(ran.out.contains(text), "{text}: {}", ran.out);
    }
    assert!(ran.err.contains("3 notes"), "{}", ran.err);
    let none = run(&["validate", &mapping], "");
    assert_eq!((none.code, none.out.as_str()), (Some(0), ""));
}

fn unreadable_events_exit_with_2() {
    let folder = Folder::new("events-missing");
    let mapping = folder.file("mapping.yaml", MAPPING);
    let ran = run(&["validate", "--events", "no/such.ndjson", &mapping], "");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("no/such.ndjson"), "{}", ran.err);
}

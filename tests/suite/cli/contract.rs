//! `--check-contract`: requests that the destination would reject.

use crate::cli::run::{Folder, run};

tests![
    violations_are_reported_and_exit_with_1,
    correct_requests_exit_with_0,
    a_mapping_without_a_contract_is_an_error,
    the_verb_test_checks_the_contract_on_request,
    a_number_too_large_for_a_schema_violates_the_contract
];

const MAPPING: &str = "\
destination: shop
language: 1
contract:
  hosts: { all: https://api.example.com }
  endpoints:
    track:
      method: POST
      path: /track
      body: { required: [name], properties: { name: { maxBytes: 5 }, at: { type: integer, seconds: true } } }
rules:
  - name: track
    request:
      endpoint: https://api.example.com/track
      body: $.properties
";

const EVENTS: &str = r#"{"properties":{"name":"short","at":1700000000}}
{"properties":{"name":"much too long"}}
not json
{"properties":{"at":1700000000000}}
{"properties":{"name":"far far too long"}}
"#;

fn violations_are_reported_and_exit_with_1() {
    let folder = Folder::new("contract");
    let mapping = folder.file("mapping.yaml", MAPPING);
    let plain = run(&["transform", "--mapping", &mapping], EVENTS);
    assert_eq!(plain.code, Some(0), "{}", plain.err);
    for threads in ["1", "3"] {
        let ran =
            run(&["transform", "--mapping", &mapping, "--check-contract", "--threads", threads], EVENTS);
        assert_eq!(ran.code, Some(1), "{}", ran.err);
        let contracts: Vec<_> = ran.answers().iter().map(|answer| answer["contract"].to_string()).collect();
        assert_eq!(
            contracts,
            [
                "null",
                r#"["D603 body.name: has 13 bytes and may have 5"]"#,
                "null",
                r#"["D607 body.at: must be seconds since 1970; this number looks like milliseconds","D619 body: needs `name`"]"#,
                r#"["D603 body.name: has 16 bytes and may have 5"]"#,
            ]
        );
        assert!(ran.err.starts_with("3 requests would be rejected"), "{}", ran.err);
        assert!(
            ran.err.contains("2  D603  shop/track/body.name  has too many bytes and may have 5\n"),
            "values of different lengths are counted as one violation: {}",
            ran.err
        );
        let mut bare = ran.answers();
        for answer in &mut bare {
            answer.as_object_mut().expect("a map").remove("contract");
        }
        assert_eq!(bare, plain.answers(), "nothing else changes");
    }
}

fn correct_requests_exit_with_0() {
    let folder = Folder::new("contract-good");
    let mapping = folder.file("mapping.yaml", MAPPING);
    let ran = run(
        &["transform", "--mapping", &mapping, "--check-contract"],
        EVENTS.lines().next().expect("a line"),
    );
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
}

fn a_mapping_without_a_contract_is_an_error() {
    let folder = Folder::new("contract-none");
    let rules = MAPPING.split_once("rules:").expect("there are rules").1;
    let mapping = folder.file("mapping.yaml", format!("destination: shop\nlanguage: 1\nrules:{rules}"));
    let ran = run(&["transform", "--mapping", &mapping, "--check-contract"], "");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("names no `contract:`"), "{}", ran.err);
}

fn the_verb_test_checks_the_contract_on_request() {
    let folder = Folder::new("contract-cases");
    let mapping = folder.file("mapping.yaml", MAPPING);
    let (events, snapshots) = (folder.path("events"), folder.path("snapshots"));
    std::fs::create_dir_all(&events).expect("a folder");
    folder.file("events/good.json", r#"{"properties":{"name":"short"}}"#);
    folder.file("events/long.json", r#"{"properties":{"name":"much too long"}}"#);
    let test = |more: &[&str]| {
        let args = ["test", "--mapping", &mapping, "--events", &events, "--snapshots", &snapshots];
        run(&[&args, more].concat(), "")
    };
    assert_eq!(test(&["--accept"]).code, Some(0));
    assert_eq!(test(&[]).code, Some(0));
    for more in [&["--check-contract"][..], &["--check-contract", "--accept"]] {
        let ran = test(more);
        assert_eq!(ran.code, Some(1), "{} {}", ran.out, ran.err);
        let printed = ran.out + &ran.err;
        assert!(printed.contains("D603 body.name: has 13 bytes and may have 5"), "{printed}");
        assert!(printed.contains("1 passed") && printed.contains("1 violating the contract"), "{printed}");
    }
}

fn a_number_too_large_for_a_schema_violates_the_contract() {
    let folder = Folder::new("contract-large");
    let mapping = folder.file("mapping.yaml", MAPPING);
    let event = r#"{"properties":{"name":"much too long","at":1e999}}"#;
    let ran = run(&["transform", "--mapping", &mapping, "--check-contract"], event);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.out.contains("D617 body: contains a number too large"), "{}", ran.out);

    let large = MAPPING.replace("maxBytes: 5", "const: 1e999");
    let large = folder.file("large.yaml", large);
    let ran = run(&["validate", &large], "");
    assert_eq!(ran.code, Some(1), "{}", ran.out);
    assert!(ran.out.contains("D630") && ran.out.contains("this number is too large"), "{}", ran.out);
}

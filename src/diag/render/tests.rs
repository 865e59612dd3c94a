//! Tests of the renderers.

use super::{github, human, json, sarif};
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::source::{FileId, Sources, Span};

fn sources() -> (Sources, FileId, FileId) {
    let mut sources = Sources::default();
    let a = sources.add("a.yaml", "größe: x\nrule: []\nend: 1\n");
    let b = sources.add("b:c,d.yaml", "first: 1\n");
    (sources, a, b)
}

fn span(file: FileId, start: u32, end: u32) -> Span {
    Span { file, start, end }
}

fn diagnostics(a: FileId, b: FileId) -> Vec<Diagnostic> {
    vec![
        Diagnostic::new(Code::UnknownKey, span(a, 11, 15), "unknown key `rule`; did you mean `rules`?")
            .label("not known")
            .related(span(a, 0, 7), "the first key")
            .related(span(b, 0, 5), "the base")
            .help("the keys\nare many")
            .fix(span(a, 11, 15), "rules"),
        Diagnostic::new(Code::YesOrNo, span(a, 9, 10), "100% text"),
    ]
}

#[test]
fn text_output_shows_the_source_lines() {
    let (sources, a, b) = sources();
    let text = human(&diagnostics(a, b), &sources, false, Some(100));
    let expected = "\
error[S101 unknown-key]: unknown key `rule`; did you mean `rules`?
 --> a.yaml:2:1
  |
1 | größe: x
  | ----- the first key
2 | rule: []
  | ^^^^ not known
  |
 ::: b:c,d.yaml:1:1
  |
1 | first: 1
  | ----- the base
  |
  = help: the keys
          are many
help: suggested fix
  |
2 | rules: []
  |     +

warning[Y005 yes-or-no]: 100% text
 --> a.yaml:1:8
  |
1 | größe: x
  |        ^
";
    assert_eq!(text, expected, "{text}");
    assert!(human(&diagnostics(a, b), &sources, true, None).contains("\u{1b}["));
    assert_eq!(human(&[], &sources, false, None), "");
}

#[test]
fn a_long_line_is_truncated_around_the_position() {
    let mut sources = Sources::default();
    let file = sources.add(
        "long.yaml",
        format!("a: {}ß\nb: {}here{}\n", "x".repeat(50), "ü".repeat(2000), "y".repeat(2000)),
    );
    let start = u32::try_from(sources.text(file).find("here").expect("it is there")).expect("small");
    let text = human(
        &[Diagnostic::new(Code::UnknownKey, span(file, start, start + 4), "m")],
        &sources,
        false,
        Some(400),
    );
    assert!(text.contains("--> long.yaml:2:2004\n"), "{text}");
    assert!(text.contains("üherey") && text.contains("^^^^") && text.len() < 1500, "{text}");
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let mut sources = Sources::default();
    let file = sources.add("e\u{1b}.yaml", "a\u{1b}[31m: \u{202e}\u{9b}x\n");
    let diagnostic = Diagnostic::new(Code::UnknownKey, span(file, 0, 1), "m\u{1b}[0m\u{9b}")
        .help("h\u{1b}")
        .label("l\u{1b}");
    assert!(!human(&[diagnostic], &sources, false, None).contains(['\u{1b}', '\u{202e}', '\u{9b}']));
}

#[test]
fn json_output_has_one_object_per_diagnostic() {
    let (sources, a, b) = sources();
    let value: serde_json::Value =
        serde_json::from_str(&json(&[(&diagnostics(a, b), &sources)])).expect("JSON");
    assert_eq!(value[0]["code"], "S101");
    assert_eq!(value[0]["severity"], "error");
    assert_eq!(value[0]["related"][1]["file"], "b:c,d.yaml");
    assert_eq!(
        value[0]["fix"],
        serde_json::json!({
            "file": "a.yaml", "line": 2, "column": 1, "end_line": 2, "end_column": 5, "text": "rules",
        })
    );
    assert_eq!(
        (&value[1]["line"], &value[1]["column"], &value[1]["end_column"]),
        (&1.into(), &8.into(), &9.into())
    );
    assert_eq!(value[1]["help"], serde_json::Value::Null);
    assert_eq!(json(&[(&[], &sources)]), "[]\n");
}

#[test]
fn sarif_results_refer_to_their_rules() {
    let (sources, a, b) = sources();
    let value: serde_json::Value =
        serde_json::from_str(&sarif(&[(&diagnostics(a, b), &sources)])).expect("JSON");
    let run = &value["runs"][0];
    assert_eq!(run["tool"]["driver"]["rules"][1]["id"], "Y005");
    assert_eq!(run["results"][1]["ruleIndex"], 1);
    assert_eq!(run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"], 2);
    assert_eq!(
        run["results"][0]["relatedLocations"][1]["physicalLocation"]["artifactLocation"]["uri"],
        "b%3Ac,d.yaml"
    );
    assert_eq!(
        run["results"][0]["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"],
        "rules"
    );
}

#[test]
fn workflow_commands_are_escaped() {
    let (sources, a, b) = sources();
    let mut diagnostics = diagnostics(a, b);
    diagnostics.push(Diagnostic::new(Code::UnknownKey, span(b, 0, 5), "x"));
    diagnostics.push(Diagnostic::new(Code::UnknownKey, span(a, 0, 15), "two lines"));
    assert_eq!(
        github(&[(&diagnostics, &sources)]),
        "::error file=a.yaml,line=2,endLine=2,col=1,endColumn=5,title=S101 unknown-key::unknown key `rule`; did you mean `rules`?%0Athe keys%0Aare many\n\
         ::warning file=a.yaml,line=1,endLine=1,col=8,endColumn=9,title=Y005 yes-or-no::100%25 text\n\
         ::error file=b%3Ac%2Cd.yaml,line=1,endLine=1,col=1,endColumn=6,title=S101 unknown-key::x\n\
         ::error file=a.yaml,line=1,endLine=2,title=S101 unknown-key::two lines\n"
    );
}

#[test]
fn an_annotation_on_several_lines_has_no_columns() {
    let (sources, a, _) = sources();
    let diagnostics = [Diagnostic::new(Code::UnknownKey, span(a, 11, 24), "x")];
    assert_eq!(
        github(&[(&diagnostics, &sources)]),
        "::error file=a.yaml,line=2,endLine=3,title=S101 unknown-key::x\n"
    );
}

#[test]
fn a_position_after_the_last_line_break_is_rendered() {
    for text in ["a: b\r\r?\r\r", "a: b\r\n", "a: b\n\n", "\r"] {
        let mut sources = Sources::default();
        let file = sources.add("m.yaml", text);
        let end = u32::try_from(text.len()).expect("short");
        for start in 0..=end {
            let rendered = human(
                &[Diagnostic::new(Code::UnknownKey, span(file, start, end), "m")],
                &sources,
                false,
                None,
            );
            assert!(rendered.contains("m.yaml:"), "{rendered}");
        }
    }
}

#[test]
fn annotations_are_aligned_with_wide_characters() {
    let mut sources = Sources::default();
    let text = "名前: 👩\u{200d}💻🎉 x\n";
    let file = sources.add("wide.yaml", text);
    let offset = |part: &str| u32::try_from(text.find(part).expect("the text contains it")).expect("small");
    let diagnostics = [
        Diagnostic::new(Code::UnknownKey, span(file, 0, offset(":")), "m"),
        Diagnostic::new(Code::UnknownKey, span(file, offset("x"), offset("x") + 1), "m"),
    ];
    let rendered = human(&diagnostics, &sources, false, Some(100));
    let carets: Vec<usize> = rendered.lines().filter_map(|line| line.find('^')).collect();
    let line = rendered.lines().find(|line| line.contains('x')).expect("the line");
    let column =
        |part: &str| crate::diag::text::columns(&line[..line.find(part).expect("the text contains it")]);
    assert_eq!(carets, [column("名"), column("x")], "{rendered}");
    assert!(rendered.contains("^^^^\n"), "{rendered}");
}

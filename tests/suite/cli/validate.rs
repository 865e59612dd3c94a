//! `validate`: what is reported, on which stream, and what is fixed.

use crate::cli::run::{Folder, SHOP, run};

tests![
    a_correct_mapping_has_no_findings,
    findings_are_on_standard_output_and_exit_with_1,
    a_folder_stands_for_its_mappings_and_other_files_are_reported,
    one_unreadable_file_does_not_hide_the_others,
    findings_in_a_shared_file_are_reported_once,
    a_fix_changes_only_the_misspelt_name
];

const GOOD: &str = "destination: shop\nlanguage: 1\nrules:\n  - { name: page, when: { $.type: page }, drop: true }\n  - { name: rest, fail: unknown }\n";

fn a_correct_mapping_has_no_findings() {
    let ran = run(&["validate", SHOP], "");
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{}", ran.err);
    assert_eq!(ran.err, "2 files, nothing found\n");
}

fn findings_are_on_standard_output_and_exit_with_1() {
    let folder = Folder::new("findings");
    let wrong = folder.file("wrong.yaml", GOOD.replace("rules:", "rulse:"));
    let ran = run(&["validate", &wrong, SHOP], "");
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.out.contains("rulse") && ran.out.contains("wrong.yaml:3:1"), "{}", ran.out);
    assert!(ran.err.contains("error") && ran.err.contains(" in 3 files"), "{}", ran.err);
    for format in ["json", "sarif", "github"] {
        let ran = run(&["validate", "--format", format, &wrong, SHOP], "");
        assert_eq!(ran.code, Some(1), "{}", ran.err);
        assert!(ran.out.contains("wrong.yaml"), "{format}: {}", ran.out);
        if format == "sarif" {
            serde_json::from_str::<serde_json::Value>(&ran.out).expect("one JSON document for all files");
        }
    }
}

fn a_folder_stands_for_its_mappings_and_other_files_are_reported() {
    let ran = run(&["validate", "tests/cli/folder"], "");
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{}", ran.err);
    assert_eq!(
        ran.err,
        "2 files, nothing found\n\
         not checked: `tests/cli/folder/unused.yml` is not a mapping, and no mapping here includes it\n"
    );
    let ran = run(&["validate", "tests/cli/folder/common"], "");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("there is no mapping in the folder `tests/cli/folder/common`"), "{}", ran.err);
}

fn one_unreadable_file_does_not_hide_the_others() {
    let folder = Folder::new("others");
    let wrong = folder.file("wrong.yaml", GOOD.replace("rules:", "rulse:"));
    let ran = run(&["validate", "no/such.yaml", &wrong], "");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("cannot read the mapping `no/such.yaml`"), "{}", ran.err);
    assert!(ran.out.contains("rulse"), "{}", ran.out);
}

fn findings_in_a_shared_file_are_reported_once() {
    let folder = Folder::new("once");
    let include = GOOD.replace("rules:", "include: [part.yaml]\nrules:");
    folder.file("part.yaml", "feilds:\n  user_id: $.userId\n");
    let (one, two) = (folder.file("one.yaml", &include), folder.file("two.yaml", &include));
    let alone = run(&["validate", &one], "");
    let both = run(&["validate", &one, &two], "");
    assert_eq!((alone.code, both.code), (Some(1), Some(1)));
    assert_eq!(alone.out, both.out);
}

fn a_fix_changes_only_the_misspelt_name() {
    let folder = Folder::new("fix");
    let wrong =
        folder.file("wrong.yaml", format!("# a comment\r\n{}", GOOD.replace("rules:", "rulse:   # note")));
    let ran = run(&["validate", "--fix", &wrong], "");
    assert_eq!(ran.code, Some(0), "{} {}", ran.out, ran.err);
    assert_eq!(
        folder.text("wrong.yaml"),
        format!("# a comment\r\n{}", GOOD.replace("rules:", "rules:   # note"))
    );
    assert!(ran.err.contains("fixed: `rulse` is now `rules`"), "{}", ran.err);
    let again = run(&["validate", "--fix", &wrong], "");
    assert_eq!((again.code, again.err.as_str()), (Some(0), "1 file, nothing found\n"));
}

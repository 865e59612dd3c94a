//! `new`: the mapping it creates has no findings and turns the example events into requests.

use crate::cli::run::{Folder, Ran, command, run};

tests![
    the_mapping_is_valid_and_maps_its_events,
    it_includes_the_shared_fields_if_they_exist,
    a_shared_file_without_those_fields_is_not_included,
    existing_files_are_not_overwritten,
    a_name_with_other_characters_is_rejected,
    the_printed_commands_work
];

const KINDS: [&str; 6] = ["identify", "track", "page", "screen", "group", "alias"];

fn new(folder: &Folder, name: &str) -> Ran {
    run(&["new", name, "--dir", &folder.path("")], "")
}

/// Checks that the mapping is valid and turns its events into requests.
fn check_project(folder: &Folder) {
    let mapping = folder.path("mappings/acme.yaml");
    let checked = run(&["validate", "--deny", "warnings", &mapping], "");
    assert_eq!((checked.code, checked.out.as_str()), (Some(0), ""), "{}", checked.err);
    assert!(checked.err.ends_with("nothing found\n"), "{}", checked.err);
    let settings = folder.path("tests/events/acme/settings.json");
    let events = KINDS.map(|kind| folder.path(&format!("tests/events/acme/{kind}/first.json")));
    let mut args = vec!["transform", "--mapping", &mapping, "--config", &settings];
    args.extend(events.iter().map(String::as_str));
    let ran = run(&args, "");
    let answers = ran.answers();
    assert_eq!(answers.len(), KINDS.len(), "{}{}", ran.out, ran.err);
    for (kind, answer) in KINDS.iter().zip(&answers) {
        assert_eq!(answer["statusCode"], 200, "{kind}: {answer}");
        let body = answer["output"]["body"]["JSON"].as_object().expect("a body");
        assert!(body.len() >= 2, "{kind}: {answer}");
    }
    let names: Vec<_> =
        answers[1..4].iter().map(|answer| &answer["output"]["body"]["JSON"]["name"]).collect();
    assert_eq!(names, ["Order Completed", "Viewed Pricing Page", "Viewed Cart Screen"]);
}

fn the_mapping_is_valid_and_maps_its_events() {
    let folder = Folder::new("new-own");
    let ran = new(&folder, "acme");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{}", ran.out);
    assert!(!folder.text("mappings/acme.yaml").contains("include:"));
    check_project(&folder);
}

fn it_includes_the_shared_fields_if_they_exist() {
    let folder = Folder::new("new-shared");
    std::fs::create_dir_all(folder.path("mappings/common")).expect("a folder");
    folder.file("mappings/common/fields.yaml", include_str!("../../../mappings/common/fields.yaml"));
    assert_eq!(new(&folder, "acme").code, Some(0));
    assert!(folder.text("mappings/acme.yaml").contains("\ninclude: [common/fields.yaml]"));
    check_project(&folder);
}

fn a_shared_file_without_those_fields_is_not_included() {
    let folder = Folder::new("new-other");
    std::fs::create_dir_all(folder.path("mappings/common")).expect("a folder");
    folder.file("mappings/common/fields.yaml", "fields:\n  type: $.type\n  traits_of_mine: $.traits\n");
    assert_eq!(new(&folder, "acme").code, Some(0));
    check_project(&folder);
}

fn existing_files_are_not_overwritten() {
    let folder = Folder::new("new-again");
    assert_eq!(new(&folder, "acme").code, Some(0));
    folder.file("mappings/acme.yaml", "mine");
    let ran = new(&folder, "acme");
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("acme.yaml` already exists and was not changed"), "{}", ran.err);
    assert_eq!(folder.text("mappings/acme.yaml"), "mine");
    std::fs::remove_file(folder.path("mappings/acme.yaml")).expect("it is removed");
    let ran = new(&folder, "acme");
    assert!(ran.err.contains("events/acme` already exists"), "{}", ran.err);
    assert!(!std::path::Path::new(&folder.path("mappings/acme.yaml")).exists());
}

fn a_name_with_other_characters_is_rejected() {
    let folder = Folder::new("new-names");
    for name in ["", "Acme", "../acme", "a/b", "a b", "9lives", "acmé", "-x"] {
        let ran = run(&["new", "--dir", &folder.path(""), "--", name], "");
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{name}");
        assert!(ran.err.contains("cannot be the name of a mapping"), "{name}: {}", ran.err);
    }
    assert_eq!(std::fs::read_dir(folder.path("")).expect("the folder").count(), 0);
}

fn the_printed_commands_work() {
    let folder = Folder::new("new-next");
    let printed = new(&folder, "acme").out;
    let commands: Vec<_> = printed.lines().filter_map(|line| line.strip_prefix("  mapwright ")).collect();
    assert_eq!(commands.len(), 3, "{printed}");
    assert!(printed.contains(&format!("  cd {}", folder.path(""))), "{printed}");
    for line in &commands[..2] {
        let args: Vec<_> = line.split(' ').collect();
        let output = command(&args).current_dir(folder.path("")).output().expect("it runs");
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

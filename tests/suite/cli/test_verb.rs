//! `test`: what is compared, reported and written.

use std::path::Path;

use crate::cli::run::{Folder, Ran, command};

tests![
    accepted_results_pass,
    a_change_is_reported_with_its_explanation,
    a_different_rule_is_explained,
    a_change_can_be_accepted,
    a_new_event_is_reported,
    snapshots_without_an_event_are_rejected_reported_or_deleted,
    junit_and_github_formats_report_the_same_result,
    secrets_are_never_printed,
    unreadable_files_exit_with_2
];

const MAPPING: &str = "destination: shop
language: 1
config:
  key: { required: the key is missing }
rules:
  - name: hello
    when: { $.type: identify }
    request:
      endpoint: https://api.shop.example/people
      headers: { Authorization: \"Bearer {{ config.key }}\" }
      body:
        id: $.userId
        mail: $.traits.email
        tags: [a, \"<b> & c\"]
  - { name: rest, fail: \"{{ event.type }} is not known\" }
";

/// A project with two accepted events.
struct Project(Folder);

impl Project {
    fn new(name: &str) -> Self {
        let folder = Folder::new(name);
        for part in ["mappings", "tests/events/shop/identify"] {
            std::fs::create_dir_all(folder.path(part)).expect("a folder");
        }
        folder.file("mappings/shop.yaml", MAPPING);
        folder.file("tests/events/shop/settings.json", "{\"key\":\"s3cret-key\"}");
        let project = Self(folder);
        project.event(
            "identify/with-mail",
            "{\"type\":\"identify\",\"userId\":\"u1\",\"traits\":{\"email\":\"a@example.com\"}}",
        );
        project.event("identify/other", "{\"type\": \"order\"}");
        let ran = project.run(&["--accept"]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
        project
    }

    fn event(&self, name: &str, text: &str) {
        self.0.file(&format!("tests/events/shop/{name}.json"), text);
    }

    fn change(&self, from: &str, to: &str) {
        assert!(MAPPING.contains(from), "{from}");
        self.0.file("mappings/shop.yaml", MAPPING.replace(from, to));
    }

    fn run(&self, args: &[&str]) -> Ran {
        let output =
            command(&[&["test"], args].concat()).current_dir(self.0.path("")).output().expect("a run");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    fn has(&self, name: &str) -> bool {
        Path::new(&self.0.path(&format!("snapshots/events/shop/{name}"))).exists()
    }

    fn snapshot(&self, name: &str) -> String {
        self.0.text(&format!("snapshots/events/shop/{name}"))
    }
}

fn accepted_results_pass() {
    let project = Project::new("test-pass");
    let ran = project.run(&[]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "2 passed, 0 changed, 0 new, 0 unreferenced\n"));
    let snapshot = project.snapshot("identify/with-mail.snap");
    assert_eq!(
        snapshot,
        "---\ndescription: with mail (identify)\n\
         input_file: tests/events/shop/identify/with-mail.json\n---\n\
         POST https://api.shop.example/people\nheaders: {\n  \"Authorization\": \"Bearer ‹key›\"\n}\n\
         body.JSON: {\n  \"id\": \"u1\",\n  \"mail\": \"a@example.com\",\n  \"tags\": [\n    \"a\",\n    \"<b> & c\"\n  ]\n}\n"
    );
    let named = project.run(&["--mapping", "mappings/shop.yaml"]);
    assert_eq!((named.code, named.out), (Some(0), ran.out));
}

fn a_change_is_reported_with_its_explanation() {
    let project = Project::new("test-change");
    project.change("mail: $.traits.email", "mail: { from: $.traits.email, transform: uppercase }");
    let ran = project.run(&[]);
    assert_eq!(ran.code, Some(1));
    for part in [
        "changed: shop/identify/with-mail\n",
        "  -   \"mail\": \"a@example.com\",\n  +   \"mail\": \"A@EXAMPLE.COM\",\n",
        "  body.mail = \"A@EXAMPLE.COM\"  { from: $.traits.email, transform: uppercase }\n",
        "shop/hello/body.mail  mappings/shop.yaml:13\n",
        "    uppercase: \"a@example.com\" → \"A@EXAMPLE.COM\"\n",
        "\n1 passed, 1 changed, 0 new, 0 unreferenced\n",
    ] {
        assert!(ran.out.contains(part), "{part}\n{}", ran.out);
    }
    assert!(!ran.out.contains("body.id ="), "only what changed is explained:\n{}", ran.out);
    assert!(project.snapshot("identify/with-mail.snap.new").contains("A@EXAMPLE.COM"));
    assert!(project.snapshot("identify/with-mail.snap").contains("a@example.com"));

    // Reverting the mapping removes the pending snapshot.
    project.0.file("mappings/shop.yaml", MAPPING);
    assert_eq!(project.run(&[]).code, Some(0));
    assert!(!project.has("identify/with-mail.snap.new"), "the pending snapshot is removed");
}

fn a_different_rule_is_explained() {
    let project = Project::new("test-rule");
    project.change("{ $.type: identify }", "{ $.type: identified }");
    let ran = project.run(&[]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("+ error: \"identify is not known\""), "{}", ran.out);
    assert!(ran.out.contains("$.type equals \"identified\": it is \"identify\""), "{}", ran.out);
    assert!(!ran.out.contains("no longer set"), "a refused event has no values:\n{}", ran.out);
}

fn a_change_can_be_accepted() {
    let project = Project::new("test-accept");
    project.change("id: $.userId", "person: $.userId");
    assert_eq!(project.run(&[]).code, Some(1));
    let ran = project.run(&["--accept"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(
        ran.out.ends_with("1 passed, 1 changed, 0 new, 0 unreferenced\n1 snapshot written\n"),
        "{}",
        ran.out
    );
    assert!(project.snapshot("identify/with-mail.snap").contains("\"person\": \"u1\""));
    assert!(!project.has("identify/with-mail.snap.new"));
    assert_eq!(project.run(&[]).code, Some(0));
}

fn a_new_event_is_reported() {
    let project = Project::new("test-new");
    project.event("identify/third", "{\"type\":\"identify\",\"userId\":\"u3\"}");
    let ran = project.run(&[]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.out.contains("new: shop/identify/third\n  + POST https://api.shop.example/people\n"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("2 passed, 0 changed, 1 new, 0 unreferenced\n"), "{}", ran.out);
    assert!(project.has("identify/third.snap.new") && !project.has("identify/third.snap"));
    assert_eq!(project.run(&["--accept"]).code, Some(0));
    assert!(project.has("identify/third.snap"));
}

fn snapshots_without_an_event_are_rejected_reported_or_deleted() {
    let project = Project::new("test-lost");
    project.0.file("snapshots/events/shop/identify/lost.snap", "---\n---\nx\n");
    for (args, code) in [(&[][..], 1), (&["--unreferenced", "warn"], 0), (&["--unreferenced=reject"], 1)] {
        let ran = project.run(args);
        assert_eq!(ran.code, Some(code), "{args:?}");
        assert!(
            ran.out.contains("without an event: snapshots/events/shop/identify/lost.snap"),
            "{}",
            ran.out
        );
        assert!(ran.out.ends_with("2 passed, 0 changed, 0 new, 1 unreferenced\n"), "{}", ran.out);
        assert!(project.has("identify/lost.snap"));
    }
    assert_eq!(project.run(&["--unreferenced", "delete"]).code, Some(0));
    assert!(!project.has("identify/lost.snap") && project.has("identify/other.snap"));
}

fn junit_and_github_formats_report_the_same_result() {
    let project = Project::new("test-formats");
    project.change("mail: $.traits.email", "mail: \"<{{ event.traits.email }}> 100%\"");
    project.0.file("snapshots/events/shop/identify/lost.snap", "---\n---\nx\n");
    let ran = project.run(&["--format", "junit"]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(ran.out.matches("<testcase ").count(), 3, "{}", ran.out);
    assert!(
        ran.out.contains("<testsuite name=\"mappings/shop.yaml\" tests=\"3\" failures=\"2\" errors=\"0\">"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("name=\"identify/other\" file=\"tests/events/shop/identify/other.json\"/>"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("+   &quot;mail&quot;: &quot;&lt;a@example.com&gt; 100%&quot;,"), "{}", ran.out);
    assert!(!ran.out.contains("<a@") && ran.err.contains("1 passed, 1 changed"), "{ran:?}");

    let ran = project.run(&["--format", "github"]);
    assert_eq!(ran.code, Some(1));
    let lines: Vec<&str> = ran.out.lines().collect();
    let [changed, lost] = lines[..] else { panic!("two annotations: {}", ran.out) };
    let head = "::error file=snapshots/events/shop/identify/with-mail.snap,line=11,title=changed%3A shop/identify/with-mail::";
    assert!(changed.starts_with(head), "{changed}");
    assert!(
        changed.contains("%0A-   \"mail\": \"a@example.com\",%0A+   \"mail\": \"<a@example.com> 100%25\","),
        "{changed}"
    );
    let line = project.snapshot("identify/with-mail.snap").lines().nth(10).map(str::to_owned);
    assert_eq!(
        line.as_deref(),
        Some("  \"mail\": \"a@example.com\","),
        "the annotation is on the line that changed"
    );
    assert!(lost.starts_with("::error file=snapshots/events/shop/identify/lost.snap,line=1,"), "{lost}");
}

fn secrets_are_never_printed() {
    let project = Project::new("test-secrets");
    project.change("Bearer {{ config.key }}", "Basic {{ config.key | base64 }}");
    for format in ["text", "junit", "github"] {
        let ran = project.run(&["--format", format]);
        assert_eq!(ran.code, Some(1));
        let printed = ran.out + &ran.err + &project.snapshot("identify/with-mail.snap.new");
        assert!(printed.contains("base64(‹key›)"), "{printed}");
        for secret in ["s3cret-key", "czNjcmV0LWtleQ=="] {
            assert!(!printed.contains(secret), "{printed}");
        }
    }
}

fn unreadable_files_exit_with_2() {
    let project = Project::new("test-unreadable");
    project.event("identify/broken", "{\"type\":");
    let ran = project.run(&[]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.out.contains("unreadable: shop/identify/broken"), "{}", ran.out);
    assert!(ran.out.ends_with("2 passed, 0 changed, 0 new, 0 unreferenced, 1 unreadable\n"), "{}", ran.out);
    let ran = project.run(&["--mapping", "mappings/shop.yaml", "--events", "nowhere"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (Some(2), "error: the folder of events `nowhere` does not exist\n")
    );
    let ran = project.run(&["--mapping", "mappings/nothing.yaml", "--events", "tests/events/shop"]);
    assert_eq!(ran.code, Some(2));
    assert_eq!(project.run(&["--events", "tests/events/shop"]).code, Some(2), "--events needs --mapping");
}

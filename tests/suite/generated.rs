//! The generated pages and the schema of the language are up to date.

tests![generated_pages_are_up_to_date];

fn generated_pages_are_up_to_date() {
    let mut outdated = Vec::new();
    for page in xtask::pages() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(page.path);
        let written = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        let same = written.lines().zip(page.text.lines()).take_while(|(old, new)| old == new).count();
        if written != page.text {
            outdated.push(format!("{} is out of date from line {}", page.path, same + 1));
        }
    }
    assert!(outdated.is_empty(), "{}: run `cargo xtask docs`", outdated.join(", "));
}

//! Files that are not text with one event per line: read where that is possible, otherwise an error that says what they are.

use std::io::Write;

use crate::cli::run::{Folder, Ran, SETTINGS, SHOP, command, run};

tests![
    a_file_that_is_something_else_is_named_with_the_remedy,
    events_compressed_with_gzip_are_read,
    a_damaged_archive_is_an_error,
    one_broken_line_does_not_hide_the_others,
    a_test_with_another_file_is_told_what_it_is,
    settings_in_utf16_are_named
];

const EVENT: &str = r#"{"type":"identify","userId":"u1"}"#;

/// Files, what is said of each, and the command that converts it.
fn others() -> Vec<(&'static str, Vec<u8>, &'static str, &'static str)> {
    let utf16 = |bytes: fn(u16) -> [u8; 2], mark: &[u8]| {
        [mark.to_vec(), format!("{EVENT}\n{EVENT}\n").encode_utf16().flat_map(bytes).collect()].concat()
    };
    let text = |text: String| text.into_bytes();
    vec![
        ("array.json", text(format!("[{EVENT},{EVENT}]")), "a JSON array", "jq -c '.[]'"),
        ("array.ndjson", text(format!("[\n  {EVENT},\n  {EVENT}\n]\n")), "a JSON array", "jq -c '.[]'"),
        ("lines.json", text(format!("[{EVENT},\n{EVENT}]\n")), "a JSON array", "jq -c '.[]'"),
        ("two.json", text("{\n  \"type\": \"page\"\n}\n".repeat(2)), "pretty-printed JSON", "jq -c ."),
        ("le.json", utf16(u16::to_le_bytes, b"\xff\xfe"), "UTF-16", "iconv -f UTF-16 -t UTF-8"),
        ("be.ndjson", utf16(u16::to_be_bytes, b"\xfe\xff"), "UTF-16", "iconv -f UTF-16 -t UTF-8"),
        ("le-unmarked.ndjson", utf16(u16::to_le_bytes, b""), "UTF-16", "iconv -f UTF-16LE -t UTF-8"),
        ("zst.json", b"\x28\xb5\x2f\xfd\x00\x00".to_vec(), "compressed with zstd", "zstd -dc"),
        ("zip.json", b"PK\x03\x04\x00\x00".to_vec(), "a ZIP archive", "unzip -p"),
    ]
}

fn of_input(verb: &str, file: &str, input: &[u8]) -> Ran {
    match verb {
        "validate" => run(&["validate", "--events", file, SHOP], input),
        _ => run(&[verb, "--mapping", SHOP, "--config", SETTINGS, file], input),
    }
}

fn a_file_that_is_something_else_is_named_with_the_remedy() {
    let folder = Folder::new("formats");
    for (name, bytes, is, command) in others() {
        let file = folder.file(name, &bytes);
        for verb in ["transform", "explain", "validate"] {
            for (input, remedy) in [
                (file.as_str(), format!("convert it with `{command} {file}`")),
                ("-", format!("pipe it through `{command}`")),
            ] {
                let ran = of_input(verb, input, &bytes);
                assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{verb} {name}: {ran:?}");
                assert!(ran.err.contains(is) && ran.err.contains(&remedy), "{verb} {name}: {}", ran.err);
                assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
            }
        }
    }
    let table = "type,userId,email\nidentify,u1,a@b.example\n";
    let ran = of_input("transform", "-", table.as_bytes());
    assert!(ran.code == Some(2) && ran.err.contains("a table (CSV)"), "{ran:?}");
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(text).and_then(|()| encoder.finish()).expect("it can be compressed")
}

fn events_compressed_with_gzip_are_read() {
    let folder = Folder::new("gzip");
    let plain = format!("{EVENT}\n{EVENT}\n");
    // Two members, as files that were compressed one by one and then joined have them.
    let bytes = [gzip(EVENT.as_bytes()), gzip(format!("\n{EVENT}\n").as_bytes())].concat();
    let file = folder.file("events.ndjson.gz", &bytes);
    let expected = of_input("transform", "-", plain.as_bytes());
    assert_eq!(expected.answers().len(), 2);
    for (input, bytes) in [(file.as_str(), &b""[..]), ("-", &bytes)] {
        assert_eq!(of_input("transform", input, bytes).out, expected.out);
        let listed = of_input("explain", input, bytes);
        assert!(listed.out.contains("has 2 events"), "{listed:?}");
        let explained =
            run(&["explain", "--mapping", SHOP, "--config", SETTINGS, "--line", "2", input], bytes);
        assert!(explained.out.contains("https://api.example.com/people/u1"), "{explained:?}");
        assert_eq!(of_input("validate", input, bytes).code, Some(0));
    }
    let pretty = folder.file("event.json.gz", gzip(b"{\n  \"type\": \"page\"\n}\n"));
    assert_eq!(of_input("transform", &pretty, b"").answers().len(), 1);
    let array = folder.file("array.json.gz", gzip(format!("[{EVENT}]").as_bytes()));
    assert!(of_input("transform", &array, b"").err.contains("it is a JSON array"));
}

fn a_damaged_archive_is_an_error() {
    let whole = gzip(format!("{EVENT}\n").repeat(1000).as_bytes());
    let ran = of_input("transform", "-", &whole[..whole.len() / 2]);
    assert!(ran.code == Some(2) && ran.err.contains("cannot read standard input: "), "{ran:?}");
}

fn one_broken_line_does_not_hide_the_others() {
    for first in ["{\"type\":", "[1,2]", "[{\"a\":1}", "{\"type\":\"page", "a,b,c", "{", "["] {
        let ran = of_input("transform", "-", format!("{first}\n{EVENT}\n{EVENT}\n").as_bytes());
        let statuses: Vec<_> = ran.answers().iter().map(|answer| answer["statusCode"].as_u64()).collect();
        assert_eq!(statuses, [Some(400), Some(200), Some(200)], "{first}: {}", ran.out);
    }
}

fn a_test_with_another_file_is_told_what_it_is() {
    let folder = Folder::new("formats-test");
    for part in ["mappings", "tests/events/shop"] {
        std::fs::create_dir_all(folder.path(part)).expect("a folder");
    }
    let mapping = "destination: shop\nlanguage: 1\nrules:\n  - { name: all, drop: true }\n";
    folder.file("mappings/shop.yaml", mapping);
    let test = || {
        let ran = command(&["test"]).current_dir(folder.path("")).output().expect("a run");
        String::from_utf8(ran.stdout).expect("UTF-8") + &String::from_utf8_lossy(&ran.stderr)
    };
    for (name, bytes, is, _) in others() {
        let name = format!("tests/events/shop/{}.json", name.replace('.', "-"));
        folder.file(&name, bytes);
        let printed = test();
        assert!(printed.contains(is), "{name}: {printed}");
        std::fs::remove_file(folder.path(&name)).expect("the file is there");
    }
    folder.file("tests/events/shop/lines.json", format!("{EVENT}\n{EVENT}\n"));
    assert!(test().contains("it has 2 events, one per line"), "{}", test());
    folder.file("tests/events/shop/lines.json", gzip(EVENT.as_bytes()));
    assert!(test().contains("statusCode: 298"), "{}", test());
}

fn settings_in_utf16_are_named() {
    let folder = Folder::new("formats-settings");
    for mark in ["\u{feff}", ""] {
        let bytes = format!("{mark}{{\"token\":\"t\"}}")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<_>>();
        let settings = folder.file("settings.json", bytes);
        let ran = run(&["transform", "--mapping", SHOP, "--config", &settings], "");
        assert!(ran.code == Some(2) && ran.err.contains("it is UTF-16 text"), "{ran:?}");
    }
}

//! Random changes of texts: of bytes, of lines, and of the pieces that have a meaning in YAML, JSON, paths and templates.

use crate::random::Random;

/// Pieces with a meaning.
const PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ": ",
    ", ",
    " #",
    "\"",
    "'",
    "\n",
    "\n  ",
    "\t",
    "- ",
    "&a ",
    "*a",
    "!!str ",
    "<<: *a",
    "---\n",
    "{{ ",
    " }}",
    "{% if a %}",
    "{% endif %}",
    "{% for x in event.a %}",
    "{% endfor %}",
    "{% set x = event %}",
    " | url_encode",
    " | truncate(3)",
    " or ",
    "$",
    "$.",
    "[*]",
    "[?@.a == 1]",
    "[?match(@.a, 'a.*')]",
    "[-1]",
    "[1:2]",
    "..",
    "..*",
    "\\",
    "\\u0000",
    "\\ud800",
    "\u{feff}",
    "\u{a0}",
    "\u{201c}",
    "é",
    "😀",
    "\0",
    "\r\n",
    "|\n",
    ">-\n",
    "null",
    "true",
    "no",
    "010",
    "1e999",
    "-0",
    "99999999999999999999",
    "0.1",
    "from: ",
    "merge: ",
    "concat: ",
    "for_each: ",
    "make: ",
    "when: ",
    "transform: ",
    "default: ",
    "object: ",
    "keep_empty: true",
    "required: true",
    "prepare:\n  - set: [{ in: $, key: a, to: $ }]\n",
    "$item",
    "$value",
    "$config.",
    "matches: '(a'",
    "matches: '(a+)+b'",
    "extends: mapping.yaml\n",
    "include: [common/fields.yaml]\n",
    "# mapwright: allow R501 -- x",
    "[flatten, to_json, parse_json]",
    "{ each: [string, split: \"\"] }",
    "{ replace: { regex: '.', with: '$0$0' } }",
    "../",
    "%2e%2e",
    "https://",
    "@",
    "?",
    "//",
];

/// A random offset at a character boundary.
pub fn offset(text: &str, random: &mut Random) -> usize {
    let offset = random.below(text.len() + 1);
    (0..=offset).rev().find(|&offset| text.is_char_boundary(offset)).unwrap_or(0)
}

/// A part of a text of at most so many bytes.
fn part(text: &str, most: usize, random: &mut Random) -> std::ops::Range<usize> {
    let start = offset(text, random);
    let end = (start + random.below(most)).min(text.len());
    start..(end..=text.len()).find(|&end| text.is_char_boundary(end)).unwrap_or(text.len())
}

/// A text with one to four random changes, most often one, some of which come from another text.
pub fn changed(text: &str, other: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(4) * random.below(2) {
        let here = part(&text, 60, random);
        match random.below(8) {
            0 => text.replace_range(here, ""),
            1 => {
                let again = text[here.clone()].repeat(1 + random.below(3));
                text.insert_str(here.end, &again);
            }
            2 => text.replace_range(here, random.pick(PIECES)),
            3 => text.replace_range(here, &other[part(other, 400, random)]),
            4 => text = lines_changed(&text, other, random),
            5 => text = value_changed(&text, random),
            _ => text.insert_str(here.start, random.pick(PIECES)),
        }
    }
    text
}

/// Lines moved, repeated, removed, indented, or taken from another text.
fn lines_changed(text: &str, other: &str, random: &mut Random) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let others: Vec<&str> = other.lines().collect();
    let at = random.below(lines.len());
    let Some(line) = lines.get(at).cloned() else { return text.to_owned() };
    match random.below(5) {
        0 => drop(lines.remove(at)),
        1 => lines.insert(random.below(lines.len()), line),
        2 => {
            lines[at] = if random.one_in(2) {
                format!("  {line}")
            } else {
                line.strip_prefix("  ").unwrap_or(&line).to_owned()
            }
        }
        3 => {
            let to = random.below(lines.len());
            lines.swap(at, to);
        }
        _ => {
            let from = random.below(others.len());
            let block = others.iter().skip(from).take(1 + random.below(8)).map(|line| (*line).to_owned());
            lines.splice(at..at, block);
        }
    }
    lines.join("\n") + "\n"
}

/// The value after a `: ` replaced by another one.
fn value_changed(text: &str, random: &mut Random) -> String {
    let colons: Vec<usize> = text.match_indices(": ").map(|(at, _)| at + 2).collect();
    let mut text = text.to_owned();
    if !colons.is_empty() {
        let start = colons[random.below(colons.len())];
        let end = text[start..].find(['\n', ',', '}']).map_or(text.len(), |length| start + length);
        text.replace_range(start..end, random.pick(VALUES));
    }
    text
}

/// Values as they stand in a mapping.
const VALUES: &[&str] = &[
    "$.a",
    "$.traits",
    "$.properties.products",
    "\"$..*\"",
    "\"$.a[?@.b > 1]\"",
    "$type",
    "\"{{ event.type }}\"",
    "x",
    "1",
    "-0.5",
    "true",
    "null",
    "\"\"",
    "[]",
    "{}",
    "[$.a, $.b]",
    "{ a: $.a }",
    "{ from: $.a, transform: [string, trim] }",
    "{ for_each: $.list, make: $item }",
    "{ merge: [$.a, $] }",
    "{ concat: [$.a, [$.b]] }",
    "[lowercase, { truncate: 3 }]",
    "\"{% for k, v in event %}{{ k }}={{ v }}{% endfor %}\"",
    "\"{{ event.a | to_json or config.b }}\"",
    "{ is: filled }",
    "{ matches: '^a' }",
    "{ more_than: 9007199254740993 }",
    "\"https://a.example/{{ event.userId | url_encode }}\"",
    "{ $.a: { size: { more_than: 1 } } }",
    "{ object: { from: 1 } }",
];

/// Bytes with some of them changed, so that the result may not be UTF-8.
pub fn bytes_changed(text: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = text.to_vec();
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len());
        let Some(byte) = bytes.get(at).copied() else { break };
        match random.below(5) {
            0 => bytes[at] = byte ^ (1 << random.below(8)),
            1 => bytes[at] = u8::try_from(random.below(256)).unwrap_or(0),
            2 => drop(bytes.remove(at)),
            3 => bytes.insert(at, *b"\"\\{}[],:\0\x1f\x7f\x80\xc0\xff".get(random.below(14)).unwrap_or(&0)),
            _ => bytes.truncate(at),
        }
    }
    bytes
}

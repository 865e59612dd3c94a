//! Headers, query parameters and form fields hold text: which of their values cannot be one.

/// How a value becomes text, for messages.
pub(crate) const MAKE_TEXT: &str = "add `join`, `string` or `to_json`, or leave it out";

/// The name and the kind of the first member of a JSON object that is a list, a map or null; `None` if all members have a
/// text. Numbers and booleans have one. The name is as JSON has it, without its quotes.
pub(crate) fn member_without_text(json: &[u8]) -> Option<(&str, &'static str)> {
    let mut rest = json.strip_prefix(b"{")?;
    loop {
        let (name, after) = string(rest)?;
        let value = after.trim_ascii_start().strip_prefix(b":")?.trim_ascii_start();
        let kind = match value.first()? {
            b'{' => "a map",
            b'[' => "a list",
            b'n' => "null",
            _ => "",
        };
        if !kind.is_empty() {
            return Some((std::str::from_utf8(name).unwrap_or(""), kind));
        }
        let after = match value {
            [b'"', ..] => string(value)?.1,
            _ => value,
        };
        let comma = after.iter().position(|&byte| byte == b',')?;
        rest = &after[comma + 1..];
    }
}

/// The content of the JSON string that text begins with after white space, and what follows its closing quote.
fn string(json: &[u8]) -> Option<(&[u8], &[u8])> {
    let text = json.trim_ascii_start().strip_prefix(b"\"")?;
    let mut at = 0;
    loop {
        match text.get(at)? {
            b'"' => return Some((&text[..at], &text[at + 1..])),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::member_without_text;

    #[test]
    fn the_first_list_map_or_null_is_found() {
        for (json, found) in [
            ("{}", None),
            (r#"{"a":"x","b":1,"c":true,"d":-1.5e3}"#, None),
            (r#"{"a":"{\"[,","b":"\\","c":[1]}"#, Some(("c", "a list"))),
            (r#"{ "a" : 1 , "b" : { } }"#, Some(("b", "a map"))),
            (r#"{"null":"null","n\"ull":null}"#, Some((r#"n\"ull"#, "null"))),
        ] {
            assert_eq!(member_without_text(json.as_bytes()), found, "{json}");
        }
    }
}

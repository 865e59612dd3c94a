//! Properties that must be true for all inputs.

use percent_encoding::percent_decode_str;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::{print, step, value};
use crate::json::tests::any_json;
use crate::value::{Arena, Value, View, same};

/// Applies a step to text; returns the text that it produces.
fn on_text(yaml: &str, text: &str) -> Option<String> {
    let arena = &Arena::new();
    let result = step(yaml).expect("valid").apply(Value::Text(arena.alloc_str(text)), arena)?;
    result.text(arena).map(str::to_owned)
}

/// Applies steps to a JSON value, one after another; returns the result as JSON.
fn through(steps: &[&str], json: &str) -> String {
    let arena = &Arena::new();
    let steps = steps.iter().map(|yaml| step(yaml).expect("valid"));
    print(steps.into_iter().try_fold(value(json, arena), |value, step| step.apply(value, arena)))
}

fn equal(left: &str, right: &str) -> bool {
    let arena = &Arena::new();
    same(value(left, arena), value(right, arena), arena)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn truncating_keeps_the_longest_prefix_within_the_limit(text in ".{0,30}", limit in 0_usize..40) {
        let characters = on_text(&format!("{{ truncate: {limit} }}"), &text).unwrap_or_default();
        prop_assert!(text.starts_with(&characters));
        prop_assert_eq!(characters.chars().count(), limit.min(text.chars().count()));

        let bytes = on_text(&format!("{{ truncate_bytes: {limit} }}"), &text).unwrap_or_default();
        prop_assert!(text.starts_with(&bytes) && bytes.len() <= limit);
        // The next character would exceed the limit.
        let next = text[bytes.len()..].chars().next().map_or(usize::MAX, char::len_utf8);
        prop_assert!(bytes == text || bytes.len() + next > limit);
    }

    #[test]
    fn url_encoding_is_reversed_by_decoding(text in ".{0,30}") {
        let encoded = on_text("url_encode", &text).unwrap_or_default();
        prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.!~*'()%".contains(&byte)));
        let decoded = percent_decode_str(&encoded).decode_utf8_lossy();
        prop_assert_eq!(decoded, text);
    }

    #[test]
    fn base64_is_reversed_by_decoding(text in ".{0,30}") {
        let encoded = on_text("base64", &text).unwrap_or_default();
        prop_assert_eq!(on_text("{ base64: decode }", &encoded), Some(text.clone()));
        let url_safe = encoded.replace('+', "-").replace('/', "_").replace('=', "");
        prop_assert_eq!(on_text("{ base64: decode }", &url_safe), Some(text));
    }

    #[test]
    fn parse_json_reverses_to_json(json in any_json()) {
        let json = json.to_string();
        prop_assert!(equal(&through(&["to_json", "parse_json"], &json), &json));
    }

    #[test]
    fn joining_reverses_splitting(text in "[a,é ]{0,12}|.{0,12}", separator in "|,|, |é|a,a") {
        let quoted = serde_json::Value::from(separator).to_string();
        let (split, join) = (format!("{{ split: {quoted} }}"), format!("{{ join: {quoted} }}"));
        let json = serde_json::Value::from(text).to_string();
        prop_assert!(equal(&through(&[&split, &join], &json), &json));
    }

    #[test]
    fn only_and_except_partition_a_map(
        map in proptest::collection::btree_map("[a-f]{1,2}|.{0,3}", 0..9, 0..30),
        keys in proptest::collection::vec("[a-f]{1,2}", 0..20),
    ) {
        let arena = &Arena::new();
        let json = serde_json::json!(map).to_string();
        let keys = serde_json::json!(keys);
        let only = step(&format!("{{ only: {keys} }}")).expect("valid").apply(value(&json, arena), arena);
        let except = step(&format!("{{ except: {keys} }}")).expect("valid").apply(value(&json, arena), arena);
        let (Some(View::Map(only)), Some(View::Map(except))) = (only.map(|map| map.view(arena)), except.map(|map| map.view(arena))) else {
            return Err(TestCaseError::fail("two maps"));
        };
        prop_assert_eq!(only.len() + except.len(), map.len());
        for name in map.keys() {
            let listed = keys.as_array().is_some_and(|keys| keys.iter().any(|key| key == name));
            prop_assert_eq!(only.get(name).is_some(), listed);
            prop_assert_eq!(except.get(name).is_some(), !listed);
        }
    }

    #[test]
    fn slicing_selects_the_characters_in_the_range(text in ".{0,10}", from in -12_i64..12, to in -12_i64..12) {
        let letters: Vec<char> = text.chars().collect();
        let length = i64::try_from(letters.len()).unwrap_or_default();
        let position = |index: i64| if index < 0 { (length + index).max(0) } else { index.min(length) };
        let expected: String = letters.iter().zip(0..).filter(|(_, index)| (position(from)..position(to)).contains(index)).map(|(letter, _)| letter).collect();
        prop_assert_eq!(on_text(&format!("{{ slice: [{from}, {to}] }}"), &text), Some(expected));
    }

    #[test]
    fn case_conversion_follows_unicode(text in ".{0,20}|[A-Za-zΣσİß ]{0,8}") {
        prop_assert_eq!(on_text("lowercase", &text), Some(text.to_lowercase()));
        prop_assert_eq!(on_text("uppercase", &text), Some(text.to_uppercase()));
    }

    #[test]
    fn unique_keeps_one_of_each_value(list in proptest::collection::vec(any_json(), 0..8)) {
        let arena = &Arena::new();
        let json = serde_json::json!([list.clone(), list].concat()).to_string();
        let unique = step("unique").expect("valid").apply(value(&json, arena), arena);
        let Some(View::List(unique)) = unique.map(|list| list.view(arena)) else {
            return Err(TestCaseError::fail("a list"));
        };
        for (index, item) in unique.iter().enumerate() {
            prop_assert!(unique.iter().skip(index + 1).all(|other| !same(item, other, arena)));
        }
        let View::List(list) = value(&json, arena).view(arena) else { return Ok(()) };
        prop_assert!(list.iter().all(|item| unique.iter().any(|unique| same(item, unique, arena))));
    }

    #[test]
    fn number_accepts_what_people_write_as_a_number(text in "[0-9.eE+-]{1,8}|-?[0-9]{1,25}(\\.[0-9]{1,5})?([eE][+-]?[0-9]{1,3})?") {
        let json = serde_json::Value::from(&*text).to_string();
        let is_json = serde_json::from_str::<f64>(&text).is_ok_and(f64::is_finite);
        let found = through(&["number"], &json);
        if is_json {
            prop_assert_eq!(found, text);
        } else {
            // `.5`, `5.`, `+5` and `007` as well, as Rust reads them.
            let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
            prop_assert_eq!(found.parse::<f64>().ok(), number, "{}", text);
        }
    }
}

//! What each key of the language means, in one sentence.

/// The meaning of a key where it stands in `section`.
pub(super) fn of(section: &str, key: &str) -> Option<&'static str> {
    let own = WORDS.iter().find(|(place, name, _)| *place == section && *name == key);
    own.or_else(|| WORDS.iter().find(|(place, name, _)| place.is_empty() && *name == key))
        .map(|(_, _, words)| *words)
}

/// Section (empty: everywhere), key, meaning.
const WORDS: &[(&str, &str, &str)] = &[
    ("", "destination", "The destination's name, the first part of every address in messages."),
    ("", "language", "The version of this language: 1."),
    ("", "description", "What it is for, in words."),
    (
        "",
        "extends",
        "Another mapping that this one starts from; what is named here replaces what is named there.",
    ),
    ("", "include", "Files that bring in `fields`, `conditions` and `transforms`."),
    (
        "",
        "contract",
        "What the destination accepts: a file such as `contracts/shop.yaml`, or the contract itself.",
    ),
    ("", "config", "The settings that a person fills in for the destination."),
    ("", "prepare", "Changes of the event before anything else."),
    ("", "fields", "Values by name, used as `$name`; each is computed when it is needed, and once."),
    ("", "conditions", "Conditions by name, used as a bare word in `when` and `check`."),
    ("", "transforms", "Pipelines by name, used like an operator."),
    ("", "rules", "What is done with which events: the first rule whose `when` holds is used."),
    ("", "remove", "Rules of the extended mapping that are left out, by name."),
    ("", "batch", "Which requests may be sent together, and how."),
    ("", "response", "What the destination's answers mean, where that differs from the usual."),
    ("mapping", "request", "What the requests of all rules share."),
    ("", "when", "The condition under which it is used."),
    ("setting", "required", "The error when the setting is missing; `true` for a standard text."),
    ("setting", "one_of", "The values that are allowed."),
    ("setting", "type", "What it must be: text, number, boolean, list or map."),
    ("setting", "error", "The error when `one_of` or `type` does not hold."),
    ("setting", "default", "What is used when it is missing."),
    ("setting", "secret", "`false` lets it be shown; settings are secret otherwise."),
    ("", "set", "The assignments, one after another."),
    ("", "in", "The path of the map that is changed; `$` is the event."),
    ("", "key", "The key that is set."),
    ("", "to", "The new value."),
    ("", "name", "The rule's name: small letters, digits, `-` and `_`."),
    ("", "require", "Checks that must hold for this rule's events, each with its error."),
    ("rule", "request", "The request that is made, or a list of several."),
    ("", "fail", "Refuses the event with this error."),
    (
        "",
        "kind",
        "Whose fault an error is: `instrumentation` (the event's) or `configuration` (the settings').",
    ),
    ("", "drop", "Leaves the event out without an error: `true`, or the reason."),
    ("", "before", "The rule of the extended mapping that this one stands before."),
    ("", "after", "The rule of the extended mapping that this one stands after."),
    ("", "check", "The condition that must hold."),
    ("check", "error", "The error when it does not."),
    ("", "method", "The method; POST when it is left out."),
    ("", "endpoint", "The address."),
    ("", "label", "The address without its variable parts, for statistics."),
    ("", "headers", "The headers, a map."),
    ("", "params", "The parameters of the address, a map."),
    ("", "body", "The body, a map."),
    ("", "format", "How the body is sent: `json` (as usual), `json_array` or `form`."),
    ("", "user", "Whom the request is about; keeps the order of that person's requests."),
    ("request", "for_each", "One request for each element of this list, `$item`."),
    ("batch", "rules", "The rules whose requests may be sent together; all when left out."),
    ("", "max_items", "The most requests in one batch."),
    ("", "max_bytes", "The most bytes of a whole batch."),
    ("", "max_item_bytes", "The most bytes of one item."),
    ("", "max_item_error", "The error for an item with more bytes."),
    ("", "items", "The path of the list of items inside the body of one request."),
    ("", "wrap", "The body of a batch; `$items` are its items."),
    ("", "report_as_batched", "Whether the answer says that it is a batch."),
    ("", "messages", "The words that are reported."),
    ("response", "partial", "How an answer tells which items failed."),
    ("messages", "success", "When everything was delivered."),
    ("messages", "partial", "When a part was delivered."),
    ("messages", "failure", "When nothing was delivered."),
    ("", "failures", "The list of failed items in the answer."),
    ("", "index", "Which item an entry of that list is about."),
    ("partial", "status", "The status of a failed item."),
    ("partial", "error", "The error of a failed item."),
    ("", "from", "A path or a value, or a list of them: the first present one."),
    ("", "literal", "This constant, whatever it looks like."),
    ("", "template", "Text with `{{ … }}`; beside `from` it is applied to what was found, as `{{ value }}`."),
    ("", "merge", "Maps laid over each other; later ones win."),
    ("", "concat", "Lists and values joined into one list."),
    ("value", "for_each", "One result of `make` for each element, `$item`."),
    ("", "object", "A map that is sent as it is, whatever its keys are called."),
    ("", "only", "The keys that are kept."),
    ("", "except", "The keys that are left out."),
    ("", "transform", "The operators that change the value, one after another."),
    ("", "invalid", "The error when something was found and the operators rejected it."),
    ("", "default", "What is used when the result is missing; it is not transformed."),
    ("", "required", "The error when the result is still missing; `true` for a standard text."),
    ("", "keep_empty", "Lets \"\" and null through."),
    ("", "make", "The result for each element of `for_each`."),
];

#[cfg(test)]
mod tests {
    use super::of;
    use crate::syntax::section_keys;

    #[test]
    fn every_key_has_its_words() {
        let sections = [
            "mapping",
            "included",
            "setting",
            "preparation",
            "assignment",
            "rule",
            "check",
            "request",
            "shared",
            "batch",
            "response",
            "messages",
            "partial",
            "value",
        ];
        for section in sections {
            assert!(!section_keys(section).is_empty(), "{section}");
            for key in section_keys(section) {
                assert!(of(section, key).is_some_and(|words| words.ends_with('.')), "{section}.{key}");
            }
        }
    }
}

//! The meaning of each key of the language, in one sentence.

/// The meaning of a key in `section`.
pub(super) fn of(section: &str, key: &str) -> Option<&'static str> {
    let specific = MEANINGS.iter().find(|(of_section, name, _)| *of_section == section && *name == key);
    specific
        .or_else(|| MEANINGS.iter().find(|(of_section, name, _)| of_section.is_empty() && *name == key))
        .map(|(_, _, meaning)| *meaning)
}

/// Section (empty: any section), key, meaning.
const MEANINGS: &[(&str, &str, &str)] = &[
    ("", "destination", "The destination's name, the first part of every address in messages."),
    ("", "language", "The version of this language: 1."),
    ("", "description", "A description, for readers."),
    (
        "",
        "extends",
        "Another mapping that this one is based on; named entries here replace those of the same name there.",
    ),
    ("", "include", "Files whose `fields`, `conditions` and `transforms` are added."),
    (
        "",
        "contract",
        "What the destination accepts: a file such as `contracts/shop.yaml`, or the contract itself.",
    ),
    ("", "config", "The settings that users provide for the destination."),
    ("", "prepare", "Changes to the event before anything else is evaluated."),
    ("", "fields", "Named values, used as `$name`; each is evaluated at most once, when it is needed."),
    ("", "conditions", "Named conditions, used as a bare word in `when` and `check`."),
    ("", "transforms", "Named pipelines, used like an operator."),
    ("", "rules", "What to do with which events: the first rule whose `when` holds is applied."),
    ("", "remove", "The names of rules of the extended mapping to remove."),
    ("", "batch", "Which requests may be sent in a batch, and how."),
    ("", "response", "How to interpret the destination's responses, where that differs from the default."),
    ("mapping", "request", "The parts that the requests of all rules share."),
    ("", "when", "The condition under which it is used."),
    ("setting", "required", "The error if the setting is missing; `true` for a standard message."),
    ("setting", "one_of", "The allowed values."),
    ("setting", "type", "The required type: text, number, boolean, list or map."),
    ("setting", "error", "The error if the value violates `one_of` or `type`."),
    ("setting", "default", "The value used if the setting is missing."),
    ("setting", "secret", "`false` allows the setting to be shown; by default settings are secret."),
    ("", "set", "The assignments, applied in order."),
    ("", "in", "The path of the map to change; `$` is the event."),
    ("", "key", "The key to set."),
    ("", "to", "The new value."),
    ("", "name", "The rule's name: lowercase letters, digits, `-` and `_`."),
    ("", "require", "Checks that must hold for this rule's events, each with its error."),
    ("rule", "request", "The request to send, or a list of requests."),
    ("", "fail", "Rejects the event with this error."),
    (
        "",
        "kind",
        "Whose fault an error is: `instrumentation` (the event's) or `configuration` (the settings').",
    ),
    ("", "drop", "Drops the event without an error: `true`, or the reason."),
    ("", "before", "The rule of the extended mapping before which this one is inserted."),
    ("", "after", "The rule of the extended mapping after which this one is inserted."),
    ("", "check", "The condition that must hold."),
    ("check", "error", "The error if it does not."),
    (
        "",
        "method",
        "The HTTP method; POST by default. `$config.NAME` is a setting whose `one_of` lists methods.",
    ),
    ("", "endpoint", "The URL."),
    ("", "label", "The URL without its variable parts, for statistics."),
    ("", "headers", "The headers, as a map."),
    ("", "params", "The query parameters, as a map."),
    ("", "body", "The body, as a map."),
    ("", "format", "How the body is encoded: `json` (the default), `json_array` or `form`."),
    ("", "user", "The person the request is about; requests for the same person are kept in order."),
    ("request", "for_each", "One request for each element of this list, `$item`."),
    ("", "as", "Another name of the element; unlike `$item`, it is also known in an inner `for_each`."),
    ("batch", "rules", "The rules whose requests may be sent together; all by default."),
    ("", "max_items", "The maximum number of requests in a batch."),
    ("", "max_bytes", "The maximum size of a whole batch, in bytes."),
    ("", "max_item_bytes", "The maximum size of one item, in bytes."),
    ("", "max_item_error", "The error for an item that is larger."),
    ("", "items", "The path of the list of items in the body of a single request."),
    ("", "wrap", "The body of a batch; `$items` is the list of its items."),
    ("", "report_as_batched", "Whether the response reports that it is a batch."),
    ("", "messages", "The messages to report."),
    ("response", "partial", "How a response shows which items failed."),
    ("messages", "success", "The message if everything was delivered."),
    ("messages", "partial", "The message if only a part was delivered."),
    ("messages", "failure", "The message if nothing was delivered."),
    ("", "failures", "The list of failed items in the response."),
    ("", "index", "The index of the item that an entry of that list is about."),
    ("partial", "status", "The status of a failed item."),
    ("partial", "error", "The error of a failed item."),
    ("", "from", "A path or a value, or a list of them of which the first present one is used."),
    ("", "literal", "This constant, taken literally."),
    (
        "",
        "template",
        "Text with `{{ … }}`; next to `from` it is applied to the value that was found, `{{ value }}`.",
    ),
    ("", "merge", "Maps to merge; later ones take precedence."),
    ("", "concat", "Lists and values to join into one list."),
    (
        "value",
        "for_each",
        "A list; `make` is evaluated for each of its elements, `$item`. The elements of a map are `{ key, value }`; a single value counts as a list of one.",
    ),
    ("", "object", "A map that is sent as written, whatever its keys are called."),
    ("", "only", "The keys to keep."),
    ("", "except", "The keys to remove."),
    ("", "transform", "The operators that transform the value, applied in order."),
    ("", "invalid", "The error if a value was found but the operators rejected it."),
    ("", "default", "The value used if the result is missing; it is not transformed."),
    ("", "required", "The error if the result is still missing; `true` for a standard message."),
    (
        "",
        "keep_empty",
        "`true` keeps \"\" and null instead of treating them as missing; `false` treats `[]` and `{}` as missing, too.",
    ),
    ("", "make", "The value to produce for each element of `for_each`."),
];

#[cfg(test)]
mod tests {
    use super::of;
    use crate::syntax::section_keys;

    #[test]
    fn every_key_has_a_meaning() {
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
                assert!(of(section, key).is_some_and(|meaning| meaning.ends_with('.')), "{section}.{key}");
            }
        }
    }
}

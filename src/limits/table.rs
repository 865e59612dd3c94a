//! The table of limits.

use super::{Amount, Limit, Subject};
use super::{
    COLUMN_CELLS, CONTRACT_COMPARISONS, CONTRACT_DEFINITIONS, CONTRACT_DEPTH, CONTRACT_STEPS, EVENT_MEMORY,
    EVENT_STEPS, EVENT_VALUES, FILE_BYTES, FILES, FLATTENED_KEY_BYTES, LINE_BYTES, LINE_DEPTH,
    NARROWING_TESTS, PATH_BYTES, PATH_INDEX, PATH_NESTING, PATH_STEPS, PATTERN_BYTES, PATTERNS,
    PREPARED_DEPTH, REFERENCE_DEPTH, REFERENCES, SETTINGS_CACHE_MEMORY, SUGGESTED_NAMES, SYNTAX_ERRORS,
    TEMPLATE_CHAIN, TEMPLATE_NESTING, TEMPLATE_STEPS, YAML_COPIES, YAML_DEPTH,
};

/// A limit that nothing changes.
const fn fixed(of: Subject, what: &'static str, default: Amount, beyond: &'static str) -> Limit {
    Limit { of, what, default, option: None, method: None, beyond }
}

/// The same limit, with the option of the command and the method of the library that change it.
const fn set_by(limit: Limit, option: &'static str, method: &'static str) -> Limit {
    Limit { option: Some(option), method: Some(method), ..limit }
}

const fn bytes(number: usize) -> Amount {
    Amount::Bytes(number as u64)
}

const fn count(number: usize) -> Amount {
    Amount::Count(number as u64)
}

const REFUSED: &str = "the event is refused, with the address and the place of the rule";
const FINDING: &str = "an error of `validate`; the mapping does not load";

/// All limits, by subject.
pub static LIMITS: &[Limit] = &[
    set_by(
        fixed(Subject::Line, "the length of a line", bytes(LINE_BYTES), "the line is refused"),
        "--max-line-bytes",
        "Worker::with_max_line_bytes",
    ),
    set_by(
        fixed(Subject::Line, "the nesting of lists and maps", count(LINE_DEPTH), "the line is refused"),
        "--max-depth",
        "Worker::with_max_depth",
    ),
    set_by(
        fixed(
            Subject::Event,
            "memory for what the mapping makes of it: values, texts in between, the answer",
            bytes(EVENT_MEMORY),
            REFUSED,
        ),
        "--max-event-memory",
        "Worker::with_max_event_memory",
    ),
    set_by(
        fixed(
            Subject::Event,
            "elements of lists and members of maps that the mapping makes of it, matches of paths included",
            Amount::Count(EVENT_VALUES),
            REFUSED,
        ),
        "--max-event-values",
        "Worker::with_max_event_values",
    ),
    set_by(
        fixed(
            Subject::Event,
            "steps: values that are evaluated, elements that are visited, names that are compared",
            Amount::Count(EVENT_STEPS),
            REFUSED,
        ),
        "--max-event-steps",
        "Worker::with_max_event_steps",
    ),
    fixed(
        Subject::Event,
        "steps of one template with logic; 64 bytes that it makes count as one",
        Amount::Count(TEMPLATE_STEPS),
        REFUSED,
    ),
    fixed(Subject::Event, "the nesting of lists and maps after `prepare:`", count(PREPARED_DEPTH), REFUSED),
    fixed(Subject::Event, "the length of all keys that `flatten` makes", bytes(FLATTENED_KEY_BYTES), REFUSED),
    fixed(Subject::Event, "elements of all lists that `columns` makes", count(COLUMN_CELLS), REFUSED),
    fixed(Subject::Event, "the length and nesting of a text for `parse_json`", bytes(LINE_BYTES), REFUSED),
    fixed(
        Subject::Settings,
        "the length of a settings file; the nesting is limited as that of a line",
        bytes(LINE_BYTES),
        "the command stops",
    ),
    set_by(
        fixed(
            Subject::Settings,
            "memory for prepared settings of envelopes, for each thread",
            bytes(SETTINGS_CACHE_MEMORY),
            "those that were not used for longest are prepared again; those that take more than half are not kept",
        ),
        "--settings-cache-memory",
        "Worker::with_settings_cache_memory",
    ),
    fixed(Subject::Mapping, "the length of a file", bytes(FILE_BYTES), FINDING),
    fixed(Subject::Mapping, "files, with those that it extends and includes", count(FILES), FINDING),
    fixed(Subject::Mapping, "the nesting of lists and maps", count(YAML_DEPTH), FINDING),
    fixed(Subject::Mapping, "values that aliases stand for", count(YAML_COPIES), FINDING),
    fixed(Subject::Mapping, "names and indexes of a path", count(PATH_STEPS), FINDING),
    fixed(
        Subject::Mapping,
        "an index in a path; also the smallest one, as a negative number",
        Amount::Count(PATH_INDEX.unsigned_abs()),
        FINDING,
    ),
    fixed(
        Subject::Mapping,
        "the length of a path from its first wildcard or filter on",
        bytes(PATH_BYTES),
        FINDING,
    ),
    fixed(
        Subject::Mapping,
        "the nesting of brackets in a path with wildcards or filters",
        count(PATH_NESTING),
        FINDING,
    ),
    fixed(
        Subject::Mapping,
        "the nesting of brackets and blocks in a template",
        count(TEMPLATE_NESTING),
        FINDING,
    ),
    fixed(
        Subject::Mapping,
        "operators, filters, members and `elif`s of a template, one after another",
        count(TEMPLATE_CHAIN),
        FINDING,
    ),
    fixed(
        Subject::Mapping,
        "syntax errors that are reported for one file",
        count(SYNTAX_ERRORS),
        "reading stops; the last finding says so",
    ),
    fixed(
        Subject::Mapping,
        "known names that one misspelt name is compared with",
        count(SUGGESTED_NAMES),
        "names after those are not suggested",
    ),
    fixed(
        Subject::Mapping,
        "tests of conditions that are looked at to learn about one path",
        count(NARROWING_TESTS),
        "those after them are taken to say nothing about it",
    ),
    fixed(Subject::Mapping, "the size of a compiled regular expression", bytes(PATTERN_BYTES), FINDING),
    fixed(Subject::Mapping, "regular expressions", count(PATTERNS), FINDING),
    fixed(
        Subject::Mapping,
        "fields or conditions that refer to each other in a chain",
        count(REFERENCE_DEPTH),
        FINDING,
    ),
    fixed(Subject::Mapping, "how often a field or condition evaluates others", count(REFERENCES), FINDING),
    fixed(Subject::Contract, "schemas in `$defs:`", count(CONTRACT_DEFINITIONS), FINDING),
    fixed(
        Subject::Contract,
        "comparisons of a body with its schema",
        count(CONTRACT_COMPARISONS),
        "the rest of the body is not compared",
    ),
    fixed(
        Subject::Contract,
        "schemas that are applied to values of one request (`--check-contract`)",
        Amount::Count(CONTRACT_STEPS),
        "the request is listed as not checked",
    ),
    fixed(
        Subject::Contract,
        "the nesting of schemas that are compared with a mapping",
        count(CONTRACT_DEPTH),
        "deeper schemas are not compared",
    ),
];

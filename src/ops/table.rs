//! The table of operators. To add an operator, write its file and add its row here.

use super::Operator;

/// Declares the modules of operators and the table of their rows, in the order of the reference.
macro_rules! operators {
    ($($module:ident $file:literal [$($row:ident),+]),* $(,)?) => {
        $(#[path = $file] mod $module;)*
        /// All operators, in the order of the reference.
        pub static OPS: &[&Operator] = &[$($(&$module::$row),+),*];
    };
}

operators! {
    string "string.rs" [ROW],
    number "number.rs" [ROW],
    boolean "boolean.rs" [ROW],
    lowercase "lowercase.rs" [LOWERCASE, UPPERCASE],
    trim "trim.rs" [ROW],
    truncate "truncate.rs" [TRUNCATE, TRUNCATE_BYTES],
    replace "replace.rs" [ROW],
    split "split.rs" [ROW],
    join "join.rs" [ROW],
    slice "slice.rs" [ROW],
    url_encode "url_encode.rs" [ROW],
    url_path "url_path.rs" [PATH, VERBATIM],
    url_part "url_part.rs" [ROW],
    base64 "base64.rs" [ROW],
    hash "hash.rs" [ROW],
    to_json "to_json.rs" [ROW],
    parse_json "parse_json.rs" [ROW],
    unix_seconds "unix_seconds.rs" [UNIX_SECONDS, UNIX_MILLIS],
    format_time "format_time.rs" [ROW],
    round "round.rs" [ROW],
    multiply "multiply.rs" [MULTIPLY, ADD],
    sum "sum.rs" [ROW],
    only "only.rs" [ONLY, EXCEPT],
    rename "rename.rs" [ROW],
    each_value "each_value.rs" [ROW],
    flatten "flatten.rs" [ROW],
    compact "compact.rs" [ROW],
    from_pairs "from_pairs.rs" [ROW],
    to_pairs "to_pairs.rs" [ROW],
    lookup "lookup.rs" [ROW],
    integration_options "integration_options.rs" [ROW],
    at_path "at_path.rs" [ROW],
    to_list "to_list.rs" [EACH, TO_LIST],
    first "first.rs" [ROW],
    external_id "external_id.rs" [ROW],
    unique "unique.rs" [ROW],
    count "count.rs" [ROW],
    sort "sort.rs" [ROW],
    columns "columns.rs" [ROW],
    map_values "map_values.rs" [ROW],
    keep_if "keep_if.rs" [ROW],
}

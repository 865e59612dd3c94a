//! The table of layers and the other tables that the sources are held to.

/// What each layer may use besides itself, the lowest layer first; `docs/architecture.md` says why. A layer may use
/// only those above its line, so nothing goes in a circle.
pub(super) const LAYERS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("diag", &["source"]),
    ("arena", &[]),
    ("json", &["arena"]),
    ("value", &["arena", "json"]),
    ("abstract_value", &["arena", "value"]),
    ("predicate", &["abstract_value", "arena", "value"]),
    ("path", &["arena", "value"]),
    ("ops", &["abstract_value", "arena", "json", "value"]),
    ("template", &["arena", "ops", "path", "value"]),
    ("syntax", &["diag", "ops", "predicate", "source", "value", "arena"]),
    ("request", &["json"]),
    ("plan", &["arena", "predicate", "json", "ops", "path", "request", "source", "template", "value"]),
    (
        "compile",
        &[
            "arena",
            "predicate",
            "diag",
            "ops",
            "path",
            "plan",
            "request",
            "source",
            "syntax",
            "template",
            "value",
        ],
    ),
    (
        "contract",
        &[
            "diag",
            "ops",
            "path",
            "request",
            "source",
            "syntax",
            "template",
            "value",
            "abstract_value",
            "arena",
        ],
    ),
    (
        "lint",
        &[
            "predicate",
            "diag",
            "ops",
            "path",
            "source",
            "syntax",
            "template",
            "value",
            "abstract_value",
            "arena",
        ],
    ),
    ("wire", &["json", "plan", "request", "value"]),
    ("run", &["arena", "json", "ops", "path", "plan", "request", "value", "wire"]),
    ("transform", &["arena", "json", "plan", "request", "run", "source", "value", "wire"]),
    ("loaded", &["compile", "contract", "diag", "lint", "source", "syntax", "template", "transform"]),
    (
        "profile",
        &["arena", "diag", "json", "loaded", "path", "source", "syntax", "template", "transform", "value"],
    ),
    ("trace", &["arena", "diag", "json", "path", "plan", "run", "transform", "value", "wire"]),
    ("cases", &["json", "plan", "trace", "transform", "value", "wire"]),
    ("schema", &["predicate", "diag", "ops", "source", "syntax"]),
    // What the command and the tests see besides the public surface.
    (
        "internal",
        &[
            "predicate",
            "trace",
            "wire",
            "cases",
            "contract",
            "diag",
            "json",
            "ops",
            "profile",
            "schema",
            "source",
            "syntax",
            "value",
        ],
    ),
    // The crate's root, `lib.rs`, which uses them all.
    (ROOT, &[]),
    // A test of the library as a whole: lint, contract and run are held to each other.
    (
        "agreement",
        &[
            "abstract_value",
            "arena",
            "contract",
            "json",
            "lint",
            "loaded",
            "ops",
            "predicate",
            "run",
            "syntax",
            "template",
            "value",
        ],
    ),
];

/// The items of `lib.rs` itself.
pub(super) const ROOT: &str = "lib";

/// Edges against that order which are still there. One that is no longer needed fails the tests, so the list only
/// gets shorter.
pub(super) const KNOWN_CIRCLES: &[(&str, &str)] = &[];

/// Files of one layer that still need each other in a circle. Again, one that is gone fails the tests.
pub(super) const KNOWN_FILE_CIRCLES: &[&[&str]] = &[
    &["cli/progress", "cli/stats", "cli/summary", "cli/violations"],
    &["contract/exclusive", "contract/fit", "contract/scalar"],
    &["contract/infer", "contract/steps"],
    &["contract/read", "contract/schema"],
    &["plan/condition", "plan/template", "plan/value"],
    &["syntax/condition", "syntax/step", "syntax/test", "syntax/value", "syntax/visit"],
    &["syntax/yaml/build", "syntax/yaml/keys", "syntax/yaml/syntax"],
    &["value/assemble", "value/collection"],
];

/// Crates that one layer, or one file, keeps to itself.
pub(super) const WRAPPED: &[(&str, &str)] = &[
    ("minijinja", "src/template/"),
    ("jsonpath_rust", "src/path/"),
    ("serde_yaml", "src/syntax/yaml.rs"),
    ("jsonschema", "src/contract/"),
];

/// Names of the answer lines that one layer alone writes and reads.
pub(super) const WIRE_NAMES: &[&str] = &["endpointPath", "JSON_ARRAY", "statTags"];

/// What the library does not use: it has no files, clock, randomness, streams or environment.
pub(super) const OUTSIDE: &[&str] = &[
    "std::env",
    "std::fs",
    "std::net",
    "std::os",
    "std::process",
    "std::time",
    "std::hash::RandomState",
    "std::collections::hash_map::RandomState",
    "std::io::stderr",
    "std::io::stdin",
    "std::io::stdout",
    "std::print!",
    "std::println!",
    "std::eprint!",
    "std::eprintln!",
    "std::dbg!",
    // A file is one module, where its name says.
    "std::include!",
    "#[path]",
];

/// Places that may use something of [`OUTSIDE`]; one that does not fails the tests.
pub(super) const PERMITTED_OUTSIDE: &[(&str, &str)] = &[
    // The seed of a hash table: no result depends on it.
    ("src/value/assemble.rs", "std::hash::RandomState"),
    // The modules that the table of operators declares.
    ("src/ops/table.rs", "#[path]"),
];

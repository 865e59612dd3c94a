//! The table of layers, and the other tables that the source files are checked against.

/// The layers that each layer may use, the lowest layer first; `docs/architecture.md` says why. A layer may use only
/// those listed before it, so there are no cycles.
pub(super) const LAYERS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("limits", &[]),
    ("diag", &["limits", "source"]),
    ("arena", &["limits"]),
    ("json", &["arena", "limits"]),
    ("value", &["arena", "json", "limits"]),
    ("abstract_value", &["arena", "value"]),
    ("predicate", &["abstract_value", "arena", "value"]),
    ("path", &["arena", "limits", "value"]),
    ("ops", &["limits", "abstract_value", "arena", "json", "value"]),
    ("template", &["limits", "arena", "ops", "path", "value"]),
    ("syntax", &["limits", "diag", "ops", "predicate", "source", "value", "arena"]),
    ("request", &["json"]),
    (
        "plan",
        &["arena", "predicate", "json", "ops", "path", "request", "source", "template", "value", "diag"],
    ),
    (
        "compile",
        &[
            "limits",
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
            "limits",
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
        "analysis",
        &[
            "limits",
            "abstract_value",
            "arena",
            "ops",
            "path",
            "predicate",
            "source",
            "syntax",
            "template",
            "value",
        ],
    ),
    // The last that raises errors of a mapping; what comes after it gets a plan or warns.
    (
        "check",
        &[
            "abstract_value",
            "analysis",
            "contract",
            "diag",
            "plan",
            "request",
            "source",
            "syntax",
            "template",
            "value",
            "ops",
        ],
    ),
    ("lint", &["abstract_value", "analysis", "diag", "ops", "path", "plan", "source", "syntax", "value"]),
    ("report", &["diag", "source", "syntax"]),
    ("wire", &["json", "plan", "request", "value"]),
    ("display", &["diag", "json", "value", "wire"]),
    ("run", &["limits", "arena", "json", "ops", "path", "plan", "request", "template", "value", "wire"]),
    ("transform", &["limits", "arena", "json", "plan", "request", "run", "source", "value", "wire"]),
    (
        "loaded",
        &[
            "compile",
            "diag",
            "lint",
            "source",
            "syntax",
            "template",
            "transform",
            "check",
            "report",
            "contract",
        ],
    ),
    (
        "profile",
        &[
            "arena",
            "diag",
            "json",
            "loaded",
            "path",
            "run",
            "source",
            "syntax",
            "template",
            "transform",
            "value",
        ],
    ),
    ("trace", &["arena", "diag", "display", "json", "plan", "run", "transform", "value", "wire"]),
    ("cases", &["json", "plan", "run", "trace", "transform", "value", "wire"]),
    ("schema", &["predicate", "diag", "ops", "source", "syntax"]),
    // What the command and the tests can use besides the public API.
    (
        "internal",
        &[
            "predicate",
            "trace",
            "wire",
            "cases",
            "contract",
            "diag",
            "display",
            "json",
            "limits",
            "ops",
            "path",
            "profile",
            "schema",
            "source",
            "syntax",
            "value",
        ],
    ),
    // The crate root, `lib.rs`, which uses all of them.
    (ROOT, &[]),
    // A test that lint, contract and run agree.
    (
        "agreement",
        &[
            "abstract_value",
            "arena",
            "contract",
            "json",
            "analysis",
            "loaded",
            "ops",
            "predicate",
            "run",
            "template",
            "value",
        ],
    ),
];

/// The name for the items of `lib.rs` itself.
pub(super) const ROOT: &str = "lib";

/// Exceptions: dependencies against that order. An entry that is no longer needed fails the tests, so the list only
/// gets shorter.
pub(super) const KNOWN_CIRCLES: &[(&str, &str)] = &[];

/// Exceptions: cycles of files within a layer. An entry that is no longer needed fails the tests.
pub(super) const KNOWN_FILE_CIRCLES: &[&[&str]] =
    &[&["syntax/condition", "syntax/step", "syntax/test", "syntax/value", "syntax/visit"]];

/// Crates that only one layer or one file may use.
pub(super) const WRAPPED: &[(&str, &str)] = &[
    ("minijinja", "src/template/"),
    ("jsonpath_rust", "src/path/"),
    ("serde_yaml", "src/syntax/yaml.rs"),
    ("jsonschema", "src/contract/"),
];

/// Names in answer lines that only the layer `wire` may contain.
pub(super) const WIRE_NAMES: &[&str] = &["endpointPath", "JSON_ARRAY", "statTags"];

/// What the library must not use: files, the clock, randomness, streams and the environment.
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
    // Each file is the module that its path says.
    "std::include!",
    "#[path]",
];

/// Files that may use an item of [`OUTSIDE`]. An entry that is no longer needed fails the tests.
pub(super) const PERMITTED_OUTSIDE: &[(&str, &str)] = &[
    // The seed of a hash table; no result depends on it.
    ("src/value/assemble.rs", "std::hash::RandomState"),
    // The modules that the table of operators declares.
    ("src/ops/table.rs", "#[path]"),
];

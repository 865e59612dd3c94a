//! Every limit, in one table: what is limited, how much is allowed, which option changes it, and what happens beyond it.
//!
//! The numbers are constants, which the code that enforces them uses; `docs/limits.md` is made from [`LIMITS`].

mod table;

pub use table::LIMITS;

/// Bytes of a line of input, without its line break.
pub const LINE_BYTES: usize = 4 << 20;
/// Levels of lists and maps in a line.
pub const LINE_DEPTH: usize = 128;
/// The largest depth that can be set for a line: more would need more stack than a thread of 8 MiB has.
pub const MAX_LINE_DEPTH: usize = 1024;

/// Bytes of memory for what a mapping makes of one event: its values, texts in between and the answer.
pub const EVENT_MEMORY: usize = 64 << 20;
/// Elements of lists and members of maps that a mapping makes of one event, matches of paths included.
pub const EVENT_VALUES: u64 = 1_000_000;
/// Steps that a mapping may take for one event.
pub const EVENT_STEPS: u64 = 10_000_000;
/// Levels of lists and maps in an event after `prepare:`.
pub const PREPARED_DEPTH: usize = 512;
/// Steps of the template engine in one template with logic.
pub const TEMPLATE_STEPS: u64 = 200_000;
/// Bytes of all keys of a result of `flatten`.
pub const FLATTENED_KEY_BYTES: usize = 16 << 20;
/// Elements of all lists in a result of `columns`.
pub const COLUMN_CELLS: usize = 1 << 20;

/// Bytes of memory for the prepared settings of envelopes, for each worker.
pub const SETTINGS_CACHE_MEMORY: usize = 64 << 20;

/// Bytes of a mapping file.
pub const FILE_BYTES: usize = 8 << 20;
/// Files that a mapping consists of.
pub const FILES: usize = 100;
/// Levels of lists and maps in a mapping.
pub const YAML_DEPTH: usize = 64;
/// Values that aliases of a mapping file stand for.
pub const YAML_COPIES: usize = 100_000;
/// Names and indexes of a path.
pub const PATH_STEPS: usize = 32;
/// The largest index in a path, and the smallest one as a negative number.
pub const PATH_INDEX: i64 = 9_999;
/// Bytes of a path from its first wildcard or filter on.
pub const PATH_BYTES: usize = 4096;
/// Levels of brackets and parentheses in a path with wildcards or filters. The time that it takes to parse one can double
/// with every other level.
pub const PATH_NESTING: usize = 8;
/// Levels of brackets and blocks in a template.
pub const TEMPLATE_NESTING: usize = 32;
/// Operators, filters, members and `elif`s of a template that are applied one after another.
pub const TEMPLATE_CHAIN: usize = 128;
/// Syntax errors that are reported for one file.
pub const SYNTAX_ERRORS: usize = 16;
/// Known names that one misspelt name is compared with.
pub const SUGGESTED_NAMES: usize = 1000;
/// Tests of conditions that are looked at to learn about one path.
pub const NARROWING_TESTS: usize = 1024;
/// Bytes of a compiled regular expression.
pub const PATTERN_BYTES: usize = 2 << 20;
/// Regular expressions of a mapping.
pub const PATTERNS: usize = 256;
/// Fields or conditions that refer to each other in a chain.
pub const REFERENCE_DEPTH: usize = 32;
/// How often a field or condition may evaluate others.
pub const REFERENCES: usize = 10_000;
/// Comparisons of one body of a mapping with its schema in a contract.
pub const CONTRACT_COMPARISONS: usize = 20_000;
/// Schemas in `$defs:` of a contract.
pub const CONTRACT_DEFINITIONS: usize = 1000;
/// Steps of the check of one part of a request with its schema.
pub const CONTRACT_STEPS: u64 = 1_000_000;
/// Levels of schemas of a contract that are compared with a mapping.
pub const CONTRACT_DEPTH: usize = 64;

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// What has the limit.
    pub of: Subject,
    /// What is limited: `the length of a line`.
    pub what: &'static str,
    /// How much is allowed by default.
    pub default: Amount,
    /// The option of `mapwright transform` that changes it.
    pub option: Option<&'static str>,
    /// The method of the library that changes it.
    pub method: Option<&'static str>,
    /// What happens beyond it.
    pub beyond: &'static str,
}

/// What has a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are self-explanatory")]
pub enum Subject {
    Line,
    Event,
    Settings,
    Mapping,
    Contract,
}

/// An amount, with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// A number of bytes.
    Bytes(u64),
    /// A number of anything else.
    Count(u64),
}

/// The amount as people write it: `64 MiB`, `1,000,000`.
impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const MIB: u64 = 1 << 20;
        let (number, unit) = match *self {
            Self::Bytes(bytes) if bytes >= MIB && bytes.is_multiple_of(MIB) => (bytes / MIB, " MiB"),
            Self::Bytes(1) => (1, " byte"),
            Self::Bytes(bytes) => (bytes, " bytes"),
            Self::Count(count) => (count, ""),
        };
        let digits = number.to_string();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        f.write_str(unit)
    }
}

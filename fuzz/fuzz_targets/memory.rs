//! A mapping in memory that consists of a single file.

use mapwright::{Files, Loaded};

struct Memory<'t>(&'t str);

impl Files for Memory<'_> {
    fn read(&self, _: Option<&str>, name: &str) -> Result<(String, String), String> {
        match name {
            "mapping.yaml" => Ok((name.to_owned(), self.0.to_owned())),
            _ => Err("there is no such file".to_owned()),
        }
    }
}

/// Reads and compiles `text`.
pub fn load(text: &str) -> Loaded {
    mapwright::load("mapping.yaml", &Memory(text))
}

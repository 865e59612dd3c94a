//! The baseline for measurements of the whole command: it parses every line of an NDJSON file, and prints it to another
//! file.
//!
//! ```text
//! cargo run --release --example print_floor INPUT OUTPUT
//! ```

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a program that reads and writes files"
)]

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The buffer size in bytes, the same as that of the command.
const BUFFER_SIZE: usize = 256 << 10;

pub(crate) fn main() -> io::Result<()> {
    let mut names = std::env::args().skip(1).collect::<Vec<_>>().into_iter().rev();
    let (Some(output), Some(input)) = (names.next(), names.next()) else {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "usage: print_floor INPUT OUTPUT"));
    };
    let mut input = BufReader::with_capacity(BUFFER_SIZE, File::open(input)?);
    let mut output = BufWriter::with_capacity(BUFFER_SIZE, File::create(output)?);
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        // Faster than `from_slice`, which validates each string separately.
        let text = std::str::from_utf8(&line).map_err(io::Error::other)?;
        let value: serde_json::Value = serde_json::from_str(text)?;
        serde_json::to_writer(&mut output, &value)?;
        output.write_all(b"\n")?;
        line.clear();
    }
    output.flush()
}

//! Reading one event from a file: the whole file, or a line of it.

use std::io::Read;
use std::path::Path;

use mapwright::Worker;
use mapwright::internal::display::answer_outline;
use mapwright::internal::json::{Document, Limits, Tape};
use mapwright::internal::with_shown_answer;

use super::exit::CommandError;
use super::file_format::Format;
use super::files::{describe, must_not_block, utf8};
use super::input::{Chunk, InputLine, Lines, cannot_read, open_text, shown_name};
use super::numbers::counted;
use super::text_table::{Align, table};

/// The maximum size of an event in bytes.
const MAX_EVENT_BYTES: usize = 64 << 20;

/// Maximum number of events listed.
const MAX_LISTED: usize = 40;

/// What a file of events has in it.
pub(super) enum EventFile {
    /// The JSON text of one event, or what should be one.
    Event(Vec<u8>),
    /// One event per line: the lines that are not blank, with their numbers.
    Lines(Vec<(u64, Vec<u8>)>),
}

/// Reads a whole file; `-` is standard input.
pub(super) fn read(name: &str) -> Result<EventFile, String> {
    let mut bytes = Vec::new();
    let mut reader = open_text(name)?.take(MAX_EVENT_BYTES as u64 + 1);
    reader.read_to_end(&mut bytes).map_err(|error| cannot_read(name, &describe(&error)))?;
    if bytes.len() > MAX_EVENT_BYTES {
        let message = format!(
            "{} is larger than {} MiB; choose one event with --line",
            shown_name(name),
            MAX_EVENT_BYTES >> 20
        );
        return Err(message);
    }
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes).trim_ascii();
    if text.is_empty() {
        return Err(format!("{} is empty; write an event to it, one JSON object", shown_name(name)));
    }
    let format = match state(text) {
        State::Value if text.starts_with(b"[") => Some(Format::JsonArray),
        State::Value => return Ok(EventFile::Event(text.to_vec())),
        State::Several | State::Broken => None,
    };
    if let Some(format) = format {
        return Err(cannot_read(name, &format.reason(name)));
    }
    let lines = (1..).zip(bytes.split(|&byte| byte == b'\n')).map(|(number, line)| {
        let line = if number == 1 { line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line) } else { line };
        (number, line.trim_ascii().to_vec())
    });
    let lines: Vec<(u64, Vec<u8>)> = lines.filter(|(_, line)| !line.is_empty()).collect();
    let is_map = |line: &[u8]| line.starts_with(b"{") && state(line) == State::Value;
    // A broken event over several lines can have a line that is a map, so most of them must be one.
    if lines.len() > 1 && 2 * lines.iter().filter(|(_, line)| is_map(line)).count() >= lines.len() {
        return Ok(EventFile::Lines(lines));
    }
    if state(text) == State::Several {
        return Err(cannot_read(name, &Format::PrettyJson.reason(name)));
    }
    Ok(EventFile::Event(text.to_vec()))
}

/// The JSON text of the one event in a file of a folder. The error is a sentence.
pub(super) fn text_in_folder(path: &Path) -> Result<String, String> {
    let name = path.to_string_lossy();
    must_not_block(path).map_err(|reason| cannot_read(&name, &reason))?;
    match read(&name)? {
        EventFile::Event(event) => utf8(event, &name).map_err(|reason| cannot_read(&name, &reason)),
        EventFile::Lines(lines) => Err(cannot_read(
            &name,
            &format!(
                "it has {}, one per line; a test is one event, so write each to a file of its own",
                counted(lines.len() as u64, "event")
            ),
        )),
    }
}

/// Reads the event on a line, as `transform` counts them.
pub(super) fn line(name: &str, line: u64) -> Result<Vec<u8>, CommandError> {
    let (mut lines, mut chunk) = (Lines::new(vec![name.to_owned()], MAX_EVENT_BYTES), Chunk::default());
    let mut last = 0;
    while lines.next(&mut chunk)? {
        last = chunk.last_line();
        if last < line {
            continue;
        }
        let found = chunk.lines(MAX_EVENT_BYTES).find(|&(number, _)| number == line);
        return match found {
            Some((_, InputLine::Text(text))) => Ok(text.trim_ascii().to_vec()),
            Some((_, InputLine::TooLong(_))) => Err(CommandError::Message(format!(
                "line {line} of {} is longer than {} MiB",
                shown_name(name),
                MAX_EVENT_BYTES >> 20
            ))),
            None => Err(CommandError::Message(format!("line {line} of {} is blank", shown_name(name)))),
        };
    }
    Err(CommandError::Message(format!("{} has only {}", shown_name(name), counted(last, "line"))))
}

/// The lines of a file with their answers, secrets masked.
pub(super) fn list(worker: &mut Worker, name: &str, lines: &[(u64, Vec<u8>)], width: usize) -> String {
    let mut rows = vec![vec!["line".to_owned(), "answer".to_owned()]];
    for (number, line) in lines.iter().take(MAX_LISTED) {
        let answers = with_shown_answer(worker, *number, line, |shown| {
            shown.lines.lines().map(answer_outline).collect::<Vec<_>>()
        });
        let others = match answers.len() {
            0 | 1 => String::new(),
            count => format!(" (and {} more)", count - 1),
        };
        let first = answers.into_iter().next().unwrap_or_else(|| "no request".to_owned());
        rows.push(vec![number.to_string(), first + &others]);
    }
    let more = lines.len().saturating_sub(MAX_LISTED);
    let more = if more == 0 { String::new() } else { format!("  … and {more} more\n") };
    let events = counted(lines.len() as u64, "event");
    format!(
        "{} has {events}, one per line; choose one with `--line N`:\n\n{}{more}",
        shown_name(name),
        table(&rows, &[Align::Right, Align::Left], width)
    )
}

/// What a text is as JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// One value.
    Value,
    /// A value, and something after it.
    Several,
    Broken,
}

fn state(text: &[u8]) -> State {
    let Ok(text) = std::str::from_utf8(text) else { return State::Broken };
    let (mut tape, limits) = (Tape::default(), Limits { bytes: usize::MAX, depth: 1024 });
    let Err(error) = Document::read(text, &mut tape, &limits) else { return State::Value };
    match text.get(..error.offset) {
        Some(before) if !before.is_empty() && Document::read(before, &mut tape, &limits).is_ok() => {
            State::Several
        }
        _ => State::Broken,
    }
}

//! Answers for people (`transform --pretty` and `--curl`).

use mapwright::internal::display::{RequestFormat, answer_text};
use mapwright::internal::with_shown_answer;
use mapwright::{Answer, Worker};

use super::input::InputLine;
use super::inspect::Inspector;
use super::ordered_writer::ChunkOutput;
use super::stats::RunStats;

/// How answers are shown.
pub(super) struct ShownLines<'a> {
    pub(super) format: RequestFormat,
    /// Whether secrets are shown.
    pub(super) secrets: bool,
    /// The names of the inputs; `-` is standard input.
    pub(super) inputs: &'a [String],
    /// The addresses of the mapping's rules.
    pub(super) rules: Vec<&'a str>,
}

impl ShownLines<'_> {
    /// Appends the answer to one line of an input to `output`.
    pub(super) fn append(
        &self,
        worker: &mut Worker,
        (input, number): (usize, u64),
        line: InputLine<'_>,
        inspector: Option<&Inspector<'_>>,
        stats: &mut RunStats,
        output: &mut ChunkOutput,
    ) {
        let place = match self.inputs.get(input).map(String::as_str) {
            None | Some("-") => format!("line {number}"),
            Some(file) => format!("{file}:{number}"),
        };
        let line = match line {
            InputLine::Text(line) => line,
            InputLine::TooLong(bytes) => {
                let mut lines = Vec::new();
                let answer = worker.too_long(number, bytes, &mut lines);
                output.counts += stats.add(&answer);
                return self.write(&answer, answer.lines(), &place, output);
            }
        };
        with_shown_answer(worker, number, line, |shown| {
            let answer = &shown.answer;
            output.counts += stats.add(answer);
            let lines = if self.secrets { answer.lines() } else { shown.lines.as_bytes() };
            stats.masked |= !self.secrets && shown.is_masked();
            let accepted =
                |inspector: &Inspector<'_>| answer.requests().all(|request| inspector.accepts(request));
            match inspector.filter(|inspector| !accepted(inspector)) {
                Some(inspector) => {
                    let checked = stats.violations.add(inspector, answer, lines, &shown.names());
                    self.write(answer, &checked, &place, output);
                }
                None => self.write(answer, lines, &place, output),
            }
        });
    }

    fn write(&self, answer: &Answer<'_>, lines: &[u8], place: &str, output: &mut ChunkOutput) {
        let rule = answer.rule.and_then(|rule| self.rules.get(rule)).copied();
        for line in String::from_utf8_lossy(lines).lines() {
            let text = answer_text(line, place, rule, self.format);
            output.text.extend_from_slice(text.as_bytes());
            // A blank line between answers.
            output.text.push(b'\n');
        }
    }
}

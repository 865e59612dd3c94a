//! Markdown tables and code.

/// A table with a header row.
pub(crate) fn table<const N: usize>(
    header: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> String {
    let mut text = line(&header.map(str::to_owned));
    text.push_str(&line(&[(); N].map(|()| "---".to_owned())));
    for row in rows {
        text.push_str(&line(&row));
    }
    text
}

fn line(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|").replace('\n', " ")).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// Text as inline code, even if it contains backticks.
pub(crate) fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// A fenced code block.
pub(crate) fn block(language: &str, text: &str) -> String {
    // The fence must be longer than any run of backticks in the text.
    let mut fence = "```".to_owned();
    while text.contains(&fence) {
        fence.push('`');
    }
    format!("{fence}{language}\n{}\n{fence}\n", text.trim_end_matches('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_and_blocks_are_escaped() {
        let text = table(["a", "b"], [[code("x | y"), code("`")]]);
        assert_eq!(text, "| a | b |\n| --- | --- |\n| `x \\| y` | `` ` `` |\n");
        assert_eq!(block("yaml", "a\n```\n"), "````yaml\na\n```\n````\n");
    }
}

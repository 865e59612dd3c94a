//! Tables and code in Markdown.

/// A table with a head.
pub(crate) fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut text = line(&head.map(str::to_owned));
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

/// Text as code, whatever it holds.
pub(crate) fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// Lines as a block of code in a language.
pub(crate) fn block(language: &str, text: &str) -> String {
    // A mark that is longer than any in the text.
    let mut mark = "```".to_owned();
    while text.contains(&mark) {
        mark.push('`');
    }
    format!("{mark}{language}\n{}\n{mark}\n", text.trim_end_matches('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_cell_ends_it() {
        let text = table(["a", "b"], [[code("x | y"), code("`")]]);
        assert_eq!(text, "| a | b |\n| --- | --- |\n| `x \\| y` | `` ` `` |\n");
        assert_eq!(block("yaml", "a\n```\n"), "````yaml\na\n```\n````\n");
    }
}

//! Words to lines of limited width.

/// Widest text of a doc line: with indentation and `/// ` it stays below 100 columns.
pub(in crate::target) const WIDTH: usize = 90;

/// Fills lines with words. The first line begins with `first`, the others with `rest`.
///
/// A word that would mean something at the beginning of a line, such as `-` or `1.`, never begins one.
pub(in crate::target) fn words(words: impl IntoIterator<Item = String>, first: &str, rest: &str) -> Vec<String> {
    words_within(WIDTH, words, first, rest)
}

/// The same in lines of another width.
pub(in crate::target) fn words_within(
    most: usize,
    words: impl IntoIterator<Item = String>,
    first: &str,
    rest: &str,
) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut width = line.chars().count();
    let mut empty = true;
    for word in words {
        let word_width = word.chars().count();
        if !empty && width + 1 + word_width > most && !marks_a_block(&word) {
            lines.push(std::mem::replace(&mut line, rest.to_owned()));
            width = rest.chars().count();
            empty = true;
        }
        if !empty {
            line.push(' ');
            width += 1;
        }
        line.push_str(&word);
        width += word_width;
        empty = false;
    }
    if !empty {
        lines.push(line);
    }
    lines
}

/// Whether Markdown reads a line that begins with this word as something other than text.
pub(super) fn marks_a_block(word: &str) -> bool {
    if word.starts_with(['#', '>', '=', '|', ':', '+']) || word.starts_with("~~~") || word.starts_with("```") {
        return true;
    }
    // A bullet, a rule or the underline of a heading: only these characters.
    if word.starts_with(['-', '*', '_']) && word.chars().all(|c| matches!(c, '-' | '*' | '_')) {
        return true;
    }
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < word.len() && (rest.starts_with('.') || rest.starts_with(')'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_lines_and_never_begins_one_with_a_marker() {
        let text = format!("{} - {}", "word ".repeat(18).trim(), "more ".repeat(10).trim());
        let lines = words(text.split(' ').map(str::to_owned), "- ", "  ");
        assert!(lines.len() > 1);
        assert!(lines.iter().skip(1).all(|line| line.starts_with("  ") && !line.trim().starts_with('-')));
    }

    #[test]
    fn markers() {
        for word in ["-", "---", "1.", "12)", "#", "##x", ">", "===", "|a", "~~~"] {
            assert!(marks_a_block(word), "{word}");
        }
        for word in ["a", "-1", "1", "10:30", "*bold*", "`x`"] {
            assert!(!marks_a_block(word), "{word}");
        }
    }
}

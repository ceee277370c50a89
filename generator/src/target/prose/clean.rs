//! Characters that must not reach a source file: control characters, line separators, and those that reorder text.

/// Text with `\n` line ends and nothing that a compiler refuses in a comment.
pub(super) fn text(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\n' | '\r' => clean.push('\n'),
            '\t' => clean.push_str("    "),
            '\u{2028}' | '\u{2029}' | '\u{85}' | '\u{b}' | '\u{c}' => clean.push('\n'),
            c if c.is_control() || reorders(c) => {}
            c => clean.push(c),
        }
    }
    clean
}

/// Text for one line: white space becomes single spaces.
pub(in crate::target) fn one_line(input: &str) -> String {
    text(input).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a source file may not hold a character.
pub(in crate::target) fn is_odd(c: char) -> bool {
    c.is_control() || reorders(c) || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether a character changes the direction of the text around it, or hides.
fn reorders(c: char) -> bool {
    matches!(
        c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_odd_is_left() {
        assert_eq!(text("a\r\nb\rc\u{202e}d\u{0}\te"), "a\nb\ncd    e");
        assert_eq!(one_line(" a\n\n b\u{2028}c "), "a b c");
    }
}

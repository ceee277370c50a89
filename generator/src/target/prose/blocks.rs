//! A document's Markdown, block by block, with nothing left that rustdoc would run.
//!
//! Fenced and indented code becomes ```` ```text ````; every other line is printed at an indentation of our own,
//! so that no text can be read as indented code, and thereby as a test.

use super::{inline, wrap};

/// Deepest nesting of lists that is kept.
const DEEPEST_LIST: usize = 4;

/// Clean text as lines of that width.
pub(super) fn render(text: &str, width: usize) -> Vec<String> {
    let mut writer = Writer { width, ..Writer::default() };
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let trimmed = line.trim();
        if let Some(fence) = fence(trimmed) {
            let mut code = Vec::new();
            for line in lines.by_ref() {
                if line.trim().starts_with(&fence) && line.trim().trim_start_matches(fence_char(&fence)).is_empty() {
                    break;
                }
                code.push(line.trim_end().to_owned());
            }
            writer.code(code);
        } else if indent(line) >= 4 && writer.may_begin_code() && !trimmed.is_empty() {
            let mut code = vec![unindent(line)];
            while let Some(next) = lines.next_if(|next| indent(next) >= 4 || next.trim().is_empty()) {
                code.push(unindent(next));
            }
            writer.code(code);
        } else {
            writer.line(indent(line), trimmed);
        }
    }
    writer.finish()
}

/// The fence that `trimmed` opens.
fn fence(trimmed: &str) -> Option<String> {
    let c = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = trimmed.chars().take_while(|&other| other == c).count();
    let info_has_ticks = c == '`' && trimmed.chars().skip(length).any(|other| other == '`');
    (length >= 3 && !info_has_ticks).then(|| c.to_string().repeat(length))
}

fn fence_char(fence: &str) -> char {
    fence.chars().next().unwrap_or('`')
}

fn indent(line: &str) -> usize {
    line.chars().take_while(|&c| c == ' ').count()
}

fn unindent(line: &str) -> String {
    line.chars().skip(indent(line).min(4)).collect::<String>().trim_end().to_owned()
}

/// A list the current line may be part of.
#[derive(Clone, Copy, Debug)]
struct List {
    /// Indentation of its markers in the document.
    indent: usize,
    /// Indentation of its text as we print it.
    text: usize,
}

#[derive(Debug, Default)]
struct Writer {
    out: Vec<String>,
    /// Widest line.
    width: usize,
    /// Text of the paragraph being read.
    text: String,
    /// What its first line begins with, and how far the others are indented.
    marker: String,
    hanging: usize,
    lists: Vec<List>,
    after_blank: bool,
    /// Whether the block printed last was an item, a row or a quote, which the next of its kind joins.
    last: Kind,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Other,
    Item,
    Row,
}

impl Writer {
    /// Whether an indented line here would be code: not inside a paragraph or a list.
    fn may_begin_code(&self) -> bool {
        self.text.is_empty() && self.lists.is_empty()
    }

    fn line(&mut self, indent: usize, trimmed: &str) {
        if trimmed.is_empty() {
            self.flush();
            self.after_blank = true;
            return;
        }
        if let Some((marker, text)) = item(trimmed) {
            self.item(indent, &marker, text);
        } else if trimmed.chars().all(|c| matches!(c, '-' | '*' | '_' | '=' | ' ')) {
            // A rule, or the underline of a heading: what stands before it is a paragraph.
            self.flush();
        } else if let Some(level) = heading(trimmed) {
            self.flush();
            self.lists.clear();
            let title = inline::words(trimmed.trim_matches('#')).join(" ");
            self.separate(Kind::Other);
            self.out.push(format!("{} {title}", "#".repeat(level)));
        } else if trimmed.starts_with('|') {
            self.flush();
            self.lists.clear();
            self.separate(Kind::Row);
            self.out.push(inline::words(trimmed).join(" "));
        } else if let Some(quoted) = trimmed.strip_prefix('>') {
            self.quote(quoted);
        } else {
            self.continuation(indent, trimmed);
        }
        self.after_blank = false;
    }

    fn item(&mut self, indent: usize, marker: &str, text: &str) {
        self.flush();
        while self.lists.last().is_some_and(|list| list.indent >= indent) {
            self.lists.pop();
        }
        self.lists.truncate(DEEPEST_LIST - 1);
        let at = self.lists.last().map_or(0, |list| list.text);
        self.lists.push(List { indent, text: at + marker.len() });
        self.marker = format!("{}{marker}", " ".repeat(at));
        self.hanging = at + marker.len();
        self.text = text.trim().to_owned();
    }

    /// Quoted text is printed as a quote of one level, however deep it is.
    fn quote(&mut self, quoted: &str) {
        let text = quoted.trim_start_matches(['>', ' ']);
        if self.marker != "> " {
            self.flush();
            self.lists.clear();
            self.marker = "> ".to_owned();
        }
        self.push_text(text);
    }

    fn continuation(&mut self, indent: usize, trimmed: &str) {
        if self.text.is_empty() && self.after_blank {
            if indent == 0 {
                self.lists.clear();
            }
            let at = self.lists.last().map_or(0, |list| list.text);
            self.marker = " ".repeat(at);
            self.hanging = at;
        }
        self.push_text(trimmed);
    }

    fn push_text(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(text);
    }

    fn code(&mut self, mut code: Vec<String>) {
        self.flush();
        self.lists.clear();
        while code.last().is_some_and(|line| line.is_empty()) {
            code.pop();
        }
        let ticks = |line: &String| line.trim_start().chars().take_while(|&c| c == '`').count();
        let longest = code.iter().map(ticks).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        self.separate(Kind::Other);
        self.out.push(format!("{fence}text"));
        self.out.extend(code);
        self.out.push(fence);
    }

    /// Prints the paragraph read so far.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        let marker = std::mem::take(&mut self.marker);
        let hanging = std::mem::take(&mut self.hanging);
        let mut words = inline::words(&text);
        if let Some(first) = words.first_mut().filter(|first| wrap::marks_a_block(first)) {
            *first = escape_marker(first);
        }
        let rest = if marker == "> " { marker.clone() } else { " ".repeat(hanging) };
        let lines = wrap::words_within(self.width, words, &marker, &rest);
        if lines.is_empty() {
            return;
        }
        self.separate(if marker.trim().is_empty() || marker == "> " { Kind::Other } else { Kind::Item });
        self.out.extend(lines);
    }

    /// A blank line, except between items of a list and rows of a table.
    fn separate(&mut self, kind: Kind) {
        if !self.out.is_empty() && (kind == Kind::Other || kind != self.last) {
            self.out.push(String::new());
        }
        self.last = kind;
    }

    fn finish(mut self) -> Vec<String> {
        self.flush();
        self.out
    }
}

/// `- text` or `1. text`: the marker as we print it, and the text.
fn item(trimmed: &str) -> Option<(String, &str)> {
    if let Some(text) = ["- ", "* ", "+ "].iter().find_map(|marker| trimmed.strip_prefix(marker)) {
        // `- - -` is a rule.
        let rule = trimmed.chars().all(|c| matches!(c, '-' | '*' | ' '));
        return (!rule).then(|| ("- ".to_owned(), text));
    }
    let text = trimmed.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = trimmed.len() - text.len();
    let text = text.strip_prefix(". ").or_else(|| text.strip_prefix(") "))?;
    let number: String = trimmed.chars().take(digits).collect();
    (1..=9).contains(&digits).then(|| (format!("{number}. "), text))
}

fn heading(trimmed: &str) -> Option<usize> {
    let level = trimmed.chars().take_while(|&c| c == '#').count();
    ((1..=6).contains(&level) && trimmed.chars().nth(level) == Some(' ')).then_some(level)
}

/// `1.` as `1\.`, `-` as `\-`.
fn escape_marker(word: &str) -> String {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits: String = word.chars().take(word.len() - rest.len()).collect();
    format!("{digits}\\{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> String {
        render(text, wrap::WIDTH).join("\n")
    }

    #[test]
    fn paragraphs_and_lists() {
        assert_eq!(lines("One\ntwo.\n\n- a\n  b\n- c\n    - d\n\nend"), "One two.\n\n- a b\n- c\n  - d\n\nend");
        assert_eq!(lines("1. a\n2. b"), "1. a\n2. b");
        assert_eq!(lines("# Title\ntext\n---\n> quoted\n> more"), "# Title\n\ntext\n\n> quoted more");
    }

    #[test]
    fn code_never_becomes_a_test() {
        for text in [
            "```\nfn main() {}\n```",
            "~~~rust\nfn main() {}\n~~~",
            "```rust\nfn main() {}",
            "text\n\n    fn main() {}\n\nmore",
            "    fn main() {}",
        ] {
            let printed = lines(text);
            assert!(printed.contains("```text\nfn main() {}\n```"), "{text:?} gave {printed:?}");
        }
        assert_eq!(lines("````\n```rust\nx\n```\n````"), "````text\n```rust\nx\n```\n````");
    }

    #[test]
    fn no_line_is_indented_as_code() {
        for text in [
            "-     fn main() {}",
            ">     fn main() {}",
            "- a\n\n          fn main() {}",
            "> ```\n> fn main() {}\n> ```",
            "a\n=\n    b",
            "- > - x",
            "1. 2. 3.     x",
        ] {
            for line in render(text, wrap::WIDTH) {
                assert!(!line.contains("   "), "{text:?} gave {line:?}");
                let inner = line.trim_start_matches(['-', '>', ' ']);
                assert!(
                    !inner.starts_with("```") || ["```", "```text"].contains(&line.as_str()),
                    "{text:?} gave {line:?}"
                );
            }
        }
    }
}

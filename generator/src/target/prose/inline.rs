//! A paragraph of a document's Markdown as words that rustdoc reads as text, code, emphasis or web links, and nothing else.

use super::clean::one_line;

/// Text as a code span, whatever it holds.
pub(in crate::target) fn code(text: &str) -> String {
    let mut text = one_line(text);
    // Three backticks at the beginning of a line would open a block.
    if longest_run(&text) > 1 {
        text = text.replace('`', "'");
    }
    let fence = "`".repeat(longest_run(&text) + 1);
    match text.as_str() {
        "" => "(empty)".to_owned(),
        text if text.starts_with('`') || text.ends_with('`') => format!("{fence} {text} {fence}"),
        text => format!("{fence}{text}{fence}"),
    }
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// The words of a paragraph, safe to print. A code span or a link is one word, spaces included.
pub(super) fn words(text: &str) -> Vec<String> {
    Scanner { chars: text.chars().collect(), at: 0, words: Vec::new(), word: String::new(), links: true }.run()
}

struct Scanner {
    chars: Vec<char>,
    at: usize,
    words: Vec<String>,
    word: String,
    /// False inside a link's text.
    links: bool,
}

impl Scanner {
    fn run(mut self) -> Vec<String> {
        while let Some(c) = self.peek(0) {
            match c {
                c if c.is_whitespace() => {
                    self.end_word();
                    self.at += 1;
                }
                '`' => self.code_span(),
                '\\' => self.backslash(),
                '!' if self.peek(1) == Some('[') => {
                    self.at += 1;
                    if !self.link() {
                        self.word.push('!');
                    }
                }
                '[' => {
                    if !self.link() {
                        self.escape('[');
                    }
                }
                '<' => self.angle(),
                ']' | '>' => self.escape(c),
                'h' if self.bare_url() => {}
                c => {
                    self.word.push(c);
                    self.at += 1;
                }
            }
        }
        self.end_word();
        self.words
    }

    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn end_word(&mut self) {
        if !self.word.is_empty() {
            self.words.push(std::mem::take(&mut self.word));
        }
    }

    fn escape(&mut self, c: char) {
        self.word.push('\\');
        self.word.push(c);
        self.at += 1;
    }

    /// The position after `from` where `wanted` is found.
    fn find(&self, from: usize, wanted: impl Fn(usize) -> bool) -> Option<usize> {
        (from..self.chars.len()).find(|&at| wanted(at))
    }

    fn slice(&self, from: usize, to: usize) -> String {
        self.chars.iter().skip(from).take(to.saturating_sub(from)).collect()
    }

    fn run_of(&self, from: usize, c: char) -> usize {
        self.chars.iter().skip(from).take_while(|&&other| other == c).count()
    }

    /// A code span, kept when it is closed; otherwise its backticks are text.
    fn code_span(&mut self) {
        let fence = self.run_of(self.at, '`');
        let start = self.at + fence;
        let mut from = start;
        while let Some(tick) = self.find(from, |at| self.chars.get(at) == Some(&'`')) {
            let run = self.run_of(tick, '`');
            if run == fence {
                let span = code(&self.slice(start, tick));
                self.word.push_str(&span);
                self.at = tick + run;
                return;
            }
            from = tick + run;
        }
        for _ in 0..fence {
            self.escape('`');
        }
    }

    /// An escape is kept; a backslash before anything else is text.
    fn backslash(&mut self) {
        match self.peek(1).filter(char::is_ascii_punctuation) {
            Some(next) => {
                self.word.push('\\');
                self.word.push(next);
                self.at += 2;
            }
            None => self.escape('\\'),
        }
    }

    /// `[text](url)` with a web address; an image becomes such a link.
    fn link(&mut self) -> bool {
        let Some((text, url, end)) = self.parse_link() else { return false };
        let inner = Self { chars: text.chars().collect(), at: 0, words: Vec::new(), word: String::new(), links: false }
            .run()
            .join(" ");
        match url {
            Some(url) if url.contains(['(', ')']) => self.word.push_str(&format!("[{inner}](<{url}>)")),
            Some(url) => self.word.push_str(&format!("[{inner}]({url})")),
            None => self.word.push_str(&inner),
        }
        self.at = end;
        true
    }

    /// Text, address when it is one of the web, and where the link ends.
    fn parse_link(&self) -> Option<(String, Option<String>, usize)> {
        if !self.links {
            return None;
        }
        let close = self.closing_bracket()?;
        if self.chars.get(close + 1) != Some(&'(') {
            return None;
        }
        let end = self.find(close + 2, |at| self.chars.get(at) == Some(&')'))?;
        let text = self.slice(self.at + 1, close);
        let target = self.slice(close + 2, end);
        let address = target.split_whitespace().next().unwrap_or_default();
        let address = address.trim_start_matches('<').trim_end_matches('>');
        Some((text, web_address(address), end + 1))
    }

    /// Where the bracket at the current position is closed.
    fn closing_bracket(&self) -> Option<usize> {
        let mut depth = 0_usize;
        for (at, c) in self.chars.iter().enumerate().skip(self.at) {
            match c {
                '[' => depth += 1,
                ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth == 0 {
                return Some(at);
            }
        }
        None
    }

    /// `<https://…>` is kept, `<br>` is a space, any other `<` is text.
    fn angle(&mut self) {
        let close = self.find(self.at, |at| self.chars.get(at) == Some(&'>'));
        let inner = close.map(|close| self.slice(self.at + 1, close)).unwrap_or_default();
        let tag = inner.trim_end_matches('/').trim().to_ascii_lowercase();
        match (web_address(&inner), close) {
            (Some(url), Some(close)) if self.links => {
                self.word.push_str(&format!("<{url}>"));
                self.at = close + 1;
            }
            (_, Some(close)) if tag == "br" || tag == "p" || tag == "/p" => {
                self.end_word();
                self.at = close + 1;
            }
            _ => self.escape('<'),
        }
    }

    /// A bare address becomes `<address>`.
    fn bare_url(&mut self) -> bool {
        let boundary = self.word.chars().last().is_none_or(|c| !c.is_alphanumeric());
        if !self.links || !boundary {
            return false;
        }
        let stop = |c: &char| c.is_whitespace() || "<>\"'`[]{}|\\^".contains(*c);
        let text: String = self.chars.iter().skip(self.at).take_while(|c| !stop(c)).collect();
        let mut url = text.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '~']);
        while url.ends_with(')') && !url.contains('(') {
            url = url.trim_end_matches(')').trim_end_matches(['.', ',', ';']);
        }
        let Some(address) = web_address(url) else { return false };
        self.at += url.chars().count();
        self.word.push_str(&format!("<{address}>"));
        true
    }
}

/// The address, when it is one of the web and holds nothing that could end a link early.
fn web_address(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let plain = |c: char| !c.is_whitespace() && !"<>\"`\\".contains(c);
    (rest.chars().next().is_some_and(char::is_alphanumeric) && rest.chars().all(plain)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn safe(text: &str) -> String {
        words(text).join(" ")
    }

    #[test]
    fn text_is_kept() {
        assert_eq!(safe("A *bold*  move,\n`code [x]` & 100%."), "A *bold* move, `code [x]` & 100%.");
    }

    #[test]
    fn brackets_and_tags_are_text() {
        assert_eq!(safe("see [Charge] and <b>x</b> or Vec<T>"), r"see \[Charge\] and \<b\>x\</b\> or Vec\<T\>");
        assert_eq!(safe("one<br/>two"), "one two");
    }

    #[test]
    fn links() {
        assert_eq!(safe("[a [b]](https://x.io/a) !"), r"[a \[b\]](https://x.io/a) !");
        assert_eq!(safe("[docs](/relative) ![logo](https://x.io/l.png)"), "docs [logo](https://x.io/l.png)");
        assert_eq!(safe("at https://x.io/a. (http://y.io)"), "at <https://x.io/a>. (<http://y.io>)");
        assert_eq!(safe("[x]: https://x.io"), r"\[x\]: <https://x.io>");
        assert_eq!(safe("[a](javascript:alert(1))"), "a)");
    }

    #[test]
    fn unbalanced_backticks_are_text() {
        assert_eq!(safe("a ` b"), r"a \` b");
        assert_eq!(safe("```rust"), r"\`\`\`rust");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("```rust"), "`'''rust`");
    }
}

//! Prose as a comment.

use super::language::{CommentRule, Markup};
use crate::target::prose;

/// Narrowest text, however deep it stands.
const NARROWEST: usize = 30;

impl CommentRule {
    /// Paragraphs of Markdown as a comment that stands `indent` columns deep (or tabs, where it has them). Its first line is
    /// not indented, since a template has done that.
    pub(super) fn comment(&self, paragraphs: &[String], indent: usize) -> String {
        let indentation = if self.tabs { "\t".repeat(indent) } else { " ".repeat(indent) };
        let columns = if self.tabs { indent * 4 } else { indent };
        let lines = self.lines(paragraphs, columns);
        match (lines.as_slice(), &self.single) {
            ([], _) => return String::new(),
            ([line], Some(single)) => {
                let text = single.replace("{text}", line);
                if columns + text.chars().count() <= self.width {
                    return text;
                }
            }
            _ => {}
        }
        let mut all = Vec::new();
        if !self.first.is_empty() && !self.joined {
            all.push(self.first.clone());
        }
        for (at, line) in lines.iter().enumerate() {
            let before = if at == 0 && self.joined { &self.first } else { &self.line };
            // gofmt wants no space before the tab of a line of code.
            let before = if line.starts_with('\t') { before.trim_end() } else { before };
            all.push(format!("{before}{line}").trim_end().to_owned());
        }
        if !self.last.is_empty() {
            all.push(self.last.clone());
        }
        let indented = all.iter().enumerate().map(|(at, line)| match line.as_str() {
            "" => String::new(),
            line if at == 0 => line.to_owned(),
            line => format!("{indentation}{line}"),
        });
        indented.collect::<Vec<_>>().join("\n")
    }

    fn lines(&self, paragraphs: &[String], columns: usize) -> Vec<String> {
        let before = self.line.chars().count().max(if self.joined { self.first.chars().count() } else { 0 });
        let width = self.width.saturating_sub(columns + before).max(NARROWEST);
        let mut all: Vec<String> = Vec::new();
        for paragraph in paragraphs {
            let lines = prose::lines(paragraph, width);
            if !all.is_empty() && !lines.is_empty() {
                all.push(String::new());
            }
            all.extend(lines);
        }
        let lines = match self.markup {
            Markup::Markdown => all,
            Markup::Plain => all.iter().map(|line| plain(line)).collect(),
            Markup::Go => go(&all),
        };
        lines.iter().map(|line| self.escaped(line)).collect()
    }

    fn escaped(&self, line: &str) -> String {
        self.escape.iter().fold(line.to_owned(), |line, (from, to)| line.replace(from, to))
    }
}

/// Without the backslashes and angle brackets that Markdown needs.
fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    let mut in_code = false;
    while let Some(c) = chars.next() {
        match c {
            '`' => {
                in_code = !in_code;
                out.push(c);
            }
            '<' if !in_code && chars.clone().collect::<String>().starts_with("http") => {
                out.extend(chars.by_ref().take_while(|&c| c != '>'));
            }
            '\\' if !in_code && chars.peek().is_some_and(char::is_ascii_punctuation) => out.extend(chars.next()),
            c => out.push(c),
        }
    }
    out
}

/// Code indented by a tab, and items of lists as gofmt writes them.
fn go(lines: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut in_list = false;
    let mut rest = lines.iter();
    while let Some(line) = rest.next() {
        let fence: String = line.chars().take_while(|&c| c == '`').collect();
        if fence.len() >= 3 {
            let code: Vec<&String> = rest.by_ref().take_while(|line| **line != fence).collect();
            out.extend(go_code(&code));
            continue;
        }
        in_list = match line.as_str() {
            "" => false,
            line => is_item(line) || in_list && line.starts_with(' '),
        };
        out.push(if in_list { go_item(line) } else { plain(line.trim_start()) });
    }
    end_sentences(&mut out);
    out
}

/// gofmt takes the indentation away that all lines of code share.
fn go_code(lines: &[&String]) -> Vec<String> {
    let indent = |line: &str| line.chars().take_while(|&c| c == ' ').count();
    let spaced: Vec<String> = lines.iter().map(|line| line.replace('\t', "    ")).collect();
    let shared = spaced.iter().filter(|line| !line.is_empty()).map(|line| indent(line)).min().unwrap_or(0);
    let code = spaced.iter().map(|line| match line.as_str() {
        "" => String::new(),
        line => format!("\t{}", line.chars().skip(shared).collect::<String>()),
    });
    code.collect()
}

/// Go reads a line between blank ones that begins with a capital and has no punctuation as a heading.
fn end_sentences(lines: &mut [String]) {
    let is_blank = |line: Option<&String>| line.is_some_and(String::is_empty);
    let alone = |at: usize| at > 0 && is_blank(lines.get(at - 1)) && is_blank(lines.get(at + 1));
    let looks_like_one =
        |line: &String| line.starts_with(char::is_uppercase) && !line.contains(['.', ';', ':', '!', '?', '[', ']']);
    let found: Vec<usize> =
        (0..lines.len()).filter(|&at| alone(at) && lines.get(at).is_some_and(looks_like_one)).collect();
    for at in found {
        if let Some(line) = lines.get_mut(at) {
            line.push('.');
        }
    }
}

fn is_item(line: &str) -> bool {
    let rest = line.trim_start();
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.starts_with("- ") || digits.len() < rest.len() && digits.starts_with(". ")
}

/// gofmt has lists of one level: items two columns deep, numbered ones one, their further lines four.
fn go_item(line: &str) -> String {
    let text = plain(line.trim_start());
    match line.trim_start() {
        rest if rest.starts_with("- ") => format!("  {text}"),
        _ if is_item(line) => format!(" {text}"),
        _ => format!("    {text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(toml: &str) -> CommentRule {
        toml::from_str(toml).unwrap()
    }

    #[test]
    fn blocks_and_single_lines() {
        let js = rule("first = '/**'\nline = ' * '\nlast = ' */'\nsingle = '/** {text} */'\nescape = [['*/', '*\\/']]");
        assert_eq!(js.comment(&["A charge */".to_owned()], 2), "/** A charge *\\/ */");
        assert_eq!(
            js.comment(&["A.".to_owned(), String::new(), "B.".to_owned()], 2),
            "/**\n   * A.\n   *\n   * B.\n   */"
        );
        assert_eq!(js.comment(&[String::new()], 2), "");
        let py = rule("first = '\"\"\"'\nlast = '\"\"\"'\njoined = true\nsingle = '\"\"\"{text}\"\"\"'");
        assert_eq!(py.comment(&["A.\n\nB.".to_owned()], 4), "\"\"\"A.\n\n    B.\n    \"\"\"");
    }

    #[test]
    fn go_has_its_own_markup() {
        let go = rule("line = '// '\ntabs = true\nmarkup = 'go'");
        assert_eq!(
            go.comment(&["Lists.\n\nGet a list of things\n\n```\n  a\n    b\n```\n\nEnd".to_owned()], 0),
            "// Lists.\n//\n// Get a list of things.\n//\n//\ta\n//\t  b\n//\n// End"
        );
        let text = "See [x]: a_b <https://a.b>\n\n- one\n- two\n\n```\ncode\n```";
        assert_eq!(
            go.comment(&[text.to_owned()], 1),
            "// See [x]: a_b https://a.b\n\t//\n\t//   - one\n\t//   - two\n\t//\n\t//\tcode"
        );
    }
}

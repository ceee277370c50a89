//! Doc comments: prose of a document made harmless and wrapped, and prose of our own around it.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::string;
use crate::maps::HashMap;
use crate::target::prose;
pub(super) use crate::target::prose::{Facts, always, code, is_odd, one_line, value};

/// A doc comment in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Doc {
    lines: Vec<String>,
}

impl Doc {
    /// Begins with prose of a document, or with `fallback`, a sentence of ours, when there is none.
    pub(super) fn new(text: &str, fallback: &str) -> Self {
        let mut doc = Self::default();
        doc.markdown(text);
        if doc.lines.is_empty() {
            doc.paragraph(fallback);
        }
        doc
    }

    /// Adds prose of a document: Markdown that is cleaned.
    pub(super) fn markdown(&mut self, text: &str) {
        self.block(prose::lines(text, prose::WIDTH));
    }

    /// Adds a paragraph of ours: Markdown that is kept.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.block(prose::words(text.split_whitespace().map(str::to_owned), "", ""));
    }

    /// Adds a heading of ours.
    pub(super) fn section(&mut self, title: &str) {
        self.block(vec![format!("# {title}")]);
    }

    /// Adds lines of ours as they are, such as a code block.
    pub(super) fn block(&mut self, lines: Vec<String>) {
        if lines.is_empty() {
            return;
        }
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(lines);
    }

    /// Adds a list: each name, and what is said of it up to its first block of code.
    pub(super) fn items(&mut self, items: impl Iterator<Item = (String, Doc)>) {
        let mut lines = Vec::new();
        for (name, said) in items {
            let text = said.lines.iter().take_while(|line| !line.starts_with("```"));
            let words = text.flat_map(|line| line.split_whitespace()).map(str::to_owned);
            lines.extend(prose::words(words, &format!("- {}: ", code(&name)), "  "));
        }
        self.block(lines);
    }

    /// With links to what is named in code spans. What is in a block of code stays as it is.
    pub(super) fn linked(mut self, paths: &HashMap<String, String>) -> Self {
        let (mut is_code, mut is_open) = (false, false);
        for line in &mut self.lines {
            is_code ^= line.trim_start().starts_with("```");
            // A span may go on over several lines, which are left as they are.
            let is_odd = !line.matches('`').count().is_multiple_of(2);
            if !is_code && !is_open && !is_odd {
                *line = linked(line, paths);
            }
            is_open = !line.is_empty() && (is_open ^ is_odd);
        }
        self
    }

    /// Its lines.
    pub(super) fn lines(&self) -> &[String] {
        &self.lines
    }

    /// As outer attributes, one a line, which print as `///`.
    pub(super) fn attributes(&self) -> TokenStream {
        self.lines
            .iter()
            .map(|line| {
                let text = if line.is_empty() { String::new() } else { format!(" {line}") };
                let text = string(&text);
                quote!(#[doc = #text])
            })
            .collect()
    }
}

/// A paragraph of ours in lines of that width, for a file that is no Rust.
pub(super) fn filled(text: &str, width: usize) -> String {
    prose::words_within(width, text.split_whitespace().map(str::to_owned), "", "").join("\n")
}

fn linked(line: &str, paths: &HashMap<String, String>) -> String {
    // Every second piece between single backticks is code.
    if line.contains("``") || line.contains("\\`") {
        return line.to_owned();
    }
    let mut text = String::with_capacity(line.len());
    for (at, piece) in line.split('`').enumerate() {
        if at.is_multiple_of(2) {
            text.push_str(piece);
            continue;
        }
        match paths.get(piece).filter(|_| !text.ends_with('[')) {
            Some(path) => text.push_str(&format!("[`{piece}`]({path})")),
            None => text.push_str(&format!("`{piece}`")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_of_ours_follows_prose_of_the_document() {
        let mut doc = Doc::new("", "A charge.");
        doc.section("Errors");
        doc.paragraph("It may fail.");
        assert_eq!(doc.lines(), ["A charge.", "", "# Errors", "", "It may fail."]);
    }

    #[test]
    fn what_is_named_is_linked_once_and_not_in_code() {
        let paths = HashMap::from_iter([("pets.list".to_owned(), "crate::Pets::list".to_owned())]);
        let mut doc = Doc::new("As `pets.list` does, not `pets`.", "");
        doc.paragraph("See [`pets.list`](other) and ``pets.list``.");
        doc.block(["```", "`pets.list`", "```"].map(str::to_owned).to_vec());
        doc.block(["`a", "b` `pets.list` `c", "d`"].map(str::to_owned).to_vec());
        assert_eq!(
            doc.linked(&paths).lines().join("|"),
            "As [`pets.list`](crate::Pets::list) does, not `pets`.||See [`pets.list`](other) and ``pets.list``.||```|`pets.list`|```||`a|b` `pets.list` `c|d`"
        );
    }
}

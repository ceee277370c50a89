//! `docs/diagnostics.md` as sections.

use crate::support::repository;

use super::codes::is_code;

/// What is said about one code.
pub(super) struct Section {
    pub(super) code: String,
    /// Its examples, each as lines without their indentation and comments. Those that leave something out (`…`) are not here.
    pub(super) examples: Vec<Vec<String>>,
}

pub(super) fn sections() -> Vec<Section> {
    let docs = std::fs::read_to_string(repository().join("docs/diagnostics.md")).expect("it reads");
    let texts = docs.split("\n### ").skip(1);
    texts
        .map(|text| {
            let (code, rest) = text.split_once(':').expect("a heading is a code and a sentence");
            assert!(is_code(code), "`{code}` is not a code");
            let rest = rest.split("\n## ").next().unwrap_or_default();
            Section { code: code.to_owned(), examples: examples(rest) }
        })
        .collect()
}

fn examples(text: &str) -> Vec<Vec<String>> {
    let mut examples = vec![Vec::new()];
    for line in text.lines() {
        match line.strip_prefix("    ") {
            Some(line) => examples.last_mut().expect("one is open").push(bare(line)),
            None => examples.push(Vec::new()),
        }
    }
    examples.retain(|lines| !lines.is_empty() && !lines.iter().any(|line| line.contains('…')));
    examples
}

/// A line without what surrounds its meaning: indentation, the comment, space between words.
pub(super) fn bare(line: &str) -> String {
    let line = line.split(" # ").next().unwrap_or_default();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

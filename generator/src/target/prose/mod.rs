//! Prose of a document made harmless and wrapped: Markdown that holds text, code, emphasis and links to the web, and nothing
//! that a compiler, a documentation tool or a reader's terminal takes for more.

mod blocks;
mod clean;
mod facts;
mod inline;
mod wrap;

pub(super) use clean::{is_odd, one_line};
pub(super) use facts::{Facts, always, value};
pub(super) use inline::code;
pub(super) use wrap::{WIDTH, words, words_within};

/// Text inside a paragraph of Markdown: nothing but text.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A document's Markdown as lines of that width.
pub(super) fn lines(text: &str, width: usize) -> Vec<String> {
    blocks::render(&clean::text(text), width)
}

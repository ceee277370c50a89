//! The guide to the crate: what its users read first, once as the documentation of the crate's root and once as README.
//! Every snippet in it is a doctest in both.

mod sections;
mod snippet;

use super::Options;
use super::docs::{Doc, filled};
use super::emitter::Emitter;
use super::example::Showcase;
use crate::ir::Api;
use snippet::Snippet;

/// Widest line of the README.
const README_WIDTH: usize = 120;

/// What the guide is written about.
struct Subject<'a> {
    api: &'a Api,
    options: &'a Options,
    crate_name: String,
    calls: Showcase,
    /// The methods of the builder that set keys, and what is said of each.
    keys: Vec<(String, String)>,
    /// The function that takes a delivery; empty where none is verified.
    received: Vec<String>,
}

/// A chapter.
struct Section {
    title: &'static str,
    parts: Vec<Part>,
}

/// What a chapter is made of.
enum Part {
    /// A paragraph: Markdown of ours with links to items of the crate.
    Text(String),
    /// Rust.
    Code(Snippet),
    /// Lines that are kept as they are.
    Block(Vec<String>),
}

/// The guide, ready to be printed.
pub(super) struct Guide(Vec<Section>);

impl Guide {
    /// Writes it for an API.
    pub(super) fn new(emitter: &Emitter<'_>, options: &Options) -> Self {
        let (api, calls) = (emitter.api, emitter.showcase());
        let crate_name = options.crate_name();
        let received = emitter.received(&crate_name);
        let keys = emitter.told_credentials();
        let subject = Subject { api, options, crate_name, calls, keys, received };
        Self(sections::all(&subject))
    }

    /// Adds it to the documentation of the crate's root.
    pub(super) fn document(&self, doc: &mut Doc) {
        for section in &self.0 {
            doc.section(section.title);
            for part in &section.parts {
                match part {
                    Part::Text(text) => doc.paragraph(text),
                    Part::Code(snippet) => doc.block(snippet.doctest()),
                    Part::Block(lines) => doc.block(lines.clone()),
                }
            }
        }
    }

    /// As chapters of the README. Markdown elsewhere knows no links to items.
    pub(super) fn readme(&self) -> String {
        let mut blocks = Vec::new();
        for section in &self.0 {
            blocks.push(format!("## {}", section.title));
            blocks.extend(section.parts.iter().map(|part| match part {
                Part::Text(text) => filled(&unlinked(text), README_WIDTH),
                Part::Code(snippet) => snippet.readme().join("\n"),
                Part::Block(lines) => unlinked(&lines.join("\n")),
            }));
        }
        blocks.join("\n\n")
    }

    /// Features without which the snippets do not compile.
    pub(super) fn features(&self) -> Vec<&'static str> {
        let parts = self.0.iter().flat_map(|section| &section.parts);
        let mut features: Vec<&str> = parts
            .filter_map(|part| match part {
                Part::Code(snippet) => snippet.feature,
                _ => None,
            })
            .collect();
        features.sort_unstable();
        features.dedup();
        features
    }
}

/// ``[`Error`]`` as `` `Error` ``.
fn unlinked(text: &str) -> String {
    text.replace("[`", "`").replace("`]", "`")
}

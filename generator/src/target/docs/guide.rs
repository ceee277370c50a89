//! Guides: Markdown that people write, with links into the site and calls that are shown in every language.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::markdown;
use super::page::{Guide, Heading, Language, Link, Piece, Sample};
use super::samples::{Callers, sample};
use super::urls::{self, Urls};
use crate::config::DocsConfig;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::{Api, Literal};
use crate::target::sample::Call;

/// A line around what a guide says of itself.
const FENCE: &str = "+++";

/// What a guide says of itself.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    /// Heading.
    pub title: String,
    /// A sentence.
    pub summary: String,
    /// Heading of its part of the navigation.
    pub section: String,
    /// Its place among all guides.
    #[serde(default)]
    pub order: i64,
}

/// A guide as it is written.
#[derive(Clone, Debug)]
pub(super) struct Source<'t> {
    /// Its name, which is that of its file and its address.
    pub name: &'t str,
    pub head: Head,
    text: &'t str,
}

impl Source<'_> {
    /// Its page.
    pub(super) fn link(&self) -> Link {
        Link { title: self.head.title.clone(), path: format!("guides/{}/", self.name), anchor: String::new() }
    }
}

/// The guides in their order.
pub(super) fn sources<'t>(docs: &'t DocsConfig, diagnostics: &mut Diagnostics) -> Vec<Source<'t>> {
    let mut sources = Vec::new();
    for (name, text) in &docs.guide_texts {
        match source(name, text) {
            Ok(source) => sources.push(source),
            Err(why) => diagnostics.push(unusable(name, &why)),
        }
    }
    sources.sort_by(|one, other| (one.head.order, one.name).cmp(&(other.head.order, other.name)));
    sources
}

fn source<'t>(name: &'t str, text: &'t str) -> Result<Source<'t>, String> {
    let rest = text.strip_prefix(FENCE).ok_or("it does not begin with `+++` and what it says of itself")?;
    let (head, text) = rest.split_once("\n+++\n").ok_or("there is no second line `+++`")?;
    let head: Head = toml::from_str(head).map_err(|error| error.message().to_owned())?;
    Ok(Source { name, head, text })
}

/// What is wrong with a guide.
fn unusable(name: &str, why: &str) -> Diagnostic {
    problem("guide", name, why)
}

/// What is wrong with a guide or a catalogue.
pub(super) fn problem(what: &str, name: &str, why: &str) -> Diagnostic {
    Diagnostic::error("E903", format!("the {what} `{name}` cannot be used: {why}"))
        .help("`docs/documentation.md` explains how guides are written")
}

/// Makes pages of guides.
pub(super) struct Writer<'w, 'a> {
    pub api: &'a Api,
    pub urls: &'w Urls,
    pub docs: &'w DocsConfig,
    pub callers: &'w mut Callers<'a>,
    pub diagnostics: &'w mut Diagnostics,
}

impl Writer<'_, '_> {
    pub(super) fn guide(&mut self, source: &Source<'_>) -> Guide {
        let mut pieces = Vec::new();
        let mut prose = String::new();
        let mut lines = source.text.lines().peekable();
        while let Some(line) = lines.next() {
            let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else {
                prose.push_str(line);
                prose.push('\n');
                continue;
            };
            let mut code = String::new();
            for line in lines.by_ref().take_while(|line| *line != "```") {
                code.push_str(line);
                code.push('\n');
            }
            match self.piece(source, info, &code) {
                Some(piece) => {
                    self.flush(source, &mut prose, &mut pieces);
                    join(&mut pieces, piece);
                }
                None => prose.push_str(&format!("```{info}\n{code}```\n")),
            }
        }
        self.flush(source, &mut prose, &mut pieces);
        let (headings, twice) = headings(&pieces);
        for title in twice {
            let why = format!("two of its headings are `{title}`, and one address cannot lead to both");
            self.diagnostics.push(unusable(source.name, &why));
        }
        Guide { section: source.head.section.clone(), pieces, headings }
    }

    /// A block of code that is more than itself: a call, or one of several languages.
    fn piece(&mut self, source: &Source<'_>, info: &str, code: &str) -> Option<Piece> {
        if info == "call" {
            return match self.call(code) {
                Ok(piece) => Some(piece),
                Err(why) => {
                    self.diagnostics.push(unusable(source.name, &why));
                    None
                }
            };
        }
        let languages = &self.callers.languages;
        // Commands of a shell are more than curl.
        let is_it = |language: &&Language| language.id == info || (language.fence == info && info != "sh");
        let language = languages.iter().find(is_it)?;
        let samples = vec![sample(language, code.trim_end().to_owned())];
        Some(Piece::Code { samples, operation: None })
    }

    fn call(&mut self, code: &str) -> Result<Piece, String> {
        let (id, values) = code.split_once('\n').unwrap_or((code, ""));
        let id = id.trim();
        let (resource, operation) = self
            .api
            .operations()
            .find(|(_, operation)| operation.id == id)
            .ok_or_else(|| format!("there is no operation `{id}`"))?;
        let values: toml::Table = toml::from_str(values).map_err(|error| format!("`{id}`: {}", error.message()))?;
        let values: Vec<(String, Literal)> = values.into_iter().map(|(key, value)| (key, literal(value))).collect();
        let call = Call::with(self.api, resource, operation, &values)?;
        let samples = self.callers.samples(&call, self.diagnostics);
        Ok(Piece::Code { samples, operation: self.urls.operation(id).cloned() })
    }

    /// Ends a piece of prose, its links into the site resolved.
    fn flush(&mut self, source: &Source<'_>, prose: &mut String, pieces: &mut Vec<Piece>) {
        let text = std::mem::take(prose);
        if text.trim().is_empty() {
            return;
        }
        let (text, problems) = resolved(&text, |target| self.urls.meant(self.api, self.docs, target));
        problems.iter().for_each(|why| self.diagnostics.push(unusable(source.name, why)));
        pieces.push(Piece::Prose { text });
    }
}

/// Adds a piece; code in another language joins the one before it.
fn join(pieces: &mut Vec<Piece>, piece: Piece) {
    if let (Some(Piece::Code { samples, operation: None }), Piece::Code { samples: more, operation: None }) =
        (pieces.last_mut(), &piece)
    {
        let is_new = |sample: &Sample| !samples.iter().any(|own| own.language == sample.language);
        if more.iter().all(is_new) {
            samples.extend(more.iter().cloned());
            return;
        }
    }
    pieces.push(piece);
}

/// Text whose links into the site are addresses from its root, behind `site:`; and links that lead nowhere.
pub(super) fn resolved(text: &str, meant: impl Fn(&str) -> Result<String, String>) -> (String, Vec<String>) {
    let mut out = String::new();
    let mut problems = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](") {
        out.push_str(before);
        out.push_str("](");
        rest = after;
        let Some((target, behind)) = after.split_once(')').filter(|(target, _)| urls::is_meant(target)) else {
            continue;
        };
        match meant(target) {
            Ok(address) => out.push_str(&format!("site:{address})")),
            Err(why) => {
                problems.push(why);
                out.push_str("site:index.html)");
            }
        }
        rest = behind;
    }
    out.push_str(rest);
    (out, problems)
}

/// The headings of the second order, with the anchors that the page gives them; and headings of any order that give an anchor
/// that another gave before.
fn headings(pieces: &[Piece]) -> (Vec<Heading>, Vec<String>) {
    let prose = pieces.iter().filter_map(|piece| match piece {
        Piece::Prose { text } => Some(text),
        Piece::Code { .. } => None,
    });
    let mut seen = BTreeSet::new();
    let (mut found, mut twice) = (Vec::new(), Vec::new());
    for (level, title) in prose.flat_map(|text| markdown::headings(text)) {
        let heading = Heading { anchor: urls::slug(&title), title };
        if !seen.insert(heading.anchor.clone()) {
            twice.push(heading.title.clone());
        }
        if level == 2 {
            found.push(heading);
        }
    }
    (found, twice)
}

fn literal(value: toml::Value) -> Literal {
    match value {
        toml::Value::String(text) => Literal::String(text),
        toml::Value::Integer(number) => Literal::Number(number.to_string()),
        toml::Value::Float(number) => Literal::Number(number.to_string()),
        toml::Value::Boolean(value) => Literal::Bool(value),
        toml::Value::Datetime(moment) => Literal::String(moment.to_string()),
        toml::Value::Array(items) => Literal::List(items.into_iter().map(literal).collect()),
        toml::Value::Table(members) => {
            Literal::Object(members.into_iter().map(|(key, value)| (key, literal(value))).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_into_the_site_are_resolved() {
        let meant = |target: &str| match target {
            "op:a.b" => Ok("a/b/index.html".to_owned()),
            other => Err(format!("`{other}` leads nowhere")),
        };
        let (text, problems) = resolved("[x](op:a.b), [y](https://e.org) [z](op:c)", meant);
        assert_eq!(text, "[x](site:a/b/index.html), [y](https://e.org) [z](site:index.html)");
        assert_eq!(problems, ["`op:c` leads nowhere"]);
    }

    #[test]
    fn a_guide_says_what_it_is() {
        let text = "+++\ntitle = \"A\"\nsummary = \"s\"\nsection = \"S\"\n+++\ntext";
        assert_eq!(source("a", text).unwrap().head.title, "A");
        assert!(source("a", "text").is_err());
        assert!(source("a", "+++\ntitle = 1\n+++\n").is_err());
    }
}

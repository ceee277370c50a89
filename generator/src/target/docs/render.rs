//! Pages to HTML and Markdown. HTML is escaped wherever no filter has made it; Markdown is escaped as Markdown.

use std::collections::BTreeMap;
use std::io::{self, Write};

use tera::{Context, Error, Kwargs, State, Tera, TeraResult, Value};

use super::highlight::highlight;
use super::page::Page;
use super::twin;
use crate::target::filters::{Harmless, reasons};
use crate::target::prose;

/// The templates, ready to render.
pub(super) struct Renderer {
    html: Tera,
    markdown: Tera,
    context: Context,
}

impl Renderer {
    /// Parses the templates, by their path in their folder. Every page sees `site`.
    pub(super) fn new(templates: &BTreeMap<&str, &str>, site: &impl serde::Serialize) -> Result<Self, String> {
        let of = |suffix: &'static str| {
            let named = templates.iter().filter(move |(path, _)| path.ends_with(suffix));
            named.map(|(&path, &text)| (path, text)).collect::<Vec<_>>()
        };
        let mut html = Tera::default();
        html.autoescape_on([".html.tera"]);
        forbid(&mut html);
        html.register_filter(
            "markdown",
            Harmless(|text: String, arguments: Kwargs| {
                let has_headings = arguments.get::<bool>("headings")?.unwrap_or(false);
                Ok(super::markdown::blocks(&text, &arguments.must_get::<String>("root")?, has_headings))
            }),
        );
        html.register_filter(
            "inline",
            Harmless(|text: String, arguments: Kwargs| {
                Ok(super::markdown::inline(&text, &arguments.must_get::<String>("root")?))
            }),
        );
        html.register_filter(
            "highlight",
            Harmless(|text: String, arguments: Kwargs| Ok(highlight(&text, &arguments.must_get::<String>("fence")?))),
        );
        html.add_raw_templates(of(".html.tera")).map_err(|error| reasons(&error))?;
        let mut markdown = Tera::default();
        markdown.autoescape_on([".md.tera", ".txt.tera"]);
        markdown.set_escape_fn(escape);
        forbid(&mut markdown);
        markdown.register_filter(
            "prose",
            Harmless(|text: String, arguments: Kwargs| {
                let has_headings = arguments.get::<bool>("headings")?.unwrap_or(false);
                Ok(twin::prose(&text, &arguments.must_get::<String>("root")?, has_headings))
            }),
        );
        markdown.register_filter(
            "line",
            Harmless(|text: String, arguments: Kwargs| {
                let root = arguments.get::<String>("root")?.unwrap_or_default();
                Ok(line(&text, &root))
            }),
        );
        markdown.register_filter("address", Harmless(|text: String, _: Kwargs| address(&text)));
        markdown.register_filter("code", Harmless(|text: String, _: Kwargs| Ok(prose::code(&text))));
        markdown.register_filter(
            "fenced",
            Harmless(|text: String, arguments: Kwargs| Ok(fenced(&text, &arguments.must_get::<String>("fence")?))),
        );
        markdown
            .add_raw_templates(of(".md.tera").into_iter().chain(of(".txt.tera")))
            .map_err(|error| reasons(&error))?;
        let mut context = Context::new();
        context.insert("site", site);
        Ok(Self { html, markdown, context })
    }

    /// A page as HTML and as Markdown.
    pub(super) fn page(&mut self, page: &Page) -> Result<(String, String), String> {
        self.context.insert("page", page);
        let html = self.html.render(&format!("{}.html.tera", page.kind), &self.context);
        let markdown = self.markdown.render(&format!("{}.md.tera", page.kind), &self.context);
        Ok((html.map_err(|error| reasons(&error))?, tidy(&markdown.map_err(|error| reasons(&error))?)))
    }

    /// A text of the whole site.
    pub(super) fn text(&mut self, template: &str, things: &impl serde::Serialize) -> Result<String, String> {
        self.context.insert("pages", things);
        Ok(tidy(&self.markdown.render(template, &self.context).map_err(|error| reasons(&error))?))
    }
}

/// Markdown of a document on one line, fit for a cell of a table. Links into the site are kept, which only people write.
fn line(text: &str, root: &str) -> String {
    const STAND_IN: &str = "https://site.invalid/";
    let text = text.replace("](site:", &format!("]({STAND_IN}"));
    let line = prose::lines(&text, usize::MAX / 2).join(" ").replace('|', "\\|");
    twin::local(&line.replace(STAND_IN, "site:"), root)
}

/// No line ends in spaces, no two lines in a row are empty, outside of code.
fn tidy(text: &str) -> String {
    let mut out = String::new();
    let mut fence: Option<String> = None;
    let mut empty = 0;
    for line in text.lines() {
        let ticks = line.chars().take_while(|c| *c == '`').count();
        match &fence {
            Some(open) if line.starts_with(open.as_str()) && line.len() == ticks => fence = None,
            None if ticks >= 3 => fence = Some("`".repeat(ticks)),
            _ => {}
        }
        let line = if fence.is_some() { line } else { line.trim_end() };
        empty = if line.is_empty() && fence.is_none() { empty + 1 } else { 0 };
        if empty < 2 && !(line.is_empty() && out.is_empty()) {
            out.push_str(line);
            out.push('\n');
        }
    }
    out.trim_end().to_owned() + "\n"
}

/// Code between fences longer than any in it.
fn fenced(code: &str, fence: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let ticks = "`".repeat(longest.max(2) + 1);
    format!("{ticks}{fence}\n{}\n{ticks}", code.trim_end())
}

/// Text inside a paragraph of Markdown. Spaces around it are kept, as templates put texts together.
fn escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    if text.starts_with(' ') {
        out.write_all(b" ")?;
    }
    out.write_all(prose::escaped(text.trim()).as_bytes())?;
    match text.len() > 1 && text.ends_with(' ') {
        true => out.write_all(b" "),
        false => Ok(()),
    }
}

/// An address within the site, which needs no escapes: it is made of ASCII letters, digits and `-_./#`.
fn address(text: &str) -> TeraResult<String> {
    match text.chars().all(|c| c.is_ascii_alphanumeric() || "-_./#".contains(c)) {
        true => Ok(text.to_owned()),
        false => Err(Error::message(format!("{text:?} is no address within the site"))),
    }
}

/// Nothing passes but through the filters of this module.
fn forbid(tera: &mut Tera) {
    tera.register_filter("safe", |_: Value, _: Kwargs, _: &State| -> TeraResult<Value> {
        Err(Error::message("the filter `safe` is not used here: `markdown`, `inline` and `highlight` make HTML"))
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_is_tidy() {
        assert_eq!(tidy("\n\na  \n\n\n\nb\n```\n\n\nc\n```\n\n"), "a\n\nb\n```\n\n\nc\n```\n");
        assert_eq!(fenced("a```b", "ts"), "````ts\na```b\n````");
    }
}

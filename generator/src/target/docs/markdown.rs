//! Markdown to HTML that holds text, code, tables and links, and nothing that a browser would run or fetch.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};

use super::highlight::highlight;
use super::urls::slug;

/// What links may begin with; those into the site begin with `site:`.
const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "#"];

/// Blocks. `root` leads from the page to the site's root; headings keep their order and get anchors only in prose that people
/// wrote for the page.
pub(super) fn blocks(text: &str, root: &str, has_headings: bool) -> String {
    let mut out = String::new();
    let mut writer = Writer { root, has_headings, ..Writer::default() };
    let events: Vec<Event<'_>> =
        Parser::new_ext(text, Options::ENABLE_TABLES).flat_map(|event| writer.event(event)).collect();
    html::push_html(&mut out, events.into_iter());
    out
}

/// A paragraph without its tags; blocks stay blocks.
pub(super) fn inline(text: &str, root: &str) -> String {
    let out = blocks(text, root, false);
    let inner = out.trim().strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    match inner {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => out,
    }
}

/// The headings in their order: the level that the page gives them, and their text.
pub(super) fn headings(text: &str) -> Vec<(u8, String)> {
    let mut found = Vec::new();
    let mut open: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match (event, &mut open) {
            (Event::Start(Tag::Heading { .. }), _) => open = Some(String::new()),
            (Event::End(TagEnd::Heading(level)), _) => {
                found.extend(open.take().map(|title| (shown_level(level), title.trim().to_owned())));
            }
            (Event::Text(text) | Event::Code(text), Some(title)) => title.push_str(&text),
            _ => {}
        }
    }
    found
}

/// The page's own heading is the first.
fn shown_level(level: HeadingLevel) -> u8 {
    (level as u8).clamp(2, 4)
}

/// Whether a page may send its readers there.
pub(super) fn is_known(target: &str) -> bool {
    SCHEMES.iter().any(|scheme| target.starts_with(scheme))
}

/// What is open while events pass.
#[derive(Default)]
struct Writer<'r> {
    root: &'r str,
    has_headings: bool,
    /// Of each open link, whether it is kept.
    links: Vec<bool>,
    /// The language and the text of a block of code.
    code: Option<(String, String)>,
    /// The text of a heading.
    heading: Option<(HeadingLevel, String, Vec<Event<'static>>)>,
}

impl Writer<'_> {
    fn event<'t>(&mut self, event: Event<'t>) -> Vec<Event<'t>> {
        if let Some((_, code)) = &mut self.code {
            match event {
                Event::Text(text) => code.push_str(&text),
                Event::End(TagEnd::CodeBlock) => return self.finished_code(),
                _ => {}
            }
            return Vec::new();
        }
        if let Event::End(TagEnd::Heading(_)) = event {
            return self.finished_heading();
        }
        let events = self.passed(event);
        match &mut self.heading {
            Some((_, title, inside)) => {
                for event in events {
                    if let Event::Text(text) | Event::Code(text) = &event {
                        title.push_str(text);
                    }
                    inside.push(event.into_static());
                }
                Vec::new()
            }
            None => events,
        }
    }

    fn passed<'t>(&mut self, event: Event<'t>) -> Vec<Event<'t>> {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let fence = match kind {
                    CodeBlockKind::Fenced(info) => info.split_whitespace().next().unwrap_or_default().to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((fence, String::new()));
                Vec::new()
            }
            Event::Start(Tag::Heading { level, .. }) => {
                self.heading = Some((level, String::new(), Vec::new()));
                Vec::new()
            }
            Event::Start(Tag::Link { dest_url, link_type, .. }) => {
                let target = self.target(&dest_url, link_type);
                self.links.push(target.is_some());
                target.into_iter().map(|dest_url| Event::Start(link(dest_url))).collect()
            }
            Event::End(TagEnd::Link) if self.links.pop() == Some(false) => Vec::new(),
            // Nothing is fetched: what an image shows is said.
            Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => Vec::new(),
            Event::Start(Tag::HtmlBlock) => vec![Event::Start(Tag::Paragraph)],
            Event::End(TagEnd::HtmlBlock) => vec![Event::End(TagEnd::Paragraph)],
            Event::Html(text) | Event::InlineHtml(text) => vec![Event::Text(text)],
            Event::Start(Tag::Table(columns)) => {
                vec![
                    raw(r#"<div class="scroll" tabindex="0" role="group" aria-label="Table">"#),
                    Event::Start(Tag::Table(columns)),
                ]
            }
            Event::End(TagEnd::Table) => vec![Event::End(TagEnd::Table), raw("</div>")],
            other => vec![other],
        }
    }

    /// Where a link leads; `None` where no page should send its readers.
    fn target<'t>(&self, target: &CowStr<'t>, kind: LinkType) -> Option<CowStr<'t>> {
        if let Some(path) = target.strip_prefix("site:") {
            return Some(format!("{}{path}", self.root).into());
        }
        (is_known(target) && kind != LinkType::Email).then(|| target.clone())
    }

    fn finished_code<'t>(&mut self) -> Vec<Event<'t>> {
        let (fence, code) = self.code.take().unwrap_or_default();
        let code = highlight(code.trim_end_matches('\n'), &fence);
        vec![raw(&format!(
            "<pre class=\"code\" tabindex=\"0\" role=\"group\" aria-label=\"Code\"><code>{code}</code></pre>\n"
        ))]
    }

    fn finished_heading<'t>(&mut self) -> Vec<Event<'t>> {
        let Some((level, title, inside)) = self.heading.take() else { return Vec::new() };
        let (open, close) = match self.has_headings {
            true => {
                let level = shown_level(level);
                (format!("<h{level} id=\"{}\">", slug(&title)), format!("</h{level}>\n"))
            }
            false => ("<p class=\"heading\"><strong>".to_owned(), "</strong></p>\n".to_owned()),
        };
        std::iter::once(raw(&open)).chain(inside).chain([raw(&close)]).collect()
    }
}

/// HTML of ours.
fn raw<'t>(text: &str) -> Event<'t> {
    Event::Html(text.to_owned().into())
}

fn link(dest_url: CowStr<'_>) -> Tag<'_> {
    Tag::Link { link_type: LinkType::Inline, dest_url, title: "".into(), id: "".into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_runs_and_nothing_is_fetched() {
        let hostile = "a <b onclick=x>b</b> [c](javascript:alert(1)) ![d](https://e.org/x.png)\n\n\
                       <script>alert(1)</script>\n\n<img src=x>";
        let out = blocks(hostile, "./", false);
        assert!(!out.contains("<script") && !out.contains("<img") && !out.contains("<b "), "{out}");
        assert!(!out.contains("javascript:") && !out.contains("x.png") && !out.contains("href"), "{out}");
        assert!(out.contains("&lt;script&gt;") && out.contains(" c d"), "{out}");
    }

    #[test]
    fn prose_becomes_html() {
        assert_eq!(inline("A `b` of *c*.", "./"), "A <code>b</code> of <em>c</em>.");
        assert_eq!(inline("[x](site:a/index.html#b)", "../"), "<a href=\"../a/index.html#b\">x</a>");
        assert_eq!(blocks("## To *pay*\n", "./", true), "<h2 id=\"to-pay\">To <em>pay</em></h2>\n");
        assert_eq!(blocks("# T\n", "./", false), "<p class=\"heading\"><strong>T</strong></p>\n");
    }

    #[test]
    fn code_is_harmless() {
        let out = blocks("```rust\nlet a = \"</code><script>\";\n```\n", "./", false);
        assert!(!out.contains("<script>") && out.matches("</code>").count() == 1, "{out}");
    }
}

//! A document's Markdown for the twin of a page: still Markdown, and no more than that.
//!
//! Programs read twins as they are, and people paste them. HTML and links that no page would follow become text, so do images,
//! which whoever shows the twin would fetch; and headings become bold, since they would end the part that they stand in.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::markdown::is_known;
use crate::target::prose::escaped;

/// Markdown to stand in a page. `root` leads from the page to the site's root; prose that people wrote for the page keeps its
/// headings.
pub(super) fn prose(text: &str, root: &str, has_headings: bool) -> String {
    local(&harmless(text, has_headings), root)
}

/// Links into the site lead to twins. What stands behind `#` is kept for guides alone: no other twin has places to lead to.
pub(super) fn local(text: &str, root: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](site:") {
        let end = after.find(')').unwrap_or(after.len());
        let (target, behind) = after.split_at(end);
        let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
        let anchor =
            if anchor.is_empty() || !path.starts_with("guides/") { String::new() } else { format!("#{anchor}") };
        let path = path.replace("index.html", "index.md");
        out.push_str(&format!("{before}]({root}{path}{anchor}"));
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// A part of a text and what takes its place.
type Edit = (Range<usize>, String);

fn harmless(text: &str, has_headings: bool) -> String {
    let text = text.trim();
    let mut edits: Vec<Edit> = Vec::new();
    let mut heading: Option<(Range<usize>, String)> = None;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        let source = text.get(range.clone()).unwrap_or_default();
        match (event, &mut heading) {
            (Event::Start(Tag::Heading { .. }), _) if !has_headings => heading = Some((range, String::new())),
            (Event::End(TagEnd::Heading(_)), Some((place, title))) => {
                edits.push((place.clone(), format!("**{}**\n", escaped(title))));
                heading = None;
            }
            (Event::Text(part) | Event::Code(part) | Event::Html(part) | Event::InlineHtml(part), Some((_, title))) => {
                title.push_str(&part);
            }
            (_, Some(_)) => {}
            (Event::Html(_) | Event::InlineHtml(_), None) => edits.push((range, each_line(source))),
            (Event::Start(Tag::Image { .. }), None) => edits.push((range, escaped(source))),
            (Event::Start(Tag::Link { dest_url, link_type, .. }), None)
                if link_type == LinkType::Email || !(dest_url.starts_with("site:") || is_known(&dest_url)) =>
            {
                edits.push((range, escaped(source)));
            }
            _ => {}
        }
    }
    edited(text, edits)
}

/// Lines of HTML as text, each on its own.
fn each_line(source: &str) -> String {
    let lines: Vec<String> = source.split('\n').map(escaped).collect();
    lines.join("\n")
}

/// The text with its parts replaced; of parts inside each other the outer one counts.
fn edited(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, with) in edits {
        if range.start < at {
            continue;
        }
        out.push_str(text.get(at..range.start).unwrap_or_default());
        out.push_str(&with);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_twin_holds_no_html_and_no_odd_link() {
        let hostile = "a <b onclick=x>b</b> [c](javascript:x) ![d](https://e.org/x.png) [e](https://e.org)\n\n\
                       <script>\nalert(1) [f](javascript:y)\n</script>\n\n# G `h`\n\n```\n<i># j\n```\n";
        let out = prose(hostile, "../", false);
        assert!(out.contains("a \\<b onclick=x\\>b\\</b\\> \\[c\\](javascript:x) !\\[d\\]"), "{out}");
        assert!(out.contains("[e](https://e.org)") && out.contains("\\<script\\>\n"), "{out}");
        assert!(out.contains("\\[f\\]") && out.contains("**G h**\n") && out.contains("```\n<i># j\n```"), "{out}");
        assert_eq!(prose("## H\n", "", true), "## H");
    }

    #[test]
    fn links_into_the_site_lead_to_twins() {
        let text = "[a](site:charges/create/index.html#param-amount) [b](site:guides/errors/index.html#codes)";
        assert_eq!(local(text, "../"), "[a](../charges/create/index.md) [b](../guides/errors/index.md#codes)");
    }
}

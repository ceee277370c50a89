//! For a browser: one page that needs nothing else.

use std::fmt::Write as _;

use super::super::{Change, Wire};
use super::text::shown;
use super::{Report, happened, operations, reasoning, way, word};

/// Operations that are named for a change.
const NAMED: usize = 20;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;\
background:#fff}code{background:#8881;padding:.1em .3em;border-radius:.2em}li{margin:.6rem 0}small{color:#666}\
.breaking{color:#b00020}.compatible{color:#00691c}@media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#161616}\
small{color:#aaa}.breaking{color:#ff8a80}.compatible{color:#81c784}}";

/// A report as a page.
pub fn html(report: &Report<'_>) -> String {
    let (old, new) = (escape(report.old), escape(report.new));
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" \
         content=\"width=device-width\">\n<title>Changes of the API</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <h1>Changes of the API</h1>\n<p>From <code>{old}</code> to <code>{new}</code>.</p>\n<p>{}</p>\n",
        escape(&report.summary())
    );
    for (wire, title, changes) in report.groups() {
        let class = match wire {
            Wire::Breaking => "breaking",
            Wire::Compatible => "compatible",
            Wire::Unaffected => "unaffected",
        };
        let _ = writeln!(text, "<h2 class=\"{class}\">{title} ({})</h2>\n<ul>", changes.len());
        for change in changes {
            one(&mut text, report, change);
        }
        text.push_str("</ul>\n");
    }
    for (title, symbols) in report.symbol_groups() {
        let _ = writeln!(text, "<h2>{title} ({})</h2>\n<ul>", symbols.len());
        for symbol in symbols {
            let what = told(&happened(symbol));
            let _ = writeln!(text, "<li><code>{}</code> {what}</li>", escape(&symbol.symbol));
        }
        text.push_str("</ul>\n");
    }
    text.push_str("</body>\n</html>");
    text
}

fn one(text: &mut String, report: &Report<'_>, change: &Change) {
    let _ = write!(text, "<li id=\"{}\">{}: {}", change.id(), told(&change.subject), told(&change.message));
    let _ = write!(text, " <small><code>{}</code> {}", change.id(), escape(&shown(change.place())));
    for reach in change.reach.iter().filter(|reach| !reach.operations.is_empty()) {
        let operations = escape(&operations(&reach.operations, NAMED));
        let _ = write!(text, "<br>{} in {}: {operations}", word(reach.wire), way(reach.direction));
    }
    if let Some(reason) = &change.allowed {
        let _ = write!(text, "<br>allowed: {}", escape(reason));
    }
    if report.explain {
        for reach in &change.reach {
            let _ = write!(text, "<br>{}", told(&reasoning(change, reach)));
        }
    }
    text.push_str("</small></li>\n");
}

/// Text with its code spans.
fn told(text: &str) -> String {
    let parts = text.split('`').enumerate();
    let part = |(index, part): (usize, &str)| {
        let part = escape(part);
        if index % 2 == 1 { format!("<code>{part}</code>") } else { part }
    };
    parts.map(part).collect()
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_of_others_is_text() {
        assert_eq!(told("`<a>` & b"), "<code>&lt;a&gt;</code> &amp; b");
    }
}

//! For release notes and pull requests.

use std::fmt::Write as _;

use super::super::Change;
use super::{Report, happened, operations, reasoning, way, word};

/// Operations that are named for a change.
const NAMED: usize = 5;

/// A report as GitHub's Markdown.
pub fn markdown(report: &Report<'_>) -> String {
    let mut text = String::from("# Changes of the API\n\n");
    let _ = writeln!(text, "From {} to {}.\n", code(report.old), code(report.new));
    for (_, title, changes) in report.groups() {
        let _ = writeln!(text, "## {title} ({})\n", changes.len());
        for change in changes {
            one(&mut text, report, change);
        }
        text.push('\n');
    }
    for (title, symbols) in report.symbol_groups() {
        let _ = writeln!(text, "## {title} ({})\n", symbols.len());
        for symbol in symbols {
            let _ = writeln!(text, "- {} {}", code(&symbol.symbol), told(&happened(symbol)));
            if let Some(reason) = &symbol.allowed {
                let _ = writeln!(text, "  - allowed: {}", told(reason));
            }
        }
        text.push('\n');
    }
    text.push_str(&report.summary().replace('\n', "\n\n"));
    text
}

fn one(text: &mut String, report: &Report<'_>, change: &Change) {
    let _ = write!(text, "- {}: {}", told(&change.subject), told(&change.message));
    let ways: Vec<String> = change
        .reach
        .iter()
        .filter(|reach| !reach.operations.is_empty())
        .map(|reach| {
            let operations = told(&operations(&reach.operations, NAMED));
            if change.reach.len() > 1 {
                format!("{} in {}: {operations}", word(reach.wire), way(reach.direction))
            } else {
                operations
            }
        })
        .collect();
    if !ways.is_empty() {
        let _ = write!(text, " ({})", ways.join("; "));
    }
    let _ = writeln!(text, " <!-- {} -->", change.id());
    if !change.symbols.is_empty() {
        let symbols: Vec<String> = change.symbols.iter().map(|symbol| code(symbol)).collect();
        let _ = writeln!(text, "  - in code: {}", symbols.join(", "));
    }
    if let Some(reason) = &change.allowed {
        let _ = writeln!(text, "  - allowed: {}", told(reason));
    }
    if report.explain {
        for reach in &change.reach {
            let _ = writeln!(text, "  - {}", told(&reasoning(change, reach)));
        }
    }
}

/// Text whose code spans stay and in which nothing else is markup.
fn told(text: &str) -> String {
    let mut told = String::with_capacity(text.len());
    let last = text.matches('`').count();
    for (index, part) in text.split('`').enumerate() {
        // A span that is not closed is none.
        if index % 2 == 1 && index < last {
            told.push_str(&code(part));
            continue;
        }
        for letter in part.chars() {
            match letter {
                '\n' | '\r' => told.push(' '),
                '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' | '@' => {
                    told.push('\\');
                    told.push(letter);
                }
                letter if letter.is_control() => {}
                letter => told.push(letter),
            }
        }
    }
    told
}

/// A code span, whatever the text holds.
fn code(text: &str) -> String {
    let text: String =
        text.chars().map(|letter| if letter.is_control() || letter == '`' { ' ' } else { letter }).collect();
    format!("`{text}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_of_others_is_text() {
        assert_eq!(told("`a` <b>x</b> [l](u)\n# y"), "`a` \\<b\\>x\\</b\\> \\[l\\](u) \\# y");
        assert_eq!(told("`a`b` c"), "`a`b c");
    }
}

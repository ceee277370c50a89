//! For GitHub Actions: an annotation at the line of each change.

use super::super::{Change, Source, Wire};
use super::{Report, happened, operations};

/// Operations that are named for a change.
const NAMED: usize = 5;

/// A report as workflow commands, a line each.
pub fn github(report: &Report<'_>) -> String {
    let mut lines: Vec<String> = report.diff.changes.iter().map(one).collect();
    let majors = report.symbols().iter().filter(|symbol| symbol.source == Source::Major && symbol.allowed.is_none());
    lines.extend(majors.map(|symbol| {
        let told = data(&format!("`{}` {}", symbol.symbol, happened(symbol)));
        format!("::error title={}::{told}", symbol.fate.id())
    }));
    lines.push(format!("::notice title=Changes of the API::{}", data(&report.summary())));
    lines.join("\n")
}

fn one(change: &Change) -> String {
    let command = match (change.wire(), &change.allowed) {
        (Wire::Breaking, None) => "error",
        (Wire::Breaking, Some(_)) => "warning",
        _ => "notice",
    };
    let place = change.place();
    let mut options = vec![format!("title={}", property(change.id()))];
    // A document that is no file, such as one of another revision, has no line to annotate.
    if let (Some(line), false) = (place.line, place.file.starts_with("git:") || place.file == "-") {
        options.push(format!("file={},line={line}", property(&place.file)));
        if let Some(column) = place.column {
            options.push(format!("col={column}"));
        }
    }
    let mut message = format!("{}: {}", change.subject, change.message);
    let reached: Vec<String> = change.operations().into_iter().map(str::to_owned).collect();
    if !reached.is_empty() {
        message.push_str(&format!(" ({})", operations(&reached, NAMED)));
    }
    if let Some(reason) = &change.allowed {
        message.push_str(&format!("; allowed: {reason}"));
    }
    format!("::{command} {}::{}", options.join(","), data(&message))
}

/// Text that stays in its line.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Text that stays in its option.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_others_gives_no_commands() {
        assert_eq!(data("a\n::error::b 100%"), "a%0A::error::b 100%25");
        assert_eq!(property("a:b,c"), "a%3Ab%2Cc");
    }
}

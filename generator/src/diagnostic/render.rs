//! A problem as text for people: what, where, the line itself, and what to do.

use std::fmt::Write as _;

use crate::load::Location;

use super::{Diagnostic, Severity};

/// How the parts of a printed problem look: ANSI escape sequences, or nothing.
#[derive(Clone, Copy, Debug)]
pub struct Styles {
    error: &'static str,
    warning: &'static str,
    margin: &'static str,
    bold: &'static str,
    reset: &'static str,
}

impl Styles {
    /// Text only.
    pub const PLAIN: Self = Self { error: "", warning: "", margin: "", bold: "", reset: "" };

    /// Colours of a terminal. Whether they are wanted (`NO_COLOR`) is the caller's to know.
    pub const ANSI: Self = Self {
        error: "\u{1b}[1;31m",
        warning: "\u{1b}[1;33m",
        margin: "\u{1b}[1;34m",
        bold: "\u{1b}[1m",
        reset: "\u{1b}[0m",
    };
}

/// Characters of a source line that are shown; a JSON file may have all its text in one line.
const WIDEST: usize = 120;

/// Renders a problem without a final line end. `location` is where its origin stands, if that is known.
pub fn render(diagnostic: &Diagnostic, location: Option<&Location>, styles: &Styles) -> String {
    let Styles { margin, bold, reset, .. } = styles;
    let (colour, severity) = match diagnostic.severity {
        Severity::Error => (styles.error, "error"),
        Severity::Warning => (styles.warning, "warning"),
    };
    let message = printable(&diagnostic.message);
    let mut text = format!("{colour}{severity}[{}]{reset}{bold}: {message}{reset}", diagnostic.code);
    let mut gutter = 1;
    if let Some(origin) = &diagnostic.origin {
        let pointer = printable(&origin.pointer);
        match location {
            Some(location) => {
                gutter = location.line.to_string().len();
                let _ = write!(
                    text,
                    "\n{:gutter$}{margin}-->{reset} {}:{}:{} (#{pointer})",
                    "",
                    printable(&location.path),
                    location.line,
                    location.column,
                );
                excerpt(&mut text, location, gutter, colour, styles);
            }
            None => {
                let _ = write!(text, "\n {margin}-->{reset} {} (#{pointer})", printable(&origin.document));
            }
        }
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(text, "\n{:gutter$} {margin}={reset} {bold}help{reset}: {}", "", printable(help));
    }
    text
}

fn excerpt(text: &mut String, location: &Location, gutter: usize, colour: &str, styles: &Styles) {
    let Styles { margin, reset, .. } = styles;
    let column = location.column.saturating_sub(1);
    // Of a long line the part around the place is shown.
    let skipped = if column < WIDEST { 0 } else { column - WIDEST / 2 };
    let shown: String = location.text_of_line.chars().skip(skipped).take(WIDEST).collect();
    if shown.trim().is_empty() {
        return;
    }
    let (before, after) = match shown.char_indices().nth(column - skipped) {
        Some((end, _)) => shown.split_at(end),
        None => (shown.as_str(), ""),
    };
    let (lead, before) = (if skipped > 0 { "…" } else { "" }, printable(before));
    let cut = location.text_of_line.chars().nth(skipped + WIDEST).map_or("", |_| "…");
    // A caret under wide characters is off by some; under tabs it is not, as they are printed as spaces.
    let indent = lead.chars().count() + before.chars().count();
    let _ = write!(
        text,
        "\n{:gutter$} {margin}|{reset}\n{margin}{} |{reset} {lead}{before}{}{cut}\n{:gutter$} {margin}|{reset} {:indent$}{colour}^{reset}",
        "",
        location.line,
        printable(after).trim_end(),
        "",
        "",
    );
}

/// Characters of a message or a pointer that are shown; the names in them may be of any length.
const LONGEST: usize = 1000;

/// Whether a character hides, or changes the direction of the text around it.
fn misleads(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// JSON without characters that change how the text around them is shown: people review it.
pub(crate) fn plain_json(json: &str) -> String {
    let mut plain = String::with_capacity(json.len());
    for letter in json.chars() {
        if misleads(letter) {
            plain.push_str(&format!("\\u{:04x}", u32::from(letter)));
        } else {
            plain.push(letter);
        }
    }
    plain
}

/// Text that cannot steer a terminal: control and direction characters are shown as what they are.
pub fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len().min(LONGEST));
    for (index, letter) in text.chars().enumerate() {
        match letter {
            _ if index == LONGEST => {
                shown.push('…');
                break;
            }
            '\t' => shown.push_str("  "),
            letter if misleads(letter) => {
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(letter));
            }
            letter if letter.is_control() => shown.extend(letter.escape_default()),
            letter => shown.push(letter),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Origin;

    use super::*;

    fn problem() -> Diagnostic {
        let origin = Origin { document: "schema/a.yaml".into(), pointer: "/paths/~1charges/post".into() };
        Diagnostic::error("E012", "something is wrong").at(origin).help("do this")
    }

    fn location(line: usize, column: usize, text: &str) -> Location {
        Location { path: "schema/a.yaml".into(), line, column, text_of_line: text.into() }
    }

    #[test]
    fn a_problem_shows_its_line() {
        assert_eq!(
            render(&problem(), Some(&location(120, 7, "      post:")), &Styles::PLAIN),
            "error[E012]: something is wrong\n   --> schema/a.yaml:120:7 (#/paths/~1charges/post)\n    |\n120 |       post:\n    |       ^\n    = help: do this"
        );
    }

    #[test]
    fn a_problem_may_have_no_line() {
        assert_eq!(
            render(&problem(), None, &Styles::PLAIN),
            "error[E012]: something is wrong\n --> schema/a.yaml (#/paths/~1charges/post)\n  = help: do this"
        );
        assert_eq!(render(&Diagnostic::warning("W001", "m"), None, &Styles::PLAIN), "warning[W001]: m");
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let text = render(&problem(), Some(&location(1, 5_001, &"ab".repeat(5_000))), &Styles::PLAIN);
        assert!(text.lines().all(|line| line.chars().count() < 140));
        let caret = text.lines().nth(4).unwrap().find('^').unwrap();
        assert_eq!(text.lines().nth(3).unwrap().chars().nth(caret), Some('a'));
    }

    #[test]
    fn hostile_text_is_shown_and_not_obeyed() {
        let text = render(
            &Diagnostic::error("E004", "\u{1b}[2J\u{202e}a\nb"),
            Some(&location(1, 3, "\t\u{7}x")),
            &Styles::PLAIN,
        );
        assert_eq!(text, "error[E004]: \\u{1b}[2J\\u{202e}a\\nb");
        let ansi = render(&problem(), None, &Styles::ANSI);
        assert!(ansi.starts_with("\u{1b}[1;31merror[E012]\u{1b}[0m"));
    }

    #[test]
    fn long_names_are_cut() {
        let long = Diagnostic::warning("W001", "x".repeat(1 << 20)).help("y".repeat(1 << 20));
        assert!(render(&long, None, &Styles::PLAIN).chars().count() < 2100);
    }

    #[test]
    fn tabs_keep_the_caret_in_place() {
        let text = render(&problem(), Some(&location(1, 3, "\t\tpost:")), &Styles::PLAIN);
        assert!(text.contains("\n1 |     post:\n  |     ^\n"), "{text}");
    }

    #[test]
    fn names_cannot_turn_the_text_around_them() {
        let json = serde_json::json!({"a\u{202e}b": "c\u{feff}", "ไทย": 1}).to_string();
        let plain = super::plain_json(&json);
        assert_eq!(plain, r#"{"a\u202eb":"c\ufeff","ไทย":1}"#);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&plain).unwrap().to_string(), json);
    }
}

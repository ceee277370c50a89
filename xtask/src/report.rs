//! What people read: on standard error, in colour where the terminal and NO_COLOR allow it.

use std::io::Write as _;

use anstyle::{AnsiColor, Style};
use omise_generator::config::Problem;
use omise_generator::diagnostic::{Diagnostic, Diagnostics, Styles, brief, printable, render};
use omise_generator::load::Files;

use crate::failure::Failure;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const PLACE: Style = AnsiColor::Blue.on_default().bold();
const ADDED: Style = AnsiColor::Green.on_default();
const REMOVED: Style = AnsiColor::Red.on_default();

/// Prints a line for people. A closed terminal is no reason to fail.
pub(crate) fn say(text: impl std::fmt::Display) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// Prints data.
pub(crate) fn data(text: impl std::fmt::Display) {
    let _ = writeln!(anstream::stdout(), "{text}");
}

/// Problems of one code that are printed, unless all are asked for.
pub(crate) const MOST: usize = 10;

/// Prints problems with their places: of each code no more than `most`, and how many more there are.
pub(crate) fn diagnostics(found: &Diagnostics, files: &Files, most: usize) {
    rendered(found, files, most).iter().for_each(say);
    if !brief(&found.0, most).1.is_empty() {
        say("--all-problems prints every one");
    }
}

/// Problems with their places, as they are printed, and a line for each code of which there are more than `most`.
pub(crate) fn rendered(found: &Diagnostics, files: &Files, most: usize) -> Vec<String> {
    let rendered = |problem: &Diagnostic| {
        let place = problem.origin.as_ref().and_then(|origin| files.locate(origin));
        render(problem, place.as_ref(), &Styles::ANSI).trim_end().to_owned()
    };
    let (shown, more) = brief(&found.0, most);
    shown.into_iter().map(rendered).chain(more).collect()
}

/// Prints a problem of the configuration with its place.
pub(crate) fn located(problem: &Problem) {
    say(render(&problem.diagnostic, Some(&problem.location), &Styles::ANSI).trim_end());
}

/// Prints a problem that stands in no file.
pub(crate) fn problem(problem: &Diagnostic) {
    say(render(problem, None, &Styles::ANSI));
}

/// Prints a unified diff: data, fit for `patch`.
pub(crate) fn diff(text: &str) {
    for line in text.lines() {
        let style = match line.as_bytes().first() {
            Some(b'+') => ADDED,
            Some(b'-') => REMOVED,
            Some(b'@') => PLACE,
            _ => Style::new(),
        };
        data(format_args!("{style}{line}{style:#}"));
    }
}

/// Prints why the command ends as it does.
pub(crate) fn failure(failure: &Failure) {
    match failure {
        Failure::No(message) => say(message),
        Failure::Usage { message, help } => {
            say(format_args!("{ERROR}error{ERROR:#}: {message}\n  {PLACE}={PLACE:#} help: {help}"));
        }
        Failure::Unreadable => {}
        Failure::Problem { diagnostic, .. } => problem(diagnostic),
        Failure::Output(error) => problem(&error.diagnostic()),
    }
}

/// Prints that this program is at fault.
pub(crate) fn fault(what: &str) {
    let help = "please report it with the document";
    say(format_args!("{ERROR}error{ERROR:#}: {}\n  {PLACE}={PLACE:#} help: {help}", printable(what)));
}

/// Lines of somebody else's text, which cannot steer the terminal.
pub(crate) fn safe(text: &str) -> String {
    text.lines().map(printable).collect::<Vec<_>>().join("\n")
}

/// `1 file`, `2 files`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

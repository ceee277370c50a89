//! On a screen with other things: what breaks, and the verdicts.

use std::fmt::Write as _;

use crate::diagnostic::printable;

use super::super::{Source, Wire};
use super::{Report, happened, operations};

/// Changes and symbols that are listed.
const LISTED: usize = 5;
/// Operations that are named for a change.
const NAMED: usize = 1;

/// A few lines without colour: what breaks, and the last lines of the whole report.
pub fn brief(report: &Report<'_>) -> String {
    let mut text = String::new();
    let breaking = report.diff.changes.iter().filter(|change| change.wire() == Wire::Breaking);
    let breaking = breaking.map(|change| {
        let reached = change.reach.first().map(|reach| operations(&reach.operations, NAMED)).unwrap_or_default();
        let reached = if reached.is_empty() { reached } else { format!(" ({reached})") };
        format!("{}: {}{reached}", change.subject, change.message)
    });
    list(&mut text, "breaks clients", breaking.collect());
    let major = report.symbols().iter().filter(|symbol| symbol.source == Source::Major);
    let major = major.map(|symbol| format!("`{}` {}", symbol.symbol, happened(symbol)));
    list(&mut text, "breaks code", major.collect());
    for line in report.summary().lines() {
        let _ = writeln!(text, "  {line}");
    }
    text.trim_end().to_owned()
}

fn list(text: &mut String, title: &str, told: Vec<String>) {
    if told.is_empty() {
        return;
    }
    let _ = writeln!(text, "  {title}: {}", told.len());
    for line in told.iter().take(LISTED) {
        let _ = writeln!(text, "    {}", printable(line));
    }
    if let Some(more) = told.len().checked_sub(LISTED).filter(|more| *more > 0) {
        let _ = writeln!(text, "    … and {more} more: `cargo xtask diff`");
    }
}

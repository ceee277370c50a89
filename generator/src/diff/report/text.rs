//! For people at a terminal.

use std::fmt::Write as _;

use crate::diagnostic::printable;

use super::super::{Change, Place, Source, Wire};
use super::{Report, bump, happened, operations, reasoning, way, word};

/// Operations that are named for a change.
const NAMED: usize = 3;
/// Changes of a group that breaks nothing that are listed.
const LISTED: usize = 40;

/// A report with ANSI colours. Whether they are wanted is the caller's to know.
pub fn text(report: &Report<'_>) -> String {
    let mut text = String::new();
    for (wire, title, changes) in report.groups() {
        let colour = colour(wire);
        let _ = writeln!(text, "{colour}{title} ({}){RESET}", changes.len());
        let most = if wire == Wire::Breaking || report.explain { usize::MAX } else { LISTED };
        for change in changes.iter().take(most) {
            one(&mut text, report, change);
        }
        if changes.len() > most {
            let _ = writeln!(text, "  … and {} more: --format json has them all", changes.len() - most);
        }
        text.push('\n');
    }
    symbols(&mut text, report);
    text.push_str(&report.summary());
    text
}

fn symbols(text: &mut String, report: &Report<'_>) {
    for (title, symbols) in report.symbol_groups() {
        let is_major = symbols.iter().any(|symbol| symbol.source == Source::Major);
        let colour = if is_major { colour(Wire::Breaking) } else { colour(Wire::Compatible) };
        let _ = writeln!(text, "{colour}{title} ({}){RESET}", symbols.len());
        let most = if report.explain { usize::MAX } else { LISTED };
        for symbol in symbols.iter().take(most) {
            let told = printable(&format!("`{}` {}", symbol.symbol, happened(symbol)));
            let _ = writeln!(text, "  {told} {DIM}[{}]{RESET}", symbol.fate.id());
            if let Some(reason) = &symbol.allowed {
                let _ = writeln!(text, "    allowed: {}", printable(reason));
            }
        }
        if symbols.len() > most {
            let _ = writeln!(text, "  … and {} more: --format json has them all", symbols.len() - most);
        }
        text.push('\n');
    }
}

const RESET: &str = "\u{1b}[0m";
const DIM: &str = "\u{1b}[2m";

fn colour(wire: Wire) -> &'static str {
    match wire {
        Wire::Breaking => "\u{1b}[1;31m",
        Wire::Compatible => "\u{1b}[1;32m",
        Wire::Unaffected => "\u{1b}[1m",
    }
}

fn one(text: &mut String, report: &Report<'_>, change: &Change) {
    let told = printable(&format!("{}: {}", change.subject, change.message));
    let _ = writeln!(text, "  {told} {DIM}[{}]{RESET}", change.id());
    let is_mixed = change.reach.len() > 1;
    let ways: Vec<String> = change
        .reach
        .iter()
        .filter(|reach| !reach.operations.is_empty())
        .map(|reach| {
            let verdict =
                if is_mixed { format!("{} in {}: ", word(reach.wire), way(reach.direction)) } else { String::new() };
            format!("{verdict}{}", operations(&reach.operations, NAMED))
        })
        .collect();
    let reached = if ways.is_empty() { String::new() } else { format!("  {}", printable(&ways.join("; "))) };
    let _ = writeln!(text, "    {DIM}{}{reached}{RESET}", printable(&shown(change.place())));
    if let Some(reason) = &change.allowed {
        let _ = writeln!(text, "    allowed: {}", printable(reason));
    }
    if report.explain {
        for reach in &change.reach {
            let _ = writeln!(text, "    {}", reasoning(change, reach));
        }
        if let Some(source) = change.source {
            let symbols = change.symbols.join(", ");
            let _ = writeln!(text, "    source: {}: {}", bump(source), printable(&symbols));
        }
        if change.old.exists && change.new.exists {
            let _ = writeln!(text, "    was at {}", printable(&shown(&change.old)));
        }
    }
}

/// `openapi.yaml:12:7`.
pub(super) fn shown(place: &Place) -> String {
    match (place.line, place.column) {
        (Some(line), Some(column)) => format!("{}:{line}:{column}", place.file),
        _ => format!("{}#{}", place.file, place.pointer),
    }
}

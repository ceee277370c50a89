//! A comparison as text: for people, for programs, for release notes, for a browser, for GitHub.

mod brief;
mod github;
mod html;
mod json;
mod markdown;
mod pages;
mod text;

pub use brief::brief;
pub use github::github;
pub use html::html;
pub use json::{FORMAT, json};
pub use markdown::markdown;
pub use text::text;

use super::{Change, Diff, Direction, Fate, Reach, Source, SymbolChange, Wire, because};

/// What a report is of.
#[derive(Clone, Copy, Debug)]
pub struct Report<'r> {
    /// The changes.
    pub diff: &'r Diff,
    /// The old document, as it is named.
    pub old: &'r str,
    /// The new document.
    pub new: &'r str,
    /// Whether to say how verdicts come about.
    pub explain: bool,
}

/// The groups of a report, worst first.
const GROUPS: [(Wire, &str); 3] =
    [(Wire::Breaking, "Breaking on the wire"), (Wire::Compatible, "Compatible"), (Wire::Unaffected, "Not on the wire")];

impl Report<'_> {
    /// The groups that are not empty.
    fn groups(&self) -> impl Iterator<Item = (Wire, &'static str, Vec<&Change>)> {
        GROUPS.into_iter().filter_map(|(wire, title)| {
            let changes: Vec<&Change> = self.diff.changes.iter().filter(|change| change.wire() == wire).collect();
            (!changes.is_empty()).then_some((wire, title, changes))
        })
    }

    /// The last line: counts, and the bump that follows.
    fn summary(&self) -> String {
        let diff = self.diff;
        let symbols = self.symbols();
        if diff.changes.is_empty() && symbols.is_empty() {
            return match diff.source_bump() {
                Some(Source::Patch) => "no changes but in documentation or inside the crate; suggested bump: patch",
                _ => "no changes",
            }
            .to_owned();
        }
        let is_allowed = |change: &&Change| change.allowed.is_some() && change.wire() == Wire::Breaking;
        let allowed = diff.changes.iter().filter(is_allowed).count();
        let allowed = if allowed == 0 { String::new() } else { format!(" ({allowed} allowed)") };
        let wire = format!(
            "{}: {} breaking{allowed}, {} compatible, {} not on the wire; suggested bump: {}",
            counted(diff.changes.len(), "change"),
            diff.count(Wire::Breaking),
            diff.count(Wire::Compatible),
            diff.count(Wire::Unaffected),
            bump(diff.wire_bump()),
        );
        let Some(source) = diff.source_bump() else { return wire };
        let count = |source| symbols.iter().filter(|symbol| symbol.source == source).count();
        format!(
            "wire: {wire}\nsource: {}: {} major, {} minor; suggested bump: {}",
            counted(symbols.len(), "symbol"),
            count(Source::Major),
            count(Source::Minor),
            bump(source),
        )
    }

    /// What users of the SDK write otherwise, worst first.
    fn symbols(&self) -> &[SymbolChange] {
        self.diff.source.as_ref().map(|source| source.symbols.as_slice()).unwrap_or_default()
    }

    /// The symbols of each verdict on code, worst first.
    fn symbol_groups(&self) -> impl Iterator<Item = (&'static str, Vec<&SymbolChange>)> {
        let titles = [(Source::Major, "Breaks code"), (Source::Minor, "New in code")];
        titles.into_iter().filter_map(|(source, title)| {
            let symbols: Vec<_> = self.symbols().iter().filter(|symbol| symbol.source == source).collect();
            (!symbols.is_empty()).then_some((title, symbols))
        })
    }
}

/// What happened to a symbol, without its name in front where that is all there is to say.
fn happened(symbol: &SymbolChange) -> String {
    let [before, after] = [&symbol.before, &symbol.after].map(|text| text.as_deref().unwrap_or("nothing"));
    match symbol.fate {
        Fate::Removed => "is gone".to_owned(),
        Fate::Renamed => format!("was `{before}`"),
        Fate::Changed => format!("is `{after}`, was `{before}`"),
        Fate::Added => "is new".to_owned(),
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// A part of a version number.
fn bump(source: Source) -> &'static str {
    match source {
        Source::None => "none",
        Source::Patch => "patch",
        Source::Minor => "minor",
        Source::Major => "major",
    }
}

fn word(wire: Wire) -> &'static str {
    match wire {
        Wire::Breaking => "breaking",
        Wire::Compatible => "compatible",
        Wire::Unaffected => "not on the wire",
    }
}

/// `requests` or `answers`: what a change reaches.
fn way(direction: Direction) -> &'static str {
    match direction {
        Direction::Request => "requests",
        Direction::Response => "answers",
        Direction::None => "neither way",
    }
}

/// Some operations by name, the others counted.
fn operations(all: &[String], most: usize) -> String {
    let named: Vec<&str> = all.iter().take(most).map(String::as_str).collect();
    match all.len().saturating_sub(most) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

/// How the verdict of one way comes about.
fn reasoning(change: &Change, reach: &Reach) -> String {
    let effect = format!("{:?}", reach.effect).to_lowercase();
    let effect = if effect == "none" { "no effect".to_owned() } else { effect };
    let why = if change.rule.why.is_empty() { String::new() } else { format!(" ({})", change.rule.why) };
    let because = because(reach.effect, reach.direction);
    format!("{effect} × {} = {}: {because}{why}", way(reach.direction), word(reach.wire))
}

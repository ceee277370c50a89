//! What a new document does to those who use the old one.
//!
//! ```text
//! two Documents --wire--> findings --reach--> changes with operations and verdicts --report--> text
//! ```
//!
//! `wire` compares what is said of requests and answers, `source` what users of the emitted crates can write. A pair of
//! schemas is compared once, whoever refers to it: pairs are the nodes of a graph, findings hang on its nodes, and which
//! operations lead to a finding is asked of the graph at the end. Nothing is expanded, so documents that refer back to
//! themselves are ordinary.

mod allow;
mod change;
mod date;
pub mod report;
mod rules;
mod source;
mod wire;

use crate::Model;
use crate::config::Config;
use crate::load::Document;
use crate::maps::HashSet;

pub use allow::{Allow, AllowError, Stale};
pub use change::{Change, Direction, Effect, Place, Reach, Source, Wire, because, verdict};
pub use date::Date;
pub use rules::{RULES, Rule};
pub use source::{Fate, SourceDiff, SymbolChange};

/// What a comparison is told besides the documents.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The day that sunset dates are held against.
    pub today: Date,
    /// How long what is deprecated must still be there.
    pub notice: Notice,
}

/// Days between a deprecation and the sunset it announces, by how stable the API says the operation is. Zero asks
/// for no announcement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// For what is marked `x-stability-level: beta`.
    pub beta: i64,
    /// For what is stable or says nothing.
    pub stable: i64,
}

/// What two documents differ in.
#[derive(Clone, Debug, Default)]
pub struct Diff {
    /// One entry a cause, worst first.
    pub changes: Vec<Change>,
    /// What users of the emitted crate write otherwise; `None` where only documents were compared.
    pub source: Option<SourceDiff>,
}

impl Diff {
    /// Whether any change that nobody agreed to breaks old clients or the code of users.
    pub fn is_breaking(&self) -> bool {
        self.unallowed().any(|is_breaking| is_breaking)
    }

    /// The part of the version number that the emitted crates ask to raise; `None` where they were not compared.
    pub fn source_bump(&self) -> Option<Source> {
        self.source.as_ref().map(SourceDiff::bump)
    }

    /// How many changes have a verdict on the wire.
    pub fn count(&self, wire: Wire) -> usize {
        self.changes.iter().filter(|change| change.wire() == wire).count()
    }

    /// Whether any change was not agreed to.
    pub fn is_different(&self) -> bool {
        self.unallowed().next().is_some()
    }

    /// For each change that nobody agreed to, whether it breaks something. A symbol goes with a change that made it.
    fn unallowed(&self) -> impl Iterator<Item = bool> {
        let allowed: HashSet<&str> = self
            .changes
            .iter()
            .filter(|change| change.allowed.is_some())
            .flat_map(|change| change.symbols.iter().map(String::as_str))
            .collect();
        let symbols = self.source.iter().flat_map(|source| &source.symbols);
        let is_free =
            move |symbol: &&SymbolChange| symbol.allowed.is_none() && !allowed.contains(symbol.symbol.as_str());
        let symbols = symbols.filter(is_free).map(|symbol| symbol.source == Source::Major);
        self.changes.iter().filter(|change| change.allowed.is_none()).map(Change::is_breaking).chain(symbols)
    }

    /// The part of the version number that the changes on the wire ask to raise.
    pub fn wire_bump(&self) -> Source {
        match self.changes.iter().map(Change::wire).max() {
            Some(Wire::Breaking) => Source::Major,
            Some(Wire::Compatible) => Source::Minor,
            Some(Wire::Unaffected) => Source::Patch,
            None => Source::None,
        }
    }
}

/// Compares two documents. Both must have been loaded with `keeps_written`; one that was not is compared as empty.
pub fn compare(old: &Document, new: &Document, options: Options) -> Diff {
    Diff { changes: wire::compare(old, new, options), source: None }
}

/// Compares two models: their documents, and the crates that are emitted from them with one configuration.
pub fn compare_models(old: &Model, new: &Model, config: &Config, options: Options) -> Diff {
    let mut diff = compare(&old.document, &new.document, options);
    diff.source = Some(source::compare(old, new, config, &mut diff.changes));
    diff
}

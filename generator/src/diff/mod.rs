//! What a new document does to those who use the old one.
//!
//! ```text
//! two Documents --wire--> findings --reach--> changes with operations and verdicts --report--> text
//! ```
//!
//! [`wire`] compares what is said of requests and answers. A pair of schemas is compared once, whoever refers to it:
//! pairs are the nodes of a graph, findings hang on its nodes, and which operations lead to a finding is asked of the
//! graph at the end. Nothing is expanded, so documents that refer back to themselves are ordinary.

mod allow;
mod change;
mod date;
pub mod report;
mod rules;
mod wire;

use crate::load::Document;

pub use allow::{Allow, AllowError, Stale};
pub use change::{Change, Direction, Effect, Place, Reach, Source, Wire, because, verdict};
pub use date::Date;
pub use rules::{RULES, Rule};

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
}

impl Diff {
    /// Whether any change that nobody agreed to breaks old clients or the code of users.
    pub fn is_breaking(&self) -> bool {
        self.changes.iter().any(|change| change.allowed.is_none() && change.is_breaking())
    }

    /// How many changes have a verdict on the wire.
    pub fn count(&self, wire: Wire) -> usize {
        self.changes.iter().filter(|change| change.wire() == wire).count()
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
    Diff { changes: wire::compare(old, new, options) }
}

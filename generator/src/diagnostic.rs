//! Problems as values: collected, never thrown, printed once at the edge.

mod brief;
mod render;

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use brief::brief;
pub(crate) use render::plain_json;
pub use render::{Styles, printable, render};

/// A place in a document: which file, and an RFC 6901 JSON pointer into it.
///
/// An origin becomes file, line and column only when it is printed, through an index built lazily
/// (`load::Document::locate`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// The document's path as given on the command line, with `/` separators.
    pub document: Arc<str>,
    /// RFC 6901 pointer; empty for the whole document.
    pub pointer: String,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.document, self.pointer)
    }
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Something degrades; the rest is emitted. `--strict` makes it fail.
    Warning,
    /// Nothing can be emitted.
    Error,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// How bad.
    pub severity: Severity,
    /// Stable code: `E…` for errors, `W…` for warnings; explained in `docs/diagnostics.md`.
    pub code: String,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Where.
    pub origin: Option<Origin>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem that stops the run.
    pub fn error(code: &str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A problem that degrades the output.
    pub fn warning(code: &str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// Says where.
    pub fn at(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// Says what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn new(severity: Severity, code: &str, message: impl Into<String>) -> Self {
        Self { severity, code: code.to_owned(), message: message.into(), origin: None, help: None }
    }
}

/// A list of problems, in the order they were met.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl Diagnostics {
    /// Adds a problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Keeps the first of equal problems.
    pub fn dedup(&mut self) {
        let mut seen = HashSet::new();
        self.0.retain(|problem| seen.insert((problem.code.clone(), problem.message.clone(), problem.origin.clone())));
    }

    /// Whether any problem stops the run.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// How many problems only degrade the output.
    pub fn warnings(&self) -> usize {
        self.0.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning).count()
    }
}

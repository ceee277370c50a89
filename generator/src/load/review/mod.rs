//! What is legal piece by piece and still not meant: names given twice, and names of nothing.
//!
//! Nothing is changed here. What takes part in the model comes out of it as it would without a word.

mod names;
mod paths;
mod required;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics};

use super::origin::Origins;

/// A repaired document, and whom to tell.
pub(super) struct Review<'load> {
    pub(super) tree: &'load Value,
    pub(super) origins: &'load Origins,
    pub(super) diagnostics: &'load mut Diagnostics,
}

impl Review<'_> {
    /// Looks at the document as a whole.
    pub(super) fn run(&mut self) {
        self.operation_ids();
        self.tags();
        self.same_paths();
        self.required();
    }

    fn warn(&mut self, code: &str, at: &str, message: String, help: &str) {
        let warning = Diagnostic::warning(code, message).at(self.origins.resolve(at));
        self.diagnostics.push(if help.is_empty() { warning } else { warning.help(help) });
    }
}

//! For the documentation: what changed, in the words of the pages that show it.

use std::sync::Arc;

use crate::config::{ChangeKind, Changed, Changes};
use crate::diff::{Change, Diff};
use crate::ir::Api;

impl Changes {
    /// What a comparison found that readers of the documentation meet, against a document that calls itself `since` and gives
    /// the model `old`.
    pub fn of(diff: &Diff, since: &str, old: Arc<Api>) -> Self {
        // What is neither sent nor described is of no interest to them.
        let is_told = |change: &&Change| !["tag-", "operation-id-"].iter().any(|begin| change.id().starts_with(begin));
        let items = diff.changes.iter().filter(is_told).map(|change| Changed {
            kind: kind(change),
            is_breaking: change.is_breaking(),
            text: text(change),
            exists: change.new.exists,
            file: change.new.file.clone(),
            pointer: change.new.pointer.clone(),
            old_file: change.old.file.clone(),
            old_pointer: change.old.pointer.clone(),
            operations: change.operations().into_iter().map(str::to_owned).collect(),
            is_operation: change.id() == "operation-added",
        });
        Self { since: since.to_owned(), items: items.collect(), old: Some(old) }
    }
}

/// What happened to what. Of a path that is gone the operations are named, since readers know those.
fn text(change: &Change) -> String {
    let code = |text: &str| format!("`{}`", text.replace('`', ""));
    let gone = change.operations().into_iter().filter(|_| change.id().starts_with("path-removed"));
    let named: Vec<String> = gone.map(code).collect();
    let subject = if named.is_empty() { code(&change.subject) } else { named.join(", ") };
    format!("{subject}: {}", change.message)
}

fn kind(change: &Change) -> ChangeKind {
    let id = change.id();
    if id.starts_with("deprecated") || id.starts_with("sunset-announced") {
        ChangeKind::Deprecated
    } else if !change.new.exists {
        ChangeKind::Removed
    } else if id.ends_with("-added") && !change.old.exists {
        ChangeKind::New
    } else {
        ChangeKind::Changed
    }
}

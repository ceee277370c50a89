//! For the documentation: what changed, in the words of the pages that show it.

use crate::config::{ChangeKind, Changed, Changes};
use crate::diff::{Change, Diff};

impl Changes {
    /// What a comparison found that readers of the documentation meet, against a document that calls itself `since`.
    pub fn of(diff: &Diff, since: &str) -> Self {
        // What is neither sent nor described is of no interest to them.
        let is_told = |change: &&Change| !["tag-", "operation-id-"].iter().any(|begin| change.id().starts_with(begin));
        let items = diff.changes.iter().filter(is_told).map(|change| Changed {
            kind: kind(change),
            is_breaking: change.is_breaking(),
            text: format!("`{}`: {}", change.subject.replace('`', ""), change.message),
            exists: change.new.exists,
            file: change.new.file.clone(),
            pointer: change.new.pointer.clone(),
            operations: change.operations().into_iter().map(str::to_owned).collect(),
            is_operation: change.id() == "operation-added",
        });
        Self { since: since.to_owned(), items: items.collect() }
    }
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

//! For the documentation: what changed, in the words of the pages that show it.

use crate::config::{ChangeKind, Changed, Changes};
use crate::diff::{Change, Diff, Direction};

/// Endings of rules that add something, and of those that take something away.
const ADDED: [&str; 2] = ["-added", "schema-added"];
const REMOVED: [&str; 2] = ["-removed", "-unset"];

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
            is_answer: change.reach.iter().all(|reach| reach.direction == Direction::Response),
        });
        Self { since: since.to_owned(), items: items.collect() }
    }
}

fn kind(change: &Change) -> ChangeKind {
    let id = change.id();
    let is_thing = |words: &[&str]| words.iter().any(|word| id.ends_with(word));
    if id.starts_with("deprecated") || id.starts_with("sunset-announced") {
        ChangeKind::Deprecated
    } else if id.starts_with("path-removed") || id.starts_with("operation-removed") || !change.new.exists {
        ChangeKind::Removed
    } else if is_thing(&ADDED) && !change.old.exists {
        ChangeKind::New
    } else if is_thing(&REMOVED) && !change.new.exists {
        ChangeKind::Removed
    } else {
        ChangeKind::Changed
    }
}

//! For programs; the shape is documented in `docs/diff.md`.

use serde_json::{Value, json};

use super::super::{Change, Wire};
use super::{Report, bump, reasoning};

/// Version of the JSON's shape: raised when a key changes its meaning or goes.
pub const FORMAT: u32 = 1;

/// A report as JSON.
pub fn json(report: &Report<'_>) -> Value {
    let diff = report.diff;
    let allowed = diff.changes.iter().filter(|change| change.allowed.is_some()).count();
    json!({
        "format": FORMAT,
        "old": report.old,
        "new": report.new,
        "changes": diff.changes.iter().map(|change| one(report, change)).collect::<Vec<_>>(),
        "symbols": diff.source.as_ref().map(|source| &source.symbols),
        "summary": {
            "changes": diff.changes.len(),
            "breaking": diff.count(Wire::Breaking),
            "compatible": diff.count(Wire::Compatible),
            "unaffected": diff.count(Wire::Unaffected),
            "allowed": allowed,
            "wire_bump": bump(diff.wire_bump()),
            "source_bump": diff.source_bump().map(bump),
        },
    })
}

fn one(report: &Report<'_>, change: &Change) -> Value {
    let mut shown = json!({
        "id": change.id(),
        "wire": change.wire(),
        "source": change.source,
        "symbols": change.symbols,
        "subject": change.subject,
        "message": change.message,
        "old": change.old,
        "new": change.new,
        "before": change.before,
        "after": change.after,
        "reach": change.reach,
        "allowed": change.allowed,
    });
    if let Some(shown) = shown.as_object_mut().filter(|_| report.explain) {
        let reasons = change.reach.iter().map(|reach| reasoning(change, reach)).collect::<Vec<_>>();
        shown.insert("explanation".to_owned(), json!(reasons));
    }
    shown
}

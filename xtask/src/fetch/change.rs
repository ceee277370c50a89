//! What a new document changes, on one screen.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use omise_generator::Model;
use omise_generator::diagnostic::{Diagnostic, Diagnostics, Severity};
use omise_generator::ir::{Api, TypeKind};
use omise_generator::load::METHODS;
use serde_json::Value;

/// Entries of each kind that are listed; the rest is counted.
const LISTED: usize = 5;

/// What a document amounts to.
#[derive(Debug, Default)]
pub(super) struct Facts {
    version: String,
    /// `GET /charges` to what is said of it.
    operations: BTreeMap<String, Value>,
    schemas: BTreeMap<String, Value>,
    params: usize,
    fields: usize,
    warnings: BTreeSet<String>,
}

impl Facts {
    /// The facts of a document that was read.
    pub(super) fn of(model: &Model, diagnostics: &Diagnostics) -> Self {
        let raw = model.document.raw();
        let api = &model.lowered.api;
        Self {
            version: api.info.version.clone(),
            operations: operations(raw),
            schemas: members(raw, "/components/schemas").map(|(name, schema)| (name.clone(), schema.clone())).collect(),
            params: params(api),
            fields: fields(api),
            warnings: diagnostics.0.iter().filter(|one| one.severity == Severity::Warning).map(line).collect(),
        }
    }

    /// `info.version`.
    pub(super) fn version(&self) -> &str {
        &self.version
    }
}

/// What is different, for people. Without an old document it says what the new one has.
pub(super) fn summary(old: Option<&Facts>, new: &Facts) -> String {
    let none = Facts::default();
    let before = old.unwrap_or(&none);
    let mut text = format!("  version     {}\n", arrow(old.map(|old| old.version.as_str()), &new.version));
    let is_news = old.is_some();
    let operations = Changes::between(&before.operations, &new.operations);
    section(&mut text, "operations", old.map(|old| old.operations.len()), new.operations.len(), &operations, is_news);
    let schemas = Changes::between(&before.schemas, &new.schemas);
    section(&mut text, "schemas", old.map(|old| old.schemas.len()), new.schemas.len(), &schemas, is_news);
    for (name, before, after) in
        [("parameters", old.map(|old| old.params), new.params), ("fields", old.map(|old| old.fields), new.fields)]
    {
        let _ = writeln!(text, "  {name:<11} {}", arrow(before, after));
    }
    let warnings = Changes::of_sets(&before.warnings, &new.warnings);
    section(&mut text, "warnings", old.map(|old| old.warnings.len()), new.warnings.len(), &warnings, is_news);
    text.trim_end().to_owned()
}

/// What came, went and differs between two lists.
struct Changes {
    added: Vec<String>,
    removed: Vec<String>,
    changed: Vec<String>,
}

impl Changes {
    fn between(old: &BTreeMap<String, Value>, new: &BTreeMap<String, Value>) -> Self {
        let changed = new.iter().filter(|(key, value)| old.get(*key).is_some_and(|old| old != *value));
        let changed = changed.map(|(key, _)| key.clone()).collect();
        let added = new.keys().filter(|key| !old.contains_key(*key)).cloned().collect();
        let removed = old.keys().filter(|key| !new.contains_key(*key)).cloned().collect();
        Self { added, removed, changed }
    }

    fn of_sets(old: &BTreeSet<String>, new: &BTreeSet<String>) -> Self {
        let (added, removed) = (new.difference(old).cloned().collect(), old.difference(new).cloned().collect());
        Self { added, removed, changed: Vec::new() }
    }
}

fn section(text: &mut String, name: &str, before: Option<usize>, after: usize, changes: &Changes, is_news: bool) {
    let groups =
        [("added", '+', &changes.added), ("removed", '-', &changes.removed), ("changed", '~', &changes.changed)];
    let counts: Vec<String> = groups
        .iter()
        .filter(|(_, _, entries)| !entries.is_empty())
        .map(|(verb, _, entries)| format!("{} {verb}", entries.len()))
        .collect();
    let counts = if is_news && !counts.is_empty() { format!(": {}", counts.join(", ")) } else { String::new() };
    let _ = writeln!(text, "  {name:<11} {}{counts}", arrow(before, after));
    for (_, mark, entries) in groups.iter().filter(|_| is_news) {
        for entry in entries.iter().take(LISTED) {
            let _ = writeln!(text, "    {mark} {entry}");
        }
        if let Some(more) = entries.len().checked_sub(LISTED).filter(|more| *more > 0) {
            let _ = writeln!(text, "    {mark} … and {more} more");
        }
    }
}

/// `1 → 2`, or just `2` when nothing changed or nothing was there.
fn arrow<T: std::fmt::Display + PartialEq>(before: Option<T>, after: T) -> String {
    match before {
        Some(before) if before != after => format!("{before} → {after}"),
        _ => after.to_string(),
    }
}

fn operations(raw: &Value) -> BTreeMap<String, Value> {
    let mut operations = BTreeMap::new();
    for (path, item) in members(raw, "/paths") {
        // What the path says applies to each of its operations.
        let shared = ["parameters", "servers"].map(|key| item.get(key).cloned().unwrap_or_default());
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                let said = Value::from_iter(shared.iter().cloned().chain([operation.clone()]));
                operations.insert(format!("{} {path}", method.to_ascii_uppercase()), said);
            }
        }
    }
    for (name, item) in members(raw, "/webhooks") {
        operations.insert(format!("webhook {name}"), item.clone());
    }
    operations
}

fn members<'v>(raw: &'v Value, pointer: &str) -> impl Iterator<Item = (&'v String, &'v Value)> {
    raw.pointer(pointer).and_then(Value::as_object).into_iter().flatten()
}

fn params(api: &Api) -> usize {
    api.operations().map(|(_, operation)| operation.params.len()).sum()
}

/// Fields of objects, and of bodies that are given field by field.
fn fields(api: &Api) -> usize {
    let of_types = api.types.iter().map(|def| match &def.kind {
        TypeKind::Struct(body) => body.fields.len(),
        _ => 0,
    });
    let bodies = api.operations().filter_map(|(_, operation)| operation.body.as_ref()?.parts.as_ref());
    of_types.chain(bodies.map(Vec::len)).sum()
}

/// A warning without its line, which moves when nothing else does.
fn line(warning: &Diagnostic) -> String {
    let place = warning.origin.as_ref().map(|origin| format!(" (#{})", origin.pointer)).unwrap_or_default();
    format!("{}: {}{place}", warning.code, warning.message)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn facts(version: &str, operations: &[(&str, u32)], warnings: &[&str]) -> Facts {
        Facts {
            version: version.into(),
            operations: operations.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect(),
            warnings: warnings.iter().map(|warning| (*warning).to_owned()).collect(),
            ..Facts::default()
        }
    }

    #[test]
    fn what_changed_is_listed_and_the_rest_counted() {
        let old = facts("1", &[("GET /a", 1), ("GET /b", 1), ("GET /c", 1)], &["W001: gone", "W002: kept"]);
        let new = facts("2", &[("GET /a", 1), ("GET /b", 2), ("POST /d", 1)], &["W002: kept", "W003: new"]);
        assert_eq!(
            summary(Some(&old), &new),
            "  version     1 → 2\n\
             \x20 operations  3: 1 added, 1 removed, 1 changed\n\
             \x20   + POST /d\n\
             \x20   - GET /c\n\
             \x20   ~ GET /b\n\
             \x20 schemas     0\n\
             \x20 parameters  0\n\
             \x20 fields      0\n\
             \x20 warnings    2: 1 added, 1 removed\n\
             \x20   + W003: new\n\
             \x20   - W001: gone"
        );
    }

    #[test]
    fn it_fits_on_a_screen() {
        let names: Vec<String> = (0..1000).map(|n| format!("GET /{n:04}")).collect();
        let entries = |from: usize| names.iter().skip(from).map(|name| (name.as_str(), 1)).collect::<Vec<_>>();
        let text = summary(Some(&facts("1", &entries(500), &[])), &facts("1", &entries(0), &[]));
        assert!(text.contains("500 → 1000: 500 added") && text.contains("+ … and 495 more"), "{text}");
        assert!(text.lines().count() < 15);
        assert!(!summary(None, &facts("1", &entries(0), &["W001: a"])).contains('+'));
    }
}

//! `bench/results.json`: every row, and what was measured on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::claims::Claim;
use super::machine::Machine;
use super::row::{Key, Row};
use crate::failure::Failure;
use crate::setup::repository;

/// The version of the file's shape.
const FORMAT: u32 = 1;

/// All that is known.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Results {
    format: u32,
    /// The commit of the last run; a row says its own.
    pub(super) commit: String,
    pub(super) machine: Machine,
    /// Versions of the other generators.
    pub(super) peers: BTreeMap<String, String>,
    pub(super) claims: Vec<Claim>,
    pub(super) rows: Vec<Row>,
}

impl Results {
    /// What was measured before; nothing where there is no file.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        if !path.is_file() {
            return Ok(Self { format: FORMAT, ..Self::default() });
        }
        let text = std::fs::read_to_string(path).map_err(|error| unusable(path, &error))?;
        serde_json::from_str(&text).map_err(|error| unusable(path, &error))
    }

    /// Puts a row in the place of the same one measured before.
    pub(super) fn put(&mut self, row: Row) {
        match self.rows.iter_mut().find(|old| old.key == row.key) {
            Some(old) => *old = row,
            None => self.rows.push(row),
        }
    }

    /// The median of a row.
    pub(super) fn median(&self, key: &Key) -> Option<f64> {
        self.row(key)?.median
    }

    pub(super) fn row(&self, key: &Key) -> Option<&Row> {
        self.rows.iter().find(|row| &row.key == key)
    }

    /// Writes the file, so that what was measured stays when the rest is interrupted.
    pub(super) fn write(&self, path: &Path) -> Result<(), Failure> {
        let tree = serde_json::to_value(self).map_err(|error| unusable(path, &error))?;
        write(path, &lines(&tree))
    }
}

/// JSON with a line for each row, so that a change of one is a change of one line.
fn lines(tree: &Value) -> String {
    let listed = |values: &[Value]| {
        let lines: Vec<String> = values.iter().map(|value| format!("\n    {value}")).collect();
        format!("[{}\n  ]", lines.join(","))
    };
    let fields = tree.as_object().into_iter().flatten().map(|(name, value)| match value {
        Value::Array(values) => format!("\n  {name:?}: {}", listed(values)),
        other => format!("\n  {name:?}: {other}"),
    });
    format!("{{{}\n}}\n", fields.collect::<Vec<_>>().join(","))
}

/// Where the committed results are.
pub(super) fn committed() -> PathBuf {
    repository().join("bench/results.json")
}

/// Writes a file whole, or not at all.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let beside = path.with_extension("new");
    let written = path.parent().map_or(Ok(()), std::fs::create_dir_all);
    let written = written.and_then(|()| std::fs::write(&beside, text)).and_then(|()| std::fs::rename(&beside, path));
    written.map_err(|error| unusable(path, &error))
}

/// A file or a folder cannot be read, written or understood.
pub(super) fn unusable(path: &Path, error: &dyn std::fmt::Display) -> Failure {
    Failure::usage(format!("cannot use {}: {error}", path.display()), "see docs/benchmarks.md")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_a_line_each_and_read_back() {
        let tree =
            serde_json::json!({"format": 1, "machine": {"a": "b\"c"}, "rows": [{"a": [1.5]}, {"a": []}], "none": []});
        let text = lines(&tree);
        assert_eq!(serde_json::from_str::<Value>(&text).expect("it is JSON"), tree);
        assert!(text.contains("\n    {\"a\":[1.5]},\n"), "{text}");
    }
}

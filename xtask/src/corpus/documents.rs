//! Which documents a folder has.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use walkdir::WalkDir;

use crate::failure::Failure;

/// A document to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Its path as the index or the folder has it, with `/`.
    pub(super) file: String,
    pub(super) path: PathBuf,
    /// How many operations the index says it has.
    pub(super) operations: Option<usize>,
    /// Whether the index says that it is valid.
    pub(super) is_valid: Option<bool>,
}

#[derive(Deserialize)]
struct Listed {
    file: String,
    operations: Option<usize>,
    #[serde(alias = "valid")]
    oas_schema_valid: Option<bool>,
}

/// The documents of a folder, by its `index.json`, else every YAML and JSON file, sorted.
pub(super) fn entries(folder: &Path) -> Result<Vec<Entry>, Failure> {
    let index = folder.join("index.json");
    if index.is_file() { listed(folder, &index) } else { found(folder) }
}

fn listed(folder: &Path, index: &Path) -> Result<Vec<Entry>, Failure> {
    let unusable = |problem: String| {
        let message = format!("cannot read {}: {problem}", index.display());
        Failure::usage(message, "it is a list of objects whose `file` is a path below `specs`")
    };
    let text = std::fs::read(index).map_err(|error| unusable(error.to_string()))?;
    let rows: Vec<Listed> = serde_json::from_slice(&text).map_err(|error| unusable(error.to_string()))?;
    let entry = |Listed { file, operations, oas_schema_valid }| {
        let path = folder.join("specs").join(&file);
        Entry { file, path, operations, is_valid: oas_schema_valid }
    };
    Ok(rows.into_iter().map(entry).collect())
}

fn found(folder: &Path) -> Result<Vec<Entry>, Failure> {
    let mut entries = Vec::new();
    for found in WalkDir::new(folder).sort_by_file_name() {
        let found = found.map_err(|error| {
            Failure::usage(format!("cannot read {}: {error}", folder.display()), "give a folder of OpenAPI documents")
        })?;
        let path = found.into_path();
        let is_document =
            path.extension().is_some_and(|extension| ["json", "yaml", "yml"].iter().any(|known| extension == *known));
        if !is_document || !path.is_file() {
            continue;
        }
        let segments = path.strip_prefix(folder).unwrap_or(&path).iter().map(|segment| segment.to_string_lossy());
        let file = segments.collect::<Vec<_>>().join("/");
        entries.push(Entry { file, path, operations: None, is_valid: None });
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_and_without_index() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("specs/b/one.yaml", "");
        write("specs/a.json", "");
        write("README.md", "");
        let files =
            |folder: &Path| -> Vec<_> { entries(folder).unwrap().into_iter().map(|entry| entry.file).collect() };
        assert_eq!(files(folder.path()), ["specs/a.json", "specs/b/one.yaml"]);
        write("index.json", r#"[{"file": "b/one.yaml", "operations": 3, "oas_schema_valid": true, "more": 1}]"#);
        let path = folder.path().join("specs").join("b/one.yaml");
        let expected = Entry { file: "b/one.yaml".to_owned(), path, operations: Some(3), is_valid: Some(true) };
        assert_eq!(entries(folder.path()).unwrap(), [expected]);
        write("index.json", "{}");
        assert_eq!(entries(folder.path()).unwrap_err().code(), 2);
    }
}

//! References to other files: each file is taken into the document once, and references lead there.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::document::{ReadError, read};

/// Where files are put.
const FILES: &str = "x-files";

/// Takes in every file below the document's folder that it refers to, directly or through others.
pub(crate) fn bundle(root: &mut Value, path: &Path) -> Result<(), ReadError> {
    let own = canonical(path)?;
    let folder = own.parent().unwrap_or(Path::new("")).to_owned();
    let mut files = Files { folder, paths: vec![own], wanted: Vec::new() };
    files.rewrite(root, 0)?;
    let mut taken = Map::new();
    while let Some(index) = files.wanted.pop() {
        let Some(path) = files.paths.get(index).cloned() else { continue };
        let mut tree = read(&path)?;
        files.rewrite(&mut tree, index)?;
        taken.insert(index.to_string(), tree);
    }
    if let (false, Some(members)) = (taken.is_empty(), root.as_object_mut()) {
        members.insert(FILES.to_owned(), Value::Object(taken));
    }
    Ok(())
}

struct Files {
    folder: PathBuf,
    /// The document itself first.
    paths: Vec<PathBuf>,
    /// Files seen and not read yet.
    wanted: Vec<usize>,
}

impl Files {
    /// Makes the references of one file lead into the document.
    fn rewrite(&mut self, node: &mut Value, file: usize) -> Result<(), ReadError> {
        match node {
            Value::Object(members) => {
                if let Some(Value::String(target)) = members.get_mut("$ref") {
                    *target = self.target(target, file)?;
                }
                // What stands below an extension follows rules of its own.
                let described = members.iter_mut().filter(|(key, _)| !key.starts_with("x-"));
                described.map(|(_, member)| member).try_for_each(|member| self.rewrite(member, file))
            }
            Value::Array(items) => items.iter_mut().try_for_each(|item| self.rewrite(item, file)),
            _ => Ok(()),
        }
    }

    fn target(&mut self, target: &str, file: usize) -> Result<String, ReadError> {
        let (name, fragment) = target.split_once('#').unwrap_or((target, ""));
        let index = if name.is_empty() { file } else { self.index(name, file)? };
        Ok(if index == 0 { format!("#{fragment}") } else { format!("#/{FILES}/{index}{fragment}") })
    }

    fn index(&mut self, name: &str, file: usize) -> Result<usize, ReadError> {
        let from = self.paths.get(file).and_then(|path| path.parent()).unwrap_or(Path::new(""));
        let path = canonical(&from.join(name))?;
        if !path.starts_with(&self.folder) {
            let problem = "a reference leads out of the document's folder".to_owned();
            return Err(ReadError::Content { path, problem });
        }
        if let Some(known) = self.paths.iter().position(|known| *known == path) {
            return Ok(known);
        }
        self.paths.push(path);
        self.wanted.push(self.paths.len() - 1);
        Ok(self.paths.len() - 1)
    }
}

fn canonical(path: &Path) -> Result<PathBuf, ReadError> {
    path.canonicalize().map_err(|error| ReadError::File { path: path.to_owned(), error })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn files_are_taken_in_once_and_refer_to_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, value: Value| std::fs::write(folder.path().join(name), value.to_string()).unwrap();
        let mut root = json!({"a": {"$ref": "b.json#/x"}, "c": {"$ref": "#/a"}, "x-d": {"$ref": "../none.json"}});
        write("a.json", root.clone());
        write("b.json", json!({"x": {"$ref": "#/y"}, "y": {"$ref": "a.json#/c"}}));
        bundle(&mut root, &folder.path().join("a.json")).unwrap();
        let expected = json!({
            "a": {"$ref": "#/x-files/1/x"}, "c": {"$ref": "#/a"}, "x-d": {"$ref": "../none.json"},
            "x-files": {"1": {"x": {"$ref": "#/x-files/1/y"}, "y": {"$ref": "#/c"}}},
        });
        assert_eq!(root, expected);
    }

    #[test]
    fn references_stay_in_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        std::fs::write(folder.path().join("b.json"), "{}").unwrap();
        std::fs::write(inner.join("a.json"), "{}").unwrap();
        let mut root = json!({"a": {"$ref": "../b.json"}});
        let refused = bundle(&mut root, &inner.join("a.json")).unwrap_err().to_string();
        assert!(refused.contains("out of the document's folder"), "{refused}");
    }
}

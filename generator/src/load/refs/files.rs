//! Which file a reference leads to: one below the root document's folder, or none.

use std::path::{Path, PathBuf};

use crate::load::source::{Tree, clean};
use crate::load::{codes, pointer};

use super::{Lost, ROOT, Resolver, Target};

impl Resolver<'_> {
    /// Follows a reference's text from one file to a target that exists.
    pub(super) fn target(&mut self, text: &str, from: usize) -> Result<Target, Lost> {
        let (uri, fragment) = text.split_once('#').unwrap_or((text, ""));
        let file = if uri.is_empty() { from } else { self.file(uri, from)? };
        let pointer = pointer::percent_decode(fragment);
        if !pointer.is_empty() && !pointer.starts_with('/') {
            return self.anchor(file, &pointer);
        }
        if pointer.is_empty() && file == ROOT {
            return Err(Lost::new(codes::DANGLING_REFERENCE, "it refers to the whole document"));
        }
        // Keys that themselves hold a percent sign are written both ways.
        let decoded = self.lookup(file, &pointer);
        if decoded.is_err() && pointer != fragment {
            return self.lookup(file, fragment).or(decoded);
        }
        decoded
    }

    /// Reads a file once. Only files below the folder of the root document are read.
    fn file(&mut self, uri: &str, from: usize) -> Result<usize, Lost> {
        let refused = |reason: &str| Lost::new(codes::REFUSED_REFERENCE, reason);
        let is_remote = uri.starts_with("//")
            || uri.split_once(':').is_some_and(|(scheme, _)| {
                scheme.len() > 1
                    && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
            });
        if is_remote {
            return Err(refused("files are read from disk only"));
        }
        let path_of = |index: usize| self.sources.get(index).and_then(|file| file.path.clone());
        let (Some(root), Some(base)) = (path_of(ROOT), path_of(from)) else {
            return Err(refused("the document is not a file, so nothing stands beside it"));
        };
        let (Some(folder), Some(base)) = (root.parent(), base.parent()) else {
            return Err(refused("the document has no folder"));
        };
        let uri = uri.split('?').next().unwrap_or(uri);
        let path = base.join(pointer::percent_decode(uri).as_ref());
        let path = match path.canonicalize() {
            _ if self.tree().is_some() => clean(&path),
            Ok(path) => path,
            // Without the file nobody can say where it would have been.
            Err(_) if climbs(base, &path, folder) => {
                return Err(refused("it stands outside the document's folder"));
            }
            Err(error) => {
                return Err(Lost::new(codes::UNREADABLE_REFERENCE, format!("the file cannot be read: {error}")));
            }
        };
        if !path.starts_with(folder) {
            return Err(refused("it stands outside the document's folder"));
        }
        if path == root {
            return Ok(ROOT);
        }
        if let Some(known) = self.files.get(&path) {
            return known.clone();
        }
        let found = self.open(&path, folder);
        self.files.insert(path, found.clone());
        found
    }

    fn open(&mut self, path: &Path, folder: &Path) -> Result<usize, Lost> {
        if self.files.len() >= self.sources.limits().files {
            return Err(Lost::new(codes::REFUSED_REFERENCE, "the document is made of too many files"));
        }
        let tree = self.tree();
        if tree.is_none() && !path.is_file() {
            return Err(Lost::new(codes::UNREADABLE_REFERENCE, "it is not a file"));
        }
        let name = tree.as_ref().map_or_else(|| self.display(path, folder), |tree| tree.name(path));
        match self.sources.open_below(path, &name, tree.as_ref(), self.diagnostics) {
            Ok((index, tree)) => {
                self.trees.insert(index, tree);
                Ok(index)
            }
            Err(error) => {
                let place = error.origin.as_ref().and_then(|origin| self.sources.locate(origin));
                let place = place.map(|place| format!(" (line {}, column {})", place.line, place.column));
                let reason = error.message + place.as_deref().unwrap_or_default();
                Err(Lost::new(codes::UNREADABLE_REFERENCE, reason))
            }
        }
    }

    /// The tree of the root document, if that is not on disk.
    fn tree(&self) -> Option<Tree> {
        self.sources.get(ROOT)?.tree.clone()
    }

    /// The name of a file in diagnostics: beside the root document's.
    fn display(&self, path: &Path, folder: &Path) -> String {
        let below = path.strip_prefix(folder).unwrap_or(path);
        let below: Vec<String> = below.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let root = self.sources.get(ROOT).map(|file| file.name.to_string()).unwrap_or_default();
        match root.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{}", below.join("/")),
            None => below.join("/"),
        }
    }
}

/// Whether a path that does not exist would leave a folder, read as text.
fn climbs(base: &Path, path: &Path, folder: &Path) -> bool {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => {
                clean.pop();
            }
            std::path::Component::CurDir => {}
            part => clean.push(part),
        }
    }
    !clean.starts_with(folder) || !base.starts_with(folder)
}

//! Where bytes come from. Files are read here and nowhere else.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::diagnostic::{Diagnostic, Origin};

use super::codes;
use super::locate::{Index, Place};

/// A file, or bytes that already are in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file.
    Path(PathBuf),
    /// Bytes with the name they carry in diagnostics. References to other files are refused.
    Bytes {
        /// Name in diagnostics; its extension decides between YAML and JSON like a file's.
        name: String,
        /// Content.
        bytes: Vec<u8>,
    },
    /// A file of a tree that is not on disk, such as a revision's. References to other files lead into the tree.
    Within {
        /// Name in diagnostics.
        name: String,
        /// Content.
        bytes: Vec<u8>,
        /// Where it stands in the tree.
        path: PathBuf,
        /// The tree.
        tree: Tree,
    },
}

/// Reads the bytes of a file of a tree, by its path.
type ReadFile = dyn Fn(&Path) -> std::io::Result<Vec<u8>> + Send + Sync;

/// Files that are not on disk.
#[derive(Clone)]
pub struct Tree {
    /// What stands before a path in diagnostics.
    prefix: String,
    read: Arc<ReadFile>,
}

impl Tree {
    /// A tree whose files are read by a function, and are called by a prefix and their path.
    pub fn new(
        prefix: impl Into<String>,
        read: impl Fn(&Path) -> std::io::Result<Vec<u8>> + Send + Sync + 'static,
    ) -> Self {
        Self { prefix: prefix.into(), read: Arc::new(read) }
    }

    /// What a file of it is called.
    pub(crate) fn name(&self, path: &Path) -> String {
        format!("{}{}", self.prefix, display(path.strip_prefix("/").unwrap_or(path)))
    }
}

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Tree").field(&self.prefix).finish()
    }
}

impl PartialEq for Tree {
    fn eq(&self, other: &Self) -> bool {
        self.prefix == other.prefix && Arc::ptr_eq(&self.read, &other.read)
    }
}

impl Eq for Tree {}

impl Default for Source {
    fn default() -> Self {
        Self::Bytes { name: String::new(), bytes: Vec::new() }
    }
}

/// Bounds on what is read, so that a hostile document ends in an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of all files together.
    pub bytes: u64,
    /// Nesting of arrays and objects. The parsers themselves stop at 128.
    pub depth: usize,
    /// Nodes of all files together, after YAML aliases are expanded.
    pub nodes: usize,
    /// Files reached by references.
    pub files: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 64 << 20, depth: 128, nodes: 5_000_000, files: 10_000 }
    }
}

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Yaml,
    Json,
}

/// A file that was read.
#[derive(Debug)]
pub(crate) struct SourceFile {
    /// Name in diagnostics, with `/` separators.
    pub(crate) name: Arc<str>,
    /// Where it stands on disk, links followed, or in its tree, from `/`; `None` for bytes from memory.
    pub(crate) path: Option<PathBuf>,
    /// The tree it is of, if it is not on disk.
    pub(crate) tree: Option<Tree>,
    /// Content, a byte order mark included.
    pub(crate) text: String,
    /// What the parser found it to be.
    pub(crate) format: Format,
    /// Where the parser stopped, for a file it could not read.
    pub(crate) failed: Option<Place>,
    index: OnceLock<Index>,
}

impl SourceFile {
    /// Reads a source within a budget of bytes and refuses what cannot be a document's text.
    pub(crate) fn read(source: &Source, budget: &mut u64) -> Result<Self, Diagnostic> {
        match source {
            Source::Path(path) => {
                let name: Arc<str> = display(path).into();
                let bytes = read_file(path, &name, *budget)?;
                let path = path.canonicalize().ok();
                Self::accept(name, path, bytes, budget)
            }
            Source::Bytes { name, bytes } => {
                let name: Arc<str> = name.as_str().into();
                Self::accept(name, None, bytes.clone(), budget)
            }
            Source::Within { name, bytes, path, tree } => {
                let file = Self::accept(name.as_str().into(), Some(clean(path)), bytes.clone(), budget)?;
                Ok(Self { tree: Some(tree.clone()), ..file })
            }
        }
    }

    /// Reads a file that a reference led to; the caller has checked that it may.
    pub(crate) fn read_below(
        path: &Path,
        name: &str,
        tree: Option<&Tree>,
        budget: &mut u64,
    ) -> Result<Self, Diagnostic> {
        let name: Arc<str> = name.into();
        let bytes = match tree {
            Some(tree) => (tree.read)(path.strip_prefix("/").unwrap_or(path)).map_err(|error| {
                let origin = Origin { document: name.clone(), pointer: String::new() };
                Diagnostic::error(codes::UNREADABLE, format!("cannot read `{name}`: {error}")).at(origin)
            })?,
            None => read_file(path, &name, *budget)?,
        };
        let file = Self::accept(name, Some(path.to_path_buf()), bytes, budget)?;
        Ok(Self { tree: tree.cloned(), ..file })
    }

    fn accept(name: Arc<str>, path: Option<PathBuf>, bytes: Vec<u8>, budget: &mut u64) -> Result<Self, Diagnostic> {
        let origin = Origin { document: name.clone(), pointer: String::new() };
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        *budget = budget.checked_sub(length).ok_or_else(|| too_large(origin.clone()))?;
        let text = decode(bytes, &origin)?;
        Ok(Self { name, path, tree: None, text, format: Format::Yaml, failed: None, index: OnceLock::new() })
    }

    /// The whole file as a place.
    pub(crate) fn origin(&self, pointer: &str) -> Origin {
        Origin { document: self.name.clone(), pointer: pointer.to_owned() }
    }

    /// The text without its byte order mark.
    pub(crate) fn body(&self) -> &str {
        self.text.strip_prefix('\u{feff}').unwrap_or(&self.text)
    }

    /// Lines and columns of the nodes, built at the first call.
    pub(crate) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::build(self.body(), self.format))
    }
}

fn decode(bytes: Vec<u8>, origin: &Origin) -> Result<String, Diagnostic> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Diagnostic::error(codes::NOT_TEXT, "the file is UTF-16, not UTF-8")
            .at(origin.clone())
            .help("save it as UTF-8"));
    }
    if bytes.contains(&0) {
        return Err(Diagnostic::error(codes::NOT_TEXT, "the file holds NUL bytes: it is not a text").at(origin.clone()));
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        Diagnostic::error(codes::NOT_TEXT, format!("the file is not UTF-8: byte {offset} is out of place"))
            .at(origin.clone())
    })
}

fn read_file(path: &Path, name: &Arc<str>, budget: u64) -> Result<Vec<u8>, Diagnostic> {
    let origin = Origin { document: name.clone(), pointer: String::new() };
    let unreadable = |error: std::io::Error| {
        Diagnostic::error(codes::UNREADABLE, format!("cannot read `{name}`: {error}")).at(origin.clone())
    };
    let file = File::open(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(
            Diagnostic::error(codes::UNREADABLE, format!("cannot read `{name}`: it is a folder")).at(origin.clone())
        );
    }
    if metadata.len() > budget {
        return Err(too_large(origin.clone()));
    }
    let mut bytes = Vec::new();
    file.take(budget.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

fn too_large(origin: Origin) -> Diagnostic {
    Diagnostic::error(codes::TOO_LARGE, "the documents are larger than the limit allows")
        .at(origin)
        .help("the limit is on the bytes of all files read together; 64 MiB unless set")
}

/// A path from `/` on, without the parts that only lead to others. It is read as text: a tree has no links.
pub(crate) fn clean(path: &Path) -> PathBuf {
    let mut clean = PathBuf::from("/");
    for part in path.components() {
        match part {
            Component::ParentDir => {
                clean.pop();
            }
            Component::Normal(part) => clean.push(part),
            _ => {}
        }
    }
    clean
}

/// A path as diagnostics print it.
fn display(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(bytes: &[u8]) -> Diagnostic {
        let source = Source::Bytes { name: "a.yaml".into(), bytes: bytes.to_vec() };
        SourceFile::read(&source, &mut 100).unwrap_err()
    }

    #[test]
    fn what_is_not_text_is_refused() {
        assert_eq!(refusal(b"\x89PNG\r\n\x1a\n\0\0").code, codes::NOT_TEXT);
        assert_eq!(refusal(b"openapi: \xff").code, codes::NOT_TEXT);
        assert_eq!(refusal(b"\xff\xfea\0").message, "the file is UTF-16, not UTF-8");
    }

    #[test]
    fn too_many_bytes_are_refused() {
        assert_eq!(refusal(&[b'a'; 101]).code, codes::TOO_LARGE);
    }

    #[test]
    fn folders_and_missing_files_are_refused() {
        for path in [std::env::temp_dir(), PathBuf::from("/nonexistent/a.yaml")] {
            let error = SourceFile::read(&Source::Path(path), &mut 100).unwrap_err();
            assert_eq!(error.code, codes::UNREADABLE);
        }
    }
}

//! The two documents of a comparison: files, standard input, or files of a git revision.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use omise_generator::diagnostic::Diagnostics;
use omise_generator::load::{Document, Files, Input, Source, Tree, load_or_files};

use crate::failure::Failure;
use crate::report;
use crate::setup::repository;

/// Where a document comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Input,
    /// `git:REV:PATH`: a file as a revision has it.
    Git { revision: String, path: String },
}

impl Side {
    /// Reads an argument. What begins with `git:` and has no second colon is a file.
    pub(crate) fn parse(text: &str) -> Self {
        if text == "-" {
            return Self::Input;
        }
        match text.strip_prefix("git:").and_then(|rest| rest.split_once(':')) {
            Some((revision, path)) if !revision.is_empty() && !path.is_empty() => {
                Self::Git { revision: revision.to_owned(), path: path.to_owned() }
            }
            _ => Self::File(PathBuf::from(text)),
        }
    }

    /// Whether the document is a file, or is a file as a revision has it.
    pub(super) fn is(&self, file: &Path) -> bool {
        let path = match self {
            Self::File(path) => path.clone(),
            // Without a dot in front, git counts from the repository's root.
            Self::Git { path, .. } if path.starts_with('.') => PathBuf::from(path),
            Self::Git { path, .. } => repository().join(path),
            Self::Input => return false,
        };
        path.canonicalize().is_ok_and(|path| file.canonicalize().is_ok_and(|file| file == path))
    }

    /// Reads the document with overlays.
    pub(super) fn read(&self, overlays: &[PathBuf]) -> Result<(Document, Diagnostics), Unusable> {
        let overlays = overlays.iter().cloned().map(Source::Path).collect();
        let schema = self.source().map_err(Unusable::Failure)?;
        read(&Input { schema, overlays, keeps_written: true, ..Input::default() })
    }

    fn source(&self) -> Result<Source, Failure> {
        match self {
            Self::File(path) => Ok(Source::Path(path.clone())),
            Self::Input => {
                let mut bytes = Vec::new();
                std::io::stdin().read_to_end(&mut bytes).map_err(|error| {
                    Failure::usage(format!("cannot read standard input: {error}"), "give a file, or pipe a document in")
                })?;
                Ok(Source::Bytes { name: "-".to_owned(), bytes })
            }
            Self::Git { revision, path } => {
                let bytes = show(revision, path).map_err(|said| unread(revision, path, &said))?;
                let (name, prefix) = (format!("git:{revision}:{path}"), format!("git:{revision}:"));
                let revision = revision.clone();
                let tree = Tree::new(prefix, move |path| {
                    show(&revision, &path.to_string_lossy()).map_err(std::io::Error::other)
                });
                Ok(Source::Within { name, bytes, path: from_root(path), tree })
            }
        }
    }
}

/// A file as a revision has it, or what git says. A path is relative to the current folder when it begins with `./`, else
/// to the repository's root, as git has it.
fn show(revision: &str, path: &str) -> Result<Vec<u8>, String> {
    if revision.starts_with('-') {
        return Err(format!("`{revision}` is no revision"));
    }
    let output = Command::new("git").args(["show", "--end-of-options", &format!("{revision}:{path}")]).output();
    let output = output.map_err(|error| format!("cannot run git: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(said.lines().next().unwrap_or("git says nothing").trim_start_matches("fatal: ").to_owned())
}

fn unread(revision: &str, path: &str, said: &str) -> Failure {
    let help = "git:REV:PATH names a file as a revision has it, such as git:HEAD~1:openapi.yaml";
    Failure::usage(format!("cannot read git:{revision}:{path}: {}", report::safe(said)), help)
}

/// A path from the repository's root, whichever it is from.
fn from_root(path: &str) -> PathBuf {
    if !path.starts_with('.') {
        return PathBuf::from(path);
    }
    let output = Command::new("git").args(["rev-parse", "--show-prefix"]).output();
    let prefix = output.map(|output| String::from_utf8_lossy(&output.stdout).trim_end().to_owned()).unwrap_or_default();
    Path::new(&prefix).join(path)
}

/// Why there is no document to compare.
pub(crate) enum Unusable {
    /// There is no text.
    Failure(Failure),
    /// The text is wrong.
    Files(Diagnostics, Box<Files>),
    /// What it says is wrong.
    Document(Diagnostics, Box<Document>),
}

impl Unusable {
    /// Prints what is wrong.
    pub(crate) fn tell(self, most: usize) -> Failure {
        match self {
            Self::Failure(failure) => return failure,
            Self::Files(diagnostics, files) => report::diagnostics(&diagnostics, &files, most),
            Self::Document(diagnostics, document) => report::diagnostics(&diagnostics, document.files(), most),
        }
        Failure::Unreadable
    }
}

/// Of all warnings, those that parts of the document were not read: what stands there is not compared.
const UNREAD: [&str; 2] = ["W005", "W006"];

/// Reads a document for comparison. Of what is wrong with it, what makes it unusable matters, and what keeps parts of it
/// from being read, which is given back.
pub(crate) fn read(input: &Input) -> Result<(Document, Diagnostics), Unusable> {
    let mut diagnostics = Diagnostics::default();
    match load_or_files(input, &mut diagnostics) {
        Ok(document) if !diagnostics.has_errors() => {
            diagnostics.0.retain(|warning| UNREAD.contains(&warning.code.as_str()));
            Ok((document, diagnostics))
        }
        Ok(document) => Err(Unusable::Document(diagnostics, Box::new(document))),
        Err(files) => Err(Unusable::Files(diagnostics, files)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_name_files_input_and_revisions() {
        assert_eq!(Side::parse("-"), Side::Input);
        assert_eq!(Side::parse("a.yaml"), Side::File("a.yaml".into()));
        let git = Side::Git { revision: "HEAD~1".into(), path: "a/b.yaml".into() };
        assert_eq!(Side::parse("git:HEAD~1:a/b.yaml"), git);
        assert_eq!(Side::parse("git:HEAD"), Side::File("git:HEAD".into()));
    }
}

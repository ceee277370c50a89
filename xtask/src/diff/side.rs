//! The two documents of a comparison: files, standard input, or files of a git revision.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use omise_generator::diagnostic::Diagnostics;
use omise_generator::load::{Document, Input, Source, load_or_files};

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

    /// Reads the document with overlays. When it cannot be used, what is wrong has been printed.
    pub(crate) fn load(&self, overlays: &[PathBuf], most: usize) -> Result<Document, Failure> {
        let overlays = overlays.iter().cloned().map(Source::Path).collect();
        let input = Input { schema: self.source()?, overlays, keeps_written: true, ..Input::default() };
        load(&input, most)
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
                let bytes = show(revision, path)?;
                Ok(Source::Bytes { name: format!("git:{revision}:{path}"), bytes })
            }
        }
    }
}

/// A file as a revision has it. A path is relative to the current folder when it begins with `./`, else to the
/// repository's root, as git has it.
fn show(revision: &str, path: &str) -> Result<Vec<u8>, Failure> {
    let help = "git:REV:PATH names a file as a revision has it, such as git:HEAD~1:openapi.yaml";
    if revision.starts_with('-') {
        return Err(Failure::usage(format!("`{revision}` is no revision"), help));
    }
    let output = Command::new("git").args(["show", "--end-of-options", &format!("{revision}:{path}")]).output();
    let output = output.map_err(|error| Failure::usage(format!("cannot run git: {error}"), "install git"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let first = said.lines().next().unwrap_or("git says nothing").trim_start_matches("fatal: ");
    Err(Failure::usage(format!("cannot read git:{revision}:{path}: {}", report::safe(first)), help))
}

/// Loads a document for comparison; only what makes it unusable is printed.
pub(crate) fn load(input: &Input, most: usize) -> Result<Document, Failure> {
    let mut diagnostics = Diagnostics::default();
    match load_or_files(input, &mut diagnostics) {
        Ok(document) if !diagnostics.has_errors() => Ok(document),
        Ok(document) => {
            report::diagnostics(&diagnostics, document.files(), most);
            Err(Failure::Unreadable)
        }
        Err(files) => {
            report::diagnostics(&diagnostics, &files, most);
            Err(Failure::Unreadable)
        }
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

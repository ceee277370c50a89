//! The file tree: compare it with what was emitted, or write it. Nothing else in this crate touches the disk to write.
//!
//! [`plan`] compares and changes nothing; its [`Plan`] is shown ([`Plan::diff`]) or carried out ([`Plan::apply`]).
//!
//! A tree is one target's folder. It holds a manifest, `.generated.json`, which lists every file we made with its
//! hash, and what they were made of. Only files listed there are ever removed, and it is written last: after a crash
//! the old manifest still tells which files are ours, and `staging` tells the old ones from the new.

mod apply;
mod diff;
mod manifest;
mod path;
mod plan;
mod staging;

use std::io;
use std::path::PathBuf;

pub use manifest::{MANIFEST, Provenance, Sources, hash};
pub use plan::{Plan, Summary, plan};
pub use staging::temporary;

use crate::diagnostic::Diagnostic;
use crate::target::{File, GivenNames};

/// What a folder should hold.
#[derive(Clone, Copy, Debug)]
pub struct Tree<'a> {
    /// The folder; made if it is not there.
    pub root: &'a std::path::Path,
    /// Every file of it, the manifest apart.
    pub files: &'a [File],
    /// What users of the files write.
    pub names: &'a GivenNames,
    /// What the manifest says about where the files come from.
    pub provenance: &'a Provenance,
}

/// Why a tree could not be compared or written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// A path that could leave the folder, or that some file system cannot hold.
    #[error("refusing to write {path:?}: {reason}")]
    Path {
        /// As it was emitted.
        path: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Two files would be one on a file system that ignores case.
    #[error("refusing to write both {first:?} and {second:?}: they are one file where case is ignored")]
    Collision {
        /// The one that came first.
        first: String,
        /// The one that came after it.
        second: String,
    },
    /// A folder on the way is a symbolic link, so that writing would happen elsewhere.
    #[error("refusing to go through the symbolic link {}", path.display())]
    Symlink {
        /// The link.
        path: PathBuf,
    },
    /// Files stand where ours go, and we did not make them.
    #[error("refusing to replace what the generator did not make: {}", shown(paths))]
    Foreign {
        /// The files, or folders that stand where a file goes.
        paths: Vec<PathBuf>,
    },
    /// The folder to write to is a file, or would be below one.
    #[error("{} is a file, not a folder to write to", path.display())]
    NotAFolder {
        /// The file.
        path: PathBuf,
    },
    /// The manifest, or the journal of a run, is not one of ours.
    #[error("cannot use {}: {problem}", path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// The file system said no; what had been done was undone.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried, as a verb.
        action: &'static str,
        /// With which file.
        path: PathBuf,
        /// What was said.
        source: io::Error,
    },
    /// The file system said no, and again when what had been done was to be undone.
    #[error("stopped half-way: {source}")]
    HalfWay {
        /// What went wrong first.
        source: Box<OutputError>,
    },
}

impl OutputError {
    /// What the file system said, with what was tried.
    pub fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }

    /// Whether the folder, as the user left it, is to blame, and not the file system or the generator.
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Foreign { .. } | Self::Symlink { .. } | Self::Manifest { .. })
    }

    /// As a problem, with what to do about it.
    pub fn diagnostic(&self) -> Diagnostic {
        let (code, help) = match self {
            Self::Foreign { .. } => {
                ("E020", "nothing was written; move it away, or write to another folder with --out")
            }
            Self::Symlink { .. } => ("E021", "nothing was written; replace the link by a folder or a file of its own"),
            Self::Manifest { .. } => {
                ("E022", "take it from version control, a whole one of either side after a merge, or delete it")
            }
            Self::NotAFolder { .. } | Self::Io { .. } => ("E023", "the folder is as it was before"),
            Self::HalfWay { .. } => ("E023", "some files are new and others old; generate again, and it is completed"),
            Self::Path { .. } | Self::Collision { .. } => {
                ("E024", "nothing was written; the name comes from the document: rename there, or in an overlay")
            }
        };
        Diagnostic::error(code, self.to_string()).help(help)
    }
}

/// A few of the paths.
fn shown(paths: &[PathBuf]) -> String {
    const SHOWN: usize = 5;
    let mut named: Vec<String> = paths.iter().take(SHOWN).map(|path| path.display().to_string()).collect();
    if paths.len() > SHOWN {
        named.push(format!("and {} more", paths.len() - SHOWN));
    }
    named.join(", ")
}

#[cfg(test)]
mod tests;

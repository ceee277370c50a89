//! The file tree: compare it with what was emitted, or write it. Nothing else in this crate touches the disk to write.
//!
//! [`plan`] compares and changes nothing; its [`Plan`] is shown ([`Plan::diff`]) or carried out ([`Plan::apply`]).
//!
//! A tree is one target's folder. It holds a manifest, `.generated.json`, which lists every file we made with its
//! hash. Only files listed there are ever removed, and it is written last: after a crash the old manifest still
//! tells which files are ours.

mod manifest;
mod path;
mod plan;

use std::io;
use std::path::PathBuf;

pub use manifest::{MANIFEST, Provenance};
pub use plan::{Plan, Summary, plan};

use globset::GlobSet;

use crate::target::File;

/// What a folder should hold.
#[derive(Clone, Copy, Debug)]
pub struct Tree<'a> {
    /// The folder; made if it is not there.
    pub root: &'a std::path::Path,
    /// Every file of it, the manifest apart.
    pub files: &'a [File],
    /// What the manifest says about where the files come from.
    pub provenance: &'a Provenance,
    /// Looks at these paths alone; all others stay as they are.
    pub only: Option<&'a GlobSet>,
}

impl Tree<'_> {
    fn selects(&self, path: &str) -> bool {
        self.only.is_none_or(|globs| globs.is_match(path))
    }
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
    /// A file stands where one would be written, and we did not make it.
    #[error(
        "refusing to replace {}: the manifest does not list it, and nothing says it was generated; \
         delete it, or write to another folder",
        path.display()
    )]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The manifest is not one of ours.
    #[error("cannot read {}: {source}", path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The file system said no.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried, as a verb.
        action: &'static str,
        /// With which file.
        path: PathBuf,
        /// What was said.
        source: io::Error,
    },
}

impl OutputError {
    fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { action, path, source }
    }
}

#[cfg(test)]
mod tests;

//! [`ir::Api`](crate::ir::Api) to files in memory: sorted, and the same bytes on every run.

mod given;
pub mod rust;

use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::ir::Api;
pub use given::{GivenNames, Renamed};

/// A file of a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Path below the target's folder, with `/` separators.
    pub path: String,
    /// What it holds.
    pub contents: Vec<u8>,
}

impl File {
    /// A text file.
    pub fn text(path: impl Into<String>, contents: impl Into<String>) -> Self {
        Self { path: path.into(), contents: contents.into().into_bytes() }
    }
}

/// What an SDK can be emitted as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A Rust crate.
    Rust,
}

/// The files of one target.
#[derive(Clone, Debug)]
pub struct Emitted {
    /// Whose files they are.
    pub target: Target,
    /// Sorted by path.
    pub files: Vec<File>,
    /// What users of them write.
    pub names: GivenNames,
}

impl Target {
    /// Every target there is.
    pub const ALL: &'static [Self] = &[Self::Rust];

    /// The target called `name` on the command line and in `sdk.toml`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|target| target.name() == name)
    }

    /// Its name, which is also its folder's.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rust => "rust",
        }
    }

    /// Emits a model.
    pub fn emit(self, api: &Api, config: &Config, diagnostics: &mut Diagnostics) -> Emitted {
        match self {
            Self::Rust => rust::emit(api, &rust::Options::new(api, config), diagnostics),
        }
    }
}

//! `bench/plan.toml`: which documents, and which other generators.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::failure::Failure;
use crate::setup::repository;

/// The plan, and where things are.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Plan {
    /// An answer that was recorded, seen from the folder of documents.
    pub(super) recorded: PathBuf,
    #[serde(rename = "document")]
    pub(super) documents: Vec<Document>,
    #[serde(rename = "pair")]
    pub(super) pairs: Vec<Pair>,
    #[serde(rename = "peer")]
    pub(super) peers: Vec<Peer>,
}

/// A document to generate from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub(super) name: String,
    /// Below `specs/` of the folder of documents; the schema of this repository has none.
    file: Option<PathBuf>,
    /// How the crates made of it are compiled: `check`, `debug`, `release`.
    #[serde(default)]
    pub(super) compiles: Vec<String>,
}

/// Two versions of a document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pair {
    pub(super) name: String,
    old: PathBuf,
    new: PathBuf,
}

/// Another program that does what this one does, or a part of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Peer {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) kind: Kind,
    install: Vec<String>,
    run: Vec<String>,
    /// Where it writes which crates its output needs, if it writes no crate.
    pub(super) needs: Option<PathBuf>,
}

/// What a peer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Kind {
    /// Emits a client in Rust, and is written in it.
    Rust,
    /// Emits one and runs on a Java machine.
    Jvm,
    /// Compares two documents.
    Diff,
}

impl Plan {
    pub(super) fn read() -> Result<Self, Failure> {
        let path = repository().join("bench/plan.toml");
        let unusable = |what: String| {
            Failure::usage(format!("cannot use {}: {what}", path.display()), "docs/benchmarks.md says what it holds")
        };
        let text = std::fs::read_to_string(&path).map_err(|error| unusable(error.to_string()))?;
        toml::from_str(&text).map_err(|error| unusable(error.to_string()))
    }
}

impl Document {
    /// The file, where it is at hand; that of Omise is written by `part repaired`.
    pub(super) fn path(&self, corpus: &Path, repaired: &Path) -> Option<PathBuf> {
        let path = self.file.as_ref().map_or_else(|| repaired.to_owned(), |file| corpus.join("specs").join(file));
        path.is_file().then_some(path)
    }

    /// Whether it is the schema of this repository.
    pub(super) fn is_own(&self) -> bool {
        self.file.is_none()
    }
}

impl Pair {
    /// Both files, where they are at hand.
    pub(super) fn paths(&self, corpus: &Path) -> Option<[PathBuf; 2]> {
        let paths = [&self.old, &self.new].map(|file| corpus.join(file));
        paths.iter().all(|path| path.is_file()).then_some(paths)
    }
}

impl Peer {
    /// The command that installs it.
    pub(super) fn install(&self, peers: &Path) -> Option<Command> {
        let mut command = self.filled(&self.install, &[("peers", peers)])?;
        command.env("GOBIN", peers.join("bin")).env("CARGO_TARGET_DIR", peers.join("build"));
        Some(command)
    }

    /// The command that runs it, in a folder.
    pub(super) fn command(&self, folder: &Path, places: &[(&str, &Path)]) -> Option<Command> {
        let mut command = self.filled(&self.run, places)?;
        command.current_dir(folder);
        Some(command)
    }

    /// Whether it is installed: whether the file that is run is there.
    pub(super) fn is_installed(&self, peers: &Path) -> bool {
        let own = self.run.iter().find(|part| part.starts_with("{peers}"));
        own.is_some_and(|own| Path::new(&own.replace("{peers}", &peers.to_string_lossy())).is_file())
    }

    fn filled(&self, parts: &[String], places: &[(&str, &Path)]) -> Option<Command> {
        let fill = |part: &String| {
            let versioned = part.replace("{version}", &self.version);
            let put = |text: String, (name, path): &(&str, &Path)| {
                text.replace(&format!("{{{name}}}"), &path.to_string_lossy())
            };
            places.iter().fold(versioned, put)
        };
        let mut parts = parts.iter().map(fill);
        let mut command = Command::new(parts.next()?);
        command.args(parts);
        Some(command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_is_well_formed() {
        let plan = Plan::read().expect("it reads");
        assert!(plan.documents.iter().filter(|document| document.is_own()).count() == 1);
        let peer = plan.peers.first().expect("there are peers");
        let command = peer.install(Path::new("/peers")).expect("there is a command");
        assert!(command.get_args().any(|part| part == "/peers") && command.get_args().any(|part| part == "0.15.1"));
    }
}

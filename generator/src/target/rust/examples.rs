//! `examples/`: programs that people copy, emitted as they were written.

use super::docs::one_line;
use crate::config::RustConfig;
use crate::target::File;

/// A program that shows how the crate is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its name, which is also its file's.
    pub name: String,
    /// Features of the crate that it needs.
    pub features: Vec<String>,
    /// Its text.
    pub text: String,
}

impl Example {
    pub(super) fn new(name: &str, text: &str, config: &RustConfig) -> Self {
        let features = config.example_features.get(name).cloned().unwrap_or_default();
        Self { name: name.to_owned(), features, text: text.to_owned() }
    }

    /// What it does, in its own first line.
    pub(super) fn summary(&self) -> String {
        let line = self.text.lines().next().and_then(|line| line.strip_prefix("//!"));
        one_line(line.unwrap_or_default())
    }

    /// How it is run.
    pub(super) fn command(&self) -> String {
        let features: Vec<&str> = self.features.iter().map(String::as_str).filter(|name| *name != "reqwest").collect();
        match features.as_slice() {
            [] => format!("cargo run --example {}", self.name),
            features => format!("cargo run --example {} --features {}", self.name, features.join(",")),
        }
    }

    pub(super) fn file(&self, banner: &str) -> File {
        File::text(format!("examples/{}.rs", self.name), format!("{banner}\n{}", self.text))
    }
}

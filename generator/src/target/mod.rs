//! [`ir::Api`](crate::ir::Api) to files in memory: sorted, and the same bytes on every run.

mod carried;
mod docs;
mod filters;
mod given;
mod prose;
pub mod rust;
mod sample;
mod template;
mod words;

use std::borrow::Cow;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::{Api, Operation, Resource};
pub use carried::is_carried;
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

/// Methods that can be sent.
const METHODS: &[&str] = &["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "CONNECT", "PATCH", "TRACE"];

/// What an SDK can be emitted as.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A Rust crate.
    Rust,
    /// A language that is a folder of templates, by the folder's name.
    Language(String),
    /// The documentation site.
    Docs,
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
    /// Every target there is: Rust, the languages built in, those in the folder of templates that the configuration has, and
    /// the documentation.
    pub fn all(config: &Config) -> Vec<Self> {
        let languages = template::names(config).into_iter().map(Self::Language);
        std::iter::once(Self::Rust).chain(languages).chain([Self::Docs]).collect()
    }

    /// The target called `name` on the command line and in `sdk.toml`.
    pub fn named(name: &str, config: &Config) -> Option<Self> {
        Self::all(config).into_iter().find(|target| target.name() == name)
    }

    /// Its name, which is also its folder's.
    pub fn name(&self) -> &str {
        match self {
            Self::Rust => "rust",
            Self::Language(name) => name,
            Self::Docs => "docs",
        }
    }

    /// Emits a model.
    pub fn emit(&self, api: &Api, config: &Config, diagnostics: &mut Diagnostics) -> Emitted {
        self.emit_callable(&callable(api, diagnostics), config, diagnostics)
    }

    fn emit_callable(&self, api: &Api, config: &Config, diagnostics: &mut Diagnostics) -> Emitted {
        match self {
            Self::Rust => rust::emit(api, &rust::Options::new(api, config), diagnostics),
            Self::Language(name) => template::emit(api, name, config, diagnostics),
            Self::Docs => docs::emit(api, config, diagnostics),
        }
    }
}

/// Emits a model for each target.
pub fn emit(api: &Api, config: &Config, targets: &[Target], diagnostics: &mut Diagnostics) -> Vec<Emitted> {
    let api = callable(api, diagnostics);
    targets.iter().map(|target| target.emit_callable(&api, config, diagnostics)).collect()
}

/// The model without operations of unheard-of methods and resources without any.
fn callable<'a>(api: &'a Api, diagnostics: &mut Diagnostics) -> Cow<'a, Api> {
    let odd = |operation: &Operation| !METHODS.contains(&operation.method.as_str());
    let idle = |resource: &Resource| resource.operations.is_empty();
    if !api.resources.iter().any(|resource| idle(resource) || resource.operations.iter().any(odd)) {
        return Cow::Borrowed(api);
    }
    let mut api = api.clone();
    for resource in &mut api.resources {
        for operation in resource.operations.iter().filter(|operation| odd(operation)) {
            let message = format!("{} has a method that cannot be sent: {:?}", operation.id, operation.method);
            diagnostics.push(Diagnostic::warning("W900", message).at(operation.origin.clone()));
        }
        resource.operations.retain(|operation| !odd(operation));
    }
    api.resources.retain(|resource| !idle(resource));
    Cow::Owned(api)
}

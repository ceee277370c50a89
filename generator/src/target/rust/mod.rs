//! A Rust crate: types, calls and a client on top of the runtime, which is copied into it.
//!
//! Rust is made of tokens and printed by prettyplease, so it always parses; only `Cargo.toml` and `README.md`
//! come from templates. Text of a document reaches the crate in four ways, each with one gate: as an
//! identifier or literal (`tokens`), as a doc comment (`docs`), as a file name (`case`), or through a
//! template that escapes it (`manifest`).

mod answer_docs;
mod answer_headers;
mod answers;
mod arguments;
mod auth;
mod call;
mod case;
mod client;
mod crate_root;
mod docs;
mod emitter;
mod encode;
mod enums;
mod example;
mod examples;
mod expression;
mod failures;
mod fit;
mod format;
mod groups;
mod guide;
mod imports;
mod json_code;
mod layout;
mod manifest;
mod names;
mod operation_docs;
mod operations;
mod outline;
mod paging;
mod parts;
mod pass;
mod request_docs;
mod resources;
mod runtime;
mod samples;
mod servers;
mod struct_traits;
mod structs;
#[cfg(test)]
mod tests;
mod tokens;
mod types;
mod unions;
mod webhooks;

use std::collections::BTreeMap;
use std::thread::available_parallelism;

use super::{Emitted, File, GivenNames, Target};
use crate::config::{Config, Dependency};
use crate::diagnostic::Diagnostics;
use crate::ir::{Api, Name};
use crate::parallel;
pub(in crate::target) use call::Caller;
use emitter::Emitter;
pub use examples::Example;
pub(crate) use outline::{Kind, Outline, Symbol, outline};
use parts::Parts;
pub(crate) use parts::is_same;

/// The oldest Rust that compiles the crate.
const RUST_VERSION: &str = "1.88";

/// Threads that are of use: what they make has to be kept until it is written.
const MOST_THREADS: usize = 8;

/// Settings of the crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Package name.
    pub package: String,
    /// Package version.
    pub version: String,
    /// SPDX licence expression.
    pub license: Option<String>,
    /// Repository URL.
    pub repository: Option<String>,
    /// True when the crate belongs to the workspace around it; else it carries its own `[workspace]`.
    pub workspace_member: bool,
    /// Programs that show how the crate is used, by name.
    pub examples: Vec<Example>,
    /// What the programs need beside the crate, by name.
    pub dev_dependencies: BTreeMap<String, Dependency>,
    /// Templates used instead of the built-in ones, by path below `templates/`.
    pub templates: BTreeMap<String, String>,
}

impl Options {
    /// Settings from `sdk.toml`, with names from the model where it is silent.
    pub fn new(api: &Api, config: &Config) -> Self {
        let rust = &config.rust;
        let package = rust.package.clone().unwrap_or_else(|| case::snake(&api.info.name).replace('_', "-"));
        Self {
            package: package_name(&package),
            version: rust.version.clone().unwrap_or_else(|| "0.1.0".to_owned()),
            license: rust.license.clone(),
            repository: rust.repository.clone(),
            workspace_member: rust.workspace_member,
            examples: rust.programs.iter().map(|(name, text)| Example::new(name, text, rust)).collect(),
            dev_dependencies: match rust.programs.is_empty() {
                true => BTreeMap::new(),
                false => rust.dev_dependencies.clone(),
            },
            templates: config.templates.clone(),
        }
    }

    /// The text of a template: the user's own, or the built-in one.
    fn template<'a>(&'a self, path: &str, built_in: &'a str) -> &'a str {
        self.templates.get(&format!("rust/{path}")).map_or(built_in, String::as_str)
    }

    /// The package's name in Rust code.
    pub fn crate_name(&self) -> String {
        self.package.replace('-', "_")
    }
}

/// A name that cargo accepts and that hides no crate the emitted one uses.
fn package_name(wanted: &str) -> String {
    const TAKEN: &[&str] = &["alloc", "bytes", "core", "http", "proc_macro", "serde", "serde_json", "std", "test"];
    let clean: String = wanted
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || c == '_' { c.to_ascii_lowercase() } else { '-' })
        .take(60)
        .collect();
    let clean = clean.trim_matches('-').to_owned();
    let clean = if clean.starts_with(|c: char| c.is_ascii_digit()) { format!("api-{clean}") } else { clean };
    let name = clean.replace('-', "_");
    if clean.is_empty() {
        "api-client".to_owned()
    } else if TAKEN.contains(&name.as_str()) || case::escape(name.clone()) != name {
        format!("{clean}-client")
    } else {
        clean
    }
}

/// What users of the crate write for operations and components.
pub(in crate::target) fn given_names(api: &Api) -> GivenNames {
    Emitter::new(api, "").given_names()
}

/// What users of the crate write for a field.
pub(in crate::target) fn field_name(name: &Name) -> String {
    case::escape(case::snake(name))
}

/// Emits the crate.
pub fn emit(api: &Api, options: &Options, diagnostics: &mut Diagnostics) -> Emitted {
    let emitter = Emitter::new(api, &options.crate_name());
    let parts = Parts::new(&emitter, options);
    let has_webhooks = emitter.api.conventions.webhooks.is_some();
    let mut files: Vec<File> = runtime::files(has_webhooks).collect();
    files.extend(parts.manifest(diagnostics));
    let modules = parts.modules();
    // Making tokens and printing them is most of the work, and what they are made of does not change any more.
    let wanted: Vec<_> = modules.iter().map(Some).chain([None]).collect();
    let threads = available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let made = parallel::each(&wanted, threads, |wanted| {
        match wanted {
            Some(make) => make().map(|module| (module, Vec::new())),
            None => {
                let (module, files) = parts.samples();
                Some((("src/samples.rs".to_owned(), module), files))
            }
        }
        .map(|((path, module), mut files)| {
            let mut problems = Diagnostics::default();
            let text = module.render(&parts.banner, &path, &mut problems);
            files.push(File::text(path, text));
            (files, problems)
        })
    });
    for (made, problems) in made.into_iter().flatten() {
        files.extend(made);
        diagnostics.0.extend(problems.0);
    }
    files.extend(options.examples.iter().map(|example| example.file(&parts.banner)));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Emitted { target: Target::Rust, files, names: emitter.given_names() }
}

//! A call in every language that is emitted, and as a command.

use super::changes::Naming;
use super::curl;
use super::guide;
use super::page::{Language, Sample};
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::ir::{Api, Operation, Resource};
use crate::target::sample::Call;
use crate::target::template::Caller;
use crate::target::{Target, rust};

/// Writes calls in all languages.
pub(super) struct Callers<'a> {
    api: &'a Api,
    rust: Option<rust::Caller<'a>>,
    others: Vec<Caller>,
    /// The languages, curl first.
    pub languages: Vec<Language>,
}

impl<'a> Callers<'a> {
    /// The languages that the configuration emits; all there are when it names none.
    pub(super) fn new(api: &'a Api, config: &Config, diagnostics: &mut Diagnostics) -> Self {
        let targets: Vec<Target> = match config.targets.is_empty() {
            true => Target::all(config),
            false => config.targets.iter().filter_map(|name| Target::named(name, config)).collect(),
        };
        let mut languages = vec![language("curl", "curl", "sh", "")];
        let mut rust = None;
        if targets.contains(&Target::Rust) {
            let options = rust::Options::new(api, config);
            languages.push(language("rust", "Rust", "rust", &format!("cargo add {}", options.package)));
            rust = Some(rust::Caller::new(api, &options));
        }
        let mut others = Vec::new();
        for target in &targets {
            let Target::Language(name) = target else { continue };
            match Caller::new(api, name, config) {
                Ok(Some(caller)) => {
                    languages.push(language(name, &caller.label, &caller.fence, &caller.install));
                    others.push(caller);
                }
                Ok(None) => {}
                Err(problem) => diagnostics.push(problem),
            }
        }
        for (name, command) in &config.docs.install {
            match languages.iter_mut().find(|language| language.id == *name) {
                Some(language) => language.install.clone_from(command),
                None => diagnostics.push(guide::problem("command that installs", name, "no such language is emitted")),
            }
        }
        Self { api, rust, others, languages }
    }

    /// What each language calls the things of a model.
    pub(super) fn names(&self, api: &Api) -> Vec<Naming<'_>> {
        let others = self.others.iter().map(|caller| Naming {
            language: caller.name.clone(),
            label: caller.label.clone(),
            given: caller.given_names(api),
            between: ".",
            field: Box::new(|name| caller.field_name(name)),
        });
        let rust = self.rust.iter().map(|_| Naming {
            language: Target::Rust.name().to_owned(),
            label: "Rust".to_owned(),
            given: rust::given_names(api),
            between: "::",
            field: Box::new(rust::field_name),
        });
        rust.chain(others).collect()
    }

    /// The call that the document shows of an operation, or one with what it requires.
    pub(super) fn shown(
        &mut self,
        resource: &'a Resource,
        operation: &'a Operation,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Sample> {
        match Call::shown(self.api, resource, operation) {
            Some(call) => self.samples(&call, diagnostics),
            None => Vec::new(),
        }
    }

    /// A call in each language that can show it.
    pub(super) fn samples(&mut self, call: &Call<'_>, diagnostics: &mut Diagnostics) -> Vec<Sample> {
        let mut code = vec![("curl", curl::command(self.api, call))];
        if let Some(text) = self.rust.as_ref().and_then(|rust| rust.call(call)) {
            code.push(("rust", text));
        }
        for caller in &mut self.others {
            match caller.call(self.api, call) {
                Ok(text) => code.push((&caller.name, text)),
                Err(problem) => diagnostics.push(problem),
            }
        }
        let samples = code.into_iter().filter(|(_, text)| !text.is_empty()).filter_map(|(id, code)| {
            let language = self.languages.iter().find(|language| language.id == id)?;
            Some(sample(language, code))
        });
        samples.collect()
    }
}

/// Code in a language.
pub(super) fn sample(language: &Language, code: String) -> Sample {
    Sample { language: language.id.clone(), label: language.label.clone(), fence: language.fence.clone(), code }
}

fn language(id: &str, label: &str, fence: &str, install: &str) -> Language {
    Language { id: id.to_owned(), label: label.to_owned(), fence: fence.to_owned(), install: install.to_owned() }
}

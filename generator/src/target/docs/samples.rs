//! A call in every language that is emitted, and as a command.

use super::changes::Naming;
use super::curl;
use super::page::{Language, Sample};
use crate::config::Config;
use crate::diagnostic::Diagnostics;
use crate::ir::{Api, Operation, Resource};
use crate::target::sample::Call;
use crate::target::template::{self, Caller};
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
        let is_wanted =
            |target: &Target| config.targets.is_empty() || config.targets.iter().any(|name| name == target.name());
        let mut languages = vec![language("curl", "curl", "sh", "")];
        let mut callers = Self { api, rust: None, others: Vec::new(), languages: Vec::new() };
        if is_wanted(&Target::Rust) {
            let options = rust::Options::new(api, config);
            languages.push(language("rust", "Rust", "rust", &format!("cargo add {}", options.package)));
            callers.rust = Some(rust::Caller::new(api, &options));
        }
        let mut names: Vec<&str> = config.targets.iter().map(String::as_str).collect();
        let all = Target::all(config);
        if names.is_empty() {
            names = all.iter().map(Target::name).collect();
        }
        for name in names {
            if !all.contains(&Target::Language(name.to_owned())) {
                continue;
            }
            match Caller::new(api, name, config) {
                Ok(Some(caller)) => {
                    languages.push(language(name, &caller.label, &caller.fence, &caller.install));
                    callers.others.push(caller);
                }
                Ok(None) => {}
                Err(problem) => diagnostics.push(problem),
            }
        }
        callers.languages = languages;
        callers
    }

    /// What each language calls the things of the document.
    pub(super) fn names(&self, config: &Config, diagnostics: &mut Diagnostics) -> Vec<Naming> {
        let mut names = Vec::new();
        for language in self.languages.iter().skip(1) {
            let (id, label) = (language.id.clone(), language.label.clone());
            if id == Target::Rust.name() {
                let given = rust::given_names(self.api);
                names.push(Naming { language: id, label, given, between: "::", field: Box::new(rust::field_name) });
                continue;
            }
            match template::naming(self.api, &id, config) {
                Ok((given, field)) => names.push(Naming { language: id, label, given, between: ".", field }),
                Err(problem) => diagnostics.push(problem),
            }
        }
        names
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

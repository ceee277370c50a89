//! How a call looks in a language, for the documentation.

use super::language::{Language, SampleRule};
use super::paths::Paths;
use super::render::Renderer;
use super::{data, folder, given_names, read, unrendered, unusable};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::ir::{Api, Name};
use crate::target::GivenNames;
use crate::target::sample::Call;
use crate::target::words::snake;

/// Writes calls in a language.
#[derive(Debug)]
pub(in crate::target) struct Caller {
    /// The language's name.
    pub name: String,
    /// What readers call it.
    pub label: String,
    /// What Markdown calls it.
    pub fence: String,
    /// The command that adds the package to a program.
    pub install: String,
    template: String,
    language: Language,
    renderer: Renderer,
}

impl Caller {
    /// Reads the templates of a language. `None` when it does not say how calls look.
    pub(in crate::target) fn new(api: &Api, name: &str, config: &Config) -> Result<Option<Self>, Diagnostic> {
        let bad = |why: String| unusable(name, &why);
        let files = folder::files(name, &config.templates);
        let language = read(name, &files, api, config).map_err(bad)?;
        let Some(SampleRule { template, label, fence, install }) = language.sample.clone() else { return Ok(None) };
        let mut model = data::api(api);
        super::paths::name_files(&language, &mut model).map_err(bad)?;
        let renderer = Renderer::new(&files, &language, api, &model, None).map_err(|why| unrendered(name, &why))?;
        let install = Paths::new(&language).filled(&install).map_err(bad)?;
        Ok(Some(Self { name: name.to_owned(), label, fence, install, template, language, renderer }))
    }

    /// What users of the language write for operations and components.
    pub(in crate::target) fn given_names(&self, api: &Api) -> GivenNames {
        given_names(&self.language, api)
    }

    /// What they write for a field.
    pub(in crate::target) fn field_name(&self, name: &Name) -> String {
        self.language.names.get("field").map_or_else(|| snake(name), |rule| rule.apply(name))
    }

    /// The code of a call. Empty when the template says that it cannot be shown.
    pub(in crate::target) fn call(&mut self, api: &Api, call: &Call<'_>) -> Result<String, Diagnostic> {
        let data = data::call(api, call);
        let text = self.renderer.render(&self.template, &[("call", &data)]);
        let text = text.map_err(|why| unrendered(&format!("{}/{}", self.name, self.template), &why))?;
        Ok(text.trim().to_owned())
    }
}

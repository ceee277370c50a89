//! A language that is a folder of templates.
//!
//! `templates/<lang>/target.toml` says which files there are, how names, types, comments and values are written; Tera
//! templates say what the files hold, and a runtime that people wrote is copied beside them. `docs/adding-a-language.md`
//! walks through one. Nothing here knows any language.
//!
//! A document's text reaches a file through the filters of [`render`] alone, each of which makes it harmless at its place.

mod comment;
mod data;
pub(super) mod folder;
mod language;
mod paths;
mod quote;
mod render;
mod sample;
mod types;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Emitted, File, GivenNames, Target};
use crate::config::{Config, Setting};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ir::Api;
use crate::near::did_you_mean;
use language::{Each, FileRule, Language};
use paths::Paths;
use render::Renderer;
pub(super) use sample::Caller;

/// Names of the languages there are, those of the command line's folder among them.
pub(super) fn names(config: &Config) -> BTreeSet<String> {
    folder::names(&config.templates)
}

/// Emits a model in a language. Nothing is emitted when its folder is not usable, which `diagnostics` then says.
pub(super) fn emit(api: &Api, name: &str, config: &Config, diagnostics: &mut Diagnostics) -> Emitted {
    let files = folder::files(name, &config.templates);
    let mut emitted =
        Emitted { target: Target::Language(name.to_owned()), files: Vec::new(), names: GivenNames::default() };
    match read(name, &files, api, config) {
        Ok(language) => {
            emitted.names = given_names(&language, api);
            match written(&language, &files, api, config.programs.get(name)) {
                Ok(written) => emitted.files = written,
                Err(error) => diagnostics.push(error),
            }
        }
        Err(why) => diagnostics.push(unusable(name, &why)),
    }
    emitted
}

/// What a language is called and how it is written, with the settings that the configuration gives it.
fn read(name: &str, files: &BTreeMap<&str, &str>, api: &Api, config: &Config) -> Result<Language, String> {
    let text = files.get(folder::DESCRIPTION).ok_or("it has no target.toml")?;
    let mut language: Language = toml::from_str(text).map_err(|error| format!("target.toml: {}", error.message()))?;
    if language.name != name {
        return Err(format!("target.toml says `name = {:?}`", language.name));
    }
    for setting in language.settings.values_mut() {
        if let Setting::Text(text) = setting {
            *text = paths::named(text, &api.info.name)?;
        }
    }
    for (key, value) in config.languages.get(name).into_iter().flatten() {
        let known = language.settings.keys().map(String::as_str);
        let hint = did_you_mean(key, known).unwrap_or_default();
        let setting = language.settings.get_mut(key);
        *setting.ok_or_else(|| format!("it has no setting `{key}`. {hint}").trim().to_owned())? = value.clone();
    }
    Ok(language)
}

fn written(
    language: &Language,
    files: &BTreeMap<&str, &str>,
    api: &Api,
    programs: Option<&BTreeMap<String, String>>,
) -> Result<Vec<File>, Diagnostic> {
    let bad = |why: String| unusable(&language.name, &why);
    let mut model = data::api(api);
    paths::name_files(language, &mut model).map_err(bad)?;
    let mut renderer =
        Renderer::new(files, language, api, &model, programs).map_err(|why| unrendered(&language.name, &why))?;
    let mut paths = Paths::new(language);
    let mut written = Vec::new();
    for rule in &language.files {
        for things in things(rule, &model) {
            let text = renderer.render(&rule.template, &things);
            let template = format!("{}/{}", language.name, rule.template);
            let text = text.map_err(|why| unrendered(&template, &why))?;
            if !text.trim().is_empty() {
                written.push(File::text(paths.of(rule, &things).map_err(bad)?, text));
            }
        }
    }
    for rule in &language.copies {
        let copied = files.iter().filter_map(|(path, text)| Some((paths::below(path, &rule.from)?, *text)));
        let copied: Vec<(&str, &str)> = copied.collect();
        if copied.is_empty() {
            return Err(bad(format!("there is no `{}` to copy", rule.from)));
        }
        for (rest, text) in copied {
            let text = paths.copied(rule, text).map_err(bad)?;
            written.push(File::text(paths.copy(rule, rest).map_err(bad)?, text));
        }
    }
    for (path, text) in programs.into_iter().flatten() {
        written.push(File::text(paths.take(format!("examples/{path}")).map_err(bad)?, text.clone()));
    }
    written.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(written)
}

/// What a rule has a file for: nothing in particular, or each resource, type or operation.
fn things<'m>(rule: &FileRule, model: &'m Value) -> Vec<Vec<(&'static str, &'m Value)>> {
    let list = |value: &'m Value, key: &str| value.get(key).and_then(Value::as_array).into_iter().flatten();
    let resources = list(model, "resources");
    match rule.each {
        None => vec![Vec::new()],
        Some(Each::Resource) => resources.map(|resource| vec![("resource", resource)]).collect(),
        Some(Each::Operation) => {
            let of = |resource| list(resource, "operations").map(move |operation| (resource, operation));
            let all = resources.flat_map(of);
            all.map(|(resource, operation)| vec![("resource", resource), ("operation", operation)]).collect()
        }
        Some(Each::Type) => {
            let kind = |def: &Value| def.pointer("/kind/kind").and_then(Value::as_str).unwrap_or_default().to_owned();
            let wanted = |def: &&Value| rule.kinds.is_empty() || rule.kinds.contains(&kind(def));
            list(model, "types").filter(wanted).map(|def| vec![("type", def)]).collect()
        }
    }
}

/// What users of the language write for operations and components.
fn given_names(language: &Language, api: &Api) -> GivenNames {
    let at = |place: &str, name| language.names.get(place).map(|rule| rule.apply(name)).unwrap_or_default();
    let mut given = GivenNames::default();
    for (resource, operation) in api.operations() {
        let own = format!("{}.{}", at("resource", &resource.name), at("method", &operation.name));
        given.operations.insert(operation.route(), own);
    }
    for def in &api.types {
        if let Some(wire_name) = &def.wire_name {
            given.types.insert(wire_name.clone(), at("type", &def.name));
        }
    }
    given
}

fn unusable(name: &str, why: &str) -> Diagnostic {
    Diagnostic::error("E902", format!("the language `{name}` cannot be emitted: {why}"))
        .help("`docs/adding-a-language.md` explains target.toml")
}

fn unrendered(template: &str, why: &str) -> Diagnostic {
    Diagnostic::error("E901", format!("the template of {template} cannot be rendered: {why}"))
        .help("templates are Tera; `docs/adding-a-language.md` lists what they may use")
}

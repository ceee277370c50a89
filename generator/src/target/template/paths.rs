//! Where files go: below the language's own folder, and nowhere twice.

use std::collections::BTreeSet;

use serde_json::Value;

use super::language::{CopyRule, FileRule, Language};
use super::types::fill;
use crate::config::Setting;
use crate::ir::Name;
use crate::target::words::{self, first_free, is_device};

/// Longest name of a file that comes from the document.
const LONGEST_STEM: usize = 80;

/// The paths taken so far.
#[derive(Debug)]
pub(super) struct Paths<'l> {
    language: &'l Language,
    /// In lower case: some file systems know no other.
    taken: BTreeSet<String>,
}

impl<'l> Paths<'l> {
    pub(super) fn new(language: &'l Language) -> Self {
        Self { language, taken: BTreeSet::new() }
    }

    /// Where the file of a rule goes that is made for `things`.
    pub(super) fn of(&mut self, rule: &FileRule, things: &[(&'static str, &Value)]) -> Result<String, String> {
        let stem = |thing: Option<&(&str, &Value)>| thing.map(|(_, thing)| stem(thing)).transpose();
        let name = stem(things.last())?.unwrap_or_default();
        let resource = stem(things.iter().find(|(kind, _)| *kind == "resource"))?.unwrap_or_default();
        let path = self.path(&rule.path, &[("name", &name), ("resource", &resource)])?;
        self.take(path)
    }

    /// Where a copied file goes.
    pub(super) fn copy(&mut self, rule: &CopyRule, rest: &str) -> Result<String, String> {
        let folder = self.path(&rule.to, &[])?;
        let path =
            [folder.trim_end_matches('/'), rest].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>();
        self.take(path.join("/"))
    }

    /// What a copied file holds.
    pub(super) fn copied(&self, rule: &CopyRule, text: &str) -> Result<String, String> {
        let mut text = text.to_owned();
        for (from, to) in &rule.replace {
            text = text.replace(from, &self.path(to, &[])?);
        }
        Ok(text)
    }

    /// A text in which settings stand in braces.
    pub(super) fn filled(&self, pattern: &str) -> Result<String, String> {
        self.path(pattern, &[])
    }

    fn path(&self, pattern: &str, things: &[(&str, &str)]) -> Result<String, String> {
        let settings = self.language.settings.iter().filter_map(|(key, setting)| match setting {
            Setting::Text(text) => Some((key.as_str(), text.as_str())),
            _ => None,
        });
        let places: Vec<(&str, &str)> = things.iter().copied().chain(settings).collect();
        fill(pattern, &places)
    }

    /// Takes a path, or one that no file has yet.
    pub(super) fn take(&mut self, path: String) -> Result<String, String> {
        let is_plain =
            |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "._-@+".contains(c));
        if !path.split('/').all(|part| is_plain(part) && part != "." && part != "..") {
            return Err(format!("`{path}` is no path of a file below its folder"));
        }
        let (folder, file) =
            path.rsplit_once('/').map_or((String::new(), path.as_str()), |(a, b)| (format!("{a}/"), b));
        let (stem, rest) =
            file.split_once('.').map_or((file, String::new()), |(stem, rest)| (stem, format!(".{rest}")));
        let is_taken = is_device(stem);
        Ok(first_free(&mut self.taken, is_taken, |number| match number {
            None => path.clone(),
            Some(number) => format!("{folder}{stem}{number}{rest}"),
        }))
    }
}

/// Gives every type, resource and operation the name of its file, in `file`: none twice among types, among resources, or
/// among the operations of a resource, on any file system.
pub(super) fn name_files(language: &Language, model: &mut Value) -> Result<(), String> {
    name_each(language, model.get_mut("types"))?;
    name_each(language, model.get_mut("resources"))?;
    let mut resources = model.get_mut("resources").and_then(Value::as_array_mut).into_iter().flatten();
    resources.try_for_each(|resource| name_each(language, resource.get_mut("operations")))
}

fn name_each(language: &Language, things: Option<&mut Value>) -> Result<(), String> {
    let mut taken = BTreeSet::new();
    for thing in things.and_then(Value::as_array_mut).into_iter().flatten() {
        let Some(stem) = stem_of(language, thing)? else { return Ok(()) };
        let free = first_free(&mut taken, is_device(&stem), |number| match number {
            None => stem.clone(),
            Some(number) => format!("{stem}{number}"),
        });
        if let Some(members) = thing.as_object_mut() {
            members.insert("file".to_owned(), free.into());
        }
    }
    Ok(())
}

/// The name that a thing's file was given.
fn stem(thing: &Value) -> Result<String, String> {
    let given = thing.get("file").and_then(Value::as_str);
    given.map(str::to_owned).ok_or_else(|| "files are made for things, and there is no [names.file]".to_owned())
}

/// A thing's name as that of a file; `None` where the language has no such names.
fn stem_of(language: &Language, thing: &Value) -> Result<Option<String>, String> {
    let Some(rule) = language.names.get("file") else { return Ok(None) };
    let words = thing.get("name").cloned().unwrap_or_default();
    let name: Name = serde_json::from_value(words).map_err(|error| error.to_string())?;
    let stem: String = rule.apply(&name).chars().take(LONGEST_STEM).collect();
    Ok(Some(stem.trim_end_matches(['_', '-']).to_owned()))
}

/// What is left of a path below a folder; of a file itself, nothing but its name stands in `to`.
pub(super) fn below<'p>(path: &'p str, folder: &str) -> Option<&'p str> {
    let folder = folder.trim_end_matches('/');
    if path == folder {
        return Some("");
    }
    path.strip_prefix(folder)?.strip_prefix('/')
}

/// A setting with the SDK's own name in it, in the case it asks for.
pub(super) fn named(pattern: &str, name: &Name) -> Result<String, String> {
    let snake = words::snake(name);
    let places = [
        ("snake", snake.clone()),
        ("kebab", snake.replace('_', "-")),
        ("flat", snake.replace('_', "")),
        ("pascal", words::pascal(name)),
    ];
    fill(pattern, &places.each_ref().map(|(place, text)| (*place, text.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths<T>(then: impl FnOnce(Paths<'_>) -> T) -> T {
        let language =
            "name = 'x'\nliterals = { string = 'json' }\n[names.file]\ncase = 'snake'\n[settings]\npackage = 'p'";
        then(Paths::new(&toml::from_str(language).unwrap()))
    }

    #[test]
    fn nothing_leaves_the_folder_and_nothing_is_written_twice() {
        paths(|mut paths| {
            for path in ["../a", "/a", "a//b", "a/./b", "a b", "a\\b"] {
                assert!(paths.take(path.to_owned()).is_err(), "{path}");
            }
            assert_eq!(paths.take("a/Con.ts".to_owned()).unwrap(), "a/Con2.ts");
            assert_eq!(paths.take("a/b.d.ts".to_owned()).unwrap(), "a/b.d.ts");
            assert_eq!(paths.take("a/B.d.ts".to_owned()).unwrap(), "a/B2.d.ts");
        });
    }

    #[test]
    fn names_and_settings_stand_in_paths() {
        paths(|mut paths| {
            let rule = FileRule {
                template: String::new(),
                path: "{package}/{name}.py".to_owned(),
                each: None,
                kinds: Vec::new(),
            };
            let mut model = serde_json::json!({"types": [{"name": ["charge", "schedule"]}]});
            name_files(paths.language, &mut model).unwrap();
            assert_eq!(paths.of(&rule, &[("type", &model["types"][0])]).unwrap(), "p/charge_schedule.py");
        });
    }
}

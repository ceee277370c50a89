//! Where files go: below the language's own folder, and nowhere twice.

use std::collections::BTreeSet;

use serde_json::Value;

use super::language::{CopyRule, FileRule, Language};
use super::types::fill;
use crate::config::Setting;
use crate::ir::Name;
use crate::target::words;

/// File stems that an operating system keeps for itself.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

/// Longest name of a file that comes from the document.
const LONGEST_STEM: usize = 80;

const NO_FILE_NAMES: &str = "files are made for things, and there is no [names.file]";

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
        let stem = |thing: Option<&(&str, &Value)>| thing.map(|(_, thing)| self.stem(thing)).transpose();
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

    fn path(&self, pattern: &str, things: &[(&str, &str)]) -> Result<String, String> {
        let settings = self.language.settings.iter().filter_map(|(key, setting)| match setting {
            Setting::Text(text) => Some((key.as_str(), text.as_str())),
            _ => None,
        });
        let places: Vec<(&str, &str)> = things.iter().copied().chain(settings).collect();
        fill(pattern, &places)
    }

    /// A thing's name as a file's.
    fn stem(&self, thing: &Value) -> Result<String, String> {
        match thing.get("file").and_then(Value::as_str) {
            Some(stem) => Ok(stem.to_owned()),
            None => stem_of(self.language, thing)?.ok_or_else(|| NO_FILE_NAMES.to_owned()),
        }
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
        let mut number = if is_device(stem) { 2 } else { 1_u64 };
        loop {
            let tried = if number == 1 { path.clone() } else { format!("{folder}{stem}{number}{rest}") };
            if self.taken.insert(tried.to_ascii_lowercase()) {
                return Ok(tried);
            }
            number += 1;
        }
    }
}

/// Gives every type and resource the name of its file, in `file`: none twice among types, or among resources, on any file
/// system.
pub(super) fn name_files(language: &Language, model: &mut Value) -> Result<(), String> {
    for kind in ["types", "resources"] {
        let mut taken = BTreeSet::new();
        for thing in model.get_mut(kind).and_then(Value::as_array_mut).into_iter().flatten() {
            let Some(stem) = stem_of(language, thing)? else { return Ok(()) };
            let mut number = if is_device(&stem) { 2 } else { 1_u64 };
            let free = loop {
                let tried = if number == 1 { stem.clone() } else { format!("{stem}{number}") };
                if taken.insert(tried.to_ascii_lowercase()) {
                    break tried;
                }
                number += 1;
            };
            if let Some(members) = thing.as_object_mut() {
                members.insert("file".to_owned(), free.into());
            }
        }
    }
    Ok(())
}

/// A thing's name as that of a file; `None` where the language has no such names.
fn stem_of(language: &Language, thing: &Value) -> Result<Option<String>, String> {
    let Some(rule) = language.names.get("file") else { return Ok(None) };
    let words = thing.get("name").cloned().unwrap_or_default();
    let name: Name = serde_json::from_value(words).map_err(|error| error.to_string())?;
    let stem: String = rule.apply(&name).chars().take(LONGEST_STEM).collect();
    Ok(Some(stem.trim_end_matches(['_', '-']).to_owned()))
}

fn is_device(stem: &str) -> bool {
    let stem = stem.to_ascii_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    DEVICES.contains(&stem.as_str())
        || port.is_some_and(|rest| rest.len() == 1 && rest.starts_with(|c: char| c.is_ascii_digit()))
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
            let thing = serde_json::json!({"name": ["charge", "schedule"]});
            assert_eq!(paths.of(&rule, &[("type", &thing)]).unwrap(), "p/charge_schedule.py");
        });
    }
}

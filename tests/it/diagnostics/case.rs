//! A case: the files of one small schema in one text, and what is printed for it.
//!
//! ```text
//! What the case shows, in a sentence.
//! -- schema.yaml --
//! openapi: 3.0.3
//! -- overlay.yaml --
//! overlay: 1.0.0
//! ```
//!
//! The first file is the document, those called `overlay…` are applied in order, `sdk.toml` is the configuration,
//! `limits.toml` bounds on what is read, what is below `templates/` is used for the crate, or is a language, and what is below `guides/` is a guide of the
//! documentation. Any other file is there
//! for a reference to lead to. After a name, `(missing)` says that the file is not written, and `(hex)` that its bytes
//! are given as such.

use std::collections::BTreeMap;
use std::path::Path;

use omise_generator::config::Config;
use omise_generator::diagnostic::{Diagnostics, Styles, render};
use omise_generator::load::{Files, Input, Limits, Source, load_or_files};
use omise_generator::lower::lower;
use omise_generator::target::Target;
use omise_generator::{Model, emit};

use super::docs::bare;

pub(super) struct Case {
    files: Vec<File>,
}

struct File {
    name: String,
    /// `None` for a file that is not there.
    bytes: Option<Vec<u8>>,
}

impl Case {
    pub(super) fn parse(text: &str) -> Self {
        let mut files: Vec<(String, String)> = Vec::new();
        for line in text.split_inclusive('\n') {
            let name = line.trim_end().strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --"));
            match (name, files.last_mut()) {
                (Some(name), _) => files.push((name.to_owned(), String::new())),
                (None, Some((_, content))) => content.push_str(line),
                (None, None) => {}
            }
        }
        assert!(!files.is_empty(), "a case has files: `-- schema.yaml --` and their text");
        Self { files: files.into_iter().map(|(name, content)| File::read(&name, content)).collect() }
    }

    /// Whether lines stand in one of the files, one after the other.
    pub(super) fn holds(&self, lines: &[String]) -> bool {
        self.files.iter().filter_map(|file| file.bytes.as_deref()).any(|bytes| {
            let text: Vec<String> = String::from_utf8_lossy(bytes).lines().map(bare).collect();
            text.windows(lines.len()).any(|window| window == lines)
        })
    }

    /// What the command line prints, with paths below the schema's folder.
    pub(super) fn printed(&self) -> String {
        let folder = tempfile::tempdir().expect("a folder is made");
        for file in &self.files {
            let path = folder.path().join(&file.name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
            if let Some(bytes) = &file.bytes {
                std::fs::write(path, bytes).expect("it is written");
            }
        }
        self.problems(folder.path()).replace(&format!("{}/", folder.path().display()), "")
    }

    /// Runs the whole pipeline, up to files in memory.
    fn problems(&self, folder: &Path) -> String {
        let config = self.config();
        let mut diagnostics = Diagnostics::default();
        let document = match load_or_files(&self.input(folder), &mut diagnostics) {
            Ok(document) => document,
            Err(files) => return shown(&diagnostics, &files),
        };
        let lowered = lower(&document, &config, &mut diagnostics);
        let model = Model { document, lowered };
        if !diagnostics.has_errors() {
            emit(&model, &config, &self.targets(), &mut diagnostics);
        }
        shown(&diagnostics, model.document.files())
    }

    /// Rust, and the languages that the case brings.
    fn targets(&self) -> Vec<Target> {
        let described =
            |file: &File| file.name.strip_prefix("templates/")?.strip_suffix("/target.toml").map(str::to_owned);
        let languages = self.files.iter().filter_map(described).map(Target::Language);
        let docs = self.files.iter().any(|file| guide(file).is_some()).then_some(Target::Docs);
        std::iter::once(Target::Rust).chain(languages).chain(docs).collect()
    }

    fn input(&self, folder: &Path) -> Input {
        let source = |file: &File| Source::Path(folder.join(&file.name));
        let overlays = self.files.iter().filter(|file| file.name.starts_with("overlay"));
        Input {
            schema: source(&self.files[0]),
            overlays: overlays.map(source).collect(),
            limits: self.limits(),
            ..Input::default()
        }
    }

    fn limits(&self) -> Limits {
        let given: BTreeMap<String, u32> = self.toml("limits.toml");
        let mut limits = Limits::default();
        for (name, value) in given {
            match name.as_str() {
                "bytes" => limits.bytes = value.into(),
                "depth" => limits.depth = value as usize,
                "nodes" => limits.nodes = value as usize,
                "files" => limits.files = value as usize,
                other => panic!("there is no limit on {other}"),
            }
        }
        limits
    }

    fn config(&self) -> Config {
        let mut config: Config = self.toml("sdk.toml");
        for file in &self.files {
            if let (Some(name), Some(bytes)) = (file.name.strip_prefix("templates/"), &file.bytes) {
                config.templates.insert(name.to_owned(), String::from_utf8_lossy(bytes).into_owned());
            }
            if let (Some(name), Some(bytes)) = (guide(file), &file.bytes) {
                config.docs.guide_texts.insert(name.to_owned(), String::from_utf8_lossy(bytes).into_owned());
            }
        }
        config
    }

    fn toml<T: Default + serde::de::DeserializeOwned>(&self, name: &str) -> T {
        let file = self.files.iter().find(|file| file.name == name);
        let bytes = file.and_then(|file| file.bytes.as_deref());
        bytes.map(|bytes| toml::from_slice(bytes).expect("it is TOML")).unwrap_or_default()
    }
}

/// The name of a guide.
fn guide(file: &File) -> Option<&str> {
    file.name.strip_prefix("guides/")?.strip_suffix(".md")
}

impl File {
    fn read(name: &str, content: String) -> Self {
        let (name, bytes) = match name.split_once(" (") {
            None => (name, Some(content.into_bytes())),
            Some((name, "missing)")) => (name, None),
            Some((name, "hex)")) => (name, Some(content.split_whitespace().map(byte).collect())),
            Some((_, other)) => panic!("`({other}` says nothing about a file"),
        };
        Self { name: name.to_owned(), bytes }
    }
}

fn shown(diagnostics: &Diagnostics, files: &Files) -> String {
    let problems = diagnostics.0.iter().map(|problem| {
        let location = problem.origin.as_ref().and_then(|origin| files.locate(origin));
        render(problem, location.as_ref(), &Styles::PLAIN)
    });
    problems.collect::<Vec<_>>().join("\n\n")
}

fn byte(hex: &str) -> u8 {
    u8::from_str_radix(hex, 16).expect("two hexadecimal digits")
}

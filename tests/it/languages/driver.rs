//! Drivers: a program for each language, made ready once, that reads calls and writes what came of them.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use omise_generator::Model;
use omise_generator::config::Config;
use omise_generator::diagnostic::Diagnostics;
use omise_generator::load::{Input, Source};
use serde_json::Value;

use super::toolchain::Site;
use crate::support::repository;

/// A language with a driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Language {
    Rust,
    TypeScript,
    Python,
    Go,
}

impl Language {
    pub(crate) const ALL: [Self; 4] = [Self::Rust, Self::TypeScript, Self::Python, Self::Go];

    /// Its name as a target.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::TypeScript => "typescript",
            Self::Python => "python",
            Self::Go => "go",
        }
    }

    /// Those that `LANGUAGES` names, else all.
    pub(crate) fn wanted() -> Vec<Self> {
        let named = std::env::var("LANGUAGES").ok();
        let is_wanted =
            |one: &Self| named.as_deref().is_none_or(|named| named.split(',').any(|name| name == one.name()));
        Self::ALL.into_iter().filter(is_wanted).collect()
    }
}

/// An API that packages are made of.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) name: &'static str,
    /// Its configuration.
    pub(crate) config: PathBuf,
    pub(crate) model: Model,
}

impl Api {
    /// Omise, whose packages are committed.
    pub(crate) fn omise() -> &'static Self {
        static API: OnceLock<Api> = OnceLock::new();
        API.get_or_init(|| Self::read("omise", "schema/omise/sdk.toml"))
    }

    /// An API made for tests, which has what Omise's has not.
    pub(crate) fn shapes() -> &'static Self {
        static API: OnceLock<Api> = OnceLock::new();
        API.get_or_init(|| Self::read("shapes", "tests/vectors/shapes.toml"))
    }

    pub(crate) fn named(name: &str) -> &'static Self {
        match name {
            "omise" => Self::omise(),
            "shapes" => Self::shapes(),
            other => panic!("there is no API {other}"),
        }
    }

    fn read(name: &'static str, config: &str) -> Self {
        let path = repository().join(config);
        let folder = path.parent().expect("a folder");
        let text = std::fs::read_to_string(&path).expect("the configuration");
        let config = Config::read(&path.display().to_string(), &text).expect("the configuration");
        let input = Input {
            schema: Source::Path(folder.join(config.schema.as_ref().expect("a document"))),
            overlays: config.overlays.iter().map(|overlay| Source::Path(folder.join(overlay))).collect(),
            ..Input::default()
        };
        let mut diagnostics = Diagnostics::default();
        let model = omise_generator::model(&input, &config, &mut diagnostics).expect("the model");
        Self { name, config: path, model }
    }
}

/// Makes calls with a language's package of an API. `Err` says what is missing on this machine.
pub(super) fn drive(site: &Site<'_>, calls: &[Value]) -> Result<BTreeMap<String, Value>, String> {
    let (language, api) = (site.language, site.api);
    let mut command = site.driver()?;
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
    let input: String = calls.iter().map(|call| format!("{call}\n")).collect();
    let mut stdin = child.stdin.take().expect("its input");
    let writer = std::thread::spawn(move || stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("it ends");
    let _ = writer.join().expect("the input is written");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the driver of {} for {}:\n{said}", language.name(), api.name);
    let lines = std::str::from_utf8(&output.stdout).expect("it writes text").lines();
    let answers = lines.map(|line| {
        let answer: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        (answer["id"].as_str().expect("an id").to_owned(), answer)
    });
    Ok(answers.collect())
}

/// Where what is made for drivers is kept between runs.
pub(super) fn workshop(language: Language, api: &Api) -> PathBuf {
    crate::support::cargo::target().join("languages").join(language.name()).join(api.name)
}

/// A driver's source.
pub(super) fn source(language: Language) -> PathBuf {
    repository().join("tests/drivers").join(language.name())
}

/// Runs a command that must succeed, and gives what it writes.
pub(crate) fn run(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?} does not start: {error}"));
    let [out, err] = [&output.stdout, &output.stderr].map(|stream| String::from_utf8_lossy(stream).into_owned());
    assert!(output.status.success(), "{command:?}:\n{out}{err}");
    out.trim().to_owned()
}

/// Copies a folder's files that differ; what is there and not in `from` stays.
pub(super) fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("an entry");
        let target = to.join(entry.path().strip_prefix(from).expect("it is below"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(&target).expect("a folder");
        } else {
            let contents = std::fs::read(entry.path()).expect("a file");
            if std::fs::read(&target).ok().as_ref() != Some(&contents) {
                std::fs::write(&target, contents).expect("it is written");
            }
        }
    }
}

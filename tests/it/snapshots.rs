//! One-feature documents: what is emitted for each is looked at, compiled, and called over HTTP on the loopback.
//!
//! `tests/specs/NAME.yaml` is a document, `NAME.toml` its configuration if it needs one, `NAME.rs` the call: a module
//! with `pub async fn call()`, which sees the emitted crate as `spec_NAME` and the server as `crate::server`.
//! `SPECS=union,maps cargo test -p tests snapshots` looks at those alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use omise_generator::config::Config;
use omise_generator::diagnostic::Diagnostics;
use omise_generator::load::{Input, Source};
use omise_generator::target::{File, Target};
use omise_generator::{emit, model};

use crate::support::{cargo, repository, say};

/// What the program that calls every crate needs beside them.
const CALLS: &str = r#"[package]
name = "calls"
version = "0.0.0"
edition = "2024"

[dependencies]
bytes = "1"
futures-core = { version = "0.3", default-features = false }
http = "1"
serde_json = { version = "1", features = ["preserve_order"] }
tokio = { version = "1", default-features = false, features = ["macros", "rt-multi-thread", "time"] }
"#;

/// The documents of `tests/specs`, or those that `SPECS` names.
pub(crate) fn specs() -> BTreeMap<String, PathBuf> {
    let wanted = std::env::var("SPECS").ok();
    let wanted: Option<BTreeSet<&str>> = wanted.as_deref().map(|names| names.split(',').collect());
    let folder = repository().join("tests/specs");
    let entries = std::fs::read_dir(folder).expect("the specs read");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .map(|path| (path.file_stem().expect("a name").to_string_lossy().into_owned(), path))
        .filter(|(name, _)| wanted.as_ref().is_none_or(|wanted| wanted.contains(name.as_str())))
        .collect()
}

/// The configuration of a document.
pub(crate) fn config(path: &Path) -> Config {
    match std::fs::read_to_string(path.with_extension("toml")) {
        Ok(text) => toml::from_str(&text).expect("the configuration parses"),
        Err(_) => Config::default(),
    }
}

/// The emitted files, and the problems met.
pub(crate) fn emitted(schema: Source, config: &Config) -> (Vec<File>, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let model = model(&Input { schema, ..Input::default() }, config, &mut diagnostics);
    let model = model.unwrap_or_else(|| panic!("the document loads: {diagnostics:#?}"));
    let mut targets = emit(&model, config, &[Target::Rust], &mut diagnostics);
    (targets.remove(0).files, diagnostics)
}

/// Beginnings of the names of documents about the client itself: its keys and hosts.
const ABOUT_CLIENTS: [&str; 5] = ["external_files", "oauth2_", "refs", "security", "servers"];

/// What a reader of the crate would open: calls and types, without what is the same in every crate.
fn shown(name: &str, files: &[File]) -> String {
    let with_client = ABOUT_CLIENTS.iter().any(|beginning| name.starts_with(beginning));
    let mut text = String::new();
    for file in files {
        let is_own = file.path.starts_with("src/types/")
            || file.path.starts_with("src/resources/")
            || (with_client && file.path == "src/client.rs");
        if is_own && !file.path.ends_with("mod.rs") {
            text.push_str(&format!("// ---- {}\n{}\n", file.path, String::from_utf8_lossy(&file.contents)));
        }
    }
    text
}

#[test]
fn every_spec_is_emitted_as_reviewed_compiles_and_is_called() {
    let mut workspace = Workspace::default();
    for (name, path) in specs() {
        let (files, diagnostics) = emitted(Source::Path(path.clone()), &config(&path));
        let problems: String = diagnostics
            .0
            .iter()
            // In a document of one feature, much stands there for its name alone.
            .filter(|problem| problem.code != "W026")
            .map(|problem| format!("// {:?} {}: {}\n", problem.severity, problem.code, problem.message.escape_debug()))
            .collect();
        insta::assert_snapshot!(name.clone(), problems + &shown(&name, &files));
        let call = std::fs::read_to_string(path.with_extension("rs"));
        let call = call.unwrap_or_else(|_| panic!("{name} is not called: write {name}.rs beside it"));
        workspace.add(&name, files, &call);
    }
    workspace.write();
    let ran = cargo::emitted(&workspace.folder(), &["run", "--quiet", "--package", "calls"]);
    assert!(ran.status.success(), "{} fails:\n{}", workspace.folder().display(), cargo::text(&ran));
    let said = cargo::text(&ran);
    assert_eq!(said.matches(": called").count(), workspace.names.len(), "{said}");
    say(&format!("{} emitted crates compiled and called", workspace.names.len()));
}

/// Every emitted crate, and one program that calls them all, at a place that is kept between runs so that only what
/// changed is compiled again.
#[derive(Default)]
struct Workspace {
    names: Vec<String>,
    files: BTreeMap<PathBuf, Vec<u8>>,
    /// A module for each crate, with the calls that its documentation shows.
    shown: String,
}

impl Workspace {
    fn folder(&self) -> PathBuf {
        cargo::target().join("specs")
    }

    fn add(&mut self, name: &str, files: Vec<File>, call: &str) {
        self.shown.push_str(&shown_calls(name, &files));
        for file in files {
            let contents = match file.path.as_str() {
                "Cargo.toml" => member(&file.contents, name).into_bytes(),
                _ => file.contents,
            };
            self.files.insert(Path::new(name).join(&file.path), contents);
        }
        self.files.insert(Path::new("calls/src").join(format!("{name}.rs")), call.as_bytes().to_vec());
        self.names.push(name.to_owned());
    }

    /// Writes what differs and removes what is there no more.
    fn write(&mut self) {
        let server = repository().join("tests/it/support/server.rs");
        let server = std::fs::read(server).expect("the server reads");
        let own =
            [("Cargo.toml", self.manifest()), ("calls/Cargo.toml", self.calls()), ("calls/src/main.rs", self.main())];
        self.files.insert("calls/src/server.rs".into(), server);
        self.files.insert("calls/src/shown.rs".into(), self.shown.clone().into_bytes());
        self.files.extend(own.map(|(path, text)| (path.into(), text.into_bytes())));
        let folder = self.folder();
        std::fs::create_dir_all(&folder).expect("it is made");
        for entry in walkdir::WalkDir::new(&folder) {
            let path = entry.expect("it reads").into_path();
            let below = path.strip_prefix(&folder).expect("it is below");
            if path.is_file() && !self.files.contains_key(below) {
                std::fs::remove_file(&path).expect("it is removed");
            }
        }
        for (path, contents) in &self.files {
            let target = folder.join(path);
            if std::fs::read(&target).ok().as_ref() != Some(contents) {
                std::fs::create_dir_all(target.parent().expect("a folder")).expect("it is made");
                std::fs::write(&target, contents).expect("it is written");
            }
        }
    }

    fn manifest(&self) -> String {
        let members: String = self.names.iter().map(|name| format!("\"{name}\", ")).collect();
        format!("[workspace]\nresolver = \"3\"\nmembers = [{members}\"calls\"]\n\n[profile.dev]\ndebug = false\n")
    }

    fn calls(&self) -> String {
        let crates = self.names.iter().map(|name| format!("{} = {{ path = \"../{name}\" }}\n", package(name)));
        CALLS.to_owned() + &crates.collect::<String>()
    }

    fn main(&self) -> String {
        let modules: String = self.names.iter().map(|name| format!("mod {name};\n")).collect();
        let called =
            self.names.iter().map(|name| format!("    {name}::call().await;\n    println!(\"{name}: called\");\n"));
        let called: String = called.collect();
        format!(
            "{modules}#[allow(warnings)]\nmod shown;\n#[allow(dead_code)]\nmod server;\n\n#[tokio::main]\nasync fn main() {{\n{called}}}\n"
        )
    }
}

/// The calls that the documentation of a crate shows, a function each: the doctests, without a program for each.
fn shown_calls(name: &str, files: &[File]) -> String {
    let text = |path: &str| files.iter().find(|file| file.path == path).map(|file| file.contents.as_slice());
    let manifest: toml::Table = toml::from_slice(text("Cargo.toml").expect("a manifest")).expect("it parses");
    let own = manifest["package"]["name"].as_str().expect("a name").replace('-', "_");
    let mut shown = String::new();
    let resources = files.iter().filter(|file| file.path.starts_with("src/resources/"));
    for (at, file) in resources.enumerate() {
        let source = std::str::from_utf8(&file.contents).expect("text");
        let documentation = source.lines().filter_map(|line| line.trim_start().strip_prefix("///"));
        let mut lines = documentation.map(|line| line.strip_prefix(' ').unwrap_or(line));
        let mut number = 0;
        while lines.by_ref().any(|line| line == "```no_run") {
            let call: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let call: Vec<&str> = call.iter().map(|line| line.strip_prefix("# ").unwrap_or(line)).collect();
            shown.push_str(&format!("mod f{at}_{number} {{\nuse spec_{name} as {own};\n{}\n}}\n", call.join("\n")));
            number += 1;
        }
    }
    format!("mod {name} {{\n{shown}}}\n")
}

/// A stand-alone manifest as a member of one workspace, under a name of its own.
fn member(manifest: &[u8], name: &str) -> String {
    let mut manifest: toml::Table = toml::from_slice(manifest).expect("the manifest parses");
    manifest.remove("workspace");
    manifest["package"].as_table_mut().expect("a package").insert("name".into(), package(name).into());
    toml::to_string(&manifest).expect("it serialises")
}

fn package(name: &str) -> String {
    format!("spec-{}", name.replace('_', "-"))
}

#[test]
fn emitting_twice_gives_the_same_bytes() {
    for path in specs().values() {
        let files = || emitted(Source::Path(path.clone()), &config(path)).0;
        assert_eq!(files(), files(), "{}", path.display());
    }
}

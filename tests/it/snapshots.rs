//! One-feature documents: what is emitted for each is looked at, and every one of them is compiled.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use omise_generator::config::Config;
use omise_generator::diagnostic::Diagnostics;
use omise_generator::load::{Input, Source};
use omise_generator::target::{File, Target};
use omise_generator::{emit, model};

use crate::support::{cargo, repository};

/// A document of `tests/specs`, with the configuration beside it if there is one.
fn specs() -> BTreeMap<String, PathBuf> {
    let folder = repository().join("tests/specs");
    let entries = std::fs::read_dir(folder).expect("the specs read");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .map(|path| (path.file_stem().expect("a name").to_string_lossy().into_owned(), path))
        .collect()
}

/// The emitted files, and the problems met.
fn emitted(path: &Path) -> (Vec<File>, Diagnostics) {
    let config: Config = match std::fs::read_to_string(path.with_extension("toml")) {
        Ok(text) => toml::from_str(&text).expect("the configuration parses"),
        Err(_) => Config::default(),
    };
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    let bytes = std::fs::read(path).expect("the document reads");
    let input = Input { schema: Source::Bytes { name, bytes }, ..Input::default() };
    let mut diagnostics = Diagnostics::default();
    let model = model(&input, &config, &mut diagnostics).expect("the document loads");
    let mut targets = emit(&model, &config, &[Target::Rust], &mut diagnostics);
    (targets.remove(0).files, diagnostics)
}

/// What a reader of the crate would open: calls and types, without what is the same in every crate.
fn shown(files: &[File]) -> String {
    let mut text = String::new();
    for file in files {
        let is_own = file.path.starts_with("src/types/") || file.path.starts_with("src/resources/");
        if is_own && !file.path.ends_with("mod.rs") {
            text.push_str(&format!("// ---- {}\n{}\n", file.path, String::from_utf8_lossy(&file.contents)));
        }
    }
    text
}

#[test]
fn every_spec_is_emitted_as_reviewed_and_compiles() {
    let workspace = tempfile::tempdir().expect("a folder");
    let mut members = Vec::new();
    for (name, path) in specs() {
        let (files, diagnostics) = emitted(&path);
        let problems: String = diagnostics
            .0
            .iter()
            .map(|problem| format!("// {:?} {}: {}\n", problem.severity, problem.code, problem.message.escape_debug()))
            .collect();
        insta::assert_snapshot!(name.clone(), problems + &shown(&files));
        for file in files {
            let target = workspace.path().join(&name).join(&file.path);
            std::fs::create_dir_all(target.parent().expect("a folder")).expect("it is made");
            let mut text = String::from_utf8(file.contents).expect("text");
            if file.path == "Cargo.toml" {
                text = member(&text, &name);
            }
            std::fs::write(target, text).expect("it is written");
        }
        members.push(format!("\"{name}\""));
    }
    assert!(members.len() >= 10);
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
    std::fs::write(workspace.path().join("Cargo.toml"), manifest).expect("it is written");
    cargo::check(workspace.path());
}

/// A stand-alone manifest as a member of one workspace, under a name of its own.
fn member(manifest: &str, name: &str) -> String {
    let mut manifest: toml::Table = toml::from_str(manifest).expect("the manifest parses");
    manifest.remove("workspace");
    let package = manifest["package"].as_table_mut().expect("a package");
    package.insert("name".into(), format!("spec-{}", name.replace('_', "-")).into());
    toml::to_string(&manifest).expect("it serialises")
}

#[test]
fn emitting_twice_gives_the_same_bytes() {
    for path in specs().values() {
        assert_eq!(emitted(path).0, emitted(path).0, "{}", path.display());
    }
}

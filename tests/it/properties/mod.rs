//! Properties that hold for any input: the pipeline never panics, never takes long, and what it emits is Rust.
//!
//! The gate looks at a hundred cases of each; `.ci/full` at a hundred thousand (`PROPTEST_CASES`). The cases follow from seeds
//! written here, so that a failure is a failure everywhere; what once failed is kept in `regressions/` and tried first.

mod document;
mod text;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use omise_generator::config::Config;
use omise_generator::diagnostic::{Diagnostics, Severity};
use omise_generator::load::{Document, Input, Limits, Source, load, pointer};
use omise_generator::target::{File, Target};
use omise_generator::{emit, ir, model};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config as Run, FileFailurePersistence, RngSeed, TestRunner};
use serde_json::{Value, json};

use crate::hostile::checks;
use crate::support::repository;

/// One small input takes milliseconds; a process that others keep waiting may take long.
const LONGEST: Duration = Duration::from_secs(120);

/// Most memory the process may ever have held, in kilobytes, all other tests of this program included.
const MEMORY: u64 = 4 << 20;

/// Runs a property over cases that follow from a seed.
fn holds<S: Strategy>(name: &'static str, seed: u64, cases: S, property: impl Fn(S::Value)) {
    let regressions = format!("{}/it/properties/regressions/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    let run = Run {
        cases: std::env::var("PROPTEST_CASES").map_or(100, |cases| cases.parse().expect("a number of cases")),
        rng_seed: RngSeed::Fixed(seed),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(regressions.leak()))),
        max_shrink_time: 60_000,
        ..Run::default()
    };
    let outcome = TestRunner::new(run).run(&cases, |case| {
        let started = Instant::now();
        property(case);
        prop_assert!(started.elapsed() < LONGEST, "it took {:?}", started.elapsed());
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{name}: {failure}"));
    if let Some(most) = most_memory() {
        assert!(most < MEMORY, "{name}: {most} kB of memory");
    }
}

/// The most memory this process has held, where the system says so.
fn most_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse().ok()
}

/// Limits that small cases reach.
const LIMITS: Limits = Limits { bytes: 1 << 20, depth: 64, nodes: 20_000, files: 10 };

/// A document alone, or with what changes it.
fn input(schema: Source, overlays: Vec<Source>) -> Input {
    Input { schema, overlays, limits: LIMITS, ..Input::default() }
}

fn source(name: &str, bytes: impl Into<Vec<u8>>) -> Source {
    Source::Bytes { name: name.to_owned(), bytes: bytes.into() }
}

/// Loads, and holds what is true of every load: a refusal says why, and every node of what is accepted has a place in a file.
fn loaded(input: &Input) -> Option<(Document, Diagnostics)> {
    let mut diagnostics = Diagnostics::default();
    let document = load(input, &mut diagnostics);
    let is_refused = diagnostics.0.iter().any(|said| said.severity == Severity::Error);
    let Some(document) = document else {
        assert!(is_refused, "refused without a word");
        return None;
    };
    for said in &diagnostics.0 {
        let origin = said.origin.as_ref().expect("a place");
        let place = document.locate(origin).unwrap_or_else(|| panic!("{origin} is nowhere: {}", said.message));
        assert!(place.line > 0 && place.column > 0, "{origin}");
    }
    assert_eq!(document.raw_at(""), Some(document.raw()));
    Some((document, diagnostics))
}

#[test]
fn load_survives_any_bytes() {
    let text = prop_oneof![any::<Vec<u8>>(), any::<String>().prop_map(String::into_bytes), yaml()];
    holds("load_bytes", 1, (text, select(&["a.yaml", "a.json", "a"])), |(bytes, name)| {
        loaded(&input(source(name, bytes), Vec::new()));
    });
}

/// YAML put together from its signs.
fn yaml() -> BoxedStrategy<Vec<u8>> {
    let pieces = select(&[
        "openapi: 3.0.3\n",
        "info: {title: a, version: '1'}\n",
        "paths:\n",
        "  /a:\n",
        "    get:\n",
        "- ",
        ": ",
        "&a ",
        "*a",
        "<<: ",
        "{",
        "}",
        "[",
        "]",
        "|\n",
        ">-\n",
        "'",
        "\"",
        "!!str ",
        "? ",
        "# c\n",
        "\n",
        "  ",
        "\t",
        "x",
        "1e999",
        "0x1f",
        "~",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "\u{feff}",
        "\r\n",
        "9007199254740993",
        "2019-05-29",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat().into_bytes()).boxed()
}

#[test]
fn load_survives_documents_that_were_damaged() {
    let folder = repository().join("tests/specs");
    let entries = std::fs::read_dir(folder).expect("the specs read");
    let mut specs: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    specs.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    specs.sort();
    let specs: Vec<Vec<u8>> = specs.iter().map(|path| std::fs::read(path).expect("it reads")).collect();
    let edit = (any::<prop::sample::Index>(), 0..30_usize, text::name());
    let cases = (select(specs), prop::collection::vec(edit, 1..4));
    holds("load_damaged", 2, cases, |(mut bytes, edits)| {
        for (at, length, text) in edits {
            let start = at.index(bytes.len().max(1));
            let end = (start + length).min(bytes.len());
            bytes.splice(start.min(end)..end, text.into_bytes());
        }
        loaded(&input(source("a.yaml", bytes), Vec::new()));
    });
}

#[test]
fn load_survives_any_document() {
    holds("load_document", 3, document::document(), |document| {
        loaded(&input(source("a.json", document.to_string()), Vec::new())).expect("it has a version and loads");
    });
}

#[test]
fn overlays_change_any_document_or_say_why_not() {
    holds("overlay", 4, (document::document(), overlay()), |(document, overlay)| {
        let overlays = vec![source("overlay.json", overlay.to_string())];
        let input = input(source("a.json", document.to_string()), overlays);
        let Some((document, _)) = loaded(&input) else { return };
        let mut open = vec![(document.raw(), String::new())];
        while let Some((node, at)) = open.pop() {
            let origin = document.origin(&at);
            assert!(["a.json", "overlay.json"].contains(&origin.document.as_ref()), "{at} comes from {origin}");
            assert!(document.locate(&origin).is_some(), "{at}: {origin} is nowhere");
            match node {
                Value::Object(members) => {
                    open.extend(members.iter().map(|(key, member)| (member, pointer::join(&at, key))));
                }
                Value::Array(items) => {
                    open.extend(items.iter().enumerate().map(|(index, item)| (item, format!("{at}/{index}"))));
                }
                _ => {}
            }
        }
    });
}

/// An overlay whose targets are often there.
fn overlay() -> BoxedStrategy<Value> {
    let steps = select(&[
        ".paths",
        ".components",
        ".schemas",
        ".*",
        "..*",
        "['/a']",
        ".get",
        "[0]",
        "[-1]",
        "[0:2]",
        ".A",
        ".properties",
        "..parameters[?@.in=='query']",
        "[?@.type=='object']",
        "..['$ref']",
        ".info",
        ".responses",
        "['200']",
        "[?length(@.name) > 2]",
        "[?match(@.name, '(a*)*b')]",
        "[",
        "'",
    ]);
    let target = prop::collection::vec(steps, 0..4).prop_map(|steps| format!("${}", steps.concat()));
    let change = prop_oneof![
        3 => document::schema().prop_map(|update| json!({"update": update})),
        2 => text::json().prop_map(|update| json!({"update": update})),
        2 => Just(json!({"remove": true})),
        1 => Just(json!({})),
    ];
    let action = (target, change).prop_map(|(target, mut change)| {
        change["target"] = target.into();
        change
    });
    prop::collection::vec(action, 0..4)
        .prop_map(|actions| json!({"overlay": "1.0.0", "info": {"title": "o", "version": "1"}, "actions": actions}))
        .boxed()
}

#[test]
fn lowering_makes_a_whole_model_of_any_document() {
    holds("lower", 5, document::document(), |document| {
        let input = input(source("a.json", document.to_string()), Vec::new());
        let mut diagnostics = Diagnostics::default();
        let Some(model) = model(&input, &Config::default(), &mut diagnostics) else { return };
        let api = &model.lowered.api;
        let written = serde_json::to_value(api).expect("it serialises");
        let read: ir::Api = serde_json::from_value(written.clone()).expect("it deserialises");
        assert_eq!(serde_json::to_value(&read).expect("it serialises"), written);
        let mut names: Vec<&[String]> = api.types.iter().map(|def| def.name.0.as_slice()).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "two types of one name: {names:?}");
        for (index, def) in api.types.iter().enumerate() {
            assert_eq!(def.id.0 as usize, index, "an id is an index");
        }
    });
}

#[test]
fn what_is_emitted_is_rust_below_its_folder() {
    holds("emit", 6, document::document(), |document| {
        let input = input(source("a.json", document.to_string()), Vec::new());
        let mut diagnostics = Diagnostics::default();
        let config = Config::default();
        let Some(model) = model(&input, &config, &mut diagnostics) else { return };
        let emitted = emit(&model, &config, &[Target::Rust], &mut diagnostics);
        let mut paths: Vec<String> = Vec::new();
        for file in emitted.iter().flat_map(|emitted| &emitted.files) {
            is_fit(file);
            paths.push(file.path.to_lowercase());
        }
        paths.sort_unstable();
        assert!(paths.windows(2).all(|pair| pair[0] != pair[1]), "two files of one name: {paths:?}");
    });
}

/// A file may be written, and read again by those that it is for.
fn is_fit(file: &File) {
    let path = &file.path;
    checks::path(path).expect("a path that every system takes");
    let text = std::str::from_utf8(&file.contents).expect("text");
    assert_eq!(text.chars().find(|&c| checks::is_odd(c)), None, "{path}");
    // The runtime is the same in every crate.
    if path.ends_with(".rs") && !path.starts_with("src/runtime/") {
        syn::parse_file(text).unwrap_or_else(|error| panic!("{path} is not Rust: {error}\n{text}"));
    }
    if path.ends_with(".toml") {
        checks::keys(text).unwrap_or_else(|problem| panic!("{path} {problem}"));
    }
}

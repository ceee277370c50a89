//! Documents that say the same in OpenAPI 3.0 and in 3.1 become the same crate.

pub(crate) mod newer;

use omise_generator::config::Config;
use omise_generator::load::Source;
use omise_generator::target::File;
use serde_json::Value;

use crate::snapshots;
use crate::support::repository;

/// Documents about how files refer to each other: a document in memory may not refer to others.
const SEVERAL_FILES: [&str; 1] = ["external_files"];

fn emitted(name: &str, document: &Value, config: &Config) -> Vec<File> {
    let bytes = serde_json::to_vec_pretty(document).expect("a document is JSON");
    let schema = Source::Bytes { name: format!("{name}.json"), bytes };
    snapshots::emitted(schema, config).0
}

/// Both documents give the same files.
fn same(name: &str, older: &Value, newer: &Value, config: &Config) {
    let (older, newer) = (emitted(name, older, config), emitted(name, newer, config));
    let paths = |files: &[File]| files.iter().map(|file| file.path.clone()).collect::<Vec<_>>();
    assert_eq!(paths(&older), paths(&newer), "{name}");
    for (older, newer) in older.iter().zip(&newer) {
        let text = |file: &File| String::from_utf8_lossy(&file.contents).into_owned();
        if older.contents != newer.contents {
            panic!("{name}: {} differs:\n{}", older.path, differing(&text(older), &text(newer)));
        }
    }
}

/// The lines from the first that differs.
fn differing(older: &str, newer: &str) -> String {
    let first = older.lines().zip(newer.lines()).take_while(|(older, newer)| older == newer).count();
    let from = |text: &str| text.lines().skip(first.saturating_sub(2)).take(12).collect::<Vec<_>>().join("\n");
    format!("3.0:\n{}\n3.1:\n{}", from(older), from(newer))
}

fn read(path: &std::path::Path) -> Value {
    let text = std::fs::read_to_string(path).expect("the document reads");
    serde_yaml::from_str(&text).expect("the document parses")
}

#[test]
fn every_spec_and_its_twin_give_the_same_crate() {
    let mut rewritten = 0;
    for (name, path) in snapshots::specs() {
        if SEVERAL_FILES.contains(&name.as_str()) {
            continue;
        }
        let config = snapshots::config(&path);
        let older = read(&path);
        let newer = newer::document(older.clone());
        rewritten += newer::rewritten(&older, &newer);
        same(&name, &older, &newer, &config);
    }
    assert!(rewritten > 40, "only {rewritten} schemas are written in another way");
}

#[test]
fn the_api_and_its_twin_give_the_same_crate() {
    let older = read(&repository().join("schema/omise/openapi.yaml"));
    let newer = newer::document(older.clone());
    let rewritten = newer::rewritten(&older, &newer);
    assert!(rewritten > 10, "only {rewritten} schemas are written in another way");
    same("omise", &older, &newer, &Config::default());
}

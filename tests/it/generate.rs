//! The command line: what it writes, what it refuses, how it ends.

use std::path::Path;

use crate::support::cargo::{text, xtask};

fn generate(folder: &Path, more: &[&str]) -> std::process::Output {
    let out = folder.to_str().expect("a plain path");
    xtask(&[&["generate", "--out", out], more].concat())
}

fn snapshot(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("it reads").into_path())
        .filter(|path| path.is_file())
        .map(|path| (path.display().to_string(), std::fs::read(&path).expect("it reads")))
        .collect();
    files.sort();
    files
}

#[test]
fn says_what_it_did_and_does_it_the_same_way_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = generate(folder.path(), &["--strict"]);
    assert!(first.status.success(), "{}", text(&first));
    let said = text(&first);
    assert!(
        said.contains("133 operations") && said.contains(" types") && said.contains(" files") && said.contains(" ms"),
        "{said}"
    );
    let before = snapshot(folder.path());
    let second = generate(folder.path(), &["--strict"]);
    assert!(text(&second).contains("0 written"), "{}", text(&second));
    assert_eq!(before, snapshot(folder.path()));
}

#[test]
fn check_finds_a_hand_edit_and_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(generate(folder.path(), &[]).status.success());
    let clean = generate(folder.path(), &["--check", "--strict"]);
    assert_eq!(clean.status.code(), Some(0), "{}", text(&clean));
    let edited = folder.path().join("rust/src/lib.rs");
    let mut source = std::fs::read_to_string(&edited).expect("it reads");
    source.push_str("// by hand\n");
    std::fs::write(&edited, &source).expect("it is written");
    let found = generate(folder.path(), &["--check"]);
    assert_eq!(found.status.code(), Some(1));
    assert!(text(&found).contains("-// by hand"), "{}", text(&found));
    assert_eq!(std::fs::read_to_string(&edited).expect("it reads"), source);
}

#[test]
fn templates_of_ones_own_take_the_place_of_the_built_in_ones() {
    let folder = tempfile::tempdir().expect("a folder");
    let templates = folder.path().join("templates");
    let named = templates.to_str().expect("a plain path");
    let missing = generate(folder.path(), &["--templates", named]);
    assert_eq!(missing.status.code(), Some(2), "{}", text(&missing));
    std::fs::create_dir_all(templates.join("rust")).expect("it is made");
    std::fs::write(templates.join("rust/README.md.tera"), "Ours: {{ package }}\n").expect("it is written");
    let ran = generate(folder.path(), &["--templates", named]);
    assert!(ran.status.success(), "{}", text(&ran));
    let readme = std::fs::read_to_string(folder.path().join("rust/README.md")).expect("it reads");
    assert_eq!(readme, "Ours: omise\n");
}

#[test]
fn bad_input_ends_with_2_and_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases: [(&str, &[u8]); 6] = [
        ("empty.yaml", b""),
        ("list.yaml", b"- 1\n- 2\n"),
        ("broken.yaml", b"openapi: 3.0.0\npaths: {a: [}\n"),
        ("swagger.json", br#"{"swagger": "2.0", "info": {}, "paths": {}}"#),
        ("binary.yaml", b"\xff\xfe\x00\x01"),
        ("bomb.yaml", b"a: &a [x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d]\nf: &f [*e, *e, *e, *e, *e, *e, *e, *e]\ng: &g [*f, *f, *f, *f, *f, *f, *f, *f]\nh: [*g, *g, *g, *g, *g, *g, *g, *g]\n"),
    ];
    for (name, bytes) in cases {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("it is written");
        let out = folder.path().join("out");
        let schema = path.to_str().expect("a plain path");
        let ran = generate(&out, &["rust", "--schema", schema]);
        assert_eq!(ran.status.code(), Some(2), "{name}: {}", text(&ran));
        assert!(text(&ran).contains("error"), "{name}: {}", text(&ran));
        assert!(!text(&ran).contains("panicked"), "{name}: {}", text(&ran));
        assert!(!out.exists(), "{name}");
    }
}

#[test]
fn usage_errors_say_what_to_do() {
    let cases: [&[&str]; 4] = [
        &["generate", "rust", "--schema", "nowhere.yaml"],
        &["generate", "cobol"],
        &["generate", "--config", "nowhere.toml"],
        &["generate", "rust", "--schema", "nowhere.yaml", "--out", "target/nowhere"],
    ];
    for arguments in cases {
        let ran = xtask(arguments);
        assert_eq!(ran.status.code(), Some(2), "{arguments:?}: {}", text(&ran));
        assert!(text(&ran).contains("error"), "{arguments:?}: {}", text(&ran));
    }
}

#[test]
fn inspect_gives_the_model() {
    let ran = xtask(&["inspect", "--format", "json"]);
    assert!(ran.status.success(), "{}", text(&ran));
    let model: serde_json::Value = serde_json::from_slice(&ran.stdout).expect("JSON");
    let operations = model["operations"].as_array().expect("operations");
    assert_eq!(operations.len(), 133);
    for operation in operations {
        assert!(["id", "method", "path"].iter().all(|key| operation[key].is_string()), "{operation}");
    }
    let table = xtask(&["inspect"]);
    assert!(String::from_utf8_lossy(&table.stdout).contains("/charges/{id}/capture"));
}

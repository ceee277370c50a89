//! Parts of an API: chosen, cut out, and compiled.

use std::path::Path;
use std::process::Output;

use crate::support::cargo::{check, text, xtask};
use crate::support::repository;

fn generate(out: &Path, more: &[&str]) -> Output {
    xtask(&[&["generate", "rust", "--out", out.to_str().expect("a plain path")], more].concat())
}

fn read(folder: &Path, file: &str) -> String {
    std::fs::read_to_string(folder.join("rust").join(file)).expect("it reads")
}

#[test]
fn a_resource_alone_compiles_and_has_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = generate(folder.path(), &["--only", "tokens", "--only", "charges.{create,retrieve,list}", "--strict"]);
    assert!(ran.status.success(), "{}", text(&ran));
    let resources = read(folder.path(), "src/resources/mod.rs");
    let modules: Vec<&str> = resources.lines().filter_map(|line| line.strip_prefix("mod ")).collect();
    assert_eq!(modules, ["charges;", "tokens;"]);
    let charges = read(folder.path(), "src/resources/charges.rs");
    assert!(charges.contains("pub struct CreateCharge") && !charges.contains("CaptureCharge"));
    let types = read(folder.path(), "src/types/mod.rs");
    assert!(types.contains("mod charge;") && !types.contains("mod receipt;"), "{types}");
    check(&folder.path().join("rust"));
    // Examples use the whole.
    assert!(!folder.path().join("rust/examples").exists());
    assert!(
        !read(folder.path(), "Cargo.toml").contains("axum") && !read(folder.path(), "README.md").contains("--example")
    );

    // What is cut out is as it is in the whole.
    let whole = repository().join("generated/rust/src/types/charge.rs");
    assert_eq!(read(folder.path(), "src/types/charge.rs"), std::fs::read_to_string(whole).expect("it reads"));

    let clean = generate(folder.path(), &["--only", "tokens", "--only", "charges.{create,retrieve,list}", "--check"]);
    assert_eq!(clean.status.code(), Some(0), "{}", text(&clean));
    let manifest: serde_json::Value = serde_json::from_str(&read(folder.path(), ".generated.json")).expect("JSON");
    assert_eq!(manifest["only"], serde_json::json!(["tokens", "charges.{create,retrieve,list}"]));

    // Another part takes its place, and removes what it does not need.
    let ran = generate(folder.path(), &["--only", "*.list", "--strict"]);
    assert!(ran.status.success(), "{}", text(&ran));
    assert!(!folder.path().join("rust/src/resources/tokens.rs").exists());
    check(&folder.path().join("rust"));
}

#[test]
fn keys_nothing_needs_are_no_setters() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(generate(folder.path(), &["--only", "tokens.create"]).status.success());
    let client = read(folder.path(), "src/client.rs");
    assert!(client.contains("fn public_key(") && !client.contains("fn secret_key("), "{client}");
}

#[test]
fn a_part_of_a_document_compiles() {
    let folder = tempfile::tempdir().expect("a folder");
    let spec = repository().join("tests/specs/security.yaml");
    let spec = spec.to_str().expect("a plain path");
    let keys = |part: &str| -> Vec<bool> {
        let ran = generate(folder.path(), &["--schema", spec, "--only", part, "--strict"]);
        assert!(ran.status.success(), "{}", text(&ran));
        check(&folder.path().join("rust"));
        let client = read(folder.path(), "src/client.rs");
        ["fn key(", "fn login(", "fn token("].iter().map(|setter| client.contains(setter)).collect()
    };
    assert_eq!(keys("doors.list"), [true, false, false]);
    assert_eq!(keys("doors.create"), [true, true, true]);
    assert_eq!(keys("health"), [false, false, false]);
}

#[test]
fn what_matches_nothing_is_refused_with_suggestions() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let cases = [
        ("charge", "did you mean `charges`"),
        ("chrages.create", "`charges.create`"),
        ("tag:Nothing like it", "the resources are account"),
        ("src/[.rs", "is not a pattern"),
    ];
    for (pattern, help) in cases {
        let ran = generate(&out, &["--only", pattern]);
        assert_eq!(ran.status.code(), Some(2), "{pattern}: {}", text(&ran));
        assert!(text(&ran).contains("error[E025]") && text(&ran).contains(help), "{pattern}: {}", text(&ran));
        assert!(!out.exists(), "{pattern}");
    }
}

#[test]
fn the_whole_sdk_is_not_replaced_by_a_part() {
    let own = repository().join("generated");
    for arguments in [&["generate", "--only", "charges"][..], &["generate", "--only", "charges", "--check"]] {
        let ran = xtask(arguments);
        assert_eq!(ran.status.code(), Some(2), "{}", text(&ran));
        assert!(text(&ran).contains("--out DIR"), "{}", text(&ran));
    }
    let ran = generate(&own, &["--only", "charges"]);
    assert_eq!(ran.status.code(), Some(2), "{}", text(&ran));
}

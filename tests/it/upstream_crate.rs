//! The document as Omise serves it: with our overlay it gives no warning, without it warnings and no error, and both
//! crates build.

use crate::support::cargo::{check, text, xtask};
use crate::support::{repository, shared};

#[test]
fn the_served_document_builds_with_and_without_the_overlay() {
    let Some(upstream) = shared("omise/upstream-2019-05-29.yaml") else { return };
    let upstream = upstream.to_str().expect("a plain path");
    let overlay = repository().join("schema/omise/overlay.yaml");
    let overlay = overlay.to_str().expect("a plain path");
    let examples = repository().join("schema/omise/examples.yaml");
    let examples = examples.to_str().expect("a plain path");
    let folder = tempfile::tempdir().expect("a folder");

    let with = folder.path().join("with");
    let out = with.to_str().expect("a plain path");
    let ran = xtask(&[
        "generate",
        "rust",
        "--schema",
        upstream,
        "--overlay",
        overlay,
        "--overlay",
        examples,
        "--out",
        out,
        "--strict",
    ]);
    assert!(ran.status.success(), "{}", text(&ran));
    assert!(!text(&ran).contains("warning"), "{}", text(&ran));
    check(&with.join("rust"));

    let without = folder.path().join("without");
    let out = without.to_str().expect("a plain path");
    let ran = xtask(&["generate", "rust", "--schema", upstream, "--out", out]);
    assert!(ran.status.success(), "{}", text(&ran));
    assert!(text(&ran).contains("warning["), "{}", text(&ran));
    assert!(!text(&ran).contains("error["), "{}", text(&ran));
    check(&without.join("rust"));
    let strict = xtask(&["generate", "rust", "--schema", upstream, "--out", out, "--strict"]);
    assert_eq!(strict.status.code(), Some(1), "{}", text(&strict));
}

//! Input that is meant to break a reader: what it ends in, how long that takes, how much memory, and what is left on disk.

mod documents;

use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use crate::support::cargo::{binary, text};
use crate::support::repository;

/// A run that takes longer hangs. A machine that is busy and an unoptimised binary stay far below it.
const LONGEST: Duration = Duration::from_secs(240);

/// Address space for one run, in kilobytes. A quarter gigabyte of it is the stack of a thread, reserved and not used.
const MEMORY: u32 = 3 << 20;

/// `generate rust` on a schema, in at most [`MEMORY`].
fn generate(schema: &Path, out: &Path) -> Output {
    let mut command = if cfg!(unix) {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("ulimit -v {MEMORY} && exec \"$@\""), "sh"]).arg(binary());
        shell
    } else {
        Command::new(binary())
    };
    command.args(["generate", "rust", "--schema"]).arg(schema).arg("--out").arg(out);
    let started = Instant::now();
    let ran = command.current_dir(repository()).output().expect("the binary starts");
    assert!(started.elapsed() < LONGEST, "{} took {:?}", schema.display(), started.elapsed());
    assert!(!text(&ran).contains("panicked"), "{}", shortened(&ran));
    ran
}

/// What a run said, which can be much.
fn shortened(ran: &Output) -> String {
    text(ran).chars().take(2000).collect()
}

/// The run is refused with a code, in a few words, and leaves nothing behind.
fn refused(name: &str, contents: &[u8], code: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let (schema, out) = (folder.path().join(name), folder.path().join("out"));
    std::fs::write(&schema, contents).expect("it is written");
    let ran = generate(&schema, &out);
    assert_eq!(ran.status.code(), Some(2), "{name}: {}", shortened(&ran));
    assert!(text(&ran).contains(&format!("error[{code}]")), "{name}: {}", shortened(&ran));
    assert!(text(&ran).len() < 20_000, "{name} says {} bytes", text(&ran).len());
    assert_eq!(std::fs::read_dir(folder.path()).expect("it reads").count(), 1, "{name} leaves files");
}

/// The run succeeds, and what it emits is Rust.
fn emitted(name: &str, contents: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let (schema, out) = (folder.path().join(name), folder.path().join("out"));
    std::fs::write(&schema, contents).expect("it is written");
    let ran = generate(&schema, &out);
    assert_eq!(ran.status.code(), Some(0), "{name}: {}", shortened(&ran));
    for entry in walkdir::WalkDir::new(&out) {
        let path = entry.expect("it reads").into_path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let source = std::fs::read_to_string(&path).expect("it reads");
            assert!(syn::parse_file(&source).is_ok(), "{name}: {} is not Rust", path.display());
        }
    }
    text(&ran)
}

#[test]
fn what_is_no_text_or_no_document_is_refused() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";
    refused("empty.yaml", b"", "E003");
    refused("blank.yaml", b" \n\n# nothing\n", "E003");
    refused("image.yaml", png, "E002");
    refused("image.json", png, "E002");
    refused("utf16.yaml", b"\xff\xfeo\0p\0e\0n\0", "E002");
    refused("page.yaml", b"<!DOCTYPE html><html><body>Not found</body></html>", "E008");
    refused("cut.json", br#"{"openapi": "3.0.3", "info": {"title": "#, "E004");
    refused("list.json", b"[1, 2]", "E008");
}

#[test]
fn size_is_bounded() {
    let mut large = b"openapi: 3.0.3\ninfo: {title: Test, version: '1'}\npaths: {}\nx-a: '".to_vec();
    large.resize(100 << 20, b'x');
    refused("large.yaml", &large, "E005");
    refused("bomb.yaml", documents::alias_bomb(12).as_bytes(), "E007");
    refused("ring.yaml", documents::all_of_ring(2000).as_bytes(), "E040");
    refused("chain.yaml", documents::reference_chain(5000).as_bytes(), "E040");
}

#[test]
fn depth_is_bounded() {
    let block: String = (0..5000).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    refused("deep.json", documents::nested(5000).as_bytes(), "E006");
    refused("deep.yaml", documents::nested(5000).as_bytes(), "E006");
    refused("block.yaml", block.as_bytes(), "E006");
    refused("brackets.yaml", "[".repeat(5_000_000).as_bytes(), "E006");
    refused("brackets.json", "[".repeat(5_000_000).as_bytes(), "E006");
    refused("dashes.yaml", "- ".repeat(5000).as_bytes(), "E006");
}

#[test]
fn knots_are_ordinary() {
    emitted("one.yaml", &documents::union_knot("oneOf", 2000));
    emitted("any.yaml", &documents::union_knot("anyOf", 2000));
    emitted("ladder.yaml", &documents::all_of_ladder(60));
    emitted("all.yaml", &documents::lattice("allOf", 100));
    emitted("dense.yaml", &documents::lattice("oneOf", 100));
    emitted("properties.yaml", &documents::property_knot(100));
}

#[test]
fn ten_thousand_operations_are_emitted() {
    let said = emitted("operations.yaml", &documents::operations(10_000));
    assert!(said.contains("10000 operations") || said.contains("10,000 operations"), "{said:.2000}");
}

/// The largest ones take minutes without optimisation.
#[test]
#[ignore = "for .ci/full, with --release"]
fn the_largest_knots_are_ordinary() {
    emitted("properties.yaml", &documents::property_knot(700));
    emitted("dense.yaml", &documents::lattice("oneOf", 400));
    emitted("enum.yaml", &documents::large_enum(100_000));
}

#[test]
fn references_do_not_leave_the_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let inner = folder.path().join("schema");
    std::fs::create_dir(&inner).expect("it is made");
    std::fs::write(folder.path().join("secret.yaml"), "type: object\nproperties: {canary: {type: string}}\n")
        .expect("it is written");
    let absolute = folder.path().join("secret.yaml").display().to_string();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path().join("secret.yaml"), inner.join("link.yaml")).expect("it is linked");
    let references = [
        "../secret.yaml",
        "x/../../secret.yaml",
        "%2e%2e/secret.yaml",
        absolute.as_str(),
        &format!("file://{absolute}"),
        "http://127.0.0.1:1/secret.yaml",
        "https://127.0.0.1:1/secret.yaml#/a",
        "//127.0.0.1:1/secret.yaml",
        "link.yaml",
    ];
    for reference in references {
        let schema = inner.join("openapi.yaml");
        let document = format!(
            "openapi: 3.0.3\ninfo: {{title: Test, version: '1'}}\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: ok\n          content: {{application/json: {{schema: {{$ref: {reference:?}}}}}}}\n"
        );
        std::fs::write(&schema, document).expect("it is written");
        let out = folder.path().join("out");
        let ran = generate(&schema, &out);
        assert_eq!(ran.status.code(), Some(0), "{reference}: {}", shortened(&ran));
        assert!(text(&ran).contains("warning[W00"), "{reference}: {}", shortened(&ran));
        for entry in walkdir::WalkDir::new(&out) {
            let path = entry.expect("it reads").into_path();
            let read = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(!read.contains("canary"), "{reference} was read into {}", path.display());
        }
    }
}

#[test]
fn a_path_parameter_without_its_template_is_said() {
    let document = "openapi: 3.0.3\ninfo: {title: Test, version: '1'}\npaths:\n  /a:\n    get:\n      parameters: [{name: id, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: done}}\n  /b/{id}:\n    get:\n      responses: {'204': {description: done}}\n";
    let said = emitted("paths.yaml", document);
    assert!(said.contains("warning["), "{said}");
    assert!(said.contains("paths.yaml:6:"), "{said}");
    assert!(said.contains("paths.yaml:9:"), "{said}");
}

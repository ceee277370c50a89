//! Vectors that no mistake turns red say nothing: each runtime's encoder is broken in several ways, one at a time.

use super::driver::{Api, Language, workshop};
use super::toolchain::{Site, made};
use super::vector::Vector;
use super::vectors::{vectors, wrong};
use crate::support::{missing, say};

/// A mistake: where in the package, what stands there, and what is put in its place.
type Mutation = (&'static str, &'static str, &'static str);

const RUST: [Mutation; 4] = [
    // A form's space as `%20`.
    ("src/runtime/percent.rs", ".remove(b'_').remove(b' ');", ".remove(b'_');"),
    // A query that leaves `/` as it is.
    (
        "src/runtime/percent.rs",
        ".remove(b'.').remove(b'_').remove(b'~');",
        ".remove(b'.').remove(b'_').remove(b'~').remove(b'/');",
    ),
    // A file without its name.
    ("src/runtime/multipart.rs", "; filename=\\\"{}\\\"", "; file=\\\"{}\\\""),
    // What may have been done is done again.
    ("src/runtime/retry.rs", "situation.class != RetryClass::Unsafe || situation.retry_ambiguous", "true"),
];

const TYPESCRIPT: [Mutation; 4] = [
    // A form's `*` escaped.
    ("src/runtime/percent.ts", "const FORM = /[A-Za-z0-9*\\-._]/;", "const FORM = /[A-Za-z0-9\\-._]/;"),
    // A query that leaves `/` as it is.
    ("src/runtime/percent.ts", "const COMPONENT = /[A-Za-z0-9\\-._~]/;", "const COMPONENT = /[A-Za-z0-9\\-._~/]/;"),
    // A file without its name.
    ("src/runtime/multipart.ts", "`; filename=\"${quoted(part.fileName)}\"`", "`; file=\"${quoted(part.fileName)}\"`"),
    // What may have been done is done again.
    (
        "src/runtime/retry.ts",
        "retryClass !== \"unsafe\" || retryAmbiguous",
        "retryClass !== \"unsafe\" || !retryAmbiguous",
    ),
];

const PYTHON: [Mutation; 4] = [
    // A form's space as `%20`.
    (
        "src/shapes_sdk/_runtime/percent.py",
        "_FORM = frozenset(_WORD + \"*-._ \")",
        "_FORM = frozenset(_WORD + \"*-._\")",
    ),
    // A query that leaves `/` as it is.
    (
        "src/shapes_sdk/_runtime/percent.py",
        "_COMPONENT = frozenset(_WORD + \"-._~\")",
        "_COMPONENT = frozenset(_WORD + \"-._~/\")",
    ),
    // A file without its name.
    (
        "src/shapes_sdk/_runtime/multipart.py",
        "; filename=\"{_quoted(self.file_name)}\"",
        "; file=\"{_quoted(self.file_name)}\"",
    ),
    // What may have been done is done again.
    ("src/shapes_sdk/_runtime/retry.py", "situation.retry_class != \"unsafe\" or", "True or"),
];

const GO: [Mutation; 4] = [
    // A form's `*` escaped.
    ("percent.go", "formSafe = \"*-._\"", "formSafe = \"-._\""),
    // A query that leaves `/` as it is.
    ("percent.go", "unreserved = \"-._~\"", "unreserved = \"-._~/\""),
    // A file without its name.
    ("multipart.go", "; filename=\\\"", "; file=\\\""),
    // What may have been done is done again.
    (
        "retry.go",
        "(now.class != retryUnsafe || now.retryAmbiguous)",
        "(now.class != retryUnsafe || !now.retryAmbiguous)",
    ),
];

/// Breaks the package of an API in each way, and expects that some vector notices.
fn every_mistake_is_noticed(language: Language, mutations: &[Mutation]) {
    if !Language::wanted().contains(&language) {
        say(&format!("{} was not asked for", language.name()));
        return;
    }
    let api = Api::shapes();
    let all = vectors();
    let vectors: Vec<&Vector> = all.iter().filter(|vector| vector.api == api.name).collect();
    let workshop = workshop(language, api).join("mutant");
    let package = made(language, api, &workshop.join("package"));
    let site = Site { language, api, package, folder: workshop.join("build") };
    for (file, from, to) in mutations {
        let path = site.package.join(file);
        let right = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert_eq!(right.matches(from).count(), 1, "{from} stands once in {file}");
        std::fs::write(&path, right.replacen(from, to, 1)).expect("it is written");
        let found = wrong(&site, &vectors);
        std::fs::write(&path, right).expect("it is written");
        match found {
            Ok(found) => assert!(!found.is_empty(), "{}: no vector notices {from} -> {to}", language.name()),
            Err(why) => return missing(&format!("mistakes in {}: {why}", language.name())),
        }
    }
    say(&format!("{}: {} mistakes are noticed", language.name(), mutations.len()));
}

#[test]
fn rust() {
    every_mistake_is_noticed(Language::Rust, &RUST);
}

#[test]
fn typescript() {
    every_mistake_is_noticed(Language::TypeScript, &TYPESCRIPT);
}

#[test]
fn python() {
    every_mistake_is_noticed(Language::Python, &PYTHON);
}

#[test]
fn go() {
    every_mistake_is_noticed(Language::Go, &GO);
}

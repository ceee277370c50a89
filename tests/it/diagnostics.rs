//! Every code a problem can have is explained in `docs/diagnostics.md`, and nothing else is.

use std::collections::BTreeSet;

use crate::support::repository;

/// `"W018"` and the like in a text.
fn codes(text: &str, before: &str, after: &str) -> BTreeSet<String> {
    let is_code = |code: &str| {
        code.len() == 4 && code.starts_with(['E', 'W']) && code[1..].bytes().all(|byte| byte.is_ascii_digit())
    };
    let found = text.split(before).skip(1).filter_map(|rest| rest.split(after).next());
    found.filter(|code| is_code(code)).map(str::to_owned).collect()
}

#[test]
fn every_code_is_explained() {
    let mut used = BTreeSet::new();
    let sources = ["generator/src", "xtask/src"].map(|folder| walkdir::WalkDir::new(repository().join(folder)));
    for entry in sources.into_iter().flatten() {
        let path = entry.expect("it reads").into_path();
        let is_test = path.file_name().is_some_and(|name| name == "tests.rs");
        if path.extension().is_some_and(|extension| extension == "rs") && !is_test {
            used.extend(codes(&std::fs::read_to_string(&path).expect("it reads"), "\"", "\""));
        }
    }
    let docs = std::fs::read_to_string(repository().join("docs/diagnostics.md")).expect("it reads");
    assert_eq!(used, codes(&docs, "\n### ", ":"));
}

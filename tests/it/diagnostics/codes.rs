//! The codes that the sources use.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::repository;

/// Codes that no document brings about, and the file whose test does.
const ELSEWHERE: [(&str, &str); 3] = [
    // A document of thousands of schemas.
    ("E040", "generator/src/lower/tests.rs"),
    // A model that was not made of a document.
    ("W900", "generator/src/target/rust/tests.rs"),
    // A fault of the emitter.
    ("E900", "generator/src/target/rust/format.rs"),
];

/// Codes of what happens outside the pipeline, when files are written (E02x, W09x) and fetched (E03x) and when a mock is
/// served (E05x): their tests are any.
const OUTSIDE: [&str; 4] = ["E02", "W09", "E03", "E05"];

/// How the tests at the end of a file begin.
const TESTS: &str = "#[cfg(test)]\nmod tests {";

/// Codes in the text of a program, tests left out.
pub(super) fn used() -> BTreeMap<String, String> {
    let mut used = BTreeMap::new();
    for (file, text) in sources(&["generator/src", "xtask/src"]) {
        let program = if file.ends_with("/tests.rs") { "" } else { text.split(TESTS).next().unwrap_or_default() };
        for code in quoted(program) {
            used.entry(code).or_insert_with(|| file.clone());
        }
    }
    used
}

/// Whether a code has a test that is not a case.
pub(super) fn is_tested_elsewhere(code: &str) -> bool {
    let is_tested = |text: &str| quoted(text).any(|quoted| quoted == code);
    if let Some((_, file)) = ELSEWHERE.iter().find(|(other, _)| *other == code) {
        let text = std::fs::read_to_string(repository().join(file)).expect("the file reads");
        return is_tested(tests_of(file, &text));
    }
    OUTSIDE.iter().any(|prefix| code.starts_with(prefix))
        && sources(&["generator/src", "xtask/src", "xtask/tests", "tests/it"])
            .iter()
            .any(|(file, text)| is_tested(tests_of(file, text)))
}

/// The part of a file that is tests.
fn tests_of<'text>(file: &str, text: &'text str) -> &'text str {
    let is_all = file.ends_with("/tests.rs") || file.contains("/tests/") || file.starts_with("tests/");
    if is_all { text } else { text.find(TESTS).map_or("", |start| &text[start..]) }
}

fn sources(folders: &[&str]) -> Vec<(String, String)> {
    let root = repository();
    let mut sources = Vec::new();
    for folder in folders.iter().map(|folder| root.join(folder)).filter(|folder| folder.is_dir()) {
        for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
            let path = entry.expect("it reads").into_path();
            if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("it reads");
                sources.push((below(&path, &root), text));
            }
        }
    }
    sources
}

fn below(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).expect("it is below").to_string_lossy().replace('\\', "/")
}

/// `"W018"` and the like in a text, as the text of a diagnostic or within one.
fn quoted(text: &str) -> impl Iterator<Item = String> {
    let starts = text.match_indices(['E', 'W']).map(|(start, _)| start);
    let words = starts.filter_map(move |start| {
        let before = text[..start].chars().next_back();
        let (code, after) = (text.get(start..start + 4)?, text[start + 4..].chars().next());
        (matches!(before, Some('"' | '[')) && matches!(after, Some('"' | ']')) && is_code(code)).then_some(code)
    });
    words.map(str::to_owned)
}

/// `E012`, `W018`.
pub(super) fn is_code(text: &str) -> bool {
    text.len() == 4 && text.starts_with(['E', 'W']) && text[1..].bytes().all(|byte| byte.is_ascii_digit())
}

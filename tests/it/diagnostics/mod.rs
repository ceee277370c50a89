//! Every code a problem can have: explained in `docs/diagnostics.md`, brought about by a case, and printed as reviewed.
//!
//! A case is `cases/CODE_what_is_wrong.txt`: the files of one small schema ([`case`] says how they are written). What
//! the command line would print for it is the snapshot of the same name. Codes that no document brings about have
//! their test elsewhere ([`codes::ELSEWHERE`]).

mod case;
mod codes;
mod docs;

use std::collections::{BTreeMap, BTreeSet};

use case::Case;

use crate::support::cargo::{text, xtask};
use crate::support::repository;

/// What to do about a code that lacks something.
const HOW: &str = "\nA code needs a section in docs/diagnostics.md (`### W018: what is wrong`, in order) and a case in \
    tests/it/diagnostics/cases/ (a small text file, `W018_what_is_wrong.txt`, like those beside it). Then run\n    \
    INSTA_UPDATE=always cargo test -p tests diagnostics\nand read the new snapshot in tests/it/diagnostics/snapshots/.";

fn cases() -> BTreeMap<String, Case> {
    let entries = std::fs::read_dir(repository().join("tests/it/diagnostics/cases")).expect("the cases read");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, Case::parse(&std::fs::read_to_string(&path).expect("the case reads")))
        })
        .collect()
}

#[test]
fn every_problem_is_printed_as_reviewed() {
    let mut missed = Vec::new();
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        for (name, case) in cases() {
            let printed = case.printed();
            let code = name.split('_').next().unwrap_or_default();
            if !printed.contains(&format!("[{code}]: ")) {
                missed.push(format!("{name} does not bring about {code}:\n{printed}"));
            }
            insta::assert_snapshot!(name, printed);
        }
    });
    assert!(missed.is_empty(), "{}", missed.join("\n\n"));
}

#[test]
fn every_code_is_explained_and_brought_about() {
    let used = codes::used();
    let explained: BTreeSet<String> = docs::sections().into_iter().map(|section| section.code).collect();
    let cases = cases();
    let shown: BTreeSet<String> =
        cases.keys().map(|name| name.split('_').next().unwrap_or_default().to_owned()).collect();
    let mut wrong = Vec::new();
    for (code, file) in &used {
        if !explained.contains(code) {
            wrong.push(format!("{code}, of {file}, has no section in docs/diagnostics.md"));
        }
        if !shown.contains(code) && !codes::is_tested_elsewhere(code) {
            wrong.push(format!("{code}, of {file}, occurs in no case"));
        }
    }
    let stale = explained.iter().filter(|code| !used.contains_key(*code));
    wrong.extend(stale.map(|code| format!("{code} has a section in docs/diagnostics.md, and nothing uses it")));
    assert!(wrong.is_empty(), "{}\n{HOW}", wrong.join("\n"));
}

#[test]
fn examples_in_the_documentation_are_true() {
    let cases = cases();
    let mut wrong = Vec::new();
    for section in docs::sections() {
        let own: Vec<&Case> =
            cases.iter().filter(|(name, _)| name.starts_with(&section.code)).map(|(_, case)| case).collect();
        for example in section.examples.iter().filter(|_| !own.is_empty()) {
            if !own.iter().any(|case| case.holds(example)) {
                wrong.push(format!(
                    "{}: no case of this code holds its example:\n{}",
                    section.code,
                    example.join("\n")
                ));
            }
        }
    }
    let how =
        "Put the lines of the example into a case of its code as they are, so that they are known to bring it about.";
    assert!(wrong.is_empty(), "{}\n\n{how}", wrong.join("\n\n"));
}

#[test]
fn what_is_wrong_everywhere_is_said_a_few_times_and_counted() {
    let schemas: String = (0..3_000).map(|index| format!("    s{index}: {{type: int}}\n")).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let schema = folder.path().join("schema.yaml");
    let document =
        format!("openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}");
    std::fs::write(&schema, document).expect("it is written");
    let schema = schema.to_str().expect("a plain path");
    let printed = |more: &[&str]| text(&xtask(&[&["inspect", "--schema", schema], more].concat()));
    let brief = printed(&[]);
    assert_eq!(brief.matches("warning[W013]").count(), 10);
    assert!(brief.contains("\nand 2,990 more of W013\n--all-problems prints every one\n"), "{brief}");
    assert_eq!(printed(&["--all-problems"]).matches("warning[W013]").count(), 3_000);
}

#[test]
fn no_code_is_explained_twice() {
    let mut codes: Vec<String> = docs::sections().into_iter().map(|section| section.code).collect();
    let sections = codes.len();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), sections);
}

//! The yardstick: cases with known findings.

use std::path::Path;

use crate::support::cargo::{text, xtask};
use crate::support::shared;

use super::{Folder, stdout};

fn score(cases: &Path) -> String {
    let ran = xtask(&["diff-score", cases.to_str().expect("a plain path")]);
    assert!(ran.status.success(), "{}", text(&ran));
    stdout(&ran)
}

/// A number that is printed.
fn value(printed: &str, name: &str) -> f64 {
    let line = printed.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).expect(name);
    line.split(' ').next().expect(name).parse().expect(name)
}

#[test]
fn what_is_missed_and_what_is_too_much_is_counted() {
    let case = |expected: &str, comparable: &str| {
        format!(
            r#"{{"test_name": "t", "base_path": "old.yaml", "revision_path": "new.yaml", "threshold": "INFO", "expect": "exact",
            "expected": [{expected}], "comparable_ids": {comparable}}}"#
        )
    };
    let right = r#"{"id": "request-property-max-decreased", "level": "ERR"}"#;
    let wrong = r#"{"id": "request-property-became-enum", "level": "ERR"}"#;
    for (cases, recall, precision, negative) in [
        (case(right, r#"["request-property-max-decreased"]"#), 1.0, 1.0, 0.0),
        (case(wrong, r#"["request-property-became-enum"]"#), 0.0, 1.0, 0.0),
        (case("", r#"["request-property-max-decreased"]"#), 1.0, 0.0, 1.0),
        (case("", "[]"), 1.0, 1.0, 0.0),
        (case(right, "\"all\""), 1.0, 1.0 / 3.0, 0.0),
    ] {
        let folder = Folder::shop();
        std::fs::write(folder.at("cases.json"), format!("[{cases}]")).unwrap();
        let printed = score(folder.path());
        assert_eq!(value(&printed, "recall"), recall, "{cases}: {printed}");
        assert!((value(&printed, "precision") - precision).abs() < 0.001, "{cases}: {printed}");
        assert_eq!(value(&printed, "false_findings_on_negative_cases"), negative, "{cases}: {printed}");
    }
}

#[test]
fn the_known_cases_are_found() {
    let Some(cases) = shared("diff") else { return };
    let printed = score(&cases);
    assert!(value(&printed, "recall") >= 0.97, "{printed}");
    assert!(value(&printed, "precision") >= 0.97, "{printed}");
    // One pair stands in two cases, which expect opposite things of it.
    assert!(value(&printed, "false_findings_on_negative_cases") <= 1.0, "{printed}");
}

#[test]
fn cases_that_cannot_be_read_end_with_2() {
    assert_eq!(xtask(&["diff-score", "no/such/folder"]).status.code(), Some(2));
    assert_eq!(xtask(&["diff-score", "Cargo.toml"]).status.code(), Some(2));
}

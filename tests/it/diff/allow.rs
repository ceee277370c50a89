//! Changes that were agreed to.

use crate::support::cargo::text;

use super::{Folder, stdout};

fn with(entries: &str) -> std::process::Output {
    let folder = Folder::shop();
    std::fs::write(folder.at("allow.toml"), entries).unwrap();
    folder.diff(&["old.yaml", "new.yaml", "--allow", "allow.toml"])
}

/// The method that has another name is no wire change of its own.
const RENAMES: &str = "[[allow]]\nid = 'operation-id-changed'\nreason = 'the new name is better'\n\
    [[allow]]\nid = 'symbol-renamed'\npointer = 'PlaceOrder'\nreason = 'so is that of its type'\n";

const ENTRY: &str = "[[allow]]\nid = 'maximum-lowered'\npointer = '/components/schemas/*/properties/**'\nreason = 'nobody orders more'\n";

#[test]
fn an_entry_with_a_reason_allows_a_change() {
    let ran = with(ENTRY);
    assert_eq!(ran.status.code(), Some(1), "{}", text(&ran));
    let ran = with(&format!("{RENAMES}{ENTRY}"));
    assert_eq!(ran.status.code(), Some(0), "{}", text(&ran));
    assert!(stdout(&ran).contains("allowed: nobody orders more") && stdout(&ran).contains("1 breaking (1 allowed)"));
}

#[test]
fn an_entry_is_for_its_place_and_its_time() {
    for (entry, said) in [
        (ENTRY.replace("/components/schemas/*", "/paths/*"), "matches no change"),
        (ENTRY.replace("maximum-lowered", "minimum-raised"), "matches no change"),
        (format!("{ENTRY}expires = 2020-01-01\n"), "has expired"),
    ] {
        let ran = with(&format!("{RENAMES}{entry}"));
        assert_eq!(ran.status.code(), Some(1), "{}", text(&ran));
        assert!(String::from_utf8_lossy(&ran.stderr).contains(said), "{}", text(&ran));
    }
    assert_eq!(with(&format!("{RENAMES}{ENTRY}expires = 9999-01-01\n")).status.code(), Some(0));
}

#[test]
fn a_file_that_is_wrong_is_refused_with_its_line() {
    for (entries, said) in [
        ("[[allow]]\nid = 'maximum-lowered'\n".to_owned(), "reason"),
        (ENTRY.replace("lowered", "lowred"), "did you mean `maximum-lowered`"),
        ("[[allow]]\nid = 1\n".to_owned(), "allow.toml:2"),
        (format!("{ENTRY}expires = 'soon'\n"), "is not a day"),
        (ENTRY.replace("nobody orders more", " "), "no reason"),
    ] {
        let ran = with(&entries);
        assert_eq!(ran.status.code(), Some(2), "{}", text(&ran));
        assert!(ran.stdout.is_empty() && text(&ran).contains(said), "{said}: {}", text(&ran));
    }
    assert_eq!(Folder::shop().diff(&["old.yaml", "new.yaml", "--allow", "none.toml"]).status.code(), Some(2));
}

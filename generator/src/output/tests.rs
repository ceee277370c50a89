use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::apply::Transaction;
use super::staging::{STAGING, Staging};
use super::{MANIFEST, OutputError, Plan, Provenance, Sources, Summary, Tree, hash, plan};
use crate::diagnostic::Diagnostics;
use crate::target::{File, GivenNames};

fn files(list: &[(&str, &str)]) -> Vec<File> {
    list.iter().map(|(path, contents)| File::text(*path, *contents)).collect()
}

fn try_plan(root: &Path, list: &[(&str, &str)]) -> Result<Plan, OutputError> {
    let sources = Sources { schema: hash(b"schema"), overlays: vec![hash(b"overlay")], ..Sources::default() };
    let provenance =
        Provenance { generator: "1".into(), title: "T".into(), version: "V".into(), sources, only: vec![] };
    plan(&Tree { root, files: &files(list), names: &GivenNames::default(), provenance: &provenance })
}

/// The problems a plan names: code and message.
fn named(plan: &Plan) -> Vec<(String, String)> {
    let mut found = Diagnostics::default();
    plan.warn("", &mut found);
    found.0.into_iter().map(|problem| (problem.code, problem.message)).collect()
}

/// Everything below a folder.
fn tree(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                found.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    found
}

fn apply(root: &Path, list: &[(&str, &str)]) -> Summary {
    try_plan(root, list).unwrap().apply().unwrap()
}

fn read(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).unwrap()
}

#[test]
fn writes_then_touches_nothing() {
    let dir = TempDir::new().unwrap();
    let root = dir.path().join("new/rust");
    let list = [("Cargo.toml", "a"), ("src/lib.rs", "b")];
    assert_eq!(apply(&root, &list), Summary { written: 2, unchanged: 0, removed: 0 });
    assert_eq!(read(&root, "src/lib.rs"), "b");
    let time = fs::metadata(root.join("Cargo.toml")).unwrap().modified().unwrap();
    let second = try_plan(&root, &list).unwrap();
    assert!(second.is_clean());
    assert_eq!(second.apply().unwrap(), Summary { written: 0, unchanged: 2, removed: 0 });
    assert_eq!(fs::metadata(root.join("Cargo.toml")).unwrap().modified().unwrap(), time);
    let left: Vec<_> = fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "no temporary file stays behind: {left:?}");
}

#[test]
fn manifest_lists_hashes_and_no_times() {
    let dir = TempDir::new().unwrap();
    apply(dir.path(), &[("a", "")]);
    let manifest: serde_json::Value = serde_json::from_str(&read(dir.path(), MANIFEST)).unwrap();
    assert_eq!(manifest["files"]["a"], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_eq!((manifest["generator"].as_str(), manifest["version"].as_str()), (Some("1"), Some("V")));
    assert_eq!(manifest["format"], 1);
    assert_eq!(manifest["sources"]["schema"], hash(b"schema"));
    assert_eq!(manifest["sources"]["overlays"][0], hash(b"overlay"));
}

#[test]
fn removes_only_what_it_made() {
    let dir = TempDir::new().unwrap();
    apply(dir.path(), &[("keep", "1"), ("src/old/gone.rs", "2")]);
    fs::write(dir.path().join("src/mine.rs"), "by hand").unwrap();
    assert_eq!(apply(dir.path(), &[("keep", "1")]), Summary { written: 0, unchanged: 1, removed: 1 });
    assert!(!dir.path().join("src/old").exists(), "an emptied folder goes too");
    assert_eq!(read(dir.path(), "src/mine.rs"), "by hand");
    assert!(try_plan(dir.path(), &[("keep", "1")]).unwrap().is_clean());
}

#[test]
fn shows_edited_missing_and_extra_files() {
    let dir = TempDir::new().unwrap();
    apply(dir.path(), &[("edited", "one\ntwo\n"), ("extra", "x\n"), ("missing", "m\n")]);
    fs::write(dir.path().join("edited"), "one\n2\n").unwrap();
    assert_eq!(named(&try_plan(dir.path(), &[("edited", "")]).unwrap())[0].0, "W090");
    fs::remove_file(dir.path().join("missing")).unwrap();
    let plan = try_plan(dir.path(), &[("edited", "one\ntwo\n"), ("missing", "m\n")]).unwrap();
    assert_eq!(plan.summary(), Summary { written: 2, unchanged: 0, removed: 1 });
    let diff = plan.diff("rust/");
    for part in [
        "--- a/rust/edited\n+++ b/rust/edited\n@@ -1,2 +1,2 @@\n one\n-2\n+two\n",
        "--- a/rust/extra\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n",
        "--- /dev/null\n+++ b/rust/missing\n@@ -0,0 +1 @@\n+m\n",
    ] {
        assert!(diff.contains(part), "{part}\nnot in\n{diff}");
    }
    assert!(!diff.contains(MANIFEST), "{diff}");
    assert_eq!(read(dir.path(), "edited"), "one\n2\n", "comparing writes nothing");
}

#[test]
fn shows_a_manifest_that_differs_alone() {
    let dir = TempDir::new().unwrap();
    apply(dir.path(), &[("a", "")]);
    fs::remove_file(dir.path().join(MANIFEST)).unwrap();
    let plan = try_plan(dir.path(), &[("a", "")]).unwrap();
    assert!(!plan.is_clean());
    assert!(plan.diff("rust/").starts_with("--- /dev/null\n+++ b/rust/.generated.json\n"));
}

#[test]
fn shows_an_empty_missing_file_and_binary_ones() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("bin"), [0xff, 0xfe]).unwrap();
    let diff = try_plan(dir.path(), &[("bin", "text"), ("empty", "")]).unwrap().diff("");
    assert!(diff.contains("Binary files a/bin and b/bin differ\n"), "{diff}");
    assert!(diff.contains("--- /dev/null\n+++ b/empty\n"), "{diff}");
}

#[test]
fn refuses_paths_that_leave_the_folder() {
    let dir = TempDir::new().unwrap();
    let bad = [
        "../x",
        "a/../../x",
        "/etc/x",
        "",
        "a//b",
        "./a",
        "a\\..\\b",
        "C:x",
        "a\0",
        "a\nb",
        "nul",
        "src/CON.rs",
        "com1",
        "a.",
        "a ",
    ];
    for path in bad {
        let error = try_plan(dir.path(), &[(path, "")]).unwrap_err();
        assert!(matches!(error, OutputError::Path { .. }), "{path:?}: {error}");
    }
    for path in ["console.rs", "src/nullable.rs", "com.rs", ".gitignore", "a.b.c"] {
        assert!(try_plan(dir.path(), &[(path, "")]).is_ok(), "{path}");
    }
}

#[test]
fn refuses_a_manifest_that_points_outside() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("victim"), "v").unwrap();
    let root = dir.path().join("root");
    fs::create_dir(&root).unwrap();
    fs::write(root.join(MANIFEST), r#"{"files": {"../victim": "00"}}"#).unwrap();
    assert!(matches!(try_plan(&root, &[]), Err(OutputError::Path { .. })));
    assert!(dir.path().join("victim").exists());
    for unusable in ["not json", "<<<<<<< HEAD\n{}", r#"{"format": 2, "files": {}}"#] {
        fs::write(root.join(MANIFEST), unusable).unwrap();
        let error = try_plan(&root, &[]).unwrap_err();
        assert!(matches!(error, OutputError::Manifest { .. }), "{unusable}: {error}");
        assert_eq!(error.diagnostic().code, "E022");
    }
}

#[test]
fn refuses_names_that_differ_in_case_alone() {
    let dir = TempDir::new().unwrap();
    let error = try_plan(dir.path(), &[("src/Charge.rs", ""), ("src/charge.rs", "")]).unwrap_err();
    assert!(matches!(error, OutputError::Collision { .. }), "{error}");
    assert_eq!(error.diagnostic().code, "E024");
}

#[cfg(unix)]
#[test]
fn refuses_to_go_through_links() {
    let dir = TempDir::new().unwrap();
    let (root, outside) = (dir.path().join("root"), dir.path().join("outside"));
    fs::create_dir(&root).unwrap();
    fs::create_dir(&outside).unwrap();
    std::os::unix::fs::symlink(&outside, root.join("src")).unwrap();
    let error = try_plan(&root, &[("src/lib.rs", "x")]).unwrap_err();
    assert!(matches!(error, OutputError::Symlink { .. }), "{error}");
    assert!(fs::read_dir(&outside).unwrap().next().is_none());
    // The root itself may be a link: the user chose it.
    std::os::unix::fs::symlink(&outside, dir.path().join("link")).unwrap();
    assert_eq!(apply(&dir.path().join("link"), &[("lib.rs", "x")]).written, 1);
}

#[cfg(unix)]
#[test]
fn files_are_as_readable_as_any_new_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = TempDir::new().unwrap();
    apply(dir.path(), &[("a", "")]);
    fs::write(dir.path().join("b"), "").unwrap();
    let mode = |name: &str| fs::metadata(dir.path().join(name)).unwrap().permissions().mode();
    assert_eq!(mode("a"), mode("b"));
}

#[test]
fn a_file_of_someone_elses_is_not_replaced() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("Cargo.toml"), "by hand, and it mentions generated files").unwrap();
    fs::create_dir(dir.path().join("README.md")).unwrap();
    fs::write(dir.path().join("src"), "no folder").unwrap();
    let list = [("Cargo.toml", "# Generated: ours"), ("README.md", ""), ("src/lib.rs", "b")];
    let before = tree(dir.path());
    let refused = try_plan(dir.path(), &list).unwrap();
    assert_eq!(refused.differing(), 3, "a check still shows what differs");
    let error = refused.apply().unwrap_err();
    assert_eq!(error.diagnostic().code, "E020");
    for name in ["Cargo.toml", "README.md", "src"] {
        assert!(error.to_string().contains(name), "{error}");
    }
    assert_eq!(tree(dir.path()), before, "nothing is written");
}

#[test]
fn a_file_that_lost_its_manifest_still_says_it_was_generated() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("a.rs"), "// Generated by omise-generator from X. Do not edit.\nold").unwrap();
    assert_eq!(apply(dir.path(), &[("a.rs", "new")]).written, 1);
}

#[test]
fn edits_are_named_and_replaced_and_edited_orphans_are_kept() {
    let dir = TempDir::new().unwrap();
    apply(dir.path(), &[("a", "1"), ("b", "1"), ("gone", "1"), ("mine", "1")]);
    fs::write(dir.path().join("a"), "edit").unwrap();
    fs::write(dir.path().join("mine"), "edit").unwrap();
    let list = [("a", "1"), ("b", "2")];
    let edited = try_plan(dir.path(), &list).unwrap();
    let (codes, messages): (Vec<_>, Vec<_>) = named(&edited).into_iter().unzip();
    assert_eq!(codes, ["W090", "W091"]);
    assert!(messages[0].starts_with("a was edited") && messages[1].starts_with("mine is no longer"), "{messages:?}");
    assert_eq!(edited.apply().unwrap(), Summary { written: 2, unchanged: 0, removed: 1 });
    assert_eq!((read(dir.path(), "a"), read(dir.path(), "mine")), ("1".into(), "edit".into()));
    assert!(!dir.path().join("gone").exists());
    let again = try_plan(dir.path(), &list).unwrap();
    assert!(again.is_clean() && named(&again).is_empty(), "what is kept is the user's from now on");
}

/// A process that ends without warning: nothing is cleaned up.
fn killed_after(plan: &Plan, steps: usize) {
    let mut transaction = Transaction::prepare(plan).unwrap();
    for step in 0..steps {
        transaction.step(step).unwrap();
    }
    std::mem::forget(transaction);
}

#[test]
fn a_run_killed_anywhere_is_recognised_and_completed() {
    let old = [("a", "1"), ("folder/gone", "1"), ("same", "1"), ("src/b", "1")];
    let new = [("a", "2"), ("new/c", "2"), ("same", "1"), ("src/b", "2")];
    let newest = [("a", "3"), ("new/c", "3"), ("src/d", "3")];
    for steps in 0..=5 {
        let dir = TempDir::new().unwrap();
        apply(dir.path(), &old);
        let first = try_plan(dir.path(), &new).unwrap();
        assert_eq!(first.differing(), 5);
        killed_after(&first, steps);

        let second = try_plan(dir.path(), &new).unwrap();
        assert!(!second.is_clean() && second.unfinished().unwrap().contains("interrupted"), "{steps}");
        assert_eq!(named(&second), [], "{steps}: half of a run is no edit by hand");

        // Killed again, on the way to something else, and no half of either run is taken for an edit.
        let other = try_plan(dir.path(), &newest).unwrap();
        assert_eq!(named(&other), [], "{steps}");
        killed_after(&other, steps.min(2));
        let third = try_plan(dir.path(), &new).unwrap();
        assert_eq!(named(&third), [], "{steps}");
        third.apply().unwrap();

        let clean = TempDir::new().unwrap();
        apply(clean.path(), &new);
        assert_eq!(tree(dir.path()), tree(clean.path()), "{steps}");
        let last = try_plan(dir.path(), &new).unwrap();
        assert!(last.is_clean() && last.unfinished().is_none(), "{steps}");
    }
}

#[test]
fn a_run_killed_before_its_journal_left_the_old_tree() {
    let dir = TempDir::new().unwrap();
    apply(dir.path(), &[("a", "1")]);
    let staging = Staging::begin(dir.path()).unwrap();
    std::mem::forget(staging.file(b"half").unwrap());
    let plan = try_plan(dir.path(), &[("a", "1")]).unwrap();
    assert!(plan.unfinished().unwrap().contains("before it changed anything"));
    plan.apply().unwrap();
    assert_eq!(tree(dir.path()).len(), 2, "what was prepared is gone");
}

#[test]
fn files_newer_than_the_manifest_are_recognised_without_a_journal() {
    let dir = TempDir::new().unwrap();
    apply(dir.path(), &[("a", "1"), ("b", "1")]);
    for path in ["a", "c"] {
        fs::write(dir.path().join(path), "2").unwrap();
    }
    let plan = try_plan(dir.path(), &[("a", "2"), ("b", "2"), ("c", "2")]).unwrap();
    assert!(plan.unfinished().unwrap().starts_with("2 of the files are newer than the manifest"));
    assert_eq!(named(&plan), []);
    assert_eq!(plan.apply().unwrap(), Summary { written: 1, unchanged: 2, removed: 0 });
}

#[test]
fn what_fails_half_way_is_taken_back() {
    let dir = TempDir::new().unwrap();
    apply(dir.path(), &[("a", "1"), ("gone", "1"), ("m", "1")]);
    let before = tree(dir.path());
    let plan = try_plan(dir.path(), &[("a", "2"), ("m", "2"), ("new/b", "2"), ("z", "2")]).unwrap();
    // Someone puts a folder in the way after the comparison.
    fs::create_dir(dir.path().join("z")).unwrap();
    let error = plan.apply().unwrap_err();
    assert_eq!(error.diagnostic().code, "E023");
    assert!(error.to_string().contains("cannot write"), "{error}");
    assert_eq!(tree(dir.path()), before);
    assert!(!dir.path().join("new").exists() && !dir.path().join(STAGING).exists());
}

#[test]
fn a_file_in_place_of_the_folder_is_said_plainly() {
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("file");
    fs::write(&file, "x").unwrap();
    for root in [file.clone(), file.join("rust/deep")] {
        let error = try_plan(&root, &[("a", "1")]).unwrap_err();
        assert!(matches!(&error, OutputError::NotAFolder { path } if *path == file), "{error}");
    }
}

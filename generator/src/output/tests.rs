use std::fs;
use std::path::Path;

use globset::{Glob, GlobSet, GlobSetBuilder};
use tempfile::TempDir;

use super::{MANIFEST, OutputError, Plan, Provenance, Summary, Tree, plan};
use crate::target::File;

fn files(list: &[(&str, &str)]) -> Vec<File> {
    list.iter().map(|(path, contents)| File::text(*path, *contents)).collect()
}

fn try_plan(root: &Path, list: &[(&str, &str)], only: Option<&GlobSet>) -> Result<Plan, OutputError> {
    let provenance = Provenance { generator: "1".into(), title: "T".into(), version: "V".into() };
    plan(&Tree { root, files: &files(list), provenance: &provenance, only })
}

fn apply(root: &Path, list: &[(&str, &str)]) -> Summary {
    try_plan(root, list, None).unwrap().apply().unwrap()
}

fn globs(pattern: &str) -> GlobSet {
    GlobSetBuilder::new().add(Glob::new(pattern).unwrap()).build().unwrap()
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
    let second = try_plan(&root, &list, None).unwrap();
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
}

#[test]
fn removes_only_what_it_made() {
    let dir = TempDir::new().unwrap();
    apply(dir.path(), &[("keep", "1"), ("src/old/gone.rs", "2")]);
    fs::write(dir.path().join("src/mine.rs"), "by hand").unwrap();
    assert_eq!(apply(dir.path(), &[("keep", "1")]), Summary { written: 0, unchanged: 1, removed: 1 });
    assert!(!dir.path().join("src/old").exists(), "an emptied folder goes too");
    assert_eq!(read(dir.path(), "src/mine.rs"), "by hand");
    assert!(try_plan(dir.path(), &[("keep", "1")], None).unwrap().is_clean());
}

#[test]
fn shows_edited_missing_and_extra_files() {
    let dir = TempDir::new().unwrap();
    apply(dir.path(), &[("edited", "one\ntwo\n"), ("extra", "x\n"), ("missing", "m\n")]);
    fs::write(dir.path().join("edited"), "one\n2\n").unwrap();
    fs::remove_file(dir.path().join("missing")).unwrap();
    let plan = try_plan(dir.path(), &[("edited", "one\ntwo\n"), ("missing", "m\n")], None).unwrap();
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
    let plan = try_plan(dir.path(), &[("a", "")], None).unwrap();
    assert!(!plan.is_clean());
    assert!(plan.diff("rust/").starts_with("--- /dev/null\n+++ b/rust/.generated.json\n"));
}

#[test]
fn shows_an_empty_missing_file_and_binary_ones() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("bin"), [0xff, 0xfe]).unwrap();
    let diff = try_plan(dir.path(), &[("bin", "text"), ("empty", "")], None).unwrap().diff("");
    assert!(diff.contains("Binary files a/bin and b/bin differ\n"), "{diff}");
    assert!(diff.contains("--- /dev/null\n+++ b/empty\n"), "{diff}");
}

#[test]
fn only_leaves_the_rest_alone() {
    let dir = TempDir::new().unwrap();
    apply(dir.path(), &[("src/a.rs", "1"), ("src/b.rs", "1"), ("src/c.rs", "1"), ("d.md", "1")]);
    let list = [("src/a.rs", "2"), ("d.md", "2")];
    let done = try_plan(dir.path(), &list, Some(&globs("src/{a,b}.rs"))).unwrap().apply().unwrap();
    assert_eq!(done, Summary { written: 1, unchanged: 0, removed: 1 });
    assert_eq!((read(dir.path(), "src/a.rs"), read(dir.path(), "d.md")), ("2".into(), "1".into()));
    assert!(dir.path().join("src/c.rs").exists());
    // What was not looked at is still listed as ours.
    assert_eq!(apply(dir.path(), &list), Summary { written: 1, unchanged: 1, removed: 1 });
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
        let error = try_plan(dir.path(), &[(path, "")], None).unwrap_err();
        assert!(matches!(error, OutputError::Path { .. }), "{path:?}: {error}");
    }
    for path in ["console.rs", "src/nullable.rs", "com.rs", ".gitignore", "a.b.c"] {
        assert!(try_plan(dir.path(), &[(path, "")], None).is_ok(), "{path}");
    }
}

#[test]
fn refuses_a_manifest_that_points_outside() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("victim"), "v").unwrap();
    let root = dir.path().join("root");
    fs::create_dir(&root).unwrap();
    fs::write(root.join(MANIFEST), r#"{"files": {"../victim": "00"}}"#).unwrap();
    assert!(matches!(try_plan(&root, &[], None), Err(OutputError::Path { .. })));
    assert!(dir.path().join("victim").exists());
    fs::write(root.join(MANIFEST), "not json").unwrap();
    assert!(matches!(try_plan(&root, &[], None), Err(OutputError::Manifest { .. })));
}

#[test]
fn refuses_names_that_differ_in_case_alone() {
    let dir = TempDir::new().unwrap();
    let error = try_plan(dir.path(), &[("src/Charge.rs", ""), ("src/charge.rs", "")], None).unwrap_err();
    assert!(matches!(error, OutputError::Collision { .. }), "{error}");
}

#[cfg(unix)]
#[test]
fn refuses_to_go_through_links() {
    let dir = TempDir::new().unwrap();
    let (root, outside) = (dir.path().join("root"), dir.path().join("outside"));
    fs::create_dir(&root).unwrap();
    fs::create_dir(&outside).unwrap();
    std::os::unix::fs::symlink(&outside, root.join("src")).unwrap();
    let error = try_plan(&root, &[("src/lib.rs", "x")], None).unwrap_err();
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
    fs::write(dir.path().join("Cargo.toml"), "by hand").unwrap();
    let list = [("Cargo.toml", "# Generated: ours"), ("src/lib.rs", "b")];
    let refused = try_plan(dir.path(), &list, None).unwrap();
    assert_eq!(refused.differing(), 3, "a check still shows what differs");
    assert!(matches!(refused.apply(), Err(OutputError::Foreign { .. })));
    assert_eq!(read(dir.path(), "Cargo.toml"), "by hand");
    assert!(!dir.path().join("src").exists(), "nothing is written");

    // A file that lost its manifest still says that it was generated.
    fs::write(dir.path().join("Cargo.toml"), "# This was generated").unwrap();
    assert_eq!(apply(dir.path(), &list).written, 2);
}

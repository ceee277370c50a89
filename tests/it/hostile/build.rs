//! Crates full of hostile text, built as their users do: with warnings denied, documented, and their examples compiled.

use std::path::Path;

use omise_generator::target::File;

use super::checks::Expected;
use super::{Texts, Walk, is_asked_for};
use crate::support::{cargo, say};

#[test]
fn crates_of_hostile_text_build_and_run_no_prose() {
    let (walk, texts) = (Walk::new(), Texts::new());
    let mut groups = texts.together();
    if !is_asked_for("build") {
        groups.truncate(1);
    }
    let folder = cargo::target().join("hostile");
    let mut failures = Vec::new();
    for (run, group) in groups.iter().enumerate() {
        write(&folder, &walk.files(group));
        failures.extend(builds(&folder, &walk.expected).err().map(|problem| format!("run {run}: {problem}")));
    }
    assert!(failures.is_empty(), "{} of {} crates fail:\n{}", failures.len(), groups.len(), failures.join("\n"));
    say(&format!("{} crates of hostile text built", groups.len()));
}

/// The crate and nothing else; the lock file stays.
fn write(folder: &Path, files: &[File]) {
    let source = folder.join("src");
    if source.exists() {
        std::fs::remove_dir_all(&source).expect("it is removed");
    }
    for file in files {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it is made");
        std::fs::write(path, &file.contents).expect("it is written");
    }
}

/// Whether the crate builds, and its examples that are ours are all that is run of its prose.
fn builds(folder: &Path, expected: &Expected) -> Result<(), String> {
    let cargo = |arguments: &[&str]| {
        let ran = cargo::emitted(folder, arguments);
        let said = cargo::text(&ran);
        if ran.status.success() { Ok(said) } else { Err(format!("cargo {}:\n{said}", arguments.join(" "))) }
    };
    cargo(&["clippy", "--quiet", "--features", "test-util,webhooks"])?;
    cargo(&["doc", "--quiet", "--no-deps", "--features", "test-util,webhooks"])?;
    let said = cargo(&["test", "--doc", "--features", "test-util,webhooks"])?;
    let tests: Vec<&str> = said.lines().filter(|line| line.starts_with("test ") && line.contains("(line ")).collect();
    if expected.are_ours(&tests) {
        Ok(())
    } else {
        Err(format!("examples are run that are not ours: {tests:?}\n{said}"))
    }
}

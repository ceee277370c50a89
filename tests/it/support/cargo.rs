//! Emitting crates with the real binary and building them with the real toolchain, in one temporary workspace with a
//! target folder that is kept between runs.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use super::repository;

/// The folder all emitted crates are built in: the dependencies are built once.
pub fn target() -> PathBuf {
    repository().join("target/emitted")
}

/// Runs the command line as a user does.
pub fn xtask(arguments: &[&str]) -> Output {
    Command::new(binary()).args(arguments).current_dir(repository()).output().expect("xtask starts")
}

/// Both streams of a command as text, for messages and assertions.
pub fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// The binary, built once by this test run.
fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let built = cargo(&repository(), &["build", "--quiet", "--package", "xtask"], &repository().join("target"));
        assert!(built.status.success(), "{}", text(&built));
        repository().join("target/debug/xtask")
    })
}

/// `cargo check` of a folder, with warnings denied.
pub fn check(folder: &Path) {
    let lock = folder.join("Cargo.lock");
    if !lock.exists() {
        std::fs::copy(repository().join("Cargo.lock"), &lock).expect("the lock file is copied");
    }
    let checked = cargo(folder, &["check", "--quiet", "--workspace"], &target());
    assert!(checked.status.success(), "{} does not build:\n{}", folder.display(), text(&checked));
}

fn cargo(folder: &Path, arguments: &[&str], target: &Path) -> Output {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTFLAGS", "-D warnings")
        .env_remove("RUSTDOCFLAGS")
        .output()
        .expect("cargo starts")
}

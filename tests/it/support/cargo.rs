//! Emitting crates with the real binary and building them with the real toolchain, in a target folder that is kept
//! between runs, so that what they depend on is built once.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use super::repository;

/// Runs the command line as a user does.
pub(crate) fn xtask(arguments: &[&str]) -> Output {
    xtask_command(arguments).output().expect("xtask starts")
}

/// The command line, about to run in the repository.
pub(crate) fn xtask_command(arguments: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command.args(arguments).current_dir(repository());
    command
}

/// Both streams of a command as text, for messages and assertions.
pub(crate) fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// `cargo check` of a folder, with warnings denied.
pub(crate) fn check(folder: &Path) {
    let checked = emitted(folder, &["check", "--quiet", "--workspace"]);
    assert!(checked.status.success(), "{} does not build:\n{}", folder.display(), text(&checked));
}

/// A command of cargo on emitted crates, with warnings denied and with the versions of this repository's lock file:
/// nothing new is resolved or downloaded.
pub(crate) fn emitted(folder: &Path, arguments: &[&str]) -> Output {
    let lock = folder.join("Cargo.lock");
    if !lock.exists() {
        std::fs::copy(repository().join("Cargo.lock"), &lock).expect("the lock file is copied");
    }
    let mut cargo = cargo(arguments);
    cargo.current_dir(folder).env("CARGO_TARGET_DIR", target().join("emitted"));
    cargo.env("RUSTFLAGS", "-D warnings").env("RUSTDOCFLAGS", "-D warnings");
    cargo.output().expect("cargo starts")
}

/// The binary, brought up to date once by this test run, with the settings the run was built with.
pub(crate) fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        let mut cargo = cargo(&["build", "--quiet", "--package", "xtask"]);
        let built = cargo.current_dir(repository()).env("CARGO_TARGET_DIR", target()).output().expect("cargo starts");
        assert!(built.status.success(), "{}", text(&built));
        target().join("debug").join(format!("xtask{}", std::env::consts::EXE_SUFFIX))
    })
}

/// The folder of the emitted crate's examples, brought up to date once by this test run.
pub(crate) fn examples() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let mut cargo = cargo(&["build", "--quiet", "--package", "omise", "--examples", "--all-features"]);
        let built = cargo.current_dir(repository()).env("CARGO_TARGET_DIR", target()).output().expect("cargo starts");
        assert!(built.status.success(), "{}", text(&built));
        target().join("debug/examples")
    })
}

/// The target folder of this run: `<target>/debug/deps/it-…` is what runs.
pub(crate) fn target() -> PathBuf {
    let running = std::env::current_exe().expect("it runs");
    running.ancestors().nth(3).expect("it is below the target folder").to_owned()
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).env_remove("RUSTDOCFLAGS");
    command
}

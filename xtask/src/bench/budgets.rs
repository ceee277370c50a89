//! `bench/budgets.toml`: what must not grow unnoticed, in numbers that a busy machine does not change.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use clap::ValueEnum;
use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::generation::lines_of_rust;
use super::process;
use super::results::{unusable, write};
use super::session::{built, target_folder};
use crate::failure::Failure;
use crate::report;
use crate::setup::repository;

/// By how much a budget may be exceeded.
const TOLERANCE: f64 = 0.05;
/// Counting instructions makes a program some fifty times slower.
const LONGEST: Duration = Duration::from_secs(1200);

/// Which budgets are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Which {
    /// Those that need nothing but Cargo, and little time.
    Quick,
    /// All of them: valgrind and cargo-llvm-lines must be there.
    All,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    what: String,
    quick: bool,
    most: u64,
}

/// Measures, and compares or accepts.
pub(super) fn run(which: Which, accepts: bool) -> Result<(), Failure> {
    let path = repository().join("bench/budgets.toml");
    let text = std::fs::read_to_string(&path).map_err(|error| unusable(&path, &error))?;
    let mut budgets: IndexMap<String, Budget> = toml::from_str(&text).map_err(|error| unusable(&path, &error))?;
    let mut exceeded = 0;
    for (name, budget) in budgets.iter_mut().filter(|(_, budget)| which == Which::All || budget.quick) {
        let found = match measured(name) {
            Ok(found) => found,
            // Where it must not be left out, it is an error.
            Err(Failure::Usage { message, .. }) if std::env::var_os("CI").is_none() && !budget.quick => {
                report::say(format_args!("{name}: left out: {message}"));
                continue;
            }
            Err(failure) => return Err(failure),
        };
        let change = found as f64 / budget.most as f64 - 1.0;
        let verdict = if accepts {
            budget.most = found;
            "accepted"
        } else if budget.most == 0 {
            "there is no budget yet: --accept makes it one"
        } else if change > TOLERANCE {
            exceeded += 1;
            "EXCEEDED"
        } else if change < -TOLERANCE {
            "well below: --accept keeps what was gained"
        } else {
            "kept"
        };
        report::say(format_args!("{name}: {found} ({}), {:+.1} %: {verdict}", budget.what, 100.0 * change));
    }
    if accepts {
        let head: String = text.split_inclusive('\n').take_while(|line| line.starts_with('#')).collect();
        let body = toml::to_string(&budgets).map_err(|error| unusable(&path, &error))?;
        return write(&path, &format!("{head}\n{body}"));
    }
    match exceeded {
        0 => Ok(()),
        count => Err(Failure::No(format!(
            "{} exceeded by more than 5 %: make it smaller, or accept it with --accept and say why in the commit",
            report::counted(count, "budget")
        ))),
    }
}

fn measured(name: &str) -> Result<u64, Failure> {
    match name {
        "lines" => Ok(lines_of_rust(&repository().join("generated/rust/src")) as u64),
        "dependencies" => dependencies(&[]),
        "dependencies-core" => dependencies(&["--no-default-features"]),
        "dependencies-blocking" => dependencies(&["--no-default-features", "--features", "blocking"]),
        "rlib" => library(&[]),
        "rlib-core" => library(&["--no-default-features"]),
        "llvm-lines" => llvm_lines(),
        "instructions" => instructions(),
        _ => Err(Failure::usage(format!("there is no budget {name}"), "correct bench/budgets.toml")),
    }
}

/// Crates of the emitted crate's tree, itself among them.
fn dependencies(features: &[&str]) -> Result<u64, Failure> {
    let fixed = ["tree", "--locked", "--package", "omise", "--edges", "normal", "--prefix", "none", "--target"];
    let printed = printed(cargo(&[&fixed, ["x86_64-unknown-linux-gnu"].as_slice(), features].concat()))?;
    let crates: BTreeSet<&str> = printed.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    Ok(crates.len() as u64)
}

/// The emitted crate's library. Paths of this machine stand in it, which is why it is not the same to the byte elsewhere.
fn library(features: &[&str]) -> Result<u64, Failure> {
    let folder = target_folder().join("bench/budgets");
    let fixed = ["build", "--quiet", "--release", "--locked", "--package", "omise"];
    let mut command = cargo(&[&fixed, features].concat());
    printed_by(command.env("CARGO_TARGET_DIR", &folder))?;
    let file = folder.join("release/libomise.rlib");
    Ok(std::fs::metadata(&file).map_err(|error| unusable(&file, &error))?.len())
}

fn llvm_lines() -> Result<u64, Failure> {
    let mut command = Command::new("cargo-llvm-lines");
    command.args(["llvm-lines", "--release", "--locked", "--package", "omise", "--lib"]).current_dir(repository());
    let own = [target_folder().join("peers/bin"), target_folder().join("tools/bin")];
    let others = std::env::var_os("PATH").unwrap_or_default();
    let places = own.into_iter().chain(std::env::split_paths(&others));
    if let Ok(places) = std::env::join_paths(places) {
        command.env("PATH", places);
    }
    command.env("CARGO_TARGET_DIR", target_folder().join("bench/budgets"));
    let printed = printed_by(&mut command)?;
    let total = printed.lines().find(|line| line.ends_with("(TOTAL)"));
    let lines = total.and_then(|line| line.split_whitespace().next()?.parse().ok());
    lines.ok_or_else(|| {
        Failure::usage("cargo-llvm-lines printed no total", "install it: cargo install cargo-llvm-lines")
    })
}

/// Instructions of all threads.
fn instructions() -> Result<u64, Failure> {
    let program = built("xtask", &target_folder())?;
    let folder = target_folder().join("bench/budgets");
    let (out, counts) = (folder.join("omise"), folder.join("callgrind.out"));
    let fresh = || {
        if out.exists() {
            std::fs::remove_dir_all(&out)?;
        }
        std::fs::create_dir_all(&out)
    };
    fresh().map_err(|error| unusable(&out, &error))?;
    let mut command = Command::new("valgrind");
    command
        .args(["--tool=callgrind", &file_option(&counts)])
        .arg(&program)
        .args(["generate", "rust", "--out"])
        .arg(&out);
    printed_by(command.current_dir(repository()))?;
    let text = std::fs::read_to_string(&counts).map_err(|error| unusable(&counts, &error))?;
    let number = |line: &str| line.split_whitespace().next().and_then(|number| number.parse::<u64>().ok());
    let said = |key: &str| text.lines().find_map(|line| number(line.strip_prefix(key)?));
    said("totals: ").or_else(|| said("summary: ")).ok_or_else(|| unusable(&counts, &"no sum in it"))
}

fn file_option(counts: &Path) -> String {
    format!("--callgrind-out-file={}", counts.display())
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments).current_dir(repository());
    command
}

fn printed(mut command: Command) -> Result<String, Failure> {
    printed_by(&mut command)
}

/// What a program prints, if it succeeds.
fn printed_by(command: &mut Command) -> Result<String, Failure> {
    let ran = process::run(command, LONGEST);
    let program = PathBuf::from(command.get_program());
    match ran.failure {
        None => Ok(ran.stdout),
        Some(failure) => Err(Failure::usage(format!("{}: {failure}", program.display()), "see docs/benchmarks.md")),
    }
}

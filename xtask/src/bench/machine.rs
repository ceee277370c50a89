//! What was measured on.

use std::process::Command;
use std::thread::available_parallelism;

use serde::{Deserialize, Serialize};

use crate::setup::repository;

/// This machine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Machine {
    pub(super) processor: String,
    pub(super) processors: usize,
    pub(super) memory_gib: u64,
    pub(super) system: String,
    pub(super) rustc: String,
}

impl Machine {
    pub(super) fn this() -> Self {
        let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
        let named = |text: &str, key: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(key)?.trim().strip_prefix(':'));
            line.map(str::trim).unwrap_or_default().to_owned()
        };
        let memory = named(&read("/proc/meminfo"), "MemTotal");
        let kib: u64 = memory.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or_default();
        Self {
            processor: named(&read("/proc/cpuinfo"), "model name"),
            processors: available_parallelism().map_or(1, usize::from),
            memory_gib: kib >> 20,
            system: said("uname", &["-sr"]),
            rustc: said("rustc", &["--version"]),
        }
    }
}

/// What this command writes.
const RESULTS: &str = ":!bench/results.json";

/// The commit that is checked out, with a mark where the sources differ from it. What this command writes does not count.
pub(super) fn commit() -> String {
    let id = said("git", &["rev-parse", "--short=12", "HEAD"]);
    let changed = said("git", &["status", "--porcelain", "--untracked-files=no", "--", ".", RESULTS, ":!docs"]);
    if changed.is_empty() { id } else { format!("{id}+") }
}

/// How many processes wanted to run, on average over the last minute.
pub(super) fn load() -> f64 {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// The first line that a program prints.
pub(super) fn said(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(repository()).output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    text.lines().next().unwrap_or_default().trim().to_owned()
}

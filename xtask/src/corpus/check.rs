//! Compiling the crates: one workspace, so that what they share is built once and Cargo shares out the work.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, io};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressFinish, ProgressStyle};
use omise_generator::diagnostic::Diagnostic;
use serde::Deserialize;

use super::row::Row;
use crate::failure::Failure;
use crate::report;
use crate::setup::repository;

const CRATES: &str = "crates";
const TRIPS: &str = "trips";

/// What rustc needs for the largest crates.
pub(super) const BYTES_EACH: u64 = 4 << 30;

/// A folder with the crates, what is built of them, and what the generator said.
pub(super) struct Workspace {
    root: PathBuf,
    /// Whether each crate gets a program that decodes and encodes values.
    pub(super) makes_trips: bool,
}

impl Workspace {
    /// Creates the folder. Dependencies have the versions that this project is tested with.
    pub(super) fn create(root: &Path, makes_trips: bool) -> Result<Self, Failure> {
        let create = || {
            fs::create_dir_all(root.join("logs"))?;
            for folder in [CRATES, TRIPS] {
                fs::create_dir_all(root.join(folder))?;
                let lock = root.join(folder).join("Cargo.lock");
                if !lock.exists() {
                    fs::copy(repository().join("Cargo.lock"), lock)?;
                }
            }
            // A path that does not depend on where a child process runs.
            root.canonicalize()
        };
        let root = create().map_err(|error| unusable(root, &error))?;
        Ok(Self { root, makes_trips })
    }

    /// The folder of a crate.
    pub(super) fn member(&self, package: &str) -> PathBuf {
        self.root.join(CRATES).join(package)
    }

    /// The folder of the program for a crate.
    pub(super) fn trip(&self, package: &str) -> PathBuf {
        self.root.join(TRIPS).join(package)
    }

    /// Where what the generator says of a crate is kept.
    pub(super) fn log(&self, package: &str) -> PathBuf {
        self.root.join("logs").join(format!("{package}.txt"))
    }

    /// A bar on standard error, if that is a terminal; gone when it goes out of scope.
    pub(super) fn progress(&self, what: &str, count: usize) -> ProgressBar {
        let bar = ProgressBar::with_draw_target(Some(count as u64), ProgressDrawTarget::stderr())
            .with_finish(ProgressFinish::AndClear);
        if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:24}] {pos} of {len}") {
            bar.set_style(style);
        }
        bar.set_message(what.to_owned());
        bar
    }

    /// Compiles the crates of all documents that were generated, and notes how each fared.
    pub(super) fn check(&self, packages: &[String], rows: &mut [Row], jobs: usize) -> Result<(), Failure> {
        let mut found = self.verdicts(CRATES, "check", packages, rows, |row| row.generated, jobs)?;
        for (package, row) in packages.iter().zip(rows).filter(|(_, row)| row.generated) {
            match found.remove(package) {
                Some(Verdict::Compiles) => row.compiles = true,
                Some(Verdict::Error(error)) => row.error = Some(error),
                None => row.error = Some("Cargo did not compile it".to_owned()),
            }
        }
        Ok(())
    }

    /// Runs the program of each crate that compiles, and notes how the values fared.
    pub(super) fn travel(&self, packages: &[String], rows: &mut [Row], jobs: usize) -> Result<(), Failure> {
        let has_values = |row: &Row| row.compiles && row.round_trip.as_ref().is_some_and(|trip| trip.values > 0);
        let mut found = self.verdicts(TRIPS, "build", packages, rows, has_values, jobs)?;
        for (package, row) in packages.iter().zip(rows).filter(|(_, row)| has_values(row)) {
            row.error = match found.remove(package) {
                Some(Verdict::Compiles) => self.run(package, row),
                Some(Verdict::Error(error)) => Some(error),
                None => Some("Cargo did not build its program".to_owned()),
            };
        }
        Ok(())
    }

    /// What Cargo makes of the packages whose rows are wanted.
    fn verdicts(
        &self,
        folder: &str,
        what: &str,
        packages: &[String],
        rows: &[Row],
        is_wanted: impl Fn(&Row) -> bool,
        jobs: usize,
    ) -> Result<HashMap<String, Verdict>, Failure> {
        let wanted = packages.iter().zip(rows).filter(|(_, row)| is_wanted(row));
        let members: Vec<&String> = wanted.map(|(package, _)| package).collect();
        if members.is_empty() {
            return Ok(HashMap::new());
        }
        self.members(folder, &members)?;
        let progress = self.progress(&format!("cargo {what}"), members.len());
        self.cargo(folder, what, jobs, &progress).map_err(|error| unusable(&self.root, &error))
    }

    /// What a program says; `None` when every value came back.
    fn run(&self, package: &str, row: &mut Row) -> Option<String> {
        let program = self.root.join("build/debug").join(format!("trip-{package}{}", std::env::consts::EXE_SUFFIX));
        let output = match Command::new(program).output() {
            Ok(output) => output,
            Err(error) => return Some(error.to_string()),
        };
        let said = String::from_utf8_lossy(&output.stdout);
        let failed = said.lines().filter(|line| *line == "failed").count();
        if let Some(trip) = &mut row.round_trip {
            trip.failed = failed;
        }
        if !output.status.success() {
            return Some(format!("its program ended with {}", output.status));
        }
        let lines: Vec<&str> = said.lines().filter(|line| *line != "failed").collect();
        (failed > 0).then(|| format!("{failed} values do not come back:\n{}", lines.join("\n")))
    }

    /// Writes which packages a workspace has.
    fn members(&self, folder: &str, packages: &[&String]) -> Result<(), Failure> {
        let mut manifest = String::from("[workspace]\nresolver = \"3\"\nmembers = [\n");
        for package in packages {
            let _ = writeln!(manifest, "    \"{package}\",");
        }
        manifest.push_str("]\n");
        fs::write(self.root.join(folder).join("Cargo.toml"), manifest).map_err(|error| unusable(&self.root, &error))
    }

    /// What became of each package.
    fn cargo(
        &self,
        folder: &str,
        what: &str,
        jobs: usize,
        progress: &ProgressBar,
    ) -> io::Result<HashMap<String, Verdict>> {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args([what, "--workspace", "--keep-going", "--message-format=json", "--quiet", "--jobs"]);
        command.arg(jobs.to_string()).current_dir(self.root.join(folder));
        command.env("CARGO_TARGET_DIR", self.root.join("build")).env("CARGO_PROFILE_DEV_DEBUG", "0");
        // Nothing is built twice, and the books that incremental compilation keeps take gigabytes for the largest programs.
        command.env("CARGO_INCREMENTAL", "0");
        let log = fs::File::create(self.root.join("logs/cargo.txt"))?;
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log).spawn()?;
        let mut found = HashMap::new();
        if let Some(stdout) = child.stdout.take() {
            for line in BufReader::new(stdout).split(b'\n') {
                let Ok(message) = serde_json::from_slice::<Message>(&line?) else { continue };
                if let Some((package, verdict)) = message.verdict(&self.root.join(folder)) {
                    progress.inc(1);
                    if progress.is_hidden() {
                        report::say(format_args!("cargo {what}: {package}"));
                    }
                    found.entry(package).or_insert(verdict);
                }
            }
        }
        let status = child.wait()?;
        if found.is_empty() && !status.success() {
            return Err(io::Error::other(fs::read_to_string(self.root.join("logs/cargo.txt"))?.trim().to_owned()));
        }
        Ok(found)
    }
}

fn unusable(root: &Path, error: &io::Error) -> Failure {
    let message = format!("{}: {error}", root.display());
    Failure::Problem { diagnostic: Box::new(Diagnostic::error("E901", message)), code: 3 }
}

#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Compiles,
    /// What the compiler says first.
    Error(String),
}

/// What Cargo says, one a line.
#[derive(Deserialize)]
#[serde(tag = "reason")]
enum Message {
    #[serde(rename = "compiler-artifact")]
    Built { manifest_path: PathBuf },
    #[serde(rename = "compiler-message")]
    Told { manifest_path: PathBuf, message: Said },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Said {
    level: String,
    rendered: Option<String>,
}

impl Message {
    /// What it means for a crate of ours.
    fn verdict(self, folder: &Path) -> Option<(String, Verdict)> {
        let (manifest, verdict) = match self {
            Self::Built { manifest_path } => (manifest_path, Verdict::Compiles),
            Self::Told { manifest_path, message } if message.level == "error" => {
                (manifest_path, Verdict::Error(message.rendered.unwrap_or_default().trim().to_owned()))
            }
            _ => return None,
        };
        let package = manifest.strip_prefix(folder).ok()?.iter().next()?;
        Some((package.to_str()?.to_owned(), verdict))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cargo_says() {
        let read = |text: &str| serde_json::from_str::<Message>(text).unwrap().verdict(Path::new("/w/crates"));
        let artifact = r#"{"reason": "compiler-artifact", "manifest_path": "/w/crates/a/Cargo.toml", "fresh": true}"#;
        assert_eq!(read(artifact), Some(("a".to_owned(), Verdict::Compiles)));
        let other = r#"{"reason": "compiler-artifact", "manifest_path": "/registry/serde/Cargo.toml"}"#;
        assert_eq!(read(other), None);
        let said = |level: &str| {
            let head = r#"{"reason": "compiler-message", "manifest_path": "/w/crates/a/Cargo.toml", "message""#;
            format!(r#"{head}: {{"level": "{level}", "rendered": "no\n"}}}}"#)
        };
        assert_eq!(read(&said("error")), Some(("a".to_owned(), Verdict::Error("no".to_owned()))));
        assert_eq!(read(&said("warning")), None);
        assert_eq!(read(r#"{"reason": "build-finished", "success": false}"#), None);
    }
}

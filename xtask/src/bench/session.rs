//! One run of the command: what is wanted, where things are, and what was measured so far.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::time::Duration;

use tempfile::TempDir;
use walkdir::WalkDir;

use super::plan::Plan;
use super::process::{self, Ran};
use super::results::{Results, unusable};
use super::row::{Key, Row, Unit, median};
use super::{claims, machine};
use crate::failure::Failure;
use crate::report;
use crate::setup::repository;

/// Runs of one measurement, unless it takes long.
const RUNS: usize = 5;
/// It is run this often, whatever that takes,
const LEAST_RUNS: usize = 3;
/// and no more than that once it took so long altogether;
const ENOUGH: Duration = Duration::from_secs(4);
/// what takes very long is run once.
const TOO_MUCH: Duration = Duration::from_secs(20);
/// What takes longer hangs.
pub(super) const LONGEST: Duration = Duration::from_secs(180);

/// One run of the command.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) plan: Rc<Plan>,
    pub(super) places: Rc<Places>,
    pub(super) results: Results,
    only: Vec<String>,
    resumes: bool,
    commit: String,
    /// Where the results go.
    file: PathBuf,
}

/// Where things are.
#[derive(Debug)]
pub(super) struct Places {
    /// The folder of real documents.
    pub(super) corpus: PathBuf,
    /// The folder for all that is kept for later measurements.
    pub(super) folder: PathBuf,
    /// The folder that generators write to while they are measured. It is in memory where the system has such a place: what
    /// making a file takes on a disk depends on what was removed there in the minutes before.
    pub(super) scratch: TempDir,
    /// The folder that the peers are in.
    pub(super) peers: PathBuf,
    /// This program as it is released.
    pub(super) program: PathBuf,
}

/// What is wanted of a session.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) only: Vec<String>,
    pub(super) resumes: bool,
    pub(super) corpus: Option<PathBuf>,
    pub(super) peers: Option<PathBuf>,
    pub(super) file: PathBuf,
}

impl Session {
    /// Builds what is measured, and reads what was measured before.
    pub(super) fn start(wanted: Wanted) -> Result<Self, Failure> {
        let target = target_folder();
        let folder = target.join("bench");
        std::fs::create_dir_all(&folder).map_err(|error| unusable(&folder, &error))?;
        let memory = Path::new("/dev/shm");
        let scratch = if memory.is_dir() { memory } else { &folder };
        let scratch = tempfile::Builder::new().prefix("omise-bench-").tempdir_in(scratch);
        let scratch = scratch.map_err(|error| unusable(&folder, &error))?;
        let mut results = Results::read(&wanted.file)?;
        let commit = machine::commit();
        results.commit.clone_from(&commit);
        results.machine = machine::Machine::this();
        Ok(Self {
            plan: Rc::new(Plan::read()?),
            places: Rc::new(Places {
                corpus: wanted.corpus.unwrap_or_else(|| repository().join("../shared/corpus")),
                peers: wanted.peers.unwrap_or_else(|| target.join("peers")),
                program: built("xtask", &target)?,
                folder,
                scratch,
            }),
            results,
            only: wanted.only,
            resumes: wanted.resumes,
            commit,
            file: wanted.file,
        })
    }

    /// Whether a row is wanted of this run.
    pub(super) fn wants(&self, key: &Key) -> bool {
        let path = key.path();
        let is_chosen = self.only.is_empty() || self.only.iter().any(|part| path.contains(part.as_str()));
        let is_known = || self.results.row(key).is_some_and(|row| row.commit == self.commit);
        is_chosen && !(self.resumes && is_known())
    }

    /// Whether any of the rows is wanted.
    pub(super) fn wants_any(&self, keys: &[Key]) -> bool {
        keys.iter().any(|key| self.wants(key))
    }

    /// Runs a program several times in an empty process each, and keeps its time, processor time and memory.
    pub(super) fn cold(
        &mut self,
        key: &Key,
        longest: Duration,
        mut command: impl FnMut() -> Result<Command, Failure>,
    ) -> Result<(), Failure> {
        let metric = |name: &str| Key { metric: name.to_owned(), ..key.clone() };
        let keys = [metric("time"), metric("processor time"), metric("peak memory")];
        if !self.wants_any(&keys) {
            return Ok(());
        }
        let load = machine::load();
        let mut runs: Vec<Ran> = Vec::new();
        while !is_enough(&runs) {
            let ran = process::run(&mut command()?, longest);
            let has_failed = ran.failure.is_some();
            runs.push(ran);
            if has_failed {
                break;
            }
        }
        let of: [fn(&Ran) -> f64; 3] = [|ran| ran.seconds, |ran| ran.processor_seconds, |ran| ran.peak_bytes];
        for ((key, of), unit) in keys.into_iter().zip(of).zip([Unit::Seconds, Unit::Seconds, Unit::Bytes]) {
            let failure =
                runs.iter().find_map(|ran| ran.failure.clone()).map(|failure| self.places.without_places(&failure));
            let runs = if failure.is_some() { Vec::new() } else { runs.iter().map(of).collect() };
            self.keep(key, unit, runs, failure, load)?;
        }
        Ok(())
    }

    /// Keeps numbers that were measured elsewhere.
    pub(super) fn record(&mut self, key: Key, unit: Unit, runs: Vec<f64>) -> Result<(), Failure> {
        let load = machine::load();
        self.keep(key, unit, runs, None, load)
    }

    /// Keeps that something could not be measured, and why.
    pub(super) fn failed(&mut self, key: Key, unit: Unit, failure: &str) -> Result<(), Failure> {
        let (load, failure) = (machine::load(), self.places.without_places(failure));
        self.keep(key, unit, Vec::new(), Some(failure), load)
    }

    fn keep(
        &mut self,
        key: Key,
        unit: Unit,
        runs: Vec<f64>,
        failure: Option<String>,
        load: f64,
    ) -> Result<(), Failure> {
        if !self.wants(&key) {
            return Ok(());
        }
        let runs: Vec<f64> = runs.into_iter().map(rounded).collect();
        let median = median(&runs).map(rounded);
        let shown = median.map(|median| unit.shown(median)).or_else(|| failure.clone()).unwrap_or_default();
        report::say(format_args!("{}: {shown}", key.path()));
        self.results.put(Row { key, unit, runs, median, failure, commit: self.commit.clone(), load });
        self.save()
    }

    /// Writes what is known so far.
    pub(super) fn save(&mut self) -> Result<(), Failure> {
        self.results.claims = claims::all(&self.results);
        self.results.write(&self.file)
    }
}

impl Places {
    /// Makes a folder that is empty.
    pub(super) fn emptied(&self, folder: &Path) -> Result<(), Failure> {
        let empty = || {
            if folder.exists() {
                std::fs::remove_dir_all(folder)?;
            }
            std::fs::create_dir_all(folder)
        };
        empty().map_err(|error| unusable(folder, &error))
    }

    /// Copies what a generator wrote to the folder that it is compiled in, if it wrote anything.
    pub(super) fn keep(&self, out: &Path, kept: &Path) -> Result<(), Failure> {
        if !out.is_dir() {
            return Ok(());
        }
        self.emptied(kept)?;
        for entry in WalkDir::new(out).min_depth(1) {
            let copied = entry.map_err(std::io::Error::from).and_then(|entry| {
                let to = kept.join(entry.path().strip_prefix(out).unwrap_or(entry.path()));
                if entry.file_type().is_dir() {
                    std::fs::create_dir(to)
                } else {
                    std::fs::copy(entry.path(), to).map(drop)
                }
            });
            copied.map_err(|error| unusable(kept, &error))?;
        }
        std::fs::remove_dir_all(out).map_err(|error| unusable(out, &error))
    }

    /// A command of this program.
    pub(super) fn own(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).current_dir(repository());
        command
    }

    /// A part of this command, done in a process of its own.
    pub(super) fn part(&self, arguments: &[&str]) -> Command {
        let mut command = self.own(&["bench", "part"]);
        command.args(arguments);
        command
    }

    /// A part whose result is needed.
    pub(super) fn prepared(&self, arguments: &[&str]) -> Result<(), Failure> {
        match process::run(&mut self.part(arguments), LONGEST).failure {
            None => Ok(()),
            Some(failure) => Err(Failure::usage(format!("cannot prepare: {failure}"), "see docs/benchmarks.md")),
        }
    }

    /// A message without the folders of this machine.
    fn without_places(&self, text: &str) -> String {
        let places = [&self.folder, &self.peers, &self.corpus, &repository()];
        let long = places.iter().filter_map(|place| place.canonicalize().ok());
        let places: Vec<PathBuf> = places.iter().map(|place| place.to_path_buf()).chain(long).collect();
        places.iter().fold(text.to_owned(), |text, place| text.replace(&*place.to_string_lossy(), "…"))
    }
}

fn is_enough(runs: &[Ran]) -> bool {
    let took = Duration::from_secs_f64(runs.iter().map(|ran| ran.seconds).sum());
    runs.len() >= RUNS || runs.len() >= LEAST_RUNS && took >= ENOUGH || !runs.is_empty() && took >= TOO_MUCH
}

/// Six digits are more than any measurement knows.
fn rounded(value: f64) -> f64 {
    format!("{value:.5e}").parse().unwrap_or(value)
}

/// Where Cargo puts what it builds.
pub(super) fn target_folder() -> PathBuf {
    let named = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| repository().join("target"));
    std::path::absolute(&folder).unwrap_or(folder)
}

/// The program of a package, built as it is released.
pub(super) fn built(package: &str, target: &Path) -> Result<PathBuf, Failure> {
    report::say(format_args!("building {package}"));
    let status = Command::new("cargo")
        .args(["build", "--quiet", "--release", "--locked", "--package", package])
        .current_dir(repository())
        .status();
    match status {
        Ok(status) if status.success() => Ok(target.join("release").join(package)),
        _ => Err(Failure::usage(format!("cannot build {package}"), "see what Cargo says above")),
    }
}

//! Generating one crate, in a process of its own: so that memory is its own, and a fault or a hang is that of one document.

use std::collections::HashSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use clap::Args;
use omise_generator::diagnostic::Diagnostics;
use omise_generator::load::METHODS;
use omise_generator::output::{self, Provenance, Tree};
use omise_generator::parallel;
use omise_generator::target::Target;
use omise_generator::{Model, emit};
use serde_json::Value;

use super::check::Workspace;
use super::documents::Entry;
use super::memory;
use super::row::Row;
use super::trip::{self, Trip};
use crate::failure::Failure;
use crate::report;
use crate::setup::SchemaArguments;

/// What the largest documents need.
pub(super) const BYTES_EACH: u64 = 2 << 30;
/// A document that takes longer hangs.
const LONGEST: Duration = Duration::from_secs(300);
/// Letters of a crate's name.
const LONGEST_NAME: usize = 48;
/// The exit code for input that cannot be used.
const UNREADABLE: i32 = 2;

/// How the process for one document is told what to do.
#[derive(Debug, Args)]
#[group(id = "measured")]
pub(super) struct Arguments {
    #[arg(long, hide = true, requires_all = ["into", "package"])]
    measure: Option<PathBuf>,
    #[arg(long, hide = true)]
    into: Option<PathBuf>,
    #[arg(long, hide = true)]
    package: Option<String>,
    #[arg(long, hide = true)]
    trip: Option<PathBuf>,
}

/// A document, and the crate it becomes.
pub(super) struct Work {
    document: PathBuf,
    into: PathBuf,
    package: String,
    /// Where the program goes that decodes and encodes values.
    trip: Option<PathBuf>,
}

impl Arguments {
    pub(super) fn work(&self) -> Option<Work> {
        let (document, into, package) = (self.measure.clone()?, self.into.clone()?, self.package.clone()?);
        Some(Work { document, into, package, trip: self.trip.clone() })
    }
}

/// Generates a crate and prints its row.
pub(super) fn run(work: &Work) -> Result<(), Failure> {
    let start = Instant::now();
    let mut setup = SchemaArguments::foreign(work.document.clone()).setup()?;
    setup.config.rust.package = Some(work.package.clone());
    setup.config.rust.workspace_member = true;
    let mut diagnostics = Diagnostics::default();
    let model = setup.model(&mut diagnostics)?;
    let emitted = emit(&model, &setup.config, &[Target::Rust], &mut diagnostics);
    report::diagnostics(&diagnostics, model.document.files(), setup.most);
    if diagnostics.has_errors() {
        return Err(Failure::Unreadable);
    }
    for emitted in &emitted {
        let provenance = Provenance::default();
        let tree = Tree { root: &work.into, files: &emitted.files, names: &emitted.names, provenance: &provenance };
        output::plan(&tree)?.apply()?;
    }
    let ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    let round_trip = match (&work.trip, emitted.first()) {
        (Some(folder), Some(emitted)) => {
            let written = trip::write(&work.document, &model, &emitted.names.types, &work.package, folder);
            // Values are made by a reader of its own, which is stricter about how documents are written.
            Some(written.unwrap_or_else(|error| {
                report::say(format_args!("no values: {error}"));
                Trip::default()
            }))
        }
        _ => None,
    };
    let row =
        Row { round_trip, ms, peak_bytes: memory::peak_memory(), warnings: diagnostics.warnings(), ..row(&model) };
    report::data(serde_json::to_string(&row).unwrap_or_default());
    Ok(())
}

/// What the model is like. A document of which an operation is missing has not been generated.
fn row(model: &Model) -> Row {
    let api = &model.lowered.api;
    let (typed_places, untyped) = places(model);
    let aliases = api.operations().filter(|(_, operation)| operation.alias_of.is_some()).count();
    let operations = api.operations().count() - aliases;
    let own = own_operations(model.document.raw());
    let error = (operations != own).then(|| format!("{operations} of {own} operations"));
    let types = api.types.len();
    Row { generated: error.is_none(), operations, types, typed_places, untyped, error, ..Row::default() }
}

/// Operations as the document lists them.
fn own_operations(document: &Value) -> usize {
    let items = document.get("paths").and_then(Value::as_object).into_iter().flatten();
    let items = items.filter(|(path, _)| path.starts_with('/'));
    items
        .map(|(_, item)| METHODS.iter().filter(|method| item.get(**method).is_some_and(Value::is_object)).count())
        .sum()
}

/// Places whose schema says what stands there, and how many of them are untyped all the same.
fn places(model: &Model) -> (usize, usize) {
    /// The last is what loading leaves where it could not keep what was said.
    const SAYING: [&str; 7] = ["type", "$ref", "oneOf", "anyOf", "allOf", "properties", "x-untyped"];
    let untyped: HashSet<&str> = model.lowered.untyped.iter().map(|place| place.pointer.as_str()).collect();
    let (mut typed_places, mut lost) = (0, 0);
    model.document.schemas(&mut |pointer, schema| {
        if SAYING.iter().any(|key| schema.get(key).is_some()) {
            typed_places += 1;
            lost += usize::from(untyped.contains(pointer));
        }
    });
    (typed_places, lost)
}

/// Generates a crate of each document, several at a time.
pub(super) fn all(
    entries: &[Entry],
    packages: &[String],
    workspace: &Workspace,
    at_once: usize,
) -> Result<Vec<Row>, Failure> {
    let program = std::env::current_exe()
        .map_err(|error| Failure::usage(format!("cannot find this program: {error}"), "run it by its path"))?;
    let progress = workspace.progress("generating", entries.len());
    let numbered: Vec<_> = entries.iter().zip(packages).collect();
    Ok(parallel::each(&numbered, at_once, |(entry, package)| {
        let row = one(entry, package, &program, workspace);
        progress.inc(1);
        row
    }))
}

/// A name for each crate, by which it can be recognised.
pub(super) fn packages(entries: &[Entry]) -> Vec<String> {
    let mut taken = HashSet::new();
    let name = |entry: &Entry| {
        let words = entry.file.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
        let words = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
        // What tells documents apart stands at the end; long names are cut.
        let end = words.get(words.len().saturating_sub(LONGEST_NAME)..).unwrap_or_default();
        let name = format!("api-{}", end.trim_start_matches('-'));
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        std::iter::once(name.clone()).chain(numbered).find(|name| taken.insert(name.clone())).unwrap_or(name)
    };
    entries.iter().map(name).collect()
}

fn one(entry: &Entry, package: &str, program: &Path, workspace: &Workspace) -> Row {
    let into = workspace.member(package);
    let log = workspace.log(package);
    let ended = File::create(&log).and_then(|stderr| {
        let mut command = Command::new(program);
        command.args(["corpus", "--package", package, "--measure"]).arg(&entry.path).arg("--into").arg(&into);
        if workspace.makes_trips {
            command.arg("--trip").arg(workspace.trip(package));
        }
        let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(stderr).spawn()?;
        wait(child)
    });
    let row = match ended {
        Ok((Some(status), text)) if status.success() => serde_json::from_slice(&text).unwrap_or_else(|_| Row {
            error: Some("the process for this document said nothing".to_owned()),
            ..Row::default()
        }),
        Ok((Some(status), _)) => Row {
            refused: status.code() == Some(UNREADABLE) && entry.is_valid != Some(true),
            error: Some(last_error(&log).unwrap_or_else(|| format!("the process ended with {status}"))),
            ..Row::default()
        },
        Ok((None, _)) => Row { error: Some(format!("no end after {} s", LONGEST.as_secs())), ..Row::default() },
        Err(error) => Row { error: Some(error.to_string()), ..Row::default() },
    };
    judged(entry, row)
}

/// Holds what came out against what an index says.
fn judged(entry: &Entry, mut row: Row) -> Row {
    row.file.clone_from(&entry.file);
    if let Some(own) = entry.operations.filter(|own| row.generated && *own != row.operations) {
        row.generated = false;
        row.error = Some(format!("{} of {own} operations", row.operations));
    }
    row
}

/// The status and output of a process; no status when it had to be stopped.
fn wait(mut child: Child) -> std::io::Result<(Option<ExitStatus>, Vec<u8>)> {
    let start = Instant::now();
    // What it says fits into a pipe: nobody need read while it runs.
    while child.try_wait()?.is_none() {
        if start.elapsed() > LONGEST {
            child.kill()?;
            child.wait()?;
            return Ok((None, Vec::new()));
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let output = child.wait_with_output()?;
    Ok((Some(output.status), output.stdout))
}

fn last_error(log: &Path) -> Option<String> {
    let text = fs::read_to_string(log).ok()?;
    text.lines().find(|line| line.starts_with("error")).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn entry(file: &str, operations: Option<usize>) -> Entry {
        Entry { file: file.to_owned(), path: PathBuf::new(), operations, is_valid: None }
    }

    #[test]
    fn crates_have_names_of_their_own() {
        let entries = ["a/B.yaml", "a-b.yaml", "1.json"].map(|file| entry(file, None));
        assert_eq!(packages(&entries), ["api-a-b-yaml", "api-a-b-yaml-2", "api-1-json"]);
    }

    #[test]
    fn a_skipped_operation_is_a_failure() {
        let row = Row { generated: true, operations: 2, ..Row::default() };
        assert!(judged(&entry("a", Some(2)), row.clone()).generated);
        assert!(judged(&entry("a", None), row.clone()).generated);
        let skipped = judged(&entry("a", Some(3)), row);
        assert_eq!((skipped.generated, skipped.error.as_deref()), (false, Some("2 of 3 operations")));
    }

    #[test]
    fn operations_are_counted_in_the_document() {
        let document =
            json!({"paths": {"/a": {"get": {}, "post": {}, "x-y": {}, "parameters": []}, "x-z": {"get": {}}}});
        assert_eq!(own_operations(&document), 2);
    }
}

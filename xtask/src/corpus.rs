//! `cargo xtask corpus`: how documents that nobody here wrote fare, each generated and compiled.

mod check;
mod documents;
mod measure;
mod memory;
mod row;
mod suppress;
mod trip;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread::available_parallelism;

use clap::{Args, ValueEnum};

use crate::failure::Failure;
use crate::report::{self, counted};
use crate::setup::repository;
use check::Workspace;
use documents::Entry;
use row::Row;
use suppress::Suppressions;

/// Generate Rust from every document of a folder, and compile it.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Folder of documents: those that its `index.json` names as `file` below `specs/`, else every YAML and JSON file.
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// How to show it.
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Only documents whose path contains this text.
    #[arg(long, value_name = "TEXT")]
    only: Vec<String>,
    /// Folder for the crates and what is built of them; `target/corpus` unless given.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Documents and crates worked on at once; as many as processors and memory allow unless given.
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Also run each crate: values of the document's schemas are decoded and encoded again.
    #[arg(long)]
    round_trip: bool,
    /// Documents that may fail, each with a reason.
    #[arg(long, value_name = "FILE")]
    suppressions: Option<PathBuf>,
    #[command(flatten)]
    one: measure::Arguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Table,
    /// For programs.
    Json,
}

/// Generates, compiles and reports. The answer is "no" when a document fares as it must not.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    if let Some(work) = arguments.one.work() {
        return measure::run(&work);
    }
    let folder = folder(arguments)?;
    let suppressions = Suppressions::read(arguments.suppressions.as_deref())?;
    let is_wanted = |entry: &Entry| {
        arguments.only.is_empty() || arguments.only.iter().any(|part| entry.file.contains(part.as_str()))
    };
    let entries: Vec<_> = documents::entries(&folder)?.into_iter().filter(is_wanted).collect();
    if entries.is_empty() {
        let message = format!("there is no document in {}", folder.display());
        return Err(Failure::usage(message, "give a folder of OpenAPI documents"));
    }
    let out = arguments.out.clone().unwrap_or_else(|| repository().join("target/corpus"));
    let workspace = Workspace::create(&out, arguments.round_trip)?;
    let packages = measure::packages(&entries);
    let mut rows = measure::all(&entries, &packages, &workspace, jobs(arguments, measure::BYTES_EACH))?;
    workspace.check(&packages, &mut rows, jobs(arguments, check::BYTES_EACH))?;
    if arguments.round_trip {
        workspace.travel(&packages, &mut rows, jobs(arguments, check::BYTES_EACH))?;
    }
    match arguments.format {
        Format::Table => report::data(row::table(&rows)),
        Format::Json => report::data(row::json(&rows)),
    }
    judge(&rows, &suppressions, arguments.only.is_empty())
}

fn folder(arguments: &Arguments) -> Result<PathBuf, Failure> {
    let default = || repository().join("../shared/corpus");
    let folder = arguments.folder.clone().unwrap_or_else(default);
    if folder.is_dir() {
        return Ok(folder);
    }
    Err(Failure::usage(
        format!("there is no folder {}", folder.display()),
        "give a folder of OpenAPI documents: cargo xtask corpus DIR",
    ))
}

/// How many may work at once when each takes that much memory.
fn jobs(arguments: &Arguments, bytes_each: u64) -> usize {
    let processors = available_parallelism().map_or(1, NonZeroUsize::get);
    let fitting = memory::free_memory().map_or(processors, |free| usize::try_from(free / bytes_each).unwrap_or(1));
    arguments.jobs.map_or_else(|| processors.min(fitting).max(1), NonZeroUsize::get)
}

fn judge(rows: &[Row], suppressions: &Suppressions, all: bool) -> Result<(), Failure> {
    let failed: Vec<&Row> = rows.iter().filter(|row| row.failed()).collect();
    for row in &failed {
        let reason =
            suppressions.reason(&row.file).map(|reason| format!(" (suppressed: {reason})")).unwrap_or_default();
        report::say(format_args!("{}{reason}: {}", row.file, report::safe(row.error.as_deref().unwrap_or_default())));
    }
    if all {
        let has_failed = |file: &str| failed.iter().any(|row| row.file == file);
        for file in suppressions.files().filter(|file| !has_failed(file)) {
            report::say(format_args!("{file} is suppressed, and has not failed"));
        }
    }
    let count = failed.iter().filter(|row| suppressions.reason(&row.file).is_none()).count();
    report::say(row::summary(rows));
    match count {
        0 => Ok(()),
        _ => Err(Failure::No(format!("{} failed", counted(count, "document")))),
    }
}

//! `cargo xtask bench`: how fast the generator is and what it emits, beside others; `docs/benchmarks.md` says how to repeat it.

mod budgets;
mod claims;
mod compare;
mod compile;
mod generation;
mod growth;
mod install;
mod machine;
mod part;
mod plan;
mod plot;
mod process;
mod program;
mod quick;
mod results;
mod row;
mod run_time;
mod session;
mod synthetic;
mod table;

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::failure::Failure;
use session::{Session, Wanted};

/// Measure the generator and what it emits, beside other generators.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Measure only rows whose `group/name/input/tool/metric` contains this text; the others keep what was measured before.
    #[arg(long, value_name = "TEXT")]
    only: Vec<String>,
    /// Leave out what was already measured at this commit, so that a run that was interrupted goes on.
    #[arg(long)]
    resume: bool,
    /// Measure three ratios again: exit with 1 if one differs more than twofold from the committed one.
    #[arg(long, conflicts_with_all = ["only", "resume"])]
    quick: bool,
    /// Compare with `bench/budgets.toml`: exit with 1 if a budget is exceeded by more than 5 %.
    #[arg(
        long, value_name = "WHICH", value_enum, num_args = 0..=1, default_missing_value = "all", require_equals = true,
        conflicts_with_all = ["only", "resume", "quick"]
    )]
    budgets: Option<budgets::Which>,
    /// Write what is found into `bench/budgets.toml`.
    #[arg(long, requires = "budgets")]
    accept: bool,
    /// Folder of real documents; that which developers keep beside the repository unless given.
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Folder that the other generators are in; `target/peers` unless given.
    #[arg(long, value_name = "DIR")]
    peers: Option<PathBuf>,
    /// Where the results go; `bench/results.json` unless given.
    #[arg(long, value_name = "FILE")]
    results: Option<PathBuf>,
    #[command(subcommand)]
    step: Option<Step>,
}

#[derive(Debug, Subcommand)]
enum Step {
    /// Install the other generators from public registries.
    Install,
    /// Write the tables and plots again from what was measured.
    Table,
    /// Do a part of the work, in a process whose time and memory are seen.
    #[command(hide = true, subcommand)]
    Part(part::Part),
}

/// Measures, and writes what was measured.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    if let Some(which) = arguments.budgets {
        return budgets::run(which, arguments.accept);
    }
    let file = arguments.results.clone().unwrap_or_else(results::committed);
    match &arguments.step {
        Some(Step::Install) => return install::run(arguments.peers.clone()),
        Some(Step::Table) => return table::write_all(&results::Results::read(&file)?),
        Some(Step::Part(part)) => return part::run(part),
        None => {}
    }
    let wanted = |only: Vec<String>, file: PathBuf| Wanted {
        only,
        resumes: arguments.resume,
        corpus: arguments.corpus.clone(),
        peers: arguments.peers.clone(),
        file,
    };
    if arguments.quick {
        return quick::run(&results::Results::read(&file)?, wanted);
    }
    let mut session = Session::start(wanted(arguments.only.clone(), file))?;
    all(&mut session)?;
    session.save()?;
    table::write_all(&session.results)
}

/// Every group, those first that need little.
fn all(session: &mut Session) -> Result<(), Failure> {
    generation::run(session)?;
    compare::run(session)?;
    run_time::run(session)?;
    growth::run(session)?;
    compile::run(session)?;
    program::run(session)
}

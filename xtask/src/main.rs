//! The command line of the SDK's maintainer: `generate`, `fetch`, `inspect`, `diff`, `docs`, `mock`; and
//! `diff-score`, `corpus` and `bench` for its developers.
//!
//! What people read goes to standard error, data to standard output. Exit codes: 0 fine; 1 the answer is "no"
//! (`--check` found differences, `--strict` found warnings,
//! `diff` found what `--fail-on` names); 2 bad usage or unreadable input; 3 an I/O or internal failure.

mod bench;
mod corpus;
mod diff;
mod docs;
mod failure;
mod fault;
mod fetch;
mod generate;
mod inspect;
mod mock;
mod report;
mod setup;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;

/// Documents are trees of many small pieces: a third of all time went to the system's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// From Omise's OpenAPI schema to SDKs.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version, disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Emit SDKs from a schema.
    Generate(generate::Arguments),
    /// Fetch the schema from the API that serves it.
    Fetch(fetch::Arguments),
    /// Show the model made of a schema.
    Inspect(inspect::Arguments),
    /// Say what a new document breaks for those who use the old one.
    Diff(diff::Arguments),
    /// Write the documentation site, serve it, or say in it what changed.
    Docs(docs::Arguments),
    /// Serve a mock of the API that checks every call.
    Mock(mock::Arguments),
    /// Score the comparison against cases with known findings: for developers of the generator.
    DiffScore(diff::score::Arguments),
    /// Generate and compile every document of a folder: for developers of the generator.
    Corpus(corpus::Arguments),
    /// Measure the generator and what it emits, beside other generators: for developers of the generator.
    Bench(bench::Arguments),
}

fn main() -> ExitCode {
    fault::quiet();
    fault::caught(run)
}

fn run() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Fetch(arguments) => fetch::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Docs(arguments) => docs::run(&arguments),
        Command::Mock(arguments) => mock::run(&arguments),
        Command::DiffScore(arguments) => diff::score::run(&arguments),
        Command::Corpus(arguments) => corpus::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            report::failure(&failure);
            ExitCode::from(failure.code())
        }
    }
}

//! `cargo xtask fetch`: the schema from the API that serves it, into the schema's folder.
//!
//! ```text
//! configuration → request → reply → the pipeline reads it → what changes → schema, then lock
//! ```
//!
//! Whatever goes wrong before the last step changes nothing on disk.

mod address;
mod body;
mod change;
mod http;
mod key;
mod lock;
mod plan;
mod problem;
mod progress;
mod refusal;
mod retry;
mod take;

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use omise_generator::load::Source;

use crate::failure::Failure;
use crate::report;
use crate::setup::{SchemaArguments, Setup, shown};
use http::{Ask, Reply};
use lock::Folder;
use plan::Plan;
use take::Take;

/// Fetch the schema from the API that serves it.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Configuration, whose `[fetch]` says where the schema is; Omise's unless given.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// API version to ask for.
    #[arg(long, value_name = "V")]
    api_version: Option<String>,
    /// Address to ask instead of the configured one. Another server gets no key unless --key-env names one.
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Environment variable that holds the key.
    #[arg(long, value_name = "NAME")]
    key_env: Option<String>,
    /// File to write instead of the configured one; the lock is written beside it.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Largest document to accept, in bytes.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    max_bytes: Option<u64>,
    /// Replace a file that was edited since it was fetched, or that is no OpenAPI document.
    #[arg(long)]
    force: bool,
}

const MAX_BYTES: u64 = 32 << 20;
const STALL: u64 = 30;
const TOTAL: u64 = 300;

/// Fetches, looks, and writes.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let setup = SchemaArguments::of(arguments.config.clone()).setup()?;
    let config = &setup.config.fetch;
    let plan = Plan::new(arguments, config)?;
    let out = out_file(arguments, &setup)?;
    let folder = Folder::read(out.clone(), arguments.force)?;
    let ask = Ask {
        address: &plan.address,
        key: plan.key.as_ref(),
        key_env: plan.key_env.as_deref(),
        known: plan.known(&folder),
        max_bytes: arguments.max_bytes.or(config.max_bytes).unwrap_or(MAX_BYTES),
        stall: Duration::from_secs(config.stall_seconds.unwrap_or(STALL)),
        total: Duration::from_secs(config.total_seconds.unwrap_or(TOTAL)),
        errors: setup.config.errors.as_ref(),
    };
    match http::get(&ask)? {
        Reply::Unchanged => {
            report::say(format_args!("{} is unchanged since it was fetched", shown(&out).display()));
            Ok(())
        }
        Reply::Body(fetched) => {
            Take { plan: &plan, setup: &setup, folder: &folder, out: &out, force: arguments.force }.take(&fetched)
        }
    }
}

/// The file that is written.
fn out_file(arguments: &Arguments, setup: &Setup) -> Result<PathBuf, Failure> {
    let configured = || setup.config.fetch.out.as_ref().map(|out| setup.folder.join(out));
    let schema = || match &setup.input.schema {
        Source::Path(path) => Some(path.clone()),
        Source::Bytes { .. } | Source::Within { .. } => None,
    };
    let refuse = |what: String| Err(Failure::usage(what, "name the file to write with --out, such as openapi.yaml"));
    match arguments.out.clone().or_else(configured).or_else(schema) {
        None => refuse("nothing says which file to write".to_owned()),
        Some(out) if out.is_dir() => refuse(format!("{} is a folder", out.display())),
        Some(out) if out.extension().is_some_and(|extension| extension == lock::EXTENSION) => {
            refuse(format!("{} is where the lock would be", out.display()))
        }
        Some(out) => Ok(out),
    }
}

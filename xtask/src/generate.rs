//! `cargo xtask generate`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use globset::{Glob, GlobSet, GlobSetBuilder};
use omise_generator::config::Config;
use omise_generator::diagnostic::Diagnostics;
use omise_generator::ir::Api;
use omise_generator::output::{self, Plan, Provenance, Summary, Tree};
use omise_generator::target::{Emitted, Target};
use omise_generator::{Model, emit};
use walkdir::WalkDir;

use crate::failure::Failure;
use crate::report::{self, counted};
use crate::setup::{SchemaArguments, Setup, shown};

/// Emit SDKs from a schema.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Targets to emit; those of the configuration unless given.
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
    #[command(flatten)]
    schema: SchemaArguments,
    /// Folder of templates to use instead of the built-in ones.
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// Folder to write to; each target gets a folder of its name there, standing alone.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Touch only the files whose path below the target's folder matches.
    #[arg(long, value_name = "GLOB")]
    only: Vec<String>,
    /// Write nothing; show what would change and exit with 1 if anything would.
    #[arg(long)]
    check: bool,
    /// Let warnings fail: exit with 1 and write nothing.
    #[arg(long)]
    strict: bool,
}

/// Runs the pipeline and writes, or compares, what comes out.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let start = Instant::now();
    let mut setup = arguments.schema.setup()?;
    let out = out_folder(arguments, &mut setup)?;
    if let Some(folder) = &arguments.templates {
        setup.config.templates = templates(folder)?;
    }
    let targets = targets(&arguments.targets, &setup.config)?;
    let only = only(&arguments.only)?;
    let (model, emitted) = emitted(arguments, &setup, &targets)?;
    let api = &model.lowered.api;
    let provenance = Provenance {
        generator: env!("CARGO_PKG_VERSION").to_owned(),
        title: api.info.title.clone(),
        version: api.info.version.clone(),
    };
    // Every target is compared before any is written.
    let compare = |emitted: &Emitted| {
        let root = out.join(emitted.target.name());
        output::plan(&Tree { root: &root, files: &emitted.files, provenance: &provenance, only: only.as_ref() })
    };
    let plans = emitted.iter().map(compare).collect::<Result<Vec<_>, _>>()?;
    if arguments.check {
        return check(&emitted, &plans, start);
    }
    for (emitted, plan) in emitted.iter().zip(plans) {
        let done = plan.apply()?;
        report::say(summary(api, emitted, &out, done, start));
    }
    Ok(())
}

/// Shows what would change. The answer is "no" if anything would.
fn check(emitted: &[Emitted], plans: &[Plan], start: Instant) -> Result<(), Failure> {
    let mut differing = 0;
    for (emitted, plan) in emitted.iter().zip(plans) {
        report::diff(&plan.diff(&format!("{}/", emitted.target.name())));
        differing += plan.differing();
    }
    match differing {
        0 => {
            report::say(format_args!("nothing to change ({} ms)", start.elapsed().as_millis()));
            Ok(())
        }
        count => {
            let (differing, verb) = (counted(count, "file"), if count == 1 { "is" } else { "are" });
            Err(Failure::No(format!(
                "{differing} {verb} not what the schema gives; `cargo xtask generate` writes them"
            )))
        }
    }
}

/// The model and its files; with `--strict`, only when there is nothing to warn of.
fn emitted(arguments: &Arguments, setup: &Setup, targets: &[Target]) -> Result<(Model, Vec<Emitted>), Failure> {
    let mut diagnostics = Diagnostics::default();
    let model = setup.model(&mut diagnostics)?;
    let files = emit(&model, &setup.config, targets, &mut diagnostics);
    report::diagnostics(&diagnostics, model.document.files());
    if diagnostics.has_errors() {
        return Err(Failure::Unreadable);
    }
    let warnings = counted(diagnostics.warnings(), "warning");
    match diagnostics.warnings() {
        0 => {}
        _ if arguments.strict => return Err(Failure::No(format!("{warnings}, and --strict: nothing was written"))),
        _ => report::say(warnings),
    }
    Ok((model, files))
}

/// Where output goes. A folder of the user's own gets output that stands alone.
fn out_folder(arguments: &Arguments, setup: &mut Setup) -> Result<PathBuf, Failure> {
    if let Some(out) = &arguments.out {
        setup.config.rust.workspace_member = false;
        return Ok(out.clone());
    }
    if setup.is_foreign {
        return Err(Failure::usage("--schema needs --out", "say where the SDK goes: --out DIR"));
    }
    match &setup.config.out {
        Some(out) => Ok(setup.folder.join(out)),
        None => Err(Failure::usage("the configuration names no output folder", "add `out = \"…\"`, or give --out DIR")),
    }
}

/// The templates of a folder, by their path below it.
fn templates(folder: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let unusable =
        |what: String| Failure::usage(format!("--templates: {what}"), "give a folder laid out like `templates/`");
    let mut found = BTreeMap::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| unusable(error.to_string()))?;
        let Ok(path) = entry.path().strip_prefix(folder) else { continue };
        if path.extension().is_some_and(|extension| extension == "tera") {
            let text = std::fs::read_to_string(entry.path())
                .map_err(|error| unusable(format!("cannot read {}: {error}", entry.path().display())))?;
            let segments: Vec<_> = path.iter().map(|segment| segment.to_string_lossy()).collect();
            found.insert(segments.join("/"), text);
        }
    }
    if found.is_empty() {
        return Err(unusable(format!("{} holds no template", folder.display())));
    }
    Ok(found)
}

fn targets(named: &[String], config: &Config) -> Result<Vec<Target>, Failure> {
    let names = if named.is_empty() { &config.targets } else { named };
    if names.is_empty() {
        return Ok(vec![Target::Rust]);
    }
    let known = || Target::ALL.iter().map(|target| target.name()).collect::<Vec<_>>().join(", ");
    let find = |name: &String| {
        Target::named(name).ok_or_else(|| {
            Failure::usage(format!("there is no target `{name}`"), format!("known targets: {}", known()))
        })
    };
    names.iter().map(find).collect()
}

fn only(globs: &[String]) -> Result<Option<GlobSet>, Failure> {
    if globs.is_empty() {
        return Ok(None);
    }
    let unusable =
        |error: globset::Error| Failure::usage(format!("--only: {error}"), "globs look like `src/types/*.rs`");
    let mut set = GlobSetBuilder::new();
    for glob in globs {
        set.add(Glob::new(glob).map_err(unusable)?);
    }
    set.build().map(Some).map_err(unusable)
}

/// What was done, in one line.
fn summary(api: &Api, emitted: &Emitted, out: &Path, done: Summary, start: Instant) -> String {
    let root = out.join(emitted.target.name());
    let root = root.canonicalize().unwrap_or(root);
    format!(
        "{}: {}, {}, {} ({} written, {} unchanged, {} removed) in {} after {} ms",
        emitted.target.name(),
        counted(api.operations().count(), "operation"),
        counted(api.types.len(), "type"),
        counted(emitted.files.len(), "file"),
        done.written,
        done.unchanged,
        done.removed,
        shown(&root).display(),
        start.elapsed().as_millis(),
    )
}

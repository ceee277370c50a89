//! `cargo xtask docs`: the documentation site, for reading here and for publishing.

mod serve;
mod watch;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use clap::Args;
use omise_generator::config::Changes;
use omise_generator::diagnostic::Diagnostics;
use omise_generator::diff::{Notice, Options, compare_models};
use omise_generator::output::{self, Tree};
use omise_generator::target::{Emitted, Target};
use omise_generator::{Model, emit};

use crate::diff::{self, Side};
use crate::failure::Failure;
use crate::generate;
use crate::report::{self, counted};
use crate::setup::{SchemaArguments, Setup, repository};

/// Write the documentation site; show it, or say in it what changed.
#[derive(Clone, Debug, Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    schema: SchemaArguments,
    /// Folder of the site; `target/docs` unless given. `cargo xtask generate` writes the committed one.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Templates used instead of the built-in ones.
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// An older document: a file, `-` for standard input, or `git:REV:PATH`. Pages show what changed since.
    #[arg(long, value_name = "OLD")]
    since: Option<String>,
    /// Open the site in a browser.
    #[arg(long)]
    open: bool,
    /// Serve the site on this machine, and make it anew when the schema, a guide or a template changes.
    #[arg(long)]
    serve: bool,
    /// Port to serve at; a free one unless given.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, requires = "serve")]
    port: u16,
}

/// Makes the site, and shows it.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    if arguments.serve {
        return serve::run(arguments);
    }
    let start = Instant::now();
    let (setup, emitted) = site(arguments)?;
    let out = arguments.out.clone().unwrap_or_else(|| repository().join("target/docs"));
    let provenance = output::Provenance {
        generator: env!("CARGO_PKG_VERSION").to_owned(),
        title: setup.config.docs.title.clone().unwrap_or_default(),
        ..output::Provenance::default()
    };
    let plan =
        output::plan(&Tree { root: &out, files: &emitted.files, names: &emitted.names, provenance: &provenance })?;
    plan.apply()?;
    report::say(format_args!(
        "{} in {} after {} ms",
        counted(emitted.files.len(), "file"),
        out.display(),
        start.elapsed().as_millis()
    ));
    match arguments.open {
        true => show(&out.join("index.html").to_string_lossy()),
        false => Ok(()),
    }
}

/// The site in memory. What is wrong has been printed.
fn site(arguments: &Arguments) -> Result<(Setup, Emitted), Failure> {
    let mut setup = arguments.schema.setup()?;
    if let Some(folder) = &arguments.templates {
        setup.config.templates = generate::templates(folder)?;
    }
    generate::documentation(&mut setup)?;
    let mut diagnostics = Diagnostics::default();
    setup.input.keeps_written = arguments.since.is_some();
    let model = setup.model(&mut diagnostics)?;
    if let Some(old) = &arguments.since {
        setup.config.docs.changes = Some(changes(old, &model, &setup)?);
    }
    let mut emitted = emit(&model, &setup.config, &[Target::Docs], &mut diagnostics);
    report::diagnostics(&diagnostics, model.document.files(), setup.most);
    match emitted.pop() {
        Some(emitted) if !diagnostics.has_errors() => Ok((setup, emitted)),
        _ => Err(Failure::Unreadable),
    }
}

/// What changed since an older document, read with the same configuration and overlays.
fn changes(old: &str, new: &Model, setup: &Setup) -> Result<Changes, Failure> {
    let overlays = setup.overlay_files();
    let before = diff::read(&Side::parse(old), &overlays, &setup.config, setup.most)?;
    let options = Options { today: diff::today(), notice: Notice::default() };
    let found = compare_models(&before, new, &setup.config, options);
    let version = before.lowered.api.info.version.clone();
    let since = if version == new.lowered.api.info.version { format!("{version} ({old})") } else { version };
    Ok(Changes::of(&found, &since, Arc::new(before.lowered.api)))
}

/// Opens an address or a file in the reader's browser.
fn show(target: &str) -> Result<(), Failure> {
    open::that_detached(target).map_err(|error| {
        Failure::usage(format!("no browser can be opened: {error}"), format!("open {target} yourself"))
    })
}

/// The folder of templates whose changes are watched: the one given, or this repository's own.
fn templates(given: Option<&Path>) -> Option<PathBuf> {
    let own = repository().join("templates");
    given.map(Path::to_owned).or_else(|| own.join("docs").is_dir().then_some(own))
}

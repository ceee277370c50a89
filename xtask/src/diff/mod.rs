//! `cargo xtask diff`: what a new document does to those who use the old one.

mod side;

pub(crate) mod score;

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, ValueEnum};
use omise_generator::Model;
use omise_generator::config::Config;
use omise_generator::diagnostic::Diagnostics;
use omise_generator::diff::report::{Report, github, html, json, markdown, text};
use omise_generator::diff::{Allow, Date, Diff, Notice, Options, Stale, compare_models};
use omise_generator::load::Document;
use omise_generator::lower::lower;

use crate::failure::Failure;
use crate::report;
use crate::setup::SchemaArguments;

use side::Side;

/// Say what a new document breaks for those who use the old one.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The old document: a file, `-` for standard input, or `git:REV:PATH`.
    old: String,
    /// The new document.
    new: String,
    /// How to show it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// What the command fails on, with exit code 1.
    #[arg(long, value_enum, default_value_t = FailOn::Breaking, value_name = "WHAT")]
    fail_on: FailOn,
    /// Changes that were agreed to.
    #[arg(long, value_name = "FILE")]
    allow: Option<PathBuf>,
    /// Configuration whose overlays apply to both documents; none unless given, or unless a document is the one it names.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Overlay to apply to both documents, in order; with the configuration's own, after them.
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// Say how each verdict comes about.
    #[arg(long)]
    explain: bool,
    /// Days that must lie between a deprecation and its sunset.
    #[arg(long, value_name = "DAYS", default_value_t = 0)]
    notice: i64,
    /// Print every problem of a document that cannot be read, not only the first ten of each kind.
    #[arg(long)]
    all_problems: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For release notes.
    Markdown,
    /// One page for a browser.
    Html,
    /// Annotations of GitHub Actions.
    Github,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// A change that breaks old clients, or code of users.
    Breaking,
    /// Any change.
    Any,
    /// Nothing.
    Never,
}

/// Prints what is different.
pub(crate) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let (old, new) = (Side::parse(&arguments.old), Side::parse(&arguments.new));
    if old == Side::Input && new == Side::Input {
        return Err(Failure::usage("both documents are `-`", "standard input is read once: give a file for one"));
    }
    let allow = arguments.allow.as_deref().map(allow).transpose()?.unwrap_or_default();
    let (config, overlays) = setting(arguments, &[&old, &new])?;
    let most = if arguments.all_problems { usize::MAX } else { report::MOST };
    let (before, after) = (old.load(&overlays, most)?, new.load(&overlays, most)?);
    let today = today();
    let notice = Notice { beta: arguments.notice, stable: arguments.notice };
    let (before, after) = (model(before, &config, most)?, model(after, &config, most)?);
    let mut diff = compare_models(&before, &after, &config, Options { today, notice });
    allow.apply(&mut diff, today).iter().for_each(stale);
    print(arguments, &diff);
    verdict(arguments.fail_on, &diff)
}

fn print(arguments: &Arguments, diff: &Diff) {
    let of = Report { diff, old: &arguments.old, new: &arguments.new, explain: arguments.explain };
    match arguments.format {
        Format::Text => report::data(text(&of)),
        Format::Json => report::data(format_args!("{:#}", json(&of))),
        Format::Markdown => report::data(markdown(&of)),
        Format::Html => report::data(html(&of)),
        Format::Github => report::data(github(&of)),
    }
}

fn verdict(fail_on: FailOn, diff: &Diff) -> Result<(), Failure> {
    match fail_on {
        FailOn::Breaking if diff.is_breaking() => {
            Err(Failure::No("the new document breaks what uses the old one".into()))
        }
        FailOn::Any if diff.is_different() => Err(Failure::No("the documents differ".into())),
        _ => Ok(()),
    }
}

/// The configuration and the overlays for both documents: those that were given, or those of the configuration that
/// names one of the documents.
fn setting(arguments: &Arguments, sides: &[&Side]) -> Result<(Config, Vec<PathBuf>), Failure> {
    let (config, mut overlays) = match &arguments.config {
        Some(config) => SchemaArguments::of(Some(config.clone())).overlays()?,
        None => {
            let own = SchemaArguments::of(None);
            match own.schema_file() {
                Some(schema) if sides.iter().any(|side| side.is(&schema)) => {
                    let (config, overlays) = own.overlays()?;
                    overlays.iter().for_each(|overlay| report::say(format_args!("with {}", overlay.display())));
                    (config, overlays)
                }
                _ => (Config::default(), Vec::new()),
            }
        }
    };
    overlays.extend(arguments.overlay.iter().cloned());
    Ok((config, overlays))
}

/// The model of a document. When there is none, what is wrong has been printed.
fn model(document: Document, config: &Config, most: usize) -> Result<Model, Failure> {
    let mut diagnostics = Diagnostics::default();
    let lowered = lower(&document, config, &mut diagnostics);
    if diagnostics.has_errors() {
        report::diagnostics(&diagnostics, document.files(), most);
        return Err(Failure::Unreadable);
    }
    Ok(Model { document, lowered })
}

fn allow(path: &Path) -> Result<Allow, Failure> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::usage(format!("cannot read {shown}: {error}"), "--allow names a TOML file; docs/diff.md explains it")
    })?;
    Allow::read(&text).map_err(|error| {
        let line = error.line.map(|line| format!(":{line}")).unwrap_or_default();
        Failure::usage(format!("{shown}{line}: {}", report::safe(&error.message)), error.help)
    })
}

fn stale(stale: &Stale) {
    let entry = report::safe(&stale.entry);
    if stale.is_expired {
        report::say(format_args!("the entry `{entry}` has expired and allows nothing"));
    } else {
        report::say(format_args!("the entry `{entry}` matches no change and can go"));
    }
}

/// Today, in UTC.
pub(crate) fn today() -> Date {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or_default();
    Date::from_unix(seconds).unwrap_or_default()
}

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
use omise_generator::diff::{Allow, Date, Diff, Notice, Options, SourceDiff, Stale, compare_models};
use omise_generator::load::Document;
use omise_generator::lower::{Lowered, lower};

use crate::failure::Failure;
use crate::report;
use crate::setup::SchemaArguments;

pub(crate) use side::Side;
use side::Unusable;

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
    let (before, after) = both(|| old.read(&overlays), || new.read(&overlays));
    let tell = |unusable: Unusable| unusable.tell(most);
    let ((before, unread_before), (after, unread_after)) = (before.map_err(tell)?, after.map_err(tell)?);
    report::diagnostics(&unread_before, before.files(), most);
    report::diagnostics(&unread_after, after.files(), most);
    let today = today();
    let notice = Notice { beta: arguments.notice, stable: arguments.notice };
    let mut diff = if after.is_copy_of(&before) {
        // Whether there is a model of it is to be known all the same.
        let made = made(&before, &config);
        model(before, made).map_err(tell)?;
        Diff { source: Some(SourceDiff::default()), ..Diff::default() }
    } else {
        let (old, new) = both(|| made(&before, &config), || made(&after, &config));
        let (before, after) = (model(before, old).map_err(tell)?, model(after, new).map_err(tell)?);
        let diff = compare_models(&before, &after, &config, Options { today, notice });
        // They end with the program, which need not take them apart first.
        std::mem::forget((before, after));
        diff
    };
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

/// What lowering makes of a document, and what it says.
type Made = (Lowered, Diagnostics);

fn made(document: &Document, config: &Config) -> Made {
    let mut diagnostics = Diagnostics::default();
    (lower(document, config, &mut diagnostics), diagnostics)
}

/// The model of a document, if nothing is wrong with it.
fn model(document: Document, (lowered, diagnostics): Made) -> Result<Model, Unusable> {
    match diagnostics.has_errors() {
        true => Err(Unusable::Document(diagnostics, Box::new(document))),
        false => Ok(Model { document, lowered }),
    }
}

/// Stack of a thread that walks documents: as much as the program's own has.
const STACK: usize = 8 << 20;

/// Does the work for both sides at the same time, or one after the other where no thread can be had.
fn both<T: Send>(old: impl FnOnce() -> T, new: impl Fn() -> T + Sync) -> (T, T) {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, &new);
        let old = old();
        let new = match thread {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(_) => new(),
        };
        (old, new)
    })
}

/// The model of one side, read for a comparison. What is wrong with it has been printed.
pub(crate) fn read(side: &Side, overlays: &[PathBuf], config: &Config, most: usize) -> Result<Model, Failure> {
    let tell = |unusable: Unusable| unusable.tell(most);
    let (document, unread) = side.read(overlays).map_err(tell)?;
    report::diagnostics(&unread, document.files(), most);
    let made = made(&document, config);
    model(document, made).map_err(tell)
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

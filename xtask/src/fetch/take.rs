//! What becomes of a reply: it is read as the pipeline will read it, compared with what is there, and written.

use std::path::Path;

use omise_generator::Model;
use omise_generator::diagnostic::Diagnostics;
use omise_generator::diff::report::{Report, brief};
use omise_generator::diff::{Notice, Options, compare_models};
use omise_generator::load::{Input, Source, load_or_files};
use omise_generator::lower::lower;

use crate::diff::today;
use crate::failure::Failure;
use crate::report::{self, counted};
use crate::setup::{Setup, shown};

use super::change::{self, Facts};
use super::http::Fetched;
use super::lock::{Folder, Lock, State};
use super::plan::Plan;
use super::problem::{NOT_A_DOCUMENT, NOT_OURS, Problem};
use super::refusal;

/// A reply on its way to the disk.
pub(super) struct Take<'a> {
    pub(super) plan: &'a Plan,
    pub(super) setup: &'a Setup,
    pub(super) folder: &'a Folder,
    pub(super) out: &'a Path,
    /// Replace what would be lost.
    pub(super) force: bool,
}

/// Why a document cannot be used: the problems as they are printed.
struct Unreadable(Vec<String>);

impl Take<'_> {
    /// Writes the reply if it is a document, and says what that changes.
    pub(super) fn take(&self, fetched: &Fetched) -> Result<(), Failure> {
        self.check(fetched)?;
        let (new_model, new) = self.read(&fetched.bytes).map_err(|unreadable| {
            // It can be read by itself, so an overlay is at fault, or it is beyond what can be modelled.
            self.report(&unreadable);
            Failure::Unreadable
        })?;
        let lock = Lock { etag: fetched.etag.clone(), ..self.lock(new.version(), &fetched.bytes) };
        if self.folder.bytes.as_ref() == Some(&fetched.bytes) {
            return self.keep(&lock);
        }
        let old = self.folder.bytes.as_ref().and_then(|bytes| self.read(bytes).ok());
        let lost = self.lost(old.is_some()).filter(|_| !self.force);
        let verb = if lost.is_some() { "would be replaced by" } else { "fetched" };
        let size = counted(fetched.bytes.len(), "byte");
        report::say(format_args!("{verb} {size} from {}", self.plan.url));
        report::say(report::safe(&self.hide(&change::summary(old.as_ref().map(|(_, old)| old), &new))));
        if let Some((old, _)) = &old {
            report::say(report::safe(&self.hide(&self.verdicts(old, &new_model))));
        }
        if let Some(problem) = lost {
            return Err(problem.into());
        }
        self.folder.write(&fetched.bytes, &lock)?;
        report::say(format_args!("wrote {} and {}", shown(self.out).display(), self.lock_name()));
        report::say("next: `cargo xtask generate`, answer its warnings in the overlay, and read `git diff`");
        Ok(())
    }

    /// What the new document breaks, in short.
    fn verdicts(&self, old: &Model, new: &Model) -> String {
        let options = Options { today: today(), notice: Notice::default() };
        let diff = compare_models(old, new, &self.setup.config, options);
        brief(&Report { diff: &diff, old: "", new: "", explain: false })
    }

    /// The bytes are those on disk. The lock is written only when it tells of something else.
    fn keep(&self, lock: &Lock) -> Result<(), Failure> {
        let name = shown(self.out);
        let why = match &self.folder.lock {
            Some(known) if known == lock => {
                report::say(format_args!("{} is unchanged: the server sent the same bytes", name.display()));
                return Ok(());
            }
            Some(known) if known.sha256 != lock.sha256 => "told of another document, as after a fetch that was cut off",
            Some(known) if known.etag != lock.etag => "told of another ETag",
            Some(_) => "told of another origin",
            None => "was missing",
        };
        self.folder.write(self.folder.bytes.as_deref().unwrap_or_default(), lock)?;
        let lock = self.lock_name();
        report::say(format_args!("{} is what the server sends; wrote {lock}, which {why}", name.display()));
        Ok(())
    }

    /// What would be lost by writing, for which the user has to ask twice. `is_read`: what is there is a document.
    fn lost(&self, is_read: bool) -> Option<Problem> {
        let name = shown(self.out).display().to_string();
        let is_blank = self.folder.bytes.as_ref().is_none_or(|bytes| bytes.trim_ascii().is_empty());
        match self.folder.state() {
            State::Absent | State::Fetched => None,
            State::Edited => Some(
                Problem::input(NOT_OURS, format!("{name} was edited since it was fetched; it was left as it is"))
                    .help("keep what you changed, as actions of an overlay, and fetch again with --force"),
            ),
            State::Unknown if is_read || is_blank => None,
            State::Unknown => Some(
                Problem::input(NOT_OURS, format!("{name} is no OpenAPI document; it was left as it is"))
                    .help("name another file with --out, or replace this one with --force"),
            ),
        }
    }

    /// Refuses what is no document, and says what it is instead. Overlays are left out: they could add to an empty
    /// reply what makes it look like one.
    fn check(&self, fetched: &Fetched) -> Result<(), Failure> {
        let refuse = |what: String| {
            Problem::input(NOT_A_DOCUMENT, format!("the reply is {}", self.hide(&what)))
                .help("nothing was written; check the address, --api-version and the key")
        };
        if let Some(what) = refusal::what(&fetched.bytes, fetched.content_type.as_deref()) {
            return Err(refuse(format!("{what}, not an OpenAPI document")).into());
        }
        let mut diagnostics = Diagnostics::default();
        let input = Input { schema: self.source(&fetched.bytes), ..Input::default() };
        match load_or_files(&input, &mut diagnostics) {
            // Only what is written has a place of its own.
            Ok(document) if document.origin("/paths").pointer == "/paths" => Ok(()),
            Ok(_) => Err(refuse("an OpenAPI document that ends before it describes anything".to_owned()).into()),
            Err(files) => {
                if let Some(said) = refusal::api_error(&fetched.bytes, self.setup.config.errors.as_ref()) {
                    return Err(refuse(format!("an error of the API, not an OpenAPI document: {said}")).into());
                }
                self.report(&Unreadable(report::rendered(&diagnostics, &files, report::MOST)));
                Err(refuse("not an OpenAPI document that can be read".to_owned()).into())
            }
        }
    }

    /// A document with the configured overlays, as a model and as what it amounts to.
    fn read(&self, bytes: &[u8]) -> Result<(Model, Facts), Unreadable> {
        let mut diagnostics = Diagnostics::default();
        let input = Input { schema: self.source(bytes), keeps_written: true, ..self.setup.input.clone() };
        match load_or_files(&input, &mut diagnostics) {
            Ok(document) => {
                let lowered = lower(&document, &self.setup.config, &mut diagnostics);
                if diagnostics.has_errors() {
                    return Err(Unreadable(report::rendered(&diagnostics, document.files(), report::MOST)));
                }
                let model = Model { document, lowered };
                let facts = Facts::of(&model, &diagnostics);
                Ok((model, facts))
            }
            Err(files) => Err(Unreadable(report::rendered(&diagnostics, &files, report::MOST))),
        }
    }

    /// As the file it will be: its extension decides between YAML and JSON.
    fn source(&self, bytes: &[u8]) -> Source {
        Source::Bytes { name: shown(self.out).display().to_string(), bytes: bytes.to_owned() }
    }

    fn lock(&self, info_version: &str, bytes: &[u8]) -> Lock {
        Lock::new(self.plan.url.clone(), self.plan.api_version.clone(), info_version.to_owned(), bytes)
    }

    fn lock_name(&self) -> String {
        shown(&self.folder.lock_path).display().to_string()
    }

    fn report(&self, unreadable: &Unreadable) {
        for problem in &unreadable.0 {
            report::say(self.hide(problem));
        }
    }

    /// A server's words, without the key, which servers echo.
    fn hide(&self, text: &str) -> String {
        self.plan.key.as_ref().map_or_else(|| text.to_owned(), |key| key.hide(text))
    }
}

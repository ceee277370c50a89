//! Bytes to one resolved document: YAML or JSON, limits, overlays, repair, references, origins.
//!
//! ```text
//! source -> yaml | json -> version -> overlay -> refs -> repair -> review -> typed
//! ```
//!
//! The result is one tree without references to other files, and the same tree as an
//! [`openapiv3::OpenAPI`]: a JSON pointer into the one is a pointer into the other, and
//! [`Document::origin`] says where the node behind it was written.

mod closest;
mod codes;
mod depth;
mod described;
mod examples;
mod grammar;
mod json;
mod locate;
mod measure;
mod origin;
mod overlay;
mod parse;
mod places;
pub mod pointer;
mod refs;
mod repair;
mod review;
mod source;
mod sources;
pub mod template;
mod typed;
mod version;
mod yaml;

use indexmap::IndexMap;
use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics, Origin, Severity};
use crate::maps::HashSet;

use origin::Origins;
use sources::Sources;
use typed::Typed;

pub use examples::{examples, programs};
pub use grammar::METHODS;
pub use source::{Limits, Source, Tree};

/// What to load.
#[derive(Clone, Debug, Default)]
pub struct Input {
    /// The OpenAPI document.
    pub schema: Source,
    /// Overlays, applied in order.
    pub overlays: Vec<Source>,
    /// Bounds on what is read.
    pub limits: Limits,
    /// Whether [`Document::written`] is wanted: the tree before it is repaired, which a comparison reads.
    pub keeps_written: bool,
}

/// A loaded document: overlaid, resolved and repaired.
#[derive(Debug)]
pub struct Document {
    /// The tree as openapiv3 reads it.
    pub api: openapiv3::OpenAPI,
    /// What the API sends by itself: OpenAPI 3.1's `webhooks`, which openapiv3 does not know.
    pub webhooks: IndexMap<String, openapiv3::PathItem>,
    tree: Value,
    origins: Origins,
    /// What of `components` was copied to where it was referred to, by its pointer.
    copied: HashSet<String>,
    files: Files,
    version: String,
    written: Option<Written>,
}

/// The tree before repair: overlaid and resolved, every keyword as its author wrote it.
#[derive(Debug)]
pub struct Written {
    tree: Value,
    origins: Origins,
}

impl Written {
    /// The tree.
    pub fn tree(&self) -> &Value {
        &self.tree
    }

    /// Where the node behind a pointer into this tree was written.
    pub fn origin(&self, pointer: &str) -> Origin {
        self.origins.resolve(pointer)
    }
}

/// The files that were read, also where they do not make a document.
#[derive(Debug)]
pub struct Files(Sources);

/// A place in a file, ready to print. Lines and columns count from one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The file, as in [`Origin::document`].
    pub path: String,
    /// Line, from one.
    pub line: usize,
    /// Column in characters, from one.
    pub column: usize,
    /// The line itself, without its end.
    pub text_of_line: String,
}

/// Reads a document. `None` comes with at least one error in `diagnostics`.
pub fn load(input: &Input, diagnostics: &mut Diagnostics) -> Option<Document> {
    load_or_files(input, diagnostics).ok()
}

/// Reads a document, or gives back the files read so far, so that the errors in `diagnostics` can be printed with their lines.
pub fn load_or_files(input: &Input, diagnostics: &mut Diagnostics) -> Result<Document, Box<Files>> {
    let mut sources = Sources::new(input.limits);
    let read = read(input, &mut sources, diagnostics);
    // What is copied to several places is wrong in each, and was written once.
    diagnostics.dedup();
    match read {
        Ok(Read { typed: Typed { api, webhooks }, tree, origins, copied, version, written }) => {
            Ok(Document { api, webhooks, tree, origins, copied, files: Files(sources), version, written })
        }
        Err(error) => {
            diagnostics.0.extend(error);
            Err(Box::new(Files(sources)))
        }
    }
}

/// What a document is, its files aside.
struct Read {
    typed: Typed,
    tree: Value,
    origins: Origins,
    copied: HashSet<String>,
    version: String,
    written: Option<Written>,
}

/// The stages in order. An error without a value has been reported already.
fn read(input: &Input, sources: &mut Sources, diagnostics: &mut Diagnostics) -> Result<Read, Option<Diagnostic>> {
    let (root, mut tree) = sources.open(&input.schema, diagnostics)?;
    let file = sources.get(root).ok_or(None)?;
    let mut origins = Origins::new(file.name.clone());
    let mut version = version::check(&mut tree, file, diagnostics)?;
    for overlay in &input.overlays {
        let (index, actions) = sources.open(overlay, diagnostics)?;
        let file = sources.get(index).ok_or(None)?;
        let before = diagnostics.0.len();
        overlay::apply(&mut tree, &mut origins, &actions, file, sources.limits(), diagnostics);
        let said = diagnostics.0.get(before..).unwrap_or_default();
        if said.iter().any(|said| said.severity == Severity::Error) {
            return Err(None);
        }
    }
    if !input.overlays.is_empty() {
        described::remove(&mut tree, &mut origins, diagnostics);
        // An overlay may change the version as well.
        let file = sources.get(root).ok_or(None)?;
        version = version::check(&mut tree, file, &mut Diagnostics::default())?;
    }
    let copied = refs::Resolver::new(&tree, sources, &mut origins, diagnostics).resolve(&mut tree);
    let written = input.keeps_written.then(|| Written { tree: tree.clone(), origins: origins.clone() });
    let text = version.text.clone();
    let mut context = repair::Context { origins: &mut origins, diagnostics, version, sources };
    repair::repair(&mut tree, &mut context);
    review::Review { tree: &tree, origins: &origins, diagnostics }.run();
    refs::break_cycles(&mut tree, &origins, diagnostics);
    let typed = with_a_deep_stack(|| typed::read(&mut tree, &origins, diagnostics));
    Ok(Read { typed, tree, origins, copied, version: text, written })
}

/// openapiv3 takes kilobytes of stack for each level of a schema.
const DEEP_STACK: usize = 256 << 20;

fn with_a_deep_stack<T: Send + Default>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(DEEP_STACK).spawn_scoped(scope, work);
        thread.ok().and_then(|thread| thread.join().ok()).unwrap_or_default()
    })
}

impl Document {
    /// Where the node behind a pointer into the resolved tree was written.
    pub fn origin(&self, pointer: &str) -> Origin {
        self.origins.resolve(pointer)
    }

    /// Where in a file an origin stands; `None` when the file is not one of this document's.
    pub fn locate(&self, origin: &Origin) -> Option<Location> {
        self.files.locate(origin)
    }

    /// Line and column of an origin, from one. A document may be one line, which [`Document::locate`] copies.
    pub fn position(&self, origin: &Origin) -> Option<(usize, usize)> {
        self.files.0.place(origin).map(|place| (place.line, place.column))
    }

    /// The resolved tree.
    pub fn raw(&self) -> &Value {
        &self.tree
    }

    /// The tree before repair, where [`Input::keeps_written`] asked for it.
    pub fn written(&self) -> Option<&Written> {
        self.written.as_ref()
    }

    /// The node behind a pointer into the resolved tree.
    pub fn raw_at(&self, pointer: &str) -> Option<&Value> {
        pointer::get(&self.tree, pointer)
    }

    /// Pointers of what was referred to and copied, in place of the reference.
    pub(crate) fn copied(&self) -> impl Iterator<Item = &str> {
        self.copied.iter().map(String::as_str)
    }

    /// The OpenAPI version as written, before repair: `3.0.3`.
    pub fn openapi_version(&self) -> &str {
        &self.version
    }

    /// The files the document was made of: itself, overlays, then files that references led to.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// Whether another document was made of the same texts, whatever their files are called: then it says the same.
    pub fn is_copy_of(&self, other: &Self) -> bool {
        self.sources().map(|(_, text)| text).eq(other.sources().map(|(_, text)| text))
    }

    /// Name and bytes of every file the document was made of, in the order of [`Document::files`].
    pub fn sources(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter()
    }
}

impl Files {
    /// Where in a file an origin stands; `None` when the file is not one of these.
    pub fn locate(&self, origin: &Origin) -> Option<Location> {
        self.0.locate(origin)
    }

    /// Name and bytes of every file, in the order they were read.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.iter().map(|file| (file.name.as_ref(), file.text.as_bytes()))
    }
}

#[cfg(test)]
mod tests;

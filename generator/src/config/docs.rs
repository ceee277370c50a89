//! What the documentation site says beside the document.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ir::Api;

/// Settings of the documentation site.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DocsConfig {
    /// Heading of the site; else the document's title.
    pub title: Option<String>,
    /// Where the site is served, for its site map; without it there is none.
    pub url: Option<String>,
    /// Folder of guides in Markdown.
    pub guides: Option<PathBuf>,
    /// File of catalogues: lists of all values of a type, with what people add to them.
    pub catalogues: Option<PathBuf>,
    /// How words of names are written in titles, where not as they are: `mfa = "MFA"`, `"links plus" = "Links+"`.
    pub spelling: BTreeMap<String, String>,
    /// The command that adds a language's package, where it is not in the registry under its name: `go = "…"`.
    pub install: BTreeMap<String, String>,
    /// Where the pages of operations send their readers for more.
    pub see: SeeConfig,
    /// The guides by name. Read from their folder.
    #[serde(skip)]
    pub guide_texts: BTreeMap<String, String>,
    /// The catalogues by name. Read from their file.
    #[serde(skip)]
    pub catalogue_tables: IndexMap<String, CatalogueTable>,
    /// What changed since an older document, which pages then show. Given on the command line.
    #[serde(skip)]
    pub changes: Option<Changes>,
}

/// Pages that say more of what every call has, as guides name them: `guide:errors`, `guide:errors#declines`, `catalogue:errors`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SeeConfig {
    /// How the client is made that samples use.
    pub client: Option<String>,
    /// Keys, and which is for what.
    pub keys: Option<String>,
    /// What to do before a call is sent again.
    pub retry: Option<String>,
    /// Errors.
    pub errors: Option<String>,
    /// Calls that nobody has seen.
    pub unverified: Option<String>,
    /// The catalogue of the codes of errors: where the description of a call names one, it leads there.
    pub codes: Option<String>,
}

/// A list of all values of a type. In its file, `[currencies]` is the catalogue of that name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CatalogueTable {
    /// Heading.
    pub title: String,
    /// A sentence.
    pub summary: String,
    /// What stands before the list: Markdown.
    pub doc: String,
    /// The enum whose values they are, by its name in the document.
    #[serde(rename = "type")]
    pub ty: Option<String>,
    /// Headings of what is said of a value; without them it is what the document says.
    pub columns: Vec<String>,
    /// What is said of each value: Markdown, a text for each column. Values that the enum lacks are added.
    pub rows: IndexMap<String, Vec<String>>,
}

/// What changed since an older document, for the documentation.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// What the older document calls itself.
    pub since: String,
    /// The changes, worst first.
    pub items: Vec<Changed>,
    /// The model of the older document, which knows the names of what is gone.
    pub old: Option<Arc<Api>>,
}

/// A change that pages show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// Whether it breaks old clients or code.
    pub is_breaking: bool,
    /// What happened: Markdown.
    pub text: String,
    /// Whether what changed is still there.
    pub exists: bool,
    /// The file of the new document where it stands, or would.
    pub file: String,
    /// The pointer into that file.
    pub pointer: String,
    /// The file of the older document where it stood.
    pub old_file: String,
    /// The pointer into that file.
    pub old_pointer: String,
    /// `GET /charges`: operations that it reaches.
    pub operations: Vec<String>,
    /// Whether an operation as a whole is new.
    pub is_operation: bool,
}

/// What a change is to readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChangeKind {
    /// Something is there that was not.
    New,
    /// Something is otherwise.
    Changed,
    /// Something is on its way out.
    Deprecated,
    /// Something is gone.
    Removed,
}

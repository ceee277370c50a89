//! What the documentation site says beside the document.

use std::collections::BTreeMap;
use std::path::PathBuf;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// The guides by name. Read from their folder.
    #[serde(skip)]
    pub guide_texts: BTreeMap<String, String>,
    /// The catalogues by name. Read from their file.
    #[serde(skip)]
    pub catalogue_tables: IndexMap<String, CatalogueTable>,
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

//! `[[paging]]`: how the pages of a list follow each other.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::load::pointer;

/// How lists of one kind are walked.
///
/// An operation pages when it changes nothing, has the query parameter, and answers with the items. A field of the answer
/// is its name or, from a `/` on, a JSON pointer.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum PagingRule {
    /// Offset and limit.
    Offset {
        /// Schema under `components.schemas` all such pages are made of; else any answer with the items, called with the query parameter.
        schema: Option<String>,
        /// Field with the items.
        items: String,
        /// Query parameter.
        offset: String,
        /// Query parameter.
        limit: String,
        /// Answer field with the count of all items.
        total: Option<String>,
    },
    /// Page number and size.
    Page {
        /// Schema under `components.schemas` all such pages are made of; else any answer with the items, called with the query parameter.
        schema: Option<String>,
        /// Field with the items.
        items: String,
        /// Query parameter.
        page: String,
        /// Query parameter.
        per_page: String,
        /// Answer field with the count of all pages.
        total_pages: Option<String>,
    },
    /// A value in one page that names the next: `next` or `last_item` says where it is.
    Cursor {
        /// Schema under `components.schemas` all such pages are made of; else any answer with the items, called with the query parameter.
        schema: Option<String>,
        /// Field with the items.
        items: String,
        /// Query parameter.
        cursor: String,
        /// Answer field with the value for the next page.
        next: Option<String>,
        /// Field of the last item with the value for the next page.
        last_item: Option<String>,
        /// Answer field that says whether there is another page.
        has_more: Option<String>,
    },
    /// The header `Link` with the relation `next` (RFC 8288).
    Link {
        /// Schema under `components.schemas` all such pages are made of; else any answer with the items.
        schema: Option<String>,
        /// Field with the items; else the answer itself is the list.
        items: Option<String>,
        /// Query parameter that such operations have; else those whose answer documents a header `Link`.
        parameter: Option<String>,
    },
}

impl PagingRule {
    /// The schema that pages are made of.
    pub fn schema(&self) -> Option<&str> {
        match self {
            Self::Offset { schema, .. }
            | Self::Page { schema, .. }
            | Self::Cursor { schema, .. }
            | Self::Link { schema, .. } => schema.as_deref(),
        }
    }

    /// A pointer to the items.
    pub fn items(&self) -> String {
        match self {
            Self::Offset { items, .. } | Self::Page { items, .. } | Self::Cursor { items, .. } => field(items),
            Self::Link { items, .. } => items.as_deref().map(field).unwrap_or_default(),
        }
    }

    /// The query parameter without which an operation does not page this way.
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::Offset { offset: name, .. } | Self::Page { page: name, .. } | Self::Cursor { cursor: name, .. } => {
                Some(name)
            }
            Self::Link { parameter, .. } => parameter.as_deref(),
        }
    }

    /// The kind, as the file has it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Offset { .. } => "offset",
            Self::Page { .. } => "page",
            Self::Cursor { .. } => "cursor",
            Self::Link { .. } => "link",
        }
    }

    /// What is wrong with it beyond its types.
    pub(super) fn refused(&self) -> Option<&'static str> {
        match self {
            Self::Cursor { next: Some(_), last_item: Some(_), .. } => {
                Some("`next` and `last_item` both say where the cursor is: keep one")
            }
            Self::Cursor { next: None, last_item: None, .. } => Some(
                "where the cursor is goes into `next`, a field of the answer, or `last_item`, one of its last item",
            ),
            _ => None,
        }
    }
}

/// The pointer to a field that is given by its name, or by a pointer already.
pub fn field(written: &str) -> String {
    if written.starts_with('/') { written.to_owned() } else { pointer::join("", written) }
}

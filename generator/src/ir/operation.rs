//! Operations: what is called, with what, and what comes back.

use serde::{Deserialize, Serialize};

use super::{Access, AnswerHeader, Callback, Constraints, Content, Literal, Name, Output, Requirement, Response, Type};
use crate::diagnostic::Origin;

/// One call.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Operation {
    /// `charges.create`: resource and method, unique in the API.
    pub id: String,
    /// Words of the method: `["create"]`.
    pub name: Name,
    /// Words of the type that holds its arguments: `["create", "charge"]`. Unique among all types.
    pub type_name: Name,
    /// Upper-case HTTP method.
    pub method: String,
    /// Path template as documented: `/charges/{id}`.
    pub path: String,
    /// Parameters outside the body, in document order.
    pub params: Vec<Param>,
    /// The request body.
    pub body: Option<Body>,
    /// Which arguments are given up front, in which order and how.
    pub arguments: Arguments,
    /// Answers of a success: statuses first, then `2XX`, or `default` when it is the only one.
    pub responses: Vec<Response>,
    /// What a success gives, all its answers taken together.
    pub output: Output,
    /// Answers documented for failures: statuses first, then ranges, then `default`.
    pub errors: Vec<Response>,
    /// Headers of its answers, those of failures included.
    pub headers: Vec<AnswerHeader>,
    /// What the API calls back.
    pub callbacks: Vec<Callback>,
    /// Security alternatives, each of schemes that are all needed. No alternative, or an empty one, means that a call
    /// may go without a key.
    pub security: Vec<Vec<Requirement>>,
    /// Index of its server.
    pub server: usize,
    /// How its pages are walked, when it lists.
    pub paging: Option<Paging>,
    /// What may be repeated after a failure.
    pub retry: RetryClass,
    /// How well the call is known.
    pub evidence: Evidence,
    /// Ids of the operations that are other names of its route, with arguments of their own. A part of an API may lack
    /// them.
    pub aliases: Vec<String>,
    /// Id of the operation whose route this is another name of. A part of an API may lack it.
    pub alias_of: Option<String>,
    /// Marked deprecated.
    pub deprecated: bool,
    /// Tags as written.
    pub tags: Vec<String>,
    /// One line.
    pub summary: String,
    /// Markdown.
    pub doc: String,
    /// A page about it.
    pub docs_url: Option<String>,
    /// A call worth showing to people: its arguments by their wire names. `None` when the document shows none.
    pub example: Option<Vec<(String, Literal)>>,
    /// Where it stands.
    pub origin: Origin,
}

/// A parameter outside the body.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Param {
    /// Unique among all arguments of the operation, body fields included.
    pub name: Name,
    /// Name on the wire.
    pub wire_name: String,
    /// Path, query, header or cookie.
    pub place: ParamPlace,
    /// How it is written.
    pub style: Style,
    /// In the query: reserved characters of its value are not percent-encoded.
    pub allow_reserved: bool,
    /// In the query: a list or object without members is sent, as the name alone.
    pub allow_empty: bool,
    /// Its type.
    pub ty: Type,
    /// Must be given.
    pub required: bool,
    /// The one value it always has: sent without asking the user.
    pub constant: Option<Literal>,
    /// What the server assumes.
    pub default: Option<Literal>,
    /// An example value.
    pub example: Option<Literal>,
    /// Limits, for documentation.
    pub constraints: Constraints,
    /// Marked deprecated.
    pub deprecated: bool,
    /// Markdown.
    pub doc: String,
    /// Where it stands.
    pub origin: Origin,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParamPlace {
    /// In the path.
    Path,
    /// After the `?`.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// How a parameter or form field is written (OpenAPI 3.0 "Style Values").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// Path, header: `a,b`; exploded objects `k=v`.
    Simple {
        /// `explode`.
        explode: bool,
    },
    /// Query, cookie: `name=a&name=b` exploded, `name=a,b` else.
    Form {
        /// `explode`.
        explode: bool,
    },
    /// Path: `.a.b`.
    Label {
        /// `explode`.
        explode: bool,
    },
    /// Path: `;name=a`.
    Matrix {
        /// `explode`.
        explode: bool,
    },
    /// Query: `a b`.
    SpaceDelimited,
    /// Query: `a|b`.
    PipeDelimited,
    /// Query: `name[key]=value`, lists as `name[key][]=value`.
    DeepObject,
    /// The value as JSON text (`content: application/json`).
    Json,
}

/// A request body.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Body {
    /// `Content-Type` as sent.
    pub media_type: String,
    /// Other media types of the same encoding: the same value may be sent as one of them.
    pub alternatives: Vec<String>,
    /// How it is encoded.
    pub kind: MediaKind,
    /// Must be given.
    pub required: bool,
    /// The whole body's type. With `parts`, the fields together make it.
    pub ty: Type,
    /// The properties of an inline object body, given one by one; `None` when the body is one argument.
    pub parts: Option<Vec<BodyPart>>,
    /// Words of the argument when the body is one.
    pub name: Name,
    /// Markdown.
    pub doc: String,
    /// Where it stands.
    pub origin: Origin,
}

/// How a body is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// `application/json` and `+json`.
    Json,
    /// `application/x-www-form-urlencoded`: nested as `a[b]=`, lists as `a[]=`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// `text/*`.
    Text,
    /// Anything else: bytes.
    Binary,
}

/// A property of an inline object body.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BodyPart {
    /// Unique among all arguments of the operation.
    pub name: Name,
    /// Name on the wire.
    pub wire_name: String,
    /// Its type.
    pub ty: Type,
    /// In a multipart body: it is a file, or a list of files.
    pub is_file: bool,
    /// Must be given.
    pub required: bool,
    /// May be sent as null.
    pub nullable: bool,
    /// Sent, received or both; read-only ones are left out of `parts`.
    pub access: Access,
    /// The one value it always has: sent without asking the user.
    pub constant: Option<Literal>,
    /// What the server assumes.
    pub default: Option<Literal>,
    /// An example value.
    pub example: Option<Literal>,
    /// Limits, for documentation.
    pub constraints: Constraints,
    /// How a form field is written, when the document says.
    pub style: Option<Style>,
    /// `Content-Type` of a multipart part, when the document says.
    pub content_type: Option<String>,
    /// Those to choose from, wildcards among them, when the document says several.
    pub content_types: Vec<String>,
    /// Headers of a multipart part that is a file.
    pub headers: Vec<PartHeader>,
    /// Marked deprecated.
    pub deprecated: bool,
    /// Markdown.
    pub doc: String,
    /// Where it stands.
    pub origin: Origin,
}

/// A header of a part of a multipart body.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PartHeader {
    /// Header name.
    pub wire_name: String,
    /// Must be given.
    pub required: bool,
    /// Markdown.
    pub doc: String,
}

/// The arguments a call takes up front.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Arguments {
    /// Required arguments in call order.
    pub required: Vec<Argument>,
    /// True when they are given as one struct: more than three, or two neighbours of one type that could be swapped.
    pub as_struct: bool,
}

/// A reference to an argument of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Argument {
    /// Index in [`Operation::params`].
    Param(usize),
    /// Index in [`Body::parts`].
    Part(usize),
    /// The body as a whole.
    Body,
}

/// How a list's pages are walked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paging {
    /// The scheme.
    pub kind: PagingKind,
    /// What the list holds.
    pub item: Type,
    /// JSON pointer to the items in the answer; empty when the answer is the list.
    pub items: String,
}

/// A paging scheme: query parameters by their wire names, fields of the answer by JSON pointers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PagingKind {
    /// `offset` and `limit` in the query; `total` in the answer.
    Offset {
        /// Query parameter.
        offset: String,
        /// Query parameter.
        limit: String,
        /// Answer field with the count of all items.
        total: Option<String>,
    },
    /// `page` and `per_page` in the query; page count in the answer.
    Page {
        /// Query parameter.
        page: String,
        /// Query parameter.
        per_page: String,
        /// Number of the first page.
        first: u64,
        /// Answer field with the count of all pages.
        total_pages: Option<String>,
    },
    /// A query parameter that takes what the answer before says.
    Cursor {
        /// Query parameter.
        cursor: String,
        /// Answer field with its next value.
        next: String,
        /// Answer field that says whether there is another page.
        has_more: Option<String>,
    },
    /// A query parameter that takes what the last item before has.
    LastItem {
        /// Query parameter.
        cursor: String,
        /// JSON pointer into the item.
        field: String,
        /// Answer field that says whether there is another page.
        has_more: Option<String>,
    },
    /// The header `Link` with the relation `next`.
    Link,
}

/// What may be repeated after a failure whose outcome is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetryClass {
    /// Changes nothing: GET, HEAD.
    Safe,
    /// Doing it twice is doing it once: PUT, DELETE, or so declared (`x-retry: idempotent`).
    Idempotent,
    /// Doing it twice may charge twice.
    Unsafe,
}

/// How well a call is known (`x-evidence`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Documented.
    #[default]
    Published,
    /// One unofficial source: callable, and the docs say so.
    Weak,
    /// A route nobody has seen: refused before any I/O unless allowed.
    Guess,
}

impl Operation {
    /// The content of a success that is always or sometimes there; `None` when it depends on the status.
    pub fn answer(&self) -> Option<&Content> {
        match self.output {
            Output::Always { response } | Output::Sometimes { response } => {
                self.responses.get(response)?.content.as_ref()
            }
            Output::Nothing | Output::ByStatus => None,
        }
    }

    /// What it is, whatever it is called: `POST /charges`, and its id when it is another name of a route.
    pub fn route(&self) -> String {
        let route = format!("{} {}", self.method, self.path);
        if self.alias_of.is_some() { format!("{route} as {}", self.id) } else { route }
    }

    /// Every content of a success.
    pub fn contents(&self) -> impl Iterator<Item = &Content> {
        self.responses.iter().filter_map(|response| response.content.as_ref())
    }
}

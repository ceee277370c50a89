//! The intermediate model: what an API offers, in the field's words, free of OpenAPI and of any target language.
//!
//! Plain data that serialises both ways (`inspect --format json` prints it) and no logic beyond lookup.
//! Every name is a list of lower-case words, unique in its scope for every target's case; a target only
//! picks a case and escapes its keywords.

mod auth;
mod literal;
mod operation;
mod response;
mod server;
mod types;
mod webhook;

use serde::{Deserialize, Serialize};

pub use auth::{Auth, AuthKind, AuthScheme, Flow, FlowKind, Requirement, TokenSource};
pub use literal::Literal;
pub use operation::{
    Argument, Arguments, Body, BodyPart, Evidence, MediaKind, Operation, Paging, PagingKind, Param, ParamPlace,
    PartHeader, RetryClass, Style,
};
pub use response::{AnswerHeader, Callback, Content, Link, LinkTarget, Output, Response, Status};
pub use server::{Server, ServerValue, ServerVariable};
pub use types::{
    Access, Constraints, EnumBase, EnumType, Field, IdType, Page, Struct, Type, TypeDef, TypeId, TypeKind, Union,
    UnionStyle, UnionVariant, Usage, Variant,
};
pub use webhook::{DigestEncoding, SecretEncoding, SignedPart, WebhookScheme};

use crate::diagnostic::Origin;

/// How many names a type may stand behind before it is untyped.
const LONGEST_ALIAS: usize = 64;

/// A name as lower-case words: `["charge", "schedule"]`.
///
/// Targets join the words in their own case. Words hold only what any target may print:
/// ASCII letters and digits, never empty, never starting with a digit in the first word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Name(pub Vec<String>);

/// A whole API, ready to be emitted.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Api {
    /// Title, version and prose of the document.
    pub info: Info,
    /// Hosts, the default one first. Operations refer to them by index.
    pub servers: Vec<Server>,
    /// Security schemes and what is sent with every request.
    pub auth: Auth,
    /// Operations grouped the way users reach them: `client.charges()`.
    pub resources: Vec<Resource>,
    /// All named types; [`TypeId`] is an index into this list.
    pub types: Vec<TypeDef>,
    /// Events the API sends by itself (OpenAPI 3.1 `webhooks`).
    pub webhooks: Vec<Webhook>,
    /// Conventions of the whole API, from `sdk.toml`.
    pub conventions: Conventions,
}

/// The document's `info`, and how the SDK calls itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Info {
    /// Words of the client's name, from `sdk.toml` or the title.
    pub name: Name,
    /// `info.title`.
    pub title: String,
    /// `info.version`, as text; it may be a date.
    pub version: String,
    /// `info.description`, Markdown.
    pub doc: String,
    /// `info.license.name`, and its URL.
    pub license: Option<String>,
    /// `externalDocs.url` or `info.contact.url`.
    pub docs_url: Option<String>,
}

/// Conventions of the whole API that the document itself cannot express.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Conventions {
    /// Headers every request carries, with a builder method to override each.
    pub headers: Vec<ClientHeader>,
    /// Header that makes a write repeatable.
    pub idempotency: Option<Idempotency>,
    /// Response headers that identify a request, first found wins.
    pub request_id_headers: Vec<String>,
    /// Response headers that tell the rate limit.
    pub rate_limit: Option<RateLimit>,
    /// Shape of an error answer.
    pub error: Option<ErrorShape>,
    /// How the events that the API delivers by itself are signed.
    pub webhooks: Option<WebhookScheme>,
}

/// A header that every request carries.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ClientHeader {
    /// Words of the builder method: `api_version`.
    pub name: Name,
    /// Header name as sent.
    pub wire_name: String,
    /// Value sent unless overridden.
    pub value: String,
    /// Markdown.
    pub doc: String,
}

/// Idempotency keys: which header, on which methods.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Idempotency {
    /// Header name.
    pub header: String,
    /// Upper-case methods whose requests carry it.
    pub methods: Vec<String>,
}

/// The response headers that tell the rate limit. An empty name is one the API has not.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RateLimit {
    /// Requests allowed in a window.
    pub limit: String,
    /// Requests left in it.
    pub remaining: String,
    /// When it ends.
    pub reset: String,
}

/// Where an error answer keeps its code and message.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ErrorShape {
    /// JSON pointer to the code.
    pub code: String,
    /// JSON pointer to the message.
    pub message: String,
    /// Type of the code, an open enum, when the document has one.
    pub code_type: Option<TypeId>,
    /// Type of the whole error body, when the document has one.
    pub body_type: Option<TypeId>,
}

/// A group of operations.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Resource {
    /// Words of the accessor: `charge_schedules`.
    pub name: Name,
    /// Markdown, from the tag of that name.
    pub doc: String,
    /// In document order.
    pub operations: Vec<Operation>,
}

/// An event the API sends by itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Webhook {
    /// Words.
    pub name: Name,
    /// Key in the document.
    pub wire_name: String,
    /// HTTP method in capitals.
    pub method: String,
    /// Body, when it is JSON.
    pub body: Option<Type>,
    /// Markdown, one line.
    pub summary: String,
    /// Markdown.
    pub doc: String,
    /// Where it stands.
    pub origin: Origin,
}

impl Api {
    /// The type behind an id; `None` only for an id of another model.
    pub fn type_def(&self, id: TypeId) -> Option<&TypeDef> {
        self.types.get(id.0 as usize)
    }

    /// What a type is behind its other names; untyped when they lead back to themselves.
    pub fn resolve<'t>(&'t self, ty: &'t Type) -> &'t Type {
        let mut ty = ty;
        for _ in 0..LONGEST_ALIAS {
            match ty {
                Type::Ref(id) => match self.type_def(*id).map(|def| &def.kind) {
                    Some(TypeKind::Alias { of }) => ty = of,
                    _ => return ty,
                },
                _ => return ty,
            }
        }
        &Type::Json
    }

    /// Every operation with the resource it belongs to.
    pub fn operations(&self) -> impl Iterator<Item = (&Resource, &Operation)> {
        self.resources
            .iter()
            .flat_map(|resource| resource.operations.iter().map(move |operation| (resource, operation)))
    }
}

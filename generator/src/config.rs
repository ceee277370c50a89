//! `sdk.toml`: names, targets, key roles, hosts and rules; everything about an API that is neither in its document nor in code.

mod docs;
mod paging;
mod read;
mod rust;
mod webhooks;

use std::collections::BTreeMap;
use std::path::PathBuf;

use indexmap::IndexMap;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};

pub use docs::{CatalogueTable, ChangeKind, Changed, Changes, DocsConfig, SeeConfig};
pub use paging::{PagingRule, field};
pub use read::Problem;
pub use rust::{Dependency, RustConfig};
pub use webhooks::{BODY, DigestEncoding, SecretEncoding, TIMESTAMP, WebhookScheme, WebhooksRule};

/// The whole of `sdk.toml`. Paths are relative to the file's folder.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The document.
    pub schema: Option<PathBuf>,
    /// Overlays, applied in order.
    pub overlays: Vec<PathBuf>,
    /// Name of the SDK; else from the document's title.
    pub name: Option<String>,
    /// Targets emitted when none is named on the command line.
    pub targets: Vec<String>,
    /// Where output goes: each target in a folder of its name.
    pub out: Option<PathBuf>,
    /// Settings of the Rust crate.
    pub rust: RustConfig,
    /// Settings of other languages, by the language: what each may have stands in its `target.toml`.
    pub languages: BTreeMap<String, BTreeMap<String, Setting>>,
    /// Settings of the documentation site.
    pub docs: DocsConfig,
    /// Key roles, by the scheme's name in `components.securitySchemes`.
    pub auth: BTreeMap<String, AuthRule>,
    /// Host roles: name to URL, the default one first. Hosts of the document that are not named here get derived names.
    pub servers: IndexMap<String, String>,
    /// Headers every request carries.
    pub headers: Vec<HeaderRule>,
    /// Idempotency keys.
    pub idempotency: Option<IdempotencyRule>,
    /// Response headers that identify a request.
    pub request_id: Vec<String>,
    /// Response headers that tell the rate limit.
    pub rate_limit: Option<RateLimitRule>,
    /// Where an error answer keeps its code and message.
    pub errors: Option<ErrorRule>,
    /// Typed ids: type name to the prefixes its values begin with. A text whose pattern begins with a prefix has that type.
    pub ids: IndexMap<String, Vec<String>>,
    /// Whether "an object or a text" means an object that may be given by its id alone.
    pub expandable: bool,
    /// Property that says which kind of object an answer is. Where the document gives it one value, an answer with another,
    /// or without the id that it should have, is no answer.
    pub object_kind: Option<String>,
    /// How lists and objects in forms are written where the document does not say.
    pub form_fields: FormFields,
    /// How lists are walked.
    pub paging: Vec<PagingRule>,
    /// How the API signs the events that it delivers.
    pub webhooks: Option<WebhooksRule>,
    /// Where the document is served.
    pub fetch: FetchConfig,
    /// The programs of languages, by the language: path to text. Read from the folders that their setting `examples` names.
    #[serde(skip)]
    pub programs: BTreeMap<String, BTreeMap<String, String>>,
    /// Templates used instead of the built-in ones, and languages of one's own: path below `templates/` to text. Given on the
    /// command line.
    #[serde(skip)]
    pub templates: BTreeMap<String, String>,
}

impl Config {
    /// The JSON Schema of `sdk.toml`, for editors, in the version of it that they know best.
    pub fn json_schema() -> serde_json::Value {
        SchemaSettings::draft07().into_generator().into_root_schema_for::<Self>().to_value()
    }
}

/// A setting of a language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Setting {
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// Text.
    Text(String),
    /// Several texts.
    Texts(Vec<String>),
}

/// Where the document is served, and how to ask for it.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FetchConfig {
    /// Address of the document. `http` is for this machine alone.
    pub url: Option<String>,
    /// Query parameter that names the API version asked for.
    pub version_query: Option<String>,
    /// API version asked for when the command line names none; else the server chooses.
    pub api_version: Option<String>,
    /// Environment variable that holds the key, which is sent as the user name of HTTP Basic. Without a value nothing is sent.
    pub key_env: Option<String>,
    /// File that is written; else the configuration's `schema`.
    pub out: Option<PathBuf>,
    /// Largest document that is accepted, in bytes; 32 MiB unless given.
    pub max_bytes: Option<u64>,
    /// Seconds without a byte after which the server is given up; 30 unless given.
    pub stall_seconds: Option<u64>,
    /// Seconds for everything, retries included; 300 unless given.
    pub total_seconds: Option<u64>,
}

/// A key role.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AuthRule {
    /// Builder method; else the scheme's name.
    pub name: Option<String>,
    /// For HTTP Basic: the key is the user name and the password is empty.
    pub key_as_username: bool,
    /// Accepted beginnings of the key; a key that begins otherwise is refused before any I/O.
    pub prefixes: Vec<String>,
}

/// A header every request carries.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeaderRule {
    /// Header name.
    pub header: String,
    /// Builder method that overrides it.
    pub name: String,
    /// Value; `{info.version}` stands for the document's version.
    pub value: String,
    /// Markdown.
    #[serde(default)]
    pub doc: String,
}

/// Idempotency keys.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IdempotencyRule {
    /// Header name.
    pub header: String,
    /// Upper-case methods that carry it.
    pub methods: Vec<String>,
}

/// Response headers that tell the rate limit.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RateLimitRule {
    /// Header with the number of requests allowed in a window.
    pub limit: String,
    /// Header with the number of requests left in it.
    pub remaining: String,
    /// Header that says when it ends.
    pub reset: String,
}

/// Where an error answer keeps its parts.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErrorRule {
    /// Name of the error body under `components.schemas`.
    pub schema: Option<String>,
    /// JSON pointer to the code.
    pub code: String,
    /// JSON pointer to the message.
    pub message: String,
}

/// How lists and objects in forms are written where the document does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FormFields {
    /// As Rack and PHP read them: `list[]=a&list[]=b`, `object[key]=a`.
    #[default]
    Brackets,
    /// As OpenAPI's style `form`: `list=a&list=b`, and the members of an object as fields of the form.
    Form,
}

//! Wire vectors: a call, the exact requests that it makes, what is answered, and what the caller gets.
//!
//! `docs/vectors.md` describes the format. A member that is not known is refused: a slip must not make a vector say less.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

/// A file of vectors: a list of them, or `{"vectors": []}`.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum File {
    List(Vec<Vector>),
    Named { vectors: Vec<Vector> },
}

/// A call and all that it leads to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Vector {
    /// Unique among all vectors.
    pub(super) name: String,
    /// `omise`, or another API of `tests/vectors`.
    #[serde(default = "omise")]
    pub(super) api: String,
    /// How the client is built; keys for every scheme unless it says which.
    #[serde(default)]
    pub(super) client: Value,
    /// The operation, `charges.create`; none for a webhook.
    #[serde(default)]
    pub(super) operation: Option<String>,
    /// Arguments by their wire names; `place:name` where two have one.
    #[serde(default)]
    pub(super) args: serde_json::Map<String, Value>,
    #[serde(default)]
    pub(super) options: Value,
    /// `value`, `items`, `raw`.
    #[serde(default = "value")]
    pub(super) mode: String,
    /// The most items that are asked for.
    #[serde(default)]
    pub(super) limit: Option<u64>,
    /// A delivery, in place of a call.
    #[serde(default)]
    pub(super) webhook: Option<Value>,
    /// Requests in order, and their answers.
    #[serde(default)]
    pub(super) exchanges: Vec<Exchange>,
    /// What the caller gets: `value`, `items`, `answer` or `error`, each with the members that matter.
    pub(super) expect: Value,
}

fn omise() -> String {
    "omise".to_owned()
}

fn value() -> String {
    "value".to_owned()
}

/// A request that must come, and what it is answered with.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exchange {
    pub(super) request: Expected,
    pub(super) response: Response,
}

/// A request, to the byte.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expected {
    pub(super) method: String,
    /// Role of the host.
    #[serde(default)]
    pub(super) server: Option<String>,
    /// Path and query.
    pub(super) target: String,
    /// Headers by lower-case name. `*` is any value, and `=` that of the request before.
    #[serde(default)]
    pub(super) headers: BTreeMap<String, String>,
    /// The body as text; `{boundary}` stands for the boundary of the media type.
    #[serde(default)]
    pub(super) body: String,
    /// The body, when it is no text.
    #[serde(default)]
    pub(super) body_base64: Option<String>,
}

/// An answer, or what becomes of the connection.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) headers: BTreeMap<String, String>,
    /// Text as it is, anything else as JSON.
    pub(super) body: Value,
    pub(super) body_base64: Option<String>,
    /// `close` ends the connection once the request is there, `stall` answers nothing, `cut` ends it within the body.
    pub(super) fault: Option<String>,
}

/// Every vector of the folder, in the order of files and of their lists.
pub(super) fn all(folder: &Path) -> Vec<Vector> {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the vectors").map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).expect("a file of vectors");
        match serde_json::from_str(&text) {
            Ok(File::List(vectors) | File::Named { vectors }) => vectors,
            // An untagged enum does not say what is wrong.
            Err(_) => match serde_json::from_str::<Vec<Vector>>(&text) {
                Err(error) => panic!("{}: {error}", path.display()),
                Ok(_) => panic!("{}: neither a list nor an object", path.display()),
            },
        }
    };
    paths.iter().flat_map(read).collect()
}

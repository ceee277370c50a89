//! Which version of OpenAPI a document says it is.

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Diagnostics};

use super::codes;
use super::source::SourceFile;

/// A document's version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Version {
    /// As written: `3.0.3`.
    pub(super) text: String,
    /// Whether 3.1 keywords belong to it.
    pub(super) is_newer: bool,
}

/// Reads the version of a root document and refuses what is not OpenAPI 3.
pub(super) fn check(tree: &mut Value, file: &SourceFile, diagnostics: &mut Diagnostics) -> Result<Version, Diagnostic> {
    let at = |pointer: &str| file.origin(pointer);
    let Some(object) = tree.as_object_mut() else {
        return Err(Diagnostic::error(codes::NOT_AN_OBJECT, "the document is not an object")
            .at(at(""))
            .help("an OpenAPI document begins with `openapi: 3.0.3`"));
    };
    let written = |key: &str, value: &Value| match value {
        Value::String(text) => text.clone(),
        other => file.index().plain(&format!("/{key}")).map_or_else(|| other.to_string(), str::to_owned),
    };
    if let Some(value) = object.get("swagger")
        && !object.contains_key("openapi")
    {
        let version = written("swagger", value);
        return Err(Diagnostic::error(codes::SWAGGER, format!("this is a Swagger {version} document, not OpenAPI 3"))
            .at(at("/swagger"))
            .help("convert it first, for example with swagger2openapi or converter.swagger.io"));
    }
    let Some(value) = object.get("openapi") else {
        return Err(Diagnostic::error(
            codes::NOT_OPENAPI,
            "the key `openapi` is missing: this is not an OpenAPI document",
        )
        .at(at("")));
    };
    let text = written("openapi", value);
    let mut numbers = text.trim().split('.').map(str::parse::<u32>);
    let (major, minor) = (numbers.next(), numbers.next());
    if major != Some(Ok(3)) {
        return Err(Diagnostic::error(codes::NOT_OPENAPI, format!("the OpenAPI version `{text}` is not one of 3.x"))
            .at(at("/openapi")));
    }
    let minor = minor.and_then(Result::ok).unwrap_or(0);
    if minor > 2 {
        diagnostics.push(
            Diagnostic::warning(codes::NEWER_VERSION, format!("OpenAPI {text} is read as 3.1")).at(at("/openapi")),
        );
    }
    object.insert("openapi".to_owned(), Value::String(text.clone()));
    Ok(Version { text, is_newer: minor >= 1 })
}

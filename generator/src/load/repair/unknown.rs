//! Keys that mean nothing where they stand: misspelled, of another version, or in the wrong place.

use serde_json::Value;

use crate::load::closest::closest;
use crate::load::codes;
use crate::load::grammar::{Holds, Kind};
use crate::load::pointer;

use super::{Context, Object};

/// Keys of Swagger 2.0 that moved, each with where it went.
const SWAGGER: [(&str, &str); 11] = [
    ("host", "`servers` says where the API is"),
    ("basePath", "`servers` says where the API is"),
    ("schemes", "`servers` says where the API is"),
    ("consumes", "media types are the keys of a request body's `content`"),
    ("produces", "media types are the keys of a response's `content`"),
    ("definitions", "schemas stand below `components.schemas`"),
    ("securityDefinitions", "schemes stand below `components.securitySchemes`"),
    ("collectionFormat", "`style` and `explode` say how a list is written"),
    ("flow", "flows stand below `flows`, by their name"),
    ("authorizationUrl", "flows stand below `flows`, by their name"),
    ("tokenUrl", "flows stand below `flows`, by their name"),
];

/// Reports the keys of an object that nothing reads.
pub(super) fn report(object: &Object, kind: Kind, at: &str, context: &mut Context<'_>) {
    if matches!(kind, Kind::Paths | Kind::Responses | Kind::Callback) {
        return;
    }
    for (key, value) in object {
        let is_extension = key.starts_with("x-") || key.starts_with("X-");
        if is_extension || kind.holds(key).is_some() || kind.newer(key).is_some() || kind.knows(key) {
            continue;
        }
        let message = format!("`{key}` means nothing in this {}; it is ignored", kind.noun());
        context.warn_with_help(codes::UNKNOWN_KEYWORD, &pointer::join(at, key), message, &help(key, value, kind));
    }
}

fn help(key: &str, value: &Value, kind: Kind) -> String {
    let names = kind.fields().iter().map(|(name, _)| *name);
    if let Some(meant) = closest(key, names) {
        return format!("did you mean `{meant}`?");
    }
    if let Some((_, where_to)) = SWAGGER.iter().find(|(name, _)| *name == key) {
        return format!("this is Swagger 2.0; {where_to}");
    }
    if let Some(place) = place_below(key, kind) {
        return format!("it belongs {place}");
    }
    if kind == Kind::Schema && value.is_object() {
        return "a property stands below `properties`".to_owned();
    }
    match owner(key) {
        Some(owner) => format!("it is a keyword of a {}", owner.noun()),
        None => "a key of your own begins with `x-`".to_owned(),
    }
}

/// Where below this object the key would mean something.
fn place_below(key: &str, kind: Kind) -> Option<&'static str> {
    let knows = |kind: Kind| kind.holds(key).is_some();
    match kind {
        Kind::Parameter | Kind::Header | Kind::MediaType if knows(Kind::Schema) => Some("into its `schema`"),
        Kind::Response | Kind::RequestBody if knows(Kind::MediaType) => {
            Some("into a media type: `content: {application/json: {schema: …}}`")
        }
        Kind::Operation if knows(Kind::RequestBody) => Some("into `requestBody`"),
        Kind::PathItem if knows(Kind::Operation) => Some("into each operation, such as `get`"),
        Kind::Document if knows(Kind::Components) => Some("into `components`"),
        Kind::Document if knows(Kind::Info) => Some("into `info`"),
        Kind::Info if knows(Kind::Document) => Some("into the document, beside `info`"),
        _ => None,
    }
}

/// The kind of object that has a key of this name.
fn owner(key: &str) -> Option<Kind> {
    const OWNERS: [Kind; 12] = [
        Kind::Schema,
        Kind::Operation,
        Kind::Parameter,
        Kind::MediaType,
        Kind::Response,
        Kind::RequestBody,
        Kind::Encoding,
        Kind::SecurityScheme,
        Kind::Discriminator,
        Kind::Example,
        Kind::Link,
        Kind::Components,
    ];
    OWNERS.into_iter().find(|kind| kind.holds(key).is_some_and(|holds| holds != Holds::Anything))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::testing::repaired;
    use super::*;

    #[test]
    fn the_help_names_what_was_meant() {
        let help = |key: &str, kind| help(key, &Value::Null, kind);
        assert_eq!(help("descripton", Kind::Info), "did you mean `description`?");
        assert_eq!(help("requierd", Kind::Parameter), "did you mean `required`?");
        assert_eq!(help("minLength", Kind::Parameter), "it belongs into its `schema`");
        assert_eq!(
            help("schema", Kind::Response),
            "it belongs into a media type: `content: {application/json: {schema: …}}`"
        );
        assert_eq!(help("operationId", Kind::PathItem), "it belongs into each operation, such as `get`");
        assert_eq!(help("securitySchemes", Kind::Document), "it belongs into `components`");
        assert_eq!(
            help("produces", Kind::Operation),
            "this is Swagger 2.0; media types are the keys of a response's `content`"
        );
        assert_eq!(help("propertyName", Kind::Schema), "it is a keyword of a discriminator");
        assert_eq!(help("whatever", Kind::Tag), "a key of your own begins with `x-`");
    }

    #[test]
    fn what_any_version_knows_is_not_reported() {
        let schema =
            json!({"type": "object", "xml": {}, "$comment": "c", "$id": "i", "if": {}, "x-a": 1, "examples": [1]});
        assert_eq!(repaired(Kind::Schema, schema).1, Vec::<String>::new());
        assert_eq!(repaired(Kind::Info, json!({"title": "t", "version": "1", "summary": "s"})).1, Vec::<String>::new());
        assert_eq!(repaired(Kind::Schema, json!({"descripton": "d", "name": {"type": "string"}})).1, ["W027", "W027"]);
    }
}

//! The shape of an OpenAPI document: which objects stand where, and what each of their keys holds.
//!
//! One table serves the walk over a document, the resolution of references and the check of every keyword's type.

use serde_json::Value;

use super::pointer;

/// A kind of object in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Tag,
    ExternalDocs,
    Paths,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Header,
    Link,
    Example,
    Callback,
    SecurityScheme,
    Flows,
    Flow,
    Components,
    Schema,
    Discriminator,
}

/// What a key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    Anything,
    Text,
    Bool,
    Number,
    /// A whole number from zero.
    Count,
    Texts,
    TextMap,
    Values,
    ValueMap,
    /// Security requirements: a list of maps from a scheme's name to scopes.
    Requirements,
    One(Kind),
    List(Kind),
    Map(Kind),
    /// A schema, `true` or `false`.
    SchemaOrBool,
}

use Holds::{
    Anything, Bool, Count, List, Number, One, Requirements, SchemaOrBool, Text, TextMap, Texts, ValueMap, Values,
};
use Kind::{
    Callback, Components, Contact, Discriminator, Document, Encoding, Example, ExternalDocs, Flow, Flows, Header, Info,
    License, Link, MediaType, Operation, Parameter, PathItem, Paths, RequestBody, Response, Responses, Schema,
    SecurityScheme, Server, ServerVariable, Tag,
};

type Fields = &'static [(&'static str, Holds)];

impl Kind {
    /// The keys this kind of object knows.
    #[rustfmt::skip]
    pub(crate) fn fields(self) -> Fields {
        match self {
            Document => &[
                ("openapi", Text), ("info", One(Info)), ("servers", List(Server)), ("paths", One(Paths)),
                ("components", One(Components)), ("security", Requirements), ("tags", List(Tag)),
                ("externalDocs", One(ExternalDocs)), ("webhooks", Holds::Map(PathItem)),
            ],
            Info => &[
                ("title", Text), ("description", Text), ("termsOfService", Text), ("contact", One(Contact)),
                ("license", One(License)), ("version", Text),
            ],
            Contact => &[("name", Text), ("url", Text), ("email", Text)],
            License => &[("name", Text), ("url", Text)],
            Server => &[("url", Text), ("description", Text), ("variables", Holds::Map(ServerVariable))],
            ServerVariable => &[("enum", Texts), ("default", Text), ("description", Text)],
            Tag => &[("name", Text), ("description", Text), ("externalDocs", One(ExternalDocs))],
            ExternalDocs => &[("description", Text), ("url", Text)],
            Paths | Responses | Callback => &[],
            PathItem => &[
                ("summary", Text), ("description", Text), ("get", One(Operation)), ("put", One(Operation)),
                ("post", One(Operation)), ("delete", One(Operation)), ("options", One(Operation)),
                ("head", One(Operation)), ("patch", One(Operation)), ("trace", One(Operation)),
                ("servers", List(Server)), ("parameters", List(Parameter)),
            ],
            Operation => &[
                ("tags", Texts), ("summary", Text), ("description", Text), ("externalDocs", One(ExternalDocs)),
                ("operationId", Text), ("parameters", List(Parameter)), ("requestBody", One(RequestBody)),
                ("responses", One(Responses)), ("callbacks", Holds::Map(Callback)), ("deprecated", Bool),
                ("security", Requirements), ("servers", List(Server)),
            ],
            Parameter => &[
                ("name", Text), ("in", Text), ("description", Text), ("required", Bool), ("deprecated", Bool),
                ("allowEmptyValue", Bool), ("style", Text), ("explode", Bool), ("allowReserved", Bool),
                ("schema", One(Schema)), ("content", Holds::Map(MediaType)), ("example", Anything),
                ("examples", Holds::Map(Example)),
            ],
            Header => &[
                ("description", Text), ("required", Bool), ("deprecated", Bool), ("style", Text), ("explode", Bool),
                ("schema", One(Schema)), ("content", Holds::Map(MediaType)), ("example", Anything),
                ("examples", Holds::Map(Example)),
            ],
            RequestBody => &[("description", Text), ("content", Holds::Map(MediaType)), ("required", Bool)],
            MediaType => &[
                ("schema", One(Schema)), ("example", Anything), ("examples", Holds::Map(Example)),
                ("encoding", Holds::Map(Encoding)),
            ],
            Encoding => &[
                ("contentType", Text), ("headers", Holds::Map(Header)), ("style", Text), ("explode", Bool),
                ("allowReserved", Bool),
            ],
            Response => &[
                ("description", Text), ("headers", Holds::Map(Header)), ("content", Holds::Map(MediaType)),
                ("links", Holds::Map(Link)),
            ],
            Link => &[
                ("operationRef", Text), ("operationId", Text), ("parameters", ValueMap), ("requestBody", Anything),
                ("description", Text), ("server", One(Server)),
            ],
            Example => &[("summary", Text), ("description", Text), ("value", Anything), ("externalValue", Text)],
            SecurityScheme => &[
                ("type", Text), ("description", Text), ("name", Text), ("in", Text), ("scheme", Text),
                ("bearerFormat", Text), ("flows", One(Flows)), ("openIdConnectUrl", Text),
            ],
            Flows => &[
                ("implicit", One(Flow)), ("password", One(Flow)), ("clientCredentials", One(Flow)),
                ("authorizationCode", One(Flow)),
            ],
            Flow => &[("authorizationUrl", Text), ("tokenUrl", Text), ("refreshUrl", Text), ("scopes", TextMap)],
            Components => &[
                ("schemas", Holds::Map(Schema)), ("responses", Holds::Map(Response)),
                ("parameters", Holds::Map(Parameter)), ("examples", Holds::Map(Example)),
                ("requestBodies", Holds::Map(RequestBody)), ("headers", Holds::Map(Header)),
                ("securitySchemes", Holds::Map(SecurityScheme)), ("links", Holds::Map(Link)),
                ("callbacks", Holds::Map(Callback)),
            ],
            Schema => &[
                ("nullable", Bool), ("readOnly", Bool), ("writeOnly", Bool), ("deprecated", Bool),
                ("externalDocs", One(ExternalDocs)), ("example", Anything), ("title", Text), ("description", Text),
                ("discriminator", One(Discriminator)), ("default", Anything), ("type", Text), ("format", Text),
                ("enum", Values), ("pattern", Text), ("minLength", Count), ("maxLength", Count), ("multipleOf", Number),
                ("minimum", Number), ("maximum", Number), ("exclusiveMinimum", Bool), ("exclusiveMaximum", Bool),
                ("properties", Holds::Map(Schema)), ("required", Texts), ("additionalProperties", SchemaOrBool),
                ("minProperties", Count), ("maxProperties", Count), ("items", One(Schema)), ("minItems", Count),
                ("maxItems", Count), ("uniqueItems", Bool), ("oneOf", List(Schema)), ("allOf", List(Schema)),
                ("anyOf", List(Schema)), ("not", One(Schema)),
            ],
            Discriminator => &[("propertyName", Text), ("mapping", TextMap)],
        }
    }

    /// What stands under a key; `None` for a key this kind does not know.
    pub(crate) fn holds(self, key: &str) -> Option<Holds> {
        let other = match self {
            Paths if key.starts_with('/') => Some(One(PathItem)),
            Responses if !key.starts_with("x-") => Some(One(Response)),
            Callback if !key.starts_with("x-") => Some(One(PathItem)),
            _ => None,
        };
        other.or_else(|| self.fields().iter().find(|(name, _)| *name == key).map(|(_, holds)| *holds))
    }

    /// Keys of 3.1 schemas that hold schemas: references in them are resolved although 3.0 does not know them.
    pub(crate) fn newer(self, key: &str) -> Option<Holds> {
        match (self, key) {
            (Schema, "patternProperties" | "dependentSchemas" | "$defs" | "definitions") => Some(Holds::Map(Schema)),
            (Schema, "prefixItems") => Some(List(Schema)),
            (
                Schema,
                "if"
                | "then"
                | "else"
                | "contains"
                | "propertyNames"
                | "unevaluatedProperties"
                | "unevaluatedItems"
                | "contentSchema",
            ) => Some(SchemaOrBool),
            (Components, "pathItems") => Some(Holds::Map(PathItem)),
            _ => None,
        }
    }

    /// Whether any version knows a key of which nothing here is made.
    pub(crate) fn knows(self, key: &str) -> bool {
        match self {
            Document => matches!(key, "jsonSchemaDialect" | "$self"),
            Info => key == "summary",
            License => key == "identifier",
            Server => key == "name",
            Tag => matches!(key, "summary" | "parent" | "kind"),
            PathItem => matches!(key, "$ref" | "query" | "additionalOperations"),
            Components => matches!(key, "pathItems" | "mediaTypes"),
            MediaType | Encoding => matches!(key, "itemSchema" | "prefixEncoding" | "itemEncoding" | "encoding"),
            Response => key == "summary",
            Header => key == "allowReserved",
            Example => matches!(key, "dataValue" | "serializedValue"),
            SecurityScheme => matches!(key, "deprecated" | "oauth2MetadataUrl"),
            Flows => key == "deviceAuthorization",
            Flow => key == "deviceAuthorizationUrl",
            Discriminator => key == "defaultMapping",
            Schema => matches!(
                key,
                "xml"
                    | "const"
                    | "examples"
                    | "contentEncoding"
                    | "contentMediaType"
                    | "dependencies"
                    | "additionalItems"
                    | "id"
                    | "$id"
                    | "$schema"
                    | "$anchor"
                    | "$ref"
                    | "$dynamicAnchor"
                    | "$dynamicRef"
                    | "$recursiveAnchor"
                    | "$recursiveRef"
                    | "$vocabulary"
                    | "$comment"
            ),
            Contact | ServerVariable | ExternalDocs | Paths | Operation | Parameter | RequestBody | Responses
            | Link | Callback => false,
        }
    }

    /// Whether `{"$ref": …}` may stand for an object of this kind.
    pub(crate) fn may_refer(self) -> bool {
        self == PathItem || self.component().is_some()
    }

    /// Where under `components` objects of this kind are kept, when references to them may stay references.
    pub(crate) fn component(self) -> Option<&'static str> {
        Some(match self {
            Schema => "schemas",
            Response => "responses",
            Parameter => "parameters",
            Example => "examples",
            RequestBody => "requestBodies",
            Header => "headers",
            SecurityScheme => "securitySchemes",
            Link => "links",
            Callback => "callbacks",
            _ => return None,
        })
    }

    /// The kind in words.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Document => "document",
            Info => "info",
            Contact => "contact",
            License => "licence",
            Server => "server",
            ServerVariable => "server variable",
            Tag => "tag",
            ExternalDocs => "external documentation",
            Paths => "paths",
            PathItem => "path item",
            Operation => "operation",
            Parameter => "parameter",
            RequestBody => "request body",
            MediaType => "media type",
            Encoding => "encoding",
            Responses => "responses",
            Response => "response",
            Header => "header",
            Link => "link",
            Example => "example",
            Callback => "callback",
            SecurityScheme => "security scheme",
            Flows => "flows",
            Flow => "flow",
            Components => "components",
            Schema => "schema",
            Discriminator => "discriminator",
        }
    }
}

/// The methods a path item may have, in the order of the specification.
pub const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The target of a reference object.
pub(crate) fn reference(value: &Value) -> Option<&str> {
    pointer::member(value.as_object()?, "$ref")?.as_str()
}

/// Calls `visit` on a node and, where it says so, on the objects below, as `visit` left them.
///
/// `newer` says whether to enter the keywords that only OpenAPI 3.1 knows. References are visited and not followed.
pub(crate) fn walk(
    value: &mut Value,
    kind: Kind,
    newer: bool,
    at: &mut String,
    visit: &mut dyn FnMut(&mut Value, Kind, &str) -> bool,
) {
    if !visit(value, kind, at) {
        return;
    }
    if kind.may_refer() && reference(value).is_some() {
        return;
    }
    let Some(object) = value.as_object_mut() else { return };
    for (key, child) in object {
        let holds = kind.holds(key).or_else(|| if newer { kind.newer(key) } else { None });
        let Some(holds) = holds else { continue };
        let length = at.len();
        pointer::push(at, key);
        match (holds, &mut *child) {
            (One(kind), child) => walk(child, kind, newer, at, visit),
            (SchemaOrBool, child @ Value::Object(_)) => walk(child, Schema, newer, at, visit),
            (List(kind), Value::Array(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    let length = at.len();
                    pointer::push(at, &index.to_string());
                    walk(item, kind, newer, at, visit);
                    at.truncate(length);
                }
            }
            (Holds::Map(kind), Value::Object(members)) => {
                for (name, member) in members {
                    let length = at.len();
                    pointer::push(at, name);
                    walk(member, kind, newer, at, visit);
                    at.truncate(length);
                }
            }
            _ => {}
        }
        at.truncate(length);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_object_is_visited_once_with_its_kind() {
        let mut tree = json!({
            "openapi": "3.0.0",
            "paths": {"/a": {"get": {
                "parameters": [{"$ref": "#/components/parameters/p"}],
                "responses": {"200": {"content": {"a/b": {"schema": {"properties": {"$ref": {"type": "string"}}}}}}},
            }}},
        });
        let mut seen = Vec::new();
        walk(&mut tree, Kind::Document, false, &mut String::new(), &mut |_, kind, at| {
            seen.push(format!("{kind:?} {at}"));
            true
        });
        assert_eq!(
            seen,
            [
                "Document ",
                "Paths /paths",
                "PathItem /paths/~1a",
                "Operation /paths/~1a/get",
                "Parameter /paths/~1a/get/parameters/0",
                "Responses /paths/~1a/get/responses",
                "Response /paths/~1a/get/responses/200",
                "MediaType /paths/~1a/get/responses/200/content/a~1b",
                "Schema /paths/~1a/get/responses/200/content/a~1b/schema",
                "Schema /paths/~1a/get/responses/200/content/a~1b/schema/properties/$ref",
            ]
        );
    }
}

//! The document's operations as they are checked: path, hosts, parameters, body, keys, answers.

use http::Method;
use regex::Regex;
use serde_json::Value;

use crate::document::Document;
use crate::hosts::Hosts;
use crate::schema::{Direction, Shape};

/// An operation of the document.
#[derive(Debug)]
pub(crate) struct Operation {
    /// The `operationId`, else `GET /path`.
    pub(crate) id: String,
    pub(crate) method: Method,
    /// The template as written.
    pub(crate) path: String,
    /// Matches the path below a host's base; its groups are the parameters in order.
    pub(crate) pattern: Regex,
    /// Names of the path's parameters in order.
    pub(crate) names: Vec<String>,
    /// Hosts that take it.
    pub(crate) hosts: Vec<usize>,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    /// Alternatives, each of schemes that must all be met.
    pub(crate) security: Vec<Vec<String>>,
    /// Answers by status as written.
    pub(crate) answers: Vec<(String, Answer)>,
}

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
    Header,
    Cookie,
}

impl Place {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// A parameter.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) place: Place,
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) style: String,
    pub(crate) explode: bool,
    /// Written as JSON text.
    pub(crate) is_json: bool,
    pub(crate) shape: Shape,
}

/// What is sent.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) required: bool,
    /// Media types as written, and what they hold.
    pub(crate) content: Vec<(String, Media)>,
}

/// What a media type holds.
#[derive(Debug)]
pub(crate) struct Media {
    pub(crate) shape: Shape,
    /// The document's `encoding` of fields, by name.
    pub(crate) encoding: Value,
}

/// What comes back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) content: Vec<(String, Shape)>,
    pub(crate) headers: Vec<(String, Shape)>,
}

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// All operations, those with plainer paths first.
pub(crate) fn all(document: &Document, hosts: &Hosts) -> Vec<Operation> {
    let paths = document.root().get("paths").and_then(Value::as_object);
    let mut found = Vec::new();
    for (path, item) in paths.into_iter().flatten() {
        let item = document.resolved(item);
        for method in METHODS {
            if let Some(operation) = item.get(method) {
                found.extend(Reader { document, hosts, item, operation }.read(path, method));
            }
        }
    }
    // A literal segment is plainer than a parameter, and the first difference decides.
    found.sort_by_key(|operation| {
        let segments = operation.path.split('/');
        segments.map(|segment| (segment.contains('{'), segment.starts_with('{'))).collect::<Vec<_>>()
    });
    found
}

struct Reader<'a> {
    document: &'a Document,
    hosts: &'a Hosts,
    /// The path's own say.
    item: &'a Value,
    operation: &'a Value,
}

impl<'a> Reader<'a> {
    fn read(&self, path: &str, method: &str) -> Option<Operation> {
        let (pattern, names) = template(path)?;
        let method = Method::from_bytes(method.to_uppercase().as_bytes()).ok()?;
        let id = self.operation.get("operationId").and_then(Value::as_str);
        Some(Operation {
            id: id.map_or_else(|| format!("{method} {path}"), str::to_owned),
            hosts: self.hosts.of(&[self.operation, self.item, self.document.root()]),
            method,
            path: path.to_owned(),
            pattern,
            names,
            parameters: self.parameters(),
            body: self.operation.get("requestBody").map(|body| self.body(self.document.resolved(body))),
            security: self.security(),
            answers: self.answers(),
        })
    }

    /// Those of the path, each unless the operation has one of its name and place.
    fn parameters(&self) -> Vec<Parameter> {
        let mut found: Vec<Parameter> = Vec::new();
        for owner in [self.operation, self.item] {
            let list = owner.get("parameters").and_then(Value::as_array);
            for parameter in list.into_iter().flatten().filter_map(|one| self.parameter(self.document.resolved(one))) {
                let is_known = |known: &Parameter| known.name == parameter.name && known.place == parameter.place;
                if !found.iter().any(is_known) {
                    found.push(parameter);
                }
            }
        }
        found
    }

    fn parameter(&self, parameter: &Value) -> Option<Parameter> {
        let text = |key: &str| parameter.get(key).and_then(Value::as_str);
        let is = |key: &str| parameter.get(key).and_then(Value::as_bool);
        let (name, place) = (text("name")?, text("in")?);
        let place =
            [Place::Path, Place::Query, Place::Header, Place::Cookie].into_iter().find(|one| one.word() == place)?;
        let ignored = ["accept", "content-type", "authorization"];
        if place == Place::Header && ignored.contains(&name.to_ascii_lowercase().as_str()) {
            return None;
        }
        let default = if matches!(place, Place::Query | Place::Cookie) { "form" } else { "simple" };
        let style = text("style").unwrap_or(default);
        let content = parameter.get("content").and_then(Value::as_object).and_then(|content| content.iter().next());
        let schema = content.map_or(parameter.get("schema"), |(_, media)| media.get("schema"));
        Some(Parameter {
            place,
            name: name.to_owned(),
            required: is("required").unwrap_or(place == Place::Path),
            style: style.to_owned(),
            explode: is("explode").unwrap_or(style == "form"),
            is_json: content.is_some_and(|(name, _)| is_json(name)),
            shape: Shape::new(schema, Direction::Request),
        })
    }

    fn body(&self, body: &Value) -> Body {
        let content = body.get("content").and_then(Value::as_object);
        let media = |(name, media): (&String, &Value)| {
            let encoding = media.get("encoding").cloned().unwrap_or_default();
            (name.clone(), Media { shape: Shape::new(media.get("schema"), Direction::Request), encoding })
        };
        Body {
            required: body.get("required") == Some(&Value::Bool(true)),
            content: content.into_iter().flatten().map(media).collect(),
        }
    }

    fn security(&self) -> Vec<Vec<String>> {
        let own = self.operation.get("security").or_else(|| self.document.root().get("security"));
        let schemes = |alternative: &Value| {
            alternative.as_object().map(|schemes| schemes.keys().cloned().collect()).unwrap_or_default()
        };
        own.and_then(Value::as_array).into_iter().flatten().map(schemes).collect()
    }

    fn answers(&self) -> Vec<(String, Answer)> {
        let answers = self.operation.get("responses").and_then(Value::as_object);
        let answer = |(status, answer): (&String, &Value)| {
            let answer = self.document.resolved(answer);
            let members = |key: &str| answer.get(key).and_then(Value::as_object).into_iter().flatten();
            let shape = |owner: &Value| Shape::new(owner.get("schema"), Direction::Response);
            let headers =
                members("headers").map(|(name, header)| (name.clone(), shape(self.document.resolved(header))));
            let content = members("content").map(|(name, media)| (name.clone(), shape(media)));
            (status.clone(), Answer { headers: headers.collect(), content: content.collect() })
        };
        answers.into_iter().flatten().map(answer).collect()
    }
}

/// `/a/{b}` as an expression and the names of its groups.
fn template(path: &str) -> Option<(Regex, Vec<String>)> {
    let (mut pattern, mut names) = (String::from("^"), Vec::new());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        pattern.push_str(&regex::escape(before));
        pattern.push_str("([^/]+?)");
        names.push(name.to_owned());
        rest = after;
    }
    pattern.push_str(&regex::escape(rest));
    pattern.push('$');
    Some((Regex::new(&pattern).ok()?, names))
}

/// Whether a media type is JSON.
pub(crate) fn is_json(media: &str) -> bool {
    let essence = essence(media);
    essence == "application/json" || essence.ends_with("+json")
}

/// A media type without its parameters, in lower case.
pub(crate) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

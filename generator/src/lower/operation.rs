//! One operation.

use openapiv3::{Operation as Raw, PathItem};
use serde_json::Value;

use super::Lowering;
use super::collect::call_words;
use super::words::{name, singular_words, words};
use crate::ir::{
    Argument, Arguments, AuthScheme, Body, Evidence, Literal, Name, Operation, Param, ParamPlace, RetryClass, Server,
    Type,
};
use crate::load::{pointer, template};

/// An operation where it stands.
pub(super) struct Call<'a> {
    pub(super) path: &'a str,
    pub(super) method: &'a str,
    pub(super) item: &'a PathItem,
    pub(super) operation: &'a Raw,
    pub(super) pointer: String,
}

impl<'a> Lowering<'a> {
    /// Lowers an operation; also gives the words of the resource it belongs to.
    pub(super) fn operation(
        &mut self,
        call: &Call<'a>,
        schemes: &[AuthScheme],
        servers: &mut Vec<Server>,
    ) -> (Vec<String>, Operation) {
        let (resource, own_name) = self.operation_name(call);
        let type_words = call_words(&resource, &own_name);
        let params = self.params(call, &type_words);
        let body = self.body(call, &type_words);
        let responses = self.responses(call, &type_words);
        let callbacks = self.callbacks(call, &type_words);
        let order = self.argument_order(call, &params, body.as_ref());
        let arguments = arguments(call.path, &params, body.as_ref(), &order);
        let example = self.example_call(call, &params, body.as_ref());
        let raw = call.operation;
        let lowered = Operation {
            id: format!("{}.{}", resource.join("_"), own_name.0.join("_")),
            name: own_name,
            type_name: name(type_words, "call"),
            method: call.method.to_uppercase(),
            path: template::plain(call.path),
            // Decided when all types are known.
            paging: None,
            security: self.security(call, schemes),
            server: self.server(call, servers),
            retry: self.retry(call),
            evidence: self.evidence(raw.extensions.get("x-evidence"), &call.pointer).unwrap_or_default(),
            aliases: Vec::new(),
            alias_of: None,
            deprecated: raw.deprecated,
            tags: raw.tags.clone(),
            summary: raw.summary.clone().or_else(|| call.item.summary.clone()).unwrap_or_default(),
            doc: raw.description.clone().or_else(|| call.item.description.clone()).unwrap_or_default(),
            docs_url: raw.external_docs.as_ref().map(|docs| docs.url.clone()),
            example,
            origin: self.document.origin(&call.pointer),
            params,
            body,
            arguments,
            responses: responses.successes,
            output: responses.output,
            errors: responses.failures,
            headers: responses.headers,
            callbacks,
        };
        (resource, lowered)
    }

    /// The words of the resource, and of the method: from `operationId`, else derived from the route.
    fn operation_name(&mut self, call: &Call<'a>) -> (Vec<String>, Name) {
        let tag = call.operation.tags.first().map(|tag| words(tag)).filter(|words| !words.is_empty());
        let segments: Vec<&str> = call.path.split('/').filter(|segment| !segment.is_empty()).collect();
        let first = segments.iter().find(|segment| !segment.starts_with('{')).map(|segment| words(segment));
        let fallback = tag.or(first).filter(|words| !words.is_empty()).unwrap_or_else(|| vec!["root".to_owned()]);
        let id = call.operation.operation_id.as_deref();
        let (resource, method) = id.map_or((None, None), |id| match id.rsplit_once('.') {
            Some((resource, method)) => (lettered(resource), lettered(method)),
            None => (None, lettered(id)),
        });
        let resource = resource.map_or(fallback, |words| name(words, "root").0);
        let own = match method {
            Some(words) => name(words, "call"),
            None => {
                let own = derived(call, &segments, &resource);
                self.report_derived(call, &own);
                own
            }
        };
        (resource, own)
    }

    fn report_derived(&mut self, call: &Call<'a>, own: &Name) {
        let problem = match call.operation.operation_id {
            Some(_) => "has an operationId that names no method",
            None => "has no operationId",
        };
        let (method, own) = (call.method.to_uppercase(), own.0.join("_"));
        self.warn(
            "W050",
            format!("{method} {} {problem}; it is called `{own}`", call.path),
            &call.pointer,
            "add an `operationId`, in the document or by an overlay: the derived name changes with the path",
        );
    }

    fn retry(&mut self, call: &Call<'a>) -> RetryClass {
        match extension(call, "x-retry") {
            Some("safe") => return RetryClass::Safe,
            Some("idempotent") => return RetryClass::Idempotent,
            Some("unsafe") => return RetryClass::Unsafe,
            Some(other) => {
                let message = format!("`x-retry: {other}` is not one of safe, idempotent, unsafe");
                self.warn(
                    "W051",
                    message,
                    &pointer::join(&call.pointer, "x-retry"),
                    "the class of the method is used instead",
                );
            }
            None => {}
        }
        match call.method {
            "get" | "head" | "options" | "trace" => RetryClass::Safe,
            "put" | "delete" => RetryClass::Idempotent,
            _ => RetryClass::Unsafe,
        }
    }

    /// How well an operation or an alias is known, when a mark says so.
    pub(super) fn evidence(&mut self, mark: Option<&Value>, at: &str) -> Option<Evidence> {
        let mark = mark?;
        Some(match mark.as_str() {
            Some("published") => Evidence::Published,
            Some("weak") => Evidence::Weak,
            Some("guess") => Evidence::Guess,
            other => {
                let other = other.map_or_else(|| mark.to_string(), str::to_owned);
                let message = format!("`x-evidence: {other}` is not one of published, weak, guess");
                self.warn(
                    "W052",
                    message,
                    &pointer::join(at, "x-evidence"),
                    "the strictest mark, guess, is used instead",
                );
                Evidence::Guess
            }
        })
    }

    fn argument_order(&mut self, call: &Call<'a>, params: &[Param], body: Option<&Body>) -> Vec<String> {
        let listed = call.operation.extensions.get("x-args").and_then(Value::as_array);
        let order: Vec<String> =
            listed.into_iter().flatten().filter_map(|arg| arg.as_str().map(str::to_owned)).collect();
        let required = required(call.path, params, body);
        for listed in &order {
            if !required.iter().any(|(_, wire_name)| wire_name == listed) {
                self.warn(
                    "W053",
                    format!("`x-args` names `{listed}`, which is not a required argument"),
                    &pointer::join(&call.pointer, "x-args"),
                    "`x-args` orders required parameters and body fields by their wire names",
                );
            }
        }
        order
    }

    /// The call that `x-example` shows. What it says of arguments that are not there is left out.
    fn example_call(
        &mut self,
        call: &Call<'a>,
        params: &[Param],
        body: Option<&Body>,
    ) -> Option<Vec<(String, Literal)>> {
        let example = call.operation.extensions.get("x-example")?;
        let at = pointer::join(&call.pointer, "x-example");
        let Some(members) = example.as_object() else {
            self.malformed_example(&at, "`x-example` is no object; it is ignored");
            return None;
        };
        let parts = body.and_then(|body| body.parts.as_deref()).unwrap_or_default();
        let is_argument = |name: &str| {
            params.iter().any(|param| param.wire_name == name) || parts.iter().any(|part| part.wire_name == name)
        };
        let mut shown = Vec::new();
        for (name, value) in members {
            if is_argument(name) {
                shown.push((name.clone(), Literal::from(value)));
            } else {
                let message = format!("`x-example` names `{name}`, which is no argument; it is left out");
                self.malformed_example(&pointer::join(&at, name), &message);
            }
        }
        Some(shown)
    }

    fn malformed_example(&mut self, at: &str, message: &str) {
        self.warn("W059", message, at, "`x-example` has values of parameters and body fields by their wire names");
    }
}

/// What is given up front: the arguments of the path in its order, then as `order` lists them, then as they stand.
pub(super) fn arguments(path: &str, params: &[Param], body: Option<&Body>, order: &[String]) -> Arguments {
    let mut required = required(path, params, body);
    let is_path = |argument: Argument| matches!(argument, Argument::Param(i) if params.get(i).is_some_and(|p| p.place == ParamPlace::Path));
    required.sort_by_key(|(argument, wire_name)| match order.iter().position(|listed| listed == wire_name) {
        Some(position) => (1, position),
        None if is_path(*argument) => (0, 0),
        None => (2, 0),
    });
    let required: Vec<Argument> = required.into_iter().map(|(argument, _)| argument).collect();
    let as_struct = required.len() > 3 || swappable(&required, params, body);
    Arguments { required, as_struct }
}

/// The required arguments with their wire names, those of the path in its order first.
fn required<'o>(path: &str, params: &'o [Param], body: Option<&'o Body>) -> Vec<(Argument, &'o str)> {
    let mut required: Vec<(Argument, &str)> = Vec::new();
    let template = template::plain(path);
    let in_path = |param: &Param| template.find(&format!("{{{}}}", param.wire_name)).unwrap_or(usize::MAX);
    let mut path: Vec<usize> =
        (0..params.len()).filter(|i| params.get(*i).is_some_and(|p| p.place == ParamPlace::Path)).collect();
    path.sort_by_key(|i| params.get(*i).map_or(usize::MAX, in_path));
    let rest = (0..params.len()).filter(|i| params.get(*i).is_some_and(|p| p.place != ParamPlace::Path));
    for index in path.into_iter().chain(rest) {
        if let Some(param) = params.get(index).filter(|param| param.required && param.constant.is_none()) {
            required.push((Argument::Param(index), &param.wire_name));
        }
    }
    match body {
        Some(Body { parts: Some(parts), .. }) => {
            let parts = parts.iter().enumerate().filter(|(_, part)| part.required && part.constant.is_none());
            required.extend(parts.map(|(index, part)| (Argument::Part(index), part.wire_name.as_str())));
        }
        Some(body) if body.required => required.push((Argument::Body, "")),
        _ => {}
    }
    required
}

/// Whether two neighbours have one type, so that a caller could swap them unnoticed.
fn swappable(required: &[Argument], params: &[Param], body: Option<&Body>) -> bool {
    let parts = body.and_then(|body| body.parts.as_deref()).unwrap_or_default();
    let types: Vec<Option<&Type>> = required
        .iter()
        .map(|argument| match argument {
            Argument::Param(index) => params.get(*index).map(|param| &param.ty),
            Argument::Part(index) => parts.get(*index).map(|part| &part.ty),
            Argument::Body => body.map(|body| &body.ty),
        })
        .collect();
    types.windows(2).any(|pair| matches!(pair, [Some(left), Some(right)] if left == right))
}

/// The words of a part of an `operationId`; one of nothing but signs is none.
pub(super) fn lettered(text: &str) -> Option<Vec<String>> {
    let words = if text.contains(char::is_alphanumeric) { words(text) } else { Vec::new() };
    (!words.is_empty()).then_some(words)
}

fn extension<'a>(call: &Call<'a>, key: &str) -> Option<&'a str> {
    call.operation.extensions.get(key).and_then(Value::as_str)
}

/// A name from the route, for an operation without `operationId`: `GET /charges/{id}` → `retrieve`.
fn derived(call: &Call<'_>, segments: &[&str], resource: &[String]) -> Name {
    let ends_in_param = segments.last().is_some_and(|segment| segment.starts_with('{'));
    let rest: Vec<String> = segments
        .iter()
        .filter(|segment| !segment.starts_with('{'))
        .map(|segment| words(segment))
        .filter(|words| singular_words(words) != singular_words(resource))
        .flatten()
        .collect();
    let verb = match (call.method, ends_in_param) {
        ("get", true) => "retrieve",
        ("get", false) => "list",
        ("post", _) => "create",
        ("put", _) => "replace",
        ("patch", _) => "update",
        (method, _) => method,
    };
    name([vec![verb.to_owned()], rest].concat(), "call")
}

//! A call as a command: what goes over the wire, for a shell.

use std::collections::HashMap;

use serde_json::Value;

use super::urls;
use crate::ir::{Api, Argument, AuthKind, Body, BodyPart, Evidence, MediaKind, Operation, Param, ParamPlace, Style};
use crate::output::hash;
use crate::target::sample::{Call, Content, Node, untyped};
use crate::target::words::screaming;

/// The command. Keys come from variables that begin with the SDK's name, as in programs.
pub(super) fn command(api: &Api, call: &Call<'_>) -> String {
    let operation = call.operation;
    let mut words = vec![format!("curl{} {}", method(operation), quoted(&address(api, call)))];
    words.extend(credentials(api, operation));
    let headers = api.conventions.headers.iter();
    words.extend(headers.map(|header| format!("-H {}", quoted(&format!("{}: {}", header.wire_name, header.value)))));
    let idempotency = api.conventions.idempotency.as_ref();
    if let Some(idempotency) = idempotency.filter(|own| own.methods.contains(&operation.method)) {
        words.push(format!("-H {}", quoted(&format!("{}: {}", idempotency.header, idempotency_key(call)))));
    }
    for (param, value) in params(call, ParamPlace::Header) {
        words.push(format!("-H {}", quoted(&format!("{}: {}", param.wire_name, plain(&value)))));
    }
    let cookies = params(call, ParamPlace::Cookie);
    let cookies: Vec<String> = cookies.iter().map(|(param, value)| pair(&param.wire_name, &plain(value))).collect();
    if !cookies.is_empty() {
        words.push(format!("-b {}", quoted(&cookies.join("; "))));
    }
    words.extend(body(call));
    // A shell checks nothing: who copies the command must see it there.
    let warning = if operation.evidence == Evidence::Guess { "# Unverified: nobody has seen this call.\n" } else { "" };
    format!("{warning}{}", words.join(" \\\n  "))
}

/// The key of this call and no other: one that two calls had in common would make the second look like the first, sent again.
fn idempotency_key(call: &Call<'_>) -> String {
    let given: Vec<Value> = call.given.iter().map(|(_, node)| node.json()).collect();
    let digest = hash(Value::Array(given).to_string().as_bytes());
    format!("{}-{}", urls::slug(&call.operation.id), digest.get(..6).unwrap_or_default())
}

/// ` -X POST`, where curl would choose another.
fn method(operation: &Operation) -> String {
    match (operation.method.as_str(), &operation.body) {
        ("GET", None) => String::new(),
        (method, _) => format!(" -X {method}"),
    }
}

/// What goes to one place: the parameters that are given, and those that have one value.
fn params<'c>(call: &'c Call<'_>, place: ParamPlace) -> Vec<(&'c Param, Value)> {
    let given = |at: usize| call.value(Argument::Param(at)).map(Node::json);
    let own = call.operation.params.iter().enumerate().filter(|(_, param)| param.place == place);
    let valued = own.filter_map(|(at, param)| match &param.constant {
        Some(constant) => Some((param, untyped(constant)?)),
        None => Some((param, given(at)?)),
    });
    valued.collect()
}

fn address(api: &Api, call: &Call<'_>) -> String {
    let mut path = call.operation.path.clone();
    for (param, value) in params(call, ParamPlace::Path) {
        path = path.replace(&format!("{{{}}}", param.wire_name), &encoded(&plain(&value)));
    }
    let query: Vec<String> =
        params(call, ParamPlace::Query).into_iter().flat_map(|(param, value)| query(param, value)).collect();
    let query = if query.is_empty() { String::new() } else { format!("?{}", query.join("&")) };
    format!("{}{path}{query}", server(api, call.operation))
}

/// Scheme and host of an operation, variables at their defaults.
pub(super) fn server(api: &Api, operation: &Operation) -> String {
    let Some(server) = api.servers.get(operation.server) else { return String::new() };
    let mut url = server.url.clone();
    for variable in &server.variables {
        url = url.replace(&format!("{{{}}}", variable.wire_name), variable.default.as_deref().unwrap_or_default());
    }
    url.trim_end_matches('/').to_owned()
}

/// A parameter as the pairs of a query.
fn query(param: &Param, value: Value) -> Vec<String> {
    let name = &param.wire_name;
    match (value, param.style) {
        (value, Style::Json) => vec![pair(name, &value.to_string())],
        (Value::Object(members), Style::DeepObject) => {
            members.iter().flat_map(|(key, value)| nested(&format!("{name}[{key}]"), value)).collect()
        }
        (Value::Object(members), Style::Form { explode: true }) => {
            members.iter().map(|(key, value)| pair(key, &plain(value))).collect()
        }
        (Value::Array(items), Style::Form { explode: true }) => {
            items.iter().map(|value| pair(name, &plain(value))).collect()
        }
        (Value::Array(items), style) => {
            let between = match style {
                Style::SpaceDelimited => "%20",
                Style::PipeDelimited => "%7C",
                _ => ",",
            };
            let items: Vec<String> = items.iter().map(|value| encoded(&plain(value))).collect();
            vec![format!("{}={}", encoded(name), items.join(between))]
        }
        (value, _) => vec![pair(name, &plain(&value))],
    }
}

/// A value below brackets, lists as `[]`.
fn nested(name: &str, value: &Value) -> Vec<String> {
    match value {
        Value::Object(members) => {
            members.iter().flat_map(|(key, value)| nested(&format!("{name}[{key}]"), value)).collect()
        }
        Value::Array(items) => items.iter().flat_map(|value| nested(&format!("{name}[]"), value)).collect(),
        value => vec![pair(name, &plain(value))],
    }
}

/// The keys of the first way to authenticate, from variables of the shell.
fn credentials(api: &Api, operation: &Operation) -> Vec<String> {
    let schemes = operation.security.first().into_iter().flatten();
    let schemes = schemes.filter_map(|requirement| api.auth.schemes.get(requirement.scheme));
    let words = schemes.map(|scheme| {
        let variable = format!("${}_{}", screaming(&api.info.name), screaming(&scheme.name));
        match &scheme.kind {
            AuthKind::BasicKey => format!("-u \"{variable}:\""),
            AuthKind::Basic => format!("-u \"$USER_NAME:{variable}\""),
            AuthKind::Bearer | AuthKind::ClientCredentials { .. } => {
                format!("-H \"Authorization: Bearer {variable}\"")
            }
            AuthKind::Http { scheme } => format!("-H {}\"{variable}\"", quoted(&format!("Authorization: {scheme} "))),
            AuthKind::Header { name } => format!("-H {}\"{variable}\"", quoted(&format!("{name}: "))),
            AuthKind::Query { name } => format!("--url-query {}\"{variable}\"", quoted(&format!("{name}="))),
            AuthKind::Cookie { name } => format!("-b {}\"{variable}\"", quoted(&format!("{name}="))),
        }
    });
    words.collect()
}

fn body(call: &Call<'_>) -> Vec<String> {
    let Some(body) = &call.operation.body else { return Vec::new() };
    let parts = parts(call, body);
    let whole = call.value(Argument::Body);
    let kind = format!("-H {}", quoted(&format!("Content-Type: {}", body.media_type)));
    match (body.kind, whole) {
        (MediaKind::Json, whole) => {
            let value = match whole {
                Some(node) => node.json(),
                None if parts.is_empty() && !body.required => return Vec::new(),
                None => parts.into_iter().map(|(part, value)| (part.wire_name.clone(), value)).collect(),
            };
            vec![kind, format!("-d {}", quoted(&format!("{value:#}").replace('\n', "\n  ")))]
        }
        (MediaKind::Form, _) => {
            let pairs = parts.iter().flat_map(|(part, value)| nested(&part.wire_name, value));
            pairs.map(|pair| format!("-d {}", quoted(&pair))).collect()
        }
        (MediaKind::Multipart, _) => multipart(call, body),
        (MediaKind::Text | MediaKind::Binary, Some(node)) => match &node.content {
            Content::File { name, .. } => vec![kind, format!("--data-binary @{name}")],
            _ => vec![kind, format!("--data-raw {}", quoted(&plain(&node.json())))],
        },
        (MediaKind::Text | MediaKind::Binary, None) => Vec::new(),
    }
}

/// The parts that are given, and those that have one value.
fn parts<'c>(call: &'c Call<'_>, body: &'c Body) -> Vec<(&'c BodyPart, Value)> {
    let given = |at: usize| call.value(Argument::Part(at)).map(Node::json);
    let parts = body.parts.iter().flatten().enumerate().filter_map(|(at, part)| match &part.constant {
        Some(constant) => Some((part, untyped(constant)?)),
        None => Some((part, given(at)?)),
    });
    parts.collect()
}

/// The parts of a form with files. What a file is, curl tells by the name of some.
fn multipart(call: &Call<'_>, body: &Body) -> Vec<String> {
    let files = body.parts.iter().flatten().enumerate().filter_map(|(at, part)| {
        let Content::File { name, media_type } = &call.value(Argument::Part(at))?.content else { return None };
        let told = media_type.as_ref().or(part.content_type.as_ref()).filter(|told| !told.contains('*'));
        let kind = told.map(|told| format!(";type={told}")).unwrap_or_default();
        Some((&part.wire_name, format!("@{name}{kind}")))
    });
    let files: HashMap<&String, String> = files.collect();
    let parts = parts(call, body).into_iter().map(|(part, value)| {
        let text = files.get(&part.wire_name).cloned().unwrap_or_else(|| plain(&value));
        format!("-F {}", quoted(&format!("{}={text}", part.wire_name)))
    });
    parts.collect()
}

fn pair(name: &str, value: &str) -> String {
    format!("{}={}", encoded(name), encoded(value))
}

/// A value as text: text bare, anything else as JSON.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Text in a query or a path: what is not unreserved, brackets apart, is percent-encoded (RFC 3986).
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Text as one word of a shell: between single quotes, or bare where nothing in it means anything to a shell.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || ":/._-@=%,".contains(c);
    match !text.is_empty() && text.chars().all(is_plain) {
        true => text.to_owned(),
        false => format!("'{}'", text.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_a_word() {
        assert_eq!(quoted("https://a/b?c=$(x)"), "'https://a/b?c=$(x)'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted(""), "''");
        assert_eq!(pair("filters[a]", "ü b"), "filters%5Ba%5D=%C3%BC%20b");
    }
}

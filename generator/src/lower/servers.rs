//! Hosts and their roles.

use openapiv3::Server as Raw;

use super::Lowering;
use super::operation::Call;
use super::words::{name, value_words, words};
use crate::ir::{Name, Server, ServerValue, ServerVariable};
use crate::load::pointer;

impl<'a> Lowering<'a> {
    /// The hosts of `sdk.toml` first, then those of the document that it does not name. Those that it does name have a
    /// role of their own; of the others, all but the first are other choices for the same calls.
    pub(super) fn servers(&mut self) -> Vec<Server> {
        let mut servers: Vec<Server> = Vec::new();
        let config = self.config;
        for (role, url) in &config.servers {
            let described = self.document.api.servers.iter().position(|server| same_url(&server.url, url));
            let role = name(words(role), "api");
            let described = described.and_then(|at| Some((self.document.api.servers.get(at)?, at)));
            servers.push(match described {
                Some((server, at)) => self.server_at(server, role, &pointer::join("/servers", &at.to_string())),
                None => self.server_at(&Raw { url: url.clone(), ..Raw::default() }, role, ""),
            });
        }
        let document = self.document;
        let own: Vec<usize> = self.find_or_add_all(&document.api.servers, &mut servers, "/servers");
        if servers.is_empty() {
            // OpenAPI 3.0, "OpenAPI Object": no server means one with the URL `/`.
            let nowhere = Raw { url: "/".to_owned(), ..Raw::default() };
            servers.push(self.server_at(&nowhere, Name(vec!["default".to_owned()]), ""));
        }
        if config.servers.is_empty() {
            choices(&mut servers, &own, 0);
        }
        servers
    }

    /// The server of an operation: the first of its own, of its path's, or of the document's.
    pub(super) fn server(&mut self, call: &Call<'a>, servers: &mut Vec<Server>) -> usize {
        let (own, at) = match (call.operation.servers.as_slice(), call.item.servers.as_slice()) {
            ([], []) => return 0,
            ([], of_path) => (of_path, pointer::split(&call.pointer).map(|(path, _)| path).unwrap_or_default()),
            (own, _) => (own, call.pointer.as_str()),
        };
        let known = servers.len();
        let own = self.find_or_add_all(own, servers, &pointer::join(at, "servers"));
        choices(servers, &own, known);
        let first = own.first().copied().unwrap_or_default();
        if let Some(server) = servers.get_mut(first) {
            // It has calls of its own.
            server.stands_in_for = None;
        }
        first
    }

    fn find_or_add_all(&mut self, raw: &[Raw], servers: &mut Vec<Server>, at: &str) -> Vec<usize> {
        let raw = raw.iter().enumerate();
        raw.map(|(index, raw)| self.find_or_add(servers, raw, &pointer::join(at, &index.to_string()))).collect()
    }

    fn find_or_add(&mut self, servers: &mut Vec<Server>, server: &Raw, at: &str) -> usize {
        let label = server.extensions.get("x-name").and_then(|name| name.as_str()).or(server.description.as_deref());
        let short = label.map(words).filter(|words| (1..=2).contains(&words.len()));
        let unnamed = || if servers.is_empty() { vec!["default".to_owned()] } else { vec!["server".to_owned()] };
        let role = name(short.unwrap_or_else(unnamed), "server");
        let is_known = |known: &Server| same_url(&known.url, &server.url) && same_variables(&known.variables, server);
        if let Some(known) = servers.iter().position(is_known) {
            return known;
        }
        let lowered = self.server_at(server, role, at);
        servers.push(lowered);
        servers.len() - 1
    }

    fn server_at(&mut self, server: &Raw, role: Name, at: &str) -> Server {
        let url = server.url.trim_end_matches('/').to_owned();
        let in_url = variables_of(&url);
        let at = pointer::join(at, "variables");
        let mut variables: Vec<ServerVariable> = Vec::new();
        for (wire_name, variable) in server.variables.iter().flatten() {
            let at = pointer::join(&at, wire_name);
            if !in_url.contains(&wire_name.as_str()) {
                let message = format!("`{wire_name}` does not stand in the URL `{url}`; the variable is ignored");
                self.warn("W088", message, &at, "write it in the URL in braces, or remove it");
                continue;
            }
            if !variable.enumeration.is_empty() && !variable.enumeration.contains(&variable.default) {
                let default = &variable.default;
                let message = format!("the default `{default}` of `{wire_name}` is none of its values; it is kept");
                self.warn("W089", message, &at, "correct the default, or list it among the values");
            }
            variables.push(lowered(wire_name, variable));
        }
        for wire_name in in_url {
            if variables.iter().any(|known| known.wire_name == wire_name) {
                continue;
            }
            let at = at.strip_suffix("/variables").unwrap_or_default();
            let message = format!("`{{{wire_name}}}` in the URL `{url}` is not among the server's variables");
            self.warn("W088", message, at, "describe it under `variables`; until then the caller must set it");
            variables
                .push(ServerVariable { default: None, ..lowered(wire_name, &openapiv3::ServerVariable::default()) });
        }
        Server { name: role, url, variables, stands_in_for: None, doc: server.description.clone().unwrap_or_default() }
    }
}

/// All but the first of a list are other choices, unless they were known before `known` under a role of their own.
fn choices(servers: &mut [Server], own: &[usize], known: usize) {
    let Some((&first, others)) = own.split_first() else { return };
    for &other in others.iter().filter(|&&other| other >= known && other != first) {
        if let Some(server) = servers.get_mut(other) {
            server.stands_in_for = Some(first);
        }
    }
}

fn lowered(wire_name: &str, variable: &openapiv3::ServerVariable) -> ServerVariable {
    let mut values: Vec<ServerValue> = Vec::new();
    for value in &variable.enumeration {
        if !values.iter().any(|known| known.value == *value) {
            values.push(ServerValue { name: name(value_words(value), "empty"), value: value.clone() });
        }
    }
    ServerVariable {
        name: name(words(wire_name), "variable"),
        wire_name: wire_name.to_owned(),
        default: Some(variable.default.clone()),
        values,
        doc: variable.description.clone().unwrap_or_default(),
    }
}

/// The names in the braces of a URL, each once.
fn variables_of(url: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for piece in url.split('{').skip(1) {
        if let Some((name, _)) = piece.split_once('}')
            && !names.contains(&name)
        {
            names.push(name);
        }
    }
    names
}

fn same_url(left: &str, right: &str) -> bool {
    left.trim_end_matches('/') == right.trim_end_matches('/')
}

/// A server that is named again without its variables is the same one.
fn same_variables(known: &[ServerVariable], server: &Raw) -> bool {
    server.variables.iter().flatten().all(|(wire_name, variable)| {
        known.iter().find(|known| known.wire_name == *wire_name).is_none_or(|known| {
            known.default.as_ref() == Some(&variable.default)
                && known.values.iter().map(|value| &value.value).eq(&variable.enumeration)
        })
    })
}

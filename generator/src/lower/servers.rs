//! Hosts and their roles.

use openapiv3::Server as Raw;

use super::Lowering;
use super::operation::Call;
use super::words::{name, words};
use crate::ir::{Name, Server, ServerVariable};

impl<'a> Lowering<'a> {
    /// The hosts of `sdk.toml` first, then those of the document that it does not name.
    pub(super) fn servers(&mut self) -> Vec<Server> {
        let mut servers: Vec<Server> = Vec::new();
        for (role, url) in &self.config.servers {
            let described = self.document.api.servers.iter().find(|server| same_url(&server.url, url));
            servers.push(match described {
                Some(server) => lowered(server, name(words(role), "api")),
                None => lowered(&Raw { url: url.clone(), ..Raw::default() }, name(words(role), "api")),
            });
        }
        for server in &self.document.api.servers {
            find_or_add(&mut servers, server);
        }
        if servers.is_empty() {
            // OpenAPI 3.0, "OpenAPI Object": no server means one with the URL `/`.
            servers.push(lowered(&Raw { url: "/".to_owned(), ..Raw::default() }, Name(vec!["default".to_owned()])));
        }
        servers
    }

    /// The server of an operation: its own, its path's, or the document's first.
    pub(super) fn server(&mut self, call: &Call<'a>, servers: &mut Vec<Server>) -> usize {
        let own = call.operation.servers.first().or_else(|| call.item.servers.first());
        own.map_or(0, |server| find_or_add(servers, server))
    }
}

fn find_or_add(servers: &mut Vec<Server>, server: &Raw) -> usize {
    if let Some(known) = servers.iter().position(|known| same_url(&known.url, &server.url)) {
        return known;
    }
    let label = server.extensions.get("x-name").and_then(|name| name.as_str()).or(server.description.as_deref());
    let short = label.map(words).filter(|words| (1..=2).contains(&words.len()));
    let unnamed = || if servers.is_empty() { vec!["default".to_owned()] } else { vec!["server".to_owned()] };
    servers.push(lowered(server, name(short.unwrap_or_else(unnamed), "server")));
    servers.len() - 1
}

fn lowered(server: &Raw, role: Name) -> Server {
    let variables = server.variables.iter().flatten().map(|(wire_name, variable)| ServerVariable {
        wire_name: wire_name.clone(),
        default: variable.default.clone(),
        values: variable.enumeration.clone(),
        doc: variable.description.clone().unwrap_or_default(),
    });
    Server {
        name: role,
        url: server.url.trim_end_matches('/').to_owned(),
        variables: variables.collect(),
        doc: server.description.clone().unwrap_or_default(),
    }
}

fn same_url(left: &str, right: &str) -> bool {
    left.trim_end_matches('/') == right.trim_end_matches('/')
}

//! The servers of a document as hosts of their own, so that a call to the wrong one is seen.

use serde_json::Value;

use crate::Settings;

/// A server of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    /// Its role, else its URL.
    pub name: String,
    /// The URL the document gives, with its variables' defaults, without a slash at the end.
    pub url: String,
    /// Which of the listeners: servers that differ in their path alone share one.
    pub(crate) listener: usize,
    /// What comes before the paths of its operations.
    pub(crate) base: String,
    /// Whether it has a role, so that it does not stand for others.
    has_role: bool,
}

/// All servers of a document, the default one first.
#[derive(Debug)]
pub(crate) struct Hosts {
    pub(crate) all: Vec<Host>,
    pub(crate) listeners: usize,
}

impl Hosts {
    /// Every server that the document names, at any level.
    pub(crate) fn read(root: &Value, settings: &Settings) -> Self {
        let mut urls = urls(root);
        let paths = root.get("paths").and_then(Value::as_object);
        for item in paths.into_iter().flatten().filter_map(|(_, item)| item.as_object()) {
            urls.extend(urls_of(item.get("servers")));
            urls.extend(item.values().flat_map(|operation| urls_of(operation.get("servers"))));
        }
        let mut hosts = Self { all: Vec::new(), listeners: 0 };
        let mut origins: Vec<String> = Vec::new();
        for url in urls {
            if hosts.all.iter().any(|known| known.url == url) {
                continue;
            }
            let (origin, base) = split(&url);
            let listener = origins.iter().position(|known| known == origin).unwrap_or_else(|| {
                origins.push(origin.to_owned());
                origins.len() - 1
            });
            let role = settings.roles.iter().find(|(_, known)| known.trim_end_matches('/') == url);
            let name = role.map_or(&url, |(name, _)| name).clone();
            hosts.all.push(Host { name, base: base.to_owned(), listener, has_role: role.is_some(), url });
        }
        hosts.listeners = origins.len();
        hosts
    }

    /// The hosts of an operation: of the first of these that lists servers. Servers stand for each other, but those
    /// with a role do not: of them the first is meant.
    pub(crate) fn of(&self, owners: &[&Value]) -> Vec<usize> {
        let own = owners.iter().map(|owner| urls_of(owner.get("servers"))).find(|urls| !urls.is_empty());
        let own = own.unwrap_or_else(|| vec![String::new()]);
        let known = own.iter().filter_map(|url| self.all.iter().position(|host| host.url == *url));
        let mut with_role = 0;
        let meant = known.filter(|index| {
            let has_role = self.all.get(*index).is_some_and(|host| host.has_role);
            with_role += usize::from(has_role);
            !has_role || with_role == 1
        });
        meant.collect()
    }
}

/// The document's servers; where it has none, its own place.
fn urls(root: &Value) -> Vec<String> {
    let urls = urls_of(root.get("servers"));
    if urls.is_empty() { vec![String::new()] } else { urls }
}

fn urls_of(servers: Option<&Value>) -> Vec<String> {
    let url = |server: &Value| {
        let mut url = server.get("url")?.as_str()?.to_owned();
        for (name, variable) in server.get("variables").and_then(Value::as_object).into_iter().flatten() {
            let default = variable.get("default").and_then(Value::as_str).unwrap_or_default();
            url = url.replace(&format!("{{{name}}}"), default);
        }
        Some(url.trim_end_matches('/').to_owned())
    };
    servers.and_then(Value::as_array).into_iter().flatten().filter_map(url).collect()
}

/// `https://host` and `/path`.
fn split(url: &str) -> (&str, &str) {
    let authority = url.find("://").map_or(0, |scheme| scheme + 3);
    let path = url.get(authority..).and_then(|rest| rest.find('/')).map_or(url.len(), |slash| authority + slash);
    url.split_at_checked(path).unwrap_or((url, ""))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn servers_are_hosts_and_those_with_a_role_do_not_stand_for_each_other() {
        let root = json!({
            "servers": [{"url": "https://api.example/v1/"}, {"url": "https://vault.example"}, {"url": "https://{at}.example/v1", "variables": {"at": {"default": "test"}}}],
            "paths": {"/a": {"servers": [{"url": "https://api.example/v2"}], "get": {"servers": [{"url": "https://vault.example/"}]}}},
        });
        let roles = vec![
            ("api".to_owned(), "https://api.example/v1".to_owned()),
            ("vault".to_owned(), "https://vault.example/".to_owned()),
        ];
        let hosts = Hosts::read(&root, &Settings { roles, ..Settings::default() });
        let shown: Vec<_> =
            hosts.all.iter().map(|host| (host.name.as_str(), host.base.as_str(), host.listener)).collect();
        assert_eq!(
            shown,
            [
                ("api", "/v1", 0),
                ("vault", "", 1),
                ("https://test.example/v1", "/v1", 2),
                ("https://api.example/v2", "/v2", 0)
            ]
        );
        assert_eq!(hosts.of(&[&json!({}), &root]), [0, 2]);
        assert_eq!(hosts.of(&[&root["paths"]["/a"]["get"], &root]), [1]);
    }

    #[test]
    fn a_document_without_servers_has_one_host() {
        let hosts = Hosts::read(&json!({"paths": {}}), &Settings::default());
        assert_eq!((hosts.all.len(), hosts.listeners), (1, 1));
        assert_eq!(hosts.of(&[&json!({})]), [0]);
    }
}

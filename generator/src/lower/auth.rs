//! Security schemes, and which of them an operation accepts.

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, OAuth2Flows, ReferenceOr, SecurityScheme};

use super::Lowering;
use super::operation::Call;
use super::reference::resolve;
use super::words::{name, words};
use crate::header::is_header_name;
use crate::ir::{AuthKind, AuthScheme, Flow, FlowKind, Requirement, TokenSource};
use crate::load::pointer;
use crate::maps::HashSet;

const AT: &str = "/components/securitySchemes";

impl<'a> Lowering<'a> {
    /// The document's security schemes, with the key roles of `sdk.toml`. One that is a reference is what it refers to,
    /// under its own name.
    pub(super) fn auth_schemes(&mut self) -> Vec<AuthScheme> {
        let components = self.document.api.components.as_ref();
        let Some(schemes) = components.map(|components| &components.security_schemes) else { return Vec::new() };
        let targets: HashSet<&str> = schemes.values().filter_map(referred).collect();
        let needed = self.needed_schemes();
        let own = schemes.iter().filter(|(name, _)| !targets.contains(name.as_str()) || needed.contains(name.as_str()));
        own.filter_map(|(wire_name, scheme)| {
            Some((wire_name, resolve(scheme, Some(schemes), "securitySchemes", String::new())?.0))
        })
        .map(|(wire_name, scheme)| self.auth_scheme(wire_name, scheme))
        .collect()
    }

    /// The names in all security requirements. What only references lead to needs no method of the builder.
    fn needed_schemes(&self) -> HashSet<&'a str> {
        let api = &self.document.api;
        let operations = api.operations().flat_map(|(_, _, operation)| operation.security.iter().flatten());
        api.security.iter().flatten().chain(operations).flat_map(|needed| needed.keys().map(String::as_str)).collect()
    }

    fn auth_scheme(&mut self, wire_name: &str, scheme: &SecurityScheme) -> AuthScheme {
        let rule = self.config.auth.get(wire_name);
        let kind = match scheme {
            SecurityScheme::APIKey { location, name, .. } => api_key(location, name.clone()),
            SecurityScheme::HTTP { scheme, .. } => {
                self.http(wire_name, scheme, rule.is_some_and(|rule| rule.key_as_username))
            }
            SecurityScheme::OAuth2 { flows, .. } => self.oauth2(wire_name, flows),
            SecurityScheme::OpenIDConnect { .. } => AuthKind::Bearer,
        };
        if let AuthKind::Header { name } = &kind
            && !is_header_name(name)
        {
            let at = pointer::join(&pointer::join(AT, wire_name), "name");
            let message = format!("`{name}` is not a header's name; calls that need this key are refused");
            self.warn("W056", message, &at, "correct the name in an overlay");
        }
        let given = rule.and_then(|rule| rule.name.as_deref());
        AuthScheme {
            name: name(words(given.unwrap_or(wire_name)), "key"),
            wire_name: wire_name.to_owned(),
            kind,
            source: source(scheme),
            prefixes: rule.map(|rule| rule.prefixes.clone()).unwrap_or_default(),
            doc: description(scheme).unwrap_or_default().to_owned(),
        }
    }

    /// A scheme of HTTP, known by its name in any case (RFC 9110, "Authentication Scheme").
    fn http(&mut self, wire_name: &str, scheme: &str, key_as_username: bool) -> AuthKind {
        match scheme.to_ascii_lowercase().as_str() {
            "basic" if key_as_username => AuthKind::BasicKey,
            "basic" => AuthKind::Basic,
            "bearer" => AuthKind::Bearer,
            _ => {
                self.warn(
                    "W085",
                    format!("the HTTP scheme `{scheme}` is not computed: the caller gives its credentials"),
                    &pointer::join(&pointer::join(AT, wire_name), "scheme"),
                    "give the builder what follows the scheme's name, or set the header `Authorization` of each request",
                );
                AuthKind::Http { scheme: scheme.to_owned() }
            }
        }
    }

    /// Of the flows, only that of client credentials needs nobody but the client.
    fn oauth2(&mut self, wire_name: &str, flows: &OAuth2Flows) -> AuthKind {
        let Some(flow) = &flows.client_credentials else { return AuthKind::Bearer };
        let token_url = flow.token_url.clone();
        if !may_carry_secrets(&token_url) {
            self.warn(
                "W087",
                format!("the token URL `{token_url}` is not https; the secret is not sent there"),
                &format!("{}/flows/clientCredentials/tokenUrl", pointer::join(AT, wire_name)),
                "correct it in an overlay; until then the builder must be given another one",
            );
        }
        AuthKind::ClientCredentials { token_url }
    }

    /// The document's own requirements are looked at for each operation, and reported once.
    fn warn_once(&mut self, code: &str, message: &str, at: &str, help: &str) {
        let origin = self.document.origin(at);
        if !self.diagnostics.0.iter().any(|known| known.code == code && known.origin.as_ref() == Some(&origin)) {
            self.warn(code, message, at, help);
        }
    }

    /// The alternatives an operation accepts, each a set of schemes; its own list replaces the document's.
    pub(super) fn security(&mut self, call: &Call<'a>, schemes: &[AuthScheme]) -> Vec<Vec<Requirement>> {
        let (requirements, at) = match &call.operation.security {
            Some(own) => (Some(own), pointer::join(&call.pointer, "security")),
            None => (self.document.api.security.as_ref(), "/security".to_owned()),
        };
        let mut alternatives = Vec::new();
        for (index, requirement) in requirements.into_iter().flatten().enumerate() {
            let at = pointer::join(&at, &index.to_string());
            let known = requirement.iter().map(|(key, scopes)| {
                let scheme = schemes.iter().position(|scheme| scheme.wire_name == *key)?;
                Some(Requirement { scheme, scopes: scopes.clone() })
            });
            let Some(alternative) = known.collect::<Option<Vec<Requirement>>>() else {
                self.warn_once(
                    "W054",
                    "a security requirement names a scheme that is not under components.securitySchemes",
                    &at,
                    "define the scheme; until then this alternative is left out",
                );
                continue;
            };
            if let Some(header) = shared_header(&alternative, schemes) {
                self.warn_once(
                    "W086",
                    &format!(
                        "several keys of one security requirement travel in the header `{header}`, which holds one"
                    ),
                    &at,
                    "list them as alternatives; until then such a call is refused unless it sets the header itself",
                );
            }
            alternatives.push(alternative);
        }
        alternatives
    }
}

/// Whether a URL is https, that of this machine, or relative to a server's.
fn may_carry_secrets(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return !url.trim().is_empty() };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = if authority.starts_with('[') { authority } else { authority.split(':').next().unwrap_or_default() };
    let is_local = ["localhost", "127.0.0.1"].contains(&host) || authority.starts_with("[::1]");
    scheme.eq_ignore_ascii_case("https") || (scheme.eq_ignore_ascii_case("http") && is_local)
}

/// The scheme that another one is a reference to.
fn referred(scheme: &ReferenceOr<SecurityScheme>) -> Option<&str> {
    match scheme {
        ReferenceOr::Reference { reference } => reference.strip_prefix("#/components/securitySchemes/"),
        ReferenceOr::Item(_) => None,
    }
}

fn api_key(location: &APIKeyLocation, name: String) -> AuthKind {
    match location {
        APIKeyLocation::Query => AuthKind::Query { name },
        APIKeyLocation::Header => AuthKind::Header { name },
        APIKeyLocation::Cookie => AuthKind::Cookie { name },
    }
}

fn description(scheme: &SecurityScheme) -> Option<&str> {
    match scheme {
        SecurityScheme::APIKey { description, .. }
        | SecurityScheme::HTTP { description, .. }
        | SecurityScheme::OAuth2 { description, .. }
        | SecurityScheme::OpenIDConnect { description, .. } => description.as_deref(),
    }
}

fn source(scheme: &SecurityScheme) -> Option<TokenSource> {
    match scheme {
        SecurityScheme::HTTP { bearer_format: Some(format), .. } => {
            Some(TokenSource::Format { format: format.clone() })
        }
        SecurityScheme::OpenIDConnect { open_id_connect_url: url, .. } => {
            Some(TokenSource::OpenId { url: url.clone() })
        }
        SecurityScheme::OAuth2 { flows, .. } => Some(TokenSource::Oauth2 { flows: oauth2_flows(flows) }),
        _ => None,
    }
}

fn oauth2_flows(flows: &OAuth2Flows) -> Vec<Flow> {
    let text = |url: &String| Some(url.clone()).filter(|url| !url.is_empty());
    let pairs = |scopes: &IndexMap<String, String>| {
        scopes.iter().map(|(scope, allows)| (scope.clone(), allows.clone())).collect()
    };
    let code = flows.authorization_code.as_ref().map(|flow| Flow {
        kind: FlowKind::AuthorizationCode,
        authorization_url: text(&flow.authorization_url),
        token_url: text(&flow.token_url),
        scopes: pairs(&flow.scopes),
    });
    let client = flows.client_credentials.as_ref().map(|flow| Flow {
        kind: FlowKind::ClientCredentials,
        authorization_url: None,
        token_url: text(&flow.token_url),
        scopes: pairs(&flow.scopes),
    });
    let implicit = flows.implicit.as_ref().map(|flow| Flow {
        kind: FlowKind::Implicit,
        authorization_url: text(&flow.authorization_url),
        token_url: None,
        scopes: pairs(&flow.scopes),
    });
    let password = flows.password.as_ref().map(|flow| Flow {
        kind: FlowKind::Password,
        authorization_url: None,
        token_url: text(&flow.token_url),
        scopes: pairs(&flow.scopes),
    });
    [code, client, implicit, password].into_iter().flatten().collect()
}

/// The header that two of these schemes would both set.
fn shared_header<'s>(alternative: &[Requirement], schemes: &'s [AuthScheme]) -> Option<&'s str> {
    let mut taken = HashSet::default();
    let headers = alternative.iter().filter_map(|requirement| schemes.get(requirement.scheme)?.kind.header());
    headers.into_iter().find(|header| !taken.insert(header.to_ascii_lowercase()))
}

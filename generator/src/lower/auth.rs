//! Security schemes, and which of them an operation accepts.

use openapiv3::{APIKeyLocation, ReferenceOr, SecurityScheme};

use super::Lowering;
use super::operation::Call;
use super::params::is_header_name;
use super::words::{name, words};
use crate::ir::{AuthKind, AuthScheme};
use crate::load::pointer;

impl<'a> Lowering<'a> {
    /// The document's security schemes, with the key roles of `sdk.toml`.
    pub(super) fn auth_schemes(&mut self) -> Vec<AuthScheme> {
        let components = self.document.api.components.as_ref();
        let schemes = components.into_iter().flat_map(|components| &components.security_schemes);
        schemes
            .filter_map(|(wire_name, scheme)| match scheme {
                ReferenceOr::Item(scheme) => Some((wire_name, scheme)),
                ReferenceOr::Reference { .. } => None,
            })
            .map(|(wire_name, scheme)| self.auth_scheme(wire_name, scheme))
            .collect()
    }

    fn auth_scheme(&mut self, wire_name: &str, scheme: &SecurityScheme) -> AuthScheme {
        let rule = self.config.auth.get(wire_name);
        let key_as_username = rule.is_some_and(|rule| rule.key_as_username);
        let (kind, doc) = match scheme {
            SecurityScheme::APIKey { location, name, description, .. } => {
                let name = name.clone();
                let kind = match location {
                    APIKeyLocation::Query => AuthKind::Query { name },
                    APIKeyLocation::Header => AuthKind::Header { name },
                    APIKeyLocation::Cookie => AuthKind::Cookie { name },
                };
                (kind, description)
            }
            SecurityScheme::HTTP { scheme, description, .. } if scheme.eq_ignore_ascii_case("basic") => {
                (if key_as_username { AuthKind::BasicKey } else { AuthKind::Basic }, description)
            }
            SecurityScheme::HTTP { description, .. }
            | SecurityScheme::OAuth2 { description, .. }
            | SecurityScheme::OpenIDConnect { description, .. } => (AuthKind::Bearer, description),
        };
        if let AuthKind::Header { name } = &kind
            && !is_header_name(name)
        {
            let at = pointer::join(&pointer::join("/components/securitySchemes", wire_name), "name");
            let message = format!("`{name}` is not a header's name; calls that need this key are refused");
            self.warn("W056", message, &at, "correct the name in an overlay");
        }
        let given = rule.and_then(|rule| rule.name.as_deref());
        AuthScheme {
            name: name(words(given.unwrap_or(wire_name)), "key"),
            wire_name: wire_name.to_owned(),
            kind,
            prefixes: rule.map(|rule| rule.prefixes.clone()).unwrap_or_default(),
            doc: doc.clone().unwrap_or_default(),
        }
    }

    /// The alternatives an operation accepts, each a set of schemes; its own list replaces the document's.
    pub(super) fn security(&mut self, call: &Call<'a>, schemes: &[AuthScheme]) -> Vec<Vec<usize>> {
        let (requirements, at) = match &call.operation.security {
            Some(own) => (Some(own), pointer::join(&call.pointer, "security")),
            None => (self.document.api.security.as_ref(), "/security".to_owned()),
        };
        let mut alternatives = Vec::new();
        for (index, requirement) in requirements.into_iter().flatten().enumerate() {
            let known = requirement.keys().map(|key| schemes.iter().position(|scheme| scheme.wire_name == *key));
            match known.collect::<Option<Vec<usize>>>() {
                Some(alternative) => alternatives.push(alternative),
                None => self.warn(
                    "W054",
                    "a security requirement names a scheme that is not under components.securitySchemes",
                    &pointer::join(&at, &index.to_string()),
                    "define the scheme; until then this alternative is left out",
                ),
            }
        }
        alternatives
    }
}

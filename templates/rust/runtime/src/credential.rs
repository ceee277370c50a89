//! Keys: which are needed, whether they are of the right kind, and how they travel.

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::prepare::RESERVED;
use super::profile::{Scheme, SchemeKind};
use super::{Endpoint, Error, Secret, base64, percent};

/// A key, or a user name with a password.
#[derive(Clone)]
pub struct Credential {
    user: Option<String>,
    secret: Secret,
}

impl Credential {
    /// A key or a token.
    pub fn key(key: impl Into<Secret>) -> Self {
        Self { user: None, secret: key.into() }
    }

    /// A user name and a password.
    pub fn basic(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self { user: Some(user.into()), secret: password.into() }
    }

    /// Says what is wrong with the credential, without showing it.
    pub(super) fn check(&self, scheme: &Scheme, all: &[Scheme]) -> Result<(), String> {
        let key = self.secret.expose();
        let name = scheme.name;
        if self.user.is_none() && key.is_empty() {
            return Err(format!("{name} is empty"));
        }
        // A line break at the end comes with keys read from files.
        if key.chars().any(|letter| letter.is_control() || letter.is_whitespace()) && self.user.is_none() {
            return Err(format!("{name} holds a space or a line break"));
        }
        if let Some(user) = &self.user
            && user.contains(':')
        {
            return Err(format!("the user name of {name} holds a colon, which HTTP Basic cannot carry"));
        }
        if scheme.kind == SchemeKind::BasicKey && (key.contains(':') || !key.is_ascii()) {
            return Err(format!("{name} holds a colon or a letter that no key has"));
        }
        if scheme.prefixes.contains(&key) {
            return Err(format!("{name} ends after its prefix"));
        }
        if scheme.prefixes.is_empty() || begins(scheme, key) {
            return Ok(());
        }
        let wanted = scheme.prefixes.join("` or `");
        Err(match all.iter().find(|other| begins(other, key)) {
            Some(other) => format!("{name} was given a {}: it must begin with `{wanted}`", other.name),
            None => format!("{name} must begin with `{wanted}`"),
        })
    }

    /// The user name and password of HTTP Basic; a key alone is the user name.
    fn pair(&self) -> String {
        let secret = self.secret.expose();
        match &self.user {
            Some(user) => format!("{user}:{secret}"),
            None => format!("{secret}:"),
        }
    }

    /// Takes the credential out of text that came from elsewhere.
    pub(super) fn redact(&self, text: &str) -> String {
        let secret = self.secret.expose();
        if secret.is_empty() {
            return text.to_owned();
        }
        let sent = base64::encode(self.pair().as_bytes());
        text.replace(secret, "[redacted]").replace(&sent, "[redacted]")
    }
}

fn begins(scheme: &Scheme, key: &str) -> bool {
    scheme.prefixes.iter().any(|prefix| key.starts_with(prefix))
}

impl fmt::Debug for Credential {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Credential(..)")
    }
}

/// Chooses the first alternative whose every scheme is configured.
pub(super) fn choose<'a>(
    endpoint: &Endpoint,
    schemes: &'static [Scheme],
    configured: &'a [Option<Credential>],
) -> Result<Vec<(&'static Scheme, &'a Credential)>, Error> {
    if endpoint.security.is_empty() {
        return Ok(Vec::new());
    }
    let find = |index: &usize| {
        let credential = configured.get(*index).and_then(Option::as_ref)?;
        Some((schemes.get(*index)?, credential))
    };
    let chosen = endpoint.security.iter().find_map(|all| all.iter().map(find).collect());
    chosen.ok_or_else(|| {
        let name = |index: &usize| schemes.get(*index).map_or("?", |scheme| scheme.name);
        let alternatives: Vec<String> =
            endpoint.security.iter().map(|all| all.iter().map(name).collect::<Vec<_>>().join(" and ")).collect();
        Error::config(format!("needs {}: set it on the client's builder", alternatives.join(", or ")))
    })
}

/// Where credentials go.
pub(super) struct Carrier<'a> {
    pub(super) headers: &'a mut HeaderMap,
    pub(super) query: &'a mut Vec<(String, String)>,
    pub(super) cookies: &'a mut Vec<(String, String)>,
}

impl Carrier<'_> {
    /// Puts the credential where its scheme wants it.
    pub(super) fn add(&mut self, scheme: &Scheme, credential: &Credential) -> Result<(), Error> {
        let secret = credential.secret.expose();
        match scheme.kind {
            SchemeKind::Basic | SchemeKind::BasicKey => {
                let value = format!("Basic {}", base64::encode(credential.pair().as_bytes()));
                self.header(scheme, header::AUTHORIZATION, &value)
            }
            SchemeKind::Bearer => self.header(scheme, header::AUTHORIZATION, &format!("Bearer {secret}")),
            SchemeKind::Header(name) => {
                let parsed = HeaderName::from_bytes(name.as_bytes()).ok().filter(|parsed| !RESERVED.contains(parsed));
                let parsed = parsed.ok_or_else(|| {
                    Error::config(format!("a key cannot travel in a header `{}`", name.escape_debug()))
                })?;
                self.header(scheme, parsed, secret)
            }
            SchemeKind::Query(name) => {
                self.query.push((percent::component(name), percent::component(secret)));
                Ok(())
            }
            SchemeKind::Cookie(name) => {
                self.cookies.push((percent::component(name), percent::component(secret)));
                Ok(())
            }
        }
    }

    fn header(&mut self, scheme: &Scheme, name: HeaderName, value: &str) -> Result<(), Error> {
        let mut value = HeaderValue::from_str(value)
            .map_err(|_| Error::config(format!("{} cannot be sent in a header", scheme.name)))?;
        value.set_sensitive(true);
        self.headers.insert(name, value);
        Ok(())
    }
}

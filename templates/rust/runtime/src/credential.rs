//! Keys: which are needed, whether they are of the right kind, and how they travel.

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use super::prepare::RESERVED;
use super::profile::{Scheme, SchemeKind};
use super::{Endpoint, Error, Secret, base64, percent};

/// Fewest letters of a key in a header of the caller's own.
const SHORTEST_KEY: usize = 8;

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
        let spaced = matches!(scheme.kind, SchemeKind::Http(_));
        let is_stray = |letter: char| letter.is_control() || (letter.is_whitespace() && !spaced);
        if key.chars().any(is_stray) && self.user.is_none() {
            return Err(format!("{name} holds a space or a line break"));
        }
        let fetches = matches!(scheme.kind, SchemeKind::ClientCredentials(_));
        if fetches && self.user.is_some() && key.is_empty() {
            return Err(format!("the secret of {name} is empty"));
        }
        if let Some(user) = self.user.as_deref().filter(|_| !fetches)
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
        if begins(scheme, key) {
            return Ok(());
        }
        if scheme.prefixes.is_empty() {
            let other = all.iter().find(|other| begins(other, key));
            return other.map_or(Ok(()), |other| Err(format!("{name} was given a {}", other.name)));
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

    /// Whether a token must be fetched with it.
    fn is_client(&self, scheme: &Scheme) -> bool {
        matches!(scheme.kind, SchemeKind::ClientCredentials(_)) && self.user.is_some()
    }

    /// The header with a client's id and secret (RFC 6749, "Client Password").
    pub(super) fn client(&self) -> String {
        let id = percent::form(self.user.as_deref().unwrap_or_default());
        basic(&format!("{id}:{}", percent::form(self.secret.expose())))
    }

    /// How the credential is written where somebody quotes it.
    pub(super) fn forms(&self) -> Vec<Secret> {
        let key = self.secret.expose();
        if key.is_empty() {
            return Vec::new();
        }
        let (encoded, sent, client) = (percent::form(key), basic(&self.pair()), self.client());
        let forms = [key, &encoded, &sent, &client].map(|form| form.trim_start_matches("Basic "));
        // Whoever quotes it may have left the padding out.
        let forms = forms.into_iter().flat_map(|form| [form, form.trim_end_matches('=')]);
        let mut distinct: Vec<Secret> = Vec::new();
        for form in forms.map(Secret::from) {
            if !distinct.contains(&form) {
                distinct.push(form);
            }
        }
        distinct
    }
}

fn basic(pair: &str) -> String {
    format!("Basic {}", base64::encode(pair.as_bytes()))
}

fn begins(scheme: &Scheme, key: &str) -> bool {
    scheme.prefixes.iter().any(|prefix| key.starts_with(prefix))
}

impl fmt::Debug for Credential {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Credential(..)")
    }
}

/// What may be a key in the value of a header of the caller's own: the whole, or what follows the name of a scheme. Shorter
/// texts are no keys.
pub(super) fn carried(value: &str) -> impl Iterator<Item = Secret> {
    let token = value.split_once(' ').map(|(_, token)| token.trim());
    let parts = [Some(value.trim()), token].into_iter().flatten();
    parts.filter(|part| part.len() >= SHORTEST_KEY).map(Secret::from)
}

/// Headers that the caller set himself.
pub(super) struct Own<'a> {
    /// With this request: they replace what the client would send.
    pub(super) request: Vec<&'a str>,
    /// With every request: they stand in for what is not configured.
    pub(super) client: &'a HeaderMap,
}

/// A key that goes with a call.
pub(super) struct Key<'a> {
    pub(super) index: usize,
    pub(super) scheme: &'static Scheme,
    pub(super) credential: &'a Credential,
}

impl Key<'_> {
    /// Where its token is fetched, when it must be.
    pub(super) fn token_url(&self) -> Option<&'static str> {
        match self.scheme.kind {
            SchemeKind::ClientCredentials(url) if self.credential.is_client(self.scheme) => Some(url),
            _ => None,
        }
    }
}

/// Chooses the first alternative whose every scheme is configured, or has its header set by the caller, who then sends
/// his own. One that needs nothing comes last: what is configured is sent.
pub(super) fn choose<'a>(
    endpoint: &Endpoint,
    schemes: &'static [Scheme],
    configured: &'a [Option<Credential>],
    own: &Own<'_>,
) -> Result<Vec<Key<'a>>, Error> {
    let find = |&index: &usize| {
        let scheme = schemes.get(index)?;
        let header = scheme.kind.header();
        if header.is_some_and(|header| own.request.iter().any(|own| own.eq_ignore_ascii_case(header))) {
            return Some(None);
        }
        match configured.get(index).and_then(Option::as_ref) {
            Some(credential) => Some(Some(Key { index, scheme, credential })),
            None => header.is_some_and(|header| own.client.contains_key(header)).then_some(None),
        }
    };
    let needing = || endpoint.security.iter().filter(|all| !all.is_empty());
    let chosen = needing().find_map(|all| all.iter().map(find).collect::<Option<Vec<_>>>());
    if let Some(chosen) = chosen {
        return Ok(chosen.into_iter().flatten().collect());
    }
    if endpoint.security.iter().any(|all| all.is_empty()) || endpoint.security.is_empty() {
        return Ok(Vec::new());
    }
    let name = |index: &usize| schemes.get(*index).map_or("?", |scheme| scheme.name);
    let alternatives: Vec<String> =
        needing().map(|all| all.iter().map(name).collect::<Vec<_>>().join(" and ")).collect();
    Err(Error::config(format!("needs {}: set it on the client's builder", alternatives.join(", or "))))
}

/// Where credentials go.
pub(super) struct Carrier<'a> {
    pub(super) headers: &'a mut HeaderMap,
    pub(super) query: &'a mut Vec<(String, String)>,
    pub(super) cookies: &'a mut Vec<(String, String)>,
    /// Headers that hold a key already.
    pub(super) taken: Vec<HeaderName>,
}

impl Carrier<'_> {
    /// Puts the credential where its scheme wants it.
    pub(super) fn add(&mut self, scheme: &Scheme, credential: &Credential) -> Result<(), Error> {
        let secret = credential.secret.expose();
        match scheme.kind {
            SchemeKind::Basic | SchemeKind::BasicKey => {
                self.header(scheme, header::AUTHORIZATION, &basic(&credential.pair()))
            }
            // The token is not there yet; its place is.
            SchemeKind::ClientCredentials(_) if credential.is_client(scheme) => {
                self.header(scheme, header::AUTHORIZATION, "")
            }
            SchemeKind::Bearer | SchemeKind::ClientCredentials(_) => {
                self.header(scheme, header::AUTHORIZATION, &format!("Bearer {secret}"))
            }
            SchemeKind::Http(name) => self.header(scheme, header::AUTHORIZATION, &format!("{name} {secret}")),
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
        if self.taken.contains(&name) {
            return Err(Error::config(format!("{} and another key travel in one header, `{name}`", scheme.name)));
        }
        self.taken.push(name.clone());
        self.headers.insert(name, value);
        Ok(())
    }
}

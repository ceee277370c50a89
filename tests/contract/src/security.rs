//! Whether a request carries a key that its operation takes.

use base64::Engine as _;
use http::HeaderMap;
use serde_json::Value;

use crate::document::Document;
use crate::operation::Operation;
use crate::problem::{Part, Problem};
use crate::style::{Pair, plain};
use crate::{KeyRule, Settings};

/// Checks the key; a key in the query is then no unknown parameter.
pub(crate) fn check(
    document: &Document,
    settings: &Settings,
    operation: &Operation,
    headers: &HeaderMap,
    pairs: &mut [Pair<'_>],
) -> Option<Problem> {
    let mut refusals: Vec<String> = Vec::new();
    let mut is_met = operation.security.is_empty();
    for alternative in &operation.security {
        let mut all = Ok(());
        for name in alternative {
            let scheme = document.root().pointer("/components/securitySchemes").and_then(|all| all.get(name));
            let scheme = scheme.map_or(&Value::Null, |scheme| document.resolved(scheme));
            let met = Scheme { name, scheme, settings, headers }.check(pairs);
            all = all.and(met);
        }
        match all {
            Ok(()) => is_met = true,
            Err(refusal) if !refusals.contains(&refusal) => refusals.push(refusal),
            Err(_) => {}
        }
    }
    (!is_met).then(|| Problem::new(Part::Key, "", refusals.join("; or ")))
}

struct Scheme<'a> {
    name: &'a str,
    scheme: &'a Value,
    settings: &'a Settings,
    headers: &'a HeaderMap,
}

impl Scheme<'_> {
    fn check(&self, pairs: &mut [Pair<'_>]) -> Result<(), String> {
        let text = |key: &str| self.scheme.get(key).and_then(Value::as_str).unwrap_or_default();
        let key = match (text("type"), text("scheme").to_ascii_lowercase().as_str(), text("in")) {
            ("http", "basic", _) => self.basic()?,
            ("http", "bearer", _) | ("oauth2" | "openIdConnect", ..) => self.authorization("bearer")?,
            ("http", scheme, _) => self.authorization(scheme)?,
            ("apiKey", _, "header") => self.header(text("name")).unwrap_or_default(),
            ("apiKey", _, "cookie") => cookies(self.headers, text("name")).into_iter().next().unwrap_or_default(),
            ("apiKey", ..) => {
                let own = pairs.iter_mut().find(|pair| pair.name == text("name"));
                own.map(|pair| {
                    pair.taken = true;
                    plain(pair.raw)
                })
                .unwrap_or_default()
            }
            // The connection shows it, not the request.
            ("mutualTLS", ..) => return Ok(()),
            _ => return Err(format!("the document has no security scheme `{}`", self.name)),
        };
        if key.is_empty() {
            return Err(format!("the key `{}` is missing", self.name));
        }
        match self.settings.keys.get(self.name) {
            Some(rule) if !rule.fits(&key) => Err(match self.settings.keys.iter().find(|(_, rule)| rule.fits(&key)) {
                Some((other, _)) => format!("the key is one of `{other}`, where `{}` is wanted", self.name),
                None => format!("the key does not begin like one of `{}`", self.name),
            }),
            _ => Ok(()),
        }
    }

    fn header(&self, name: &str) -> Option<String> {
        Some(self.headers.get(name)?.to_str().ok()?.to_owned())
    }

    /// What follows the scheme in `Authorization`.
    fn authorization(&self, scheme: &str) -> Result<String, String> {
        let header = self.header("authorization").ok_or_else(|| format!("the key `{}` is missing", self.name))?;
        let (given, key) = header.split_once(' ').unwrap_or((&header, ""));
        if given.eq_ignore_ascii_case(scheme) {
            return Ok(key.trim().to_owned());
        }
        Err(format!("`{}` goes into Authorization as {scheme}", self.name))
    }

    /// The user name.
    fn basic(&self) -> Result<String, String> {
        let decoded = base64::engine::general_purpose::STANDARD.decode(self.authorization("basic")?);
        let text = decoded.ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let text = text.ok_or("the user name and password are not in base64")?;
        let (user, password) = text.split_once(':').ok_or("there is no colon between user name and password")?;
        if !password.is_empty() && self.settings.keys.get(self.name).is_some_and(|rule| rule.as_username) {
            return Err(format!("`{}` is the user name alone, without a password", self.name));
        }
        Ok(user.to_owned())
    }
}

impl KeyRule {
    fn fits(&self, key: &str) -> bool {
        self.prefixes.is_empty() || self.prefixes.iter().any(|prefix| key.starts_with(prefix))
    }
}

/// The values of a cookie.
pub(crate) fn cookies(headers: &HeaderMap, name: &str) -> Vec<String> {
    let lines = headers.get_all("cookie").iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(known, _)| *known == name).map(|(_, value)| value.to_owned()).collect()
}

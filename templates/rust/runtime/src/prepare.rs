//! A call becomes a request. Nothing here waits or reaches the network; all refusals happen here.

use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};

use super::body::Body;
use super::call::Call;
use super::client::Shared;
use super::credential::{self, Carrier, Key, Own};
use super::oauth::Grant;
use super::request::Options;
use super::{Endpoint, Error, ErrorKind, Evidence, base_url, multipart, percent, random};

/// Headers that belong to the transport: a wrong one would let the body be read as another request.
pub(super) const RESERVED: [HeaderName; 4] =
    [header::CONTENT_LENGTH, header::HOST, header::TRANSFER_ENCODING, header::CONNECTION];

/// Headers that carry keys whoever set them.
const SENSITIVE: [HeaderName; 3] = [header::AUTHORIZATION, header::PROXY_AUTHORIZATION, header::COOKIE];

/// What tokens must allow, by the index of their scheme.
pub(super) type Scopes = &'static [(usize, &'static [&'static str])];

/// A request, and the token that it still needs.
pub(super) struct Prepared {
    pub(super) request: http::Request<Body>,
    pub(super) grant: Option<Grant>,
}

/// Builds the request, or says why it cannot be sent.
pub(super) fn prepare(
    shared: &Shared,
    endpoint: &Endpoint,
    scopes: Scopes,
    mut call: Call,
    options: &Options,
    idempotency_key: Option<&str>,
) -> Result<Prepared, Error> {
    if endpoint.evidence == Evidence::Guess && !shared.allow_unverified {
        return Err(Error::new(
            ErrorKind::Unverified,
            "this route is a guess; `allow_unverified(true)` on the builder permits it",
        ));
    }
    let base = base_of(shared, endpoint)?;
    let of_request = options.headers.iter().map(|(name, _)| name.as_str());
    let own = Own { request: of_request.collect(), client: &shared.headers };
    let keys = credential::choose(endpoint, shared.profile.schemes, &shared.credentials, &own)?;
    let path = match &call.route {
        Some(route) => free(route)?,
        None => fill(endpoint.path, &call.path)?,
    };

    let mut headers = shared.headers.clone();
    let (mut query, mut cookies) = (std::mem::take(&mut call.query), std::mem::take(&mut call.cookies));
    let taken = Vec::new();
    let mut carrier = Carrier { headers: &mut headers, query: &mut query, cookies: &mut cookies, taken };
    let mut grant = None;
    for key in keys {
        carrier.add(key.scheme, key.credential)?;
        grant = grant_for(shared, &key, base, scopes)?.or(grant);
    }

    let uri = match &call.target {
        Some(target) => uri(base_url::origin(base), target, &query)?,
        None => uri(base, &path, &query)?,
    };
    // A media type belongs to a body: what else says so is this very call.
    headers.remove(header::CONTENT_TYPE);
    if let Some(accept) = endpoint.accept {
        set_header(&mut headers, header::ACCEPT.as_str(), accept)?;
    }
    if !cookies.is_empty() {
        set_header(&mut headers, header::COOKIE.as_str(), &join(&cookies, "; "))?;
    }
    for (name, value) in &call.headers {
        set_header(&mut headers, name, value)?;
    }
    for (name, value) in &options.headers {
        set_own_header(&mut headers, name, value)?;
    }
    if let (Some(profile), Some(key)) = (shared.profile.idempotency, idempotency_key) {
        set_header(&mut headers, profile.header, key)?;
    }

    let body = match payload(&mut call)? {
        Some((media, body)) => {
            if !headers.contains_key(header::CONTENT_TYPE) {
                set_header(&mut headers, header::CONTENT_TYPE.as_str(), &media)?;
            }
            Some(body)
        }
        None => None,
    };
    set_length(&mut headers, &endpoint.method, body.as_ref());
    let mut request = http::Request::new(body.unwrap_or_default());
    *request.method_mut() = endpoint.method.clone();
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    Ok(Prepared { request, grant })
}

/// The token that a key stands for, when it must be fetched.
fn grant_for(shared: &Shared, key: &Key<'_>, base: &str, scopes: Scopes) -> Result<Option<Grant>, Error> {
    let Some(url) = key.token_url() else { return Ok(None) };
    let own = shared.token_urls.get(key.index).and_then(Option::as_deref);
    let url = base_url::token_url(own.unwrap_or(url), base, shared.allow_insecure_http)
        .map_err(|problem| Error::config(format!("the token URL of {} {problem}", key.scheme.name)))?;
    let scopes = scopes.iter().find(|(scheme, _)| *scheme == key.index).map_or(&[][..], |(_, scopes)| *scopes);
    Ok(Some(Grant { scheme: key.index, scopes, url }))
}

fn base_of<'a>(shared: &'a Shared, endpoint: &Endpoint) -> Result<&'a str, Error> {
    match shared.bases.get(endpoint.host) {
        Some(Ok(base)) => Ok(base),
        Some(Err(problem)) => Err(Error::config(problem)),
        None => Err(Error::config("this operation has no host")),
    }
}

/// The key that makes a write repeatable: the caller's, else a new one. `None` where the API takes none for this method.
pub(super) fn idempotency(shared: &Shared, endpoint: &Endpoint, options: &Options) -> Result<Option<String>, Error> {
    let profile = shared.profile.idempotency;
    let Some(profile) = profile.filter(|profile| profile.methods.contains(&endpoint.method.as_str())) else {
        return Ok(None);
    };
    let mut as_headers = options.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case(profile.header));
    let as_header = as_headers.next_back().map(|(_, key)| key.as_str());
    let own = options.idempotency_key.as_deref();
    if own.is_some() && as_header.is_some() && own != as_header {
        return Err(Error::argument("the call was given two idempotency keys"));
    }
    match own.or(as_header) {
        Some(key) if key.trim().is_empty() => Err(Error::argument("the idempotency key is empty")),
        Some(key) => Ok(Some(key.to_owned())),
        None => random::unique_key().map(Some),
    }
}

/// A path the caller wrote himself.
fn free(route: &str) -> Result<String, Error> {
    if !route.starts_with('/') || route.contains(['?', '#']) {
        return Err(Error::argument("a path begins with `/` and has neither `?` nor `#`; `query` adds to the query"));
    }
    without_dots(percent::template(route).to_string())
}

/// Puts the arguments in place of the braces. A fragment is not part of what is sent.
pub(super) fn fill(template: &str, arguments: &[(&'static str, String)]) -> Result<String, Error> {
    let mut path = String::with_capacity(template.len() + 32);
    if !template.starts_with('/') {
        path.push('/');
    }
    let mut rest = template.split('#').next().unwrap_or_default();
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        path.extend(percent::template(before));
        match arguments.iter().find(|(given, _)| *given == name) {
            Some((_, value)) => path.push_str(value),
            None => return Err(Error::argument(format!("`{name}` is part of the path and was not given"))),
        }
        rest = after;
    }
    path.extend(percent::template(rest));
    without_dots(path)
}

/// What survived argument by argument may still have become a dot segment together with its neighbours. Escaped dots are
/// dots to those who read URLs.
fn without_dots(path: String) -> Result<String, Error> {
    let is_dots = |segment: &str| {
        segment.starts_with(['.', '%'])
            && matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..")
    };
    if path.split('/').any(is_dots) {
        return Err(Error::argument("the arguments make `.` or `..` of a path segment"));
    }
    Ok(path)
}

fn uri(base: &str, path: &str, query: &[(String, String)]) -> Result<Uri, Error> {
    let mut text = format!("{base}{path}");
    if !query.is_empty() {
        text.push(if path.contains('?') { '&' } else { '?' });
        text.push_str(&join(query, "&"));
    }
    // The parser's own words would quote the query, which may hold a key.
    Uri::try_from(text).map_err(|_| Error::argument("the arguments make a URL that is too long or malformed"))
}

fn join(pairs: &[(String, String)], between: &str) -> String {
    let pairs: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join(between)
}

/// The body and its media type. A stream is taken away from the call, so this comes after what may be refused.
fn payload(call: &mut Call) -> Result<Option<(String, Body)>, Error> {
    let declared = call.content_type;
    if let Some((media, content)) = call.content.take() {
        let media = content.content_type.as_deref().or(declared).unwrap_or(media).to_owned();
        return Ok(Some((media, content.take()?)));
    }
    if let Some(pairs) = call.form.take() {
        let media = declared.unwrap_or("application/x-www-form-urlencoded");
        return Ok(Some((media.to_owned(), Body::from(join(&pairs, "&").into_bytes()))));
    }
    let Some(parts) = call.parts.take() else { return Ok(None) };
    let (boundary, body) = multipart::encode(&parts)?;
    let media = declared.unwrap_or("multipart/form-data");
    Ok(Some((format!("{media}; boundary={boundary}"), body)))
}

/// A method that usually has a body says so when it has none. A stream of unknown length goes in chunks.
fn set_length(headers: &mut HeaderMap, method: &Method, body: Option<&Body>) {
    let expected = [Method::POST, Method::PUT, Method::PATCH].contains(method);
    let length = match body {
        Some(body) => body.length(),
        None => expected.then_some(0),
    };
    if let Some(length) = length {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
}

/// Sets a header, in place of one of that name. Errors name the header, never the value.
pub(super) fn set_header(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), Error> {
    let (name, mut value) = header_of(name, value)?;
    value.set_sensitive(SENSITIVE.contains(&name));
    headers.insert(name, value);
    Ok(())
}

/// Sets a header of the caller's own. Which of them carry keys is not known, so `Debug` shows none.
pub(super) fn set_own_header(headers: &mut HeaderMap, name: &str, value: &str) -> Result<(), Error> {
    let (name, mut value) = header_of(name, value)?;
    value.set_sensitive(true);
    headers.insert(name, value);
    Ok(())
}

fn header_of(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Error> {
    let parsed = HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| Error::argument(format!("`{}` is not a header name", name.escape_debug())))?;
    if RESERVED.contains(&parsed) {
        return Err(Error::argument(format!("the header `{name}` is set by the client itself")));
    }
    let value = HeaderValue::from_str(value)
        .map_err(|_| Error::argument(format!("the header `{name}` has a character that headers cannot carry")))?;
    Ok((parsed, value))
}

//! Base URLs: where a host is, and whether a key may be sent there.

use std::net::IpAddr;

use http::Uri;

use super::profile::HostProfile;

/// The URL of a host with its variables in place. `given` are the builder's settings, the last of each counts.
///
/// A value may not leave the piece of the URL it stands in: with it the keys would go elsewhere.
pub(super) fn fill(host: &HostProfile, given: &[(usize, String)]) -> Result<String, String> {
    let mut url = String::new();
    let mut rest = host.url;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        url.push_str(before);
        rest = after;
        let Some(variable) = host.variables.iter().find(|variable| variable.name == name) else {
            return Err(format!("has a variable `{name}` that nobody knows"));
        };
        let own = given.iter().rfind(|(setting, _)| *setting == variable.setting).map(|(_, value)| value.as_str());
        let Some(value) = own.or(variable.default) else {
            return Err(format!("needs its variable `{name}`: set it on the client's builder"));
        };
        if !may_stand(value, &url, after) {
            return Err(format!("has a variable `{name}` that cannot be `{}`", value.escape_debug()));
        }
        url.push_str(value);
    }
    url.push_str(rest);
    Ok(url)
}

/// Whether a value has only characters that its piece of a URL may have.
fn may_stand(value: &str, before: &str, after: &str) -> bool {
    let all = |marks: &str| value.chars().all(|letter| letter.is_ascii_alphanumeric() || marks.contains(letter));
    match before.split_once("://") {
        // The path.
        Some((_, beyond)) if beyond.contains('/') => all("-._~/:@!$&'()*+,;=%"),
        // The host and its port.
        Some(_) => all("-._:"),
        None if after.starts_with("://") => all("+-."),
        // A path of somewhere, or the whole URL: it is checked as one.
        None => true,
    }
}

/// Checks a base URL and brings it to the form that paths are appended to: no slash at the end.
///
/// Keys travel in every request, so only `https` will do, except to this machine itself.
pub(super) fn parse(text: &str, allow_insecure: bool) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    if text.contains(['?', '#']) {
        return Err("has a query or a fragment, which a base URL cannot have".to_owned());
    }
    check(text, allow_insecure)?;
    Ok(text.to_owned())
}

/// The scheme, host and port of a base URL, as it has them.
pub(super) fn origin(base: &str) -> &str {
    let host = base.find("://").map_or(0, |at| at + 3);
    let end = base.get(host..).and_then(|rest| rest.find('/')).map_or(base.len(), |at| host + at);
    base.get(..end).unwrap_or(base)
}

/// Where tokens are fetched: an absolute URL, or one that is relative to a base URL.
pub(super) fn token_url(text: &str, base: &str, allow_insecure: bool) -> Result<Uri, String> {
    let (scheme, after) = base.split_once("://").unwrap_or_default();
    let host = after.split('/').next().unwrap_or_default();
    let absolute = match text {
        text if text.contains("://") => text.to_owned(),
        text if text.starts_with("//") => format!("{scheme}:{text}"),
        text if text.starts_with('/') => format!("{scheme}://{host}{text}"),
        text => format!("{base}/{text}"),
    };
    if absolute.contains('#') {
        return Err("has a fragment, which is never sent".to_owned());
    }
    check(&absolute, allow_insecure)
}

fn check(text: &str, allow_insecure: bool) -> Result<Uri, String> {
    let uri: Uri = text.parse().map_err(|error| format!("is not a URL: {error}"))?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err("is not an absolute URL like https://api.example.com".to_owned());
    };
    let host = authority.host();
    if host.is_empty() || host.starts_with('.') || host.contains("..") {
        return Err("has no proper host".to_owned());
    }
    if authority.as_str().contains('@') {
        return Err("holds user name or password: set credentials on the builder".to_owned());
    }
    let has_dots = uri.path().split('/').any(|segment| segment == "." || segment == "..");
    if has_dots {
        return Err("has `.` or `..` in its path".to_owned());
    }
    match scheme {
        "https" => Ok(uri),
        "http" if allow_insecure || is_loopback(host) => Ok(uri),
        "http" => Err("is not https: keys would travel in the clear (allow_insecure_http permits it)".to_owned()),
        _ => Err("is neither https nor http".to_owned()),
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

//! The header `Link` (RFC 8288), and where its links lead.

use http::{HeaderMap, Uri, header};

/// What the first link with the relation `next` points to, as it is written.
pub(super) fn next(headers: &HeaderMap) -> Option<String> {
    let values = headers.get_all(header::LINK).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(links).find(Link::is_next).map(|link| link.target.to_owned())
}

/// Whether a text is a path, and a query perhaps, below some host.
pub(super) fn is_path(text: &str) -> bool {
    let path = text.split('?').next().unwrap_or_default();
    let has_dots = path.split('/').any(|segment| segment == "." || segment == "..");
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic()) && !text.contains(['#', '\\']);
    path.starts_with('/') && !path.starts_with("//") && !has_dots && is_plain
}

/// The path and query of a link on the page at `url`. One that leaves the page's origin is refused: it would be
/// followed with the keys that this host is trusted with.
pub(super) fn resolve(url: &str, link: &str) -> Result<String, &'static str> {
    const MALFORMED: &str = "the link to the next page is malformed";
    const ELSEWHERE: &str = "the link to the next page leads to another origin";
    let link = link.split('#').next().unwrap_or_default();
    let (scheme, after) = url.split_once("://").ok_or(MALFORMED)?;
    let here = after.find('/').and_then(|at| after.get(at..)).unwrap_or("/");
    let path = here.split('?').next().unwrap_or("/");
    let absolute = link.strip_prefix("//").map(|rest| format!("{scheme}://{rest}"));
    let absolute = absolute.or_else(|| has_scheme(link).then(|| link.to_owned()));
    let target = match absolute {
        Some(absolute) => {
            let (there, base): (Uri, Uri) = match (absolute.parse(), url.parse()) {
                (Ok(there), Ok(base)) => (there, base),
                _ => return Err(MALFORMED),
            };
            if origin(&there).is_none() || origin(&there) != origin(&base) {
                return Err(ELSEWHERE);
            }
            there.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string)
        }
        None if link.is_empty() => here.to_owned(),
        None if link.starts_with('/') => link.to_owned(),
        None if link.starts_with('?') => format!("{path}{link}"),
        None => format!("{}/{link}", path.rsplit_once('/').map_or("", |(folder, _)| folder)),
    };
    if is_path(&target) { Ok(target) } else { Err(MALFORMED) }
}

/// A path and query without the parameters of those names, which are as they are on the wire.
pub(super) fn without(target: &str, names: &[String]) -> String {
    let Some((path, query)) = target.split_once('?') else { return target.to_owned() };
    let is_kept = |pair: &&str| !names.iter().any(|name| pair.split('=').next() == Some(name));
    let kept: Vec<&str> = query.split('&').filter(is_kept).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

fn has_scheme(link: &str) -> bool {
    let before = link.split(['/', '?']).next().unwrap_or_default();
    before.contains(':')
}

/// Scheme, host and port. A URL with a user name has none.
fn origin(uri: &Uri) -> Option<(String, String, u16)> {
    let (scheme, authority) = (uri.scheme_str()?.to_ascii_lowercase(), uri.authority()?);
    let usual = match scheme.as_str() {
        "https" => 443,
        "http" => 80,
        _ => return None,
    };
    let port = authority.port_u16().unwrap_or(usual);
    (!authority.as_str().contains('@')).then(|| (scheme, authority.host().to_ascii_lowercase(), port))
}

struct Link<'a> {
    target: &'a str,
    parameters: Vec<(&'a str, String)>,
}

impl Link<'_> {
    /// The first of several parameters counts. A link with an anchor is one of another page.
    fn is_next(&self) -> bool {
        let parameter = |wanted: &str| {
            let found = self.parameters.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
            found.map(|(_, value)| value.as_str())
        };
        let relations = parameter("rel").unwrap_or_default();
        let is_next = relations.split_ascii_whitespace().any(|relation| relation.eq_ignore_ascii_case("next"));
        is_next && parameter("anchor").is_none()
    }
}

/// The links of one header, up to where it is malformed.
fn links(value: &str) -> Vec<Link<'_>> {
    let mut links = Vec::new();
    let mut rest = value;
    loop {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let Some((target, after)) = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')) else { return links };
        rest = after.trim_start();
        let mut parameters = Vec::new();
        while let Some(after) = rest.strip_prefix(';') {
            let (parameter, after) = parameter(after);
            parameters.extend(parameter);
            rest = after.trim_start();
        }
        links.push(Link { target: target.trim(), parameters });
        if !rest.is_empty() && !rest.starts_with(',') {
            return links;
        }
    }
}

/// `name=token`, `name="text"` or `name`, and what follows it.
fn parameter(text: &str) -> (Option<(&str, String)>, &str) {
    let text = text.trim_start();
    let end = text.find([';', ',', '=']).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let name = name.trim();
    let (value, rest) = match rest.strip_prefix('=').map(str::trim_start) {
        None => (String::new(), rest),
        Some(rest) => match rest.strip_prefix('"') {
            Some(rest) => quoted(rest),
            None => {
                let end = rest.find([';', ',']).unwrap_or(rest.len());
                let (value, rest) = rest.split_at_checked(end).unwrap_or((rest, ""));
                (value.trim().to_owned(), rest)
            }
        },
    };
    ((!name.is_empty()).then_some((name, value)), rest)
}

/// A text up to its closing quote, and what follows that.
fn quoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return (value, text.get(at + 1..).unwrap_or_default()),
            '\\' => value.extend(letters.next().map(|(_, letter)| letter)),
            letter => value.push(letter),
        }
    }
    (value, "")
}

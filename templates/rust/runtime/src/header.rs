//! Headers of answers as values.

use std::str::FromStr;

use http::HeaderMap;

/// A header as a value; `None` when it is not there, or is another.
pub fn value<T: FromStr>(headers: &HeaderMap, name: &str) -> Option<T> {
    text(headers, name)?.parse().ok()
}

/// The items of a header that is a list; `None` when it is not there, or an item is another.
pub fn list<T: FromStr>(headers: &HeaderMap, name: &str) -> Option<Vec<T>> {
    // RFC 9110, "Field Order": the one header whose lines are no list, since its values hold commas.
    if name.eq_ignore_ascii_case("set-cookie") {
        let lines = lines(headers, name)?;
        return lines.into_iter().map(|line| line.parse().ok()).collect();
    }
    let text = text(headers, name)?;
    let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
    items.map(|item| item.parse().ok()).collect()
}

/// RFC 9110, "Field Lines and Combined Field Value": several lines of one name are one list.
fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    Some(lines(headers, name)?.join(", "))
}

/// The lines of a header; `None` when there are none, or one is no text.
fn lines<'a>(headers: &'a HeaderMap, name: &str) -> Option<Vec<&'a str>> {
    let lines = headers.get_all(name).into_iter().map(|line| std::str::from_utf8(line.as_bytes()).ok());
    let lines: Vec<&str> = lines.map(|line| line.map(str::trim)).collect::<Option<_>>()?;
    (!lines.is_empty()).then_some(lines)
}

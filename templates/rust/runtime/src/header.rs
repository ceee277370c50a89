//! Headers of answers as values.

use std::str::FromStr;

use http::HeaderMap;

/// A header as a value; `None` when it is not there, or is another.
pub fn value<T: FromStr>(headers: &HeaderMap, name: &str) -> Option<T> {
    text(headers, name)?.parse().ok()
}

/// The items of a header that is a list; `None` when it is not there, or an item is another.
pub fn list<T: FromStr>(headers: &HeaderMap, name: &str) -> Option<Vec<T>> {
    let text = text(headers, name)?;
    let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
    items.map(|item| item.parse().ok()).collect()
}

/// RFC 9110, "Field Lines and Combined Field Value": several lines of one name are one list.
fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut lines = Vec::new();
    for line in headers.get_all(name) {
        lines.push(std::str::from_utf8(line.as_bytes()).ok()?.trim());
    }
    (!lines.is_empty()).then(|| lines.join(", "))
}

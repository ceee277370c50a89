//! What a reply is when it is not a document: an HTML page, an error of the API, an image.

use omise_generator::config::ErrorRule;
use serde_json::Value;

/// Characters of a server's own words that are shown.
const LONGEST: usize = 200;

/// What an error answer says of itself, in a few words.
pub(super) fn said(body: &[u8], content_type: Option<&str>, errors: Option<&ErrorRule>) -> Option<String> {
    if let Some(error) = api_error(body, errors) {
        return Some(error);
    }
    let what = what(body, content_type)?;
    // A refusal without a body is no news.
    (what != EMPTY).then_some(what)
}

const EMPTY: &str = "empty";

/// What a body is, when it plainly is no OpenAPI document. To be read after "the reply is".
pub(super) fn what(body: &[u8], content_type: Option<&str>) -> Option<String> {
    const MAGIC: [(&[u8], &str); 4] = [
        (b"\x89PNG", "a PNG image"),
        (b"\x1f\x8b", "a gzip archive that does not say so"),
        (b"PK\x03\x04", "a ZIP archive"),
        (b"%PDF", "a PDF file"),
    ];
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| body.starts_with(magic)) {
        return Some((*what).to_owned());
    }
    let Ok(text) = std::str::from_utf8(body) else {
        let charset = content_type.and_then(charset).map(|name| format!(" (it says it is `{}`)", shortened(name)));
        return Some(format!("not UTF-8 text{}", charset.unwrap_or_default()));
    };
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Some(EMPTY.to_owned());
    }
    if text.starts_with('<') {
        let lower = text.to_ascii_lowercase();
        let is_html = ["<!doctype html", "<html"].iter().any(|tag| lower.starts_with(tag)) || lower.contains("<body");
        let title = title(text, &lower).map(|title| format!(" titled “{}”", shortened(title)));
        let kind = if is_html { "an HTML page" } else { "XML" };
        return Some(format!("{kind}{}", title.unwrap_or_default()));
    }
    None
}

/// The code and message of the API's own error object.
pub(super) fn api_error(body: &[u8], errors: Option<&ErrorRule>) -> Option<String> {
    let errors = errors?;
    let body: Value = serde_json::from_slice(body).ok()?;
    let text = |pointer: &str| body.pointer(pointer).and_then(Value::as_str).map(shortened);
    match (text(&errors.code), text(&errors.message)) {
        (Some(code), Some(message)) => Some(format!("{code}: {message}")),
        (code, message) => code.or(message),
    }
}

fn title<'t>(text: &'t str, lower: &str) -> Option<&'t str> {
    // Lowering ASCII moves no byte.
    let start = lower.find("<title>")? + "<title>".len();
    let end = lower.get(start..)?.find("</title>")? + start;
    text.get(start..end).map(str::trim).filter(|title| !title.is_empty())
}

fn charset(content_type: &str) -> Option<&str> {
    content_type.split(';').find_map(|part| part.trim().strip_prefix("charset=")).map(|name| name.trim_matches('"'))
}

fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule() -> ErrorRule {
        ErrorRule { schema: None, code: "/code".into(), message: "/message".into() }
    }

    #[test]
    fn what_is_no_document_is_named() {
        let named = |body: &[u8]| what(body, Some("text/plain; charset=iso-8859-1"));
        assert_eq!(named(b"\xef\xbb\xbf \n").as_deref(), Some("empty"));
        assert_eq!(named(b"<html><head><TITLE> Sign\n in </TITLE>").as_deref(), Some("an HTML page titled “Sign in”"));
        assert_eq!(named(b"<?xml version='1.0'?><a/>").as_deref(), Some("XML"));
        assert_eq!(named(b"\x89PNG\r\n").as_deref(), Some("a PNG image"));
        assert_eq!(named(b"caf\xe9").as_deref(), Some("not UTF-8 text (it says it is `iso-8859-1`)"));
        assert_eq!(named(b"openapi: 3.0.0"), None);
    }

    #[test]
    fn an_error_of_the_api_is_told() {
        let body = br#"{"object": "error", "code": "not_found", "message": "no such version"}"#;
        assert_eq!(said(body, None, Some(&rule())).as_deref(), Some("not_found: no such version"));
        assert_eq!(said(body, None, None), None);
        assert_eq!(said(b"", None, Some(&rule())), None);
        let long = format!(r#"{{"code": "{}"}}"#, "é".repeat(500));
        assert_eq!(said(long.as_bytes(), None, Some(&rule())).unwrap().chars().count(), 201);
    }
}

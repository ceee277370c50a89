//! Percent-encoding: exactly what each place needs, nothing left to a URL parser's taste.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Everything `application/x-www-form-urlencoded` escapes, but for the space.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_').remove(b' ');

/// A piece of a path, a query or a cookie.
pub(super) fn component(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

/// A piece of a form body.
pub(super) fn form(text: &str) -> String {
    utf8_percent_encode(text, FORM).to_string().replace(' ', "+")
}

/// A piece of a header: headers are not percent-encoded.
pub(super) fn verbatim(text: &str) -> String {
    text.to_owned()
}

//! Percent-encoding: exactly what each place needs, nothing left to a URL parser's taste.

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, PercentEncode, percent_decode_str, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Everything `application/x-www-form-urlencoded` escapes, but for the space.
const FORM: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_').remove(b' ');

/// What `allowReserved` lets stand in a value: the reserved characters of RFC 3986, but for those that a query cannot
/// hold (`#`, `[`, `]`), those that would end the value or change it (`&`, `+`), and `'`, which URL parsers escape.
const RESERVED: &AsciiSet = &COMPONENT
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// The same among other values.
const RESERVED_ITEM: &AsciiSet = &RESERVED.add(b',');

/// What a path template cannot hold as it is written. A `%` is one of an escape that stands there already.
const TEMPLATE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'\\').add(b'^').add(b'`').add(b'{').add(b'|').add(b'}');

/// How the pieces of a pair are escaped.
#[derive(Clone, Copy)]
pub(super) struct Escape {
    /// Names and keys.
    pub(super) name: fn(&str) -> String,
    /// A value that stands alone.
    pub(super) value: fn(&str) -> String,
    /// A value that stands among others, separated by `,`.
    pub(super) item: fn(&str) -> String,
}

/// Of a query or a cookie.
pub(super) const QUERY: Escape = Escape { name: component, value: component, item: component };

/// Of a query whose values may hold reserved characters.
pub(super) const QUERY_RESERVED: Escape = Escape { name: component, value: reserved, item: reserved_item };

/// Of a form body.
pub(super) const FORM_BODY: Escape = Escape { name: form, value: form, item: form };

/// A piece of a path, a query or a cookie.
pub(super) fn component(text: &str) -> String {
    utf8_percent_encode(text, COMPONENT).to_string()
}

/// Undoes [`component`].
pub(super) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn reserved(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

fn reserved_item(text: &str) -> String {
    utf8_percent_encode(text, RESERVED_ITEM).to_string()
}

/// What stands between the arguments of a path.
pub(super) fn template(text: &str) -> PercentEncode<'_> {
    utf8_percent_encode(text, TEMPLATE)
}

/// A piece of a form body.
pub(super) fn form(text: &str) -> String {
    utf8_percent_encode(text, FORM).to_string().replace(' ', "+")
}

/// A piece of a header: headers are not percent-encoded.
pub(super) fn verbatim(text: &str) -> String {
    text.to_owned()
}

//! What the documentation says of how an argument is sent, where a caller can tell the difference.

use super::docs::code;
use crate::ir::{Body, BodyPart, MediaKind, Param, Type};

/// Of a parameter: whether it may be empty.
pub(super) fn param(param: &Param) -> String {
    match param.ty {
        Type::List(_) | Type::Map(_) if param.allow_empty => "Without items it is sent empty.".to_owned(),
        _ if param.allow_empty => "It may be sent empty.".to_owned(),
        _ => String::new(),
    }
}

/// Of a file: which media types it may have, and which headers its part takes.
pub(super) fn part(part: &BodyPart) -> String {
    if !part.is_file {
        return String::new();
    }
    let mut sentences = Vec::new();
    let listed: Vec<String> = part.content_types.iter().map(|media_type| code(media_type)).collect();
    if !listed.is_empty() {
        sentences.push(format!(
            "{}: [`File::with_content_type`](crate::File::with_content_type) says which it is.",
            listed.join(" or ")
        ));
    }
    for header in &part.headers {
        let must = if header.required { "needs" } else { "takes" };
        sentences.push(format!(
            "Its part {must} the header {}, see [`File::with_header`](crate::File::with_header).",
            code(&header.wire_name)
        ));
    }
    sentences.join(" ")
}

/// Of a body as a whole: what it is sent as, and that it may be a stream.
pub(super) fn body(body: &Body) -> String {
    let sent = alternatives(body, "Sent");
    if body.kind != MediaKind::Binary {
        return sent.unwrap_or_default();
    }
    let sent = sent.unwrap_or_else(|| format!("Sent as {}.", code(&body.media_type)));
    format!("{sent} It may be a stream, see [`Upload::stream`](crate::Upload::stream).")
}

/// What else a body may be sent as, and how. The sentence begins with `sent`.
pub(super) fn alternatives(body: &Body, sent: &str) -> Option<String> {
    let listed: Vec<String> = body.alternatives.iter().map(|media_type| code(media_type)).collect();
    let how = match body.kind {
        MediaKind::Binary => "[`Upload::with_content_type`](crate::Upload::with_content_type)",
        _ => "the header `Content-Type`, set by [`Request::header`](crate::Request::header),",
    };
    let own = code(&body.media_type);
    (!listed.is_empty()).then(|| format!("{sent} as {own}; {how} makes it {}.", listed.join(" or ")))
}

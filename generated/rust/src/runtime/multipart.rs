//! `multipart/form-data` (RFC 7578).

use bytes::{Bytes, BytesMut};

use super::File;
use super::node::Node;

/// One part of a form.
pub(super) struct Part {
    name: &'static str,
    file_name: Option<String>,
    content_type: Option<String>,
    content: Bytes,
}

impl Part {
    /// A field that is not a file. Text needs no media type; what is written as JSON says so.
    pub(super) fn field(name: &'static str, content_type: Option<&'static str>, node: &Node, as_json: bool) -> Self {
        let is_text = node.scalar().is_some() || node.is_null();
        let (content, implied) =
            if as_json || !is_text { (node.to_json(), Some("application/json")) } else { (node.to_text(), None) };
        let content_type = content_type.or(implied).map(str::to_owned);
        Self { name, file_name: None, content_type, content: content.into() }
    }

    /// A file. What the file says of itself comes before what the operation says of files.
    pub(super) fn file(name: &'static str, content_type: Option<&'static str>, file: &File) -> Self {
        let content_type = file.content_type.as_deref().or(content_type);
        Self {
            name,
            file_name: Some(file.name.clone()),
            content_type: Some(content_type.unwrap_or("application/octet-stream").to_owned()),
            content: file.bytes.clone(),
        }
    }
}

/// Joins the parts. Returns the media type, which names the boundary, and the body.
pub(super) fn encode(parts: &[Part]) -> (String, Bytes) {
    let boundary = boundary(parts);
    let mut body = BytesMut::new();
    for part in parts {
        let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", escape(part.name));
        if let Some(name) = &part.file_name {
            head.push_str(&format!("; filename=\"{}\"", escape(name)));
        }
        if let Some(media) = &part.content_type {
            // A line break would start a header of its own.
            head.push_str(&format!("\r\nContent-Type: {}", media.replace(['\r', '\n'], "")));
        }
        head.push_str("\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&part.content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={boundary}"), body.freeze())
}

/// Names are quoted as browsers quote them.
fn escape(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// A boundary that occurs in no part. It is made from the content, so equal forms are equal byte for byte.
fn boundary(parts: &[Part]) -> String {
    let mut state = parts.iter().fold(FNV_START, |state, part| {
        let state = fold(state, part.name.as_bytes());
        fold(state, &part.content)
    });
    loop {
        let boundary = format!("form-part-{state:016x}");
        if !parts.iter().any(|part| contains(&part.content, boundary.as_bytes())) {
            return boundary;
        }
        state = fold(state, boundary.as_bytes());
    }
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a: enough to spread boundaries; that they do not occur is checked, not hoped.
fn fold(state: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(state, |state, byte| (state ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

fn contains(content: &[u8], boundary: &[u8]) -> bool {
    content.windows(boundary.len()).any(|window| window == boundary)
}

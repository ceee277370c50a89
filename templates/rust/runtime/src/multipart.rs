//! Multipart forms (RFC 7578).

use std::hash::{BuildHasher as _, RandomState};

use bytes::Bytes;
use http::{HeaderName, HeaderValue};

use super::node::Node;
use super::{Body, Error, File, Upload};

/// One part of a form.
pub(super) struct Part {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    headers: Vec<(HeaderName, HeaderValue)>,
    content: Upload,
}

impl Part {
    /// A field that is not a file. Text needs no media type; what is written as JSON says so.
    pub(super) fn field(name: &str, content_type: Option<&str>, node: &Node, as_json: bool) -> Self {
        let is_text = node.scalar().is_some() || node.is_null();
        let (content, implied) =
            if as_json || !is_text { (node.to_json(), Some("application/json")) } else { (node.to_text(), None) };
        let content_type = content_type.or(implied).map(str::to_owned);
        Self { name: name.to_owned(), file_name: None, content_type, headers: Vec::new(), content: content.into() }
    }

    /// A field of any value: a scalar as text, a list as one part an element, an object as JSON.
    pub(super) fn fields(name: &str, content_type: Option<&str>, node: &Node) -> Vec<Self> {
        let as_json = content_type.is_some_and(is_json);
        match node {
            Node::Null => Vec::new(),
            Node::List(items) if !as_json => {
                items.iter().map(|item| Self::field(name, content_type, item, false)).collect()
            }
            node => vec![Self::field(name, content_type, node, as_json)],
        }
    }

    /// A file. What the file says of itself comes before what the operation says of files.
    pub(super) fn file(name: &str, content_type: Option<&str>, file: &File) -> Result<Self, Error> {
        let content_type = file.content.content_type.as_deref().or(content_type);
        let mut headers = Vec::with_capacity(file.headers.len());
        for (name, value) in &file.headers {
            let wrong = || Error::argument(format!("a file cannot have the header `{}`", name.escape_debug()));
            let known = HeaderName::from_bytes(name.as_bytes()).map_err(|_| wrong())?;
            headers.push((known, HeaderValue::from_str(value).map_err(|_| wrong())?));
        }
        Ok(Self {
            name: name.to_owned(),
            file_name: Some(file.name.clone()),
            content_type: Some(content_type.unwrap_or("application/octet-stream").to_owned()),
            headers,
            content: file.content.clone(),
        })
    }

    fn head(&self, boundary: &str) -> Vec<u8> {
        let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", escape(&self.name));
        if let Some(name) = &self.file_name {
            head.push_str(&format!("; filename=\"{}\"", escape(name)));
        }
        if let Some(media) = &self.content_type {
            // A line break would start a header of its own.
            head.push_str(&format!("\r\nContent-Type: {}", media.replace(['\r', '\n'], "")));
        }
        let mut head = head.into_bytes();
        for (name, value) in &self.headers {
            head.extend_from_slice(format!("\r\n{name}: ").as_bytes());
            head.extend_from_slice(value.as_bytes());
        }
        head.extend_from_slice(b"\r\n\r\n");
        head
    }
}

/// Whether a media type is JSON or made of it.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Joins the parts. Returns the boundary and the body: bytes, or a stream when a part is one.
pub(super) fn encode(parts: &[Part]) -> Result<(String, Body), Error> {
    let boundary = boundary(parts);
    let mut bodies = Vec::new();
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(&part.head(&boundary));
        match part.content.as_bytes() {
            Some(content) => bytes.extend_from_slice(content),
            None => {
                bodies.push(Body::from(std::mem::take(&mut bytes)));
                bodies.push(part.content.take()?);
            }
        }
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    let last = Body::from(bytes);
    if bodies.is_empty() {
        return Ok((boundary, last));
    }
    bodies.push(last);
    Ok((boundary, Body::chain(bodies)))
}

/// Names are quoted as browsers quote them.
fn escape(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// A boundary that occurs in no part. It is made from the content, so equal forms are equal byte for byte; a stream
/// cannot be looked through, so there it is one that nobody can foresee.
fn boundary(parts: &[Part]) -> String {
    let contents: Option<Vec<&Bytes>> = parts.iter().map(|part| part.content.as_bytes()).collect();
    let Some(contents) = contents else {
        let random = RandomState::new();
        return format!("form-part-{:016x}{:016x}", random.hash_one(0), random.hash_one(1));
    };
    let names = parts.iter().fold(FNV_START, |state, part| fold(state, part.name.as_bytes()));
    let mut state = contents.iter().fold(names, |state, content| fold(state, content));
    loop {
        let boundary = format!("form-part-{state:016x}");
        if !contents.iter().any(|content| contains(content, boundary.as_bytes())) {
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

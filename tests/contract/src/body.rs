//! Whether a body is one that its operation takes.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use http_body_util::{BodyDataStream, Full};
use multer::Multipart;
use serde_json::Value;

use crate::check::Found;
use crate::coerce::coerce;
use crate::document::Document;
use crate::operation::{Body, Media, essence, is_json};
use crate::problem::{Part, Problem};
use crate::rack;
use crate::schema::Compiled;

/// Notes everything that is wrong with a body, and which optional fields it has.
pub(crate) fn check(document: &Document, wanted: Option<&Body>, headers: &HeaderMap, sent: &Bytes, found: &mut Found) {
    match read(document, wanted, headers, sent) {
        Ok(None) => {}
        Ok(Some((schema, value))) => {
            found.coverage.walk(schema, &value, "body ");
            match schema.problems(&value) {
                Ok(wrong) => {
                    let problem = |(pointer, message)| Problem::new(Part::Body, pointer, message);
                    found.problems.extend(wrong.into_iter().map(problem));
                }
                Err(message) => found.problems.push(Problem::new(Part::Document, "", message)),
            }
        }
        Err((part, message)) => found.problems.push(Problem::new(part, "", message)),
    }
}

/// The value of a body, and the schema it should have. Nothing where there is none, or no more is known of it.
fn read<'a>(
    document: &Document,
    wanted: Option<&'a Body>,
    headers: &HeaderMap,
    sent: &Bytes,
) -> Result<Option<(&'a Compiled, Value)>, (Part, String)> {
    let wrong = |part, message: &str| Err((part, message.to_owned()));
    let name = headers.get(CONTENT_TYPE).map(|value| value.to_str().unwrap_or_default());
    let (wanted, name) = match (wanted, name) {
        (None, _) if sent.is_empty() => return Ok(None),
        (None, _) => return wrong(Part::Body, "the operation takes no body"),
        (Some(wanted), None) if sent.is_empty() && wanted.required => return wrong(Part::Body, "the body is missing"),
        (Some(_), None) if sent.is_empty() => return Ok(None),
        (Some(_), None) => return wrong(Part::MediaType, "the header Content-Type is missing"),
        (Some(wanted), Some(name)) => (wanted, name),
    };
    let Some(media) = wanted.media(name) else {
        let known: Vec<&str> = wanted.content.iter().map(|(name, _)| name.as_str()).collect();
        return wrong(Part::MediaType, &format!("the operation takes {}", known.join(", ")));
    };
    let value = match essence(name).as_str() {
        "application/x-www-form-urlencoded" => form(document, media, sent),
        "multipart/form-data" => multipart(document, media, name, sent),
        json if is_json(json) => serde_json::from_slice(sent).map_err(|error| format!("it is no JSON: {error}")),
        text if text.starts_with("text/") => {
            String::from_utf8(sent.to_vec()).map(Value::String).map_err(|_| "it is no UTF-8".to_owned())
        }
        // Of other media types nothing is known but that something is there.
        _ if sent.is_empty() && wanted.required => return wrong(Part::Body, "it is empty"),
        _ => return Ok(None),
    };
    let value = value.map_err(|message| (Part::Body, message))?;
    Ok(Some((media.shape.compiled(document), value)))
}

impl Body {
    /// What the document says of a media type: by its name, else by a range.
    fn media(&self, name: &str) -> Option<&Media> {
        let name = essence(name);
        let range = format!("{}/*", name.split('/').next().unwrap_or_default());
        let find =
            |wanted: &str| self.content.iter().find(|(known, _)| essence(known) == wanted).map(|(_, media)| media);
        find(&name).or_else(|| find(&range)).or_else(|| find("*/*"))
    }
}

fn form(document: &Document, media: &Media, sent: &Bytes) -> Result<Value, String> {
    let is_escape = |at: usize| sent.get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
    let mut percents = sent.iter().enumerate().filter(|(_, byte)| **byte == b'%');
    if !sent.is_ascii() || percents.any(|(at, _)| !is_escape(at)) {
        return Err("the form is not percent-encoded".to_owned());
    }
    let pairs =
        form_urlencoded::parse(sent).map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())));
    fields(document, media, pairs.collect())
}

/// The fields of a form as the schema has them.
fn fields(document: &Document, media: &Media, pairs: Vec<(String, Value)>) -> Result<Value, String> {
    let mut tree = rack::tree(&pairs)?;
    for (name, value) in &mut tree {
        let Some(encoding) = media.encoding.get(name) else { continue };
        let word = |key: &str| encoding.get(key).and_then(Value::as_str);
        let Value::String(text) = &*value else { continue };
        if word("contentType").is_some_and(is_json) {
            *value = serde_json::from_str(text).map_err(|_| format!("the field `{name}` is no JSON"))?;
        } else if encoding.get("explode") == Some(&Value::Bool(false)) {
            let between = match word("style") {
                Some("spaceDelimited") => ' ',
                Some("pipeDelimited") => '|',
                _ => ',',
            };
            *value = text.split(between).map(|item| Value::String(item.to_owned())).collect();
        }
    }
    Ok(coerce(media.shape.compiled(document), Value::Object(tree)))
}

/// Files are texts to the schema; what they hold is nobody's business here.
fn multipart(document: &Document, media: &Media, name: &str, sent: &Bytes) -> Result<Value, String> {
    let boundary = multer::parse_boundary(name).map_err(|_| "Content-Type has no boundary".to_owned())?;
    let stream = BodyDataStream::new(Full::<Bytes>::new(sent.clone()));
    let parts = at_once(parts(Multipart::new(stream, boundary)));
    let mut pairs = Vec::new();
    for part in
        parts.unwrap_or(Err(None)).map_err(|problem| problem.unwrap_or_else(|| "it ends too early".to_owned()))?
    {
        let wanted =
            media.encoding.get(&part.name).and_then(|encoding| encoding.get("contentType")).and_then(Value::as_str);
        if let (Some(wanted), Some(given)) = (wanted, &part.media) {
            let fits = |wanted: &str| {
                essence(wanted) == *given
                    || wanted.trim().strip_suffix('*').is_some_and(|range| given.starts_with(range))
            };
            if !wanted.split(',').any(fits) {
                return Err(format!("the part `{}` should be {wanted}", part.name));
            }
        }
        let text = String::from_utf8_lossy(&part.content).into_owned();
        let value = match part.media.as_deref() {
            Some(media) if is_json(media) => {
                serde_json::from_str(&text).map_err(|_| format!("the part `{}` is no JSON", part.name))?
            }
            _ => Value::String(text),
        };
        pairs.push((part.name, value));
    }
    fields(document, media, pairs)
}

struct FormPart {
    name: String,
    media: Option<String>,
    content: Bytes,
}

async fn parts(mut multipart: Multipart<'_>) -> Result<Vec<FormPart>, Option<String>> {
    let broken = |error: multer::Error| Some(format!("it is no multipart form: {error}"));
    let mut parts = Vec::new();
    while let Some(field) = multipart.next_field().await.map_err(broken)? {
        let name = field.name().map(str::to_owned).ok_or_else(|| Some("a part has no name".to_owned()))?;
        let media = field.content_type().map(|media| media.essence_str().to_ascii_lowercase());
        parts.push(FormPart { name, media, content: field.bytes().await.map_err(broken)? });
    }
    Ok(parts)
}

/// The outcome of work that never has to wait, since all its bytes are there.
fn at_once<T>(work: impl Future<Output = T>) -> Option<T> {
    match pin!(work).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => Some(done),
        Poll::Pending => None,
    }
}

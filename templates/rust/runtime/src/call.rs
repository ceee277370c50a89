//! What an operation fills: where each argument goes.

use bytes::Bytes;
use serde::Serialize;

use super::multipart::Part;
use super::node::Node;
use super::style::{self, Style};
use super::{Error, File, percent};

/// A call on its way to becoming a request.
///
/// Operations write their arguments into it. A value that is null (`None`) is left out, except in a path,
/// where it is refused.
#[derive(Default)]
pub struct Call {
    pub(super) path: Vec<(&'static str, String)>,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) cookies: Vec<(String, String)>,
    /// Bytes and their media type.
    pub(super) bytes: Option<(&'static str, Bytes)>,
    /// Encoded pairs of a form.
    pub(super) form: Option<Vec<(String, String)>>,
    /// Parts of a multipart form.
    pub(super) parts: Option<Vec<Part>>,
    pub(super) content_type: Option<&'static str>,
}

impl Call {
    /// Writes an argument into the path.
    ///
    /// # Errors
    /// When it is empty, `.` or `..`: the path would become another one.
    pub fn path<V: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &V) -> Result<(), Error> {
        let node = read(name, value)?;
        let refused = match node.scalar() {
            Some(text) => matches!(text, "" | "." | ".."),
            None => false,
        };
        match style::inline(name, style, &node, percent::component) {
            Some(text) if !refused && !text.is_empty() => {
                self.path.push((name, text));
                Ok(())
            }
            _ => Err(Error::argument(format!("`{name}` is part of the path: it cannot be empty, `.` or `..`"))),
        }
    }

    /// Writes an argument into the query.
    ///
    /// # Errors
    /// When the value cannot be serialised.
    pub fn query<V: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &V) -> Result<(), Error> {
        self.query.extend(style::query(name, style, read(name, value)?));
        Ok(())
    }

    /// Writes an argument into a header. Headers are not percent-encoded.
    ///
    /// # Errors
    /// When the value cannot be serialised.
    pub fn header<V: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &V) -> Result<(), Error> {
        let node = read(name, value)?;
        if node.is_null() {
            return Ok(());
        }
        if let Some(text) = style::inline(name, style, &node, percent::verbatim) {
            self.headers.push((name, text));
        }
        Ok(())
    }

    /// Writes an argument into a cookie.
    ///
    /// # Errors
    /// When the value cannot be serialised.
    pub fn cookie<V: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &V) -> Result<(), Error> {
        self.cookies.extend(style::query(name, style, read(name, value)?));
        Ok(())
    }

    /// Sends the value as JSON.
    ///
    /// # Errors
    /// When the value cannot be serialised.
    pub fn json<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), Error> {
        let body = serde_json::to_vec(value).map_err(|error| unserialisable("the body", &error))?;
        if body != b"null" {
            self.bytes = Some(("application/json", body.into()));
        }
        Ok(())
    }

    /// Sends the value as JSON, or no body at all when it is an object without members.
    ///
    /// # Errors
    /// When the value cannot be serialised.
    pub fn json_unless_empty<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), Error> {
        self.json(value)?;
        self.bytes.take_if(|(_, body)| **body == *b"{}");
        Ok(())
    }

    /// Sends an object as a form, the way Rack reads it: `a[b]=`, `list[]=`, `items[][name]=`.
    ///
    /// # Errors
    /// When the value is not an object or cannot be serialised.
    pub fn form<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), Error> {
        match read("the body", value)? {
            Node::Null => Ok(()),
            Node::Map(entries) => {
                let form = self.form.get_or_insert_default();
                for (name, value) in entries {
                    value.rack(&name, &mut |name, value| {
                        form.push((percent::form(name), percent::form(value)));
                    });
                }
                Ok(())
            }
            _ => Err(Error::argument("a form body must be an object")),
        }
    }

    /// Sends an object as a form, or no body at all when it has no members.
    ///
    /// # Errors
    /// When the value is not an object or cannot be serialised.
    pub fn form_unless_empty<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), Error> {
        self.form(value)?;
        self.form.take_if(|form| form.is_empty());
        Ok(())
    }

    /// Sends one field of a form in a style of its own.
    ///
    /// # Errors
    /// When the value cannot be serialised.
    pub fn form_field<V: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: Style,
        value: &V,
    ) -> Result<(), Error> {
        let pairs = style::form(name, style, read(name, value)?);
        self.form.get_or_insert_default().extend(pairs);
        Ok(())
    }

    /// Sends one field of a multipart form: a scalar as text, a list as one part an element, an object as JSON.
    ///
    /// # Errors
    /// When the value cannot be serialised.
    pub fn part<V: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        content_type: Option<&'static str>,
        value: &V,
    ) -> Result<(), Error> {
        let as_json = content_type.is_some_and(|media| media.ends_with("json"));
        let parts = self.parts.get_or_insert_default();
        match read(name, value)? {
            Node::Null => {}
            Node::List(items) if !as_json => {
                parts.extend(items.iter().map(|item| Part::field(name, content_type, item, false)));
            }
            node => parts.push(Part::field(name, content_type, &node, as_json)),
        }
        Ok(())
    }

    /// Sends a file in a multipart form.
    ///
    /// # Errors
    /// None yet; the signature is that of its siblings.
    pub fn file<'a>(
        &mut self,
        name: &'static str,
        content_type: Option<&'static str>,
        file: impl Into<Option<&'a File>>,
    ) -> Result<(), Error> {
        let parts = self.parts.get_or_insert_default();
        if let Some(file) = file.into() {
            parts.push(Part::file(name, content_type, file));
        }
        Ok(())
    }

    /// Sends text.
    ///
    /// # Errors
    /// None yet; the signature is that of its siblings.
    pub fn text(&mut self, media_type: &'static str, text: impl Into<String>) -> Result<(), Error> {
        self.bytes(media_type, text.into())
    }

    /// Sends bytes as they are.
    ///
    /// # Errors
    /// None yet; the signature is that of its siblings.
    pub fn bytes(&mut self, media_type: &'static str, bytes: impl Into<Bytes>) -> Result<(), Error> {
        self.bytes = Some((media_type, bytes.into()));
        Ok(())
    }

    /// Names the body's media type otherwise than its encoding would.
    ///
    /// # Errors
    /// None yet; the signature is that of its siblings.
    pub fn content_type(&mut self, media_type: &'static str) -> Result<(), Error> {
        self.content_type = Some(media_type);
        Ok(())
    }
}

fn read<V: Serialize + ?Sized>(name: &str, value: &V) -> Result<Node, Error> {
    Node::of(value).map_err(|error| unserialisable(name, &error))
}

/// The error's own text may quote the value; what matters is which argument it was.
fn unserialisable(name: &str, _error: &serde_json::Error) -> Error {
    Error::argument(format!("`{name}` cannot be serialised"))
}

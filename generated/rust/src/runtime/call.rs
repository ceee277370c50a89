//! What an operation fills: where each argument goes.

use serde::Serialize;

use super::multipart::Part;
use super::node::Node;
use super::style::{self, Style};
use super::{Error, File, Upload, percent, sending};

/// A call on its way to becoming a request.
///
/// Operations write their arguments into it. A value that is null (`None`) is left out, except in a path,
/// where it is refused.
#[derive(Default)]
pub struct Call {
    /// A path of the caller's own, in place of the operation's.
    pub(super) route: Option<String>,
    /// Path and query below the host, in place of the operation's own: where a link led.
    pub(super) target: Option<String>,
    pub(super) path: Vec<(&'static str, String)>,
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) cookies: Vec<(String, String)>,
    /// Content and its media type.
    pub(super) content: Option<(&'static str, Upload)>,
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
    /// When it is empty, blank, `.` or `..`: the path would become another one. When it holds a control character, a line
    /// break say, which came along from a file and is part of no name.
    pub fn path<V: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &V) -> Result<(), Error> {
        let node = Node::of(value).map_err(|_| Error::argument(format!("`{name}` cannot be serialised")))?;
        let refused = match node.scalar() {
            Some(text) => matches!(text.trim(), "" | "." | "..") || text.contains(char::is_control),
            None => false,
        };
        match style::inline(name, style, &node, percent::component) {
            Some(text) if !refused && !text.is_empty() => {
                self.path.push((name, text));
                Ok(())
            }
            _ => Err(Error::argument(format!(
                "`{name}` is part of the path: it cannot be empty, `.` or `..`, nor hold a line break"
            ))),
        }
    }

    /// Writes an argument into the query.
    ///
    /// # Errors
    /// When the value cannot be serialised.
    pub fn query<V: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &V) -> Result<(), Error> {
        self.query.extend(style::pairs(name, style, read(name, value)?, percent::QUERY));
        Ok(())
    }

    /// Writes text into the query under a name of the caller's own.
    pub(super) fn any_query(&mut self, name: &str, value: &str) {
        self.query.push((percent::component(name), percent::component(value)));
    }

    /// Writes an argument into the query, its reserved characters as they are (`allowReserved`), but for those that
    /// would end it or change it: `#`, `[`, `]`, `&`, `+` and `'`.
    ///
    /// # Errors
    /// When the value cannot be serialised.
    pub fn query_reserved<V: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: Style,
        value: &V,
    ) -> Result<(), Error> {
        self.query.extend(style::pairs(name, style, read(name, value)?, percent::QUERY_RESERVED));
        Ok(())
    }

    /// Writes an argument into the query, and its name alone when it is a list or object without members
    /// (`allowEmptyValue`).
    ///
    /// # Errors
    /// When the value cannot be serialised.
    pub fn query_or_empty<V: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: Style,
        value: &V,
    ) -> Result<(), Error> {
        let node = read(name, value)?;
        let is_given = !node.is_null();
        let pairs = style::pairs(name, style, node, percent::QUERY);
        if pairs.is_empty() && is_given {
            self.query.push((percent::component(name), String::new()));
        }
        self.query.extend(pairs);
        Ok(())
    }

    /// Writes an argument into a header. Headers are not percent-encoded; JSON there is kept to ASCII.
    ///
    /// # Errors
    /// When the value cannot be serialised.
    pub fn header<V: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &V) -> Result<(), Error> {
        let node = read(name, value)?;
        if node.is_null() {
            return Ok(());
        }
        if let Some(text) = style::inline(name, style, &node, percent::verbatim) {
            let text = if style == Style::Json { ascii_json(&text) } else { text };
            self.headers.push((name, text));
        }
        Ok(())
    }

    /// Writes an argument into a cookie.
    ///
    /// # Errors
    /// When the value cannot be serialised.
    pub fn cookie<V: Serialize + ?Sized>(&mut self, name: &'static str, style: Style, value: &V) -> Result<(), Error> {
        self.cookies.extend(style::pairs(name, style, read(name, value)?, percent::QUERY));
        Ok(())
    }

    /// Sends the value as JSON.
    ///
    /// # Errors
    /// When the value cannot be serialised.
    pub fn json<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), Error> {
        let body = sending::written("the body", || serde_json::to_vec(value))?;
        self.content = Some(("application/json", body.into()));
        Ok(())
    }

    /// Sends the value as JSON, or no body at all when it is an object without members.
    ///
    /// # Errors
    /// When the value cannot be serialised.
    pub fn json_unless_empty<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), Error> {
        self.json(value)?;
        self.content.take_if(|(_, body)| body.as_bytes().is_some_and(|body| **body == *b"{}"));
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
        if !pairs.is_empty() {
            self.form.get_or_insert_default().extend(pairs);
        }
        Ok(())
    }

    /// Sends a multipart form, also when it gets no part.
    ///
    /// # Errors
    /// None yet; the signature is that of its siblings.
    pub fn begin_multipart(&mut self) -> Result<(), Error> {
        self.parts.get_or_insert_default();
        Ok(())
    }

    /// Sends an object as a multipart form, each member as [`Call::part`] would; with no member it is an empty form.
    ///
    /// # Errors
    /// When the value is not an object or cannot be serialised.
    pub fn multipart<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), Error> {
        let Node::Map(entries) = read("the body", value)? else {
            return Err(Error::argument("a multipart body must be an object"));
        };
        let parts = self.parts.get_or_insert_default();
        parts.extend(entries.iter().flat_map(|(name, value)| Part::fields(name, None, value)));
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
        let fields = Part::fields(name, content_type, &read(name, value)?);
        if !fields.is_empty() {
            self.parts.get_or_insert_default().extend(fields);
        }
        Ok(())
    }

    /// Sends a file in a multipart form.
    ///
    /// # Errors
    /// When the file has a header that headers cannot carry.
    pub fn file<'a>(
        &mut self,
        name: &'static str,
        content_type: Option<&'static str>,
        file: impl Into<Option<&'a File>>,
    ) -> Result<(), Error> {
        if let Some(file) = file.into() {
            let part = Part::file(name, content_type, file)?;
            self.parts.get_or_insert_default().push(part);
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

    /// Sends bytes, or a stream of them, as they are.
    ///
    /// # Errors
    /// None yet; the signature is that of its siblings.
    pub fn bytes(&mut self, media_type: &'static str, content: impl Into<Upload>) -> Result<(), Error> {
        self.content = Some((media_type, content.into()));
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
    sending::written(name, || Node::of(value))
}

/// The same JSON without characters that a header cannot carry: they stand in its texts alone.
fn ascii_json(json: &str) -> String {
    let mut ascii = String::with_capacity(json.len());
    for letter in json.chars() {
        if letter.is_ascii() && letter != '\u{7f}' {
            ascii.push(letter);
        } else {
            let mut units = [0; 2];
            letter.encode_utf16(&mut units).iter().for_each(|unit| ascii.push_str(&format!("\\u{unit:04x}")));
        }
    }
    ascii
}

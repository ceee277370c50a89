//! How the bodies of answers are read.

use std::fmt;

use bytes::Bytes;
use serde::de::DeserializeOwned;

/// Reads JSON. Only after a failure is it read again, slower, to learn where it went wrong.
///
/// # Errors
/// When the body is not JSON or not a `T`.
pub fn json<T: DeserializeOwned>(body: &Bytes) -> Result<T, DecodeError> {
    serde_json::from_slice(body).map_err(|error| {
        let mut reader = serde_json::Deserializer::from_slice(body);
        match serde_path_to_error::deserialize::<_, T>(&mut reader) {
            Ok(_) => DecodeError::new("", &error),
            Err(traced) => DecodeError::new(&traced.path().to_string(), traced.inner()),
        }
    })
}

/// Reads a JSON object. A list is refused: derived code would read it field by field, in order.
///
/// # Errors
/// When the body is not a JSON object or not a `T`.
pub fn object<T: DeserializeOwned>(body: &Bytes) -> Result<T, DecodeError> {
    if body.trim_ascii_start().first() != Some(&b'[') {
        return json(body);
    }
    Err(DecodeError { path: String::new(), message: "expected an object, found a list".to_owned(), line: 1, column: 1 })
}

/// Reads a JSON object that is `what` only when the check says so: an error or a stranger's object may have a status of
/// success too, and every field there is can be missing.
///
/// # Errors
/// When the body is not a JSON object, not a `T`, or another one.
pub fn object_that<T: DeserializeOwned>(body: &Bytes, what: &str, is_it: fn(&T) -> bool) -> Result<T, DecodeError> {
    let value = object(body)?;
    if is_it(&value) { Ok(value) } else { Err(DecodeError::at("", &format!("expected {what}"))) }
}

/// Ignores whatever the body holds.
///
/// # Errors
/// None; the signature is that of its siblings.
pub fn empty(_body: &Bytes) -> Result<(), DecodeError> {
    Ok(())
}

/// Reads text.
///
/// # Errors
/// When the body is not UTF-8.
pub fn text(body: &Bytes) -> Result<String, DecodeError> {
    String::from_utf8(body.to_vec()).map_err(|error| DecodeError {
        path: String::new(),
        message: format!("invalid UTF-8 at byte {}", error.utf8_error().valid_up_to()),
        line: 0,
        column: 0,
    })
}

/// Takes the bytes as they are.
///
/// # Errors
/// None; the signature is that of its siblings.
pub fn bytes(body: &Bytes) -> Result<Bytes, DecodeError> {
    Ok(body.clone())
}

/// A body that is not what the operation answers with.
///
/// It says where and what was expected, and never what stood there: that may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError {
    path: String,
    message: String,
    line: usize,
    column: usize,
}

impl DecodeError {
    fn new(path: &str, error: &serde_json::Error) -> Self {
        let full = error.to_string();
        // serde_json ends its messages with the position, which has its own place here.
        let message = full.rsplit_once(" at line ").map_or(full.as_str(), |(message, _)| message);
        Self {
            path: if path == "." { String::new() } else { path.to_owned() },
            message: without_value(message),
            line: error.line(),
            column: error.column(),
        }
    }

    /// What is wrong with the value at a place.
    pub(super) fn at(path: &str, message: &str) -> Self {
        Self { path: path.to_owned(), message: message.to_owned(), line: 0, column: 0 }
    }

    /// A body cannot be read without the status it came with.
    pub(super) fn without_status() -> Self {
        let message = "what this body is depends on the status it came with".to_owned();
        Self { path: String::new(), message, line: 0, column: 0 }
    }

    /// Where in the JSON: `data[3].card.expiration_year`; empty for the whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Line of the body, from 1; 0 when it is not known.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// Column of the body, from 1; 0 when it is not known.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }
}

/// Takes the offending value out of `invalid type: string "...", expected an integer`.
fn without_value(message: &str) -> String {
    let Some((what, rest)) = message.split_once(": ") else {
        return message.to_owned();
    };
    match rest.rsplit_once(", expected ") {
        Some((found, expected)) if what.starts_with("invalid ") => {
            let kind = found.split(['"', '`']).next().unwrap_or_default().trim();
            format!("{what}: {kind}, expected {expected}")
        }
        _ => message.to_owned(),
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(formatter, "{}: ", self.path)?;
        }
        formatter.write_str(&self.message)?;
        if self.line > 0 {
            write!(formatter, " at line {} column {}", self.line, self.column)?;
        }
        Ok(())
    }
}

impl std::error::Error for DecodeError {}

//! A file to upload.

use std::fmt;

use bytes::Bytes;

/// A file to upload: its name, what it is, and its content.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// File name as the server is told it.
    pub name: String,
    /// Media type. Without one the operation's own is sent, or `application/octet-stream`.
    pub content_type: Option<String>,
    /// Content.
    pub bytes: Bytes,
}

impl File {
    /// A file of that name and content.
    pub fn new(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self { name: name.into(), content_type: None, bytes: bytes.into() }
    }

    /// Says what the file is: `image/png`.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }
}

impl fmt::Debug for File {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("File")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("length", &self.bytes.len())
            .finish()
    }
}

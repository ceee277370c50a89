//! A file to upload.

use std::fmt;

use super::Upload;

/// A file to upload: its name, what it is, and its content.
#[derive(Clone)]
pub struct File {
    /// File name as the server is told it.
    pub name: String,
    /// Content, and its media type. Without one the operation's own is sent, or `application/octet-stream`.
    pub content: Upload,
    pub(super) headers: Vec<(String, String)>,
}

impl File {
    /// A file of that name and content.
    pub fn new(name: impl Into<String>, content: impl Into<Upload>) -> Self {
        Self { name: name.into(), content: content.into(), headers: Vec::new() }
    }

    /// Says what the file is: `image/png`.
    #[must_use]
    pub fn with_content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content = self.content.with_content_type(content_type);
        self
    }

    /// Sends a header with this file's part of the form.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }
}

impl fmt::Debug for File {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("File")
            .field("name", &self.name)
            .field("content_type", &self.content.content_type)
            .field("content", &self.content)
            .finish_non_exhaustive()
    }
}

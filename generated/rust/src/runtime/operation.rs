//! What generated code says about a call.

use std::fmt::Debug;

use bytes::Bytes;

use super::{Answer, Call, DecodeError, Endpoint, Error, Paging};

/// One call of the API: its arguments, where they go, and what comes back.
pub trait Operation: Clone + Debug + Send + Sync + 'static {
    /// What a success is decoded into.
    type Output: Send + 'static;

    /// Where it lives.
    const ENDPOINT: Endpoint;

    /// What a token that the client fetches must allow, by the index of its scheme.
    const SCOPES: &'static [(usize, &'static [&'static str])] = &[];

    /// Where this call lives; a call of the caller's own making knows only then.
    fn endpoint(&self) -> Endpoint {
        Self::ENDPOINT
    }

    /// Writes the arguments into the call.
    ///
    /// # Errors
    /// When an argument cannot be sent as it is: an empty path argument, say.
    fn encode(&self, call: &mut Call) -> Result<(), Error>;

    /// Reads the body of a success. An operation has this, or [`decode_answer`](Self::decode_answer).
    ///
    /// # Errors
    /// When the body is not what the operation answers with.
    fn decode(body: &Bytes) -> Result<Self::Output, DecodeError> {
        let _ = body;
        Err(DecodeError::without_status())
    }

    /// Reads a success whose body is another for each status.
    ///
    /// # Errors
    /// When the body is not what the operation answers with.
    fn decode_answer(answer: &Answer<()>) -> Result<Self::Output, DecodeError> {
        Self::decode(answer.body())
    }
}

/// A call whose answer may be read as it arrives: a file, a text, or a media type of the caller's choice.
///
/// [`Request::stream`](super::Request::stream) does so.
pub trait Streams: Operation {}

/// A call that answers with one page of a list.
///
/// [`Request::items`](super::Request::items) gives the items of all its pages.
pub trait Paged: Operation {
    /// What the list holds.
    type Item: Send + 'static;

    /// How its pages follow each other.
    const PAGING: Paging;

    /// The items of a page.
    fn items(page: Self::Output) -> Vec<Self::Item>;
}

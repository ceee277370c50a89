//! What generated code says about a call.

use std::fmt::Debug;

use bytes::Bytes;

use super::{Call, DecodeError, Endpoint, Error};

/// One call of the API: its arguments, where they go, and what comes back.
pub trait Operation: Clone + Debug + Send + Sync + 'static {
    /// What a success is decoded into.
    type Output: Send + 'static;

    /// Where it lives.
    const ENDPOINT: Endpoint;

    /// Writes the arguments into the call.
    ///
    /// # Errors
    /// When an argument cannot be sent as it is: an empty path argument, say.
    fn encode(&self, call: &mut Call) -> Result<(), Error>;

    /// Reads the body of a success.
    ///
    /// # Errors
    /// When the body is not what the operation answers with.
    fn decode(body: &Bytes) -> Result<Self::Output, DecodeError>;
}

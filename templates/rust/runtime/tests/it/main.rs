//! The runtime, compiled the way an emitted crate compiles it: as a module.

#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::indexing_slicing, clippy::string_slice)]

#[path = "../../src/lib.rs"]
mod runtime;

mod answers;
mod any_calls;
#[cfg(feature = "blocking")]
mod blocking;
mod bodies;
mod downloads;
#[cfg(feature = "blocking")]
mod held_sockets;
mod hooks;
mod hosts;
mod keys;
mod lists;
#[cfg(all(feature = "reqwest", feature = "blocking"))]
mod network;
#[cfg(feature = "tracing")]
mod recorder;
mod redaction;
mod requests;
mod retries;
mod round_trips;
mod sample;
mod scripted;
#[cfg(feature = "reqwest")]
mod sockets;
mod streams;
mod styles;
#[cfg(feature = "test-util")]
mod test_util;
mod tokens;
#[cfg(feature = "tracing")]
mod traces;
mod values;
#[cfg(feature = "webhooks")]
mod webhooks;

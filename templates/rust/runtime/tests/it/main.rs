//! The runtime, compiled the way an emitted crate compiles it: as a module.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::indexing_slicing, clippy::string_slice)]

#[path = "../../src/lib.rs"]
mod runtime;

mod sample;
mod scripted;

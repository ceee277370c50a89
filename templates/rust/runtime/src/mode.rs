//! How the calls of a client are made: the parameter of everything that leads to a call.

/// Calls are futures, and `.await` makes them.
#[derive(Clone, Copy, Debug)]
pub enum Async {}

/// Calls hold the thread until their answer is there.
#[cfg(feature = "blocking")]
#[derive(Clone, Copy, Debug)]
pub enum Blocking {}

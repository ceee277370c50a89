//! The same calls in every language: exact requests of wire vectors, and every operation against the contract server.
//!
//! Each language has a driver in `tests/drivers/`, a small program over the emitted package that makes the calls it reads
//! and tells what came of them; `docs/drivers.md` describes what it reads and writes. What is right is decided here alone.
//! `LANGUAGES=go cargo test -p tests languages` looks at some of them.

mod call;
mod contracts;
mod driver;
mod judge;
mod mutations;
mod packages;
mod script;
mod toolchain;
mod tools;
mod vector;
mod vectors;

pub(crate) use driver::{Language, run};
pub(crate) use toolchain::example;
pub(crate) use tools::{link_node_modules, program, tool, with_tools};

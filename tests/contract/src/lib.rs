//! A server that holds calls against an OpenAPI document: it checks method, host, path, query, headers, key and body, and
//! answers with samples of the document's schemas.
//!
//! It reads the document by itself, as JSON, and judges by [`jsonschema`]. It shares nothing with the generator, so that a
//! mistake in how the generator reads a document is not confirmed by the same mistake here.
//!
//! ```text
//! document (overlay, bundle) -> operation, hosts -> contract (style, body, security, schema) -> answer (sample) -> server
//! ```

mod answer;
mod arguments;
mod body;
mod bundle;
mod check;
mod coerce;
mod contract;
mod coverage;
mod document;
mod hosts;
mod instances;
mod operation;
mod overlay;
mod pattern;
mod problem;
mod rack;
mod sample;
mod schema;
mod security;
mod server;
mod style;

use std::collections::BTreeMap;

pub use answer::PROBLEM_HEADER;
pub use arguments::Arguments;
pub use contract::{Contract, Verdict};
pub use coverage::Coverage;
pub use document::{Document, ReadError};
pub use hosts::Host;
pub use instances::{Instance, UNDESCRIBED, UNKNOWN_FIELD, instances};
pub use problem::{Part, Problem};
pub use server::{Recorded, Server};

/// What a document cannot say about keys and hosts.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Host roles: name and URL. Servers of the document stand for each other unless both have a role.
    pub roles: Vec<(String, String)>,
    /// What keys look like, by the security scheme's name.
    pub keys: BTreeMap<String, KeyRule>,
}

/// What the keys of a security scheme look like.
#[derive(Clone, Debug, Default)]
pub struct KeyRule {
    /// Beginnings; empty when any will do.
    pub prefixes: Vec<String>,
    /// For HTTP Basic: the key is the user name, and there is no password.
    pub as_username: bool,
}

#[cfg(test)]
mod tests;

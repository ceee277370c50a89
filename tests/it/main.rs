//! End to end: the binary, the emitted crate over real HTTP and over a capturing transport, recorded answers, snapshots
//! that are compiled.

// A test fails loudly: that is what it is for.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod browser;
mod canary;
mod command_line;
mod contract;
mod corpus;
mod diagnostics;
mod diff;
mod docs_samples;
mod examples;
mod faults;
mod fetch;
mod fixtures;
mod fourth_language;
mod generate;
mod hostile;
mod kinds;
mod languages;
mod limits;
mod mission;
mod names;
mod only;
mod output;
mod properties;
mod samples;
mod sdk_toml;
mod site;
mod site_curl;
mod snapshots;
mod support;
mod surface;
mod twins;
mod untyped;
mod upstream;
mod upstream_crate;
mod values;
mod version_bump;
mod webhooks;
mod wire;

//! For tests of code that uses this crate: a transport that answers from a script, and samples of what the API answers.

pub use super::sample::{Sample, Sampled, Visitor, page_of, sample};
pub use super::scripted::{Recorded, Reply, Scripted};

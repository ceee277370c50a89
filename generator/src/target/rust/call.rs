//! A call as Rust, for the documentation.

use super::Options;
use crate::ir::Api;
use crate::target::sample::Call;

/// Writes calls.
#[derive(Debug)]
pub(in crate::target) struct Caller<'a> {
    _api: &'a Api,
}

impl<'a> Caller<'a> {
    pub(in crate::target) fn new(api: &'a Api, _: &Options) -> Self {
        Self { _api: api }
    }

    pub(in crate::target) fn call(&self, _: &Call<'_>) -> Option<String> {
        None
    }
}

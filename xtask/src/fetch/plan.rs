//! What is asked for: which address, in which version, with which key.

use omise_generator::config::FetchConfig;

use crate::failure::Failure;

use super::Arguments;
use super::address::Address;
use super::key::Key;
use super::lock::{Folder, State};
use super::problem::{KEY, Problem};

/// What is asked for.
pub(super) struct Plan {
    pub(super) address: Address,
    /// As the lock keeps it.
    pub(super) url: String,
    pub(super) api_version: Option<String>,
    pub(super) key: Option<Key>,
    pub(super) key_env: Option<String>,
    /// Whether the address without its query says all about what is asked for.
    is_plain: bool,
}

impl Plan {
    pub(super) fn new(arguments: &Arguments, config: &FetchConfig) -> Result<Self, Failure> {
        let configured = config.url.as_deref().map(Address::parse).transpose()?;
        let given = arguments.url.as_deref().map(Address::parse).transpose()?;
        let is_elsewhere =
            given.as_ref().is_some_and(|given| !configured.as_ref().is_some_and(|known| known.is_beside(given)));
        let Some(address) = given.or(configured) else {
            return Err(Failure::usage(
                "nothing says where the schema is",
                "give --url, or `url` in `[fetch]` of the configuration",
            ));
        };
        let (key, key_env) = key(arguments, config, is_elsewhere)?;
        let (url, is_plain) = (address.shown(), !address.has_query());
        let api_version = arguments.api_version.clone().or_else(|| config.api_version.clone());
        let address = match (&api_version, &config.version_query) {
            (Some(version), Some(name)) => address.with(name, version),
            (Some(_), None) => {
                return Err(Failure::usage(
                    "nothing says how a version is asked for",
                    "name the query parameter as `version_query` in `[fetch]` of the configuration",
                ));
            }
            (None, _) => address,
        };
        Ok(Self { address, url, api_version, key, key_env, is_plain })
    }

    /// The ETag of the schema on disk, when it is what this request would bring.
    pub(super) fn known<'f>(&self, folder: &'f Folder) -> Option<&'f str> {
        let lock = folder.lock.as_ref().filter(|_| self.is_plain && folder.state() == State::Fetched)?;
        lock.etag.as_deref().filter(|_| lock.url == self.url && lock.api_version == self.api_version)
    }
}

/// The key, and the name of the variable it is or would be in. A key is for one server: another gets it only when the
/// user names it again.
fn key(
    arguments: &Arguments,
    config: &FetchConfig,
    is_elsewhere: bool,
) -> Result<(Option<Key>, Option<String>), Failure> {
    if let Some(name) = &arguments.key_env {
        let missing = || {
            Problem::input(KEY, format!("the environment variable `{name}` is not set"))
                .help("set it to the key, or leave out --key-env")
        };
        let key = Key::from_env(name)?.ok_or_else(missing)?;
        return Ok((Some(key), Some(name.clone())));
    }
    match &config.key_env {
        Some(name) if !is_elsewhere => Ok((Key::from_env(name)?, Some(name.clone()))),
        _ => Ok((None, None)),
    }
}
